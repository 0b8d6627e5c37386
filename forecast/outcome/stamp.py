"""How to make the report again."""

from __future__ import annotations

from typing import Annotated

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import FIXED, STRICT


@dataclass(frozen=True, config=STRICT)
class Stamp:
    """How to make the report again."""

    command: str
    config_sha256: str
    data_sha256: str
    seed: int
    paths: int
    draws: int
    versions: Annotated[dict[str, str], FIXED]
