"""`RefusedError`: a scenario that is well said and has no answer."""

from __future__ import annotations

from forecast.errors import FitError


class RefusedError(FitError):
    """A scenario that has no answer: `code` names the reason, `values` the numbers that its sentence quotes."""

    def __init__(self, problem: str, code: str, *values: float) -> None:
        super().__init__(problem)
        self.code = code
        self.values = values

    def __reduce__(self) -> tuple[type[RefusedError], tuple[str | float, ...]]:
        """Pickle with the code and the values too, as an estimate holds what was refused."""
        return type(self), (*self.problems, self.code, *self.values)
