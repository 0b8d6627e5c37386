"""A target kept in a store: what its releases do to it is told with the answer, or in its place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast.cli import main
from forecast.vintages import Store
from forecast.vintages.opening import busy

MONTHS = pd.period_range("2014-01", "2023-12", freq="M")
LEVELS = pd.DataFrame(
    {
        "IIP": 100 + np.arange(120) / 4 + 5 * np.sin(np.arange(120) * np.pi / 6),
        "MFG": 90 + np.arange(120) / 3 + 4 * np.cos(np.arange(120) * np.pi / 6),
    },
    MONTHS,
).round(1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Store("s.duckdb").add(LEVELS[:-1], "2023-12-20")
    Store("s.duckdb").add(LEVELS, "2024-01-06")
    (tmp_path / "q.yaml").write_text(
        'name: q\ntitle: {en: "q", vi: "q"}\ntarget: {store: s.duckdb, column: IIP}\n', encoding="utf-8"
    )
    return tmp_path


def _written(folder: Path, levels: pd.DataFrame) -> str:
    levels.rename_axis("month").to_csv(folder / "new.csv")
    return "new.csv"


def _ingest(folder: Path, levels: pd.DataFrame, *more: str) -> int:
    return main(["ingest", "s.duckdb", _written(folder, levels), "--published", "2024-02-06", *more])


def test_the_newest_month_alone_is_added_and_a_withdrawal_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    january = pd.DataFrame({"IIP": [133.0], "MFG": [131.0]}, pd.period_range("2024-01", periods=1, freq="M"))
    assert _ingest(folder, january) == 0
    assert "IIP, MFG: begins with 2024-01; the months before stay" in capsys.readouterr().out
    assert main(["check", "q.yaml"]) == 0
    assert "withdrawn" not in capsys.readouterr().out
    assert _ingest(folder, january, "--complete") == 0
    assert "IIP: this release no longer gives 120 months from 2014-01 to 2023-12" in capsys.readouterr().out
    assert main(["check", "q.yaml"]) == 2
    said = capsys.readouterr().err
    assert (
        "found 0 in the 1 months from 2024-01 to 2024-01; 120 months from 2014-01 to 2023-12 are no longer"
        in said
    )
    assert said.strip().endswith("forecast ingest s.duckdb FILE --published 2024-02-06 --no-complete")
    assert _ingest(folder, january, "--no-complete") == 0
    assert main(["check", "q.yaml"]) == 0


def test_a_level_cut_to_half_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _ingest(folder, LEVELS[-50:], "--complete") == 0
    assert main(["check", "q.yaml"]) == 0
    told = (
        "s.duckdb: IIP: 70 months from 2014-01 to 2019-10 are no longer given since the release of 2024-02-06"
    )
    assert told in capsys.readouterr().out


def test_a_renamed_target_is_told_by_ingest_and_check_and_not_before_its_day(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = '"IIP", last released on 2024-01-06, is not in the release of 2024-02-06, where "Output" is new'
    assert _ingest(folder, LEVELS.rename(columns={"IIP": "Output"})) == 0
    assert told in capsys.readouterr().out
    assert main(["check", "q.yaml"]) == 0
    assert f"s.duckdb: {told}" in capsys.readouterr().out
    with (folder / "q.yaml").open("a", encoding="utf-8") as config:
        config.write("as_of: 2024-02-05\n")
    assert main(["check", "q.yaml"]) == 0
    assert "Output" not in capsys.readouterr().out
    assert _ingest(folder, LEVELS.rename(columns={"IIP": "Output"})) == 0
    assert told not in capsys.readouterr().out  # once


def test_months_not_begun_are_left_out_of_a_target(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ahead = pd.period_range("2014-01", "2024-03", freq="M")
    levels = LEVELS.reindex(ahead).ffill()
    assert _ingest(folder, levels) == 0
    assert "IIP, MFG: 2024-03 had not begun when published" in capsys.readouterr().out
    assert main(["check", "q.yaml"]) == 0
    assert (
        "s.duckdb: IIP: 2024-03 left out, given before it began: a plan or a forecast"
        in capsys.readouterr().out
    )


def test_a_store_that_another_holds_is_waited_for_once(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = []

    def held(path: Path, wait: float, read_only: bool) -> None:
        waited.append(wait)
        raise busy(path, wait)

    monkeypatch.setattr("forecast.vintages.file.opened", held)
    monkeypatch.setattr("forecast.vintages.opening.opened", held)
    assert _ingest(folder, LEVELS, "--column", "IIP=MFG") == 2
    told = "s.duckdb: another process is writing to it (waited 10 s); try again when that has finished\n"
    assert capsys.readouterr().err == told
    assert waited == [10.0]


def test_what_contradicts_the_store_ends_with_the_users_mistake(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _ingest(folder, LEVELS) == 0
    assert _ingest(folder, LEVELS.assign(IIP=LEVELS["IIP"].where(LEVELS.index != MONTHS[3], 50.0))) == 2
    said = capsys.readouterr()
    assert "new.csv: 0 new, 0 revised, 0 the same, 239 known before, 1 contradictions" in said.out
    assert said.err.startswith("new.csv: IIP 2014-04, published 2024-02-06: ")
    assert "the stored value was kept; if it is a correction, give it its own day of publication" in said.err


def test_a_release_of_a_mistyped_year_is_taken_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = _written(folder, LEVELS)
    assert main(["ingest", "s.duckdb", file, "--published", "2025-01-20"]) == 0
    assert main(["ingest", "s.duckdb", file, "--published", "2024-01-20", "--take-out", "2025-01-20"]) == 0
    assert "IIP: 120 prints published 2025-01-20 taken out" in capsys.readouterr().out
    assert Store("s.duckdb").series()["last_published"].max() == pd.Timestamp("2024-01-20")
    for day, said in (
        ("2025-13", 'take-out: "2025-13" is no date'),
        ("2025-01-20", "nothing is stored as published 2025-01-20; the nearest: 2024-01-20"),
    ):
        asked = ["ingest", "s.duckdb", "--take-out", day, "--published", "2024-02-20"]
        assert main([*asked, file]) == 2  # options may stand between
        assert said in capsys.readouterr().err
    assert main(["ingest", "s.duckdb", "none.csv", "--take-out", "2024-01-20"]) == 2
    assert "none.csv: no such file; nothing was taken out" in capsys.readouterr().err
    assert main(["ingest", "s.duckdb", file, "--take-out", "2024-01-20"]) == 2
    said = capsys.readouterr().err
    assert "levels carry no date of publication" in said
    assert "s.duckdb: nothing was taken out" in said
    assert Store("s.duckdb").series()["last_published"].max() == pd.Timestamp("2024-01-20")
    assert main(["ingest", "none.duckdb", file, "--take-out", "2025-01-20"]) == 2
    assert not Path("none.duckdb").exists()


@pytest.mark.parametrize("more", [[], ["--take-out", "2024-02-06"]])
def test_a_level_named_as_a_column_of_figures_is_said_to_be_named_by_its_heading(
    folder: Path, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert _ingest(folder, LEVELS) == 0
    asked = ["ingest", "s.duckdb", _written(folder, LEVELS), "--published", "2024-02-06", *more, "--column"]
    capsys.readouterr()
    assert main([*asked, "iip=IIP"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        'new.csv: holds levels, each named by its heading, and --column "iip=IIP" names nothing in it; leave it out, '
        'or store that level alone with --column "value=IIP"; for a name that the store does not hold '
        "change the heading",
        *(["s.duckdb: nothing was taken out"] if more else []),
    ]
    assert main([*asked, "value=IIP"]) == 0
    assert main([*asked, "publishd=IIP", "--fill", "region=x"]) == 2
    assert 'no column of figures is called "publishd"; did you mean "published"?' in capsys.readouterr().err


def test_a_level_is_stored_under_the_name_that_the_store_has_for_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = str(LEVELS.columns[0])
    renamed = LEVELS.rename(columns={held: "Output 2020=100"}).round(1)
    file = _written(folder, renamed)
    asked = ["ingest", "s.duckdb", file, "--published", "2024-02-06", "--column"]
    assert main([*asked, f"{held}=Output 2020"]) == 2
    assert (
        f'{file}: no column "Output 2020" of levels; did you mean "Output 2020=100"?'
        in capsys.readouterr().err
    )
    assert main([*asked, f"{held}=Output 2020=100"]) == 0
    store = Store("s.duckdb")
    assert pd.Timestamp("2024-02-06") in store.releases(held)
    assert "Output 2020=100" not in set(store.series()["series"])
    assert store.level(held, "2024-02-06").dropna().tolist() == renamed["Output 2020=100"].dropna().tolist()
    both = renamed.assign(**{held: 1.0})
    _written(folder, both)
    assert main([*asked, f"{held}=Output 2020=100"]) == 2
    assert f'has a column "{held}" itself; leave --column' in capsys.readouterr().err


def test_a_damaged_store_is_told_by_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = folder / "s.duckdb"
    store.write_bytes(store.read_bytes()[:1000])
    assert main(["run", "q.yaml"]) == 2
    assert "s.duckdb: is damaged and was left as it is" in capsys.readouterr().err


def test_a_month_withdrawn_since_the_report_before_ends_no_run(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (folder / "q.yaml").open("a", encoding="utf-8") as config:
        config.write("paths: 200\nmodels: [autoregression]\nreport: {languages: [en], formats: [html]}\n")
    assert main(["run", "q.yaml"]) == 0
    revised = LEVELS.copy()
    revised.iloc[-1] *= 0.99
    assert _ingest(folder, revised.round(1), "--published", "2024-01-12") == 0
    assert _ingest(folder, LEVELS[:-8], "--published", "2024-02-12") == 0
    capsys.readouterr()
    assert main(["run", "q.yaml"]) == 0


def test_a_release_of_a_day_to_come_stops_a_run_unless_as_of_leaves_it_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Store("s.duckdb").add(LEVELS, "2199-10-20")
    for command in ("check", "run"):
        assert main([command, "q.yaml"]) == 2
        assert "IIP: the release of 2199-10-20 is still to come; take it out" in capsys.readouterr().err
    question = (folder / "q.yaml").read_text(encoding="utf-8")
    (folder / "q.yaml").write_text(f"{question}as_of: 2024-01-31\n", encoding="utf-8")
    assert main(["check", "q.yaml"]) == 0
    Store("s.duckdb").take_out("2199-10-20")
    (folder / "q.yaml").write_text(question, encoding="utf-8")
    assert main(["check", "q.yaml"]) == 0


def test_a_release_is_taken_out_and_stored_anew_in_one_step(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _written(folder, LEVELS + 1.0)
    asked = ["ingest", "s.duckdb", file, "--take-out", "2024-01-06", "--published"]
    before = Store("s.duckdb").as_of("2030-01-01")

    def unchanged() -> bool:
        return Store("s.duckdb").as_of("2030-01-01").equals(before)

    assert main([*asked, "2023-12-20"]) == 2  # where other prints stand already
    assert "s.duckdb: nothing was taken out" in capsys.readouterr().err
    assert unchanged()
    with monkeypatch.context() as stopped:
        stopped.setattr("forecast.vintages.store.write", _stopped)
        with pytest.raises(KeyboardInterrupt):
            Store("s.duckdb").instead("2024-01-06", Store("s.duckdb").offered(file, "2024-01-07"))
    assert unchanged()
    for said in (
        "IIP: 120 prints published 2024-01-06 taken out",
        "240 known before",
    ):  # again, as after a kill
        assert main([*asked, "2024-01-07"]) == 0
        assert said in capsys.readouterr().out
    assert main([*asked[:4], "2024-03-06", "--published", "2024-03-07"]) == 2
    assert list(Store("s.duckdb").releases("IIP").strftime("%Y-%m-%d")) == ["2023-12-20", "2024-01-07"]


def _stopped(*_: object) -> None:
    raise KeyboardInterrupt


def test_what_was_understood_of_files_is_told_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for month, value in ((1, "4,5"), (2, "4,7")):
        (folder / f"r{month}.csv").write_text(
            "region;sector;period;measure;value;published\n"
            f"north;total;2024-0{month};yoy_pct;{value};2024-0{month + 1}-06\n"
        )
    assert main(["ingest", "s.duckdb", "r1.csv", "r2.csv"]) == 0
    assert capsys.readouterr().out.count("decimal comma detected") == 1
    pd.DataFrame(LEVELS).to_csv("levels.csv", sep=";", decimal=",")
    assert main(["ingest", "s.duckdb", "levels.csv", "--published", "2024-02-06"]) == 0
    assert "decimal comma detected" in capsys.readouterr().out
