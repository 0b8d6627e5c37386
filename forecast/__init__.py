"""When is industrial output back at its normal scale, how sure are we, and what would change the answer?

>>> import forecast as fc
>>> "answer" in dir(fc)
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from forecast.again.kept import read_paths as read_paths
    from forecast.backtest import Backtest as Backtest
    from forecast.backtest import Origins as Origins
    from forecast.backtest import backtest as backtest
    from forecast.errors import ConfigError as ConfigError
    from forecast.errors import DataError as DataError
    from forecast.errors import FitError as FitError
    from forecast.errors import ForecastError as ForecastError
    from forecast.estimate import Estimate as Estimate
    from forecast.estimate import FigureData as FigureData
    from forecast.estimate import LevelData as LevelData
    from forecast.estimate import Plan as Plan
    from forecast.estimate import estimate as estimate
    from forecast.figures import Figures as Figures
    from forecast.figures import read as read_figures
    from forecast.levels import Levels as Levels
    from forecast.levels.reconstruct import reconstruct as reconstruct
    from forecast.models import Fit as Fit
    from forecast.models import fit as fit
    from forecast.models import sarima as sarima
    from forecast.models.sarima import Sarima as Sarima
    from forecast.models.sarima import SarimaFit as SarimaFit
    from forecast.outcome import Outcome as Outcome
    from forecast.paths import Paths as Paths
    from forecast.recovery import Recovery as Recovery
    from forecast.report import write as write_report
    from forecast.run.front import answer as answer
    from forecast.series import History as History
    from forecast.series import read as read
    from forecast.series.monthly import monthly as monthly

__version__ = "1.0.0"

_DOORS = {  # name: module, and the name there
    "Backtest": ("backtest", "Backtest"),
    "ConfigError": ("errors", "ConfigError"),
    "DataError": ("errors", "DataError"),
    "Estimate": ("estimate", "Estimate"),
    "FigureData": ("estimate", "FigureData"),
    "Figures": ("figures", "Figures"),
    "Fit": ("models", "Fit"),
    "FitError": ("errors", "FitError"),
    "ForecastError": ("errors", "ForecastError"),
    "History": ("series", "History"),
    "LevelData": ("estimate", "LevelData"),
    "Levels": ("levels", "Levels"),
    "Origins": ("backtest", "Origins"),
    "Outcome": ("outcome", "Outcome"),
    "Paths": ("paths", "Paths"),
    "Plan": ("estimate", "Plan"),
    "Recovery": ("recovery", "Recovery"),
    "Sarima": ("models.sarima", "Sarima"),
    "SarimaFit": ("models.sarima", "SarimaFit"),
    "answer": ("run.front", "answer"),
    "fit": ("models", "fit"),
    "monthly": ("series", "monthly"),
    "read": ("series", "read"),
    "read_figures": ("figures", "read"),
    "read_paths": ("again", "read_paths"),
    "reconstruct": ("levels", "reconstruct"),
    "sarima": ("models", "sarima"),
    "write_report": ("report", "write"),
}
_CALLED = ("backtest", "estimate")  # rooms that are called like their function
_ROOMS = (
    "adjust", "again", "calendar", "config", "errors", "figures", "levels", "models", "normal", "nowcast", "outcome",
    "parallel", "paths", "recovery", "report", "rule", "run", "scenario", "score", "series", "slump", "vintages",
)  # fmt: skip

__all__ = [
    "Backtest", "ConfigError", "DataError", "Estimate", "FigureData", "Figures", "Fit", "FitError", "ForecastError",
    "History", "LevelData", "Levels", "Origins", "Outcome", "Paths", "Plan", "Recovery", "Sarima", "SarimaFit",
    "__version__", "answer", "backtest", "estimate", "fit", "monthly", "read", "read_figures", "read_paths",
    "reconstruct", "sarima", "write_report",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import what a name stands for when it is first asked for, so that `import forecast` costs nothing."""
    if name in _DOORS:
        room, there = _DOORS[name]
        found = getattr(import_module(f"forecast.{room}"), there)
        globals()[name] = found
        return found
    if name in (*_CALLED, *_ROOMS):
        return import_module(f"forecast.{name}")
    raise AttributeError(f"module 'forecast' has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the front door's names and the rooms behind it, without importing any."""
    return sorted({*__all__, *_ROOMS})
