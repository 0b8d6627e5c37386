"""The parts a document is made of: text ready to print, free of any page format; pictures are drawn when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Heading:
    """Open a part of the document with its message, under a short name."""

    text: str
    section: str = ""
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Hold one paragraph; `style` is "lead", "body", "note" or "mark" (a band across the page)."""

    text: str
    style: str = "body"


@dataclass(frozen=True)
class Tile:
    """Show one key number with what it is above and what belongs to it below."""

    label: str
    value: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Show small figures in a tile: pairs of what and how much."""

    label: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Tiles:
    """Stand tiles side by side."""

    tiles: tuple[Tile | Facts, ...]


@dataclass(frozen=True)
class Points:
    """List short texts, each opened by a bold word."""

    title: str
    items: tuple[tuple[str, str], ...]
    columns: int = 1


@dataclass(frozen=True)
class Chart:
    """Show the picture `name`, with its values in words for those who cannot see it; `draw` makes it."""

    name: str
    alt: str
    draw: Callable[[], Figure] = field(compare=False, repr=False)


@dataclass(frozen=True)
class Column:
    """Head a column of a table."""

    title: str
    align: str = "right"  # "left" for words
    share: float = 0.0  # of the width that is left; 0 takes what the cells need


@dataclass(frozen=True)
class Link:
    """Hold a cell's text and the address it opens."""

    text: str
    address: str


@dataclass(frozen=True)
class Span:
    """Hold a text that runs over the next `columns` cells of its row."""

    text: str
    columns: int


Row = tuple[str | Link | Span, ...]
"""Cells: a `words.Printed` keeps the number that it prints."""


@dataclass(frozen=True)
class Group:
    """Hold the rows of a table under their own heading; no heading where empty."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """Hold a titled table. A long one runs over pages with its head repeated; a short one stays whole."""

    title: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    long: bool = False


@dataclass(frozen=True)
class Side:
    """Stand two short tables side by side."""

    left: Table
    right: Table


@dataclass(frozen=True)
class Break:
    """Begin a new page."""


Block = Heading | Paragraph | Tiles | Points | Chart | Table | Side | Break


@dataclass(frozen=True)
class Attachment:
    """Hold a file that travels inside the document."""

    name: str
    media_type: str
    description: str
    text: str


@dataclass(frozen=True)
class Document:
    """Hold a whole report in one language."""

    language: str
    title: str
    subject: str
    stand: str
    footer: str
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...]

    @property
    def charts(self) -> Iterator[Chart]:
        """The pictures, in their order."""
        return (block for block in self.blocks if isinstance(block, Chart))


def table(title: str, columns: tuple[Column, ...], rows: list[Row], *, long: bool = False) -> Table:
    """Return a table without groups."""
    return Table(title, columns, (Group("", tuple(rows)),), long)
