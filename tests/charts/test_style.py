"""The style of charts is the report's own: no settings of a machine or notebook reach it, and it leaves none behind."""

from __future__ import annotations

import threading

import matplotlib as mpl
import pytest
from matplotlib import style

from forecast.charts.style import frame, styled, svg


def chart() -> str:
    with styled():
        of = frame("Output is back in May", "IIP, 2015 = 100", "Source: an office", 120.0)
        of.axes(10.0, 100.0).plot([1.0, 2.0, 3.0], label="output")
        return svg(of.figure)


@pytest.mark.parametrize(
    "settings",
    [
        {"axes.grid": True, "axes.facecolor": "black", "axes.xmargin": 0.3},
        {"savefig.bbox": "tight", "savefig.transparent": True, "figure.dpi": 200.0},
        {"text.usetex": True},
        {"lines.linewidth": 9.0, "path.sketch": (1.0, 100.0, 2.0)},
        dict(style.library["dark_background"]),
    ],
    ids=lambda settings: next(iter(settings)),
)
def test_the_settings_of_a_machine_move_no_chart_and_stay_as_they_were(settings: dict[str, object]) -> None:
    usual = chart()
    with mpl.rc_context(settings):
        before = dict(mpl.rcParams)
        assert chart() == usual
        assert dict(mpl.rcParams) == before


def test_threads_draw_one_after_the_other() -> None:
    drawn = threading.Event()

    def draw() -> None:
        chart()
        drawn.set()

    other = threading.Thread(target=draw)
    with styled():
        other.start()
        assert not drawn.wait(0.3)
        assert mpl.rcParams["svg.fonttype"] == "none"
    other.join()
    assert drawn.is_set()
