"""`forecast score`: a release against the reports written before it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from forecast.cli import main
from forecast.errors import DataError
from forecast.run.score import score

HEAD = "region,sector,period,measure,value,published,source\n"
TABLE = (
    "month,measure,median,lower_50,upper_50,lower_80,upper_80,lower_90,upper_90\n"
    "2024-05,yoy_pct,1,-6,8,-12,15,-16,20\n2024-06,yoy_pct,2,-7,9,-14,18,-19,25\n"
)


def report(folder: Path, as_of: str, table: str = TABLE, region: str = "north") -> None:
    made = folder / "north" / as_of
    made.mkdir(parents=True)
    config = f"name: north\ntarget: {{figures: a.csv, region: {region}, sector: total}}\n"
    (made / "manifest.json").write_text(json.dumps({"config": config}))
    (made / "next_releases.csv").write_text(table)


def release(folder: Path, *rows: str) -> Path:
    file = folder / "release.csv"
    file.write_text(HEAD + "".join(f"{row}\n" for row in rows))
    return file


def test_every_figure_falls_somewhere_in_the_latest_report_before_it(tmp_path: Path) -> None:
    report(tmp_path, "2024-04-20", TABLE.replace("05,yoy_pct,1", "05,yoy_pct,-3"))
    report(tmp_path, "2024-05-20")
    report(tmp_path, "2024-06-20", TABLE.replace("05,yoy_pct,1", "05,yoy_pct,4"))
    told = release(
        tmp_path,
        "north,total,2024-05,yoy_pct,4.5,2024-05-29,office",
        "north,total,2024-06,yoy_pct,-25,2024-06-29,office",
        "north,total,2024-05,mom_pct,1.5,2024-05-29,office",
        "south,total,2024-05,yoy_pct,1.5,2024-05-29,office",
    )
    assert score(told, tmp_path) == (
        "north total yoy_pct of 2024-05: +4.5, forecast +1.0 (80 %: -12.0 to +15.0) as of 2024-05-20: "
        "inside 50 %; above 62 in 100 outcomes",
        "north total yoy_pct of 2024-06: -25, forecast +2.0 (80 %: -14.0 to +18.0) as of 2024-06-20: "
        "outside 90 %; above fewer than 5 in 100 outcomes",
        "1 of 2 figures inside their 80 % intervals",
    )


def test_a_report_of_the_day_of_publication_had_not_forecast_it(tmp_path: Path) -> None:
    report(tmp_path, "2024-05-29")
    told = release(tmp_path, "north,total,2024-05,yoy_pct,4.5,2024-05-29,office")
    with pytest.raises(DataError, match=r"release\.csv: no report under .* their series: north total"):
        score(told, tmp_path)


def test_a_report_that_is_not_whole_is_named_with_what_to_do(tmp_path: Path) -> None:
    report(tmp_path, "2024-04-20")
    report(tmp_path, "2024-05-20 copy")
    (tmp_path / "north/2024-04-20/manifest.json").write_text("{")
    told = release(tmp_path, "north,total,2024-05,yoy_pct,4.5,2024-05-29,office")
    with pytest.raises(DataError) as error:
        score(told, tmp_path)
    assert len(error.value.problems) == 2
    assert all(
        "not a whole report" in problem and "move it away" in problem for problem in error.value.problems
    )


@pytest.mark.parametrize(
    "damage",
    [
        lambda table: table.replace("median", "middle"),
        lambda table: table + table.splitlines()[-1] + "\n",
        lambda table: table.rsplit(",", 1)[0] + ",nan\n",
        lambda table: table.rsplit(",", 1)[0] + ",inf\n",
        lambda table: table.rsplit(",", 1)[0] + ",much\n",
        lambda _: "",
    ],
)
def test_next_releases_that_no_report_writes_are_named(tmp_path: Path, damage: Callable[[str], str]) -> None:
    report(tmp_path, "2024-04-20", damage(TABLE))
    told = release(tmp_path, "north,total,2024-05,yoy_pct,4.5,2024-05-29,office")
    with pytest.raises(DataError, match="2024-04-20: not a whole report: .*make it again or move it away"):
        score(told, tmp_path)


def test_without_reports_the_command_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = release(tmp_path, "north,total,2024-05,yoy_pct,4.5,2024-05-29,office")
    assert main(["score", str(told), "--reports", str(tmp_path)]) == 2
    assert (
        "their series: none. A report forecasts the three months after its origin" in capsys.readouterr().err
    )
