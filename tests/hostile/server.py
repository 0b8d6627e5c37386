"""A process that has imported the package once and runs each command line in a fork with limits of its own."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

REPO = Path(__file__).parents[2]
CRASHED, TOO_LONG, KILLED = 70, -int(signal.SIGKILL), -int(signal.SIGPROF)
ADDRESSES = 8_000_000_000
"""Bytes of address space that a command may reserve beyond what the imports take: where nothing else stops it."""


@dataclass(frozen=True)
class Result:
    """What a command line came to, with seconds of the clock and of the processor (work) and its largest size."""

    code: int
    said: str
    error: str
    seconds: float
    megabytes: float = 0.0
    work: float = 0.0


class Server:
    """The process, from entering the context to leaving it."""

    def __enter__(self) -> Server:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.server"],
            cwd=REPO,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(REPO)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def run(self, argv: Sequence[str], folder: Path, seconds: float = 60.0, kill_at: float = 0.0) -> Result:
        """Run `forecast ARGV` in a folder; after so many seconds of the clock it is killed.

        kill_at : processor seconds after which the process dies, without any clean-up, of a signal nobody handles
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"argv": list(argv), "folder": str(folder), "seconds": seconds, "kill_at": kill_at}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the server died"
        return Result(**json.loads(answer))


def _serve() -> None:
    for room in ("run", "run.inspect", "run.backtest", "run.nowcast", "run.score", "run.starter", "report"):
        __import__(f"forecast.{room}")
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    for line in sys.stdin:
        asked = json.loads(line)
        folder = Path(asked["folder"])
        out, err = folder.with_name(f"{folder.name}.out"), folder.with_name(f"{folder.name}.err")
        began = time.monotonic()
        child = os.fork()
        if not child:
            signal.setitimer(signal.ITIMER_PROF, asked["kill_at"])
            _be_child(asked["argv"], folder, out, err, taken + ADDRESSES)
        code, used = _waited(child, began + asked["seconds"])
        said = {
            "code": code,
            "seconds": time.monotonic() - began,
            "megabytes": used.ru_maxrss / 1024,
            "work": used.ru_utime + used.ru_stime,
        }
        for name, file in (("said", out), ("error", err)):
            said[name] = file.read_text(encoding="utf-8", errors="backslashreplace")
            file.unlink()
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


def _be_child(argv: Sequence[str], folder: Path, out: Path, err: Path, memory: int) -> None:
    """Run the command line and end; nothing of the server runs on here."""
    for target, file in ((1, out), (2, err)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), target)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(folder)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_no_network)
    from forecast.cli import main

    try:
        code = main(list(argv))
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    except BaseException:
        traceback.print_exc()
        code = CRASHED
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _no_network(event: str, args: tuple[object, ...]) -> None:
    """Raise where a command looks up a host, or connects to one: no bad input may make it."""
    if event == "socket.getaddrinfo" or (event == "socket.connect" and isinstance(args[1], tuple)):
        raise AssertionError(f"a command opens a connection: {event} {args[1:]}")


def _waited(child: int, until: float) -> tuple[int, resource.struct_rusage]:
    """The exit code of a child, which is killed when its time is over, and what it used."""
    while True:
        ended, status, used = os.wait4(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status), used
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.002)


if __name__ == "__main__":
    _serve()
