"""Reports asked again: damaged folders, odd levers, and configs that a scenario cannot be written into."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from forecast.again import whatif
from forecast.again.growth import needed_told
from tests.again.folder_of import CONFIG, DAY, report_in
from tests.hostile.case import WORDS, Case, broken

LEVERS = ("--shock", "--slope", "--year", "--year-average", "--next", "--judge", "--normal", "--rule")
SLOPE = ("--slope", "2024-07:2")
GROWTH = ("--year", "2024", "--growth", "6", "--quarters", ",4,7,9", "--sector", "steel=9")
FILES = ("report.json", "manifest.json", "paths.parquet", "sectors.parquet")

NUMBERS = (
    "nan", "inf", "-inf", "1e308", "-1e308", "1e-400", "-100", "-101", "-99.999999", "1000000", "1000001", "0", "-0",
    "1_0", "٣", "", " ", "−8", "--8", "0x8", "9" * 400, "6,5", "6%", "True", "null", "1e6", "5e-324",
)  # fmt: skip
MONTHS = (
    "2024-07", "2024-05", "2024-04", "1700-01", "0000-01", "0001-01", "9999-12", "2024-13", "2027-09", "2027-10",
    "2024Q3", "2024-7", "nan", "2024-W1", "-024-07", "2024 07", "٢٠٢٤-٠٧", "", "NaT-123",
)  # fmt: skip
YEARS = (
    "2024",
    "2025",
    "2026",
    "2027",
    "2028",
    "2023",
    "1700",
    "0",
    "-1",
    "9" * 30,
    "2024.0",
    "",
    "nan",
    "٢٠٢٤",
)


def whatif_of(chance: random.Random, folder: Path) -> Case:
    """`whatif` on a damaged report, with odd levers, or with a scenario to be saved where it cannot be."""
    place = _copied(folder)
    match chance.randrange(4):
        case 0 | 1:
            sound = _damaged(place, chance, answer_whatif)
            return Case(("whatif", "made.yaml", *SLOPE), PLACES, said=sound, untouched=True)
        case 2:
            typed = [word for _ in range(chance.choice([1, 1, 2, 4])) for word in _lever(chance)]
            more = [
                ("--as-of", chance.choice(WORDS)),
                ("--reports", chance.choice(WORDS)),
                (),
                (),
                (),
                (),
                (),
            ]
            argv = _without_nul(("whatif", "made.yaml", *typed, *chance.choice(more)))
            return Case(argv, ("--", "scenario whatif", *PLACES), untouched=True)
        case _:
            (folder / "made.yaml").write_bytes(_config(chance))
            name = chance.choice(
                [*WORDS, "mine", "baseline", "a b", "x: y", "new\nline", "#", "weak", "é", "2024"]
            )
            argv = _without_nul(("whatif", "made.yaml", *SLOPE, f"--save={name}"))
            return Case(argv, PLACES, untouched=True)


def needed_of(chance: random.Random, folder: Path) -> Case:
    """`needed` on a damaged report, or with words that are no year, growth, plan or sector."""
    place = _copied(folder)
    if chance.random() < 0.5:
        sound = _damaged(place, chance, answer_needed)
        return Case(("needed", "made.yaml", *GROWTH), PLACES, said=sound, untouched=True)
    number = chance.choice
    plan = ",".join(
        number(NUMBERS) if chance.random() < 0.3 else "5" for _ in range(chance.choice([4, 4, 3, 5, 1]))
    )
    sector = f"{number(['steel', 'paper', 'nil', '', 'total', '<b>'])}={number([*NUMBERS, '9', '9', '9'])}"
    argv = [
        "needed", "made.yaml", f"--year={number([*YEARS, '2024', '2024', '2025'])}",
        f"--growth={number([*NUMBERS, '6', '6', '6', '6'])}",
        *number([(), (f"--quarters={plan}",)]), *number([(), (f"--sector={sector}",), (f"--sector={number(WORDS)}",)]),
    ]  # fmt: skip
    return Case(_without_nul(tuple(argv)), ("--", *PLACES), untouched=True)


PLACES = ("made",)


def answer_whatif(folder: Path) -> tuple[str, ...]:
    """The lines of `whatif` on a report that is whole."""
    return tuple(whatif(folder / "made.yaml", {SLOPE[0]: [SLOPE[1]]}, folder / "reports"))


def answer_needed(folder: Path) -> tuple[str, ...]:
    """The lines of `needed` on a report that is whole."""
    return tuple(needed_told(folder / "made.yaml", 2024, "6", ",4,7,9", ["steel=9"], folder / "reports"))


@cache
def _answered(answer: Callable[[Path], tuple[str, ...]], folder: Path) -> tuple[str, ...]:
    return tuple(line.replace(f"{folder}{os.sep}", "") for line in answer(folder))


def _copied(folder: Path) -> Path:
    """Copy a report that is whole, made once for all cases, into a case's folder; return the folder of its day."""
    whole = folder.parent / "of_reports"
    if not whole.exists():
        whole.mkdir()
        report_in(whole)
    shutil.copytree(whole, folder, dirs_exist_ok=True)
    return folder / "reports" / "made" / DAY


def _damaged(
    place: Path, chance: random.Random, answer: Callable[[Path], tuple[str, ...]]
) -> frozenset[str] | None:
    """Damage a file of a report; return what a right answer says, None where the damage may be read as another's."""
    whole = place.parents[2].with_name("of_reports")
    text = "\n".join(_answered(answer, whole)) + "\n"
    note = "made.yaml has changed since this report; `forecast run made.yaml` makes a new one\n"
    right = frozenset({text, text + note})
    match chance.randrange(6):
        case 0:
            file = place / chance.choice(FILES)
            file.write_bytes(broken(file.read_bytes(), chance))
            return right if file.suffix == ".parquet" else None
        case 1:
            file = place / chance.choice(FILES)
            file.unlink()
            _instead(file, chance)
            return None if file.name == "sectors.parquet" or file.suffix == ".json" else right
        case 2:
            file = place / chance.choice(["report.json", "report.json", "manifest.json"])
            told = json.loads(file.read_text("utf-8"))
            _changed(told, chance)
            file.write_text(json.dumps(told), "utf-8")
            return None
        case 3 | 4:
            file = place / chance.choice(["paths.parquet", "paths.parquet", "sectors.parquet"])
            table = chance.choice(TABLES)(pd.read_parquet(file), chance)
            with contextlib.suppress(ValueError, TypeError):
                table.to_parquet(file, index=False)
            return None
        case _:
            text = CONFIG.replace("Made", chance.choice(["<!--<script>", "\\u202e", "{0}", "x" * 9000]))
            (place.parents[2] / "made.yaml").write_text(text, "utf-8")
            return right


def _instead(file: Path, chance: random.Random) -> None:
    """Put something else in the place of a file, or nothing."""
    match chance.randrange(5):
        case 0:
            file.mkdir()
        case 1:
            file.symlink_to(file.name)
        case 2:
            deep = chance.choice([50, 2_000, 100_000])
            file.write_text(chance.choice(["[" * deep + "]" * deep, '{"rule":' * deep + "1" + "}" * deep]))
        case 3:
            with file.open("wb") as opened:
                opened.truncate(3_000_000_000)
        case _:
            pass


STRANGE = (None, "", "x", -1, 0, 2**70, 1e308, float("nan"), float("inf"), True, [], {}, [[]], {"a": 1}, "0000-01",
           "9999-12", "2024-13", "\ud800", "a" * 100_000)  # fmt: skip


def _changed(told: object, chance: random.Random) -> None:
    """Put something strange in the place of a value somewhere in a tree, or leave it out."""
    while True:
        keys = (
            list(told) if isinstance(told, dict) else list(range(len(told))) if isinstance(told, list) else []
        )
        key = chance.choice(keys)
        inner = told[key]  # type: ignore[index]
        if isinstance(inner, dict | list) and inner and chance.random() < 0.7:
            told = inner
        elif chance.random() < 0.3:
            del told[key]  # type: ignore[attr-defined]
            return
        else:
            told[key] = chance.choice(STRANGE)  # type: ignore[index]
            return


def _cell(table: pd.DataFrame, chance: random.Random) -> pd.DataFrame:
    """A value that no path has."""
    column = chance.choice(list(table.columns[2:]))
    table.loc[chance.randrange(len(table)), column] = chance.choice(
        [np.nan, np.inf, -np.inf, -1.0, 0.0, 1e38]
    )
    return table


def _renamed(table: pd.DataFrame, chance: random.Random) -> pd.DataFrame:
    names = list(table.columns)
    at = chance.randrange(len(names))
    names[at] = chance.choice(["x", "2024-13", "1700-01", names[at - 1], "", "2031-07"])
    return table.set_axis(names, axis=1)


def _retyped(table: pd.DataFrame, chance: random.Random) -> pd.DataFrame:
    column = chance.choice(list(table.columns))
    return table.assign(
        **{column: chance.choice([lambda t: t[column].astype(str), lambda _: None, lambda _: 2**40])}
    )


TABLES: tuple[Callable[[pd.DataFrame, random.Random], pd.DataFrame], ...] = (
    _cell,
    _cell,
    _renamed,
    _renamed,
    _retyped,
    _retyped,
    lambda table, _: table.iloc[:0],
    lambda table, chance: table.iloc[: chance.randrange(len(table))],
    lambda table, chance: table.iloc[chance.randrange(len(table)) :],
    lambda table, chance: table.drop(columns=chance.choice(list(table.columns))),
    lambda table, chance: table.iloc[:, : chance.randrange(1, len(table.columns))],
    lambda table, chance: table[chance.sample(list(table.columns), len(table.columns))],
    lambda table, _: table[table["kind"] == "path"],
    lambda table, _: table[table["kind"] == "normal"],
    lambda table, _: table.sample(frac=1.0, random_state=1),
)


def _lever(chance: random.Random) -> tuple[str, ...]:
    """A lever with a month, year, number or word that may be none."""
    lever, number, month = (
        chance.choice(LEVERS),
        chance.choice([*NUMBERS, "6", "-8", "40"]),
        chance.choice(MONTHS),
    )
    said = {
        "--shock": f"{month}:{number}{chance.choice(['', ':6', ':', ':0', ':nan', ':1e-300', ':6:6'])}",
        "--slope": f"{month}:{number}",
        "--year": f"{chance.choice(YEARS)}={number}",
        "--year-average": f"{chance.choice(YEARS)}={number}",
        "--next": f"{chance.choice(['', month + ':'])}{chance.choice(['yoy', 'mom', 'ytd', 'x', ''])}={number}",
        "--judge": f"{month}={number}",
        "--normal": f"{chance.choice(['trend', 'target', 'same_month', '', 'x'])}{chance.choice(['', ':' + number])}",
        "--rule": chance.choice(["3:6", "0:0", "13:6", "1:1", "x:1", "3", "3:6:1", "1e1:1", "٣:٣", "-1:2"]),
    }[lever]
    return (f"{lever}={chance.choice([said] * 6 + [chance.choice(WORDS)])}",)


def _config(chance: random.Random) -> bytes:
    """A config whose scenarios are written in a way of its own."""
    head, _, _ = CONFIG.partition("scenarios:")
    scenarios = chance.choice([
        "scenarios: [{name: baseline}]\n", "scenarios: []\n", "scenarios:\n", "scenarios: null\n", "scenarios: x\n",
        "scenarios: {name: baseline}\n", "", "scenarios:\n- name: baseline\n- &a {name: weak}\n- *a\n",
        "scenarios:\n  - name: baseline # one\n  # two\n", "scenarios: [{name: baseline}, # one\n  {name: b}]",
        "scenarios:\n  - {name: baseline}\n...\n", "scenarios:\n  - {name: baseline}\n---\nname: other\n",
        '"scenarios":\n    - {name: baseline}', "scenarios: &s\n  - {name: baseline}\nmodels: *s\n",
        "? scenarios\n: - {}\n",
        "<<: {scenarios: [{name: baseline}]}\n", "scenarios:\n" + "".join(f"{' ' * i}-\n" for i in range(1, 2_000)),
        "scenarios: " + 2_000 * "[" + 2_000 * "]", "scenarios: [{name: b, title: |\n   x}]\n", "scenarios: !!seq []\n",
    ])  # fmt: skip
    text = chance.choice(["", "\ufeff", "%YAML 1.1\n---\n", "---\n"]) + head + scenarios
    content = text.replace("\n", chance.choice(["\n", "\n", "\r\n", "\r"])).encode(
        chance.choice(["utf-8"] * 5 + ["utf-16"])
    )
    return broken(content, chance) if chance.random() < 0.2 else content


def _without_nul(argv: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.replace("\0", "") for word in argv)
