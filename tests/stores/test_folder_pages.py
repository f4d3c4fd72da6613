"""What the pages do with a SQLite file can be done with a folder as well."""

import re
from pathlib import Path

import pytest

from missionkit.workspace import Workspace

PAGES = Path(__file__).parents[2] / "docs" / "how-to"


@pytest.mark.parametrize(
    "page",
    [
        *("keep-a-history", "keep-a-plan-in-git", "run-a-review"),
        *("guard-a-review", "say-who-may-act", "change-a-running-review"),
    ],
)
def test_a_page_about_stores_holds_for_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (PAGES / f"{page}.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    code = re.sub(r'Workspace\("[\w:]+(\.db)?"', 'Workspace("plan/"', "\n".join(blocks))
    exec(compile(code, page, "exec"), {"__name__": "__main__"})  # noqa: S102 - our page
    made = [mark.parent for mark in tmp_path.rglob("missionkit.json")]

    assert made
    for folder in made:
        with Workspace(folder) as again:
            assert again.verify()
            assert again.streams()
        assert not list(folder.rglob("*.tmp"))
        assert not list(folder.rglob("pending.json"))
