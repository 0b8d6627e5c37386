"""The two languages say the same things, and print numbers as their readers do."""

from __future__ import annotations

import re
import shutil
import string
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast import report
from forecast.charts import typeface
from forecast.report.words import LANGUAGES, read

EN, VI = LANGUAGES["en"], LANGUAGES["vi"]
SOURCES = Path(report.__file__).parent
WORDS = SOURCES / "words"


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def tables(code: str) -> dict[str, dict[str, object]]:
    """Return every file of a language by its topic."""
    return {
        file.stem: tomllib.loads(file.read_text("utf-8")) for file in sorted((WORDS / code).glob("*.toml"))
    }


def test_both_languages_hold_the_same_sentences_with_the_same_values() -> None:
    english, vietnamese = tables("en"), tables("vi")
    assert {topic: table.keys() for topic, table in english.items()} == {
        topic: table.keys() for topic, table in vietnamese.items()
    }
    differing = {key for key in EN.text if placeholders(EN.text[key]) != placeholders(VI.text[key])}
    assert differing == set()
    assert [least for least, _ in EN.chances] == [least for least, _ in VI.chances]
    assert len(EN.glossary) == len(VI.glossary)


def test_a_sentence_in_two_tables_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "xx"
    shutil.copytree(WORDS / "en", folder)
    assert read(folder).text == EN.text
    (folder / "zebra.toml").write_text('"page.next" = "soon"\n', "utf-8")
    read.cache_clear()
    with pytest.raises(ValueError, match=r'zebra.toml: "page.next" stands in another table too; keep one'):
        read(folder)


def test_no_sentence_is_dead() -> None:
    code = "".join(file.read_text("utf-8") for kind in ("py", "jinja") for file in SOURCES.rglob(f"*.{kind}"))
    by_code = (
        "measure.",
        "rate.",
        "kind.",
        "explain.",
        "model.",
        "setting.",
        "sector.",
        "region.",
        "note.",
        "finding.",
    )
    by_code += (
        "refused.",
        "status.",
        "calendar.",
        "holiday.",
        "risk.direction_",
        "column.",
        "attachment.",
        "choice.",
        "adjusted.",
        "nowcast_model.",
        "nowcast.told_",
    )
    said = {key: key.removesuffix("_calm") for key in EN.text}  # of_kind adds the ending where nothing slumps
    dead = [key for key in EN.text if f'"{said[key]}"' not in code and not key.startswith(by_code)]
    assert dead == []
    columns = [key.removeprefix("column.") for key in EN.text if key.startswith("column.")]
    assert [name for name in columns if f'"{name}"' not in code and f'"column.{name}"' not in code] == []


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_the_bundled_fonts_hold_every_letter(language: object) -> None:
    said = [*language.text.values(), *(word for _, word in language.chances)]
    said += [part for pair in language.glossary for part in pair]
    assert [text for text in said if "\n" not in text and typeface.printable(text) != text] == []


def test_no_sentence_promises_what_a_median_cannot() -> None:
    assert not re.search(
        r"most likely (in|by|month)|will be back|sẽ trở lại", " ".join([*EN.text.values(), *VI.text.values()])
    )


def test_numbers() -> None:
    assert EN.number(1234.56, 1) == "1,234.6"
    assert VI.number(1234.56, 1) == "1.234,6"
    assert VI.percent(-13.49, 1, sign=True) == "−13,5%"
    assert EN.percent(1.84, 2, sign=True) == "+1.84%"
    assert EN.number(-0.04, 1, sign=True) == "0.0"  # a rounded zero has no sign


def test_months_and_days() -> None:
    october = pd.Period("2026-10", "M")
    assert (EN.month(october), VI.month(october)) == (
        "October 2026",
        "tháng 10/2026",
    )
    assert (EN.short(pd.Period("2026-04", "M")), VI.short(pd.Period("2026-04", "M"))) == (
        "Apr 2026",
        "04/2026",
    )
    assert (EN.quarter(pd.Period("2024-03", "M")), VI.quarter(pd.Period("2023-12", "M"))) == (
        "Q1 2024",
        "quý 4/2023",
    )
    assert (EN.day("2024-05-06"), VI.day("2024-05-06")) == ("6 May 2024", "6/5/2024")
    assert (EN.day("2024-05"), VI.day("2024-05")) == ("May 2024", "05/2024")


@pytest.mark.parametrize(
    ("p", "en", "vi"),
    [
        (0.0, "under 1% almost impossible", "dưới 1% gần như không thể"),
        (0.004, "under 1% almost impossible", "dưới 1% gần như không thể"),
        (0.006, "1% very unlikely", "1% rất ít khả năng"),
        (0.335, "34% less likely than not", "34% nghiêng về không"),
        (0.37, "37% less likely than not", "37% nghiêng về không"),
        (0.5, "50% about as likely as not", "50% khả năng có và không gần ngang nhau"),
        (0.56, "56% more likely than not", "56% nghiêng về có"),
        (0.33, "33% unlikely", "33% ít khả năng"),
        (0.66, "66% likely", "66% nhiều khả năng"),
        (0.9, "90% very likely", "90% rất nhiều khả năng"),
        (0.994, "99% virtually certain", "99% gần như chắc chắn"),
        (1.0, "over 99% virtually certain", "trên 99% gần như chắc chắn"),
    ],
)
def test_number_first_word_second(p: float, en: str, vi: str) -> None:
    assert f"{EN.odds(p)} {EN.chance(p)}" == en
    assert f"{VI.odds(p)} {VI.chance(p)}" == vi


@settings(deadline=None, max_examples=200, derandomize=True)
@given(st.floats(0, 1), st.floats(0, 1))
def test_a_greater_chance_never_gets_a_lesser_word(p: float, q: float) -> None:
    order = [word for _, word in EN.chances]
    low, high = sorted((p, q))
    assert order.index(EN.chance(high)) <= order.index(EN.chance(low))


def test_a_code_without_a_word_stays_readable_and_a_title_without_the_language_falls_back() -> None:
    assert VI.name("model", "my_new_model") == "my new model"
    assert VI.label({"en": "Steel"}) == "Steel"
    assert EN.label({"vi": "Thép"}) == "Thép"
    assert VI.label({"en": "Steel", "vi": "Thép"}) == "Thép"


def test_characters_outside_the_fonts_are_marked_and_letters_are_composed() -> None:
    assert typeface.printable("生 x") == "\ufffd x"
    decomposed = "Bắc Ninh"  # ă and acute as separate code points
    assert typeface.printable(decomposed) == "Bắc Ninh"


def test_one_is_said_of_one() -> None:
    said = LANGUAGES["en"].say("return.confirm", window="1", hold="1", lag="0")
    assert "the mean of 1 month stays at or above normal for 1 month in a row" in said
    assert "0.1 months" in LANGUAGES["en"]._of_one("by 0.1 months")
    assert LANGUAGES["en"]._of_one("the first of 1 consecutive months, 21 months, 1 slumps") == (
        "the first of 1 consecutive month, 21 months, 1 slump"
    )
