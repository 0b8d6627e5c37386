"""Keys that say where the data of a question are: the target, related series, indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field, model_validator

from forecast.config.forms import File, Files, Strict, Word, idle
from forecast.tables import suggestion

_OF_LEVELS = ("column", "sheet", "columns", "decimal", "release_lag_days", "like", "like_lag_days")
OF_LEVELS = ("period", "value")  # columns of a file of levels that may be named by their headings
SERVES = {
    "figures": ("region", "sector", "sheet", "columns", "fill", "decimal", "rates"),
    "levels": _OF_LEVELS,
    "store": ("region", "sector", "column"),
    "sample": ("release_lag_days",),
}
"""Kinds of data that a target may have, each with the keys that say more of it."""

_OF_INDICATORS = {"levels": ("sheet", "release_lag_days"), "store": ()}


def refuse_idle(part: Strict, given: str, serves: Mapping[str, Sequence[str]]) -> None:
    """Raise ValueError for a key that serves data of another kind than the one given."""
    every = dict.fromkeys(key for keys in serves.values() for key in keys)
    for key in idle(part, (key for key in every if key not in serves[given])):
        kinds = " or ".join(kind for kind, keys in serves.items() if key in keys)
        raise ValueError(f"{key}: serves {kinds} and would do nothing beside {given}; leave it out")


class Series(Strict):
    """A series of the figures file."""

    region: Word
    sector: Word = "total"


class Target(Strict):
    """What is forecast: published figures, a file of levels, a store of vintages, or a library's sample."""

    figures: File | Files | None = Field(
        None, description="file of published figures; a list of files, or a folder of them"
    )
    store: File | None = Field(
        None, description="store of vintages: a region's figures, or a column's levels"
    )
    region: Word | None = Field(None, description="region of the figures, as its column has it")
    sector: Word = "total"
    levels: File | Files | None = Field(
        None, description="file of index levels; a list of files, or a folder of them, each with more months"
    )
    column: str | None = Field(None, description="column of the levels file")
    sheet: str | None = Field(None, description="sheet of a workbook")
    columns: dict[str, str] = Field(
        default_factory=dict, description="name of a column: its heading in the file, where that is not known"
    )
    fill: dict[str, str] = Field(
        default_factory=dict,
        description="name of a column that the file of figures lacks: its value in every row",
    )
    decimal: Literal[".", ","] | None = Field(
        None, description="decimal sign; detected and stated if left out"
    )
    rates: Literal["percent", "index"] | None = Field(
        None, description="index: rates are printed with their base as 100 (106.3 for +6.3 %)"
    )
    sample: Literal["elec_equip"] | None = Field(None, description="a sample shipped inside a library")
    seasonally_adjusted: bool = Field(False, description="whether the levels are seasonally adjusted already")
    release_lag_days: int = Field(0, ge=0, le=400, description="days from a month's end to its publication")
    like: tuple[str, ...] = Field(
        (), description="columns of the levels file, or patterns, that the models lean on as like series"
    )
    like_lag_days: int | None = Field(
        None, ge=0, le=400, description="the delay of the like series; as the target's if left out"
    )

    @model_validator(mode="after")
    def _one_source(self) -> Target:
        given = [k for k in ("figures", "levels", "store", "sample") if getattr(self, k) is not None]
        if len(given) != 1:
            raise ValueError(
                f"name exactly one of figures, levels, store, sample; found {', '.join(given) or 'none'}"
            )
        if self.figures is not None and self.region is None:
            raise ValueError("figures need a region")
        if self.store is not None and (self.region is None) == (self.column is None):
            raise ValueError("a store needs a region, for its figures, or a column, for its levels")
        if self.release_lag_days and (self.figures or self.store):
            raise ValueError(
                "release_lag_days: serves levels without dates; figures and stores have their own, leave it out"
            )
        if self.like and self.levels is None:
            raise ValueError("like: names other columns of a levels file; this target has none")
        if self.levels is not None:
            for name in (name for name in self.columns if name not in OF_LEVELS):
                raise ValueError(f'columns: levels have no column "{name}"; {suggestion(name, OF_LEVELS)}')
        refuse_idle(self, given[0], SERVES)
        return self

    @property
    def files(self) -> tuple[str, ...]:
        """The files and folders that hold the data; none for a library's sample."""
        named = self.figures or self.levels or self.store
        return (named,) if isinstance(named, str) else named or ()


class Indicators(Strict):
    """Series that are published before the target and tell of its latest months."""

    levels: File | None = Field(None, description="file of the series, a column each")
    store: File | None = Field(
        None, description="store of vintages that holds them: each date sees its own release"
    )
    sheet: str | None = Field(None, description="sheet of a workbook")
    columns: tuple[str, ...] = Field((), description="names, or patterns such as PMI*; all by default")
    without: tuple[str, ...] = Field((), description="names or patterns left out")
    release_lag_days: int = Field(
        0,
        ge=-31,
        le=400,
        description="days from a period's end to publication; below 0 for a survey out before",
    )
    transform: Literal["log_difference", "difference", "none"] = Field(
        "log_difference",
        description="what of the series moves with the target's growth; none: it is a rate or balance",
    )
    quarterly: bool = Field(False, description="one value a quarter, at its last month")
    seasonally_adjusted: bool = Field(True, description="whether the series are seasonally adjusted already")

    @model_validator(mode="after")
    def _one_source(self) -> Indicators:
        if (self.levels is None) == (self.store is None):
            raise ValueError("name exactly one of levels and store")
        refuse_idle(self, "levels" if self.store is None else "store", _OF_INDICATORS)
        return self

    @property
    def file(self) -> str:
        """The file that holds them."""
        return str(self.levels or self.store)
