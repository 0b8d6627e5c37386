"""`forecast score`: a release against the reports written before it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from forecast.checksums import seal
from forecast.cli import main
from forecast.errors import ConfigError, DataError
from forecast.outcome import NextRelease
from forecast.run.score import score
from forecast.tables import Layout
from tests.report import sample

HEAD = "region,sector,period,measure,value,published,source\n"
MAY = NextRelease("2024-05", "yoy_pct", 1.0, -6.0, 8.0, -12.0, 15.0, -16.0, 20.0)  # type: ignore[arg-type]
JUNE = NextRelease("2024-06", "yoy_pct", 2.0, -7.0, 9.0, -14.0, 18.0, -19.0, 25.0)  # type: ignore[arg-type]


def report(folder: Path, as_of: str, may: NextRelease = MAY, printed: str = "") -> Path:
    """Write a report on the north, whose figures stand before those of its neighbour."""
    plain = sample.bac_ninh()
    latest = plain.latest[0]
    if printed:
        latest = replace(latest, measure="yoy_pct", period=printed)
    north = replace(
        plain.figures[0], region="north", sector="total", measure=latest.measure, period=latest.period,
        value=latest.value, published=latest.published,
    )  # fmt: skip
    outcome = replace(
        plain, as_of=as_of, figures=(plain.figures[-1], north), latest=(latest,), next_releases=(may, JUNE)
    )
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
    with pytest.raises(
        DataError, match=r"2024-05-29, was out when the first report was made, as of 2024-05-29;"
    ):
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


def test_the_first_print_is_scored_and_its_revision_told(tmp_path: Path) -> None:
    report(tmp_path, "2024-05-20")
    first = "north,total,2024-05,yoy_pct,27.11,2024-05-30,office"
    told = release(tmp_path, "north,total,2024-05,yoy_pct,5,2024-06-30,office", first)
    assert score(told, tmp_path) == (
        "north total yoy_pct of 2024-05: +27.11, forecast +1.0 (80 %: -12.0 to +15.0) as of 2024-05-20: outside 90 %; "
        "above more than 95 in 100 outcomes; revised to +5 since, published 2024-06-30",
        "0 of 1 figures inside their 80 % intervals",
    )


def test_a_print_after_a_report_that_knew_the_first_is_a_revision(tmp_path: Path) -> None:
    report(tmp_path, "2024-05-20")
    report(tmp_path, "2024-06-10", replace(MAY, month="2024-07"), printed="2024-05")  # type: ignore[arg-type]
    told = release(tmp_path, "north,total,2024-05,yoy_pct,5,2024-06-30,office")
    with pytest.raises(
        DataError, match=r"2024-05, published 2024-06-30, is a revision: .* as of 2024-06-10, knew"
    ):
        score(told, tmp_path)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "south,total,2024-05,yoy_pct,1,2024-05-30,office",
            "no report is on south total; the reports there are on north total",
        ),
        (
            "north,total,2024-06,qtr_yoy_pct,1,2024-06-30,office",
            "a report forecasts mom_pct, yoy_pct, ytd_yoy_pct, and not qtr_yoy_pct",
        ),
        (
            "north,total,2024-03,mom_pct,1,2024-05-30,office",
            "is of a month known already: the report before it, as of 2024-05-20, knew months to 2024-04",
        ),
        (
            "north,total,2025-05,yoy_pct,1,2025-06-01,office",
            "lies beyond what was forecast: the report before it, as of 2024-05-20, tells the months from 2024-05 to "
            "2024-06; run one",
        ),
    ],
)
def test_a_release_without_a_forecast_says_why(tmp_path: Path, row: str, said: str) -> None:
    report(tmp_path, "2024-05-20")
    with pytest.raises(DataError) as error:
        score(release(tmp_path, row), tmp_path)
    assert len(error.value.problems) == 1
    assert said in error.value.problems[0]


def test_a_day_without_its_report_is_named(tmp_path: Path) -> None:
    report(tmp_path, "2024-05-20").unlink()
    told = release(tmp_path, "north,total,2024-05,yoy_pct,4.5,2024-05-29,office")
    said = r"2024-05-20: its report\.json is missing; run the question again with --as-of 2024-05-20"
    with pytest.raises(ConfigError, match=said):
        score(told, tmp_path)
    report(tmp_path, "2024-05-29")
    with pytest.raises(DataError, match=rf"(?s)was out when the first report was made.*{said}"):
        score(told, tmp_path)


def test_no_older_report_is_scored_in_the_place_of_a_damaged_one(tmp_path: Path) -> None:
    report(tmp_path, "2024-04-20", replace(MAY, median=-3.0))
    last = report(tmp_path, "2024-05-20")
    told = release(tmp_path, "north,total,2024-05,yoy_pct,4.5,2024-05-29,office")
    whole = last.read_text("utf-8")
    last.unlink()
    seal(last.parent)
    said = r"2024-05-20: its report\.json is missing; run the question again with --as-of 2024-05-20$"
    with pytest.raises(DataError, match=said):
        score(told, tmp_path)
    for make, said in (
        (lambda: os.mkfifo(last), r"report\.json: is a device or pipe; make it again"),
        (lambda: last.symlink_to("mars"), r"report\.json: is a link that leads nowhere \(to mars\); make it"),
        (lambda: last.write_text(whole.replace('"0.1.0"', '"1.0.0"'), "utf-8"), None),
    ):
        make()
        (last.parent / "SHA256SUMS").unlink(missing_ok=True)
        said = said or "SHA256SUMS: is not there, and version 1.0.0 writes it; make it again"
        with pytest.raises(DataError, match=said):
            score(told, tmp_path)
        last.unlink()
    shutil.rmtree(last.parent)
    last.parent.symlink_to("mars")
    with pytest.raises(DataError, match=r"2024-05-20 is a link that leads nowhere \(to mars\)"):
        score(told, tmp_path)
    last.parent.unlink()
    (tmp_path / "south").symlink_to("venus")
    with pytest.raises(DataError, match=r"south: is a link that leads nowhere \(to venus\); mend that link"):
        score(told, tmp_path)


def test_what_a_killed_run_moved_aside_is_scored_once(tmp_path: Path) -> None:
    last = report(tmp_path, "2024-05-20").parent
    told = release(tmp_path, "north,total,2024-05,yoy_pct,4.5,2024-05-29,office")
    before = score(told, tmp_path)
    last.rename(last.with_name(".2024-05-20-old"))
    assert score(told, tmp_path) == before


@pytest.mark.parametrize(
    ("within", "said"),
    [
        ("north", r"lies too deep; .*: --reports .*made$"),
        ("north/2024-05-20", r"lies too deep; .*: --reports .*made$"),
        ("..", r"does not lie deep enough; .*: --reports .*made$"),
        ("north/2024-05-20/report.json", "is no folder; name the folder of all reports"),
        ("nowhere", "no such folder; name the folder of all reports"),
        (
            "mars",
            r"is a link that leads nowhere \(to venus\); mend that link, or name the folder of all reports",
        ),
    ],
)
def test_another_folder_than_that_of_all_reports_is_told_from_it(
    tmp_path: Path, within: str, said: str
) -> None:
    report(tmp_path / "made", "2024-05-20")
    if within == "mars":
        (tmp_path / "made/mars").symlink_to("venus")
    told = release(tmp_path, "north,total,2024-05,yoy_pct,4.5,2024-05-29,office")
    with pytest.raises(ConfigError, match=said):
        score(told, tmp_path / "made" / within)


def test_without_reports_the_command_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = release(tmp_path, "north,total,2024-05,yoy_pct,4.5,2024-05-29,office")
    assert main(["score", str(told), "--reports", str(tmp_path)]) == 2
    assert "holds no report; `forecast run CONFIG --out" in capsys.readouterr().err


@pytest.mark.parametrize("fill", [{}, {"region": "north", "published": "2024-05-30"}])
def test_levels_are_no_figures_to_score(tmp_path: Path, fill: dict[str, str]) -> None:
    report(tmp_path, "2024-05-20")
    file = tmp_path / "levels.csv"
    file.write_text("month,IIP\n" + "".join(f"2024-{month:02d},{100 + month}.5\n" for month in range(1, 7)))
    with pytest.raises(DataError, match=r"levels\.csv: holds levels, and `score` judges published figures"):
        score(file, tmp_path, Layout(fill=fill))


def test_what_a_bulletin_does_not_say_is_taken_from_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report(tmp_path, "2024-05-20")
    told = tmp_path / "bulletin.csv"
    told.write_text(
        "Chỉ số sản xuất công nghiệp\nTên ngành,Tháng 5/2024 so với cùng kỳ năm trước\n"
        'Toàn ngành công nghiệp,"104,5"\nKhai khoáng,"97,3"\nCông nghiệp chế biến,"127,5"\n',
        "utf-8",
    )
    command = ["score", str(told), "--reports", str(tmp_path)]
    assert main(command) == 2
    asked = capsys.readouterr().err
    assert "--published" in asked
    assert "--fill region=" in asked
    assert main([*command, "--published", "2024-05-30", "--fill", "region=north"]) == 0
    assert "north total yoy_pct of 2024-05: +4.5, forecast +1.0" in capsys.readouterr().out


def test_a_day_of_publication_given_in_vain_is_refused(tmp_path: Path) -> None:
    report(tmp_path, "2024-05-20")
    told = release(tmp_path, "north,total,2024-05,yoy_pct,4.5,2024-05-29,office")
    with pytest.raises(
        ConfigError, match="--published: would do nothing for figures that have their own days"
    ):
        score(told, tmp_path, Layout(fill={"published": "2024-06-01"}))


def test_what_was_understood_of_a_release_is_told(tmp_path: Path) -> None:
    report(tmp_path, "2024-05-20")
    told = release(tmp_path, "north,total,2024-05,yoy_pct,4.5,2024-05-29,office")
    first, *_ = score(told, tmp_path, Layout(fill={"region": "south"}))
    assert first == f'{told}: the region given, south, stands for no row: the file has its own, in "region"'
