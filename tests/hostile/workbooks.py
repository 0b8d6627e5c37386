"""Bad workbooks and other packed or nested formats: odd cells, far cells, bombs, missing parts, damaged bytes."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd

from tests.hostile.case import MONTHS, Case, broken

ODD = (
    "=1/0", "=HYPERLINK(\"x\")", "#N/A", "n/a", True, 1e300, -5, 0, "a" * 32_767, "12,5", " 101.5 ", "\u200b99",
    "1e999", None, "2020", "'5", float(10**15),
)  # fmt: skip


def workbook(chance: random.Random, folder: Path) -> Case:
    """A workbook of levels with an odd cell, a far cell, a bomb, a missing part or damaged bytes."""
    file = folder / "book.xlsx"
    values = {("iip", month): round(80 + 40 * chance.random(), 1) for month in MONTHS[:40]}
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["month", "iip"])
    for (_, month), value in values.items():
        sheet.append([month, value])
    truth = {key: frozenset([value]) for key, value in values.items()}
    whole = frozenset(truth)
    argv = ("ingest", "s.duckdb", "book.xlsx", "--published", "2024-05-30")
    match chance.randrange(6):
        case 0:
            at = chance.randrange(40)
            cell = sheet.cell(at + 2, 2)
            cell.value = chance.choice(ODD)
            key = ("iip", MONTHS[at])
            allowed = {12.5, 101.5, 99.0, 2020.0, 1e15, 5.0, 1.0, 1e300}
            truth, whole = truth | {key: frozenset(allowed)}, whole - {key}
        case 1:
            far = chance.choice(["XFD1048576", "A1048576", "XFD1", "ZZ9999", "C900000"])
            if chance.random() < 0.5:
                sheet[far] = chance.choice(["note", 7, " "])
            else:
                sheet[far].font = openpyxl.styles.Font(bold=True)
        case 2:
            book.save(file)
            file.write_bytes(chance.choice(BOMBS)(file.read_bytes()))
            return Case(argv, ("book.xlsx",), truth, "s.duckdb")
        case 3:
            book.save(file)
            file.write_bytes(broken(file.read_bytes(), chance))
            return Case(("check", "book.xlsx"), ("book.xlsx",))
        case 4:
            sheet.merge_cells("A5:B5")
            truth = {key: value for key, value in truth.items() if key[1] != MONTHS[3]} | {
                ("*", "*"): truth["iip", MONTHS[3]]
            }
            whole = frozenset()
        case _:
            other = book.create_sheet(chance.choice(["'", "a" * 31, "Σ", "=1", "notes"]))
            other.append([chance.choice(["note", "month", "2020-01"]), chance.choice([1, "iip", None])])
            whole = frozenset()
            truth = truth | {("*", "*"): frozenset([1.0])}
    book.save(file)
    return Case(argv, ("book.xlsx",), truth, "s.duckdb", whole)


def packed(chance: random.Random, folder: Path) -> Case:
    """Parquet, JSON, XML, gzip and other files that are damaged, nested without end, or not what their name says."""
    name, content = chance.choice(OTHERS)(chance)
    if chance.random() < 0.4:
        content = broken(content, chance)
    (folder / name).write_bytes(content)
    return Case(("check", name), (name,))


def _part(change: Callable[[bytes], bytes], name: str) -> Callable[[bytes], bytes]:
    """A workbook with one of its parts changed."""

    def changed(content: bytes) -> bytes:
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as given,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fresh,
        ):
            for part in given.namelist():
                fresh.writestr(part, change(given.read(part)) if part == name else given.read(part))
        return out.getvalue()

    return changed


def _without(name: str) -> Callable[[bytes], bytes]:
    """A workbook that lacks one of its parts."""

    def changed(content: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as fresh:
            for part in given.namelist():
                if part != name:
                    fresh.writestr(part, given.read(part))
        return out.getvalue()

    return changed


def _laughs(_: bytes) -> bytes:
    """Entities that multiply: a billion laughs."""
    entities = ['<!ENTITY a0 "ha">', *(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))]
    head = f'<?xml version="1.0"?><!DOCTYPE x [{"".join(entities)}]>'
    return f"{head}<sst><si><t>&a9;</t></si></sst>".encode()


def _padded(content: bytes) -> bytes:
    """A part that unpacks to 300 MB of blanks."""
    at = content.rindex(b"</")
    return content[:at] + b" " * 300_000_000 + content[at:]


SHEET = "xl/worksheets/sheet1.xml"
BOMBS = (
    _part(_padded, SHEET),
    _part(_laughs, "xl/workbook.xml"),
    _part(_laughs, SHEET),
    _part(lambda content: content.replace(b"<sheetData>", b"<sheetData>" + b"<row>" * 5000), SHEET),
    _part(lambda content: content.replace(b'r="A2"', b'r="A99999999999"'), SHEET),
    _part(lambda content: content.replace(b"<v>", b"<v>9" + b"9" * 400), SHEET),
    _part(lambda _: b"", "xl/workbook.xml"),
    _without("xl/workbook.xml"),
    _without(SHEET),
    _without("[Content_Types].xml"),
    _without("xl/styles.xml"),
)


def _parquet(chance: random.Random) -> tuple[str, bytes]:
    table = pd.DataFrame({"month": MONTHS[:30], "iip": np.arange(30) + 90.5})
    match chance.randrange(5):
        case 0:
            table["iip"] = [float("nan"), float("inf"), *[1e308] * 28]
        case 1:
            table = table.assign(iip=[["a"]] * 30)
        case 2:
            table = pd.DataFrame({f"c{i}": [1.0] for i in range(300)})
        case 3:
            table = table.iloc[:0]
        case _:
            pass
    return "levels.parquet", bytes(table.to_parquet())


def _json(chance: random.Random) -> tuple[str, bytes]:
    deep = chance.choice([50, 100_000])
    told = ["[" * deep + "]" * deep, '{"a":' * deep + "1" + "}" * deep, '{"class":"dataset","value":[1e999]}', "NaN",
            '{"id":["a"],"size":[1000000000],"value":{}}', json.dumps({"x": "y" * 100_000}), "", "[1,"]  # fmt: skip
    return chance.choice([("f.json", ""), ("levels.csv", "")])[0], chance.choice(told).encode()


def _xml(chance: random.Random) -> tuple[str, bytes]:
    deep = chance.choice([50, 100_000])
    told = [_laughs(b""), b"<a>" * deep, b"<?xml version='1.0'?><a/>",
            b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
            b'<?xml version="1.0" encoding="utf-99"?><a/>', b"<html><table><tr><td>1</td></tr></table>"]  # fmt: skip
    return chance.choice(["f.xml", "levels.csv", "book.xlsx"]), chance.choice(told)


def _zipped(chance: random.Random) -> tuple[str, bytes]:
    plain = chance.choice([b"month,iip\n2020-01,1\n" * 3, b"0" * 300_000_000, b"a," * 1_000_000, b""])
    return chance.choice(["levels.csv.gz", "levels.gz"]), gzip.compress(plain, 1, mtime=0)


def _misnamed(chance: random.Random) -> tuple[str, bytes]:
    content = chance.choice([b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"%PDF-1.4", b"PK\x03\x04", bytes(5000),
                             b"PAR1" + bytes(100) + b"PAR1", b"\x1f\x8b", b"\xff\xfe", b"\n" * 9999, b"," * 100_000,
                             b'"' + b"a" * 200_000, b"SQLite format 3\x00"])  # fmt: skip
    return chance.choice(
        ["f.csv", "f.xls", "f.xlsx", "f.parquet", "f", "f.yaml", "f.px", "f.duckdb"]
    ), content


OTHERS = (_parquet, _json, _xml, _zipped, _misnamed)
