"""Plain JSON: records, and columns and rows apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from forecast import figures, series
from forecast.errors import DataError
from forecast.tables import sheets

MONTHS = [f"2024-{m:02d}" for m in range(1, 6)]
VALUES = [101.5, 102.25, 99.0, 103.75, 104.5]
RECORDS: list[dict[str, Any]] = [{"period": m, "value": v} for m, v in zip(MONTHS, VALUES, strict=True)]


def _file(tmp_path: Path, message: object) -> Path:
    path = tmp_path / "iip.json"
    path.write_text(
        message if isinstance(message, str) else json.dumps(message, ensure_ascii=False), encoding="utf-8"
    )
    return path


@pytest.mark.parametrize(
    "message",
    [
        RECORDS,
        {"data": RECORDS},
        {"count": 5, "observations": RECORDS},
        {"columns": ["period", "value"], "data": [[m, v] for m, v in zip(MONTHS, VALUES, strict=True)]},
        {"columns": ["value"], "index": MONTHS, "data": [[v] for v in VALUES]},
        [{"period": m, "value": str(v)} for m, v in zip(MONTHS, VALUES, strict=True)],
    ],
)
def test_records_are_read(tmp_path: Path, message: object) -> None:
    level = series.read(_file(tmp_path, message))
    assert [str(t) for t in level.index] == MONTHS
    assert level.to_list() == VALUES


@pytest.mark.parametrize("orient", ["records", "split", "table"])
def test_what_pandas_writes_is_read(tmp_path: Path, orient: Any) -> None:
    frame = pd.DataFrame({"Month": MONTHS, "IIP": VALUES})
    level = series.read(_file(tmp_path, frame.to_json(orient=orient)))
    assert (level.name, level.to_list()) == ("IIP", VALUES)


def test_values_that_records_lack_are_gaps_and_what_stands_beside_is_named(tmp_path: Path) -> None:
    records = [RECORDS[0], {"period": "2024-02", "value": None}, {"period": "2024-03"}, *RECORDS[3:]]
    level = series.read(_file(tmp_path, {"data": records, "count": 5, "meta": {"of": 2}}))
    assert np.isnan(level.iloc[[1, 2]]).all()
    assert level.dropna().to_list() == [101.5, 103.75, 104.5]
    assert "left out beside the records: count, meta" in level.attrs["notes"]


def test_texts_beside_the_records_are_their_titles(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds rates of change"):
        series.read(_file(tmp_path, {"unit": "% change", "data": RECORDS}))
    named = [{"Month": m, "IIP": v} for m, v in zip(["Jan", "Feb", "Mar"], VALUES, strict=False)]
    assert str(series.read(_file(tmp_path, {"title": "IIP 2024", "data": named})).index[0]) == "2024-01"


def test_figures_are_read_of_records(tmp_path: Path) -> None:
    rows = [
        {
            "region": "bac_ninh",
            "sector": "total",
            "period": m,
            "measure": "yoy_pct",
            "value": 5.5 + i,
            "published": day,
        }
        for i, (m, day) in enumerate(zip(MONTHS[:2], ["2024-02-06", "2024-03-06"], strict=True))
    ]
    table = figures.read(_file(tmp_path, rows)).table
    assert table["value"].to_list() == [5.5, 6.5]
    assert table["line"].to_list() == [2, 3]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ([{"period": "2024-01", "value": {"x": 1}}], r'iip\.json:2: "value" holds a list or a record'),
        ('[{"period": "2024-01", "value": 1, "value": 2}]', r'iip\.json: "value" stands twice in one record'),
        (
            '[{"period": "2024-01", "value": 1e400}, {"period": "2024-02", "value": 2}]',
            r"iip\.json:1: 1e400 is too large for a number \(column 33\)",
        ),
        ({"data": RECORDS, "more": RECORDS}, "neither JSON-stat nor SDMX-JSON"),
        (
            {"columns": ["period", "value"], "data": [["2024-01", 1], ["2024-02"]]},
            "neither JSON-stat nor SDMX-JSON",
        ),
        ([*RECORDS, "x"], "neither JSON-stat nor SDMX-JSON"),
        ([], "neither JSON-stat nor SDMX-JSON"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, message: object, said: str) -> None:
    with pytest.raises(DataError, match=said):
        series.read(_file(tmp_path, message))


def test_records_with_a_name_each_are_refused_before_they_take_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORECAST_MAX_CELLS", "1000")
    with pytest.raises(DataError, match="has 100 records of 100 names, more than the 1,000 allowed"):
        series.read(_file(tmp_path, [{f"name {i}": i} for i in range(100)]))
    monkeypatch.setenv("FORECAST_MAX_TEXT", "100")
    with pytest.raises(DataError, match=r"iip\.json:2: a text of 200 characters"):
        series.read(_file(tmp_path, [{"period": "2024-01", "value": 1, "note": "x" * 200}]))


@pytest.mark.parametrize("orient", ["columns", "index", "split", "records", "table"])
@pytest.mark.parametrize("dated", [True, False], ids=["months as index", "rows counted"])
def test_tables_are_read_as_pandas_writes_them(tmp_path: Path, orient: str, dated: bool) -> None:
    frame = pd.DataFrame({"month": MONTHS, "IIP": VALUES, "Mining": [v + 3 for v in VALUES]})
    if dated:
        frame = frame.set_index("month")
    if dated and orient == "records":
        return  # loses its months
    path = tmp_path / "iip.json"
    frame.to_json(path, orient=orient)
    read = series.read_panel(path)
    assert read["IIP"].to_list() == VALUES
    assert read["Mining"].to_list() == [v + 3 for v in VALUES]


def test_lines_columns_and_mappings_of_months_are_read(tmp_path: Path) -> None:
    path = tmp_path / "iip.json"
    months = dict(zip(MONTHS, VALUES, strict=True))
    for text in (
        "\n".join(json.dumps(record) for record in RECORDS),
        json.dumps({"month": MONTHS, "IIP": VALUES}),
        json.dumps(months),
        json.dumps({"IIP": months}),
    ):
        path.write_text(text, encoding="utf-8")
        assert series.read(path).to_list() == VALUES
    path.write_text(json.dumps({"unit": "% change yoy", "month": MONTHS, "IIP": VALUES}), encoding="utf-8")
    with pytest.raises(DataError, match="holds rates of change"):
        series.read(path)


def test_mappings_are_bounded_and_lists_of_other_lengths_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(DataError, match="neither JSON-stat"):
        series.read(_file(tmp_path, {"month": MONTHS, "IIP": VALUES[:-1]}))
    monkeypatch.setenv("FORECAST_MAX_CELLS", "1000")
    with pytest.raises(DataError, match="has 100 records of 100 names, more than the 1,000 allowed"):
        series.read(_file(tmp_path, {f"row {i}": {f"name {i}": i} for i in range(100)}))


WRITTEN = json.dumps(RECORDS, indent=1)
LINES = "\n".join(map(json.dumps, RECORDS))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            WRITTEN[: WRITTEN.index("99.0")],
            "iip.json:12: is damaged JSON, or none: it ends too soon (column 12)",
        ),
        (
            WRITTEN[: WRITTEN.index("-03")],
            "iip.json:11: is damaged JSON, or none: it ends too soon (column 13)",
        ),
        (
            json.dumps({"data": RECORDS})[:60],
            "iip.json:1: is damaged JSON, or none: it ends too soon (column 61)",
        ),
        (WRITTEN.replace("99.0", "99,0"), "iip.json:12: is damaged JSON, or none: expecting property name"),
        (LINES[:-4], "iip.json:5: is damaged JSON, or none: it ends too soon"),
        (
            LINES.replace('"2024-02"', "2024-02"),
            "iip.json:2: is damaged JSON, or none: expecting ',' delimiter",
        ),
        (
            WRITTEN.replace("99.0", "1e400"),
            "iip.json:12: 1e400 is too large for a number (column 12); write it in other units",
        ),
        (WRITTEN.replace("99.0", "-1" + 400 * "0"), "iip.json:12: -1000000000000000000… is too large"),
        (WRITTEN.replace("99.0", "1" + 5000 * "0"), "iip.json:12: 10000000000000000000… is too large"),
        (LINES.replace("99.0", "1e400"), "iip.json:3: 1e400 is too large for a number"),
        ("[" * 100_000, "iip.json: is damaged JSON, or none: too deep"),
    ],
)
def test_what_is_wrong_in_json_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(DataError) as caught:
        series.read(_file(tmp_path, text))
    assert str(caught.value).startswith(told)


def test_a_table_may_begin_with_a_bracket(tmp_path: Path) -> None:
    text = "[Month],IIP\n" + "".join(f"{m},{v}\n" for m, v in zip(MONTHS, VALUES, strict=True))
    assert series.read(_file(tmp_path, text)).tolist() == VALUES


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_json_is_decoded_as_other_texts_are(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.json"
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    path.write_text(
        mark + '[{"month": "2024-01", "IIP": 98.1}, {"month": "2024-02", "IIP": 98.4}]', encoding=encoding
    )
    assert sheets(path)[0].rows == (("month", "IIP"), ("2024-01", 98.1), ("2024-02", 98.4))
