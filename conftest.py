"""What holds for every test: limits of processor time, parts of the long proofs, light ones, what tests share."""

from __future__ import annotations

pytest_plugins = ["pytester", "tests.limits", "tests.parts", "tests.costs", "tests.shared"]
