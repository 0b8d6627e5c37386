"""The same bytes however the work is spread, and plain words when a worker dies."""

from __future__ import annotations

import errno
import io
import multiprocessing
import os
import pathlib
import signal
import subprocess
import sys
import textwrap
import time
import warnings
from collections.abc import Iterator
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from forecast.errors import ConfigError, ForecastError
from forecast.parallel import Crew, announced, generator, in_order, pmap, progress, reported
from tests.work import (
    ITEMS,
    blas_threads,
    dying,
    killing,
    late_first,
    process,
    refuse,
    refuse_oddly,
    regressed,
)

ROOT = pathlib.Path(__file__).parent.parent


def test_processes_give_the_bytes_of_the_plain_loop() -> None:
    plain = in_order(pmap(regressed, ITEMS))
    assert len(set(plain)) == len(ITEMS)
    assert in_order(pmap(regressed, ITEMS, jobs=2)) == plain


def test_results_come_as_they_finish(tmp_path: pathlib.Path) -> None:
    done = [index for index, _ in pmap(partial(late_first, str(tmp_path)), [0, 1, 2, 3], jobs=2)]
    assert sorted(done) == [0, 1, 2, 3]
    assert done.index(0) >= 2  # behind 1 and 2, and beside 3


def test_linear_algebra_has_one_thread_everywhere() -> None:
    import scipy.linalg  # noqa: F401

    with threadpool_limits(2, user_api="blas"):
        for jobs in (1, 2):
            for _, threads in pmap(blas_threads, [0, 1], jobs=jobs):
                assert threads
                assert set(threads) == {1}
        assert 2 in blas_threads(0)  # and the limit does not outlive the work


def test_a_plain_loop_works_one_item_at_a_time() -> None:
    seen: list[int] = []
    work = pmap(seen.append, [4, 5, 6])
    next(work)
    assert seen == [4]


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_to_do(jobs: int) -> None:
    assert in_order(pmap(refuse, [], jobs=jobs, describe="nothing")) == []


def test_an_item_whose_worker_dies_once_is_tried_again(tmp_path: pathlib.Path) -> None:
    f = partial(dying, str(tmp_path), 1)
    assert in_order(pmap(f, [0, 1, 2, 3, 4], jobs=2)) == [0, 10, 20, 30, 40]
    assert len(os.listdir(tmp_path)) == 2


def test_an_item_whose_worker_dies_twice_is_named(tmp_path: pathlib.Path) -> None:
    f = partial(dying, str(tmp_path), 9)
    with pytest.raises(
        ForecastError, match=r"^2: its worker process died 2 times \(exit code -9\)\. .*fewer jobs"
    ):
        list(pmap(f, [0, 1, 2, 3, 4], jobs=2))
    assert len(os.listdir(tmp_path)) == 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_of_the_work_is_raised_here(jobs: int) -> None:
    with pytest.raises(ForecastError, match=r"series\.csv:4: too short"):
        list(pmap(refuse, [0, 1, 2], jobs=jobs))


def test_an_exception_from_a_worker_carries_its_traceback() -> None:
    with pytest.raises(ForecastError) as caught:
        list(pmap(refuse, [0, 1, 2], jobs=2))
    assert "in refuse" in caught.value.__notes__[0]


def test_an_exception_that_cannot_travel_arrives_in_words() -> None:
    with pytest.raises(ForecastError, match="UnsendableError: [56] and 7"):
        list(pmap(refuse_oddly, [5, 6], jobs=2))


def test_what_cannot_be_sent_is_said_before_the_start() -> None:
    with pytest.raises(ConfigError, match="cannot be sent to another process.*top of a module"):
        list(pmap(lambda item: item, [1, 2], jobs=2))


def test_jobs_below_one() -> None:
    with pytest.raises(ConfigError, match="jobs is 0; it must be 1 or more"):
        pmap(abs, [1], jobs=0)


def test_leaving_early_ends_the_workers() -> None:
    before = set(multiprocessing.active_children())
    work = pmap(regressed, ITEMS, jobs=2)
    next(work)
    assert len(set(multiprocessing.active_children()) - before) == 2
    work.close()  # type: ignore[attr-defined]
    assert set(multiprocessing.active_children()) <= before


def test_a_crew_keeps_its_workers_for_the_next_piece_of_work() -> None:
    before = set(multiprocessing.active_children())
    with Crew() as crew:
        first = {pid for _, pid in pmap(process, range(6), jobs=2, crew=crew)}
        assert in_order(pmap(regressed, ITEMS, jobs=2, crew=crew)) == in_order(pmap(regressed, ITEMS))
        assert {pid for _, pid in pmap(process, range(6), jobs=2, crew=crew)} == first
        assert len(set(multiprocessing.active_children()) - before) == 2
    assert set(multiprocessing.active_children()) <= before


def test_log_lines_every_tenth(capsys: pytest.CaptureFixture[str]) -> None:
    list(pmap(abs, range(25), describe="origins"))
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(",")[0] for line in lines[:3]] == [f"origins: {n} of 25" for n in (3, 5, 8)]
    assert lines[-1] == "origins: 25 of 25, 0 s left"
    assert len(lines) == 10


class Full(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("stderr", [None, Full()], ids=["closed", "full"])
def test_a_log_that_cannot_be_written_ends_no_work(
    stderr: io.StringIO | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", stderr)
    assert [found for _, found in pmap(abs, range(-5, 0), describe="origins")] == [5, 4, 3, 2, 1]


def test_silent_without_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    list(pmap(abs, range(25)))
    assert capsys.readouterr().err == ""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    list(pmap(abs, range(5), describe="origins"))
    assert "origins: 100%" in screen.getvalue()
    assert "5/5" in screen.getvalue()


def test_nothing_is_shown_of_work_that_is_soon_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(reported(iter(range(5)), 5, "series", after=60.0)) == [0, 1, 2, 3, 4]
    assert capsys.readouterr().err == ""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    list(reported(iter(range(5)), 5, "series", after=60.0))
    with announced("reading x.csv"):
        pass
    assert screen.getvalue() == ""


@pytest.mark.parametrize(("screen", "told"), [(Terminal(), "reading x.csv …\n"), (io.StringIO(), "")])
def test_long_work_is_announced_on_a_terminal(
    screen: io.StringIO, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "SOON", 0.0)
    with announced("reading x.csv"):
        for _ in range(200):
            if screen.getvalue() == told != "":
                break
            time.sleep(0.01)
    assert screen.getvalue() == told


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_says_how_far_the_work_was(jobs: int, tmp_path: pathlib.Path) -> None:
    """A real SIGINT to the whole process group, as a terminal sends it."""
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(f"""
        import signal
        import time
        from forecast.parallel import pmap

        def work(item):
            time.sleep(60.0 if item == 3 else 0.0)
            return item

        if __name__ == "__main__":
            signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background ignores it
            try:
                for index, _ in pmap(work, [0, 1, 2, 3], jobs={jobs}, describe="origins"):
                    print(index, flush=True)
            except KeyboardInterrupt as stop:
                print(stop, flush=True)
        """)
    )
    run = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert run.stdout is not None
    for _ in range(3):
        run.stdout.readline()
    time.sleep(1.0)  # let the script come back to waiting for item 3
    os.killpg(run.pid, signal.SIGINT)
    out, err = run.communicate(timeout=60)
    assert out.decode().strip() == "origins stopped after 3 of 4"
    assert "Traceback" not in err.decode()


# -- random streams ------------------------------------------------------------------------------------------


def test_streams_are_those_of_sha256() -> None:
    """Second route: the digest and the bit generator written out by hand."""
    import hashlib

    digest = hashlib.sha256(b"2:42" + b"6:INDPRO" + b"7:2008-10").digest()
    by_hand = np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))
    np.testing.assert_array_equal(
        generator(42, "INDPRO", "2008-10").standard_normal(5), by_hand.standard_normal(5)
    )


def test_streams_do_not_depend_on_the_hash_of_the_interpreter() -> None:
    code = "from forecast.parallel import generator; print(generator(3, 'x', 5).integers(10**12))"
    printed = {
        subprocess.check_output(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        )
        for seed in ("1", "2")
    }
    assert printed == {f"{generator(3, 'x', 5).integers(10**12)}\n".encode()}


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.lists(st.text(max_size=4), max_size=4), st.lists(st.text(max_size=4), max_size=4))
def test_other_words_give_another_stream(one: list[str], other: list[str]) -> None:
    same = generator(1, *one).integers(2**62) == generator(1, *other).integers(2**62)
    assert same == (one == other)


def test_words_may_not_be_cut_elsewhere_or_swapped() -> None:
    draws = {
        int(generator(*key).integers(2**62))
        for key in [(1, "ab", "c"), (1, "a", "bc"), (1, "c", "ab"), (1, "abc"), (11, "abc"), (1, "1abc")]
    }
    assert len(draws) == 6


def test_a_word_without_stable_text_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot name a random stream"):
        generator(1, object())


# -- Dask ----------------------------------------------------------------------------------------------------


def test_a_scheduler_without_dask_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ConfigError, match=r"pip install distributed"):
        list(pmap(abs, [1, 2], scheduler="tcp://127.0.0.1:1"))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A cluster of two worker processes on this machine, each watched by a nanny that restarts it."""
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library's own start and end, such as a slow disk
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=":0", processes=True, silence_logs=50
        ) as cluster:
            yield cluster.scheduler_address


@pytest.mark.slow
def test_a_dask_cluster_gives_the_bytes_of_the_plain_loop(address: str) -> None:
    assert in_order(pmap(regressed, ITEMS * 3, scheduler=address)) == in_order(pmap(regressed, ITEMS * 3))


@pytest.mark.slow
def test_a_dask_worker_killed_half_way_changes_nothing(address: str, tmp_path: pathlib.Path) -> None:
    killed = in_order(pmap(partial(killing, str(tmp_path)), range(len(ITEMS)), scheduler=address))
    assert os.listdir(tmp_path) == ["killed"]
    assert killed == in_order(pmap(regressed, ITEMS))


@pytest.mark.slow
def test_linear_algebra_has_one_thread_on_a_dask_cluster(address: str) -> None:
    for _, threads in pmap(blas_threads, [0, 1, 2], scheduler=address):
        assert set(threads) == {1}


@pytest.mark.slow
def test_an_exception_on_a_dask_cluster_is_raised_here(address: str) -> None:
    with pytest.raises(ForecastError, match=r"series\.csv:4: too short"):
        list(pmap(refuse, [0, 1, 2], scheduler=address))


@pytest.mark.slow
def test_an_item_that_kills_every_dask_worker_is_named(address: str, tmp_path: pathlib.Path) -> None:
    with pytest.raises(ForecastError, match="^2: the cluster's workers died at it"):
        list(pmap(partial(dying, str(tmp_path), 99), [2], scheduler=address))


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    monkeypatch.setattr("forecast.parallel.cluster.PATIENCE", "1s")
    with pytest.raises(ConfigError, match="no Dask cluster answers at tcp://127.0.0.1:1 .*use jobs instead"):
        list(pmap(abs, [1, 2], scheduler="tcp://127.0.0.1:1"))


@pytest.mark.parametrize(
    "address", ["foo", "nonsense://x:1", "tcp://", "tcp://x", "host:0", "tcp://x:99999", ""]
)
def test_what_is_no_address_of_a_cluster_is_told_before_dask_sees_it(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(
        ConfigError, match=f'scheduler: "{address}" is no address .*write it as tcp://host:8786'
    ):
        list(pmap(abs, [1, 2], scheduler=address))


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_the_first_worker_starts_with_ctrl_c_blocked_and_its_parent_hears_it() -> None:
    """The tracker of resources, which starts with the first worker, lets SIGINT through again."""
    script = """
import signal
from forecast.parallel import processes
def blocked():
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])
with processes._deaf_to_ctrl_c():
    processes.resource_tracker.getfd()
    print(blocked())
print(blocked())
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == ["True", "False"]
