"""XML in its plainest writing: the same content, without the freedoms at which readers of single cells stop.

A number may lie in a workbook in pieces, as "89&#46;1", as <![CDATA[89.1]]> or around a comment, and is one text all
the same; a reader that takes the first piece makes 89 of it.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from forecast.tables.opening.spots import DamagedError

_REFERENCE = re.compile(rb"<\w(?:[^<>&]|&(?!#))*+&#|<(?:\w+:)?v\b[^<]*&#")
"""A letter by its number in an attribute or a value; in other texts every reader knows it, and some write no other."""
_SINGLE = re.compile(rb"<\w(?:[^<>=]|=(?!'))*+='")


def plain(xml: bytes) -> bytes:
    """Return XML with every value in one piece and every attribute in double quotes; most is so and is given back.

    Raises ElementTree.ParseError for XML that is not whole, DamagedError for words of its own, which may unfold to any
    length and which no workbook has.

    >>> plain(b"<v>89&#46;<!-- revised -->1</v>"), plain(b"<v><![CDATA[89.1]]></v>"), plain(b"<c r='B2'/>")
    (b'<v>89.1</v>', b'<v>89.1</v>', b'<c r="B2"></c>')
    >>> plain(b"<?xml version='1.0'?><t>Th&#225;ng</t>")
    b"<?xml version='1.0'?><t>Th&#225;ng</t>"
    """
    in_pieces = b"<!" in xml or xml.find(b"<?", 2) > 0
    by_number = b"&#" in xml and _REFERENCE.search(xml) is not None
    if not in_pieces and not by_number and (b"='" not in xml or _SINGLE.search(xml) is None):
        return xml
    written: list[str] = []
    parser = ElementTree.XMLParser(target=_Plain(written.append))
    parser.feed(xml)
    parser.close()
    return "".join(written).encode()


class _Plain(ElementTree.C14NWriterTarget):
    """Write XML in its canonical form, without instructions to programs."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Leave out an instruction, which parts no text."""

    def doctype(self, name: str, public: str, system: str) -> None:
        """Refuse a declaration of words."""
        raise DamagedError("a part of it declares a document type")
