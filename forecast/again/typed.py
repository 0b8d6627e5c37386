"""Levers as they are typed on the command line → a scenario."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

import pandas as pd

from forecast.errors import ConfigError
from forecast.rule import LONGEST_HOLD, LONGEST_WINDOW
from forecast.scenario import (
    LEAST_CHANCE,
    PRINTED,
    Condition,
    Definition,
    Judgement,
    Scenario,
    Shock,
    Slope,
    no_level,
    no_share,
    signed,
)
from forecast.tables import suggestion

T = TypeVar("T")

FORMS = {
    "--shock": "START:PERCENT[:HALF-LIFE], such as 2024-07:-8:6",
    "--slope": "START:PERCENT A YEAR, such as 2024-07:2",
    "--year": "YEAR=PERCENT, such as 2024=6",
    "--year-average": "YEAR=PERCENT, such as 2024=6",
    "--next": "[MONTH:]RATE=PERCENT, such as yoy=12 or 2024-07:ytd=5; rates are yoy, mom and ytd",
    "--judge": "MONTH=PERCENT, such as 2025-12=40",
    "--normal": "KIND[:PERCENT], such as trend or pre_slump_peak:95",
    "--rule": "WINDOW:HOLD, such as 3:6",
}
"""What may be typed behind each lever."""

FIRST_YEAR, LAST_YEAR = 1700, 2199
"""Years that a config may name, and so a lever."""

MEASURES = {word: measure for measure, word in PRINTED.items()}


def scenario(name: str, typed: Mapping[str, Sequence[str]], origin: pd.Period) -> Scenario:
    """Return what is typed as a scenario.

    typed : by lever, each as often as given · origin : a print without a month is of the month after it
    Raises ConfigError with everything that cannot be understood.
    """
    problems: list[str] = []

    def each(lever: str, reader: Callable[[str], T]) -> tuple[T, ...]:
        read = []
        for text in typed.get(lever, ()):
            try:
                read.append(reader(text))
            except ConfigError as error:
                problems.extend(f'{lever} "{text}": {problem}' for problem in error.problems)
            except (ValueError, KeyError):
                problems.append(f'{lever} "{text}" is not understood; write {FORMS[lever]}')
        return tuple(read)

    shocks, slopes = each("--shock", _shock), each("--slope", _slope)
    conditions = (
        *each("--year", lambda text: Condition(_year(text)[0], growth_at_least_pct=_year(text)[1])),
        *each("--year-average", lambda text: Condition(_year(text)[0], growth_pct=_year(text)[1])),
        *each("--next", lambda text: _print(text, origin)),
    )
    judgements = each("--judge", _judgement)
    normals, rules = each("--normal", _normal), each("--rule", _rule)
    if problems:
        raise ConfigError(*problems)
    kind, scale = normals[-1] if normals else (None, 100.0)
    window, hold = rules[-1] if rules else (None, None)
    return Scenario(name, shocks, slopes, conditions, (), judgements, Definition(kind, scale, window, hold))


def _shock(text: str) -> Shock:
    start, size, *half_life = text.split(":")
    if len(half_life) > 1:
        raise ValueError(text)
    return Shock(_month(start), meant(size, no_level), number(half_life[0]) if half_life else None)


def _slope(text: str) -> Slope:
    start, growth = text.split(":")
    return Slope(_month(start), meant(growth, no_level))


def _year(text: str) -> tuple[int, float]:
    given, growth = text.split("=")
    year = int(given)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ConfigError(f"years lie in {FIRST_YEAR} to {LAST_YEAR}")
    return year, grown(growth)


def _print(text: str, origin: pd.Period) -> Condition:
    place, value = text.split("=")
    month, _, rate = place.rpartition(":")
    if rate not in MEASURES:
        raise ConfigError(f'"{rate}" is no rate; {suggestion(rate, list(MEASURES))}')
    printed = {MEASURES[rate]: meant(value, partial(no_level, least=0.0))}
    return Condition(month=_month(month) if month else origin + 1, exactly=True, **printed)  # type: ignore[arg-type]


def _judgement(text: str) -> Judgement:
    by, chance = text.split("=")
    return Judgement(_month(by), meant(chance, partial(no_share, least=LEAST_CHANCE)))


def _normal(text: str) -> tuple[str, float]:
    kind, _, scale = text.partition(":")
    level = number(scale) if scale else 100.0
    if not 1 <= level <= 1_000:
        raise ConfigError("a normal is 1 to 1000 percent of a definition")
    return kind, level


def _rule(text: str) -> tuple[int, int]:
    window, hold = map(int, text.split(":"))
    if not (1 <= window <= LONGEST_WINDOW and 1 <= hold <= LONGEST_HOLD):
        raise ConfigError(
            f"1 to {LONGEST_WINDOW} months are averaged, and 1 to {LONGEST_HOLD} in a row are held"
        )
    return window, hold


def grown(text: str) -> float:
    """Return the growth of a span, percent, as `meant` takes it. Raises ConfigError for a fall by all or more too."""
    growth = meant(text, no_level)
    if growth <= -100.0:
        raise ConfigError(f"{growth:g} is a fall by all or more; growth lies above -100 %")
    return growth


def meant(text: str, by: Callable[[float], float]) -> float:
    """Return a percentage as a config takes it.

    Raises as `number` does, and ConfigError for one that was meant otherwise.
    """
    value = number(text)
    try:
        return value if signed(text) else by(value)
    except ValueError as error:
        raise ConfigError(f"{value:g} {error}") from None


def number(text: str) -> float:
    """Return a number as a config takes it, % behind it or not. Raises ValueError for what is none or not finite."""
    value = float(text.replace("−", "-").strip().removesuffix("%"))
    if not abs(value) <= 1_000_000:
        raise ValueError(text)
    return value


def _month(text: str) -> pd.Period:
    if len(text) != len("2024-07"):
        raise ValueError(text)
    return pd.Period(text, freq="M")
