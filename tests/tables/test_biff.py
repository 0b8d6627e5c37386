"""The records of old workbooks: a single bit that would cost what stands below is damage, what a cell shows is read."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest

from forecast.errors import DataError
from forecast.tables.opening import sheets, xls
from tests.tables.test_opening import refusal

xlwt = pytest.importorskip("xlwt")

ROWS = 30
"""Rows of figures below the headings."""


def saved(path: Path, fill: Any = None) -> bytes:
    """Write an old workbook of months and figures, changed by a function of its sheet, and return its bytes."""
    made = xlwt.Workbook()
    sheet = made.add_sheet("IIP")
    for column, heading in enumerate(("month", "IIP")):
        sheet.write(0, column, heading)
    for i in range(ROWS):
        sheet.write(i + 1, 0, f"{2022 + i // 12}-{i % 12 + 1:02d}")
        sheet.write(i + 1, 1, 90.1 + i)
    if fill:
        fill(sheet)
    made.save(str(path))
    return path.read_bytes()


def places(content: bytes) -> list[tuple[int, int, int]]:
    """Return where each record of the sheet stands in the file, its kind and its length."""
    stream = xls._stream(content)
    start = content.index(stream[:512])
    found, at, begun = [], 0, 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        begun += kind == 0x0809
        if begun == 2:
            found.append((start + at, kind, length))
        if begun == 2 and kind == 0x000A:
            break
        at += 4 + length
    return found


def flipped(path: Path, content: bytes, at: int, bit: int) -> Path:
    changed = bytearray(content)
    changed[at] ^= 1 << bit
    path.write_bytes(bytes(changed))
    return path


@pytest.mark.parametrize("kind", [0x027E, 0x0208])
def test_a_bit_of_a_record_of_cells_costs_none_of_them_in_silence(tmp_path: Path, kind: int) -> None:
    path = tmp_path / "x.xls"
    content = saved(path)
    (whole,) = sheets(path)
    at = [place for place, one, _ in places(content) if one == kind][15]
    for byte in range(at, at + 8):  # kind, length, row and column or the row's first
        for bit in range(8):
            told = outcome(flipped(path, content, byte, bit))
            assert told == whole.rows or "is a damaged workbook" in str(told)


def outcome(path: Path) -> object:
    try:
        (sheet,) = sheets(path)
    except DataError as error:
        return str(error)
    return sheet.rows


@pytest.mark.parametrize(
    ("kind", "byte", "bit", "told"),
    [
        (0x027E, 3, 4, "is broken behind row 17"),  # a length runs over the rest
        (0x027E, 1, 4, "is broken behind row 17"),  # a kind that is none
        (0x027E, 4, 3, "stands twice"),  # another row
        (0x027E, 6, 3, "lies outside its row"),  # another column
        (0x00FD, 11, 3, "names a text that the workbook does not hold"),
    ],
)
def test_how_damage_is_told(tmp_path: Path, kind: int, byte: int, bit: int, told: str) -> None:
    path = tmp_path / "x.xls"
    content = saved(path)
    at = [place for place, one, _ in places(content) if one == kind][15]
    said = refusal(flipped(path, content, at + byte, bit))
    assert said.startswith("x.xls: is a damaged workbook (")
    assert told in said


def test_a_sheet_that_ends_in_its_midst_or_not_at_all_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "x.xls"
    content = saved(path)
    found = places(content)
    row = [at for at, kind, _ in found if kind == 0x0208][15]
    path.write_bytes(content[:row] + struct.pack("<HH", 0x000A, 0) + content[row + 4 :])
    assert 'sheet "IIP" ends in its midst, behind row 15' in refusal(path)
    end = found[-1][0]
    path.write_bytes(content[:end] + struct.pack("<HH", 0x00E5, 0) + content[end + 4 :])
    assert "is broken behind row 31" in refusal(path)


def test_a_workbook_in_cipher_is_locked_and_not_damaged(tmp_path: Path) -> None:
    path = tmp_path / "x.xls"
    content = bytearray(saved(path))
    lock = content.index(struct.pack("<HHH", 0x00E1, 2, 0x04B0))
    struct.pack_into("<HHH", content, lock, 0x002F, 2, 1)
    cell = next(at for at, kind, _ in places(bytes(content)) if kind == 0x027E)
    struct.pack_into("<H", content, cell + 6, 0x7777)
    path.write_bytes(bytes(content))
    assert refusal(path) == "x.xls: is protected by a password; save it without one"


def test_formulas_that_no_program_has_computed_are_refused(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.write(ROWS + 1, 0, "2024-07")
        sheet.write(ROWS + 1, 1, xlwt.Formula("B2*1.01"))
        sheet.write(ROWS + 2, 1, xlwt.Formula("B3"))

    saved(tmp_path / "x.xls", fill)
    assert refusal(tmp_path / "x.xls") == (
        "x.xls: cell B32 holds a formula without its result (2 such cells); "
        "open and save the file in Excel, or write the values"
    )


def test_formulas_whose_result_is_an_empty_text_are_none_of_them(tmp_path: Path) -> None:
    saved(tmp_path / "x.xls", lambda sheet: sheet.write(5, 3, xlwt.Formula('IF(B2>0;"";B2)')))
    (sheet,) = sheets(tmp_path / "x.xls")
    assert sheet.rows[5][:2] == ("2022-05", 94.1)
    content = saved(tmp_path / "x.xls", lambda sheet: [sheet.write(5, c, xlwt.Formula("B2")) for c in (3, 4)])
    at = [place for place, kind, _ in places(content) if kind == 0x0006][0] + 10
    (tmp_path / "x.xls").write_bytes(content[:at] + struct.pack("<d", 98.2) + content[at + 8 :])
    (sheet,) = sheets(tmp_path / "x.xls")
    assert sheet.rows[5] == ("2022-05", 94.1, None, 98.2)


def test_fonts_of_runs(tmp_path: Path) -> None:
    struck, small = (xlwt.easyxf(f"font: {look}").font for look in ("struck_out on", "height 120"))
    usual = xlwt.easyxf("").font

    def fill(sheet: Any) -> None:
        sheet.write_rich_text(ROWS + 1, 1, (("95.", usual), ("3", struck), ("1", usual)))

    saved(tmp_path / "x.xls", fill)
    (sheet,) = sheets(tmp_path / "x.xls")
    assert sheet.rows[-1] == (None, "95.1")
    assert sheet.notes == ("text struck out was left out of 1 cells: B32",)
    saved(
        tmp_path / "x.xls",
        lambda sheet: sheet.write_rich_text(ROWS + 1, 1, (("95.1", usual), ("2", small))),
    )
    assert 'cell B32 holds "95.1" and beside it "2" in small letters' in refusal(tmp_path / "x.xls")
