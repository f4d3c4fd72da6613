"""Mermaid itself draws what we write, and shows every title as it was typed."""

import html
import re

import mermaidx
import pytest

from missionkit.domain.ids import GoalId
from missionkit.domain.model import Model
from missionkit.domain.plan import Goal
from missionkit.formats.mermaid import mermaid
from missionkit.markup import one_line, shortened
from tests.formats.test_mermaid import NASTY
from tests.trace.plans import harbour

WORDS = re.compile(r">([^<>]+)<")


def shown(text: str) -> str:
    """Return all texts of the picture, read as a browser reads them."""
    svg = mermaidx.render(text).svg()
    body = re.sub(r"<style.*?</style>", "", svg, flags=re.DOTALL)
    words = " ".join(html.unescape(word) for word in WORDS.findall(body))
    return " ".join(words.replace("\u2060", "").split())


def test_a_plan_is_drawn_with_all_its_titles() -> None:
    model = harbour()
    words = shown(mermaid(model))

    for ref in ("homes", "heat", "solvent", "epc", "save", "warm", "rent", "months"):
        assert model.title(ref) in words
    assert "contributes -20" in words


@pytest.mark.parametrize("title", NASTY)
def test_a_nasty_title_is_shown_as_it_was_typed(title: str) -> None:
    model = Model([Goal(id=GoalId("goal"), statement=title)])

    assert shortened(one_line(title), 80) in shown(mermaid(model))
