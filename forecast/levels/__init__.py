"""Published rates → index levels, with uncertainty and a list of contradictions."""

from __future__ import annotations

from forecast.levels.reconstruct import reconstruct
from forecast.levels.result import Levels

__all__ = ["Levels", "reconstruct"]
