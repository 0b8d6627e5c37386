"""Data inside the script of a web page, where a label must not be able to end the script or begin another."""

from __future__ import annotations

import json
from typing import Any

_SIGNS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def for_script(data: Any) -> str:
    r"""Return data as JSON that means nothing to a reader of HTML, wherever in a page it stands.

    <, > and & are written as escapes of JSON, and so are the two separators that end a line of a script.

    >>> for_script({"label": "<!--<script> & more"})
    '{"label": "\\u003c!--\\u003cscript\\u003e \\u0026 more"}'
    """
    return json.dumps(data, ensure_ascii=False, allow_nan=False).translate(_SIGNS)
