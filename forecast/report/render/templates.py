"""Pages from their templates, in which every value is escaped but for those marked `safe`. The only door to Jinja."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2

FOLDER = Path(__file__).parent


def filled(name: str, **values: object) -> str:
    """Return the template `<name>.html.jinja` with its values. Raises UndefinedError for one that is not given."""
    return _environment().get_template(f"{name}.html.jinja").render(values)


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
