"""`forecast check`, `reconstruct` and `ingest` from the command line, options of the file included."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast import series, tables
from forecast.cli import main
from forecast.run import inspect
from forecast.run.inspect import check
from forecast.tables.opening import door
from forecast.vintages import Store
from tests.levels.synthetic import RATES, level, rows, span

REPO = Path(__file__).parents[2]
BULLETIN = """\
Ngành;Tháng 4/2024;
;so với tháng trước;so với cùng kỳ
Toàn ngành;96,0;106,25
"""
FILLED = ["--fill", "region=bac_ninh", "--fill", "published=2024-05-10"]


@pytest.fixture
def bulletin(tmp_path: Path) -> str:
    path = tmp_path / "bulletin.csv"
    path.write_text(BULLETIN, encoding="utf-8")
    return str(path)


def test_check_takes_what_the_file_does_not_say(bulletin: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", bulletin]) == 2
    lacking = capsys.readouterr().err
    assert "does not say when it was published; give the day (--published 2024-10-29" in lacking
    assert "does not say whose figures they are; give the region (--fill region=bac_ninh" in lacking
    assert main(["check", bulletin, "--fill", "region=bac_ninh", "--published", "2024-05-10"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{bulletin}: 2 figures of 1 region, 2024-04 to 2024-04, published to 2024-05-10"
    assert [line.split() for line in lines[1:3]] == [
        ["sector", "mom_pct", "2024-04", "yoy_pct", "2024-04"],
        ["total", "-4.0", "+6.25"],
    ]
    assert lines[3] == "account: 2 numbers: 2 values of 2 series"
    assert lines[-1] == (
        f"to store it: forecast ingest figures.duckdb {bulletin} --published 2024-05-10 --fill region=bac_ninh"
    )
    assert main(["check", bulletin, "--fill", "region"]) == 2
    assert '--fill "region" is not NAME=VALUE' in capsys.readouterr().err


def test_a_config_says_the_same(bulletin: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "question.yaml"
    target = "figures: bulletin.csv, region: bac_ninh, fill: {region: bac_ninh, published: 2024-05-10}"
    head = "name: bulletin\ntitle: {en: Bulletin, vi: Bản tin}\n"
    config.write_text(f"{head}target: {{{target}, rates: index}}\n", encoding="utf-8")
    assert main(["check", str(config)]) == 2  # as the run itself: one bulletin is no history
    assert "bac_ninh_total: a forecast needs 24 changes" in capsys.readouterr().err
    Path(bulletin).write_text(BULLETIN.replace("96,0;106,25", "60,0;55,0"), encoding="utf-8")
    config.write_text(f"{head}target: {{{target}}}\n", encoding="utf-8")
    assert main(["check", str(config)]) == 2
    assert "Declare rates: index (106.3 is +6.3 %) or rates: percent" in capsys.readouterr().err


def test_a_config_is_said_to_be_checked(
    bulletin: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(inspect, "announced", lambda what: said.append(what) or nullcontext())
    target = "figures: bulletin.csv, region: bac_ninh, fill: {region: bac_ninh, published: 2024-05-10}"
    config = tmp_path / "question.yaml"
    config.write_text(
        f"name: bulletin\ntitle: Bulletin\ntarget: {{{target}, rates: index}}\n", encoding="utf-8"
    )
    assert main(["check", str(config)]) == 2
    assert said == ["checking question.yaml"]


def test_ingest_takes_them_too(bulletin: str, tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    options = ["--published", "2024-05-10", "--fill", "region=bac_ninh", "--rates", "index"]
    assert main(["ingest", str(store), bulletin, *options]) == 0
    known = Store(store).as_of("2024-05-10")
    assert known.set_index("series")["value"].to_dict() == {
        "bac_ninh/total/mom_pct": -4.0,
        "bac_ninh/total/yoy_pct": 6.25,
    }


def test_reconstruct_writes_levels_suspects_figures_and_a_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    y = level(span("2019-01", "2021-12"), np.random.default_rng(5))
    table = rows(y, RATES)
    wrong = table.index[(table["measure"] == "yoy_pct") & (table["period"] == pd.Period("2021-05", "M"))]
    table.loc[wrong, "value"] += 3.0
    file = tmp_path / "figures.csv"
    table.drop(columns="half_unit").to_csv(file, index=False)
    out = tmp_path / "out"
    asked = ["reconstruct", str(file), "--region", "here", "--out"]
    assert main([*asked, str(out)]) == 0
    said = capsys.readouterr().out
    files = {"levels.csv", "suspects.csv", "figures.csv", "levels.svg"}
    assert {p.name for p in out.iterdir()} == {*files, ".reconstruct.lock"}
    (out / ".reconstruct-new-0123456789abcdef").mkdir()  # of one that was killed
    assert main([*asked, str(out)]) == 0
    assert capsys.readouterr().out == said
    assert {p.name for p in out.iterdir()} == {*files, ".reconstruct.lock"}
    assert "All ratios between months are pinned." in said
    suspects = pd.read_csv(out / "suspects.csv", dtype={"sets": str})
    numbers = {int(n) for of in suspects["sets"].dropna() for n in of.split()}
    assert numbers
    assert numbers == set(range(1, len(numbers) + 1))
    assert said.count("cannot all be true") >= len(numbers)
    assert "\nset 1 of " in said
    assert suspects.loc[0, ["period", "measure"]].tolist() == ["2021-05", "yoy_pct"]
    assert f"{len(suspects)} suspect figure" in said
    bands = pd.read_csv(out / "levels.csv", index_col="month")
    assert bands.index[0] == "2019-01"
    assert (bands["lower"] < bands["upper"]).all()
    assert main([*asked, str(file / "below")]) == 2
    assert "is a file; name another folder with --out" in capsys.readouterr().err


def test_a_full_disk_leaves_no_part_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "figures.csv")

    monkeypatch.setattr("forecast.report.draw_levels", full)
    monkeypatch.setattr("shutil.copyfile", full)
    out = tmp_path / "out"
    data = str(REPO / "configs/data/vietnam_published_figures.csv")
    assert main(["reconstruct", data, "--region", "bac_ninh", "--as-of", "2023-06", "--out", str(out)]) == 1
    assert [file.name for file in out.iterdir()] == [".reconstruct.lock"]
    assert main(["init", str(tmp_path / "mine")]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert "figures.csv: No space left on device" in capsys.readouterr().err


def test_ingest_tells_a_date_of_publication_that_is_none(
    bulletin: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ingest", "store.duckdb", bulletin, *FILLED, "--rates", "index", "--published", "soon"]) == 2
    said = '--published: "soon" is no date; write a day as 2024-05-20 or a month as 2024-05\n'
    assert capsys.readouterr().err == said


def test_check_tells_what_a_store_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store(tmp_path / "releases.db")
    level = pd.Series([100.0, 101.5, 99.0], index=pd.period_range("2024-01", periods=3, freq="M"), name="iip")
    store.add(level[:2], "2024-03-20")
    store.add(level, "2024-04-20")
    assert main(["check", str(store.path)]) == 0
    head, line = capsys.readouterr().out.splitlines()
    assert head.endswith("releases.db: a store of 1 series")
    assert line.startswith("iip: ")
    assert line.endswith("of 2024-01 to 2024-03, published 2024-03-20 to 2024-04-20")
    store.path.write_bytes(store.path.read_bytes()[:5000])
    assert main(["check", str(store.path)]) == 2
    assert "releases.db: is damaged" in capsys.readouterr().err
    assert main(["check", str(tmp_path / "none.duckdb")]) == 2
    assert "no such store" in capsys.readouterr().err


def test_a_table_of_years_ends_with_its_last_level(tmp_path: Path) -> None:
    header = "Year,Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec"
    row = "2023," + ",".join(str(100 + m) for m in range(12))
    (tmp_path / "a.csv").write_text(f"{header}\n{row}\n2024,105,106,107{',' * 9}\n", encoding="utf-8")
    assert check(tmp_path / "a.csv")[0].endswith("a.csv: 1 series of index levels, 2023-01 to 2024-03")


def test_options_that_do_nothing_are_refused(
    bulletin: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "question.yaml"
    config.write_text("name: x\ntitle: X\ntarget: {sample: elec_equip}\nas_of: 2009-12\n", encoding="utf-8")
    Store(tmp_path / "s.duckdb").add(
        pd.Series([1.0], pd.period_range("2024-01", periods=1, freq="M"), name="a"), "2024-03-01"
    )
    levels, dated = str(tmp_path / "levels.csv"), str(tmp_path / "dated.csv")
    Path(dated).write_text(
        "region,sector,period,measure,value,published\nbn,total,2024-03,yoy_pct,6.3,2024-04-10\n", "utf-8"
    )
    months = pd.period_range("2023-01", "2024-01", freq="M")
    Path(levels).write_text("month,a\n" + "".join(f"{m},{90 + i}\n" for i, m in enumerate(months)), "utf-8")
    for asked, said in {
        (str(config), "--sheet", "S1"): "--sheet: would do nothing for a config, whose target says how",
        (
            str(config),
            "--decimal",
            ",",
            "--published",
            "2024-01-01",
        ): "--decimal, --published: would do nothing for a config",
        (str(config), "--newest", "--show"): "--show: would do nothing for --newest",
        (bulletin, *FILLED, "--data", str(tmp_path)): "--data: would do nothing for a file of data",
        (str(tmp_path / "s.duckdb"), "--rates", "index"): "--rates: would do nothing for a store",
        (levels, "--rates", "index"): "--rates: would do nothing for a file of levels",
        (levels, "--published", "2024-02-01"): "--published: would do nothing for a file of levels",
        (
            levels,
            "--sheet",
            "z",
        ): 'levels.csv: has no sheets, and sheet "z" names nothing in it; leave it out',
        (
            dated,
            "--published",
            "2017-01",
        ): "--published: would do nothing for figures that have their own days",
        (bulletin, *FILLED, "--sheet", "z"): 'has no sheets, and sheet "z" names nothing in it; leave it out',
        (bulletin, *FILLED, "--fill", "region=a"): "--fill region: given twice; keep one",
    }.items():
        assert main(["check", *asked]) == 2
        assert said in capsys.readouterr().err
    assert main(["check", bulletin, *FILLED]) == 0


def test_a_sheet_of_what_has_none_is_refused_by_every_command(
    bulletin: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    levels = tmp_path / "levels.csv"
    months = pd.period_range("2010-01", "2024-01", freq="M")
    levels.write_text("month,a\n" + "".join(f"{m},{90 + i}\n" for i, m in enumerate(months)), "utf-8")
    for name, keys in {
        "target": "target: {levels: levels.csv, sheet: S1}",
        "panel": "panel: {levels: levels.csv, sheet: S1}",
        "indicators": "target: {sample: elec_equip}\nindicators: [{levels: levels.csv, sheet: S1}]",
    }.items():
        (tmp_path / f"{name}.yaml").write_text(f"name: x\ntitle: X\n{keys}\n", encoding="utf-8")
    for asked in (
        ("check", str(tmp_path / "target.yaml")),
        ("check", str(tmp_path / "panel.yaml")),
        ("check", str(tmp_path / "indicators.yaml")),
        ("ingest", str(tmp_path / "s.duckdb"), str(levels), "--published", "2024-03", "--sheet", "S1"),
        ("reconstruct", bulletin, "--region", "bac_ninh", "--out", str(tmp_path / "out"), "--sheet", "S1"),
    ):
        assert main(asked) == 2
        assert 'has no sheets, and sheet "S1" names nothing in it; leave it out' in capsys.readouterr().err
    rates = ("--published", "2024-03", "--rates", "index")
    assert main(("ingest", str(tmp_path / "s.duckdb"), str(levels), *rates)) == 2
    assert "levels.csv: holds levels; --rates serves figures, leave it out" in capsys.readouterr().err


def test_a_sheet_serves_where_one_of_several_files_is_a_workbook(tmp_path: Path) -> None:
    months = pd.period_range("2010-01", "2019-12", freq="M")
    table = pd.DataFrame({"month": months.astype(str), "a": np.linspace(90, 110, len(months))})
    table[:100].to_csv(tmp_path / "old.csv", index=False)
    with pd.ExcelWriter(tmp_path / "new.xlsx") as book:
        table[100:].to_excel(book, sheet_name="IIP", index=False)
        table[100:].to_excel(book, sheet_name="other", index=False)
    config = tmp_path / "q.yaml"
    config.write_text(
        "name: x\ntitle: X\ntarget: {levels: [old.csv, new.xlsx], sheet: IIP}\n", encoding="utf-8"
    )
    assert "ready to run; as of 2019-12-31" in check(config)[0]


WIDE = "month,A,B\n" + "".join(
    f"{m},{100 + i}.5,{90 + 3 * i}.5\n" for i, m in enumerate(span("2022-01", "2024-06"))
)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files opened, a name each time."""
    names: list[str] = []
    content = door._content
    monkeypatch.setattr(door, "_content", lambda path, of: names.append(path.name) or content(path, of))
    return names


def test_check_opens_levels_once(tmp_path: Path, opened: list[str]) -> None:
    (tmp_path / "levels.csv").write_text(WIDE)
    assert check(tmp_path / "levels.csv")[0].endswith("2 series of index levels, 2022-01 to 2024-06")
    assert opened == ["levels.csv"]


def test_check_opens_figures_once(bulletin: str, opened: list[str]) -> None:
    assert main(["check", bulletin, "--fill", "region=bac_ninh", "--published", "2024-05-10"]) == 0
    assert opened == ["bulletin.csv"]


def test_ingest_opens_a_file_once(tmp_path: Path, opened: list[str]) -> None:
    (tmp_path / "levels.csv").write_text(WIDE)
    Store(tmp_path / "s.duckdb").ingest(tmp_path / "levels.csv", "2024-07-28")
    assert opened == ["levels.csv"]


def test_another_sheet_of_an_opened_file_is_opened(tmp_path: Path) -> None:
    book = tmp_path / "x.xlsx"
    with pd.ExcelWriter(book) as writer:
        for n, sheet in enumerate(("one", "two")):
            table = pd.DataFrame(
                {"month": list(map(str, span("2024-01", "2024-03"))), "IIP": [100.5 + n, 101.5, 102.5]}
            )
            table.to_excel(writer, sheet_name=sheet, index=False)
    held = tables.opened(book, "one")
    assert series.read(held, sheet="one").iloc[0] == 100.5
    assert series.read(held, sheet="two").iloc[0] == 101.5


def test_each_series_is_judged_in_a_file_as_by_itself(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    months = pd.period_range("2012-01", periods=120, freq="M")
    levels = pd.DataFrame(
        (100 * np.exp(rng.normal(0.002, 0.02, (120, 6)).cumsum(axis=0))).round(1),
        index=months, columns=list("ABCDEF"),
    )  # fmt: skip
    levels.iloc[-2, 0] *= 10.0
    levels.iloc[60, 1] *= 10.0
    levels.iloc[-3:, 2] = np.nan
    levels.iloc[:40, 3] = np.nan
    levels.iloc[70:74, 3] = np.nan
    levels.iloc[-28:-20, 4] = levels.iloc[-29, 4]
    levels.iloc[30, 5] = -1.0
    levels.iloc[60:, 5] *= 1.8
    levels.rename_axis("month").to_csv(tmp_path / "x.csv")
    shown: list[object] = []

    def passed(names: Iterator[str], total: int) -> Iterator[str]:
        shown.append(total)
        for name in names:
            shown.append(name)
            yield name

    _, found = series.check_file(tmp_path / "x.csv", shown=passed)
    assert shown == [6, *"ABCDEF"]
    own = [of for name in levels for of in series.check(levels[name].dropna(), "x.csv", panel=levels)]
    kinds = {of.kind for of in own}
    assert {"slip", "unit", "gap", "stale", "jump"} <= kinds
    told = {(of.kind, of.sentence) for of in found}
    assert {(of.kind, of.sentence) for of in own} <= told


def test_a_folder_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check", "."]) == 2
    assert ".: is a folder; name a file in it" in capsys.readouterr().err
