"""Why some of several questions have no answer, each problem with the configs that it is of."""

from __future__ import annotations

from collections.abc import Mapping

from forecast.errors import ConfigError, DataError, ForecastError


def all_told(mistakes: Mapping[str, ForecastError], asked: int) -> ForecastError:
    """Return the problems of several questions as one error, the user's to mend where one of them is.

    mistakes : by config · asked : questions in all; what is wrong with some of them is said once, with their configs
    """
    if asked == 1:
        return next(iter(mistakes.values()))
    whose: dict[str, list[str]] = {}
    for path, error in mistakes.items():
        for problem in dict.fromkeys(error.problems):
            whose.setdefault(problem, []).append(path)
    told = (_told(problem, paths, asked) for problem, paths in whose.items())
    return next(filter(None, map(_of_user, mistakes.values())), ForecastError)(*told)


def _told(problem: str, paths: list[str], asked: int) -> str:
    named = len(paths) == asked or any(problem.startswith(f"{path}:") for path in paths)
    return problem if named else f"{', '.join(paths)}: {problem}"


def _of_user(error: ForecastError) -> type[ForecastError] | None:
    return next((kind for kind in (ConfigError, DataError) if isinstance(error, kind)), None)
