"""The bare machine: which move an event makes, where it leads, and why not."""

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import missionkit as mk
from missionkit.domain.review import CycleStatus as S
from missionkit.domain.stepping import lacking
from missionkit.issue import RefusalKind as K
from missionkit.testing.workflows import sound_workflows

A = mk.Stage(
    key="a",
    label="A",
    entry=mk.Gate(rules=("MK-GAT-001",)),
    exit=mk.Gate(rules=("MK-GAT-003", "MK-GAT-004")),
)
B = mk.Stage(
    key="b",
    label="B",
    entry=mk.Gate(rules=("MK-GAT-004", "MK-GAT-005")),
    exit=mk.Gate(rules=("MK-GAT-006",)),
)
SPONSOR = ("sponsor",)
GO = mk.Move(event="go", source="a", target="b", guards=("quorum",), roles=SPONSOR)
DONE = mk.Move(event="done", source="b", target="closed", roles=SPONSOR)
FAR = mk.Move(
    event="correct",
    target="a",
    causes=("changed", "missing"),
    gated=False,
    priority=1,
    roles=SPONSOR,
)
NEAR = mk.Move(
    event="correct",
    source="b",
    target="b",
    causes=("wrong",),
    gated=False,
    priority=2,
    roles=("owner", "sponsor"),
)
LIFE = mk.lifecycle("a", open=SPONSOR, run=("owner",), cancel=SPONSOR)
OPEN, BLOCK, UNBLOCK, SUSPEND, RESUME, CANCEL = LIFE
W = mk.Workflow(name="w", stages=(A, B), moves=(*LIFE, GO, DONE, FAR, NEAR))
DRAFT = mk.Position()
AT_A, AT_B = mk.Position("a", S.ACTIVE), mk.Position("b", S.ACTIVE)
BLOCKED = mk.Position("b", S.BLOCKED, S.BLOCKED)


def refused(
    place: mk.Position, event: str, context: mk.Context | None = None
) -> list[tuple[K, str, str, str]]:
    """Return why an event is refused: kinds, codes, messages, remedies."""
    with pytest.raises(mk.RefusedError) as caught:
        W.step(place, event, context or mk.Context())
    found = caught.value.verdict.refusals
    return [(r.kind, r.issue.code, r.issue.message, r.issue.fix) for r in found]


@pytest.mark.parametrize(
    ("before", "event", "causes", "move", "then"),
    [
        (DRAFT, "open", (), OPEN, AT_A),
        (DRAFT, "cancel", (), CANCEL, mk.Position(None, S.CANCELED)),
        (AT_A, "go", (), GO, AT_B),
        (AT_B, "done", (), DONE, mk.Position("b", S.CLOSED)),
        (AT_B, "block", (), BLOCK, BLOCKED),
        (BLOCKED, "unblock", (), UNBLOCK, AT_B),
        (AT_B, "suspend", (), SUSPEND, mk.Position("b", S.SUSPENDED, S.ACTIVE)),
        (BLOCKED, "suspend", (), SUSPEND, mk.Position("b", S.SUSPENDED, S.BLOCKED)),
        (mk.Position("b", S.SUSPENDED, S.ACTIVE), "resume", (), RESUME, AT_B),
        (mk.Position("b", S.SUSPENDED, S.BLOCKED), "resume", (), RESUME, BLOCKED),
        (BLOCKED, "cancel", (), CANCEL, mk.Position("b", S.CANCELED)),
        (AT_B, "correct", ("wrong",), NEAR, AT_B),
        (AT_B, "correct", ("missing",), FAR, AT_A),
        (AT_B, "correct", ("wrong", "missing"), FAR, AT_A),
        (AT_A, "correct", ("changed", "unheard of"), FAR, AT_A),
    ],
)
def test_an_event_makes_a_move_and_leads_somewhere(
    before: mk.Position,
    event: str,
    causes: tuple[str, ...],
    move: mk.Move,
    then: mk.Position,
) -> None:
    context = mk.Context(causes=frozenset(causes))

    assert W.step(before, event, context) == move
    assert W.after(before, move) == then


def test_what_is_over_stays_over() -> None:
    for status in (S.CLOSED, S.CANCELED):
        place = mk.Position("b", status)
        assert W.table.events_at(place) == ()
        assert refused(place, "done") == [
            (
                K.STAGE,
                "MK-WFL-021",
                f"done is not possible in b, {status}.",
                "nothing is",
            )
        ]


@pytest.mark.parametrize(
    "place", [mk.Position("nowhere", S.ACTIVE), mk.Position("b", S.DRAFT)]
)
def test_where_nothing_leads_to_it_is_told_to_set_it_right(place: mk.Position) -> None:
    refusal = W.table.chosen(place, "done")

    assert isinstance(refusal, mk.Refusal)
    assert refusal.issue.fix == (
        "nothing is: set `stage` and `status` to where the review stands"
    )


def test_an_unknown_event_is_told_with_the_nearest() -> None:
    assert refused(AT_A, "bock") == [
        (
            K.EVENT,
            "MK-WFL-020",
            "There is no event 'bock'.",
            "did you mean 'block' or 'unblock'?",
        )
    ]
    assert refused(AT_A, "xyz")[0][3].startswith("use one of open, block,")


def test_an_event_from_elsewhere_is_told_with_those_that_are_possible() -> None:
    assert refused(AT_A, "done") == [
        (
            K.STAGE,
            "MK-WFL-021",
            "done is not possible in a, active.",
            "possible are block, suspend, cancel, go, correct",
        )
    ]
    assert refused(DRAFT, "go")[0][2:] == (
        "go is not possible in draft.",
        "possible are open, cancel",
    )


def test_a_cause_is_asked_for_and_the_nearest_is_told() -> None:
    def why(*causes: str, place: mk.Position = AT_B) -> tuple[str, str]:
        context = mk.Context(causes=frozenset(causes))
        ((kind, code, said, fix),) = refused(place, "correct", context)
        assert (kind, code) == (K.EVENT, "MK-WFL-022")
        return said, fix

    assert why() == (
        "correct needs a cause.",
        "name one of changed, missing, wrong, or record an action instead",
    )
    assert why("wrogn") == ("No cause of 'wrogn' is known.", "did you mean 'wrong'?")
    assert why("wrong", place=AT_A) == (
        "No cause of 'wrong' leads back from here.",
        "here it is one of changed, missing",
    )


def test_guards_come_first_then_the_gate_out_then_the_gate_in_each_once() -> None:
    asked: list[str] = []

    def holds(name: str) -> bool:
        asked.append(name)
        return True

    assert W.step(AT_A, "go", mk.Context(holds=holds)) is GO
    assert asked == ["quorum", "MK-GAT-003", "MK-GAT-004", "MK-GAT-005"]


def test_a_review_opens_by_the_gate_into_the_first_stage_alone() -> None:
    chosen = W.table.chosen(DRAFT, "open")

    assert chosen == mk.Planned(OPEN, ("MK-GAT-001",), ("MK-GAT-001",))


@pytest.mark.parametrize(
    ("place", "event", "gate"),
    [
        (AT_B, "done", ("MK-GAT-006",)),
        (AT_B, "block", ()),
        (AT_B, "cancel", ()),
    ],
)
def test_an_end_has_no_gate_of_its_own_and_who_stays_passes_none(
    place: mk.Position, event: str, gate: tuple[str, ...]
) -> None:
    chosen = W.table.chosen(place, event)

    assert isinstance(chosen, mk.Planned)
    assert chosen.gate == gate


def test_a_correction_asks_no_gate() -> None:
    def never(_: str) -> bool:
        return False

    context = mk.Context(holds=never, causes=frozenset({"wrong"}))
    assert W.step(AT_B, "correct", context) is NEAR


def test_every_reason_is_told_at_once_roles_first() -> None:
    context = mk.Context(
        holds=lambda name: name == "MK-GAT-004", roles=frozenset({"owner", "coach"})
    )

    assert refused(AT_A, "go", context) == [
        (
            K.ROLE,
            "MK-ACC-001",
            "go is for sponsor.",
            "ask somebody with the role, or assign the role on the review",
        ),
        *(
            (
                K.GATE,
                "MK-WFL-023",
                f"{name} does not hold for go.",
                "bring about what is asked for",
            )
            for name in ("quorum", "MK-GAT-003", "MK-GAT-005")
        ),
    ]


@pytest.mark.parametrize("name", ["quorum", "MK-GAT-003", "MK-GAT-005"])
@pytest.mark.parametrize("roles", [None, frozenset({"sponsor"})])
def test_each_name_that_does_not_hold_refuses_alone(
    name: str, roles: frozenset[str] | None
) -> None:
    context = mk.Context(holds=lambda asked: asked != name, roles=roles)

    assert refused(AT_A, "go", context) == [
        (
            K.GATE,
            "MK-WFL-023",
            f"{name} does not hold for go.",
            "bring about what is asked for",
        )
    ]


@pytest.mark.parametrize(
    "roles", [None, frozenset({"sponsor"}), frozenset({"sponsor", "x"})]
)
def test_one_role_is_enough_and_roles_may_be_left_out(
    roles: frozenset[str] | None,
) -> None:
    assert W.step(AT_A, "go", mk.Context(roles=roles)) is GO


def test_where_no_role_is_named_nobody_is_refused() -> None:
    moves = tuple(attrs.evolve(move, roles=()) for move in W.moves)
    free = attrs.evolve(W, moves=moves)

    assert free.step(AT_A, "go", mk.Context(roles=frozenset())).target == "b"


def test_where_a_role_is_named_a_move_without_one_is_for_nobody() -> None:
    moves = tuple(attrs.evolve(m, roles=()) if m is GO else m for m in W.moves)
    table = attrs.evolve(W, moves=moves)
    with pytest.raises(mk.RefusedError, match="go is for nobody") as caught:
        table.step(AT_A, "go", mk.Context(roles=frozenset({"sponsor"})))

    (refusal,) = caught.value.verdict.refusals
    assert refusal.issue.fix == "name the roles that may do it in the workflow"


def test_who_lacks_a_role_is_told_which() -> None:
    issue = lacking("waive", ("sponsor", "owner"), {"coach", "boss"})

    assert issue.message == "waive is for sponsor or owner."
    assert issue.value == "'boss, coach'"


def test_a_place_is_told_in_words() -> None:
    assert str(DRAFT) == "draft"
    assert str(BLOCKED) == "b, blocked"


def test_a_move_for_drafts_and_others_asks_a_draft_for_no_way_out() -> None:
    skip = mk.Move(
        event="skip", target="a", when=(S.DRAFT, S.ACTIVE, S.ACTIVE), roles=SPONSOR
    )
    table = attrs.evolve(W, moves=(*W.moves, skip)).table

    assert table.rows["skip", S.DRAFT, None] == (
        mk.Planned(skip, ("MK-GAT-001",), ("MK-GAT-001",)),
    )
    assert [each.gate for each in table.rows["skip", S.ACTIVE, "b"]] == [
        ("MK-GAT-006", "MK-GAT-001")
    ]


@settings(deadline=None)
@given(sound_workflows(rules=("MK-GAT-001", "MK-GAT-002")), st.data())
def test_every_walk_keeps_to_the_places_and_every_place_leads_on(
    workflow: mk.Workflow, data: st.DataObject
) -> None:
    keys = {stage.key for stage in workflow.stages}
    place = mk.Position()
    for _ in range(12):
        possible = list(workflow.table.moves_at(place))
        over = place.status in (S.CLOSED, S.CANCELED)
        assert bool(possible) is not over
        if over:
            return
        planned = data.draw(st.sampled_from(possible))
        causes = frozenset(planned.move.causes[:1])
        move = workflow.step(place, planned.move.event, mk.Context(causes=causes))
        assert move.priority <= planned.move.priority
        place = workflow.after(place, move)
        assert place.stage in keys or place.status is S.CANCELED
        if place.status in (S.ACTIVE, S.BLOCKED):
            assert place.before is place.status
