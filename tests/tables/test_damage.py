"""Damaged files of every kind: read, or refused in one sentence; never anything else."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from forecast.errors import DataError
from forecast.tables.opening import sheets
from tests.tables.test_formats import xlsb_book
from tests.tables.test_opening import book, ods, page, xls
from tests.tables.test_standards import GENERIC, PX, cube, message


def parquet(path: Path) -> None:
    pd.DataFrame(
        {"month": pd.date_range("2024-01-01", periods=5), "IIP": [98.2, 99.1, 97.4, 1, 2]}
    ).to_parquet(path)


KINDS: dict[str, Callable[[Path], object]] = {
    "xlsx": book,
    "xls": xls,
    "ods": ods,
    "xlsb": lambda path: xlsb_book(path, {(0, 0): (1.0, 0), (0, 1): (0.5, 1), (1, 0): (9.0, 0)}),
    "html": page,
    "parquet": parquet,
    "sdmx": lambda path: path.write_text(GENERIC),
    "px": lambda path: path.write_text(PX),
    "jsonstat": lambda path: path.write_text(json.dumps(cube())),
    "sdmxjson": lambda path: path.write_text(json.dumps(message(flat=True))),
    "csv": lambda path: path.write_text('Tháng;"Toàn ngành"\n2024-01;98,2\n2024-02;99,1\n'),
}


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Cut, overwrite, take out or repeat some of the bytes."""
    data = bytearray(content)
    at = chance.randrange(len(data) + 1)
    how = chance.randrange(4)
    if how == 0:
        return bytes(data[:at])
    if how == 1:
        for _ in range(20):
            data[chance.randrange(len(data))] = chance.randrange(256)
    elif how == 2:
        del data[at : at + chance.randrange(200)]
    else:
        data[at:at] = data[max(0, at - 100) : at] * chance.randrange(30)
    return bytes(data)


def damaged_inside(content: bytes, chance: random.Random) -> bytes:
    """Damage one part of an archive that is whole otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        hit = chance.choice([part for part in old.namelist() if old.getinfo(part).file_size])
        for part in old.namelist():
            new.writestr(part, damaged(old.read(part), chance) if part == hit else old.read(part))
    return out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_read_or_refused_in_a_sentence(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORECAST_MAX_MEMORY", "500")
    monkeypatch.setenv("FORECAST_MAX_SECONDS", "20")
    whole, path = tmp_path / "whole", tmp_path / "file"
    if kind == "ods":
        whole = tmp_path / "whole.ods"
    KINDS[kind](whole)
    content = whole.read_bytes()
    assert sheets(whole)
    for seed in range(12):
        chance = random.Random(f"{kind} {seed}")
        inside = content.startswith(b"PK") and seed % 3 > 0
        path.write_bytes(damaged_inside(content, chance) if inside else damaged(content, chance))
        try:
            sheets(path)
        except DataError as error:
            (sentence,) = error.problems
            assert sentence.startswith("file")
            assert "\n" not in sentence
            assert len(sentence) < 500
