"""Each number in a sentence, an alt text, a tile or a table is one of `report.json`, and the right one.

Every float of an outcome is moved a little, each by its own share, several times over. A number on the page is then a
row of texts, one per time, that hardly any other number shares: it must be the row of one number of `report.json` in
one of the ways that numbers are printed, of a named computation, or stand still as dates, counts and fixed words do.
"""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from forecast.outcome import AdjustedMonth, Adjustment, EarlierSlumps, Outcome, OutlierMonth
from forecast.report import blocks
from forecast.report.document import compose
from forecast.report.words import LANGUAGES, Language
from tests.answers import test_sectors
from tests.report import sample
from tests.report.chapters import test_record, test_sensitivity

TIMES = 6
NUMBER = re.compile(r"\d[\d.,]*\d|\d")
Values = tuple[float, ...]


def everything() -> Outcome:
    """Return an outcome with every part but what happened since."""
    months = tuple(AdjustedMonth(f"2024-{m:02d}", 80.3 + m, 81.9 - m) for m in range(1, 5))
    return replace(
        sample.what_if(),
        record=(test_record.RECORD,),
        earlier_slumps=(EarlierSlumps("one", {"en": "One panel", "vi": "Nhóm một"}, 45, 31, 17, 0.184, 0.5),),
        sensitivity=test_sensitivity.ROWS,
        adjustment=Adjustment(
            "x13",
            "(0,1,1)(0,1,1)12",
            ("tet_during",),
            (OutlierMonth("LS", "2022-09"),),
            (),
            -15.3,
            -17.4,
            months,
        ),
        sectors=test_sectors.SPLIT,
        snapshots=(sample.snapshot("2023-12-31", 0.1934), sample.snapshot("2024-03-31", 0.3127, None)),
    )


CASES = {
    "everything": everything,
    "afterwards": lambda: replace(sample.electrical(), notes=()),
    "no_slump": sample.no_slump,
    "calm_what_if": sample.calm_what_if,
    "releases_alone": sample.releases_alone,
}


def moved(outcome: Outcome) -> list[Outcome]:
    """Return the outcome several times, each float multiplied by a share of its own near 1."""
    plain = json.loads(outcome.to_json())
    found = []
    for time in range(TIMES):
        rng = np.random.default_rng(time)
        found.append(Outcome.from_json(json.dumps(_moved(plain, rng, _share(rng)))))
    return found


def _moved(value: Any, rng: np.random.Generator, published: float) -> Any:
    """Move all floats; figures alike, and the season, so that orders stay; a band without width as one."""
    if isinstance(value, float):
        return value * _share(rng)
    if isinstance(value, dict):
        found = {key: _moved(item, rng, published) for key, item in value.items()}
        if "measure" in value and "region" in value:
            found["value"] = value["value"] * published
        if "effect_pct" in value:
            found = {key: item * published for key, item in value.items()}
        if "lower" in value and value["lower"] == value["upper"]:
            found["lower"] = found["upper"] = found["level_pct_of_normal"]
        return found
    return [_moved(item, rng, published) for item in value] if isinstance(value, list) else value


def _share(rng: np.random.Generator) -> float:
    return 1.0 + 0.04 * float(rng.uniform(-1, 1))


def said(outcome: Outcome, language: Language) -> list[str]:
    """Return every text of the document in order."""
    document = compose(outcome, language)
    return [document.stand, *(text for block in document.blocks for text in _texts(block))]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, blocks.Link):
        yield value.text
    else:
        for name in getattr(value, "__dataclass_fields__", ()):
            if name not in ("columns", "address") or isinstance(value, blocks.Table):
                yield from _texts(getattr(value, name))


def leaves(outcome: Outcome) -> Iterator[Values]:
    """Yield every float of `report.json`, in order."""
    yield from _floats(json.loads(outcome.to_json()))


def _floats(value: Any) -> Iterator[Any]:
    if isinstance(value, float):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _floats(item)


def computed(outcome: Outcome) -> list[float]:
    """Return what a report computes from `report.json`, each by its own formula."""
    found = next(iter(outcome.recovery.values()))
    year = outcome.fan[11]
    numbers = [
        year.upper_80 - year.median,
        year.median - year.lower_80,
        outcome.rule.threshold_pct / 2,
        1 - found.distribution[11].cumulative,
        statistics.fmean(row.level_pct_of_normal for row in outcome.history[-outcome.rule.window :]),
        *(100 + row.gap_pct for row in outcome.normal.definitions),
        100 - outcome.history[-1].level_pct_of_normal,
        next((row.month.month for row in found.distribution if row.cumulative > 0.34), 0),
    ]
    for year_needed in outcome.needed:
        plans = [span for span in year_needed.rows[0].spans if span.planned_pct is not None]
        numbers += [(span.lifted_pct or 0.0) - (span.planned_pct or 0.0) for span in plans]
    if outcome.outcome is not None:
        bands = {row.month: row for row in outcome.fan}
        both = [(row, bands[row.month]) for row in outcome.outcome.months if row.month in bands]
        numbers.append(sum(b.lower_80 <= row.level_pct_of_normal <= b.upper_80 for row, b in both))
        above = sum(row.level_pct_of_normal > b.median for row, b in both)
        numbers += [above, len(both) - above]
    if outcome.changes is not None:
        numbers.append(100 * (outcome.changes.now - outcome.changes.before))
        numbers.append(sum(row.effect_on_yoy for row in outcome.changes.rows))
    if outcome.sectors is not None:
        last = outcome.sectors.months[-1]
        now = next(row for row in outcome.sectors.months if row.month == outcome.origin)
        numbers += [sum(row.contributions.values()) for row in (now, last)]
    for record in outcome.record:
        rows = [row for row in record.reliability if row.horizon == 12]
        weights = [row.forecasts for row in rows]
        numbers += [100 * float(np.average([row.predicted for row in rows], weights=weights))]
        numbers += [100 * float(np.average([row.observed for row in rows], weights=weights))]
    misses: dict[tuple[str, ...], list[float]] = {}
    prints: dict[tuple[str, ...], list[tuple[str, float]]] = {}
    for row in outcome.figures:
        cell = (row.region, row.sector, row.measure)
        if row.residual is not None:
            for key in ((), cell):
                misses.setdefault(key, []).append(abs(row.residual))
        published = row.published if len(row.published) > 7 else row.published + "-31"
        prints.setdefault((*cell, row.period), []).append((published, row.value))
    numbers += [make(each) for each in misses.values() for make in (statistics.median, max)]
    spans = [
        abs(many[-1][1] - many[0][1]) for many in map(sorted, prints.values()) if many[-1][1] != many[0][1]
    ]
    return [*numbers, statistics.median(spans)] if spans else numbers


def unexplained(texts: list[list[str]], outcomes: list[Outcome], language: Language) -> list[str]:
    """Return the numbers of the texts, one list per time, that no number of the outcomes accounts for."""
    still = {number.lstrip("0") or "0" for number in re.findall(r"\d+", outcomes[0].to_json())}
    still |= set(re.findall(r"\d+", str(language.text) + str(language.glossary)))
    known = {
        tuple(language.number(abs(scale * value), digits) for value in values)
        for series in (map(leaves, outcomes), map(computed, outcomes))
        for values in zip(*series, strict=True)
        for scale in (1, 100)
        for digits in (0, 1, 2)
    }
    odd = []
    for alike in zip(*texts, strict=True):
        numbers = [NUMBER.findall(text) for text in alike]
        assert len({len(found) for found in numbers}) == 1, alike
        for row in zip(*numbers, strict=True):
            whole = [row[0].replace(language.group, ""), *re.split("[.,]", row[0])]
            constant = len(set(row)) == 1 and (
                whole[0] in still
                or all(part.lstrip("0") in ("", *still) or _counts(outcomes[0], part) for part in whole[1:])
            )
            if not constant and row not in known:
                odd.append(f"{row[0]} in “{alike[0][:100]}”")
    return odd


def _counts(outcome: Outcome, text: str) -> bool:
    """Whether a number that stands still may be a count: of rows of the outcome, or months between its dates."""
    return int(text) <= max(len(outcome.figures), len(outcome.history), 60)


@pytest.mark.parametrize("code", ["en", "vi"])
@pytest.mark.parametrize("case", list(CASES))
def test_every_number_on_the_page_is_one_of_report_json(case: str, code: str) -> None:
    outcomes, language = moved(CASES[case]()), LANGUAGES[code]
    texts = [said(outcome, language) for outcome in outcomes]
    assert sum(len(NUMBER.findall(text)) for text in texts[0]) > 400
    assert unexplained(texts, outcomes, language) == []


def test_a_number_that_is_not_its_own_is_found() -> None:
    outcomes, language = moved(everything()), LANGUAGES["en"]
    texts = [said(outcome, language) for outcome in outcomes]
    wrong = [
        language.percent(outcome.fan[11].median + 1.0) for outcome in outcomes
    ]  # the level a year on, off by a point
    at = next(i for i, text in enumerate(texts[0]) if text.startswith("Fan chart."))
    for text, outcome, number in zip(texts, outcomes, wrong, strict=True):
        text[at] = text[at].replace(
            f"median {language.percent(outcome.fan[11].median)}", f"median {number}", 1
        )
    (found,) = unexplained(texts, outcomes, language)
    assert found.startswith(wrong[0].rstrip("%"))
