"""What holds for every test: code blocks of the docs, Hypothesis profiles."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest._code.code import TerminalRepr
from hypothesis import HealthCheck, settings
from sybil import Document, Sybil
from sybil.example import SybilFailure
from sybil.parsers.myst import PythonCodeBlockParser

collect_ignore = ["docs/conf.py"]  # Sphinx reads it; --doctest-modules would too

BLOCKS = Sybil(
    parsers=[PythonCodeBlockParser()],
    patterns=["README.md", "docs/**/*.md"],
)

settings.register_profile("dev", deadline=None, max_examples=50)
settings.register_profile(
    "ci",
    deadline=None,
    max_examples=60,  # a run is to take no more than three minutes on two cores
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("MISSIONKIT_HYPOTHESIS", "dev"))


class Page(pytest.File):
    """A page of README.md or docs/ that has Python blocks."""

    def collect(self) -> Iterator[pytest.Item]:
        """Give one test for the page, as its blocks build on one another."""
        document = BLOCKS.parse(self.path)
        if any(document.examples()):
            yield Blocks.from_parent(self, name="blocks", document=document)


class Blocks(pytest.Item):
    """The Python blocks of one page, run in an empty folder."""

    def __init__(self, *, document: Document, **options: Any) -> None:  # noqa: ANN401 -- pytest's own
        super().__init__(**options)
        self.document = document
        document.namespace["__name__"] = "__main__"  # as in a script

    def reportinfo(self) -> tuple[Path, int, str]:
        """Name the page in reports."""
        return self.path, 0, self.path.name

    def runtest(self) -> None:
        """Run the blocks from top to bottom."""
        before = Path.cwd()
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            os.chdir(folder)
            try:
                for example in self.document.examples():
                    example.evaluate()
            finally:
                os.chdir(before)

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: Any = None,  # noqa: ANN401 -- pytest's own
    ) -> str | TerminalRepr:
        """Show the line of the page, and the frames from there on."""
        if isinstance(excinfo.value, SybilFailure):
            return str(excinfo.value)
        excinfo.traceback = excinfo.traceback.cut(path=self.path)
        return super().repr_failure(excinfo, style)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Page | None:
    """Make a test of each page."""
    if BLOCKS.should_parse(file_path):
        return Page.from_parent(parent, path=file_path)
    return None
