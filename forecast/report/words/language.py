"""`Language`: prints values and says sentences in one language."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from forecast.outcome import Labels

if TYPE_CHECKING:
    import pandas as pd

Chances = tuple[tuple[int, str], ...]

NAMES = ("sector.", "region.", "model.", "summary.", "record.")
"""Keys of what is called so whatever the measure."""


class Printed(str):
    """A number as it is printed, which remembers its value: text in a sentence, a number in a workbook.

    value : rounded as it is printed; of a percentage the share · form : how a spreadsheet shows it
    """

    value: float
    form: str

    @classmethod
    def of(cls, text: str, value: float, form: str) -> Printed:
        """Return a printed number with its value."""
        printed = cls(text)
        printed.value, printed.form = value, form
        return printed


@dataclass(frozen=True)
class Language:
    """Print values and say sentences in one language. Probabilities come in as 0–1, rates as percent.

    plurals : words of sentences that end in one letter more than after 1
    """

    code: str
    decimal: str
    group: str
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    month_pattern: str
    day_pattern: str
    chances: Chances
    plurals: tuple[str, ...]
    text: dict[str, str]
    glossary: tuple[tuple[str, str], ...]

    def of(self, measure: Labels | None) -> Language:
        """Return the language speaking of another measure than output, such as turnover, where one is named."""
        name = None if measure is None else measure.get(self.code)
        if name is None:
            return self
        word = re.compile(rf"\b{self.text['measure']}\b", re.IGNORECASE)

        def put(text: str) -> str:
            return word.sub(lambda output: _like(name, output[0]), text)

        text = {
            key: sentence if key.startswith(NAMES) else put(sentence) for key, sentence in self.text.items()
        }
        return replace(
            self, text=text, glossary=tuple((term, put(sentence)) for term, sentence in self.glossary)
        )

    def number(self, value: float, digits: int = 1, sign: bool = False) -> Printed:
        """Return a number with the language's marks, a true minus, and a plus where asked for."""
        return self._number(value, digits, sign)

    def percent(self, value: float, digits: int = 0, sign: bool = False) -> Printed:
        """Return a rate in percent, e.g. −13,5%."""
        return self._number(value, digits, sign, "%")

    def count(self, value: int) -> Printed:
        """Return a count or a year: whole, without marks."""
        return Printed.of(str(value), float(value), "0")

    def odds(self, p: float) -> str:
        """Return a probability as a whole percent; never 0% or 100%, which no forecast can know."""
        whole = _whole(p)
        if whole == 0:
            return self.text["odds.under"]
        return self.text["odds.over"] if whole == 100 else Printed.of(f"{whole}%", whole / 100.0, "0%")

    def chance(self, p: float) -> str:
        """Return the word for a probability from the fixed table, by the whole percent that is printed."""
        whole = _whole(p)
        return next(word for least, word in self.chances if whole >= least)

    def month(self, month: pd.Period) -> str:
        """Return a month as it stands in a sentence."""
        return self._month(month, self.months)

    def short(self, month: pd.Period) -> str:
        """Return a month as it stands in tables and charts."""
        return self._month(month, self.short_months)

    def quarter(self, month: pd.Period) -> str:
        """Return the quarter that ends in the month."""
        return self.text["quarter"].format(number=(month.month + 2) // 3, year=month.year)

    def day(self, date: str) -> str:
        """Return a date; a date without its day is printed as the month."""
        year, month, *day = date.split("-")
        name = self.short_months[int(month) - 1]
        if not day:
            return self.month_pattern.format(name=name, year=year)
        return self.day_pattern.format(day=int(day[0]), month=int(month), name=name, year=year)

    def say(self, key: str, **values: str) -> str:
        """Return the sentence of the table, filled, its first letter a capital."""
        sentence = self._of_one(self.text[key].format(**values))
        return sentence[:1].upper() + sentence[1:]

    def _of_one(self, sentence: str) -> str:
        """Return a sentence with "1 month" where it says "1 months"."""
        if not self.plurals or "1 " not in sentence:
            return sentence
        return re.sub(
            rf"(?<![\d.,])1 (consecutive )?({'|'.join(self.plurals)})\b", lambda hit: hit[0][:-1], sentence
        )

    def name(self, kind: str, code: str) -> str:
        """Return the language's word for a code such as model "sarima"; a code without one is printed readably."""
        return self.text.get(f"{kind}.{code}", code.replace("_", " "))

    def calendar(self, code: str) -> str:
        """Return a calendar such as "IN: diwali, easter" in words."""
        from forecast.tables.languages.cldr import locale  # only here: most calendars have words of their own

        if f"calendar.{code}" in self.text:
            return self.text[f"calendar.{code}"]
        country, _, holidays = code.partition(": ")
        public = self.text["calendar.of"].format(country=locale(self.code).territories.get(country, country))
        moving = ", ".join(self.name("holiday", holiday) for holiday in holidays.split(", ") if holiday)
        return self.text["calendar.moving"].format(public=public, moving=moving) if moving else public

    def regressor(self, name: str) -> str:
        """Return a column of the calendar, such as "diwali_before", in words."""
        holiday, _, window = name.rpartition("_")
        if f"holiday.{holiday}" not in self.text:
            return self.name("adjusted.calendar", name)
        return self.text[f"adjusted.calendar.{window}"].format(holiday=self.name("holiday", holiday))

    def series(self, name: str) -> str:
        """Return a series named region_sector in words, e.g. "Viet Nam: all industry"."""
        codes = [key.removeprefix("region.") for key in self.text if key.startswith("region.")]
        regions = [code for code in codes if name.startswith(f"{code}_")]
        if not regions:
            return name.replace("_", " ")
        region = max(regions, key=len)
        sector = self.name("sector", name.removeprefix(f"{region}_"))
        return self.text["data.group"].format(region=self.name("region", region), sector=sector)

    def area(self, region: str, sector: str) -> str:
        """Return a region and its sector in words, as a table has them."""
        return self.say("data.group", region=self.name("region", region), sector=self.name("sector", sector))

    def label(self, labels: Labels) -> str:
        """Return the user's own text in this language, else in English, else in any."""
        return labels.get(self.code) or labels.get("en") or next(iter(labels.values()), "")

    def _month(self, month: pd.Period, names: tuple[str, ...]) -> str:
        return self.month_pattern.format(name=names[month.month - 1], year=month.year)

    def _number(self, value: float, digits: int, sign: bool, unit: str = "") -> Printed:
        plain = f"{abs(value):,.{digits}f}"
        marked = plain.replace(",", "\0").replace(".", self.decimal).replace("\0", self.group)
        rounded = round(value, digits)
        mark = "−" if rounded < 0 else "+" if sign and rounded > 0 else ""
        places = ("#,##" if "," in plain else "") + "0" + (f".{'0' * digits}" if digits else "") + unit
        form = f"+{places};-{places};{places}" if mark == "+" else places
        exact = float(plain.replace(",", "")) * (-1.0 if mark == "−" else 1.0)
        return Printed.of(f"{mark}{marked}{unit}", round(exact / 100.0, digits + 2) if unit else exact, form)


def _like(name: str, word: str) -> str:
    """A name with its first letter as large as that of the word it stands for."""
    return name[:1].upper() + name[1:] if word[:1].isupper() else name


def _whole(p: float) -> int:
    """A probability as a whole percent."""
    return round(100 * p)
