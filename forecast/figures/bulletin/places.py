"""Places that rows of a bulletin name: the nation and its provinces, held as data beside this file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib import resources

from forecast.tables import fold

NATION_AROUND = "vietnam"
"""Region of rows of the nation in a bulletin of one of its provinces."""


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


def place(label: str) -> str:
    """Return one word for a province or the nation, "" for a label of neither.

    >>> place("Tỉnh Bắc Ninh"), place("Cả nước"), place("IIP")
    ('bac_ninh', 'vietnam', '')
    """
    return NATION_AROUND if is_nation(label) else province(label) or ""


def place_named(text: str) -> str:
    """Return one word for the place that a title or the name of a sheet says, "" for none.

    >>> place_named("Cả nước"), place_named("Chỉ số sản xuất công nghiệp tỉnh Bắc Ninh"), place_named("IIP")
    ('vietnam', 'bac_ninh', '')
    """
    return place(text) or province_named([text]) or ""


def province_named(titles: Sequence[str]) -> str | None:
    """Return the one province that titles name as such, None where they name none or several.

    >>> province_named(["CỤC THỐNG KÊ TỈNH BẮC NINH", "Chỉ số sản xuất công nghiệp"])
    'bac_ninh'
    """
    provinces = set()
    for title in titles:
        words = f"_{fold(title)}_"
        for name in (*_words()["provinces"], *_spellings()):
            marks = (f"_{prefix}_{name}_" for prefix in _words()["prefixes"])
            if f"_{name}_" in words and (
                any(mark in words for mark in marks) or f"_{name}_province_" in words
            ):
                provinces.add(_spellings().get(name, name))
    return provinces.pop() if len(provinces) == 1 else None


@cache
def _words() -> dict[str, frozenset[str]]:
    lists = _load()
    return {name: frozenset(map(fold, lists[name])) for name in ("nation", "prefixes", "provinces")}


@cache
def _spellings() -> dict[str, str]:
    return {fold(name): fold(usual) for name, usual in _load()["spellings"].items()}


@cache
def _load() -> dict[str, dict[str, str]]:
    text = resources.files(__package__).joinpath("places.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]
