"""Standards of data exchange: every monthly series under a name a user can type, whatever stands beside it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from forecast import figures, series
from forecast.errors import DataError
from forecast.tables.cells import Sheet
from forecast.tables.opening import sheets

SDMX = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
GENERIC = f"""<?xml version="1.0" encoding="UTF-8"?>
<m:GenericData xmlns:m="{SDMX}/message" xmlns:g="{SDMX}/data/generic" xmlns:c="{SDMX}/common">
<m:Header><m:ID>T</m:ID><m:Test>false</m:Test><m:Structure structureID="S1" dimensionAtObservation="TIME_PERIOD">
<c:Structure><Ref agencyID="A" id="D" version="1.0"/></c:Structure></m:Structure></m:Header>
<m:DataSet structureRef="S1">
<g:Series><g:SeriesKey><g:Value id="FREQ" value="M"/><g:Value id="PRODUCT" value="C"/></g:SeriesKey>
<g:Attributes><g:Value id="IDBANK" value="0012"/><g:Value id="TITLE" value="Manufacturing, index"/></g:Attributes>
<g:Obs><g:ObsDimension value="2024-02"/><g:ObsValue value="99.1"/><g:Attributes>
<g:Value id="OBS_STATUS" value="P"/></g:Attributes></g:Obs>
<g:Obs><g:ObsDimension value="2024-01"/><g:ObsValue value="98.2"/><g:Attributes>
<g:Value id="OBS_STATUS" value="A"/></g:Attributes></g:Obs></g:Series>
<g:Series><g:SeriesKey><g:Value id="FREQ" value="A"/><g:Value id="PRODUCT" value="C"/></g:SeriesKey>
<g:Obs><g:ObsDimension value="2023"/><g:ObsValue value="97.5"/></g:Obs></g:Series></m:DataSet></m:GenericData>"""
SPECIFIC = f"""<m:StructureSpecificData xmlns:m="{SDMX}/message" xmlns:ss="{SDMX}/data/structurespecific">
<m:Header><m:Structure structureID="A_1"/></m:Header><m:DataSet ss:structureRef="ANOTHER_1">
<Series FREQ="M" AREA="VN" DECIMALS="1"><Obs TIME_PERIOD="2024-01" OBS_VALUE="98.2"/>
<Obs TIME_PERIOD="2024-02" OBS_VALUE="NaN" OBS_STATUS="M"/><Obs TIME_PERIOD="2024-03" OBS_VALUE="97.4" OBS_STATUS="e"/>
</Series></m:DataSet></m:StructureSpecificData>"""
FLAT = f"""<m:StructureSpecificData xmlns:m="{SDMX}/message"><m:DataSet>
<Obs FREQ="M" AREA="VN" TIME_PERIOD="2024-01" OBS_VALUE="98.2"/><Obs FREQ="M" AREA="LA" TIME_PERIOD="2024-01"
OBS_VALUE="88.5"/><Obs FREQ="M" AREA="VN" TIME_PERIOD="2024-02" OBS_VALUE="99.1"/></m:DataSet>
</m:StructureSpecificData>"""
PX = """CHARSET="ANSI";
AXIS-VERSION="2010";
CODEPAGE="windows-1252";
LANGUAGE="es";
TITLE="Producción; por ramas (a=b)";
STUB="Rama";
HEADING="Medida","Mes";
VALUES("Rama")="Total","Fabricación de maqui"
"naria; equipo";
VALUES[en]("Rama")="All","Machinery";
CODES("Rama")="0","C28";
VALUES("Medida")="Índice";
VALUES("Mes")="2024M02","2024M01";
TIMEVAL("Mes")=TLIST(M1,"202401"-"202402");
NOTE="DATA= are below; not here";
DATA=
99.1 98.2
".." 88.5;
"""


def one(path: Path, text: str | bytes) -> Sheet:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    (sheet,) = sheets(path)
    return sheet


def refusal(path: Path, text: str) -> str:
    with pytest.raises(DataError) as caught:
        one(path, text)
    (sentence,) = caught.value.problems
    return sentence


def cube() -> dict[str, Any]:
    """Return a JSON-stat data set of two sectors by two months, a value missing and one provisional."""
    months = {"category": {"index": ["2024M01", "2024M02"]}}
    sectors = {
        "label": "Sector",
        "category": {"index": {"C": 1, "B": 0}, "label": {"B": "Mining", "C": "Making"}},
    }
    unit = {"category": {"label": {"I": "Index"}}}
    return {
        "class": "dataset",
        "version": "2.0",
        "id": ["unit", "sector", "month"],
        "size": [1, 2, 2],
        "role": {"time": ["month"]},
        "dimension": {"unit": unit, "sector": sectors, "month": months},
        "value": {"0": 88.5, "2": 98.2, "3": 99.1},
        "status": {"3": "p"},
    }


def message(flat: bool) -> dict[str, Any]:
    """Return an SDMX-JSON message of one monthly and one quarterly series; flat, or by series."""
    freq = {"id": "FREQ", "values": [{"id": "M", "name": "Monthly"}, {"id": "Q", "name": "Quarterly"}]}
    area = {"id": "AREA", "values": [{"id": "VN", "name": {"en": "Viet Nam"}}]}
    time = {"id": "TIME_PERIOD", "values": [{"id": "2024-01"}, {"id": "2024-02"}, {"id": "2024-Q1"}]}
    status = {"observation": [{"id": "OBS_STATUS", "values": [{"id": "A"}, {"id": "P"}]}]}
    if flat:
        data = {"observations": {"0:0:0": [98.2, 0], "0:0:1": [99.1, 1], "1:0:2": [98.6, 0]}}
        dimensions = {"observation": [freq, area, time]}
        return {
            "data": {"dataSets": [data], "structures": [{"dimensions": dimensions, "attributes": status}]}
        }
    data = {
        "series": {
            "0:0": {"observations": {"0": [98.2, 0], "1": [99.1, 1]}},
            "1:0": {"observations": {"2": [98.6]}},
        }
    }
    dimensions = {"series": [freq, area], "observation": [time]}
    return {"dataSets": [data], "structure": {"dimensions": dimensions, "attributes": status}}


def test_a_monthly_series_is_read_beside_annual_ones(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    sheet = one(path, GENERIC)
    assert sheet.rows == (
        ("period", "M.C"),
        ("identifier", "0012 Manufacturing, index"),
        ("2024-02", "99.1 p"),
        ("2024-01", 98.2),
    )
    assert sheet.notes == ("read as SDMX-ML", "left out 1 annual series (1 numbers): A.C")
    for asked in (None, "M.C", "0012", "manufacturing index"):
        level = series.read(path, asked)
        assert level.to_list() == [98.2, 99.1]
        assert [str(month) for month in level.index] == ["2024-01", "2024-02"]


def test_a_message_whose_structure_is_named_otherwise_than_its_header_says(tmp_path: Path) -> None:
    sheet = one(tmp_path / "x.xml", SPECIFIC)
    assert sheet.rows[0] == ("period", "M.VN")
    assert sheet.rows[2:] == (("2024-01", 98.2), ("2024-02", None), ("2024-03", "97.4 e"))


def test_flat_observations_are_gathered_by_their_dimensions(tmp_path: Path) -> None:
    sheet = one(tmp_path / "x.xml", FLAT)
    assert sheet.rows[0] == ("period", "M.VN", "M.LA")
    assert sheet.rows[2:] == (("2024-01", 98.2, 88.5), ("2024-02", 99.1, None))


def test_as_another_reader_has_it(tmp_path: Path) -> None:
    sdmx = pytest.importorskip("sdmx")
    path = tmp_path / "x.xml"
    path.write_text(GENERIC)
    with path.open("rb") as file:
        theirs = sdmx.to_pandas(sdmx.read_sdmx(file, format="XML").data[0]).xs("M", level="FREQ")
    (sheet,) = sheets(path)
    ours = {(str(row[0]), "C"): float(str(row[1]).split()[0]) for row in sheet.rows[2:]}
    assert theirs.index.names == ["TIME_PERIOD", "PRODUCT"]
    assert ours == theirs.to_dict()


def test_series_by_periods_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORECAST_MAX_CELLS", "4")
    assert len(one(tmp_path / "x.xml", FLAT).rows) > 2
    monkeypatch.setenv("FORECAST_MAX_CELLS", "3")
    assert "holds 2 series of 2 periods, more than the 3 allowed" in refusal(tmp_path / "x.xml", FLAT)


@pytest.mark.parametrize("flat", [True, False])
def test_json_of_sdmx(tmp_path: Path, flat: bool) -> None:
    sheet = one(tmp_path / "x.json", json.dumps(message(flat)))
    assert sheet.rows == (
        ("period", "M.VN"),
        ("identifier", "Monthly; Viet Nam"),
        ("2024-01", 98.2),
        ("2024-02", "99.1 p"),
    )
    assert sheet.notes[1] == "left out 1 quarterly series (1 numbers): Q.VN"


def first_version(data: dict[str, Any]) -> dict[str, Any]:
    dimension = {**data["dimension"], "id": data["id"], "size": data["size"], "role": data["role"]}
    values = [data["value"].get(str(i)) for i in range(4)]
    return {"dataset": {"dimension": dimension, "value": values, "status": [None, None, None, "p"]}}


@pytest.mark.parametrize("shape", [lambda data: data, first_version])
def test_json_stat_of_both_versions(tmp_path: Path, shape: Any) -> None:
    path = tmp_path / "x.json"
    sheet = one(path, json.dumps(shape(cube())))
    assert sheet.rows[0] == ("period", "Mining", "Making")
    assert sheet.rows[1] == ("identifier", "I.B Index; Mining", "I.C Index; Making")
    assert sheet.rows[2:] == (("2024M01", 88.5, 98.2), ("2024M02", None, "99.1 p"))
    assert series.read(path, "I.C").to_list() == [98.2, 99.1]


def test_px(tmp_path: Path) -> None:
    path = tmp_path / "x.px"
    sheet = one(path, PX.encode("cp1252"))
    assert sheet.rows == (
        ("period", "Total", "Fabricación de maquinaria; equipo"),
        ("identifier", "0.Índice Total; Índice", "C28.Índice Fabricación de maquinaria; equipo; Índice"),
        ("2024M02", 99.1, None),
        ("2024M01", 98.2, 88.5),
    )
    assert series.read(path, "Total").to_list() == [98.2, 99.1]


def test_years_and_months_in_dimensions_of_their_own(tmp_path: Path) -> None:
    months = {"category": {"label": {"T": "Total", "01": "January", "02": "February"}}}
    years = {"category": {"index": ["2023", "2024"]}}
    data = {
        "class": "dataset",
        "id": ["month", "sector", "year"],
        "size": [3, 2, 2],
        "role": {"time": ["year", "month"]},
        "dimension": {"month": months, "sector": cube()["dimension"]["sector"], "year": years},
        "value": [100, 200, 300, 400, 1, 2, 3, 4, 11, 12, 13, 14],
    }
    sheet = one(tmp_path / "x.json", json.dumps(data))
    assert sheet.rows[0] == ("period", "Mining", "Making")
    values = {row[0]: row[1:] for row in sheet.rows[2:]}
    assert values == {"2023-01": (1, 3), "2023-02": (11, 13), "2024-01": (2, 4), "2024-02": (12, 14)}
    assert sheet.notes[1] == "left out 2 annual series (4 numbers): Mining; Making"


def test_a_cube_with_room_for_more_than_the_machine_holds_is_refused(tmp_path: Path) -> None:
    side = {"category": {"index": [str(i) for i in range(1000)]}}
    data = {
        **cube(),
        "id": ["a", "b", "c", "d"],
        "size": [1000] * 4,
        "dimension": dict.fromkeys("abcd", side),
    }
    told = refusal(tmp_path / "x", json.dumps(data))
    assert "has room for 1,000,000,000,000 values, more than the 10,000,000 allowed" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GENERIC[:700], "is not whole SDMX-ML"),
        (GENERIC.replace("98.2", "98,2"), '"98,2" is no number of a standard'),
        (PX.replace("98.2", "9O.2"), '"9O.2" is no number of a standard'),
        (json.dumps({**cube(), "value": ["a", 1, 2, 3]}), "is not whole JSON-stat"),
        ("<a><b/></a>", "is XML, but not SDMX"),
        (
            GENERIC.replace('"M"', '"A"').replace("2024-0", "202"),
            "without monthly series, but 2 annual series",
        ),
        (
            SPECIFIC.replace('"NaN"', '"99.1"'),
            'the OBS_STATUS of 2024-02 stands beside a number, and "M" says that there is none',
        ),
        (SPECIFIC.replace("ANOTHER_1", 'ANOTHER_1" action="Delete'), 'to be deleted (action "Delete")'),
        (SPECIFIC.replace('AREA="VN"', 'AREA="VN" action="Delete"'), 'to be deleted (action "Delete")'),
        (
            SPECIFIC.replace('OBS_VALUE="97.4"', 'OBS_VALUE="97.4" action="D"'),
            'to be deleted (action "Delete")',
        ),
        (
            GENERIC.replace("</m:Header>", "<m:DataSetAction>Delete</m:DataSetAction></m:Header>"),
            'to be deleted (action "Delete")',
        ),
        (
            json.dumps(message(flat=False)).replace('{"series"', '{"action": "Delete", "series"', 1),
            'to be deleted (action "Delete")',
        ),
        (
            PX.replace('"202401"-"202402"', '"202402"-"202403"'),
            '"Mes" goes from 2024-01 to 2024-02 by its VALUES, and from 2024-02 to 2024-03 by its TIMEVAL',
        ),
        (
            PX.replace('M1,"202401"-"202402")', 'M1),"202403","202402"'),
            "from 2024-02 to 2024-03 by its TIMEVAL",
        ),
        (SPECIFIC.replace("2024-02", "2024-01"), "series M.VN gives 2024-01 twice; keep one"),
        (f'<m:Structure xmlns:m="{SDMX}/message"/>', "is SDMX-ML without data; fetch the data message"),
        ('{"a": ' * 2000, "is damaged JSON"),
        ('{"a": [1, 2]}', "is JSON, but neither JSON-stat nor SDMX-JSON"),
        (json.dumps({**cube(), "size": [1, 2, 3]}), "is not whole JSON-stat"),
        (json.dumps({**cube(), "value": [1, 2]}), "is not whole JSON-stat"),
        (json.dumps({"dataSets": [{}], "structure": {}}), "is not whole SDMX-JSON"),
        (PX.replace('".." 88.5', "88.5"), "holds 3 values for 4 places of its table"),
        (PX.replace("DATA=\n", "").replace("DATA=", ""), "is a PX file without its data"),
        (PX.replace('"2024M02","2024M01"', '"a","b"').replace("TIMEVAL", "X"), "none of its dimensions"),
    ],
)
def test_what_does_not_hold_together_is_refused(tmp_path: Path, text: str, told: str) -> None:
    assert told in refusal(tmp_path / "x", text)


HEAD = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE"


def actions(path: Path, *said: str) -> Path:
    """Write SDMX-CSV of version 2.0 whose months have these actions, from January 2024 on."""
    rows = [f"dataflow,A:D(1.0),{action},M,VN,2024-{i:02},{98.2 + i:.1f}" for i, action in enumerate(said, 1)]
    path.write_text("\n".join([HEAD, *rows]) + "\n")
    return path


def test_actions_of_values_tell_no_series_apart(tmp_path: Path) -> None:
    read = series.read(actions(tmp_path / "x.csv", "A", "R", "M", "I", "", "Replace"))
    assert read.to_list() == [99.2, 100.2, 101.2, 102.2, 103.2, 104.2]
    assert series.read_panel(actions(tmp_path / "x.csv", "M", "M")).columns.to_list() == ["OBS_VALUE"]


@pytest.mark.parametrize("said", ["D", "Delete", "d"])
def test_a_row_that_is_to_be_deleted_is_no_data(tmp_path: Path, said: str) -> None:
    told = f'x.csv:4: ACTION "{said}" says that this row is to be deleted'
    with pytest.raises(DataError, match=re.escape(told) + "; fetch"):
        series.read(actions(tmp_path / "x.csv", "A", "A", said))
    with pytest.raises(DataError, match=re.escape(told) + r" \(2 such rows\); fetch"):
        figures.read(actions(tmp_path / "x.csv", "A", "A", said, said))


def test_an_action_in_another_table_is_a_column_as_others_are(tmp_path: Path) -> None:
    text = actions(tmp_path / "x.csv", "D", "D").read_text().replace("STRUCTURE_ID", "BOOK")
    assert (one(tmp_path / "x.csv", text)).rows[1][2] == "D"


def test_actions_of_values_in_a_message(tmp_path: Path) -> None:
    (path := tmp_path / "x.xml").write_text(SPECIFIC.replace('AREA="VN"', 'AREA="VN" action="Replace"'))
    assert series.read(path).name == "M.VN"
