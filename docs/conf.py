"""The documentation site: Sphinx with Markdown pages, built without network by `make docs`."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import generated  # noqa: E402 - found beside this file

import forecast  # noqa: E402

project = "iip-forecast"
copyright = "the iip-forecast developers, BSD-3-Clause"
version = release = forecast.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_default_options = {"members": True}
smartquotes = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88

html_theme = "alabaster"
html_title = "iip-forecast"
html_static_path = ["_static"]
html_show_sourcelink = False
html_theme_options = {
    "description": "When is industrial output back at its normal scale?",
    "fixed_sidebar": True,
    "page_width": "70rem",
    "sidebar_width": "16rem",
    "font_family": "system-ui, 'Noto Sans', sans-serif",
    "head_font_family": "system-ui, 'Noto Sans', sans-serif",
    "font_size": "1rem",
    "sidebar_collapse": True,
}
html_sidebars = {"**": ["about.html", "navigation.html", "searchfield.html"]}


def setup(app):  # noqa: ANN001, ANN201 - Sphinx calls it by name
    """Fill in the parts that are made from the program itself."""
    app.connect("source-read", generated.fill)
    app.connect("autodoc-process-docstring", generated.as_restructured_text)
    app.connect("autodoc-process-signature", generated.plain_signature)
    app.connect("doctree-resolved", generated.readable_types)
