"""Words of a config that must stand in a list of ours: models, moving holidays, definitions of normal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from forecast import calendar, models, normal
from forecast.config.forms import Strict, idle
from forecast.tables import suggestion


def _is_model(name: str) -> str:
    return _one_of(name, tuple(models.REGISTRY))


def _is_kind(name: str) -> str:
    return _one_of(name, normal.KINDS)


def _one_of(name: str, words: Sequence[str]) -> str:
    if name not in words:
        raise ValueError(f"is not one of {', '.join(words)}; {suggestion(name, words)}")
    return name


def _is_holiday(name: str) -> str:
    return _one_of(name, tuple(calendar.MOVING))


def fits(part: Strict, kinds: Sequence[str]) -> None:
    """Raise ValueError where a normal has a key of another definition than those it names."""
    for key in idle(part, (key for key, kind in KIND_OF.items() if kind not in kinds)):
        raise ValueError(
            f"{key}: belongs to {KIND_OF[key]} and would do nothing beside {', '.join(dict.fromkeys(kinds))}; write "
            f"kind: {KIND_OF[key]}, or leave it out"
        )


def stand_beside(part: Strict, beside: Sequence[str], pool: Sequence[str]) -> None:
    """Raise ValueError where a model that is named beside the pool is in it."""
    both = [name for name in beside if name in pool] if idle(part, ("beside",)) else []
    if both:
        raise ValueError(
            f"beside: {', '.join(both)} would do nothing beside models, where it is pooled already; leave it out"
        )


def _each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{', '.join(twice)} stands there twice; name each model once, all weigh the same")
    return names


Model = Annotated[str, AfterValidator(_is_model), WithJsonSchema({"enum": list(models.REGISTRY)})]
Models = Annotated[tuple[Model, ...], AfterValidator(_each_once)]
Holiday = Annotated[str, AfterValidator(_is_holiday), WithJsonSchema({"enum": list(calendar.MOVING)})]
KIND_OF = {"years": "same_month", "months": "pre_slump_mean", "level": "target"}
"""Keys of a normal, each with the definition that it belongs to."""

Kind = Annotated[str, AfterValidator(_is_kind), WithJsonSchema({"enum": list(normal.KINDS)})]
