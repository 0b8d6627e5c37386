"""Places that rows of a bulletin name: the nation and its provinces, held as data beside this file."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from forecast.tables import fold


def is_nation(label: str) -> bool:
    """Tell the label of the whole country.

    >>> is_nation("CẢ NƯỚC"), is_nation("Bắc Ninh")
    (True, False)
    """
    return fold(label) in _words()["nation"]


def province(label: str) -> str | None:
    """Return one word for a province however its label is written, None for what is not known as one.

    >>> province("TP. Hồ Chí Minh"), province("Tỉnh Bắc Ninh"), province("Khai khoáng")
    ('tp_ho_chi_minh', 'bac_ninh', None)
    """
    name = fold(label)
    words = _words()
    for prefix in ("", *words["prefixes"]):
        bare = name.removeprefix(f"{prefix}_") if prefix else name
        for spelled in (bare, _spellings().get(bare, "")):
            if spelled in words["provinces"]:
                return spelled
    return None


@cache
def _words() -> dict[str, frozenset[str]]:
    said = _load()
    return {name: frozenset(map(fold, said[name])) for name in ("nation", "prefixes", "provinces")}


@cache
def _spellings() -> dict[str, str]:
    return {fold(name): fold(known) for name, known in _load()["spellings"].items()}


@cache
def _load() -> dict[str, dict[str, str]]:
    text = resources.files(__package__).joinpath("places.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]
