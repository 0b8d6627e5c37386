"""The forms that values of a config take: months, words, days, texts in every language."""

from __future__ import annotations

from typing import Annotated

import pandas as pd
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

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
    """One text in each language."""

    en: str = Field(description="in English")
    vi: str = Field(description="in Vietnamese")
