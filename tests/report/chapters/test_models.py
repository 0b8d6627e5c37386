"""The models of the pool: each with its own date in a slump, and with none where nothing slumps."""

from __future__ import annotations

from dataclasses import replace

from forecast.report.chapters import models
from forecast.report.words import LANGUAGES
from tests.report import sample

EN = LANGUAGES["en"]


def test_each_model_has_its_own_date_in_a_slump_and_none_where_nothing_slumps() -> None:
    usual = sample.usual()
    slumping, calm = (sample.tables(models.section(of, EN))[0] for of in (usual, replace(usual, slump=None)))
    heads = [[column.title for column in of.columns] for of in (slumping, calm)]
    assert heads[0][2:5] == [EN.text["column.half"], EN.text["column.within_12"], heads[0][4]]
    assert heads[1] == [*heads[0][:2], heads[0][-1]]
    for of, columns in zip((slumping, calm), heads, strict=True):
        (group,) = of.groups
        assert [len(row) for row in group.rows] == [len(columns)] * len(usual.models)
