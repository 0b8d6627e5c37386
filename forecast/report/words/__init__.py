"""The words of a report: a folder of tables for each language, and how it prints numbers, months and chances.

A folder holds `language.toml` (marks, months, words of chance, glossary) and a table of sentences for each topic, which
are read together when the language is first used.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forecast.report.words.language import Language, Printed

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LANGUAGES", "Language", "Printed", "read"]

OWN = "language"
"""The file of a folder that is no table of sentences."""


@cache
def read(folder: Path) -> Language:
    """Return the language of a folder. Raises ValueError for a sentence that two of its tables hold."""
    text: dict[str, str] = {}
    for file in sorted(folder.glob("*.toml")):
        if file.stem != OWN:
            sentences = _table(file)
            if twice := sorted(text.keys() & sentences.keys()):
                raise ValueError(f'{file}: "{twice[0]}" stands in another table too; keep one')
            text |= sentences
    own = _table(folder / f"{OWN}.toml")
    return Language(
        code=folder.name,
        decimal=own["decimal"],
        group=own["group"],
        months=tuple(own["months"]),
        short_months=tuple(own["short_months"]),
        month_pattern=own["month_pattern"],
        day_pattern=own["day_pattern"],
        chances=tuple((least, word) for least, word in own["chances"]),
        plurals=tuple(own["plurals"]),
        text=text,
        glossary=tuple((term, meaning) for term, meaning in own["glossary"]),
    )


def _table(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


class _Languages(Mapping[str, Language]):
    """The languages by their codes, each read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folders = {path.parent.name: path.parent for path in sorted(folder.glob(f"*/{OWN}.toml"))}

    def __getitem__(self, code: str) -> Language:
        return read(self._folders[code])

    def __iter__(self) -> Iterator[str]:
        return iter(self._folders)

    def __len__(self) -> int:
        return len(self._folders)


LANGUAGES: Mapping[str, Language] = _Languages(Path(__file__).parent)
"""Every language that has a folder here."""
