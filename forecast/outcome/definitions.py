"""What counts as normal: the definition that the answer uses, and the others beside it."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Number
from forecast.outcome.milestones import Milestone


@dataclass(frozen=True, config=STRICT)
class Definition:
    """One definition of normal: its level at the origin, the gap there, and when output is back on it."""

    kind: str
    level: Number
    gap_pct: Number
    recovery: Milestone


@dataclass(frozen=True, config=STRICT)
class NormalResult:
    """The normal that the answer uses (kind, level in index points) and all definitions compared."""

    kind: str
    level: Number
    definitions: tuple[Definition, ...]
