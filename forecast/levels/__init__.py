"""Published rates → index levels, with uncertainty and a list of contradictions."""

from __future__ import annotations

from forecast.levels.identification import Identification
from forecast.levels.plausible import judge
from forecast.levels.reconstruct import DRAWN_TOGETHER, reconstruct
from forecast.levels.result import Levels
from forecast.levels.sectors import shares_given
from forecast.rooms import furnish

__all__ = ["DRAWN_TOGETHER", "Identification", "Levels", "judge", "reconstruct", "shares_given"]


furnish(__name__)
