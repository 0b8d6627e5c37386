"""What can go wrong, in the words a user can act on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from numbers import Integral, Real
from os import PathLike
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from forecast.rooms import furnish

__all__ = [
    "ConfigError", "DataError", "Failed", "FitError", "ForecastError", "GapError", "expect",
    "refuse_uncounted", "refuse_unlike", "shown",
]  # fmt: skip


SHOWN = 60
"""Problems told at once, chosen: a screen or two; more only bury the first."""

HEAD, TAIL = 800, 400
"""Letters of a problem that are told where it quotes more than can be read, chosen: its place comes first and its
remedy last, either far shorter."""


class ForecastError(Exception):
    """State every problem found at once, one line each, with its place and its remedy.

    As text, those past the first `SHOWN` are a count, and the middle of a long one is left out.

    >>> str(ForecastError("a.csv:2: first", "a.csv:9: second"))
    'a.csv:2: first\\na.csv:9: second'
    """

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        more = len(self.problems) - SHOWN
        shown = map(_short, self.problems[:SHOWN])
        return "\n".join([*shown, *([f"and {more} more"] if more > 0 else [])])


def _short(problem: str) -> str:
    cut = len(problem) - HEAD - TAIL
    return problem if cut <= 0 else f"{problem[:HEAD]} … ({cut} letters) … {problem[-TAIL:]}"


class DataError(ForecastError):
    """Data that cannot be read or cannot be true: the user's to mend."""


class ConfigError(ForecastError):
    """A configuration that cannot be followed: the user's to mend."""


def refuse_uncounted(**counts: object) -> None:
    """Raise ConfigError for each argument that is no whole number from 1 on, by its name.

    >>> refuse_uncounted(horizon=0)
    Traceback (most recent call last):
    forecast.errors.ConfigError: horizon: 0 is none; give 1 or more
    """
    problems = []
    for name, value in counts.items():
        number = isinstance(value, Integral | float) and not isinstance(value, bool)
        if number and not value >= 1:  # type: ignore[operator]  # NaN is neither
            problems.append(f"{name}: {value} is none; give 1 or more")
        elif not number or isinstance(value, float):
            problems.append(f"{name}: {value!r} is no whole number; give 1 or more, as 24")
    if problems:
        raise ConfigError(*problems)


def refuse_unlike(choices: Any) -> None:
    """Raise ConfigError for each field of a dataclass that holds what its annotation does not name.

    Any sequence but a text passes for a tuple, a whole number for a float, those of NumPy for those of Python.
    """
    kinds = get_type_hints(type(choices))
    _refuse(
        [
            (f"{type(choices).__name__}: {field.name}", getattr(choices, field.name), kinds[field.name])
            for field in fields(choices)
        ]
    )


def expect(**arguments: tuple[object, Any]) -> None:
    """Raise ConfigError for each argument, given with its kind, that is none of that kind, by its name.

    >>> expect(seed=("one", int))
    Traceback (most recent call last):
    forecast.errors.ConfigError: seed: expected a whole number, found 'one'
    """
    _refuse([(name, value, kind) for name, (value, kind) in arguments.items()])


def _refuse(held: Iterable[tuple[str, object, Any]]) -> None:
    """Raise ConfigError for each value that is none of its kind, by its place."""
    problems = [
        f"{place}: expected {_named(kind)}, found {shown(value)}"
        for place, value, kind in held
        if not _is_like(value, kind)
    ]
    if problems:
        raise ConfigError(*problems)


def shown(value: object) -> str:
    """Show a value where one line holds it, else its kind."""
    text = repr(value)
    return text if len(text) <= _LINE and "\n" not in text else f"a {type(value).__name__}"


def _is_like(value: object, kind: Any) -> bool:
    """Tell a value that an annotation names."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return any(_is_like(value, part) for part in parts)
    if origin is Literal:
        return isinstance(value, str) and value in parts
    if origin is tuple:
        if isinstance(value, str) or not isinstance(value, Sequence):
            return False
        each = parts[:1] * len(value) if parts[1:] == (...,) else parts
        return len(each) == len(value) and all(map(_is_like, value, each))
    if kind in _NUMBERS:
        return isinstance(value, _NUMBERS[kind]) and not isinstance(value, bool)
    return isinstance(value, kind)


def _named(kind: Any) -> str:
    """Name what is expected in words of a person who calls the toolkit from Python."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return " or ".join(map(_named, parts))
    if origin is Literal:
        return " or ".join(f'"{part}"' for part in parts)
    if origin is tuple:
        return (
            f"list of ({_named(parts[0])})" if parts[1:] == (...,) else f"({', '.join(map(_named, parts))})"
        )
    ours = kind.__module__.startswith("forecast.")
    return _WORDS.get(kind, f"{kind.__module__}.{kind.__name__}" if ours else kind.__name__)


_LINE = 60  # letters of a value that are shown; chosen: half a line
_NUMBERS = {int: Integral, float: Real}
_WORDS = {
    int: "a whole number", float: "a number", str: "a text", bool: "True or False", NoneType: "None",
    PathLike: "a Path",
}  # fmt: skip


class FitError(ForecastError):
    """A model that could not be estimated on this series; the caller records it as a `Failed` row."""


class GapError(FitError):
    """A model that cannot go on from this origin, as one of the last months that it needs is not published."""


@dataclass(frozen=True)
class Failed:
    """Record one piece of work that failed: a row of the report, never a dropped forecast.

    gap : it failed as one of the last months that it needs is not published
    """

    model: str
    series: str
    origin: str
    reason: str
    gap: bool = False


furnish(__name__)
