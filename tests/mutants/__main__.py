"""Put mistakes into the rooms of numbers and say which of them no fast test sees."""

from __future__ import annotations

import argparse
import hashlib
import heapq
import importlib
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.mutants import equivalent, planted, rooms
from tests.mutants.mutations import mistaken, mutations
from tests.mutants.running import KILLED, LIVED, Mutant, begin
from tests.shared import ESTIMATED, RECONSTRUCTED

LEAST_KILLED = 0.95
"""Share of the mutants that change a number which must be killed."""


def main() -> int:
    """Run the gate; 1 where mistakes lived that are not known to change nothing, or planted ones did."""
    asked = _arguments()
    os.chdir(rooms.REPO)
    drawn = sample(asked.skip + asked.take, asked.seed, asked.only)[asked.skip :]
    known = planted.mutants(rooms.files()) if asked.planted else []
    chosen = [*(one for one in known if asked.only in one.file), *drawn]
    if asked.list:
        print(*(told(one) for one in chosen), sep="\n")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        logs = Path(asked.logs or folder)
        logs.mkdir(parents=True, exist_ok=True)
        for name in (RECONSTRUCTED, ESTIMATED):  # of this code alone
            os.environ[name] = str(Path(folder, name))
            Path(folder, name).mkdir()
        for module in rooms.BELOW:  # once, before the processes part
            importlib.import_module(module)
        if not all(lives for _, lives in _run(controls(chosen), logs / "controls", asked.jobs)):
            raise RuntimeError(
                f"a test fails where there is no mistake: {logs / 'controls'}; keep them with --logs"
            )
        living = [one for one, lives in _run(chosen, logs, asked.jobs) if lives]
    return _verdict(chosen, living, len(drawn))


def sample(take: int, seed: str, only: str = "") -> list[Mutant]:
    """Return `take` mistakes made by rule, those whose SHA-256 with the seed is lowest, known equivalents left out.

    Lines do not count, so that an edit elsewhere in a file draws no other mistakes.
    """
    found = []
    for file, tests in rooms.files().items():
        source = (rooms.REPO / file).read_text(encoding="utf-8") if take and only in file else ""
        lines, alike = source.splitlines(), Counter[str]()
        for made in mutations(source):
            alike[made.text] += 1
            if not equivalent.reason(file, lines[made.line - 1], made.text):
                words = f"{seed}\n{file}\n{made.text}\n{alike[made.text]}"
                found.append((hashlib.sha256(words.encode()).digest(), file, made, source, tests))
    return [
        Mutant(file, made.line, made.text, mistaken(source, made), tests)
        for _, file, made, source, tests in heapq.nsmallest(take, found, key=lambda one: one[0])
    ]


def controls(chosen: Sequence[Mutant]) -> list[Mutant]:
    """Return the files without a mistake, with all tests that the mutants are held against: they must live.

    One for the mutants above `estimate`, whose tests share estimates, and one for the others.
    """
    found = []
    for above in (True, False):
        mutants = [one for one in chosen if one.file.startswith(rooms.ABOVE_ESTIMATE) == above]
        tests = dict.fromkeys(test for one in mutants for test in one.tests)
        if mutants:
            file = mutants[0].file
            source = (rooms.REPO / file).read_text(encoding="utf-8")
            found.append(Mutant(file, 1, "no mistake", source, tuple(tests)))
    return found


def told(one: Mutant) -> str:
    """Return a mutant in one line."""
    return f"{one.file}:{one.line}: {one.text}"


def _run(chosen: Sequence[Mutant], logs: Path, jobs: int) -> Iterator[tuple[Mutant, bool]]:
    """Run the mutants, some at a time, and yield each as it ends with whether it lived."""
    logs.mkdir(exist_ok=True)
    waiting, running = list(enumerate(chosen))[::-1], {}
    while waiting or running:
        while waiting and len(running) < jobs:
            at, one = waiting.pop()
            running[begin(one, logs / f"{at:03d}.txt")] = at, one
        child, status, used = os.wait4(-1, 0)
        at, one = running.pop(child)
        seconds = f"{used.ru_utime + used.ru_stime:5.1f} s"
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) not in (LIVED, KILLED):
            raise RuntimeError(f"the tests of {told(one)} could not be run: {logs / f'{at:03d}.txt'}")
        print("LIVED " if status == LIVED else "killed", f"{at:03d}", seconds, told(one), flush=True)
        yield one, status == LIVED


def _verdict(chosen: Sequence[Mutant], living: Sequence[Mutant], drawn: int) -> int:
    planted_living = [one for one in living if one in chosen[: len(chosen) - drawn]]
    killed = 1.0 - (len(living) - len(planted_living)) / max(drawn, 1)
    print(f"{killed:.1%} of {drawn} drawn mutants killed, {len(planted_living)} planted mistakes lived")
    print(json.dumps([told(one) for one in living], indent=1, ensure_ascii=False))
    return int(killed < LEAST_KILLED or bool(planted_living))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--take", type=int, default=300, help="mistakes drawn")
    parser.add_argument("--skip", type=int, default=0, help="leave out so many of them first")
    parser.add_argument("--seed", default="7413638", help="what draws them: any text")
    parser.add_argument("--only", default="", help="part of a file's name")
    parser.add_argument("--planted", action="store_true", help="those of planted.py too")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--logs", help="folder for what the tests print")
    parser.add_argument("--list", action="store_true", help="only say which")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
