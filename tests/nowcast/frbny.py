"""The two New York Fed vintages and the results of its own programs, as statsmodels ships them for its tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import statsmodels
from scipy.io import matlab

from forecast.nowcast.equation import Scale
from forecast.nowcast.factor import FactorFit
from forecast.nowcast.smoother import StateSpace

RESULTS = Path(statsmodels.__file__).parent / "tsa" / "statespace" / "tests" / "results" / "frbny_nowcast"
STATE_BEGINS = pd.Period("1999-12", "M")  # the first figures are of the month after


@dataclass(frozen=True, eq=False)
class Run:
    """Hold what their programs wrote in one run: what they were asked, their matrices, what they found."""

    specification: Any
    result: Any

    @classmethod
    def of(cls, name: str) -> Run:
        found = matlab.loadmat(RESULTS / f"test_{name}.mat")
        return cls(found["Spec"], found["Res"])

    def asked(self, key: str) -> list[str]:
        """One word per series."""
        return [str(one[0][0]) for one in self.specification[key][0, 0]]

    @property
    def blocks(self) -> npt.NDArray[np.int64]:
        """Which series loads on which block, (series, blocks) of 0 and 1."""
        return np.asarray(self.specification["Blocks"][0, 0], dtype=np.int64)

    def found(self, key: str) -> npt.NDArray[np.float64]:
        return np.asarray(self.result[key][0, 0], dtype=float)

    def growth(self, day: str) -> pd.DataFrame:
        """Growth of one vintage as they transform it, monthly; a quarter stands at its last month."""
        table = pd.read_csv(RESULTS / "Nowcasting" / "data" / "US" / f"{day}.csv")
        levels = table.drop(columns="Date").set_axis(pd.PeriodIndex(table["Date"].tolist(), freq="M"))
        columns = {
            name: transformed(levels[name], how)
            for name, how in zip(self.asked("SeriesID"), self.asked("Transformation"), strict=True)
        }
        known = pd.DataFrame(columns).loc["2000-01":].dropna(how="all")
        return known.reindex(pd.period_range(STATE_BEGINS, known.index[-1], freq="M"))

    def factor_fit(self) -> FactorFit:
        """Our factor model with their matrices, first state and standardisation."""
        mean, deviation = self.found("Mx")[0], self.found("Wx")[0]
        width = np.full(len(mean), np.inf)
        space = StateSpace(
            self.found("C"), np.diag(self.found("R")).copy(), self.found("A"), self.found("Q"),
            self.found("Z_0")[:, 0], self.found("V_0"),
        )  # fmt: skip
        columns = tuple(self.asked("SeriesID"))
        scale = Scale(mean, deviation, -width, width)
        return FactorFit(columns, scale, space, np.zeros((1, 1)), np.arange(1), 0.0, {})


def transformed(level: pd.Series, how: str) -> pd.Series:
    """Growth of one series: "chg" change, "pch" percent change, "pca" percent change of a quarter, yearly."""
    if how == "chg":
        return level.diff()
    if how == "pch":
        return 100.0 * (level / level.shift(1) - 1.0)
    return 100.0 * ((level / level.shift(3)) ** 4 - 1.0)
