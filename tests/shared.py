"""Reconstructions that tests share: what `estimate` asks of `levels` is computed once for the whole session.

A level is kept under everything that it follows from, every figure of the file whatever its date among them: a test
that spoils later figures, or draws otherwise, gets a reconstruction of its own. `levels.reconstruct` itself is never
kept, and a test that asks for `alone` shares nothing.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from filelock import FileLock


@dataclass(frozen=True)
class Kept:
    """`levels` as `estimate` sees it, its reconstructions in a folder that the workers of a session have in common."""

    folder: Path
    found: dict[str, bytes] = field(default_factory=dict)

    def reconstruct(self, figures: Any, *args: Any, rng: Any, **asked: Any) -> Any:
        from forecast import levels

        told = (
            figures.file,
            figures.notes,
            figures.until,
            args,
            rng.bit_generator.state,
            sorted(asked.items()),
        )
        table = figures.table.to_csv() + str(figures.table.dtypes)
        key = sha256((repr(told) + table).encode()).hexdigest()
        if key not in self.found:
            file = self.folder / f"{key}.pickle"
            with FileLock(file.with_suffix(".lock")):
                if not file.exists():
                    level = levels.reconstruct(figures, *args, rng=rng, **asked)
                    file.write_bytes(pickle.dumps((level, rng.bit_generator.state)))
            self.found[key] = file.read_bytes()
        level, rng.bit_generator.state = pickle.loads(self.found[key])
        return level


@pytest.fixture(scope="session", autouse=True)
def _sharing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let every estimate of the session share its reconstructions, those of module fixtures too."""
    from forecast import estimate, levels

    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if own.name.startswith("popen-") else own) / "levels"
    folder.mkdir(exist_ok=True)
    kept = SimpleNamespace(Levels=levels.Levels, reconstruct=Kept(folder).reconstruct)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(estimate, "levels", kept)
        yield


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Share no reconstruction: what the test says of two estimates is said of two reconstructions too."""
    from forecast import estimate, levels

    monkeypatch.setattr(estimate, "levels", levels)
