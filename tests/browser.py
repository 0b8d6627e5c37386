"""Chromium, from the environment variable CHROMIUM or PATH, shows a page; a probe in the page says what it found."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
PHONE = ("--window-size=500,900",)
DARK = ("--blink-settings=preferredColorScheme=0",)
AXE = Path(__file__).parent / "axe" / "axe.min.js"

in_a_browser = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium in PATH or CHROMIUM"),
]


def found(page: Path, seconds: int = 120, dark: bool = False, phone: bool = False) -> Any:
    """Open a page and return the JSON that its script puts into `data-found` of the body.

    dark : in dark mode · phone : in the narrowest window there is, 500 pixels, with the layout of a phone
    """
    assert CHROMIUM is not None
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={page.parent}/profile",
        "--virtual-time-budget=20000", *(DARK if dark else ()),
        *(PHONE if phone else ()), "--dump-dom", page.as_uri(),
    ]  # fmt: skip
    shown = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=True).stdout
    said = re.search(r'<body[^>]*\bdata-found="([^"]*)"', shown)
    assert said is not None, shown[:2000]
    return json.loads(html.unescape(said[1]))
