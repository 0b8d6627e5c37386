"""Years counted from elsewhere: 2567 of the Buddhist era, 113 of the Republic of China, Reiwa 6 are 2024."""

from __future__ import annotations

import re
from collections.abc import Container

_BUDDHIST = 543  # years that the count from the death of the Buddha is ahead
_BUDDHIST_YEARS = range(2400, 2600)
"""Years that only the Buddhist era can mean, 1857 to 2056. chosen: no office publishes of the year 2400."""

_BUDDHIST_YEAR = re.compile(r"(?<![\d.,])(?P<year>2[45]\d\d)(?![\d.,])(?P<base>\s*=\s*100)?")

_BEGAN = {
    "令和": 2018, "平成": 1988, "昭和": 1925, "中華民國": 1911, "中华民国": 1911, "民國": 1911, "民国": 1911,
    "พ.ศ.": -_BUDDHIST, "พ.ศ": -_BUDDHIST, "พศ": -_BUDDHIST,
}  # fmt: skip
"""Name of an era -> the year before its first."""

REPUBLIC = "民國"
_ALIKE = {"中華民國": REPUBLIC, "中华民国": REPUBLIC, "民国": REPUBLIC}
LETTERS = {"R": "令和", "H": "平成", "S": "昭和"}
"""Letter of an era of Japan, as in R6.4 -> its name."""

_NAMED = re.compile(rf"(?P<era>{'|'.join(map(re.escape, _BEGAN))})\s*(?P<year>\d{{1,4}}|元)")
_REPUBLIC = re.compile(r"(?<![\d年])1\d{2}(?=年)")


def common(text: str) -> str:
    """Return a text of time with the years of named eras as common ones.

    >>> common("令和6年1月"), common("113年1月"), common("พ.ศ. 2567"), common("2024-01")
    ('2024年1月', '2024年1月', '2024', '2024-01')
    """
    if text.isascii():
        return text
    text = _NAMED.sub(lambda hit: str(_BEGAN[hit["era"]] + _number(hit["year"])), text)
    return _REPUBLIC.sub(lambda hit: str(_BEGAN["民國"] + int(hit[0])), text)


def from_buddhist(year: int) -> int | None:
    """Return the common year of one of the Buddhist era, None for every other.

    >>> from_buddhist(2567), from_buddhist(2024)
    (2024, None)
    """
    return year - _BUDDHIST if year in _BUDDHIST_YEARS else None


def named(text: str) -> tuple[str, ...]:
    """Return the eras of Japan and of the Republic of China that a text names.

    >>> named("平成30年～令和6年"), named("中華民國113年"), named("พ.ศ. 2567")
    (('平成', '令和'), ('民國',), ())
    """
    if text.isascii():
        return ()
    found = (era for era, before in _BEGAN.items() if before > 0 and era in text)
    return tuple(sorted({_ALIKE.get(era, era) for era in found}, key=text.find))


def year_of(era: str, year: str) -> int:
    """Return the common year of one of an era that `named` knows.

    >>> year_of("令和", "6"), year_of("平成", "元"), year_of("民國", "113")
    (2024, 1989, 2024)
    """
    return _BEGAN[era] + _number(year)


def buddhist_in(text: str, years: Container[int]) -> bool:
    """Tell a text that counts in the Buddhist era: by its name, by a base, in Thai, or with a year of those given.

    years : the last two digits of years beside it

    >>> buddhist_in("MPI (2564=100)", ()), buddhist_in("MPI 2565", {65}), buddhist_in("2500 firms", {65})
    (True, True, False)
    """
    if any(era in text for era, before in _BEGAN.items() if before < 0):
        return True
    return any(
        is_thai(text) or hit["base"] is not None or int(hit["year"]) % 100 in years
        for hit in _BUDDHIST_YEAR.finditer(text)
    )


def is_thai(text: str) -> bool:
    """Tell a text in Thai.

    >>> is_thai("ม.ค. 65"), is_thai("Jan-65")
    (True, False)
    """
    return any("\u0e00" <= sign <= "\u0e7f" for sign in text)


def _number(text: str) -> int:
    return 1 if text == "元" else int(text)
