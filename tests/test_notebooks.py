"""Every notebook runs from top to bottom without an error or a warning, and is kept with its outputs."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
BOOKS = sorted(FOLDER.glob("*.ipynb"))
LARGEST = 400_000  # bytes: what a code host still shows


def test_there_are_seven() -> None:
    assert [book.name[0] for book in BOOKS] == list("1234567")


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_it_is_kept_with_its_outputs(book: Path) -> None:
    kept = nbformat.read(book, as_version=4)
    assert book.stat().st_size < LARGEST
    code = [cell for cell in kept.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert any(cell.outputs for cell in code)
    said = str([cell.outputs for cell in code])
    assert "stderr" not in said
    assert str(FOLDER.parent) not in said


@pytest.mark.slow
@pytest.mark.notebooks
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_it_runs(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")  # more threads than cores wait for each other
    fresh = nbformat.read(book, as_version=4)
    client = NotebookClient(
        fresh, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
    )
    client.execute()
    printed = [o for cell in fresh.cells for o in cell.get("outputs", []) if o.get("name") == "stderr"]
    assert printed == []
