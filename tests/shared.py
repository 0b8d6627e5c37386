"""What tests share: reconstructions that `estimate` asks for and charts of one outcome are made once in a session.

Each is kept under everything that it follows from. For a level that is every figure of the file whatever its date: a
test that spoils later figures, or draws otherwise, gets a reconstruction of its own. `levels.reconstruct` itself is
never kept, and a test that asks for `alone` shares nothing.
"""

from __future__ import annotations

import functools
import os
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from filelock import FileLock

RECONSTRUCTED = "FORECAST_RECONSTRUCTED"
"""Names a folder in which many sessions have their reconstructions in common, as those of the mutation gate do."""
ESTIMATED = "FORECAST_ESTIMATED"
"""Names one in which sessions that make nothing otherwise up to the estimate have the oracle's estimates in common."""


@dataclass(frozen=True)
class Kept:
    """Results by what they follow from, in a folder that the workers of a session have in common."""

    folder: Path
    read: dict[str, bytes] = field(default_factory=dict)

    def get(self, told: str, make: Callable[[], Any]) -> Any:
        key = sha256(told.encode()).hexdigest()
        if key not in self.read:
            file = self.folder / f"{key}.pickle"
            with FileLock(file.with_suffix(".lock")):
                if not file.exists():
                    file.write_bytes(pickle.dumps(make()))
            self.read[key] = file.read_bytes()
        return pickle.loads(self.read[key])

    def reconstruct(self, figures: Any, *args: Any, rng: Any, **asked: Any) -> Any:
        from forecast import levels

        def made() -> Any:
            return levels.reconstruct(figures, *args, rng=rng, **asked), rng.bit_generator.state

        told = (
            figures.file,
            figures.notes,
            figures.until,
            args,
            rng.bit_generator.state,
            sorted(asked.items()),
        )
        table = figures.table.to_csv() + str(figures.table.dtypes)
        level, rng.bit_generator.state = self.get(repr(told) + table, made)
        return level

    def drawing(self, draw: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        @functools.wraps(draw)
        def drawn(outcome: Any, language: Any) -> Any:
            return self.get(f"{language.code} {outcome.to_json()}", lambda: draw(outcome, language))

        return drawn


def estimated(told: str, make: Callable[[], Any]) -> Any:
    """Return what was made under these words by a session of the same folder, or make it."""
    return Kept(Path(os.environ[ESTIMATED])).get(told, make) if ESTIMATED in os.environ else make()


@pytest.fixture(scope="session", autouse=True)
def _sharing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let the whole session share, module fixtures too. What is imported here is not imported to collect."""
    from forecast import estimate, levels
    from forecast.report import pictures

    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if own.name.startswith("popen-") else own) / "shared"
    folder.mkdir(exist_ok=True)
    kept = Kept(folder)
    levels_kept = Kept(Path(os.environ.get(RECONSTRUCTED, folder)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            estimate, "levels", SimpleNamespace(Levels=levels.Levels, reconstruct=levels_kept.reconstruct)
        )
        patch.setattr(pictures, "draw", kept.drawing(pictures.draw))
        yield


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Share nothing: what the test says of two results is said of two computations."""
    from forecast import estimate, levels
    from forecast.report import pictures

    monkeypatch.setattr(estimate, "levels", levels)
    monkeypatch.setattr(pictures, "draw", pictures.draw.__wrapped__)
