"""Stopgap until the opening of files is here."""

from __future__ import annotations

from pathlib import Path

import python_calamine

from forecast.errors import DataError
from forecast.tables import text, workbook
from forecast.tables.cells import Area, Sheet
from forecast.tables.reading import _content


def sheets(path: str | Path, sheet: str | None = None) -> tuple[Sheet, ...]:
    path = Path(path)
    content = _content(path)
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0") and (workbook.is_excel(content) or content[0] == 0xD0):
        try:
            b = python_calamine.CalamineWorkbook.from_path(str(path))
        except Exception as e:
            raise DataError(f"{path.name}: is a damaged workbook ({e})") from None
        out = []
        for meta in b.sheets_metadata:
            n = meta.name
            if sheet is None and "Visible" not in str(meta.visible): continue
            if sheet is not None and n != sheet: continue
            s = b.get_sheet_by_name(n)
            rows = s.to_python(skip_empty_area=False)
            cells = tuple(tuple(None if v == "" else (v.strip() if isinstance(v, str) else v) for v in r) for r in rows)
            m = tuple(Area(a[0], a[1], c[0], c[1]) for a, c in (s.merged_cell_ranges or []))
            out.append(Sheet(path.name if len(b.sheet_names) == 1 else f"{path.name}[{n}]", n, cells, tuple(range(1, len(rows) + 1)), m, (), True))
        return tuple(out)
    if workbook.is_parquet(content):
        r, l, n = workbook.parquet(path)
    elif workbook.is_xml(content):
        r, l, n = workbook.sdmx_ml(path)
    else:
        try:
            r, l, n = text.records(path.name, content)
        except DataError:
            r, l, n = text.records(path.name, content.decode("latin-1").encode())
    w = max(map(len, r))
    return (Sheet(path.name, "", tuple(tuple((c or None) for c in x) + (None,) * (w - len(x)) for x in r), tuple(l), (), tuple(n)),)
