"""What holds for every test: limits of processor time, parts of the long proofs, light ones, what tests share."""

from __future__ import annotations

from hypothesis import settings

pytest_plugins = ["pytester", "tests.limits", "tests.parts", "tests.costs", "tests.shared"]

settings.register_profile("untimed", deadline=None)  # a test that a busy machine fails proves nothing
settings.load_profile("untimed")
