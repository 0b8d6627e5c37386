"""Series: levels from any layout, the shipped sample, what looks wrong in them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from statsmodels.datasets import elec_equip

from forecast import series
from forecast.errors import DataError

SHARED = Path(__file__).parents[2] / "shared" / "data"
MALFORMED = Path(__file__).parent / "fixtures" / "malformed"

needs_data = pytest.mark.skipif(not SHARED.is_dir(), reason="the folder ../shared/data is not there")
exact = settings(deadline=None, max_examples=30, derandomize=True)


def level(n: int = 120, seed: int = 5) -> pd.Series:
    """A seasonal level of two decimals from 2012-01."""
    rng = np.random.default_rng(seed)
    months = pd.period_range("2012-01", periods=n, freq="M", name="month")
    season = 0.15 * np.sin(2 * np.pi * np.arange(n) / 12)
    return pd.Series(
        (100 * np.exp(np.cumsum(rng.normal(0.003, 0.01, n)) + season)).round(2), months, name="iip"
    )


@exact
@given(st.data())
def test_every_layout_and_format_gives_the_same_series(data: st.DataObject) -> None:
    y = level(data.draw(st.integers(4, 40)), data.draw(st.integers(0, 99)))
    missing = data.draw(st.sets(st.integers(1, len(y) - 2), max_size=len(y) // 3))
    y.iloc[list(missing)] = np.nan
    wide = y.to_frame().reset_index().astype({"month": str})
    order = np.random.default_rng(data.draw(st.integers(0, 99))).permutation(len(y))
    long = pd.concat([wide.assign(sector="total"), wide.assign(sector="mining", iip=1.5)])
    long = long.rename(columns={"iip": "value"}).dropna()
    files = {
        "plain.csv": wide.to_csv(index=False),
        "dropped.csv": wide.dropna().iloc[np.argsort(order[: len(wide.dropna())])].to_csv(index=False),
        "comma.csv": wide.to_csv(index=False, sep=";", decimal=","),
        "across.csv": wide.set_index("month").T.to_csv(index_label="name", na_rep=".."),
        "long.csv": long.to_csv(index=False),
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        wide.to_excel(Path(folder, "book.xlsx"), index=False)
        y.to_timestamp().to_frame().to_parquet(Path(folder, "table.parquet"))
        for name in (*files, "book.xlsx", "table.parquet"):
            read = series.read(Path(folder, name), "total" if name == "long.csv" else None)
            assert_array_equal(read.to_numpy(), y.to_numpy(), err_msg=name)
            assert read.index.equals(y.index), name
            assert read.dtype == np.float64


def test_the_contract_of_a_series() -> None:
    y = series.sample("elec_equip")
    assert isinstance(y.index, pd.PeriodIndex)
    assert (len(y), str(y.index[0]), str(y.index[-1])) == (257, "1995-01", "2016-05")
    assert y.index.equals(pd.period_range("1995-01", "2016-05", freq="M"))
    shipped = elec_equip.load_pandas().data.iloc[:, 0]
    assert_array_equal(y.to_timestamp().loc["2009"], shipped.loc["2009"])
    assert_array_equal(y.iloc[[0, -1]], [66.19, 97.86])
    assert y.gt(0).all()
    with pytest.raises(DataError, match='no sample series "elec_equipment"; did you mean "elec_equip"'):
        series.sample("elec_equipment")


def test_a_column_is_found_and_a_wrong_one_answered() -> None:
    path = MALFORMED / "levels_months_across.csv"
    assert series.read(path, "Khai khoáng").to_list() == [88.0, 90.5, 91.0]
    assert series.read(path, "khai khoang").to_list() == [
        88.0,
        90.5,
        91.0,
    ]  # accents and capitals do not matter
    assert series.read(path, "Toàn ngành").to_list() == [
        101.5,
        98.25,
    ]  # the month not yet published is not there
    with pytest.raises(DataError, match='no column "Khai thác khoáng"; did you mean "Khai khoáng"'):
        series.read(path, "Khai thác khoáng")
    with pytest.raises(DataError, match='csv:1: no column "minin"; did you mean "mining"'):
        series.read_panel(MALFORMED / "levels_several_series.csv", ["total", "minin"])


def test_headings_and_decimals_may_be_given(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Kỳ hạn;KQ;x\n2024-01;1.234;a\n2024-02;1.198;b\n", encoding="utf-8")
    asked = {"headings": {"period": "Kỳ hạn", "value": "KQ"}}
    assert series.read_panel(path, **asked).to_numpy()[0].tolist() == pytest.approx(
        [1.234, np.nan], nan_ok=True
    )
    assert series.read(path, "a", **asked, decimal=",").to_list() == [1234.0]
    with pytest.raises(DataError, match='no column "Thời kỳ" .wanted as period.; '):
        series.read(path, headings={"period": "Thời kỳ"})
    with pytest.raises(DataError, match='decimal ";" must be'):
        series.read(path, "KQ", decimal=";")


def test_sheets_are_chosen_by_name(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with pd.ExcelWriter(path) as book:
        level(24).reset_index().astype({"month": str}).to_excel(book, sheet_name="IIP", index=False)
        level(36).reset_index().astype({"month": str}).to_excel(book, sheet_name="cũ", index=False)
    assert len(series.read(path, sheet="IIP")) == 24
    assert len(series.read(path, sheet="cũ")) == 36
    with pytest.raises(DataError, match=r'book\.xlsx: no sheet "IPI"; valid: IIP, cũ|did you mean "IIP"'):
        series.read(path, sheet="IPI")
    with pytest.raises(DataError, match=r"2 sheets hold data \(IIP, cũ\); name one as sheet"):
        series.read(path)


@needs_data
@pytest.mark.parametrize(
    ("file", "columns", "first", "last", "shape"),
    [
        ("eu_manufacturing_nsa.csv", ["DE", "FR"], "1990-01", "2020-12", (372, 2)),
        ("us_ip_total_nsa.csv", None, "1919-01", "2024-02", (1262, 1)),
        ("malaysia_ipi.csv", None, "2015-01", "2023-07", (103, 15)),
        ("us_fredmd_2026-08.csv", ["INDPRO", "IPMAT"], "1959-01", "2026-07", (811, 2)),
    ],
)
def test_real_panels_agree_with_pandas(
    file: str, columns: list[str] | None, first: str, last: str, shape: tuple[int, int]
) -> None:
    panel = series.read_panel(SHARED / file, columns, positive=True)
    assert (str(panel.index[0]), str(panel.index[-1]), panel.shape) == (first, last, shape)
    plain = pd.read_csv(SHARED / file, index_col=0)[list(panel.columns)]
    months = pd.PeriodIndex(plain.index, freq="M")
    assert_array_equal(panel.loc[months].to_numpy(), plain.to_numpy())
    assert not panel.drop(index=months).notna().to_numpy().any()


@needs_data
def test_leading_and_trailing_months_without_values_are_dropped() -> None:
    germany = series.read(SHARED / "eu_manufacturing_nsa.csv", "DE")
    assert str(germany.index[0]) == "1991-01"
    assert not np.isnan(germany.iloc[[0, -1]]).any()


def test_a_level_begins_anew_after_a_gap_longer_than_a_year() -> None:
    y = pd.Series(100.0, index=pd.period_range("2018-01", "2023-06", freq="M"))
    y["2021-05":"2022-04"] = np.nan
    assert str(series.since_break(y).index[0]) == "2018-01"
    y["2019-05":"2020-05"] = np.nan
    assert str(series.since_break(y).index[0]) == "2020-06"


def test_a_clean_level_has_no_findings() -> None:
    assert series.check(level()) == ()
    assert series.check(series.sample("elec_equip")) == ()


@exact
@given(st.integers(14, 104), st.sampled_from([0.01, 0.1, 10.0, 100.0]))
def test_a_slipped_decimal_sign_is_named(month: int, factor: float) -> None:
    y = level()
    y.iloc[month] = y.iloc[month] * factor
    found = series.check(y, "a.csv", {y.index[month]: month + 2})
    assert [f.kind for f in found] == ["unit"]
    assert str(found[0]).startswith(
        f"a.csv:{month + 2}: iip: {y.iloc[month]:g} in {y.index[month]} is about {factor:g}"
    )


def test_jumps_gaps_and_carried_values_are_named() -> None:
    y = level()
    y.iloc[60:] *= 0.7  # a change of base
    y.iloc[[30, 31, 40]] = np.nan
    y.iloc[90:97] = y.iloc[90]
    said = [str(f) for f in series.check(y)]
    assert "series: iip: 2014-07 to 2014-08 not published" in said
    assert "series: iip: 2015-05 not published" in said
    change = 100 * (y.iloc[60] / y.iloc[59] - 1)
    assert any(f"{change:+.1f} % from 2016-12 to 2017-01" in s and "check both months" in s for s in said)
    assert f"series: iip: {y.iloc[90]:g} unchanged over 2019-07 to 2020-01; was it carried forward?" in said


def test_a_quarterly_level_is_called_so_and_not_full_of_gaps() -> None:
    quarters = level().where(level().index.month % 3 == 0).iloc[2:]
    (found,) = series.check(quarters)
    assert (found.kind, found.sentence) == ("coarse", "iip: comes every 3 months; a monthly series is needed")


def test_a_file_is_checked_with_its_lines(tmp_path: Path) -> None:
    a, b = level(60), level(60, 8)
    a.iloc[30] *= 10
    b.iloc[54:] = np.nan
    panel = pd.DataFrame({"total": a, "mining": b}).reset_index().astype({"month": str})
    panel = pd.concat([panel, panel.iloc[[3]]])
    path = tmp_path / "a.csv"
    panel.to_csv(path, index=False, sep=";", decimal=",")
    said = [str(f) for f in series.check_file(path)[1]]
    assert "a.csv: decimal comma detected" in said
    assert "a.csv:62: total: 2012-04 is given twice, first on line 5" in said
    assert any(s.startswith("a.csv:32: total: ") and "about 10 times" in s for s in said)
    assert "a.csv:55: mining: ends in 2016-06, 6 months before the others; is it still published?" in said


def test_months_to_come_of_a_table_of_years_make_no_series_late(tmp_path: Path):
    rows = [
        f"{year},{','.join(str(100 + year - 2020 + m / 10) for m in range(1, 13))}" for year in (2022, 2023)
    ]
    text = "\n".join(
        ["Year,Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec", *rows, "2024,105,106,107" + "," * 9]
    )
    (tmp_path / "a.csv").write_text(text + "\n", encoding="utf-8")
    assert [of for of in series.check_file(tmp_path / "a.csv")[1] if of.kind == "stale"] == []


def test_a_gap_every_third_month_does_not_make_a_series_coarse(tmp_path: Path) -> None:
    months = pd.period_range("2015-01", "2020-12", freq="M")
    file = tmp_path / "a.csv"
    kept = [f"{month},{100 + i}" for i, month in enumerate(months) if i % 3]
    file.write_text("month,iip\n" + "\n".join(kept) + "\n", encoding="utf-8")
    assert series.read(file).isna().sum() == 23  # first and last months are published
    quarters = [f"{month},{100 + i}" for i, month in enumerate(months) if month.month % 3 == 0]
    file.write_text("month,iip\n" + "\n".join(quarters) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match="comes every 3 months"):
        series.read(file)
