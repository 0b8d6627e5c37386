"""The answer without the newest figures in doubt, against the question asked anew without them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecast import series
from forecast.answers.findings import rows, without
from forecast.estimate import LevelData, Plan, estimate
from forecast.slump import SlumpSpec
from forecast.tables import Finding

PLAN = Plan(
    horizon=20, models=("noisy_walk",), paths=200, slump=SlumpSpec(start=pd.Period("2008-11", "M"), window=2)
)


def test_both_answers_stand_beside_each_other_by_the_same_month():
    y = series.sample("elec_equip")["2001":"2009-12"]
    data = LevelData(y, "euro", pd.Timestamp("2009-12-31"))
    level = float(y.iloc[-1])
    odd = Finding(
        "implausible", "x.csv:9", "odd", "euro", ("2009-12",), figures=(("level", "2009-12", level),)
    )
    old = replace(odd, months=("2003-02",), figures=(("level", "2003-02", 80.0),))
    now = estimate(data, PLAN, 3)
    told = without(data, now, (old, odd), 3)
    assert told is not None
    then = estimate(replace(data, y=y.where(y.index < pd.Period("2009-12", "M"), np.nan)), PLAN, 3)
    kind = PLAN.normal.kind
    assert [(measure, str(month)) for measure, month, _ in told.figures] == [("level", "2009-12")]
    assert (str(told.origin), str(told.by)) == ("2009-11", "2010-12")
    assert [told.now, told.without] == pytest.approx([now.recovery[kind].by(12), then.recovery[kind].by(13)])
    assert (told.median_now, told.median_without) == (now.recovery[kind].median, then.recovery[kind].median)
    assert (told.slump_now, told.slump_without) == (now.slump.under_way, then.slump.under_way)
    assert [row.doubt for row in rows((old, odd), now.history.origin, "euro")] == [True, False]
    assert without(data, now, (old,), 3) is None
    both = replace(odd, months=("2003-02", "2009-12"), figures=(*old.figures, *odd.figures))
    assert without(data, now, (both,), 3) == told  # of what they contradict only the newest goes
