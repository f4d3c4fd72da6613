import pytest

import missionkit as mk

A, B = mk.Stage(key="a", label="A"), mk.Stage(key="b", label="B")


def test_stages_have_keys_of_their_own() -> None:
    with pytest.raises(mk.InvalidValueError, match="MK-WFL-001"):
        mk.Workflow(name="w", stages=(A, A))


@pytest.mark.parametrize(("source", "target"), [("a", "c"), ("c", "b")])
def test_moves_lead_between_stages(source: str, target: str) -> None:
    move = mk.Move(event="go", source=source, target=target)

    with pytest.raises(mk.InvalidValueError, match="MK-WFL-002"):
        mk.Workflow(name="w", stages=(A, B), moves=(move,))


def test_a_stage_is_found_by_its_key() -> None:
    move = mk.Move(event="go", source="a", target="b", approvals=2)
    workflow = mk.Workflow(name="w", stages=(A, B), moves=(move,))

    assert workflow.stage("b") is B
    assert workflow.stage("c") is None


@pytest.mark.parametrize("code", ["G10", "MK-GAT-10", "mk-gat-010"])
def test_a_gate_names_codes_of_rules(code: str) -> None:
    with pytest.raises(mk.InvalidValueError, match="a code such as"):
        mk.Gate(rules=(code,))
