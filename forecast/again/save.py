"""A scenario written into a config as text, so that its comments and its order stay."""

from __future__ import annotations

import errno
import glob
import os
import re
import secrets
from pathlib import Path

from forecast.config import WORD, asked_in, plan_in
from forecast.errors import ConfigError
from forecast.locking import locked
from forecast.places import written_to
from forecast.scenario import BASELINE, PRINTED, Condition, Scenario, as_growth
from forecast.tables import latin
from forecast.yaml_text import list_at

KEY = "scenarios"

DIGITS = 16  # of a name that no other process has

WAIT = 60.0  # seconds that a scenario waits for another to be written. chosen: many times what that takes


def save_scenario(config: Path, scenario: Scenario) -> str:
    """Add a scenario to a config and return the line that says so; every other byte of the file stays.

    One process writes at a time, and takes away what killed ones have left beside the config.
    Raises ConfigError where the name is taken, the place cannot be written to, or the file read again would not say
    the same and the scenario besides; the file is then as it was.
    """
    file = config.resolve()
    busy = ConfigError(f"{config}: another scenario is being written into it; try again")
    try:
        with locked(file, WAIT, busy):  # of two at once the second would write over the first
            for left in file.parent.glob(f".{glob.escape(file.name)}-{'[0-9a-f]' * DIGITS}"):
                left.unlink()
            return _saved(config, file, scenario)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise ConfigError(f"{config}: its name is too long for a file beside it; shorten it") from None
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        raise ConfigError(
            f"{config}: cannot be written to ({error.strerror}); make it and its folder writable, or name a copy of it "
            "elsewhere"
        ) from None


def _saved(config: Path, file: Path, scenario: Scenario) -> str:
    """Add a scenario to a config, of which the file is what links lead to; only for who holds its lock."""
    raw = file.read_bytes()
    before = asked_in(file)
    given = before.get(KEY, [])
    if not isinstance(given, list):
        raise ConfigError(f"{config}: {KEY}: is no list; write its entries as a list of lines")
    if not re.fullmatch(WORD, scenario.name):
        right = latin(scenario.name)
        raise ConfigError(
            f'{config}: --save "{scenario.name}" is no word of lower-case letters, digits and _'
            + (f"; write {right}" if right else "")
        )
    if scenario.name == BASELINE:
        raise ConfigError(
            f"{config}: {KEY}: {BASELINE} is what the others are compared with; give another name"
        )
    named = [entry.get("name") for entry in given if isinstance(entry, dict)]
    if scenario.name in named:
        raise ConfigError(f'{config}: {KEY}: "{scenario.name}" exists already; give another name')
    fresh = file.with_name(f".{file.name}-{secrets.token_hex(DIGITS // 2)}")
    try:
        with written_to(file):
            fresh.write_bytes(with_scenario(raw.decode("utf-8-sig"), scenario).encode(_codec(raw)))
        _check_read(fresh, before, scenario, config)
        os.chmod(fresh, file.stat().st_mode)
        with written_to(file):
            fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
    return f"{config}: scenario {scenario.name} added; `forecast run {config}` answers it in full"


def _codec(raw: bytes) -> str:
    return "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8"


def _check_read(fresh: Path, before: dict[str, object], scenario: Scenario, config: Path) -> None:
    """Raise ConfigError, naming the config, where its new text does not say the same and the scenario besides."""
    try:
        _check_same(asked_in(fresh), before, config)
        if plan_in(fresh).scenarios[-1] != scenario:
            raise ConfigError(f"{config}: {KEY}: the scenario would not read back as it was typed")
    except ConfigError as error:
        lines = "\n".join([f"{KEY}:", *(f"  {line}" for line in entry_lines(scenario))])
        why = error.problems[0].replace(str(fresh), str(config))
        by_hand = f"it cannot be added to the file as that is written; add it by hand, in the file's own way:\n{lines}"
        raise ConfigError(f"{why}; {by_hand}") from None


def _check_same(after: dict[str, object], before: dict[str, object], config: Path) -> None:
    """Raise ConfigError where more than the last scenario is new."""
    now, old = after.get(KEY), before.get(KEY) or []
    others = {key: value for key, value in after.items() if key != KEY}
    if (
        not isinstance(now, list)
        or now[:-1] != old
        or others != {k: v for k, v in before.items() if k != KEY}
    ):
        raise ConfigError(f"{config}: {KEY}: cannot be added to as it stands; write them as a list of lines")


def with_scenario(text: str, scenario: Scenario) -> str:
    """Return the text of a config with a scenario behind its others.

    >>> print(with_scenario("name: x  # a comment\\n", Scenario("calm")), end="")
    name: x  # a comment
    scenarios:
      - name: calm
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    entry = entry_lines(scenario)
    held = list_at(text, KEY)
    if held is None:
        return _ended(text, newline) + newline.join([f"{KEY}:", *(f"  {line}" for line in entry), ""])
    if held.in_brackets:
        comma = "" if held.empty else ", "
        return f"{text[: held.end]}{comma}{{{', '.join(_flow(entry))}}}{text[held.end :]}"
    dash = " " * held.column
    at = _line_after(text, held.end)
    lines = newline.join([*(f"{dash}{line}" for line in entry), ""])
    return _ended(text[:at], newline) + lines + text[at:]


def _line_after(text: str, at: int) -> int:
    """Where the line after the last one with content before `at` begins; a comment behind the content stays there."""
    end = len(text[:at].rstrip())
    newline = text.find("\n", end)
    return len(text) if newline < 0 else newline + 1


def _ended(text: str, newline: str) -> str:
    return text if not text or text.endswith("\n") else text + newline


def entry_lines(scenario: Scenario) -> list[str]:
    """Return a scenario as the lines of a list's entry.

    >>> from forecast.again.typed import scenario
    >>> import pandas as pd
    >>> print("\\n".join(entry_lines(scenario("weak", {"--next": ["yoy=-3"]}, pd.Period("2024-04", "M")))))
    - name: weak
      next_print: {2024-05: {yoy_pct: -3}}
    """
    normal = scenario.definition
    parts = {
        "shock": _listed(
            [_keys(start=s.start, size_pct=s.size_pct, half_life=s.half_life) for s in scenario.shocks]
        ),
        "slope": _listed([_keys(start=s.start, growth_pct=s.growth_pct) for s in scenario.slopes]),
        "condition": _listed([_condition(c) for c in scenario.conditions if c.year is not None]),
        "next_print": _prints([c for c in scenario.conditions if c.measure is not None]),
        "judgement": _listed([_keys(by=j.by, chance_pct=j.chance_pct) for j in scenario.judgements]),
        "normal": ""
        if normal.kind is None
        else _keys(kind=normal.kind, scale_pct=None if normal.scale_pct == 100 else normal.scale_pct),
        "recovery": "" if normal.window is None else _keys(window=normal.window, hold=normal.hold),
    }
    return [f"- name: {scenario.name}", *(f"  {key}: {value}" for key, value in parts.items() if value)]


def _flow(entry: list[str]) -> list[str]:
    """The parts of an entry as they stand between braces."""
    return [line[2:] for line in entry]


def _condition(given: Condition) -> str:
    return _keys(year=given.year, growth_at_least_pct=given.growth_at_least_pct, growth_pct=given.growth_pct)


def _prints(prints: list[Condition]) -> str:
    months = [f"{c.month}: {_keys(**{name: getattr(c, name) for name in PRINTED})}" for c in prints]
    return f"{{{', '.join(months)}}}" if months else ""


def _keys(**given: object) -> str:
    plain = ("scale_pct", "chance_pct", "half_life")
    held = [
        f"{key}: {value}"
        if not isinstance(value, float)
        else f"{key}: {value:.12g}"
        if key in plain
        else f"{key}: {as_growth(value)}"
        for key, value in given.items()
        if value is not None
    ]
    return f"{{{', '.join(held)}}}"


def _listed(entries: list[str]) -> str:
    return f"[{', '.join(entries)}]" if entries else ""
