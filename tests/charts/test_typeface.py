"""The bundled fonts hold what they say, and nothing heavy is loaded before a report is written."""

from __future__ import annotations

import subprocess
import sys

from fontTools.ttLib import TTFont

from forecast.charts import typeface
from forecast.report.words import LANGUAGES


def test_the_list_of_characters_is_what_all_fonts_hold() -> None:
    fonts = [TTFont(file) for file in typeface.FILES]
    held = set.intersection(*(set(font.getBestCmap()) for font in fonts))
    listed: set[int] = set()
    for line in (typeface.FOLDER / "coverage.txt").read_text("ascii").split():
        first, last = line.split("-")
        listed.update(range(int(first, 16), int(last, 16) + 1))
    assert listed == held
    assert {ord(c) for text in LANGUAGES["vi"].text.values() for c in text} - {ord("\n")} <= held


def test_the_feature_that_breaks_copied_text_is_gone() -> None:
    for file in typeface.FILES:
        font = TTFont(file)
        features = [
            r.FeatureTag
            for table in ("GSUB", "GPOS")
            if table in font
            for r in font[table].table.FeatureList.FeatureRecord
        ]
        assert "kern" in features
        assert "ccmp" not in features


def test_the_fonts_stay_small_and_carry_their_licence() -> None:
    assert sum(file.stat().st_size for file in typeface.FILES) < 400_000
    assert "SIL Open Font License" in (typeface.FOLDER / "OFL.txt").read_text("utf-8")


def test_nothing_heavy_is_loaded_before_a_report_is_written() -> None:
    code = "import sys, forecast.report; print(sorted({'matplotlib', 'typst'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
