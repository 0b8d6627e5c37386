"""The text of a config: values and their lines, and where a list stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.errors import ConfigError
from forecast.yaml_text import as_text, list_at, parsed

FILE = Path("q.yaml")
LEAVES = st.text(st.characters(codec="ascii", categories=("L", "Nd")), min_size=1, max_size=5)
ITEMS = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3), max_leaves=6)
TREES = st.dictionaries(LEAVES, ITEMS, min_size=1)


@settings(max_examples=25)
@given(tree=TREES)
def test_what_is_written_is_read_back_as_texts_with_a_line_for_each_key(tree: dict[str, object]) -> None:
    read, lines, problems = parsed(as_text(tree).encode(), FILE)
    assert read == tree
    assert problems == []
    assert [lines[(key,)] for key in tree] == sorted(lines[(key,)] for key in tree)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("k: [a, b]  # c\nz: 1\n", "k: [a, b", "]  # c\nz: 1\n"),
        ("k: []\n", "k: [", "]\n"),
        ("z: 1\nk:\n  - a\n  - {b: c}\nx: 2\n", "z: 1\nk:\n  - a\n  - {b: c}", "\nx: 2\n"),
    ],
)
def test_a_list_ends_where_another_entry_would_begin(text: str, before: str, after: str) -> None:
    held = list_at(text, "k")
    assert held is not None
    assert (text[: held.end], text[held.end :]) == (before, after)
    assert (held.in_brackets, held.empty) == ("[" in text, "[]" in text)
    assert list_at(text, "nowhere") is None


def test_a_list_behind_dashes_stands_in_a_column() -> None:
    assert list_at("k:\n   - a\n", "k") == (False, False, 3, 9)


def test_a_key_given_twice_is_told_with_the_line_of_the_second() -> None:
    assert parsed(b"a: 1\nb: 2\na: 3\n", FILE)[2] == ["q.yaml:3: a: given twice; keep one"]


def test_what_is_no_mapping_is_refused_with_what_is_wanted() -> None:
    with pytest.raises(ConfigError) as refused:
        parsed(b"- a\n", FILE)
    assert refused.value.problems == (
        "q.yaml: is empty or no mapping; expected keys such as name, title, target",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "title: Output: a title\n",
            "q.yaml:1: not valid YAML: mapping values are not allowed here; put a text that",
        ),
        (
            "a:\n\tb: 1\n",
            "q.yaml:2: not valid YAML: found character '\\t' that cannot start any token; indent with",
        ),
        ("a: 1\nb:\u00a02\nc: 3\n", "line 2 holds a no-break space, write a plain one"),
        ("a: 1\nb:2\nc: 3\n", "could not find expected ':'; write key: value, with a space after the colon"),
    ],
)
def test_a_text_that_is_no_yaml_is_told_with_how_to_mend_it(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        parsed(text.encode(), Path("q.yaml"))
    assert said in str(refused.value)
