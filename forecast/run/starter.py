"""A working starter folder: a question, its data and a page on how to put your own in."""

from __future__ import annotations

import re
import shutil
from importlib.resources import as_file, files
from pathlib import Path

from forecast.config import WORD
from forecast.errors import ConfigError
from forecast.places import nowhere
from forecast.run.folder import beside
from forecast.tables import latin


def init(name: str) -> Path:
    """Make the folder `name` with a question.yaml that runs as it is.

    Raises ConfigError where the name is no plain word or the folder already exists.
    """
    folder = Path(name)
    if not re.fullmatch(WORD, folder.name):
        right = latin(folder.name)
        remedy = f"; write forecast init {folder.with_name(right)}" if right else ""
        raise ConfigError(
            f'"{folder.name}" cannot name a question; use lower-case letters, digits and _{remedy}'
        )
    if wrong := nowhere(folder):
        raise ConfigError(f"{folder}: {wrong}; choose another name or remove that link")
    if folder.exists():
        raise ConfigError(f"{folder}: already exists; choose another name or remove it")
    with beside(folder) as fresh:
        with as_file(files("forecast") / "starter") as starter:
            for file in sorted(path for path in starter.rglob("*") if path.is_file()):
                copy = fresh / file.relative_to(starter)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
        for question in fresh.glob("*.yaml"):
            text = question.read_text(encoding="utf-8").replace("name: starter", f"name: {folder.name}")
            question.write_text(text, encoding="utf-8")
        fresh.rename(folder)  # refused where another made the folder meanwhile
    return folder
