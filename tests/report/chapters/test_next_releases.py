"""The day of the next figure: by how long the target's own latest first figures took, in both languages."""

from __future__ import annotations

import datetime
from dataclasses import replace

from forecast.outcome import FigureRow, LatestFigure, Outcome
from forecast.report.chapters import next_releases
from forecast.report.document import compose
from forecast.report.words import LANGUAGES
from tests.report import sample


def figure(period: str, published: str, region: str = "a") -> FigureRow:
    return FigureRow(
        region, "total", period, "yoy_pct", float(period[-2:]), published, "", "used", None, None
    )


def asked(*figures: FigureRow) -> Outcome:
    last = figures[-1]
    latest = (LatestFigure(last.measure, last.period, last.value, last.published),)
    return replace(sample.bac_ninh(), figures=figures, latest=latest)


KNOWN = (
    figure("2024-01", "2024-02-06"),  # 6 days after the month's end
    figure("2024-01", "2024-05-09"),  # printed again: not its first
    figure("2023-04", "2024-05-10"),  # told in retrospect
    figure("2024-02", "2024-03-10"),  # 10 days
    figure("2024-03", "2024-03-01", "b"),  # another series
    figure("2024-03", "2024-04"),  # no day
    figure("2024-04", "2024-05-08"),  # 8 days
)


def test_the_next_figure_takes_as_long_as_the_median_of_the_latest() -> None:
    assert next_releases.due(asked(*KNOWN)) == datetime.date(2024, 5, 31) + datetime.timedelta(days=8)
    assert "next: May 2024, about 8 Jun 2024" in compose(asked(*KNOWN), LANGUAGES["en"]).stand
    assert "kỳ tới: tháng 5/2024, khoảng ngày 8/6/2024" in compose(asked(*KNOWN), LANGUAGES["vi"]).stand


def test_only_the_last_six_months_count() -> None:
    slow = [figure(f"2023-{month:02d}", f"2023-{month + 1:02d}-20") for month in range(1, 12)]
    fast = [figure(f"202{year}", f"202{year}-28") for year in ("3-12", "4-01", "4-02", "4-03", "4-04")]
    due = next_releases.due(asked(*slow, *fast))
    assert due is not None
    assert due <= datetime.date(2024, 5, 31)  # five of six came before the month's end


def test_where_too_few_tell_or_the_day_is_over_only_the_month_is_named() -> None:
    assert next_releases.due(asked(KNOWN[0], KNOWN[-1])) is None
    early = [figure(period, f"{period}-02") for period in ("2024-02", "2024-03", "2024-04")]
    assert next_releases.due(asked(*early)) is None  # 2 May lies before the forecast of 20 May
    assert compose(asked(*early), LANGUAGES["en"]).stand.endswith("next: May 2024")
    assert compose(sample.electrical(), LANGUAGES["en"]).stand.endswith("next: January 2010")


def test_a_figure_of_two_months_late_tells_of_the_delay_and_one_later_does_not() -> None:
    others = (figure("2024-02", "2024-03-10"), figure("2024-04", "2024-05-08"))
    found = [
        next_releases.due(asked(figure("2024-01", published), *others))
        for published in ("2024-04-02", "2024-04-03")
    ]
    assert found == [datetime.date(2024, 6, 10), None]  # 62 and 63 days after the month's end


def test_the_bands_are_headed_by_their_shares() -> None:
    (table,) = next_releases.section(sample.what_if(), LANGUAGES["en"])
    assert [column.title for column in table.columns][-3:] == ["50% band", "80% band", "90% band"]
