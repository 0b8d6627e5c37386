"""Ctrl-C and SIGTERM get through, whatever swallows the first, and what was begun is cleaned up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from forecast import stopping
from forecast.cli import main
from forecast.stopping import TERMINATED, stoppable

REPO = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.mark.parametrize(
    ("number", "raised"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, SystemExit)]
)
def test_a_stop_that_a_finaliser_swallows_is_raised_again(
    number: signal.Signals, raised: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopping, "AGAIN", 0.1)
    before = signal.getsignal(number)
    swallowed = []

    def work() -> None:
        with stoppable():
            try:
                os.kill(os.getpid(), number)
                time.sleep(1)
            except BaseException as error:  # as the interpreter does in a finaliser
                swallowed.append(type(error))
            time.sleep(5)

    with pytest.raises(raised) as caught:
        work()
    assert swallowed == [raised]
    assert not isinstance(caught.value, SystemExit) or caught.value.code == TERMINATED
    assert signal.getsignal(number) is before
    time.sleep(0.2)  # no reminder comes after the end


def test_outside_the_main_thread_nothing_is_changed() -> None:
    seen = []

    def work() -> None:
        with stoppable():
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [signal.getsignal(signal.SIGTERM)]


CHILD = """
import sys, time
from forecast import cli
from forecast.run import folder
real = folder.report.write
def slow(outcome, fresh, *rest, **named):
    (fresh / "half").write_text("half")
    print("writing", flush=True)
    time.sleep(60)
folder.report.write = slow
sys.exit(cli.main(["run", "configs/euro_electrical.yaml", "--out", sys.argv[1], "--lang", "en"]))
"""


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, TERMINATED)])
def test_a_run_that_is_stopped_while_it_writes_leaves_nothing(tmp_path: Path, number: int, code: int) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path)],
        cwd=REPO,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "writing\n"
    child.send_signal(number)
    assert child.wait(20) == code
    _, said = child.communicate()
    assert "Traceback" not in said
    assert list((tmp_path / "euro_electrical").iterdir()) == []


@pytest.mark.slow
def test_output_that_finds_no_room_is_told_in_a_line() -> None:
    done = subprocess.run(
        f"{sys.executable} -m forecast.cli schema > /dev/full",
        shell=True,
        cwd=REPO,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (1, "output: No space left on device\n")


def test_a_working_folder_that_is_gone_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert main(["run", "question.yaml"]) == 2
    assert capsys.readouterr().err == "the folder in which this was started is gone; change into another\n"
