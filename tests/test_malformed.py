"""Every malformed file reads right or gives messages with place and remedy; every file of the folder is here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from forecast import figures, series
from forecast.errors import DataError
from tests.fixtures.malformed.make import MADE

FOLDER = Path(__file__).parent / "fixtures" / "malformed"

FIGURES = ([-4.1, 6.25], ["2024-03", "2024-04"])
LEVELS = ([101.5, 98.25], ["2024-01", "2024-02"])

READS = {  # file: values and months, and words of a note where one is due
    "figures_columns_numbered.csv": (*FIGURES, "line 2 numbers the columns"),
    "figures_dates_month_first.csv": (*FIGURES, "dates were read as month/day/year"),
    "figures_header_repeated.csv": (*FIGURES, "line 3 repeats the header"),
    "figures_minus_with_space.csv": (*FIGURES, ""),
    "figures_region_in_words.csv": ([-4.1], ["2024-03"], 'region "Bắc Ninh" is read as "bac_ninh" (line 2)'),
    "figures_region_spellings.csv": (*FIGURES, 'region "Bắc Ninh" is read as "bac_ninh" (line 3)'),
    "figures_spreadsheet_arithmetic.xlsx": ([6.3], ["2024-04"], ""),
    "figures_utf32.csv": (*FIGURES, "UTF-32 detected"),
    "figures_year_to_date_labels.csv": (*FIGURES, ""),
    "figures_zero_width_space.csv": (*FIGURES, ""),
    "levels_no_heading_of_months.csv": (*LEVELS, ""),
    "levels_period_index.parquet": (*LEVELS, ""),
    "levels_two_header_rows.csv": (*LEVELS, "lines 1 and 2 were joined to one header"),
    "levels_year_and_month.csv": (*LEVELS, "year and month were read from two columns"),
    "levels_total_row.csv": (
        LEVELS[0],
        ["2023-11", "2023-12"],
        'annual total "Tổng": 1 number left out (levels_total_row.csv:4)',
    ),
    "levels_year_row.csv": (
        LEVELS[0],
        ["2023-11", "2023-12"],
        'annual total "2023": 1 number left out (levels_year_row.csv:4)',
    ),
    "levels_years_down_months_across.csv": (*LEVELS, 'annual total "Cả năm": 1 number left out'),
    "figures_bom.csv": (*FIGURES, ""),
    "figures_day_first.csv": (*FIGURES, ""),
    "figures_exact_duplicate.csv": ([-4.1, 6.25, 6.25], ["2024-03", "2024-04", "2024-04"], ""),
    "figures_footnotes.csv": (*FIGURES, "line 5 and below were taken as footnotes"),
    "figures_measures_across.csv": ([-4.1, -4.0, 6.25], ["2024-03", "2024-04", "2024-04"], ""),
    "figures_merged_cells.xlsx": (*FIGURES, "merged cells A2:A3 were filled down"),
    "figures_old_mac_line_ends.csv": (*FIGURES, ""),
    "figures_percent_format.xlsx": ([6.25], ["2024-04"], ""),
    "figures_percent_signs.csv": (*FIGURES, ""),
    "figures_quarter_labels.csv": ([-4.1, 6.25], ["2024-03", "2024-06"], ""),
    "figures_semicolon_comma.csv": (*FIGURES, "decimal comma detected"),
    "figures_tabs.csv": (*FIGURES, "separator 'tab' detected"),
    "figures_title_above.csv": (*FIGURES, "lines above the header (line 3) were taken as a title"),
    "figures_unicode_minus.csv": (*FIGURES, ""),
    "figures_unit_column.csv": ([-4.0, 6.25], ["2024-03", "2024-04"], ""),
    "figures_utf16.csv": (*FIGURES, "UTF-16 detected"),
    "figures_utf16_without_bom.csv": (*FIGURES, "UTF-16-LE detected"),
    "figures_windows_1258.csv": (*FIGURES, "encoding cp1252 detected"),
    "figures_vietnamese.csv": (*FIGURES, "decimal comma detected"),
    "figures_vietnamese_decomposed.csv": (*FIGURES, "separator ';' detected"),
    "figures_windows_line_ends.csv": (*FIGURES, ""),
    "levels_dates_in_words.csv": (*LEVELS, ""),
    "levels_descending.csv": (*LEVELS, "months were sorted"),
    "levels_gap.csv": ([101.5, np.nan, np.nan, 98.25], ["2024-01", "2024-02", "2024-03", "2024-04"], ""),
    "levels_good.parquet": (*LEVELS, ""),
    "levels_gzipped.csv.gz": (*LEVELS, ""),
    "levels_long_one_series.csv": (*LEVELS, ""),
    "levels_merged_title.xlsx": (*LEVELS, "lines above the header"),
    "levels_month_first.csv": (*LEVELS, "dates were read as month/day/year"),
    "levels_month_twice_same.csv": (*LEVELS, ""),
    "levels_numbers_as_text.xlsx": (*LEVELS, "decimal comma detected"),
    "levels_one_sheet_hidden.xlsx": (*LEVELS, ""),
    "levels_sdmx.csv": (*LEVELS, ""),
    "levels_sdmx_generic.xml": (*LEVELS, ""),
    "levels_sdmx_structure_specific.xml": (*LEVELS, ""),
    "levels_spaced_thousands.csv": ([1234.5, 1198.25], ["2024-01", "2024-02"], ""),
    "levels_text_column.csv": (*LEVELS, 'column "remark" holds no numbers'),
    "levels_thousands.csv": ([1234.5, 1198.0], ["2024-01", "2024-02"], "thousands separators detected"),
    "levels_trailing_blank.csv": (*LEVELS, ""),
    "levels_typed_dates.xlsx": (*LEVELS, ""),
}

FAILS = {  # file: place, and words of what was found and of the remedy
    "figures_column_twice.csv": (':1: 2 columns are headed "value"', "keep one"),
    "figures_formula_unsaved.xlsx": (
        ": cell E2 holds a formula without its result",
        "save the file in Excel",
    ),
    "figures_headings_without_year.csv": (
        ':2: heading "Tháng 4 so với tháng 3": it names no year, and neither a title nor another heading does',
        "give the period under fill",
    ),
    "figures_published_before_month.csv": (
        ":3: published 2023-05-10, before 2024-04 had begun",
        "correct the month or the date",
    ),
    "figures_rates_as_indices.csv": (
        ":2: all 2 rates lie between 95.9 and 106.25",
        "declare rates: index to read 95.9 as -4.1 %",
    ),
    "figures_total_row.csv": (
        ':4: "Tổng" is no figure, its measure and period and published are empty',
        "delete rows of totals",
    ),
    "figures_words_for_signs.csv": (':2: yoy_pct "giảm 4.1" is not a number', "write -4.1"),
    "figures_year_to_date_for_a_month.csv": (
        ':3: period "4 tháng 2024" is a year to date where a month is expected',
        "its rate is a ytd_yoy_pct of 2024-04, no yoy_pct: name it so",
    ),
    "levels_quarters_across.csv": (
        ':1: is quarterly ("Ngành", "Q1/2023", "Q2/2023")',
        "a monthly series is needed",
    ),
    "levels_thousands_or_decimals.csv": (
        ':3: output "1.012" could be read with a thousands separator',
        'declare decimal "." or ","',
    ),
    "levels_years_without_months.csv": (
        ':1: column "year" holds years, but no columns are headed by months',
        "write a month in every row as 2024-04",
    ),
    "figures_below_minus_100.csv": (":2: yoy_pct -104.1", "expected a rate above -100"),
    "figures_blank_lines.csv": (": is empty", "expected a table"),
    "figures_bracketed_negative.csv": (':2: yoy_pct "(4.1)" is not a number', "write -4.1"),
    "figures_comma_in_one_cell.csv": (':3: yoy_pct "6,25" is not a number', "use a decimal point"),
    "figures_comma_unquoted.csv": (":3: 8 fields where the header has 7", "use a decimal point"),
    "figures_contradiction.csv": (
        ":4: bac_ninh total 2024-04 yoy_pct is 6.25 (line 3) and 4.89 (line 4)",
        "keep one",
    ),
    "figures_empty_region.csv": (":3: region is empty", "name it"),
    "figures_empty_value.csv": (":3: yoy_pct is empty", "delete the row"),
    "figures_header_only.csv": (":1: has a header but no rows", ""),
    "figures_index_zero.csv": (":3: index 0 is not positive", "above 0"),
    "figures_line_break_in_text.csv": (':4: yoy_pct "six" is not a number', "use digits"),
    "figures_many_errors.csv": (':21: period "2019-13"', "and 5 more"),
    "figures_mark_in_cell.csv": (':3: yoy_pct "6.25 (p)" is not a number', "write 6.25 alone"),
    "figures_misspelled_heading.csv": (':1: column "published" is missing', 'is "publishd" meant?'),
    "figures_mixed_decimals.csv": (':4: yoy_pct "6.25" has a decimal point', "write 6,25"),
    "figures_month_13.csv": (':3: period "2024-13" has month 13', "months run from 1 to 12"),
    "figures_month_first.csv": (':3: published "05/25/2024" has month 25', "dates are read day/month/year"),
    "figures_month_without_year.csv": (
        ':3: period "tháng 4" is not a month with its year',
        "write it as 2024-04",
    ),
    "figures_old_excel.xls": (": is a damaged workbook", "save it again"),
    "figures_one_column.csv": (":1: only one column was found", "separated by commas"),
    "figures_only_separators.csv": (": is empty", "expected a table"),
    "figures_other.json": (": is JSON", "save the table as CSV"),
    "figures_other.xml": (": is XML, but not SDMX", "save the table as CSV"),
    "figures_page.xls": (":1: only one column was found", "expected a table with columns"),
    "figures_published_february_30.csv": (':2: published "2024-02-30" has day 30', "ends on day 29"),
    "figures_quarter_for_a_month.csv": (
        ':3: period "2024-Q2" is a quarter',
        "its rate is a qtr_yoy_pct of 2024-06, no yoy_pct: name it so",
    ),
    "figures_quarter_in_february.csv": (
        ":3: period 2024-02 does not end a quarter",
        "write month 03, 06, 09 or 12",
    ),
    "figures_scan.pdf": (": is a PDF", "save the table as CSV"),
    "figures_several_errors_in_a_row.csv": (":2: sector is empty", 'did you mean "yoy_pct"?'),
    "figures_spreadsheet_day_number.csv": (
        ':3: period "45383" looks like a spreadsheet',
        "format the column as a date",
    ),
    "figures_stray_quote.csv": (":3: stray quote", "double it"),
    "figures_two_columns_missing.csv": (':1: column "sector" is missing', 'column "published" is missing'),
    "figures_two_digit_year.csv": (':3: period "24-Apr" has a two-digit year', "write the month as 2024-04"),
    "figures_unclosed_quote.csv": (":3: a quote", "close or delete it"),
    "figures_unit_in_words.csv": (':2: unit "fine" is neither "%" nor', "such as 0.1"),
    "figures_unknown_measure.csv": (':3: unknown measure "yoy_pt"', 'did you mean "yoy_pct"?'),
    "figures_utf16_cut_short.csv": (": is UTF-16 but cut short", "save it again as UTF-8"),
    "figures_year_for_a_month.csv": (
        ':3: period "2024" is a year',
        "its rate is a ytd_yoy_pct of 2024-12, no yoy_pct: name it so, or delete it",
    ),
    "figures_zero_bytes.csv": (": is empty", "expected a table"),
    "levels_blank.xlsx": (": is empty", "expected a header row"),
    "levels_cut_short.csv.gz": (": is gzipped but cut short", "fetch it again"),
    "levels_daily.csv": (":2: 5 rows for 1 months", "average daily data by month"),
    "levels_damaged.parquet": (": is Parquet but damaged", "write it again"),
    "levels_damaged.xlsx": (": is a damaged workbook", "save it again"),
    "levels_error_cell.xlsx": (':B3: iip "#REF!" is not a number', "use digits"),
    "levels_folder.csv": (": is a folder", "name a file in it"),
    "levels_heading_twice.csv": (':1: 2 series are named "iip"', "rename all but one"),
    "levels_infinite.csv": (':3: iip "inf" is not a number', "use digits"),
    "levels_long.csv": (":1: holds 2 series (total, mining)", "name one as column"),
    "levels_missing.csv": (": no such file", 'did you mean "levels_missin.csv"?'),
    "levels_month_twice.csv": (":4: month 2024-02 of iip is 99, but 98.25 on line 3", "keep one"),
    "levels_months_across.csv": (":1: holds 2 series (Toàn ngành, Khai khoáng)", "name one as column"),
    "levels_negative.csv": (":3: iip -98.25 is not positive", "leave a month without a figure empty"),
    "levels_no_heading_of_values.csv": (
        ":2: begins with data, without headings",
        "put a line such as month,IIP",
    ),
    "levels_no_headings.csv": (":1: begins with data, without headings", "put a line such as month,IIP"),
    "levels_no_months.csv": (
        ':1: no column of months among "name", "iip"',
        "name it as period under columns",
    ),
    "levels_no_numbers.csv": (': column "iip" holds no number', "choose another"),
    "levels_quarter_labels.csv": (':1: is quarterly ("date", "iip")', "a monthly series is needed"),
    "levels_quarterly.csv": (": iip comes every 3 months", "a monthly series is needed"),
    "levels_sdmx_cut_short.xml": (": is not whole SDMX-ML", "fetch it again"),
    "levels_several_series.csv": (":1: holds 2 series (total, mining)", "name one as column"),
    "levels_thousands_undecided.csv": (':2: output "1,234" could be read', 'declare decimal "." or ","'),
    "levels_two_sheets.xlsx": (": 2 sheets hold data (sheet 1, sheet 2)", "name one as sheet"),
    "levels_zipped.csv": (": is a zip archive", "unpack it"),
}


def test_every_fixture_has_an_expectation() -> None:
    kept = {
        p.name for p in FOLDER.iterdir() if p.is_file() and p.suffix != ".py" and p.name != ".gitattributes"
    }
    assert kept | set(MADE) == set(READS) | set(FAILS)
    assert len(READS) + len(FAILS) >= 40


@pytest.mark.parametrize("name", sorted(READS))
def test_reads_right(name: str, tmp_path: Path) -> None:
    values, months, note = READS[name]
    if name.startswith("figures"):
        found = figures.read(_file(name, tmp_path))
        table, notes = found.table.set_index("period")["value"], found.notes
    else:
        table = series.read(_file(name, tmp_path))
        notes = (*table.attrs["notes"], *table.attrs["left_out"])
    np.testing.assert_array_equal(table.to_numpy(), values)
    assert [str(month) for month in table.index] == months
    assert any(note in told for told in notes) if note else True


@pytest.mark.parametrize("name", sorted(FAILS))
def test_fails_with_place_and_remedy(name: str, tmp_path: Path) -> None:
    read = figures.read if name.startswith("figures") else series.read
    with pytest.raises(DataError) as error:
        read(_file(name, tmp_path))
    place, remedy = FAILS[name]
    said = str(error.value)
    assert name + place in said.replace(str(tmp_path) + "/", "")
    assert remedy in said
    assert len(error.value.problems) <= 21


def test_unreadable_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(DataError, match=r"figures_bom\.csv: cannot be read \(Permission denied\); check"):
        figures.read(FOLDER / "figures_bom.csv")


def test_reading_needs_no_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = _file("levels_typed_dates.xlsx", tmp_path)
    for library in ("sdmx", "openpyxl", "lxml"):
        monkeypatch.setitem(__import__("sys").modules, library, None)
    assert series.read(FOLDER / "levels_sdmx_generic.xml").to_list() == LEVELS[0]
    assert series.read(made).to_list() == LEVELS[0]


def _file(name: str, tmp_path: Path) -> Path:
    if name not in MADE:
        return FOLDER / name
    MADE[name](tmp_path / name)
    return tmp_path / name
