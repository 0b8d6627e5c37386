"""A release taken out of a store: what was stored under a wrong day of publication and nothing later corrects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from forecast.errors import DataError
from forecast.vintages.offers import rank_of, written

if TYPE_CHECKING:
    import duckdb


class Taken(dict[str, int]):
    """Hold how many prints of each series were taken out.

    notes : what the reader should know of the store itself
    """

    def __init__(self, counts: Mapping[str, int], notes: Iterable[str]) -> None:
        super().__init__(counts)
        self.notes = tuple(notes)


def take_out(connection: duckdb.DuckDBPyConnection, store: str, published: str) -> dict[str, int]:
    """Delete every print of a day, or month, of publication and return how many there were of each series.

    Raises DataError where nothing was stored under it, with the last days under which something was.
    """
    rank = rank_of(published)
    held = connection.execute(
        "SELECT s.name, count(*) FROM prints p JOIN series s ON s.id = p.series WHERE rank = ? "
        "GROUP BY s.name ORDER BY s.name",
        [rank],
    ).fetchall()
    if not held:
        days = connection.execute(
            "SELECT DISTINCT rank FROM releases ORDER BY abs(rank - ?), rank LIMIT 3", [rank]
        ).fetchall()
        near = ", ".join(written(of) for (of,) in days)
        raise DataError(
            f"{store}: nothing is stored as published {written(rank)}; the nearest: {near or 'none'}"
        )
    for table in ("prints", "releases"):
        connection.execute(f"DELETE FROM {table} WHERE rank = ?", [rank])
    connection.execute("DELETE FROM series WHERE id NOT IN (SELECT series FROM prints)")
    return {str(name): int(count) for name, count in held}
