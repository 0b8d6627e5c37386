"""What a seasonal ARIMA model is: the spec, immutable and re-runnable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from forecast.errors import ConfigError, refuse_unlike


@dataclass(frozen=True)
class Sarima:
    """Specify (1−φB…)(1−ΦBˢ…)(1−B)ᵈ(1−Bˢ)ᴰ(y − xβ) = c + (1+θB…)(1+ΘBˢ…)e, e ~ N(0, σ²).

    order, seasonal : (p, d, q) and (P, D, Q), signs as statsmodels and R write them
    period : s, months in a season
    drift : the constant c of the differenced series; "auto" has one where d + D < 2
        (with d + D = 2 a constant would be a quadratic trend)
    log : model log y, else y itself
    innovations : "gaussian", "bootstrap" of the centred residuals, or "block", 12 months of them at a time
    parameter_uncertainty : simulated paths carry the estimation error of coefficients, drift and σ²

    Raises ConfigError for orders that are no orders.

    >>> Sarima((0, 1, 1), (0, 1, 1)).has_drift, Sarima((2, 1, 0), (0, 0, 0)).has_drift
    (False, True)
    """

    order: tuple[int, int, int] = (0, 1, 1)
    seasonal: tuple[int, int, int] = (0, 1, 1)
    period: int = 12
    drift: bool | Literal["auto"] = "auto"
    log: bool = True
    innovations: Literal["gaussian", "bootstrap", "block"] = "gaussian"
    parameter_uncertainty: bool = True

    def __post_init__(self) -> None:
        refuse_unlike(self)
        for name, orders in (("order", self.order), ("seasonal", self.seasonal)):
            if min(orders) < 0:
                raise ConfigError(f"Sarima: {name}: expected three whole numbers from 0, found {orders!r}")
        if self.period < 2 and any(self.seasonal):
            raise ConfigError(f"Sarima: period: a seasonal part needs at least 2 months, found {self.period}")

    @property
    def has_drift(self) -> bool:
        """Whether the differenced series has a constant."""
        return self.order[1] + self.seasonal[1] < 2 if self.drift == "auto" else self.drift

    @property
    def lost(self) -> int:
        """Months that differencing takes from the start of the sample, d + sD."""
        return self.order[1] + self.period * self.seasonal[1]

    @property
    def orders(self) -> tuple[int, int, int, int, int]:
        """What the likelihood of the differenced series knows of the spec: p, q, P, Q and the period."""
        return (self.order[0], self.order[2], self.seasonal[0], self.seasonal[2], self.period)

    @property
    def n_coefficients(self) -> int:
        """Number of AR and MA coefficients, p + q + P + Q."""
        return self.order[0] + self.order[2] + self.seasonal[0] + self.seasonal[2]

    def __str__(self) -> str:
        """Return the usual notation, e.g. "(0,1,1)(0,1,1)12"."""
        return "({},{},{})".format(*self.order) + "({},{},{})".format(*self.seasonal) + str(self.period)
