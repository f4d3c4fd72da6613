"""Mermaid itself draws workflows, and shows every name as it was typed."""

import pytest

from missionkit.domain.defining import define_workflow
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.formats.workflow_mermaid import workflow_mermaid
from missionkit.markup import one_line, shortened
from tests.formats.test_workflow_mermaid import HOSTILE
from tests.oracle.test_mermaid import shown


def test_the_four_stages_are_drawn_with_their_labels() -> None:
    words = shown(workflow_mermaid(FOUR_STAGES))

    for stage in FOUR_STAGES.stages:
        assert stage.label in words
    assert "correct: objective_wrong, infeasible" in words


@pytest.mark.parametrize("text", HOSTILE)
def test_a_nasty_name_is_shown_as_it_was_typed(text: str) -> None:
    draft = define_workflow("w", start="a").stage("a", text)
    words = shown(
        workflow_mermaid(draft.move("go", "a", "closed", causes=text).workflow)
    )

    assert words.count(shortened(one_line(text), 80)) >= 2
