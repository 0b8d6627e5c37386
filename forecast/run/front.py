"""`answer`: one call from a series, published figures or a config to an `Outcome`, by the question that a YAML asks."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from forecast import config
from forecast.config import Question
from forecast.errors import ConfigError, DataError
from forecast.figures import Day, Figures, as_day
from forecast.outcome import Outcome
from forecast.run import answered

Asked = pd.Series | pd.DataFrame | Figures | str | os.PathLike[str] | Mapping[str, Any]
"""What a question may be about: a level, a table of levels, figures, a config's path, or a config as a mapping."""


def answer(
    question: Asked,
    *,
    as_of: Day | None = None,
    horizon: int | None = None,
    scenarios: Sequence[Mapping[str, Any]] | None = None,
    **keys: Any,
) -> Outcome:
    """Say when output is back at normal, how sure that is and what would change it; nothing is written.

    question : index levels on any monthly index; a table of them, its column named by `target={"column": …}`;
        published figures, their region and sector named by `target={"region": …}` where there are several; the path
        of a config; or a config as a mapping
    as_of : see only what was published by this day or month · horizon : months followed after the origin
    scenarios : named assumptions, each a mapping as in a config
    keys : any other key of a config, as `calendar={"country": "VN"}` or `models=["sarima"]`

    The question is the one that a YAML with the same keys asks, and gives the same numbers. `write_report` writes what
    comes back. Raises ConfigError for keys and values that a config does not take, DataError for data that cannot be
    used, FitError where every model failed.
    """
    day = None if as_of is None else f"{as_day(as_of):%Y-%m-%d}"
    own = isinstance(question, str | os.PathLike | Mapping)  # a config, which may have a date of its own
    given = {"as_of": None if own else day, "horizon": horizon, "scenarios": scenarios} | keys
    with_keys = _asked(question, {key: value for key, value in given.items() if value is not None})
    return answered(with_keys, day if own else None)[0]


def _asked(question: Asked, keys: Mapping[str, Any]) -> Question:
    """The question with its keys, read as a config is."""
    if isinstance(question, pd.Series | pd.DataFrame):
        table = question.to_frame() if isinstance(question, pd.Series) else question
        return config.parse(_of_levels(table, keys), table)
    if isinstance(question, Figures):
        return config.parse(_of_figures(question, keys), question)
    if isinstance(question, Mapping):
        return config.parse({**question, **keys})
    if isinstance(question, str | os.PathLike):
        path = Path(question)
        return config.parse({**config.asked_in(path), **keys}, path=path) if keys else config.read(path)
    raise DataError(
        f"a question is asked of a pandas Series or DataFrame of index levels, of figures (read_figures), of a "
        f"config's path or of a mapping, not of {type(question).__name__}"
    )


def _of_levels(table: pd.DataFrame, keys: Mapping[str, Any]) -> dict[str, Any]:
    """The config of levels in memory, named after their column unless the keys name it."""
    target = _target(keys)
    column = target.get("column", table.columns[0] if table.shape[1] == 1 else None)
    return _named(column, "level", {"levels": "in memory", **target}, keys)


def _of_figures(figures: Figures, keys: Mapping[str, Any]) -> dict[str, Any]:
    """The config of figures in memory: their only region, unless the keys name one."""
    target = _target(keys)
    regions = figures.table["region"].unique()
    if "region" not in target and len(regions) == 1:
        target = {"region": str(regions[0]), **target}
    name = "_".join(filter(None, (target.get("region"), target.get("sector", "total"))))
    return _named(name, "figures", {"figures": figures.file, **target}, keys)


def _target(keys: Mapping[str, Any]) -> dict[str, Any]:
    target = keys.get("target", {})
    if not isinstance(target, Mapping):
        raise ConfigError('question: target: is no mapping; write target={"column": "IIP"}')
    return dict(target)


def _named(
    name: object, otherwise: str, target: Mapping[str, Any], keys: Mapping[str, Any]
) -> dict[str, Any]:
    shown = otherwise if name is None else str(name)
    tree = {"name": config.word(name, otherwise), "title": {"en": shown, "vi": shown}, **keys}
    return {**tree, "target": target}
