"""Bad tables: levels and figures as text in many layouts, with cells, lines and bytes that should not be there."""

from __future__ import annotations

import random
from pathlib import Path

from tests.hostile.case import MONTHS, Case, Truth, broken

JUNK = (
    "", "-", "n/a", "..", "x", "nan", "NaN", "inf", "-Infinity", "1e308", "1e999", "1e-400", "0", "-1", "1,234,567.8.9",
    "12 34", "9" * 320, "=A1", "#REF!", "(5.1)", "5%", "½", "１２", "٣٫٥", "−4.1", "4.1*", "5.1 (p)", "true", "\x00",
    "a" * 140_000, "\u202e12", "2020-01", "<b>1</b>", "''", '"', "5.1e", "0x1F", "1_0", "--5", "+-5",
)  # fmt: skip
"""Cells that are no number, or only look like one."""

NAMES = ("iip", "mining", "Sản xuất", "a b", "2020", "IP.MAN", "x" * 60, "=1+1", "Σ")


def levels(chance: random.Random, folder: Path) -> Case:
    """A file of levels, some of them spoilt."""
    names = chance.sample(NAMES[:6] if chance.random() < 0.8 else NAMES, chance.choice([1, 1, 2, 4]))
    months = list(MONTHS[: chance.choice([3, 30, 96])])
    values = {
        (name, month): round(80 + 40 * chance.random(), chance.choice([1, 2]))
        for name in names
        for month in months
    }
    rows = [[month, *(f"{values[name, month]:g}" for name in names)] for month in months]
    whole, truth = _spoilt(rows, names, values, chance)
    separator, decimal = chance.choice([(",", "."), (";", ","), ("\t", "."), (";", ".")])
    lines = [separator.join(["month", *names])]
    lines += [separator.join([row[0], *(cell.replace(".", decimal) for cell in row[1:])]) for row in rows]
    places = _written(folder / "levels.csv", lines, chance)
    if places is None:
        return Case(("check", "levels.csv"), ("levels.csv",))
    argv = ("ingest", "s.duckdb", "levels.csv", "--published", "2024-05-30")
    return Case(argv, ("levels.csv",), truth, "s.duckdb", whole)


def figures(chance: random.Random, folder: Path) -> Case:
    """A file of published figures, some of them spoilt."""
    months = list(MONTHS[24 : 24 + chance.choice([2, 12, 36])])
    measures = chance.sample(["mom_pct", "yoy_pct", "ytd_yoy_pct"], chance.choice([1, 2, 3]))
    regions = chance.sample(["north", "south", "vietnam"], chance.choice([1, 2]))
    keys = [
        (f"{region}/total/{measure}", month) for region in regions for measure in measures for month in months
    ]
    values = {key: round(chance.gauss(4, 6), 1) for key in keys}
    rows = []
    for (name, month), value in values.items():
        region, sector, measure = name.split("/")
        rows.append([region, sector, month, measure, f"{value:g}", "2024-05-30", "office"])
    truth = {key: frozenset([value]) for key, value in values.items()}
    whole = frozenset(truth)
    if chance.random() < 0.7:
        at, column = chance.randrange(len(rows)), chance.randrange(7)
        rows[at][column] = chance.choice(JUNK)
        whole, truth = frozenset(), _anything_in_row(truth, keys[at], column, rows[at])
    lines = ["region,sector,period,measure,value,published,source"]
    lines += [",".join(row) for row in rows]
    if _written(folder / "figures.csv", lines, chance) is None:
        return Case(("check", "figures.csv"), ("figures.csv",))
    return Case(("ingest", "s.duckdb", "figures.csv"), ("figures.csv",), truth, "s.duckdb", whole)


def _anything_in_row(truth: Truth, key: tuple[str, str], column: int, row: list[str]) -> Truth:
    """The truth where one row was spoilt: its value may be what the cell says as a number, its name another."""
    others = {k: v for k, v in truth.items() if k != key}
    if column == 4:
        return others | {key: _as_numbers(row[4])}
    return others | {("*", "*"): truth[key]}


def _spoilt(
    rows: list[list[str]], names: list[str], values: dict[tuple[str, str], float], chance: random.Random
) -> tuple[frozenset[tuple[str, str]], Truth]:
    """Spoil a few cells or rows of a table of levels; return what must be read and what may be."""
    truth = {key: frozenset([value]) for key, value in values.items()}
    whole = set(truth)
    for _ in range(chance.choice([0, 1, 1, 2, 5])):
        at, column = chance.randrange(len(rows)), chance.randrange(1, len(names) + 1)
        key = (names[column - 1], rows[at][0])
        match chance.randrange(4):
            case 0 | 1:
                rows[at][column] = chance.choice(JUNK)
                truth[key] = _as_numbers(rows[at][column])
                whole.discard(key)
            case 2:
                rows.append(list(chance.choice(rows)))  # the same month twice, with the same values
            case _:
                month = rows[at][0]
                rows[at][0] = chance.choice(
                    ["", "2015-13", "May", "0000-01", "99999-01", "2015", "total", month]
                )
                if rows[at][0] != month:
                    for name in names:
                        whole.discard((name, month))
                    truth |= {
                        ("*", "*"): frozenset(v for name in names for v in truth.get((name, month), ()))
                    }
                    truth = {k: v for k, v in truth.items() if k[1] != month}
    return frozenset(whole), truth


def _as_numbers(text: str) -> frozenset[float]:
    """The numbers that a careful reader may see in a cell: with a point or a comma, percent or marks aside."""
    plain = text.strip().rstrip("%*").removesuffix("(p)").strip().replace("\u2212", "-").strip("'\"")
    plain = plain.translate({0x202E: None, 0: None, 0x066B: "."})
    found = set()
    for said in (plain, plain.replace(",", "."), plain.replace(",", ""), plain.replace(" ", "")):
        try:
            found.add(float(said) if "_" not in said else float("nan"))
        except ValueError:
            continue
    return frozenset(value for value in found if abs(value) < 1e300)


def _written(file: Path, lines: list[str], chance: random.Random) -> str | None:
    """Write the lines with an encoding and line ends of their own; None where bytes were damaged."""
    if chance.random() < 0.15:
        lines = [chance.choice(["A title", "Bảng 1", ";;;", "# note", "2020"]), *lines]
    if chance.random() < 0.15:
        lines = [*lines, chance.choice(["Source: office", "(1) provisional", ",,,", "Nguồn: Cục Thống kê"])]
    text = chance.choice(["\n", "\r\n", "\r"]).join(lines) + "\n"
    encoding = chance.choices(["utf-8", "utf-8-sig", "utf-16", "utf-32"], weights=[8, 2, 1, 1])[0]
    content = text.encode(encoding, errors="surrogatepass")
    if chance.random() < 0.25:
        file.write_bytes(broken(content, chance))
        return None
    file.write_bytes(content)
    return text
