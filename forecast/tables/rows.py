"""`Rows`: the rows of a sheet with what each cell is, and which of them are headings in figures or hold data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence

from forecast.tables.axis import axis
from forecast.tables.cells import Sheet, Value
from forecast.tables.headings import calendar_row, is_dotted
from forecast.tables.kinds import Kind, is_number_marked, is_year, kind, whole_number
from forecast.tables.languages import folded_name, words

_TIME = words("period") | words("month") | words("year")


class Rows:
    """The rows of a sheet with what each cell is, worked out once."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.kinds = [[kind(v) for v in row] for row in sheet.rows]
        self.filled = [[c for c, k in enumerate(row) if k is not Kind.EMPTY] for row in self.kinds]
        self.numbers = [
            [c for c in f if row[c] is Kind.NUMBER] for f, row in zip(self.filled, self.kinds, strict=True)
        ]
        self.last = max((r for r, numbers in enumerate(self.numbers) if numbers), default=-1)
        self.headed = next((r for r, filled in enumerate(self.filled) if len(filled) > 1), len(self.filled))
        blocks = self._years_of_blocks()
        self.dated = self._columns_of_dates(blocks)
        self.calendar = self._calendar_rows() | self._code_rows() | blocks
        self.spoilt: set[int] = set()
        self.covered = {
            r
            for area in sheet.merged
            if self.kinds[area.top][area.left] is Kind.NUMBER and not is_year(sheet.rows[area.top][area.left])
            for r in range(area.top + 1, min(area.bottom + 1, len(self.filled)))
            if self.filled[r]
        }  # rows of which a merged number takes the place of their own

    def is_dated(self, r: int, column: int) -> bool:
        """Tell a row that holds a date in a column of dates."""
        return r < len(self.kinds) and column in self.dated and self.kinds[r][column] is Kind.DATE

    def values(self, r: int) -> list[int]:
        """Return the columns of a row that hold a number or a mark of one that is missing."""
        return [c for c in self.filled[r] if self.kinds[r][c] in (Kind.NUMBER, Kind.MISSING)]

    def _columns_of_dates(self, blocks: Container[int]) -> frozenset[int]:
        """Return the columns of several dates that hold one beside numbers, other than the year of a block."""
        count: Counter[int] = Counter()
        every: Counter[int] = Counter()
        for r, (kinds, filled) in enumerate(zip(self.kinds, self.filled, strict=True)):
            dates = [c for c in filled if kinds[c] is Kind.DATE]
            every.update(dates)
            values = len(self.values(r))
            if dates and values and len(dates) <= max(values, 2) and r not in blocks:
                count.update(dates)
        return frozenset(c for c in count if every[c] > 1)

    def _calendar_rows(self) -> frozenset[int]:
        """Return the rows that hold years or months in figures as headings."""
        years = {r for r in range(len(self.filled)) if calendar_row(self._cells(r), self._months_below(r))}
        months = {
            r
            for r in range(len(self.filled))
            if (years & {r - 1, r + 1}) and calendar_row(self._cells(r), True)
        }
        return frozenset(
            r
            for r in years | months
            if not any(self.is_dated(r, c) for c in self.filled[r] if c < self.numbers[r][0])
            and not self._under_months(r)
        )

    def _years_of_blocks(self) -> frozenset[int]:
        """Return the rows with a year first, alone above names of months or with them behind it: blocks of a year.

        Of the newest, January alone may be named.
        """
        years = [
            r
            for r, numbers in enumerate(self.numbers)
            if numbers and numbers == self.filled[r][:1] and is_year(self.sheet.rows[r][numbers[0]])
        ]
        blocks = [r for r in years if self._heads_months(r, 2)]
        newest = [r for r in years[-1:] if blocks and r > blocks[-1] and self._heads_months(r, 1)]
        return frozenset((*blocks, *newest))

    def _heads_months(self, r: int, least: int) -> bool:
        """Tell a row of a year with so many names of months behind it or, where it stands alone, below it."""
        return (
            self._names_months(r, 1, least)
            or len(self.filled[r]) == 1
            and self._names_months(r + 1, 0, least)
        )

    def _names_months(self, r: int, first: int, least: int) -> bool:
        """Tell a row of dates alone, so many, from one of its filled cells on; a text may stand before them."""
        kinds = [self.kinds[r][c] for c in self.filled[r][first:]] if r < len(self.kinds) else []
        dates = kinds[kinds[:1] == [Kind.TEXT] :]
        return len(dates) >= least and all(k is Kind.DATE for k in dates)

    def _code_rows(self) -> frozenset[int]:
        """Return the rows under which a table begins by the codes of its columns: Month, 10, 11, 13 over 2024-04."""
        return frozenset(
            r for r in range(len(self.filled) - 1) if self.numbers[r] and self._heads_by_codes(r)
        )

    def _heads_by_codes(self, r: int) -> bool:
        """Tell words of time and then whole numbers, with nothing above and a month or a year below the first."""
        cells, numbers, first = self.sheet.rows[r], self.numbers[r], self.filled[r][0]
        return (
            [c for c in self.filled[r] if c >= numbers[0]] == numbers
            and all(whole_number(cells[c]) is not None for c in numbers)
            and all(folded_name(str(cells[c])) in _TIME for c in self.filled[r] if c < numbers[0])
            and first < numbers[0]
            and (r == 0 or len(self.filled[r - 1]) < 2)
            and (
                self.kinds[r + 1][first] is Kind.DATE
                or whole_number(self.sheet.rows[r + 1][first]) is not None
            )
        )

    def _under_months(self, r: int) -> bool:
        """Tell whether the headings above the numbers of a row already name months with their years."""
        if r == 0:
            return False
        above = (self.sheet.rows[r - 1][c] for c in self.numbers[r] if self.kinds[r - 1][c] is Kind.DATE)
        return any(
            m.year is not None and m.month is not None for m in axis(list(above)).moments if m is not None
        )

    def _months_below(self, r: int) -> bool:
        """Tell whether a row with one number stands over a row of names of months."""
        below = self.kinds[r + 1] if r + 1 < len(self.kinds) else []
        numbers = self.numbers[r]
        return len(numbers) == 1 and numbers[0] > 0 and sum(k is Kind.DATE for k in below[numbers[0] :]) > 1

    def _cells(self, r: int) -> Sequence[Value]:
        """Return the cells of a row whose first number may be a year, a month or 2024.04; none otherwise."""
        first = self.sheet.rows[r][self.numbers[r][0]] if self.numbers[r] else None
        return self.sheet.rows[r] if whole_number(first) is not None or is_dotted(first) else ()

    def holds_data(self, r: int, begun: bool) -> bool:
        """Tell a row of the body: a number, a label with marks of what is missing, a date where others have theirs."""
        if r in self.calendar:
            return False
        if self.numbers[r] or r in self.spoilt or r in self.covered:
            return True
        after = [self.kinds[r][c] for c in self.filled[r][1:]]
        headed = begun or self.headed < r  # month,x is a heading, and no mark
        if headed and after and all(k is Kind.MISSING for k in after):
            return True
        times = [c for c in self.filled[r] if self.kinds[r][c] is Kind.DATE]
        led = [c for c in times if c in self.dated]
        if begun and led:  # below headings 1907p is a figure with its mark, no year
            times = [c for c in times if c in self.dated or not is_number_marked(self.sheet.rows[r][c])]
        return bool(led) and (begun or len(self.filled[r]) > 1) and len(led) * 2 >= len(times)
