"""Bad configs: questions and backtests with values, keys, nesting and bytes that no config has, and odd labels."""

from __future__ import annotations

import json
import random
from pathlib import Path

from tests.hostile.case import MONTHS, WORDS, Case, broken

QUESTION = """\
name: q
title: {en: Output, vi: Sản xuất}
as_of: 2022-12-31
target:
  levels: levels.csv
  column: iip
  release_lag_days: 0
horizon: 12
calendar: {country: VN, holidays: [tet]}
normal: {kind: pre_slump_peak, also: trend}
slump: {start: auto, threshold_pct: 7.5}
recovery: {window: 3, hold: 3}
models: [noisy_walk]
annual_targets: {2023: 6.0}
scenarios:
  - {name: baseline}
  - {name: weak, label: {en: Weak, vi: Yếu}, shock: {start: 2023-02, size_pct: -8, half_life: 6}}
  - {name: slow, based_on: weak, slope: {start: 2023-03, growth_pct: 2}}
  - {name: met, condition: [{year: 2023, growth_at_least_pct: -50.0}]}
report: {languages: [en], formats: [html]}
paths: 200
draws: 20
seed: 7
"""

BACKTEST = """\
name: b
title: {en: Panel, vi: Nhóm}
panel:
  levels: levels.csv
  columns: [iip]
  until: 2022-12
  release_lag_days: 0
origins: {after_start: [0, 6], least_follow_up: 1}
truth: latest
horizon: 12
normal: {kind: pre_slump_peak}
slump: {start: auto, threshold_pct: 7.5}
recovery: auto
models: [noisy_walk]
beside: [seasonal_naive]
paths: 200
seed: 7
"""


def question(chance: random.Random, folder: Path) -> Case:
    """A question whose config was changed in one to three places."""
    return _changed(QUESTION, chance, folder)


def backtest(chance: random.Random, folder: Path) -> Case:
    """A backtest whose config was changed in one to three places."""
    return _changed(BACKTEST, chance, folder)


def sound(chance: random.Random, folder: Path) -> Case:
    """A question that looks odd and is right: every key at an unusual value that it may have."""
    _levels(folder)
    text = QUESTION
    for old, values in SOUND.items():
        text = text.replace(old, chance.choice(values))
    (folder / "q.yaml").write_text(text, encoding=chance.choice(["utf-8", "utf-8-sig"]))
    return Case(("check", "q.yaml"), ("q.yaml",))


SOUND = {
    "horizon: 12": ("horizon: 12", "horizon: 0o14", "horizon: 13", "horizon: 60"),
    "calendar: {country: VN, holidays: [tet]}": ("", "calendar: {country: NO}", "calendar: {country: DE}"),
    "kind: pre_slump_peak": (
        "kind: pre_slump_peak",
        "kind: target, level: 99",
        "kind: trend",
        "kind: same_month",
    ),
    "threshold_pct: 7.5": ("threshold_pct: 7.5", "threshold_pct: 1e1", "threshold_pct: 49.999"),
    "{window: 3, hold: 3}": ("{window: 1, hold: 1}", "auto", "{window: 12, hold: 6}"),
    "start: auto": ("start: auto", "start: 2021-09", "start: '2021-09'"),
    "size_pct: -8": ("size_pct: -8", "size_pct: -99.9", "size_pct: 1000000", "size_pct: 0"),
    "half_life: 6": ("half_life: 6", "half_life: 0.01", "half_life: 12000"),
    "growth_pct: 2": ("growth_pct: 2", "growth_pct: -99", "growth_pct: 900"),
    "2023: 6.0": ("2023: 6.0", "2022: 0", "2023: -50, 2022: 1e3"),
    "seed: 7": ("seed: 0", f"seed: {2**63 - 1}", "seed: 0007"),
    "as_of: 2022-12-31": ("as_of: 2022-12-31", "as_of: 2022-12", "", "as_of: 2199-12-31"),
}


def labels(chance: random.Random, folder: Path) -> Case:
    """A question with a title and labels of random letters, now and then answered to the end."""
    _levels(folder)
    texts = [_text(chance) for _ in range(4)]
    text = QUESTION
    for old, new in zip(("Output", "Sản xuất", "Weak", "Yếu"), texts, strict=True):
        text = text.replace(f" {old}", f" {new}")
    (folder / "q.yaml").write_bytes(text.encode("utf-8", errors="surrogatepass"))
    command = "run" if chance.random() < 0.04 else "check"
    return Case((command, "q.yaml"), ("q.yaml",))


def _changed(text: str, chance: random.Random, folder: Path) -> Case:
    _levels(folder)
    for _ in range(chance.choice([1, 1, 2, 3])):
        text = chance.choice(CHANGES)(text, chance)
    content = text.encode("utf-8", errors="surrogatepass")
    if chance.random() < 0.15:
        content = broken(content, chance)
    (folder / "q.yaml").write_bytes(content)
    return Case(("check", "q.yaml"), ("q.yaml", "levels.csv"))


def _levels(folder: Path) -> None:
    rows = [f"{month},{100 + i % 12 - 15 * (80 <= i < 88)}" for i, month in enumerate(MONTHS)]
    (folder / "levels.csv").write_text("month,iip\n" + "\n".join(rows) + "\n", encoding="utf-8")


def _other_value(text: str, chance: random.Random) -> str:
    """Put a hostile scalar in the place of a value."""
    spots = [i for i, sign in enumerate(text) if sign == ":" and text[i + 1 : i + 2] == " "]
    at = chance.choice(spots) + 2
    end = at
    while end < len(text) and text[end] not in ",}]\n":
        end += 1
    return text[:at] + chance.choice(WORDS) + text[end:]


def _other_key(text: str, chance: random.Random) -> str:
    """Misspell, empty or replace a key."""
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    key, colon, rest = lines[at].partition(":")
    key = chance.choice([key + "s", key[:-1], key.upper(), "? [a]", "", "1", '"' + key + '"', key + " "])
    lines[at] = key + colon + rest
    return "".join(lines)


def _other_lines(text: str, chance: random.Random) -> str:
    """Leave out, double, move or indent a line."""
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[at])
        case 2:
            lines[at] = "\t" + lines[at]
        case 3:
            lines[at] = "    " + lines[at]
        case _:
            lines.append(lines.pop(at))
    return "".join(lines)


def _too_much(text: str, chance: random.Random) -> str:
    """Nest, repeat or multiply beyond all measure."""
    deep = chance.choice([20, 900, 20_000])
    match chance.randrange(6):
        case 0:
            return text + f"related: {'[' * deep}{']' * deep}\n"
        case 1:
            return text + "related:\n" + "".join(f"{' ' * (i + 1)}- \n" for i in range(min(deep, 900)))
        case 2:
            names = [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}' if i else 'x'] * 10)}]\n" for i in range(8)]
            return text + "".join(names) + "related: *a7\n"
        case 3:
            chain = [f"  - {{name: s{i}, based_on: s{i + 1}}}\n" for i in range(deep)]
            return text.replace("scenarios:\n", "scenarios:\n" + "".join(chain), 1)
        case 4:
            return text + f"beside: [{', '.join(['sarima'] * deep)}]\n"
        case _:
            return text + f"annual_targets: {{{', '.join(f'{2000 + i}: {i}' for i in range(deep))}}}\n"


def _other_words(text: str, chance: random.Random) -> str:
    """Put a hostile scalar anywhere."""
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(WORDS) + text[at:]


CHANGES = (_other_value, _other_value, _other_value, _other_key, _other_lines, _too_much, _other_words)


def _text(chance: random.Random) -> str:
    """A quoted text of YAML with letters from all over Unicode, or made to break what it is put into."""
    ranges = ((32, 127), (0xA0, 0x250), (0x300, 0x370), (0x590, 0x700), (0x1E00, 0x1F00), (0x2000, 0x2070),
              (0x4E00, 0x4F00), (0xFE00, 0xFF00), (0x1F300, 0x1F600), (0, 32), (0xD800, 0xE000))  # fmt: skip
    letters = []
    for _ in range(chance.choice([1, 5, 30, 30, 200])):
        low, high = chance.choices(ranges, weights=[40, 10, 3, 5, 10, 3, 5, 2, 3, 0.05, 0.02])[0]
        letters.append(chr(chance.randrange(low, high)))
    text = "".join(letters)
    if chance.random() < 0.3:
        text = (
            chance.choice(
                ["<!--<script>", '"]}', "#let x = {", "$\\frac{", "=cmd|' /C calc'!A0", "{0.__class__}"]
            )
            + text
        )
    return json.dumps(text, ensure_ascii=False)
