"""The words of a report: one literal table per language, and how that language prints numbers, months and chances."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale

from forecast.outcome import Labels
from forecast.report.words import en, vi

Chances = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Language:
    """Print values and say sentences in one language. Probabilities come in as 0–1, rates as percent."""

    code: str
    decimal: str
    group: str
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    month_pattern: str
    day_pattern: str
    chances: Chances
    text: dict[str, str]
    glossary: tuple[tuple[str, str], ...]

    def number(self, value: float, digits: int = 1, sign: bool = False) -> str:
        """Return a number with the language's marks, a true minus, and a plus where asked for."""
        plain = f"{abs(value):,.{digits}f}"
        marked = plain.replace(",", "\0").replace(".", self.decimal).replace("\0", self.group)
        rounded = round(value, digits)
        return ("−" if rounded < 0 else "+" if sign and rounded > 0 else "") + marked

    def percent(self, value: float, digits: int = 0, sign: bool = False) -> str:
        """Return a rate in percent, e.g. −13,5%."""
        return self.number(value, digits, sign) + "%"

    def odds(self, p: float) -> str:
        """Return a probability as a whole percent; never 0% or 100%, which no forecast can know."""
        whole = _whole(p)
        if whole == 0:
            return self.text["odds.under"]
        return self.text["odds.over"] if whole == 100 else f"{whole}%"

    def chance(self, p: float) -> str:
        """Return the word for a probability from the fixed table, by the whole percent that is printed."""
        whole = _whole(p)
        return next(word for least, word in self.chances if whole >= least)

    def month(self, month: str) -> str:
        """Return "2027-12" as it stands in a sentence."""
        return self._month(month, self.months)

    def short(self, month: str) -> str:
        """Return "2027-12" as it stands in tables and charts."""
        return self._month(month, self.short_months)

    def quarter(self, month: str) -> str:
        """Return the quarter that ends in the month."""
        year, number = month.split("-")
        return self.text["quarter"].format(number=(int(number) + 2) // 3, year=year)

    def day(self, date: str) -> str:
        """Return a date; a date without its day is printed as the month."""
        if len(date) <= len("2024-05"):
            return self.short(date)
        year, month, day = date.split("-")
        name = self.short_months[int(month) - 1]
        return self.day_pattern.format(day=int(day), month=int(month), name=name, year=year)

    def say(self, key: str, **values: str) -> str:
        """Return the sentence of the table, filled, its first letter a capital."""
        sentence = self.text[key].format(**values)
        return sentence[:1].upper() + sentence[1:]

    def name(self, kind: str, code: str) -> str:
        """Return the language's word for a code such as model "sarima"; a code without one is printed readably."""
        return self.text.get(f"{kind}.{code}", code.replace("_", " "))

    def calendar(self, code: str) -> str:
        """Return a calendar such as "IN: diwali, easter" in words."""
        if f"calendar.{code}" in self.text:
            return self.text[f"calendar.{code}"]
        country, _, holidays = code.partition(": ")
        public = self.text["calendar.of"].format(
            country=Locale.parse(self.code).territories.get(country, country)
        )
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

    def label(self, labels: Labels) -> str:
        """Return the user's own text in this language, else in English, else in any."""
        return labels.get(self.code) or labels.get("en") or next(iter(labels.values()), "")

    def _month(self, month: str, names: tuple[str, ...]) -> str:
        year, number = month.split("-")
        return self.month_pattern.format(name=names[int(number) - 1], year=year)


def _whole(p: float) -> int:
    """A probability as a whole percent."""
    return round(100 * p)


LANGUAGES = {
    "en": Language(
        code="en",
        decimal=".",
        group=",",
        months=en.MONTHS,
        short_months=tuple(name[:3] for name in en.MONTHS),
        month_pattern="{name} {year}",
        day_pattern="{day} {name} {year}",
        chances=en.CHANCES,
        text=en.TEXT,
        glossary=en.GLOSSARY,
    ),
    "vi": Language(
        code="vi",
        decimal=",",
        group=".",
        months=tuple(f"tháng {number}" for number in range(1, 13)),
        short_months=tuple(f"{number:02d}" for number in range(1, 13)),
        month_pattern="{name}/{year}",
        day_pattern="{day}/{month}/{year}",
        chances=vi.CHANCES,
        text=vi.TEXT,
        glossary=vi.GLOSSARY,
    ),
}
