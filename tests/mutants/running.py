"""One mutant, one process: the mistaken module stands in for the true one, and its tests run until one fails.

The light tests of its room run first, whichever file they are in: they kill most.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import os
import resource
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType

import pytest

from tests.mutants.rooms import ABOVE_ESTIMATE
from tests.shared import ESTIMATED

CPU_SECONDS = 400
"""Processor time after which a mutant counts as killed: it runs on and on."""
LIVED, KILLED, BROKEN = 0, 1, 70
FAILED = (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED)
ASKED = (
    "-x",
    "-q",
    "-m",
    "not slow",
    "-W",
    "ignore:Module already imported:pytest.PytestAssertRewriteWarning",
)
PASSED = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


@dataclass(frozen=True)
class Mutant:
    """A mistaken file: its place and line, what is wrong there, its code, and the tests that should see it."""

    file: str
    line: int
    text: str
    source: str | ast.Module
    tests: tuple[str, ...]

    @property
    def module(self) -> str:
        """The name that it is imported by."""
        return self.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def code(self) -> CodeType:
        """Compile the mistaken source."""
        return compile(self.source, self.file, "exec", dont_inherit=True)


class _Mistaken(importlib.abc.MetaPathFinder, importlib.machinery.SourceFileLoader):
    """Finds one module and loads the mistaken code for it."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(mutant.module, str(Path(mutant.file).absolute()))
        self.mutant = mutant

    def find_spec(self, name: str, path: object = None, target: ModuleType | None = None):
        if name != self.mutant.module:
            return None
        file = Path(self.mutant.file).absolute()
        inside = [str(file.parent)] if file.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            name, file, loader=self, submodule_search_locations=inside
        )

    def get_code(self, fullname: str) -> CodeType:
        return self.mutant.code()


def begin(mutant: Mutant, log: Path) -> int:
    """Start a process that ends with 0 where no test of the mutant's room fails, and return its id.

    What the tests print goes to a file.
    """
    child = os.fork()
    if child:
        return child
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(out, 1)
    os.dup2(out, 2)
    if not mutant.file.startswith(ABOVE_ESTIMATE):
        os.environ.pop(ESTIMATED, None)
    code = BROKEN
    try:
        sys.meta_path.insert(0, _Mistaken(mutant))
        code = _tested(mutant.tests)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _tested(tests: tuple[str, ...]) -> int:
    """Run the light tests, then the others, until one fails."""
    for kind in ("--light", "--heavy"):
        code = pytest.main([*ASKED, kind, *tests])
        if code in FAILED:
            return KILLED
        if code not in PASSED:
            return BROKEN
    return LIVED
