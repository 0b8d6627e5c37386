"""Opens one workbook by calamine in a process of its own, so that what it cannot hold ends here and nowhere else.

Run as `python -I -S child.py LIBRARY MEMORY SECONDS`, the workbook on standard input. Writes by `marshal`: `sheets`,
each with `name`, `visible`, `merged` (areas, ends included) and `rows`, pairs of a row number from 0 and its cells
from column A on; or `error` and `reason`. A typed date is `("date", ISO)`; every other cell is text, a number, true
or false. Imports next to nothing, as that would take longer than the opening.
"""

from __future__ import annotations

import io
import marshal
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def main(library: str, memory: str, seconds: str) -> None:
    """Write the sheets of the workbook on standard input.

    library : folder that holds calamine · memory : bytes of address space · seconds : of processor time
    """
    _limit(int(memory), int(seconds))
    sys.path.append(library)
    sys.stdout.buffer.write(marshal.dumps(opened(sys.stdin.buffer.read())))


def opened(content: bytes) -> dict[str, Any]:
    """Return the sheets of a workbook as `main` writes them."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {"sheets": [_sheet(book, one) for one in book.sheets_metadata if "WorkSheet" in str(one.typ)]}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the library is no Exception
        return {"error": type(error).__name__, "reason": str(error)}


def _sheet(book: Any, about: Any) -> dict[str, Any]:
    sheet = book.get_sheet_by_name(about.name)
    rows = [
        (number, [_plain(cell) for cell in row])
        for number, row in enumerate(sheet.to_python(skip_empty_area=False))
        if any(cell != "" for cell in row)
    ]
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    visible = str(about.visible).endswith(".Visible")
    return {"name": about.name, "visible": visible, "rows": rows, "merged": merged}


def _plain(cell: Any) -> Any:
    kind = type(cell).__name__
    if kind == "datetime":
        return "date", cell.isoformat()
    if kind == "date":
        return "date", f"{cell.isoformat()}T00:00:00"
    return cell if kind in ("str", "float", "int", "bool") else str(cell)  # an hour, a duration


def _limit(memory: int, seconds: int) -> None:
    """Bound this process; a system that knows no such bounds (Windows) opens without."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


if __name__ == "__main__":
    main(*sys.argv[1:])
