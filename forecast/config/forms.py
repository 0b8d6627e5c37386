"""The forms that values of a config take: months, words, days, texts in every language."""

from __future__ import annotations

from typing import Annotated

import pandas as pd
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

MONTH = r"^(auto|\d{4}-(0[1-9]|1[0-2]))$"
COMING = r"^\d{4}-(0[1-9]|1[0-2])$"
WORD = r"^[a-z0-9][a-z0-9_]*$"


def _is_date(text: str) -> str:
    try:
        pd.Timestamp(text)
    except ValueError:
        raise ValueError("is no date") from None
    return text


Month = Annotated[str, Field(pattern=MONTH, description="a month, YYYY-MM, or auto")]
ComingMonth = Annotated[str, Field(pattern=COMING, description="a month after the origin, YYYY-MM")]
Word = Annotated[str, Field(pattern=WORD, description="lower-case letters, digits and _")]
Date = Annotated[
    str,
    Field(
        pattern=r"^\d{4}-\d{2}(-\d{2})?$",
        description="a day, YYYY-MM-DD, or a month, YYYY-MM, meaning its last day",
    ),
    AfterValidator(_is_date),
]


class Strict(BaseModel):
    """A part of a config that takes no other keys than its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Strict):
    """One text in each language of the report."""

    en: str | None = Field(None, description="in English")
    vi: str | None = Field(None, description="in Vietnamese")

    @model_validator(mode="after")
    def _said(self) -> Text:
        if self.en is None and self.vi is None:
            raise ValueError("give the text in a language of the report, en or vi")
        return self


LANGUAGES = tuple(Text.model_fields)


def texts(said: Text | str) -> dict[str, str]:
    """Return what is said in each language; a plain text in all of them.

    >>> texts("Output"), texts(Text(vi="Sản xuất"))
    ({'en': 'Output', 'vi': 'Output'}, {'vi': 'Sản xuất'})
    """
    if isinstance(said, str):
        return dict.fromkeys(LANGUAGES, said)
    return said.model_dump(exclude_none=True)
