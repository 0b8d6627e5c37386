"""`locale`: what CLDR says of a language, by way of babel: the names of its months and countries."""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

_NO_ZONE = (ValueError, OSError, EOFError, LookupError, struct.error)
"""What babel raises while it is imported where TZ, or the machine itself, names a file that is no zone of time."""


def locale(code: str) -> Locale:
    """Return a language by its code, whatever zone of time the machine says to be in: no word hangs on that.

    >>> locale("vi").territories["VN"]
    'Việt Nam'
    """
    try:
        import babel.localtime  # noqa: F401
    except _NO_ZONE:
        _import_in_utc()
    from babel import Locale

    return Locale.parse(code)


def _import_in_utc() -> None:
    """Import what asks for the zone while it is UTC, as the clock counts where there is none."""
    said = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    try:
        import babel.localtime  # noqa: F401
    finally:
        if said is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = said
