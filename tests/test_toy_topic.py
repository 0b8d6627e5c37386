"""A question is a column: a new topic is told by eight files at most, in a copy of the package with a toy added."""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).parents[1]

NEW = {
    "outcome/weather.py": '''"""Days of frost, which close building sites."""

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Month, Number


@dataclass(frozen=True, config=STRICT)
class Weather:
    """Frost in one month."""

    month: Month
    days: Number
''',
    "answers/weather.py": '''"""Days of frost, counted."""

from forecast.answers.case import Case
from forecast.outcome import Weather


def weather(case: Case) -> Weather:
    """Return a day of frost for each month of the horizon."""
    return Weather(case.estimate.history.origin, float(case.estimate.plan.horizon))
''',
    "report/chapters/weather.py": '''"""Days of frost, told and drawn."""

from functools import partial

from forecast.charts.style import frame, styled
from forecast.report.blocks import Chart, Column, Heading, table


def section(outcome, language):
    """Return the frost; nothing where none was counted."""
    if outcome.weather is None:
        return []
    frost = language.number(outcome.weather.days, 0)
    said = language.say("weather.heading", month=language.month(outcome.weather.month), days=frost)
    return [
        Heading(said, language.text["weather.section"]),
        Chart("weather", said, partial(_draw, said)),
        table(said, (Column(said),), [(frost,)]),
    ]


def _draw(said):
    with styled():
        return frame(said, "", "", 100.0).figure
''',
    "report/words/en/weather.toml": '"weather.section" = "Frost"\n"weather.heading" = "Frost from {month}: {days} d"\n',
    "report/words/vi/weather.toml": '"weather.section" = "Sương"\n"weather.heading" = "Sương từ {month}: {days} n"\n',
}
LINES = {
    "outcome/__init__.py": (
        ("from forecast.outcome.watch import", "from forecast.outcome.weather import Weather\n"),
        ("    without: Without | None = None\n", "    weather: Weather | None = None\n"),
    ),
    "answers/__init__.py": (
        ('    "without":', '    "weather": lambda case: weather.weather(case),\n'),
        ("    watch,\n)", "    weather,\n"),
    ),
    "report/chapters/__init__.py": (
        ("    watch,\n)", "    weather,\n"),
        ("    targets.section,\n", "    weather.section,\n"),
    ),
}
PROOF = """
from dataclasses import replace
from types import SimpleNamespace as Made

import forecast
from forecast import report
from forecast.answers import ANSWERS
from forecast.outcome import Outcome
from forecast.report import csvs, pictures
from forecast.report.document import compose
from forecast.report.words import LANGUAGES
from tests.report import sample

plain = sample.usual()
case = Made(estimate=Made(history=Made(origin=plain.origin), plan=Made(horizon=36)))
outcome = replace(plain, weather=ANSWERS["weather"](case))
assert Outcome.from_json(outcome.to_json()) == outcome
assert '"weather": {\\n  "month": "2024-04",\\n  "days": 36.0\\n }' in outcome.to_json()
for code, said in (("en", "Frost from April 2024: 36 d"), ("vi", "Sương từ tháng 4/2024: 36 n")):
    language = LANGUAGES[code]
    own = {block for block in compose(outcome, language).blocks} - set(compose(plain, language).blocks)
    assert {type(block).__name__ for block in own} == {"Heading", "Chart", "Table"}, own
    assert said in pictures.draw(outcome, language)["weather"]
print(forecast.__file__)
"""


def test_a_topic_is_added_by_eight_files(tmp_path: Path) -> None:
    package = tmp_path / "forecast"
    shutil.copytree(REPO / "forecast", package, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in NEW.items():
        (package / name).write_text(text, "utf-8")
    for name, lines in LINES.items():
        text = (package / name).read_text("utf-8")
        for before, line in lines:
            assert text.count(before) == 1, (name, before)
            text = text.replace(before, line + before)
        (package / name).write_text(text, "utf-8")
    touched = [
        file
        for file in package.rglob("*")
        if file.is_file() and not _same(file, REPO / "forecast" / file.relative_to(package))
    ]
    assert len(touched) == len(NEW) + len(LINES) <= 8
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(REPO)])}
    done = subprocess.run(
        [sys.executable, "-c", PROOF],
        capture_output=True, text=True, check=False, cwd=tmp_path, env=environment, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).parent == package


def _same(file: Path, original: Path) -> bool:
    return original.exists() and filecmp.cmp(file, original, shallow=False)
