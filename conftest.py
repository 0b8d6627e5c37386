"""What holds for every test: limits of processor time, parts of the long proofs, what tests share."""

from __future__ import annotations

pytest_plugins = ["tests.limits", "tests.parts", "tests.shared"]
