"""`forecast score`: a release against the reports written before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from forecast.checksums import seal
from forecast.cli import main
from forecast.errors import DataError
from forecast.outcome import NextRelease
from forecast.run.score import score
from tests.report import sample

HEAD = "region,sector,period,measure,value,published,source\n"
MAY = NextRelease("2024-05", "yoy_pct", 1.0, -6.0, 8.0, -12.0, 15.0, -16.0, 20.0)  # type: ignore[arg-type]
JUNE = NextRelease("2024-06", "yoy_pct", 2.0, -7.0, 9.0, -14.0, 18.0, -19.0, 25.0)  # type: ignore[arg-type]


def report(folder: Path, as_of: str, may: NextRelease = MAY) -> Path:
    """Write a report on the north, whose figures stand before those of its neighbour."""
    plain = sample.bac_ninh()
    latest = plain.latest[0]
    north = replace(
        plain.figures[0], region="north", sector="total", measure=latest.measure, period=latest.period,
        value=latest.value, published=latest.published,
    )  # fmt: skip
    outcome = replace(plain, as_of=as_of, figures=(plain.figures[-1], north), next_releases=(may, JUNE))
    made = folder / "north" / as_of
    made.mkdir(parents=True)
    (made / "report.json").write_text(outcome.to_json(), "utf-8")
    return made / "report.json"


def release(folder: Path, *rows: str) -> Path:
    file = folder / "release.csv"
    file.write_text(HEAD + "".join(f"{row}\n" for row in rows))
    return file


def test_every_figure_falls_somewhere_in_the_latest_report_before_it(tmp_path: Path) -> None:
    report(tmp_path, "2024-04-20", replace(MAY, median=-3.0))
    report(tmp_path, "2024-05-20")
    report(tmp_path, "2024-06-20", replace(MAY, median=4.0))
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


def test_a_forecast_whose_digit_was_changed_is_refused(tmp_path: Path) -> None:
    file = report(tmp_path, "2024-05-20")
    seal(file.parent)
    file.write_text(file.read_text("utf-8").replace('"median": 2.0', '"median": 3.0'), "utf-8")
    told = release(tmp_path, "north,total,2024-05,yoy_pct,4.5,2024-05-29,office")
    with pytest.raises(
        DataError, match="has been changed since it was written .*; make it again with the command"
    ):
        score(told, tmp_path)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda _: "", "is no JSON"),
        (lambda text: text[:-5], "is no JSON"),
        (lambda _: "[]", "an object"),
        (lambda text: text.replace('"median": 2.0', '"middle": 2.0'), "next_releases.1.median is missing"),
        (lambda text: text.replace('"median": 2.0', '"median": NaN'), "next_releases.1.median: .*finite"),
        (lambda text: text.replace('"median": 2.0', '"median": "much"'), "next_releases.1.median: .*number"),
    ],
)
def test_reports_that_are_not_whole_are_named_with_what_to_do(
    tmp_path: Path, damage: Callable[[str], str], said: str
) -> None:
    for day in ("2024-04-20", "2024-05-20"):
        file = report(tmp_path, day)
        file.write_text(damage(file.read_text("utf-8")), "utf-8")
    told = release(tmp_path, "north,total,2024-05,yoy_pct,4.5,2024-05-29,office")
    with pytest.raises(DataError) as error:
        score(told, tmp_path)
    assert len(error.value.problems) == 2
    for problem, day in zip(error.value.problems, ("2024-04-20", "2024-05-20"), strict=True):
        assert re.search(rf"north/{day}/report\.json: .*{said}.*; make it again .* or move it away", problem)


def test_without_reports_the_command_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = release(tmp_path, "north,total,2024-05,yoy_pct,4.5,2024-05-29,office")
    assert main(["score", str(told), "--reports", str(tmp_path)]) == 2
    assert (
        "their series: none. A report forecasts the three months after its origin" in capsys.readouterr().err
    )
