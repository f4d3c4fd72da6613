"""Distributions that are installed for a test: a folder of metadata, and modules."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import dedent

import pytest
from attrs import frozen

RULES = """
    from missionkit.domain.stakeholder import Need
    from missionkit.domain.values import Line
    from missionkit.issue import Code, Severity
    from missionkit.ports.rule import LimitSpec, RuleEntry

    SHORT = Code("ACME-001", Severity.WARNING, "long needs tire", "shorten the need")

    def short(view):
        for need in view.of(Need):
            if len(need.statement) > view.limit("need_letters"):
                said = f"{view.named(need)} is long."
                yield SHORT.issue(said, ref=need.id, path="statement")

    LETTERS = LimitSpec("need_letters", 10, "how long a need may be")
    RULES = (RuleEntry(rule=short, codes=(SHORT,), limits=(LETTERS,)),)
    """


@frozen
class Site:
    """A folder of which Python takes what is in it for installed."""

    folder: Path

    def install(
        self,
        name: str,
        points: Mapping[str, str] | str,
        *,
        group: str = "missionkit.rules",
        version: str = "1.2",
    ) -> Path:
        """Write what the installer of a distribution writes, and return the folder."""
        made = self.folder / f"{name.replace('-', '_')}-{version}.dist-info"
        made.mkdir(parents=True)
        head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        (made / "METADATA").write_text(head, encoding="utf-8")
        if not isinstance(points, str):
            points = "".join(f"{key} = {value}\n" for key, value in points.items())
        listed = f"[{group}]\n{points}"
        (made / "entry_points.txt").write_text(listed, encoding="utf-8")
        return made

    def module(self, name: str, source: str) -> None:
        """Write a module that can be imported."""
        text = dedent(source)
        (self.folder / f"{name}.py").write_text(text, encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Give a place to install into, of which nothing stays imported."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    before = set(sys.modules)
    yield Site(folder)
    for name in set(sys.modules) - before:
        if getattr(sys.modules[name], "__file__", None) is not None and Path(
            str(sys.modules[name].__file__)
        ).is_relative_to(folder):
            del sys.modules[name]
