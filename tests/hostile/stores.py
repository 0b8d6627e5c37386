"""Damaged stores and histories, and command lines with words that no command means."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import duckdb
import pandas as pd

from forecast.vintages import Store
from forecast.vintages.beside import kept
from tests.hostile.case import MONTHS, WORDS, Case, Truth, broken
from tests.hostile.configs import QUESTION, _levels

HELD = {("iip", month): 90.0 + i for i, month in enumerate(MONTHS[:60])}
NEW = {("new", month): 50.0 + i for i, month in enumerate(MONTHS[:20])}


def whole(place: Path) -> Path:
    """Make a store that is whole, once for all cases."""
    file = place / "s.duckdb"
    if not file.exists():
        months = pd.PeriodIndex([month for _, month in HELD], freq="M")
        level = pd.Series(list(HELD.values()), index=months, name="iip")
        Store(file).add(level.iloc[:50], "2020-01-15")
        Store(file).add(level, "2020-06-15")
    return file


def store(chance: random.Random, folder: Path) -> Case:
    """A damaged store, with the copy of its last state or without, asked or added to."""
    file = folder / "s.duckdb"
    given = whole(folder.parent)
    shutil.copy(given, file)
    copied = chance.random() < 0.5
    if copied:
        shutil.copy(kept(given), kept(file))
    if chance.random() < 0.7:
        content = broken(given.read_bytes(), chance)
        if chance.random() < 0.5:  # in the pages that hold the tables
            content = bytearray(given.read_bytes())
            at = 12288 + chance.randrange(len(content) - 12288)
            content[at : at + 5000] = chance.randbytes(len(content[at : at + 5000]))
        file.write_bytes(bytes(content))
    else:
        with duckdb.connect(str(file)) as connection:
            connection.execute(chance.choice(STATEMENTS))
    if chance.random() < 0.5:
        return Case(("check", "s.duckdb"), ("s.duckdb",))
    lines = ["month,new", *(f"{month},{value}" for (_, month), value in NEW.items())]
    (folder / "new.csv").write_text("\n".join(lines) + "\n")
    truth: Truth = {key: frozenset([value]) for key, value in (HELD | NEW).items()}
    argv = ("ingest", "s.duckdb", "new.csv", "--published", "2024-05-30")
    return Case(argv, ("s.duckdb",), truth, "s.duckdb", frozenset(NEW))


STATEMENTS = (
    "DROP TABLE prints",
    "DROP TABLE about",
    "DROP TABLE series",
    "DROP TABLE releases",
    "DROP TABLE states",
    "DELETE FROM states",
    "ALTER TABLE prints DROP COLUMN value",
    "ALTER TABLE prints RENAME COLUMN rank TO range",
    "ALTER TABLE series DROP COLUMN kind",
    "ALTER TABLE releases ALTER complete TYPE VARCHAR",
    "UPDATE about SET format = 99",
    "DELETE FROM about",
    "DELETE FROM series",
    "CREATE TABLE more (a INTEGER)",
)


def history(chance: random.Random, folder: Path) -> Case:
    """A question whose history is damaged or something else."""
    _levels(folder)
    (folder / "q.yaml").write_text(
        QUESTION.replace("as_of: 2022-12-31", "as_of: 2021-06-30"), encoding="utf-8"
    )
    place = folder / "reports/q"
    place.mkdir(parents=True)
    file = place / "history.parquet"
    table = pd.DataFrame({"as_of": ["2020-01-31"], "origin": ["2020-01"], "seed": [1]})
    match chance.randrange(4):
        case 0:
            file.write_bytes(broken(bytes(table.to_parquet()), chance))
        case 1:
            file.write_bytes(chance.choice([b"", b"PAR1", bytes(5000), b"as_of\n2020-01-31\n"]))
        case 2:
            file.mkdir()
        case _:
            file.write_bytes(bytes(table.to_parquet()))
    return Case(("run", "q.yaml"), ("history.parquet",))


def command(chance: random.Random, folder: Path) -> Case:
    """A command line with an option, or an argument, that means nothing."""
    _levels(folder)
    (folder / "q.yaml").write_text(QUESTION, encoding="utf-8")
    (folder / "file").write_text("x")
    word = chance.choice([w for w in WORDS if "\0" not in w and w])
    argv = chance.choice(
        [
            ("run", "q.yaml", "--as-of", word),
            ("run", "q.yaml", "--lang", word),
            ("run", "q.yaml", "--jobs", chance.choice(["0", "-1", "x", "1e3", word])),
            ("run", "q.yaml", "--out", "file"),
            ("run", "q.yaml", "--out", "/proc/nowhere"),
            ("run", "q.yaml", "no.yaml"),
            ("run", "q.yaml", "q.yaml"),
            ("run", word),
            ("check", word),
            ("check", "levels.csv", "--sheet", word),
            ("check", "levels.csv", "--decimal", word),
            ("check", "levels.csv", "--column", word),
            ("check", "/dev/zero"),
            ("check", "/dev/full"),
            ("ingest", "s.duckdb", "levels.csv", "--published", word),
            ("ingest", "file", "levels.csv", "--published", "2024-05-30"),
            ("ingest", "/dev/full", "levels.csv", "--published", "2024-05-30"),
            ("ingest", ".", "levels.csv", "--published", "2024-05-30"),
            ("ingest", "s.duckdb", word, "--published", "2024-05-30"),
            ("score", "levels.csv", "--reports", word),
            ("nowcast", "q.yaml", "--as-of", word),
            ("nowcast", "q.yaml", "--since", word),
            ("backtest", "q.yaml"),
            ("backtest", word),
            ("reconstruct", "levels.csv", "--region", word),
            ("init", word),
            (word,),
            (),
        ]
    )
    return Case(argv, ("",))
