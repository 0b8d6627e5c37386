"""Years counted from elsewhere: 2567 of the Buddhist era, 113 of the Republic of China, Reiwa 6 are 2024."""

from __future__ import annotations

import re

_BUDDHIST = 543  # years that the count from the death of the Buddha is ahead
_BUDDHIST_YEARS = range(2400, 2600)
"""Years that only the Buddhist era can mean, 1857 to 2056. chosen: no office publishes of the year 2400."""

_BEGAN = {
    "令和": 2018, "平成": 1988, "昭和": 1925, "中華民國": 1911, "中华民国": 1911, "民國": 1911, "民国": 1911,
    "พ.ศ.": -_BUDDHIST, "พ.ศ": -_BUDDHIST, "พศ": -_BUDDHIST,
}  # fmt: skip
"""Name of an era -> the year before its first."""

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


def _number(text: str) -> int:
    return 1 if text == "元" else int(text)
