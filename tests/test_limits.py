"""Time limits count processor time, and a drawn part of the tests is the same on any machine."""

from __future__ import annotations

import signal
import time

import pytest

from tests.limits import limited
from tests.parts import drawn

NAMES = [f"tests/test_a.py::test_b[{i}]" for i in range(1000)]

needs_timer = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="Windows has no timer of processor time"
)


def work(seconds: float) -> None:
    start = time.process_time()
    while time.process_time() < start + seconds:
        pass


@needs_timer
def test_work_beyond_the_limit_fails() -> None:
    with (
        pytest.raises(pytest.fail.Exception, match=r"^used more than 0\.05 s of processor time$"),
        limited(0.05),
    ):
        work(1.0)


@needs_timer
def test_waiting_is_no_work() -> None:
    with limited(0.05):
        time.sleep(0.2)


@needs_timer
def test_every_test_runs_under_a_limit_that_goes_on_after_an_inner_one(pytestconfig: pytest.Config) -> None:
    limit = float(pytestconfig.getini("cpu_limit"))
    with limited(5.0):
        assert 4.9 < signal.getitimer(signal.ITIMER_PROF)[0] < 5.1
    left, _ = signal.getitimer(signal.ITIMER_PROF)
    assert limit - 60 < left < limit + 1


def test_what_only_waits_is_ended_after_an_hour(pytestconfig: pytest.Config) -> None:
    assert float(pytestconfig.getini("timeout")) == 3600.0


def test_parts_are_drawn_by_seed_and_grow_with_the_share() -> None:
    fifth = drawn(NAMES, 0.2, "1f3a9c0")
    assert fifth[:3] == [NAMES[i] for i in (8, 11, 15)]  # by sha256sum
    assert abs(len(fifth) - 200) < 4 * (1000 * 0.2 * 0.8) ** 0.5
    assert set(fifth) < set(drawn(NAMES, 0.5, "1f3a9c0"))
    assert drawn(NAMES, 0.2, "2") != fifth
    assert drawn(NAMES, 1.0, "2") == NAMES
    assert drawn(NAMES, 0.0, "2") == []
