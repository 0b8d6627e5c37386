"""How a file is opened: any kind of file into `Sheet`s of typed cells, within a budget."""

from __future__ import annotations

from forecast.tables.opening.door import Opened, Source, opened, refuse_sheet, sheets

__all__ = ["Opened", "Source", "opened", "refuse_sheet", "sheets"]
