"""Bulletins laid out at random: every rate is found again, every other number is accounted for, none is both."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.tables.cells import Sheet, Value
from forecast.tables.kinds import Kind, kind
from tests.figures.sheets import sheet, whole

SECTORS = (
    "Toàn ngành công nghiệp", "Khai khoáng", "Khai thác quặng kim loại", "Công nghiệp chế biến, chế tạo",
    "Sản xuất đồ uống", "Dệt", "Sản xuất trang phục", "Sản xuất kim loại", "Sản xuất và phân phối điện",
)  # fmt: skip
ROMAN = ("", "I", "II", "III", "IV")
AROUND_100 = st.integers(7000, 14000).map(lambda n: n / 100)
BESIDE = {
    "weight": ("Quyền số (%)",),
    "amount": ("Giá trị (Tỷ đồng)", "tháng trước"),
    "rate of change against the quarter before": ("Quý II/{year}", "so với", "quý trước"),
}


@dataclass(frozen=True)
class Made:
    """Hold a bulletin as made: its sheets, its rates, what it holds besides, and the form that rates are declared in.

    Columns of numbers of chance tell no form by themselves.
    """

    sheets: tuple[Sheet, ...]
    rates: dict[tuple[str, str, str], float]
    others: int
    form: str


def _columns(draw: st.DrawFn, month: pd.Period) -> list[tuple[str, str, list[str]]]:
    """Return measure, month and heading of the columns of rates, each said in one of several ways."""
    m, y, before = month.month, month.year, month - 1
    named = draw(
        st.sampled_from([f"Tháng {m} năm {y}", f"Tháng {m:02d}/{y}", f"T{m}/{y}", f"THÁNG {m} NĂM {y}"])
    )
    same = draw(st.sampled_from(["cùng kỳ", "cùng kỳ năm trước", f"cùng kỳ năm {y - 1}"]))
    last = draw(st.sampled_from(["tháng trước", f"tháng {before.month} năm {before.year}"]))
    early = f"Tháng {before.month} năm {before.year}"
    ways = [
        ("mom_pct", str(month), f"{named} so với {last}"),
        ("yoy_pct", str(month), f"{named} so với {same}"),
        ("ytd_yoy_pct", str(month), f"{m} tháng đầu năm {y} so với {same}"),
        ("yoy_pct", str(before), f"{early} so với cùng kỳ năm trước"),
    ]
    if m % 3 == 0:
        ways.append(("qtr_yoy_pct", str(month), f"Quý {ROMAN[m // 3]} năm {y} so với {same}"))
    chosen = draw(st.permutations(ways))[: draw(st.integers(2, len(ways)))]
    return [(measure, when, _broken(draw, text)) for measure, when, text in chosen]


def _broken(draw: st.DrawFn, text: str) -> list[str]:
    """Return a heading broken into lines at any of its spaces but those before a number, or behind a short one."""
    words = re.sub(r"(?<=\b\d) | (?=\d)|(?<=\b\d\d) ", "\u00a0", text).split(" ")
    cuts = sorted(draw(st.sets(st.integers(1, len(words) - 1), max_size=4)))
    return [
        " ".join(words[a:b]).replace("\u00a0", " ")
        for a, b in zip([0, *cuts], [*cuts, len(words)], strict=True)
    ]


@st.composite
def bulletins(draw: st.DrawFn) -> Made:
    """Return a bulletin: tables of production over one or two blocks, columns beside the rates, other sheets."""
    month = pd.Period(year=draw(st.integers(2001, 2030)), month=draw(st.integers(1, 12)), freq="M")
    columns = _columns(draw, month)
    beside = draw(st.lists(st.sampled_from(sorted(BESIDE)), unique=True, max_size=2))
    order = draw(st.permutations([*range(len(columns)), *beside]))
    sectors = draw(st.permutations(SECTORS))[: draw(st.integers(2, len(SECTORS)))]
    index_form = draw(st.booleans())
    marked = draw(st.sampled_from([9, 2]))  # one cell in ten is missing, or one in three
    rates: dict[tuple[str, str, str], float] = {}
    rows: list[list[Value]] = []
    others = 0
    for sector in sectors:
        cells: list[Value] = [sector]
        for part in order:
            if isinstance(part, str):
                cells.append(draw(AROUND_100))
                others += 1
            elif draw(st.integers(0, marked)) == 0 and rates:
                cells.append(draw(st.sampled_from(["…", "-", "..."])))
            else:
                change = round(draw(AROUND_100) - 100, 2)
                measure, when, _ = columns[part]
                rates[sector, when, measure] = change
                cells.append(round(100 + change, 2) if index_form else change)
        rows.append(cells)
    heads = [
        columns[p][2] if isinstance(p, int) else [t.format(year=month.year) for t in BESIDE[p]] for p in order
    ]
    title = draw(st.sampled_from(["Chỉ số sản xuất công nghiệp", "IIP"])) + draw(
        st.sampled_from(["", " tỉnh Bắc Ninh"])
    )
    sheets = [sheet(_laid_out(draw, title, heads, rows, rates_form="index" if index_form else "percent"))]
    for name in draw(st.lists(st.sampled_from(["CPI", "XK"]), unique=True, max_size=2)):
        sheets.append(
            sheet([["Chỉ số giá tiêu dùng"], ["", "Tháng 5 so với tháng trước"], ["Gạo", 101.0]], name)
        )
        others += 1
    return Made(tuple(draw(st.permutations(sheets))), rates, others, "index" if index_form else "percent")


def _laid_out(
    draw: st.DrawFn, title: str, heads: list[list[str]], rows: list[list[Value]], rates_form: str
) -> list[list[Value]]:
    """Return the rows of a sheet: one table, or one that goes on below with its heading again."""
    deep = max(map(len, heads))
    padded = [[*h, *[""] * (deep - len(h))] for h in heads]
    lead: list[Value] = [draw(st.sampled_from(["", "Ngành"]))]
    head = [[*(lead if i == 0 else [""]), *(h[i] for h in padded)] for i in range(deep)]
    unit = draw(st.sampled_from(["", "Đơn vị tính: %"])) if rates_form == "index" else ""
    top = [[title], *([[unit]] if unit else []), [""], *head]
    cut = draw(st.integers(1, len(rows) - 1)) if len(rows) > 3 and draw(st.booleans()) else len(rows)
    below = [[""], [f"{title} (Tiếp theo)"], [""], *head, *rows[cut:]] if cut < len(rows) else []
    return [*top, *rows[:cut], *below]


@settings(deadline=None, max_examples=25, derandomize=True)
@given(bulletins())
def test_every_rate_is_found_again_and_every_number_accounted_for(made: Made) -> None:
    found_again(made)


@pytest.mark.slow
@settings(deadline=None, max_examples=3000)
@given(bulletins())
def test_every_rate_is_found_again_at_length(made: Made) -> None:
    found_again(made)


def found_again(made: Made) -> None:
    day = max(when for _, when, _ in made.rates)
    records, _, left_out = whole(*made.sheets, fill={"region": "here", "published": day}, rates=made.form)
    found = {(str(r["measure"]), str(r["period"]), float(str(r["value"]))) for r in records}
    assert found == {(measure, when, value) for (_, when, measure), value in made.rates.items()}
    assert len(records) == len(made.rates)
    assert sum(item.count for item in left_out) == made.others
    numbers = sum(kind(value) is Kind.NUMBER for one in made.sheets for _, value in one.filled())
    assert numbers == len(records) + made.others
