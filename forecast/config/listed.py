"""Words of a config that must stand in a list of ours: models, moving holidays, definitions of normal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from forecast import calendar, models, normal
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


def _each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{', '.join(twice)} stands there twice; name each model once, all weigh the same")
    return names


Model = Annotated[str, AfterValidator(_is_model), WithJsonSchema({"enum": list(models.REGISTRY)})]
Models = Annotated[tuple[Model, ...], AfterValidator(_each_once)]
Holiday = Annotated[str, AfterValidator(_is_holiday), WithJsonSchema({"enum": list(calendar.MOVING)})]
Kind = Annotated[str, AfterValidator(_is_kind), WithJsonSchema({"enum": list(normal.KINDS)})]
