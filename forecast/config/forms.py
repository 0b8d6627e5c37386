"""The forms that values of a config take: months, words, days, texts in every language."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Annotated, Any

import pandas as pd
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WrapValidator, model_validator

from forecast.scenario import LEAST_CHANCE, LEAST_THRESHOLD, NEXT_TO_NOTHING, no_level, no_share, signed

MONTH = r"^(auto|(1[7-9]|2[01])\d{2}-(0[1-9]|1[0-2]))$"
COMING = r"^(1[7-9]|2[01])\d{2}-(0[1-9]|1[0-2])$"
DATE = r"^(1[7-9]|2[01])\d{2}-\d{2}(-\d{2})?$"
WORD = r"^[a-z0-9][a-z0-9_]*$"
COUNTRY = r"^[A-Z]{2}$"
LONGEST = 300
"""Characters of a title or label: more fits on no page. chosen: three lines of print."""


def _is_date(text: str) -> str:
    try:
        pd.Timestamp(text)
    except ValueError:
        raise ValueError("is no date") from None
    return text


def _is_printable(text: str) -> str:
    """Refuse what no page can show: nothing but blanks, control characters, halves of characters."""
    if not text.strip():
        raise ValueError("is blank; write what readers call it")
    for at, sign in enumerate(text, start=1):
        if unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t":
            raise ValueError(f"holds U+{ord(sign):04X} as character {at}, which no page can show; delete it")
    return text


def _growth(given: object, read: Callable[[object], float], least: float = NEXT_TO_NOTHING) -> float:
    """Growth that is no level, unless its plus sign is written, and no share."""
    return no_share(read(given), least) if signed(given) else no_level(read(given), least)


Month = Annotated[str, Field(pattern=MONTH, description="a month, YYYY-MM, or auto")]
ComingMonth = Annotated[str, Field(pattern=COMING, description="a month after the origin, YYYY-MM")]
Word = Annotated[str, Field(pattern=WORD, max_length=100, description="lower-case letters, digits and _")]
File = Annotated[str, Field(min_length=1)]
Files = Annotated[tuple[File, ...], Field(min_length=1)]
Year = Annotated[int, Field(ge=1700, le=2199)]
Percent = Annotated[float, Field(ge=-1_000_000, le=1_000_000)]
Growth = Annotated[Percent, Field(gt=-100), WrapValidator(_growth)]
Rate = Annotated[Percent, WrapValidator(partial(_growth, least=0.0))]
Chance = Annotated[float, Field(gt=0, lt=100), AfterValidator(partial(no_share, least=LEAST_CHANCE))]
Threshold = Annotated[float, Field(gt=0, lt=50), AfterValidator(partial(no_share, least=LEAST_THRESHOLD))]
Level = Annotated[float, Field(ge=1e-9, le=1e12)]
Phrase = Annotated[str, Field(min_length=1, max_length=LONGEST), AfterValidator(_is_printable)]
Date = Annotated[
    str,
    Field(
        pattern=DATE,
        description="a day, YYYY-MM-DD, or a month, YYYY-MM, meaning its last day",
    ),
    AfterValidator(_is_date),
]


def each_year_once(given: object, read: Callable[[object], dict[int, Any]]) -> dict[int, Any]:
    """Read a mapping by year, of which two keys may be spelt differently and mean one."""
    years = read(given)
    if isinstance(given, Mapping) and len(years) < len(given):
        raise ValueError(f"{', '.join(map(str, given))} name a year twice; keep one")
    return years


class Strict(BaseModel):
    """A part of a config that takes no other keys than its own."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def idle(part: Strict, keys: Iterable[str]) -> list[str]:
    """Return which of the keys a part of a config gives although they do nothing there, in their order.

    One that is given as its default would change nothing anywhere: it is no error to write that out.
    """
    fields = type(part).model_fields
    return [k for k in keys if getattr(part, k) != fields[k].get_default(call_default_factory=True)]


class Text(Strict):
    """One text in each language of the report."""

    en: Phrase | None = Field(None, description="in English")
    vi: Phrase | None = Field(None, description="in Vietnamese")

    @model_validator(mode="after")
    def _said(self) -> Text:
        if self.en is None and self.vi is None:
            raise ValueError("give the text in a language of the report, en or vi")
        return self


LANGUAGES = tuple(Text.model_fields)


def texts(text: Text | str) -> dict[str, str]:
    """Return what is said in each language; a plain text in all of them.

    >>> texts("Output"), texts(Text(vi="Sản xuất"))
    ({'en': 'Output', 'vi': 'Output'}, {'vi': 'Sản xuất'})
    """
    if isinstance(text, str):
        return dict.fromkeys(LANGUAGES, text)
    return text.model_dump(exclude_none=True)
