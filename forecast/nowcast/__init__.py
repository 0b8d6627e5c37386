"""Nowcast: the months that are over but not yet published, from what is out, and what each release did to it."""

from __future__ import annotations

from forecast.nowcast.answer import last_over, months_to_nowcast, nowcast, nowcasted
from forecast.nowcast.due import due
from forecast.nowcast.growth import Note
from forecast.nowcast.leading import leading, unused
from forecast.nowcast.news import by_release, news
from forecast.nowcast.panel import Indicator, Panel, StoredPanel, together
from forecast.nowcast.spec import Nowcasted, NowcastSpec
from forecast.rooms import furnish

__all__ = [
    "Indicator",
    "NowcastSpec",
    "Nowcasted",
    "Panel",
    "StoredPanel",
    "Note",
    "by_release",
    "due",
    "last_over",
    "leading",
    "months_to_nowcast",
    "news",
    "nowcast",
    "nowcasted",
    "together",
    "unused",
]


furnish(__name__)
