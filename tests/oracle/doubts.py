"""What is odd about the data, and the answer without the newest figures in doubt, asked anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from forecast.estimate import LevelData, estimate
from forecast.tables import Finding
from tests.oracle.answer import Oracle
from tests.oracle.questions import SEED
from tests.shared import estimated


def newest(o: Oracle, of: Finding) -> bool:
    """Whether one of the last six months is concerned."""
    return any(pd.Period(month, "M") >= o.origin - 5 for month in of.months)


def doubted(o: Oracle, of: Finding) -> bool:
    """Slips, what is implausible or not yet over; of contradictions the target's, from half a point on."""
    grave = of.kind in ("slip", "implausible", "future")
    if of.kind == "contradiction":
        grave = of.series == o.asked.data.name and (of.size or 0) >= 0.5
    return grave and newest(o, of)


def findings(o: Oracle) -> list[dict]:
    rows = [
        {"code": of.kind, "place": of.place, "series": of.series, "months": list(of.months), "size": of.size,
         "unit": of.unit, "newest": newest(o, of), "doubt": doubted(o, of), "figures": list(map(list, of.figures)),
         "accepted": of.accepted, "said": of.sentence}
        for of in o.asked.case.findings
    ]  # fmt: skip
    doubts = [row for row in rows if row["doubt"]]
    return doubts + [r for r in rows if r["newest"] and not r["doubt"]] + [r for r in rows if not r["newest"]]


def without(o: Oracle) -> dict | None:
    """The figures in doubt taken out by hand, the question asked of the rest, and both dated by plain rules."""
    gone = [figure for of in o.asked.case.findings if doubted(o, of) for figure in of.figures]
    if not gone:
        return None
    plan = replace(o.plan, scenarios=(), annual_targets=(), sectors=())
    less = _less(o, gone)
    then = Oracle(replace(o.asked, found=estimated(f"{plan} {gone}", lambda: estimate(less, plan, SEED))))
    by = o.origin + 12
    return {
        "figures": list(map(list, gone)), "origin": str(then.origin), "by": str(by),
        "now": o.base.by(12), "without": then.base.by((by - then.origin).n),
        "median_now": o.month(o.base.quantile(0.5)), "median_without": then.month(then.base.quantile(0.5)),
        "slump_now": o.slump.under_way, "slump_without": then.slump.under_way,
    }  # fmt: skip


def _less(o: Oracle, gone: list[tuple[str, str, float]]):
    data = o.asked.data
    if isinstance(data, LevelData):
        y = data.y.copy()
        y[[pd.Period(month, "M") for _, month, _ in gone]] = np.nan
        return replace(data, y=y)
    table = data.figures.table
    for measure, month, value in gone:
        of = (table["region"] + "_" + table["sector"] == data.name) & (table["measure"] == measure)
        out = of & (table["period"].astype(str) == month) & (table["value"] == value)
        assert out.sum() == 1
        table = table[~out]
    return replace(data, figures=replace(data.figures, table=table.reset_index(drop=True)))
