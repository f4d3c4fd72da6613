"""What the checks of rows 186 to 197 would say if we forgot to escape."""

import re

import pytest

from missionkit.errors import InvalidValueError
from tests.catalog import rows_output

NEVER = re.compile("(?!)(x)")


def as_it_is(text: str) -> str:
    return text


@pytest.mark.parametrize(
    ("shown", "payload", "name", "broken"),
    [
        ("notebooks", "<b>187</b>", "missionkit.markup.escape", as_it_is),
        ("markdown", "[188](x) <b>", "missionkit.report.inline._MARKUP", NEVER),
        ("mermaid", '189"]; end', "missionkit.formats.mermaid.escaped", as_it_is),
        ("dot", '190"]', "missionkit.formats.dot.escaped", as_it_is),
        ("terminal", "196 \u202e", "missionkit.markup.visible", as_it_is),
        ("log", "197\nERROR fake", "missionkit.issue.one_line", as_it_is),
    ],
)
def test_what_is_not_escaped_is_found(
    shown: str,
    payload: str,
    name: str,
    broken: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ask, wanted = rows_output.ASKED[shown]
    assert ask(payload) == wanted
    forget()
    monkeypatch.setattr(name, broken)

    try:
        found = ask(payload)
    except InvalidValueError:  # a value that is one line refuses what is hidden
        found = None
    assert found != wanted
    forget()


def test_a_page_that_is_not_escaped_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("missionkit.markup.escape", as_it_is)

    with pytest.raises(AssertionError):
        rows_output.in_the_page("<b>186</b><script>alert(1)</script>")
    forget()


def forget() -> None:
    rows_output.pack_of.cache_clear()
    rows_output.answers_of.cache_clear()
