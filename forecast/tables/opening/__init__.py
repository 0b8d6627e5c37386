"""How a file is opened: any kind of file into `Sheet`s of typed cells, within a budget."""

from __future__ import annotations

from forecast.tables.opening.door import refuse_sheet, sheets

__all__ = ["refuse_sheet", "sheets"]
