"""Thousands of bad inputs through the command line: exit 2 with a place, or a right answer; no traceback, no hang.

`FORECAST_HOSTILE=300` tries so many (33 without it, 2,600 where slow proofs run), `FORECAST_HOSTILE_SEED` others.
"""

from __future__ import annotations

import json
import math
import os
import random
import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from forecast.vintages import Store
from tests.hostile import configs, reports, stores, tables, workbooks
from tests.hostile.case import MONTHS, Case, Generator
from tests.hostile.server import CRASHED, Result, Server

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits and forks of Linux")

KINDS: dict[str, Generator] = {
    "question": configs.question,
    "backtest": configs.backtest,
    "sound": configs.sound,
    "labels": configs.labels,
    "levels": tables.levels,
    "figures": tables.figures,
    "workbook": workbooks.workbook,
    "packed": workbooks.packed,
    "store": stores.store,
    "history": stores.history,
    "command": stores.command,
    "whatif": reports.whatif_of,
    "needed": reports.needed_of,
}
ALL = 2_600
LARGEST = 2_000
"""Megabytes that no command on a bad file of a few kilobytes may come to."""

NO_NUMBER = re.compile(r"\b(nan|inf)( %|\)| points| nats)")
"""What stands where a number should."""

LARGE = 100_000_000
"""Bytes of a file that are not compared."""

SLOWEST, STILL = 60.0, 300.0
"""Seconds of the processor that no command may take, and of the clock after which it is killed."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


def judged(case: Case, folder: Path, result: Result) -> str | None:
    """What is wrong with how a case was met; None where nothing is."""
    if "Traceback" in result.error or result.code == CRASHED:
        return f"a traceback: {result.error[-1500:]}"
    if result.code < 0:
        return f"killed by signal {-result.code} after {result.seconds:.0f} s"
    if result.work > SLOWEST:
        return f"took {result.work:.0f} s of the processor"
    if result.megabytes > LARGEST:
        return f"took {result.megabytes:.0f} MB"
    if result.code not in (0, 1, 2):
        return f"exit code {result.code}: {result.error[-500:]}"
    if result.code == 2 and not any(place in result.error for place in case.places):
        return f"refused without its place: {result.error[-500:]}"
    if result.code and not result.error.strip():
        return "refused without a word"
    if len(result.error) > 20_000:
        return f"a refusal of {len(result.error)} letters"
    if result.code == 0 and case.said is not None and result.said not in case.said:
        return f"silently another answer: {result.said[-1500:]}"
    if result.code == 0 and case.untouched and (none := NO_NUMBER.search(result.said)):
        return f"printed as a number: {none.group()}"
    if result.code == 0 and case.store is not None:
        return _read_wrong(case, folder / case.store)
    return None


def _read_wrong(case: Case, store: Path) -> str | None:
    """The first value of a store that no file said, or that a whole file said and is not there."""
    held = Store(store).as_of("2100-01-01")
    read = {(row.series, str(row.period)): float(row.value) for row in held.itertuples()}
    stray = set(case.truth.get(("*", "*"), ()))
    for key, value in read.items():
        allowed = case.truth.get(key, frozenset()) | stray
        if not any(math.isclose(value, right, rel_tol=1e-9) for right in allowed):
            return f"silently wrong: {key} is read as {value}, said were {sorted(allowed)[:5]}"
    missing = sorted(key for key in case.whole if key not in read)
    return f"silently left out: {missing[:5]}" if missing else None


def tried(kind: str, seed: int, server: Server, folder: Path) -> str | None:
    """Make a case, run it and judge it."""
    place = folder / f"{kind}-{seed}"
    place.mkdir()
    case = KINDS[kind](random.Random(f"{kind} {seed}"), place)
    before = _files(place) if case.untouched else {}
    result = server.run(case.argv, place, STILL)
    wrong = judged(case, place, result)
    if wrong is None and case.untouched and result.code and _files(place) != before:
        wrong = f"refused, and the files are others: {sorted(_files(place).items() ^ before.items())[:3]}"
    return wrong and f"{kind} {seed}: {' '.join(case.argv)[:200]}: {wrong}"


def _files(place: Path) -> dict[str, str]:
    """Every file below a folder with the hash of what it holds; its size where that is gigabytes.

    The empty file of a lock says nothing.
    """
    return {
        str(file): sha256(file.read_bytes()).hexdigest() if file.stat().st_size < LARGE else "large"
        for file in sorted(place.rglob("*"))
        if not file.is_symlink() and file.is_file() and (file.suffix != ".lock" or file.stat().st_size)
    }


def _seeds(count: int) -> list[tuple[str, int]]:
    """So many cases, of every kind alike."""
    first = int(os.environ.get("FORECAST_HOSTILE_SEED", "0"))
    return [
        (kind, first + i // len(KINDS)) for i, kind in zip(range(count), list(KINDS) * count, strict=False)
    ]


def test_a_sample_of_bad_inputs_is_refused_with_a_place_or_answered_right(
    server: Server, tmp_path: Path
) -> None:
    cases = _seeds(int(os.environ.get("FORECAST_HOSTILE", "33")))
    assert [wrong for kind, seed in cases if (wrong := tried(kind, seed, server, tmp_path))] == []


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", KINDS)
def test_every_bad_input_of_a_kind_is_refused_with_a_place_or_answered_right(
    kind: str, server: Server, tmp_path: Path
) -> None:
    cases = [seed for other, seed in _seeds(ALL) if other == kind]
    assert [wrong for seed in cases if (wrong := tried(kind, seed, server, tmp_path))] == []


@pytest.mark.slow
def test_accepted_questions_run_to_the_end_on_the_levels_that_the_file_holds(
    server: Server, tmp_path: Path
) -> None:
    ran = 0
    for seed in range(40):
        place = tmp_path / str(seed)
        place.mkdir()
        configs.sound(random.Random(f"sound {seed}"), place)
        checked = server.run(["check", "q.yaml"], place)
        result = server.run(["run", "q.yaml", "--out", "reports"], place, 300.0)
        assert "Traceback" not in result.error, (seed, result.error)
        assert (checked.code, result.code) in ((0, 0), (2, 2)), (seed, checked.error, result.error)
        for report in place.glob("reports/*/*/report.json"):
            ran += 1
            _check_history(report)
    assert ran >= 15


def _check_history(report: Path) -> None:
    """Compare what the report says was published with the file, whatever its scale."""
    told = json.loads(report.read_text(encoding="utf-8"))
    levels = pd.read_csv(report.parents[3] / "levels.csv", index_col="month")["iip"]
    said = pd.Series({row["month"]: row["level"] for row in told["history"]})
    ratio = said / levels.reindex(said.index)
    assert said.index.isin(MONTHS).all()
    assert ratio.max() == pytest.approx(ratio.min(), rel=1e-6)


def test_a_case_is_the_same_whenever_it_is_made(tmp_path: Path) -> None:
    for kind in ("question", "levels", "figures", "packed"):
        made = []
        for attempt in ("one", "two"):
            place = tmp_path / attempt / kind
            place.mkdir(parents=True)
            case = KINDS[kind](random.Random(f"{kind} 3"), place)
            made.append((case, {file.name: file.read_bytes() for file in place.iterdir()}))
        assert made[0] == made[1]


@pytest.mark.parametrize(
    ("result", "wrong"),
    [
        (Result(2, "", "levels.csv:3: no number", 0.1), None),
        (Result(2, "", "something is wrong", 0.1), "refused without its place"),
        (Result(70, "", "Traceback (most recent call last):", 0.1), "a traceback"),
        (Result(-9, "", "", 60.1), "killed by signal 9"),
        (Result(120, "", "x", 0.1), "exit code 120"),
        (Result(1, "", "", 0.1), "refused without a word"),
        (Result(2, "", "levels.csv: no", 0.1, 2001.0), "took 2001 MB"),
        (Result(2, "", "levels.csv: no", 61.0, 200.0, 60.4), "took 60 s of the processor"),
    ],
)
def test_the_judge_knows_a_good_refusal_from_a_bad_one(
    result: Result, wrong: str | None, tmp_path: Path
) -> None:
    found = judged(Case(("check", "levels.csv"), ("levels.csv",)), tmp_path, result)
    assert found is None if wrong is None else (found or "").startswith(wrong)


def test_the_judge_sees_a_value_that_the_file_did_not_say(tmp_path: Path) -> None:
    months = pd.period_range("2020-01", periods=2, freq="M")
    Store(tmp_path / "s.duckdb").add(pd.Series([1.0, 2.5], months, name="iip"), "2020-05-01")
    key, other = ("iip", "2020-01"), ("iip", "2020-02")
    for truth, whole, wrong in (
        ({key: frozenset([1.0]), other: frozenset([2.5])}, {key}, None),
        (
            {key: frozenset([1.0]), other: frozenset([25.0])},
            {key},
            "silently wrong: ('iip', '2020-02') is read as 2.5",
        ),
        ({key: frozenset([1.0]), other: frozenset([2.5])}, {("iip", "2020-03")}, "silently left out"),
    ):
        case = Case(("ingest",), ("s",), truth, "s.duckdb", frozenset(whole))
        found = judged(case, tmp_path, Result(0, "", "", 0.1))
        assert found is None if wrong is None else (found or "").startswith(wrong)
