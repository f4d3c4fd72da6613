"""Whatever is passed, all that is wrong with it is told, and nothing else happens."""

# Ids are plain texts here, and wrong values are passed on purpose.
# mypy: disable-error-code="arg-type"

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from attrs import evolve

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.history import Actor
from missionkit.domain.model import Model
from missionkit.domain.review import CycleStatus, Evidence, ReviewCycle
from missionkit.errors import InvalidValueError, NotFoundError, RefusedError
from missionkit.issue import Issue, Refusal
from missionkit.ports.guard import GuardView
from missionkit.review import (
    Act,
    Approve,
    Fire,
    OpenReview,
    Waive,
    can,
    fire,
    options,
    perform,
    setting_of,
    verify_action,
    waive,
)
from missionkit.review.act import Asked
from missionkit.review.asking import asked, asked_anew
from missionkit.review.setting import Settings
from missionkit.rules.book import BOOK
from tests.messages import complaints
from tests.review.scenes import AT, LATER, V2, codes, scene

ODD: tuple[Any, ...] = (None, 5, 2.5, True, b"x", "", "X Y", [], {}, (), {1}, object)


def faults(asks: Callable[[], object]) -> list[tuple[str, str]]:
    """Return the code and the path of each fault that is told; they read well."""
    with pytest.raises(InvalidValueError) as caught:
        asks()
    for issue in caught.value.issues:
        assert list(complaints(issue)) == [], issue
    return [(issue.code, issue.path) for issue in caught.value.issues]


def asks(**changes: Any) -> Callable[[], object]:  # noqa: ANN401 - anything may be given
    given: dict[str, Any] = {"act": "block", "by": "clerk", "at": AT, **changes}
    model, cycle = given.pop("model", scene()), given.pop("cycle", "review")
    return lambda: can(model, cycle, given.pop("act"), **given)


class Odd:
    """An act of somebody who knows nothing of ours."""

    name = "odd"

    def plan(self, _: object) -> object:
        raise AssertionError


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"cycle": 5}, [("MK-DOM-001", "cycle")]),
        ({"cycle": scene()["open"]}, [("MK-DOM-001", "cycle")]),
        ({"act": 5}, [("MK-DOM-001", "act")]),
        ({"act": Approve}, [("MK-DOM-001", "act")]),
        ({"act": Odd}, [("MK-DOM-001", "act")]),
        ({"act": Fire(event=5)}, [("MK-DOM-001", "event")]),
        ({"act": Fire(event="block", causes=(1,))}, [("MK-DOM-001", "causes[0]")]),
        ({"by": ""}, [("MK-ACC-002", "by")]),
        ({"by": Actor(id=5)}, [("MK-ACC-002", "by")]),
        ({"by": scene()["chair"]}, [("MK-ACC-002", "by")]),
        ({"by": Actor(id="chair", roles="sponsor")}, [("MK-DOM-001", "by.roles")]),
        ({"by": Actor(id="chair", roles=(1,))}, [("MK-DOM-001", "by.roles")]),
        ({"at": datetime(2026, 6, 30)}, [("MK-DOM-001", "at")]),  # noqa: DTZ001 - naive
        ({"at": date(2026, 6, 30)}, [("MK-DOM-001", "at")]),
        ({"why": " "}, [("MK-ACC-003", "why")]),
        ({"why": None}, [("MK-ACC-003", "why")]),
        ({"why": "a\x00b"}, [("MK-DOM-004", "why")]),
        ({"workflow": V2}, [("MK-WFL-089", "workflow")]),
        ({"workflows": "four-stages"}, [("MK-DOM-001", "workflows")]),
        ({"workflows": 5}, [("MK-DOM-001", "workflows")]),
        ({"workflows": ("four-stages",)}, [("MK-DOM-001", "workflows[0]")]),
        (
            {"workflows": (FOUR_STAGES, evolve(FOUR_STAGES, label="Other"))},
            [("MK-WFL-089", "workflows[1]")],
        ),
        ({"guards": [len]}, [("MK-DOM-001", "guards")]),
        ({"guards": {"x": 5}}, [("MK-DOM-001", "guards['x']")]),
        ({"guards": {"x": int}}, [("MK-DOM-001", "guards['x']")]),
        ({"guards": {5: len}}, [("MK-DOM-001", "guards[5]")]),
        ({"rules": len}, [("MK-DOM-001", "rules")]),
        ({"rules": [5]}, [("MK-DOM-001", "rules[0]")]),
        ({"limits": [1]}, [("MK-DOM-001", "limits")]),
        ({"limits": {"nothing": 1}}, [("MK-LIM-001", "limits['nothing']")]),
        (
            {"limits": {"review_lateness": "x"}},
            [("MK-DOM-001", "limits['review_lateness']")],
        ),
        ({"severities": "error"}, [("MK-DOM-001", "severities")]),
        ({"severities": {"MK-XXX": "error"}}, [("MK-SEL-001", "severities")]),
        ({"severities": {"MK-TRC": "grave"}}, [("MK-SEL-002", "severities['MK-TRC']")]),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert faults(asks(**changes)) == expected


def test_all_that_is_wrong_is_told_at_once_with_the_parts_of_the_act() -> None:
    found = faults(
        lambda: waive(  # type: ignore[call-arg]  # a misspelled setting
            scene(),
            5,
            5,
            None,
            "soon",
            requested_by=3,
            by="",
            at=3,
            why=" ",
            rule=3,
            guards=[],
        )
    )

    assert [path for _, path in found] == [
        "cycle",
        "by",
        "at",
        "why",
        "rule",
        "guards",
        "code",
        "on",
        "until",
        "requested_by",
    ]


def test_what_is_not_there_is_told_after_what_is_wrong() -> None:
    given: dict[str, Any] = {"by": "judge", "at": AT, "effective": True}
    given |= {"evidence": ["lag"]}

    with pytest.raises(InvalidValueError, match="why is blank"):
        verify_action(scene(), "review", "done", **given, why="")
    with pytest.raises(NotFoundError, match="did you mean 'log'"):
        verify_action(scene(), "review", "done", **given, why="x")
    with pytest.raises(NotFoundError, match="no review cycle 'reviw'"):
        can(scene(), "reviw", "block", by="clerk", at=AT)


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize(
    "name",
    ["cycle", "act", "by", "at", "why", *Settings.__annotations__],
)
def test_no_value_of_another_type_does_any_harm(name: str, odd: object) -> None:
    """A verdict, or one of our errors: nothing else comes of it."""
    try:
        asks(**{name: odd})()
    except (InvalidValueError, NotFoundError):
        return


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("name", ["event", "causes", "evidence", "model"])
def test_no_odd_part_of_an_event_does_any_harm(name: str, odd: object) -> None:
    given: dict[str, Any] = {"model": scene(), "event": "block", name: odd}
    model, event = given.pop("model"), given.pop("event")

    try:
        fire(model, "review", event, by="clerk", at=AT, why="x", **given)
    except (InvalidValueError, NotFoundError, RefusedError):
        return


def test_one_may_be_given_in_place_of_a_collection_of_one() -> None:
    model = scene(status=CycleStatus.DRAFT, stage=None)
    allow: dict[str, Any] = {"rules": (), "workflows": FOUR_STAGES}

    assert setting_of(**allow).workflows == (FOUR_STAGES,)
    assert setting_of(workflows=(FOUR_STAGES, FOUR_STAGES)).workflows == (FOUR_STAGES,)
    assert setting_of(workflows=iter([V2])).workflows == (V2,)
    after = fire(
        scene(),
        "review",
        "correct",
        causes="needs_changed",
        evidence="log",
        by="clerk",
        at=AT,
        why="x",
        **allow,
    )
    assert after.get(Evidence, "log").supports == ("open", "run-direct")
    assert model.get(ReviewCycle, "review").stage is None


def test_nothing_given_is_what_missionkit_brings_along() -> None:
    nothing: dict[str, Any] = dict.fromkeys(Settings.__annotations__)

    assert setting_of(**nothing) == setting_of()
    assert setting_of().rules is BOOK
    with pytest.raises(InvalidValueError, match="did you mean 'rules'"):
        setting_of(rule=())  # type: ignore[call-arg]  # what is asked here
    with pytest.raises(InvalidValueError, match="use one of workflows, guards"):
        setting_of(zzz=())  # type: ignore[call-arg]  # what is asked here


def test_own_guards_stand_beside_those_that_are_there() -> None:
    def never(view: GuardView) -> Iterator[Issue]:
        yield view.refuse("Never.")

    setting = setting_of(guards={"never": never}, severities={"MK-TRC": "warning"})

    assert setting.guards["never"] is never
    assert set(setting.guards) > {"never"}


def test_a_review_is_named_by_its_id_or_itself_as_it_is_in_the_model() -> None:
    model = scene()
    old = evolve(model.get(ReviewCycle, "review"), status=CycleStatus.CLOSED)

    assert can(model, old, "block", by="clerk", at=AT)


def test_the_actor_can_only_narrow_the_roles_of_the_model() -> None:
    for roles, expected in (
        (None, []),
        (("facilitator",), []),
        (("r-facilitator", "x"), ["MK-ACC-001"]),
        (("sponsor",), ["MK-ACC-001"]),
        ((), ["MK-ACC-001"]),
    ):
        by = Actor(id="clerk", roles=roles)
        assert codes(can(scene(), "review", "block", by=by, at=AT)) == expected
    forged = Actor(id="guest", roles=("sponsor", "facilitator"))
    assert not can(scene(), "review", "block", by=forged, at=AT)


def test_a_workflow_that_is_not_here_is_named() -> None:
    gone = evolve(FOUR_STAGES, name="four-stage", version=3)

    assert codes(
        can(scene(), "review", "block", by="clerk", at=AT, workflows=gone)
    ) == ["MK-WFL-040"]
    later = evolve(FOUR_STAGES, version=3)
    with pytest.raises(RefusedError, match=r"version 1 of 'four-stages'; here is 3\."):
        perform(scene(), "review", "block", by="clerk", at=AT, why="x", workflows=later)
    assert options(scene(), "review", by="clerk", at=AT, workflows=gone) == ()


def test_what_an_act_makes_that_is_unsound_is_a_refusal() -> None:
    class Bad(Act):
        name = "bad"

        def plan(self, asked: Asked) -> Any:  # noqa: ANN401 - a plan
            real = Fire(event="block").plan(asked)
            return evolve(real, make=lambda: (evolve(asked.cycle, pass_number=0),))

    assert codes(can(scene(), "review", Bad(), by="clerk", at=AT)) == ["MK-DOM-002"]


def test_asking_alone_tells_the_same_faults() -> None:
    setting = setting_of()
    for ask in (asked, asked_anew):
        given: dict[str, Any] = {"by": "", "at": 3, "why": "", "setting": setting}
        with pytest.raises(InvalidValueError, match="why is blank"):
            ask(scene(), 5, **given)
    given = {"by": "clerk", "at": AT, "why": "x"}
    found = asked(scene(), "review", setting=setting, **given)
    assert isinstance(found, Asked)
    assert isinstance(
        asked(scene(), "review", setting=setting_of(workflows=V2), **given), Refusal
    )
    new = ReviewCycle(id="new", name="New", workflow="nowhere")
    assert isinstance(asked_anew(scene(), new, setting=setting, **given), Refusal)
    with pytest.raises(InvalidValueError, match="cycle"):
        asked_anew(scene(), "new", setting=setting, **given)
    assert faults(asks(cycle="new", act=OpenReview())) == [("MK-DOM-001", "cycle")]


@pytest.mark.parametrize("by", ["chair", "clerk", "judge", "smith", "guest"])
@pytest.mark.parametrize("status", list(CycleStatus))
def test_options_tell_what_can_tells(by: str, status: CycleStatus) -> None:
    model = scene(status=status)
    found = options(model, "review", by=by, at=AT)

    names = [option.name for option in found]
    assert set(names) >= {"open", "complete", "correct", "waive", "migrate"}
    for option in found:
        if option.name in FOUR_STAGES.table.events:
            act = Fire(event=option.name, causes=option.causes[:1])
            assert option.verdict == can(model, "review", act, by=by, at=AT)
    waiver = Waive(code="MK-TRC-001", on="open", until=LATER, requested_by="guest")
    told = next(option for option in found if option.name == "waive")
    if by != "guest":
        assert told.verdict == can(model, "review", waiver, by=by, at=AT)


def test_options_tell_where_each_move_leads() -> None:
    found = options(scene(), "review", by="chair", at=AT)

    assert [(o.causes, o.target) for o in found if o.name == "correct"] == [
        (("material_change",), "understand"),
        (("needs_changed", "knowledge_missing"), "understand"),
        (("objective_wrong", "infeasible"), "direct"),
    ]
    assert Model(scene()) == scene()
