"""What is odd about the data of a question: the same said by check and run, slips refused unless accepted."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast import config, figures
from forecast.answers.findings import in_doubt, rows
from forecast.cli import main
from forecast.errors import DataError
from forecast.estimate import Data
from forecast.run import answered
from forecast.run.data import load
from forecast.run.doubts import KINDS, _accepted, findings, of_file, refuse
from forecast.tables import Finding

REPO = Path(__file__).parents[2]
FIGURES = REPO / "configs/data/vietnam_published_figures.csv"
HEAD = "name: slip\ntitle: {en: Slip, vi: Nhầm}\n"
SMALL = "paths: 400\ndraws: 20\nhorizon: 12\nmodels: [noisy_walk, random_walk_drift_block]\n"
BAC_NINH = (
    "target: {figures: figures.csv, region: bac_ninh}\nrelated: [{region: vietnam}]\nas_of: 2024-05-20\n"
)
PRINTED = "bac_ninh,total,2024-04,yoy_pct,6.25,2024-05-10"


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def figures_with(value: str) -> None:
    """The shipped figures, but for the yoy of April 2024 as first printed."""
    text = FIGURES.read_text(encoding="utf-8")
    assert text.count(PRINTED) == 1
    Path("figures.csv").write_text(text.replace(PRINTED, PRINTED.replace("6.25", value)), encoding="utf-8")


def asked(text: str) -> str:
    Path("question.yaml").write_text(HEAD + text, encoding="utf-8")
    return "question.yaml"


def level(last: str, months: int = 120) -> str:
    """A question on a level of one decimal whose last month is as given; a broken column stands beside it."""
    t = np.arange(months)
    y = 97.5 * np.exp(
        0.001 * t + 0.1 * np.sin(np.pi * t / 6) + 0.01 * np.random.default_rng(1).standard_normal(months)
    )
    index = pd.period_range("2014-05", periods=months, freq="M")
    lines = [f"{m},{v:.1f},{'x' if i == 7 else i}" for i, (m, v) in enumerate(zip(index, y, strict=True))]
    lines[-1] = f"{index[-1]},{last},1"
    Path("level.csv").write_text("month,IIP,beside\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return asked("target: {levels: level.csv, column: IIP}\n" + SMALL)


def told(capsys: pytest.CaptureFixture[str], *command: str) -> tuple[int, str, str]:
    code = main(list(command))
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_slip_of_issue_18_stops_run_and_check_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    figures_with("62.5")
    file = asked(BAC_NINH + SMALL)
    code, _, said = told(capsys, "check", file)
    assert code == 2
    assert said.startswith(
        "figures.csv:83: bac_ninh total: yoy_pct 62.5 of 2024-04 seems to be 10 times too large: 6.25"
    )
    assert said.rstrip().endswith('or accept it in the config: accept: [{period: 2024-04, reason: "…"}]')
    assert told(capsys, "run", file)[::2] == (2, said)
    assert told(capsys, "nowcast", file)[::2] == (2, said)
    with pytest.raises(DataError) as error:
        answered(config.read(file))
    assert said == f"{error.value}\n"
    assert not Path("reports").exists() or not any(Path("reports").rglob("report.json"))


@pytest.mark.slow
def test_what_is_accepted_is_printed_with_the_answer_without_it(capsys: pytest.CaptureFixture[str]) -> None:
    figures_with("62.5")
    file = asked(BAC_NINH + SMALL + "accept: [{period: 2024-04, reason: as the office confirmed}]\n")
    code, out, _ = told(capsys, "run", file)
    assert code == 0
    assert "figures.csv:83: bac_ninh total: yoy_pct 62.5 of 2024-04 seems to be 10 times too large" in out
    folder = Path("reports/slip/2024-05-20")
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    first = report["findings"][0]
    assert (first["code"], first["place"], first["newest"], first["doubt"]) == (
        "slip",
        "figures.csv:83",
        True,
        True,
    )
    assert first["accepted"] == "as the office confirmed"
    without = report["without"]
    assert without["figures"] == [["yoy_pct", "2024-04", 62.5]]
    assert without["by"] == "2025-04"
    assert without["now"] == pytest.approx(report["recovery"]["baseline"]["p_within_12"], abs=1e-9)
    assert without["now"] > without["without"] + 0.1
    page = (folder / "report.en.html").read_text(encoding="utf-8")
    assert "is used all the same (as the office confirmed)" in page
    assert "vẫn được sử dụng (as the office confirmed)" in (folder / "report.vi.html").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    "accept",
    [
        "{period: 2024-03, reason: x}",
        "{period: 2024-04, measure: mom_pct, reason: x}",
        "{period: 2024-04, series: vietnam_total, reason: x}",
    ],
)
def test_another_month_measure_or_series_accepts_nothing(accept: str) -> None:
    figures_with("62.5")
    question = config.read(asked(BAC_NINH + f"accept: [{accept}]\n"))
    with pytest.raises(DataError, match="figures.csv:83"):
        refuse(findings(question, load(question, None, show_outcome=False)))


def test_what_is_accepted_stops_nothing_and_what_would_stop_nothing_is_not_accepted() -> None:
    figures_with("62.5")
    question = config.read(asked(BAC_NINH + "accept: [{period: 2024-04, reason: as confirmed}]\n"))
    found = findings(question, load(question, None, show_outcome=False))
    refuse(found)
    assert [(of.kind, of.stops, of.accepted) for of in found if of.accepted] == [
        ("slip", False, "as confirmed")
    ]
    told = Finding("contradiction", "a:1", "x", "bac_ninh_total", ("2024-04",), 0.6, "points")
    assert _accepted(told, question.config.accept) == told


def test_what_a_config_accepts_in_vain_is_told_unless_it_lies_ahead() -> None:
    figures_with("62.5")
    entries = "{period: 2024-04, reason: y}, {period: 2024-03, reason: x}, {period: 2024-05, reason: z}"
    question = config.read(asked(BAC_NINH + f"accept: [{entries}]\n"))
    found = findings(question, load(question, None, show_outcome=False))
    refuse(found)
    assert [str(of) for of in found if "accept" in of.place] == [
        "question.yaml: accept.1: nothing of 2024-03 that it names stops a run: nothing is accepted, and it can be "
        "deleted"
    ]


def test_a_day_of_publication_to_come_is_corrected_and_never_accepted() -> None:
    figures = FIGURES.read_text(encoding="utf-8")
    late = figures.replace(PRINTED, PRINTED.replace("2024-05-10", "2200-05-10"))
    Path("figures.csv").write_text(late, encoding="utf-8")
    accepts = "accept: [{period: 2024-04, reason: y}]\n"
    question = config.read(asked(BAC_NINH.replace("as_of: 2024-05-20\n", "") + accepts))
    with pytest.raises(DataError) as error:
        refuse(findings(question, load(question, None, show_outcome=False)))
    assert str(error.value).endswith("which is still to come; correct the date, or give as_of")


def test_the_printed_figures_stop_nothing_and_contradict_each_other_in_the_monthly_round() -> None:
    question = config.read(REPO / "configs/bac_ninh.yaml")
    as_shipped = findings(question, load(question, None, show_outcome=False))
    refuse(as_shipped)
    origin = pd.Period("2024-04", "M")
    assert not any(in_doubt(of, origin, "bac_ninh_total") for of in as_shipped)
    assert any(of.kind == "contradiction" and "2023-05" in of.months for of in as_shipped)
    later = findings(question, load(question, "2024-05-31", show_outcome=False))
    first, *others = rows(later, pd.Period("2024-05", "M"), "bac_ninh_total")
    assert (first.code, first.doubt, round(first.size or 0, 1)) == ("contradiction", True, 11.2)
    assert {(measure, str(month), value) for measure, month, value in first.figures} == {
        ("mom_pct", "2024-05", 13.11), ("yoy_pct", "2024-05", 27.11), ("yoy_pct", "2024-04", 4.89),
        ("mom_pct", "2023-05", 2.62),
    }  # fmt: skip
    assert not any(row.doubt for row in others)


@pytest.mark.parametrize(
    ("last", "what"),
    [("975", "10 times too large: 97.5"), ("9.75", "10 times too small: 97.5"), ("0.975", "100 times too small: 97.5"),
     ("975000000000", "times too large")],
)  # fmt: skip
def test_a_last_level_out_by_a_power_of_ten_stops(
    last: str, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = level(last)
    code, _, said = told(capsys, "run", file)
    assert code == 2
    assert said.startswith(f"level.csv:121: IIP: {last} in 2024-04 seems to be")
    assert what in said
    assert 'accept: [{period: 2024-04, reason: "…"}]' in said
    assert told(capsys, "check", file)[::2] == (2, said)


def fallen(later: str, lags: str = "") -> list[tuple[str, bool]]:
    """What is said of a level that fell to a tenth in its last month as three others of its file fell to half.

    later : what one of these holds three months after the date, and says nothing
    """
    months, rng = pd.period_range("2014-05", periods=124, freq="M"), np.random.default_rng(1)
    levels = 97.5 * np.exp(0.01 * rng.standard_normal((124, 4)))
    levels[119] *= [0.1, 0.5, 0.5, 0.5]
    lines = [
        ",".join([str(month), *(f"{y:.1f}" for y in row)]) for month, row in zip(months, levels, strict=True)
    ]
    lines[-2] = f"{months[-2]},9.0,{later},91,92"
    Path("level.csv").write_text("month,IIP,a,b,c\n" + "\n".join(lines) + "\n", encoding="utf-8")
    file = asked(f"as_of: 2024-04-30\ntarget: {{levels: level.csv, column: IIP{lags}}}\n")
    question = config.read(file)
    seen = findings(question, load(question, None, show_outcome=False))
    if "like" in lags:  # nor is there more to see where the outcome is shown
        assert findings(question, load(question, None, show_outcome=True)) == seen
    return [(of.kind, of.stops) for of in seen]


def test_only_what_others_of_the_file_had_published_acquits_a_fall() -> None:
    assert fallen("93") == fallen("a dash -") == [("implausible", False)]
    assert fallen("93", ", like: [a, b, c], like_lag_days: 20") == [("slip", True)]


def test_files_of_after_the_date_are_judged_with_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even by their notes, where they are read to be shown beside it."""
    Path("data").mkdir()
    months = pd.period_range("2022-01", periods=30, freq="M")
    for name, part in (("a.csv", months[:28]), ("b.csv", months[28:])):
        rows = [f"here;total;{m};yoy_pct;{5 + i % 3}.{i % 7};{m + 1}-15" for i, m in enumerate(part)]
        Path("data", name).write_text(
            "\n".join(["region;sector;period;measure;value;published", *rows]), encoding="utf-8"
        )
    question = config.read(asked("target: {figures: data, region: here}\nas_of: 2024-05-20\n"))

    def told(asking: config.Question, data: Data, as_of: str | None) -> None:
        raise DataError(*map(str, findings(asking, data, as_of)))

    monkeypatch.setattr("forecast.run.findings", told)
    for show in (False, True):
        with pytest.raises(DataError) as error:
            answered(question, show_outcome=show)
        assert error.value.problems == ("a.csv: separator ';' detected",)


def test_what_contradicts_or_is_far_off_is_told_before_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kinds = ["note", "gap", "duplicate", "jump", "contradiction", "implausible"]
    found = [Finding(kind, "a:1", f"{kind}: said", "here_total") for kind in kinds]
    stops = Finding("jump", "a:2", "stops", "here_total", stops=True)
    question = config.read(level("105.3"))
    data = load(question, None, show_outcome=False)
    monkeypatch.setattr("forecast.run.doubts._of_levels", lambda *_: (*found, stops))
    assert [of.kind for of in findings(question, data)] == [
        "jump", "implausible", "contradiction", "jump", "duplicate", "note", "gap",
    ]  # fmt: skip


def test_a_level_as_usual_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "check", level("105.3")) == (0, "question.yaml: ready to run; as of 2024-04-30\n", "")


def rates(values: list[str], published: str = "2024-05-30") -> str:
    months = pd.period_range("2022-01", periods=len(values), freq="M")
    lines = [f"here,total,{m},yoy_pct,{v},{m + 1}" for m, v in zip(months, values, strict=True)]
    lines[-1] = lines[-1].rsplit(",", 1)[0] + f",{published}"
    Path("rates.csv").write_text(
        "region,sector,period,measure,value,published\n" + "\n".join(lines), encoding="utf-8"
    )
    return asked("target: {figures: rates.csv, region: here}\n")


USUAL = [f"{7 + 2 * np.sin(i):.1f}" for i in range(28)]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([f"{float(v) / 100:.3f}" for v in USUAL], "all 28 yoy_pct are below 0.5; are they fractions"),
        ([f"{1 + float(v) / 100:.3f}" for v in USUAL], "all 28 yoy_pct are close to 1; are they ratios"),
        ([*USUAL[:-1], "0.077"], "0.077 of 2024-04 seems to be 100 times too small: 7.7 would fit"),
        ([*USUAL[:-1], "1.077"], "1.077 of 2024-04 seems to be a ratio: 7.7 would fit"),
        ([*USUAL[:-1], "77"], "77 of 2024-04 seems to be 10 times too large: 7.7 would fit"),
    ],
)
def test_rates_in_another_unit_stop(values: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, error = told(capsys, "check", rates(values))
    assert code == 2
    assert said in error
    code, of_file, _ = told(capsys, "check", "rates.csv")
    assert code == 0
    assert error.partition("; correct it, or accept")[0] in of_file


def test_a_day_of_publication_that_is_still_to_come_stops(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "check", rates(USUAL))[0] == 0
    code, _, error = told(capsys, "check", rates(USUAL, published="2200-05-30"))
    assert code == 2
    assert (
        "rates.csv:29: here total: yoy_pct 8.9 of 2024-04 is dated 2200-05-30, which is still to come"
        in error
    )


def test_without_a_date_the_last_publication_is_the_day_and_no_clock_is_asked() -> None:
    data = load(config.read(rates(USUAL)), None, show_outcome=False)
    assert data.as_of == pd.Timestamp("2024-05-30")


def test_a_month_of_publication_is_not_to_come_before_it_is_over(capsys: pytest.CaptureFixture[str]) -> None:
    today = pd.Timestamp.today()
    assert told(capsys, "check", rates(USUAL, published=f"{today:%Y-%m}"))[0] == 0
    assert told(capsys, "check", rates(USUAL, published=f"{today + pd.Timedelta(days=40):%Y-%m}"))[0] == 2


@pytest.mark.parametrize(
    ("published", "today", "to_come"),
    [("2024-05", "2024-05-03", False), ("2024-05", "2024-04-30", False), ("2024-05", "2024-04-29", True),
     ("2024-05-30", "2024-05-29", False), ("2024-05-30", "2024-05-28", True)],
)  # fmt: skip
def test_a_day_of_publication_is_to_come_from_the_day_after_tomorrow_on(
    published: str, today: str, to_come: bool
) -> None:
    rates(USUAL, published=published)
    assert any(of.kind == "future" for of in figures.check(figures.read("rates.csv"), today=today)) == to_come


def test_more_series_than_are_judged_are_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forecast.run.doubts.JUDGED", 1)
    rates(USUAL)
    text = Path("rates.csv").read_text(encoding="utf-8")
    Path("rates.csv").write_text(text + "\nthere,total,2024-04,yoy_pct,5.0,2024-05-30", encoding="utf-8")
    (note,) = (of for of in of_file(figures.read("rates.csv")) if of.kind == "note")
    assert note.sentence == "the newest figures of 1 of 2 series were not judged by the others"


def test_small_contradictions_and_those_of_others_are_no_doubt() -> None:
    origin = pd.Period("2024-04", "M")
    large = Finding("contradiction", "a:1", "x", "here_total", ("2024-04",), 0.6, "points")
    assert in_doubt(large, origin, "here_total")
    assert not in_doubt(large, origin, "there_total")
    assert not in_doubt(large, origin + 6, "here_total")
    assert not in_doubt(
        Finding("contradiction", "a:1", "x", "here_total", ("2024-04",), 0.4), origin, "here_total"
    )
    newest = [Finding(kind, "a:1", "x", "here_total", ("2024-04",), 0.6) for kind in KINDS]
    assert {of.kind for of in newest if in_doubt(of, origin, "here_total")} == {
        "slip", "implausible", "repeated", "contradiction", "future"
    }  # fmt: skip
    assert not in_doubt(Finding("gap", "a:1", "x", "here_total", ("2024-04",)), origin, "here_total")


def marked(column: str, forecasts: int, files: int = 1) -> str:
    """A question on a level whose last months are marked as forecasts, in as many files of as many months."""
    text = Path(level("97.5")).read_text("utf-8")
    rows = [line.split(",") for line in Path("level.csv").read_text("utf-8").splitlines()[1:]]
    rows = [
        [m, v, v, "Forecast" if i >= len(rows) - forecasts else "Actual"] for i, (m, v, _) in enumerate(rows)
    ]
    names = [f"level{i}.csv" for i in range(files)]
    for i, name in enumerate(names):
        own = rows[i * len(rows) // files : (i + 1) * len(rows) // files]
        lines = ["month,IIP,other,status", *(",".join(row) for row in own)]
        Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = text.replace("level.csv", f"[{', '.join(names)}]").replace("column: IIP", f"column: {column}")
    Path("question.yaml").write_text(text, encoding="utf-8")
    return "question.yaml"


@pytest.mark.parametrize("files", [1, 2])
def test_months_left_out_as_forecasts_are_told(files: int, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = told(capsys, "check", marked("IIP", 2, files))
    assert code == 0
    assert 'forecast "IIP, 2024-03, 2024-04": 2 numbers left out (level' in out
    assert '"other' not in out  # of which nothing is asked
    report, _ = answered(config.read("question.yaml"))
    assert [row.code for row in report.findings] == ["note"]
    assert str(report.origin) == "2024-02"
    late = config.read("question.yaml")
    assert (
        findings(late, load(late, "2023-12-31", show_outcome=False)) == ()
    )  # not yet forecast, as far as is seen


def table_of(*, copied: bool = False, late: int = 0) -> str:
    """A question on one of four levels of a file: its last row that of the month before, or the target's not there."""
    rng, index = np.random.default_rng(1), pd.period_range("2014-05", periods=120, freq="M")
    season = 0.1 * np.sin(np.pi * np.arange(120) / 6)[:, None]
    levels = pd.DataFrame(100 * np.exp(season + rng.normal(0, 0.01, (120, 4))), index, ["IIP", "B", "C", "D"])
    levels = levels.round(1)
    if copied:
        levels.iloc[-1] = levels.iloc[-2]
    levels.iloc[120 - late :, 0] = np.nan
    levels.rename_axis("month").to_csv("level.csv")
    return asked("target: {levels: level.csv, column: IIP}\n" + SMALL)


def test_newest_row_that_is_the_row_above_is_told_with_the_answer_without_it() -> None:
    question = config.read(table_of(copied=True))
    report, _ = answered(question)
    (told,) = report.findings
    assert (told.code, told.place, told.doubt) == ("repeated", "level.csv:121", True)
    assert "IIP: 2024-04 is, in all 4 series of the table, 2024-03 once more" in told.said
    assert report.without is not None
    assert [str(month) for _, month, _ in report.without.figures] == ["2024-04"]
    assert findings(question, load(question, "2024-03-31", show_outcome=False), "2024-03-31") == ()


@pytest.mark.parametrize("late", [1, 5])
def test_target_that_ends_before_the_others_of_its_table_is_told(
    late: int, capsys: pytest.CaptureFixture[str]
) -> None:
    file = table_of(late=late)
    last = pd.Period("2024-04", "M") - late
    months = "1 month" if late == 1 else f"{late} months"
    said = f"level.csv:{121 - late}: IIP: ends in {last}, {months} before the others; is it still published?"
    code, out, _ = told(capsys, "check", file)
    assert (code, said in out) == (0, True)
    q = config.read(file)
    assert [(of.kind, str(of)) for of in findings(q, load(q, None, False))] == [("stale", said)]
    for day, seen in ((f"{last.end_time:%Y-%m-%d}", 0), ("2024-04-30", 1)):
        assert len(findings(q, load(q, day, show_outcome=False), day)) == seen
    given = config.parse(
        {"name": "x", "title": "X", "target": {"levels": "in memory", "column": "IIP"}},
        pd.read_csv("level.csv", index_col=0),
    )
    assert [of.sentence for of in findings(given, load(given, None, False))] == [said.partition(": ")[2]]


def test_target_with_a_longer_lag_than_the_others_is_not_told_to_end_before_them() -> None:
    file = table_of(late=1)
    text = Path(file).read_text(encoding="utf-8")
    lags = "column: IIP, like: [B, C], release_lag_days: 45, like_lag_days: 15"
    Path(file).write_text(text.replace("column: IIP", lags), encoding="utf-8")
    question = config.read(file)
    assert findings(question, load(question, None, False)) == ()
