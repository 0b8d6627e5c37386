"""Checksums beside the files of a folder: what they name, and what they see."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from forecast.checksums import SUMS, seal, sums
from forecast.errors import DataError


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures/fan.svg").write_bytes(b"<svg/>")
    (tmp_path / "b.json").write_bytes(b"{}\n")
    (tmp_path / "a b.csv").write_bytes(b"")
    seal(tmp_path)
    return tmp_path


def test_every_file_is_named_in_the_order_of_names(sealed: Path):
    assert (sealed / SUMS).read_text(encoding="utf-8").splitlines() == [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a b.csv",
        "ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356  b.json",
        "d4dc56669143034f31aa309635d4113d9ad76a02b1739da22c965ed2049be9e6  figures/fan.svg",
    ]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="another program to compare with is not there")
def test_another_program_reads_them(sealed: Path):
    def asked() -> int:
        return subprocess.run(["sha256sum", "--check", "--quiet", SUMS], cwd=sealed, check=False).returncode

    assert asked() == 0
    (sealed / "b.json").write_bytes(b"[]\n")
    assert asked() != 0


def test_sealing_again_leaves_the_same_bytes(sealed: Path):
    before = (sealed / SUMS).read_bytes()
    seal(sealed)
    assert (sealed / SUMS).read_bytes() == before


def check(file: Path) -> None:
    sums(file.parent, "run again").check(file.name, file.read_bytes())


def test_a_changed_file_is_refused_and_a_folder_without_checksums_is_believed(sealed: Path):
    (sealed / "added.json").write_bytes(b"1")
    check(sealed / "b.json")
    (sealed / "b.json").write_bytes(b"{} \n")
    for name in ("b.json", "added.json"):
        with pytest.raises(DataError, match=rf"{name}: has been changed since it was written .*; run again$"):
            check(sealed / name)
    (sealed / SUMS).unlink()
    check(sealed / "b.json")


def test_checksums_that_cannot_be_read_are_refused(sealed: Path):
    (sealed / SUMS).write_bytes(b"\xff")
    with pytest.raises(DataError, match=rf"{SUMS}: cannot be read; run again"):
        check(sealed / "b.json")


def test_checksums_are_needed_where_the_version_that_wrote_a_folder_writes_them(sealed: Path):
    for version in ("0.1.0", "1.0.0", "2.3", "", "main"):
        sums(sealed, "run again").require(version)
    (sealed / SUMS).unlink()
    for version in ("0.1.0", "", "main"):
        sums(sealed, "run again").require(version)
    for version in ("1.0.0", "10.2.0.dev1"):
        said = f"{SUMS}: is not there, and version {version} writes it; run again$"
        with pytest.raises(DataError, match=said):
            sums(sealed, "run again").require(version)


def test_files_are_listed_there_or_not(sealed: Path):
    (sealed / "b.json").unlink()
    assert [sums(sealed, "run again").lists(name) for name in ("b.json", "c.json")] == [True, False]
    (sealed / SUMS).unlink()
    assert not sums(sealed, "run again").lists("b.json")


def test_a_pipe_is_not_read_without_end(sealed: Path):
    (sealed / SUMS).unlink()
    os.mkfifo(sealed / SUMS)
    with pytest.raises(DataError, match=rf"{SUMS}: is a device or pipe; run again$"):
        sums(sealed, "run again")


def test_what_is_read_after_another_folder_took_the_place_is_refused(sealed: Path):
    """Checksums count as they stood when they were read: those of the new folder speak for none of the old's."""
    before, old = sums(sealed, "run again"), (sealed / "b.json").read_bytes()
    (sealed / "b.json").write_bytes(b"[]\n")
    seal(sealed)
    before.check("b.json", old)
    with pytest.raises(DataError, match=r"b\.json: has been changed"):
        before.check("b.json", b"[]\n")
    (sealed / SUMS).unlink()
    without = sums(sealed, "run again")
    seal(sealed)
    with pytest.raises(DataError, match="was replaced while it was read; ask again"):
        without.check("b.json", b"[]\n")
