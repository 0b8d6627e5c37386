from __future__ import annotations

from dataclasses import replace

from forecast.outcome import FindingRow
from forecast.run.told import rows_told, told
from forecast.tables import Finding


def test_few_findings_are_counted_and_all_told_newest_first() -> None:
    found = [
        Finding(
            "jump", "a.csv:3", "x: +40 % from 2020-01 to 2020-02, where +1 % is usual", months=("2020-02",)
        ),
        Finding("gap", "a.csv:9", "x: 2023-05 not published", months=("2023-05",)),
        Finding(
            "jump", "a.csv:7", "x: -30 % from 2022-06 to 2022-07, where +1 % is usual", months=("2022-07",)
        ),
    ]
    assert told(found) == [
        "1 gap, 2 jumps",
        "a.csv:9: x: 2023-05 not published",
        "a.csv:7: x: -30 % from 2022-06 to 2022-07, where +1 % is usual",
        "a.csv:3: x: +40 % from 2020-01 to 2020-02, where +1 % is usual",
    ]
    assert told([]) == []


def test_what_says_the_same_of_many_series_is_one_line() -> None:
    said = "ends in 2024-01, 9 months before the others"
    found = [Finding("stale", f"a.csv:{n}", f"s{n}: {said}") for n in range(400)]
    assert told(found) == ["400 series that stopped moving", f"a.csv:0: s0 and 399 more: {said}"]


def test_what_was_left_out_of_a_file_for_several_reasons_is_a_line_each() -> None:
    """The number of each reason may be the same; notes on series that say the same are one line all the same."""
    found = [Finding("note", "a.csv", f"{why}: 2 numbers left out") for why in ("annual total", "weight")]
    assert told(found) == [
        "2 notes",
        "a.csv: annual total: 2 numbers left out",
        "a.csv: weight: 2 numbers left out",
    ]
    assert told([found[0], found[0]]) == ["2 notes", str(found[0])]
    of = [replace(one, series=f"s{n}", sentence=f"s{n}: not used") for n, one in enumerate(found)]
    assert told(of) == ["2 notes", "a.csv: s0 and 1 more: not used"]


def test_ten_lines_of_many_with_each_kind_at_least_once() -> None:
    months = [f"20{year}-{month:02d}" for year in range(10, 24) for month in range(1, 13)]
    found = [
        Finding("contradiction", "a.csv:2", f"x: figure of {month} is off", months=(month,))
        for month in months
    ]
    found += [Finding("unit", "a.csv:5", "x: index 6.25 of 2011-05 looks like a rate", months=("2011-05",))]
    found += [Finding("note", "a.csv", "a decimal comma")]
    lines = told(found)
    assert lines[0] == "168 contradictions, 1 doubtful unit, 1 note"
    assert lines[1:9] == [f"a.csv:2: x: figure of {month} is off" for month in reversed(months[-8:])]
    assert lines[9:] == [
        "a.csv:5: x: index 6.25 of 2011-05 looks like a rate",
        "a.csv: a decimal comma",
        "and 160 more lines; --show prints them all",
    ]
    assert len(told(found, show=True)) == 171


def test_the_findings_of_a_report_are_grouped_as_check_groups_them() -> None:
    rows = [
        FindingRow(
            "gap", "a.csv:2", f"s{n}_total", ("2024-01",), 1.0, "months", False, False, (), "", f"s{n}: a gap"
        )
        for n in range(3)
    ]
    rows += [
        FindingRow("slip", "a.csv:9", "x", ("2024-05",), 10.0, "factor", True, True, (), "", "x: a slip")
    ]
    assert rows_told(rows) == ["1 slip, 3 gaps", "a.csv:9: x: a slip", "a.csv:2: s0 and 2 more: a gap"]
    notes = [replace(rows[0], code="note", said=f"s{n}: not used", series=f"s{n}") for n in range(2)]
    assert rows_told(notes) == ["2 notes", "a.csv:2: s0 and 1 more: not used"]
    many = [replace(rows[0], said=f"s{n}: gap {n}") for n in range(12)]
    assert rows_told(many)[-1] == "and 2 more lines; `forecast check CONFIG --show` prints them all"
