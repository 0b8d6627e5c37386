"""A part of the tests, drawn by a seed: what is too long for every commit is proven piece by piece.

    pytest -m slow --part 0.25 --seed 1f3a9c0

keeps each test whose name and the seed together hash below the part. Another seed keeps another quarter; the same one
the same, on any machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("parts")
    group.addoption("--part", type=float, default=1.0, help="share of the tests to run, 0 to 1")
    group.addoption("--seed", default="", help="what draws them: any text, such as the name of a commit")


def pytest_report_header(config: pytest.Config) -> str | None:
    part, seed = config.getoption("part"), config.getoption("seed")
    return None if part >= 1 else f"a part of the tests: --part {part:g} --seed {seed}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    part, seed = config.getoption("part"), config.getoption("seed")
    if part >= 1:
        return
    chosen = set(drawn([item.nodeid for item in items], part, seed))
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in chosen])
    items[:] = [item for item in items if item.nodeid in chosen]


def drawn(names: Sequence[str], part: float, seed: str) -> list[str]:
    """Return the names whose SHA-256 with the seed lies in the lowest `part` of all, in their order."""
    return [name for name in names if _share(name, seed) < part]


def _share(name: str, seed: str) -> float:
    digest = hashlib.sha256(f"{seed}\n{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
