"""Who may do what: every operation, role and relation against a table of its own."""

# Ids are plain texts here, and wrong values are passed on purpose.
# mypy: disable-error-code="arg-type"

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from itertools import combinations, product
from typing import Any

import pytest
from attrs import evolve, frozen

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.intent import OperatingSphere, Organization
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.domain.review import (
    ActionStatus,
    Agenda,
    AgendaEntry,
    Approval,
    Artifact,
    ArtifactStatus,
    CycleStatus,
    Decision,
    Disposition,
    Evidence,
    ImprovementAction,
    PinnedDigest,
    ReviewCycle,
    RunStatus,
    StageRun,
)
from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.domain.stages import Gate
from missionkit.domain.values import Period
from missionkit.issue import RefusalKind, Verdict
from missionkit.review import (
    Approve,
    AssignAction,
    Decide,
    DisposeAgendaItem,
    Fire,
    Reaffirm,
    Submit,
    VerifyAction,
    Waive,
    can,
    fitting,
    moving,
    verifying,
    waiving,
)
from missionkit.review import act as acting
from missionkit.trace.approvals import pins_of

AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
BEFORE = datetime(2026, 3, 2, 12, tzinfo=UTC)
ROLES = (
    "sponsor",
    "facilitator",
    "planner",
    "reviewer",
    "owner",
    "engineer",
    "stakeholder_rep",
)
RELATIONS = (
    "author",
    "submitter",
    "waiver_requester",
    "action_owner",
    "already_approved",
)
# Nothing but who acts is asked here: no gates, no guards; two approvals are needed.
FREE = evolve(
    FOUR_STAGES,
    stages=tuple(evolve(s, entry=Gate(), exit=Gate()) for s in FOUR_STAGES.stages),
    moves=tuple(
        evolve(m, guards=(), approvals=2 if m.event == "complete" else 0)
        for m in FOUR_STAGES.moves
    ),
)
# Approvals that have to be given first are not asked here either.
UNAPPROVED = evolve(FREE, moves=tuple(evolve(m, approvals=0) for m in FREE.moves))
# The oracle, after the list in the design: who may do what.
MAY: Mapping[str, set[str]] = {
    "open": {"sponsor"},
    "complete in the middle": {"facilitator", "sponsor"},
    "complete the last stage": {"sponsor"},
    "correct for a material change": {"sponsor"},
    "correct for another cause": {"facilitator", "sponsor"},
    "block": {"facilitator", "sponsor"},
    "unblock": {"facilitator", "sponsor"},
    "suspend": {"facilitator", "sponsor"},
    "resume": {"facilitator", "sponsor"},
    "cancel": {"sponsor"},
    "submit in understand": {"facilitator"},
    "submit in direct": {"planner"},
    "submit in enable": {"owner"},
    "submit in review": {"reviewer", "owner"},
    "approve": {"sponsor", "reviewer"},
    "reaffirm": {"sponsor", "reviewer"},
    "waive": {"sponsor"},
    "dispose_agenda_item": {"facilitator", "sponsor"},
    "decide": {"sponsor", "reviewer"},
    "assign_action": {"facilitator", "owner"},
    "verify_action": {"reviewer", "owner"},
}
# And the duties: in which of the relations nobody may do it, whatever the role.
MAY_NOT: Mapping[str, set[str]] = {
    "approve": {"author", "submitter", "already_approved"},
    "reaffirm": {"author", "submitter"},
    "waive": {"waiver_requester"},
    "verify_action": {"action_owner"},
}


@frozen
class Cell:
    """Who asks: in which role, whether it is in force, in which relations."""

    role: str
    in_force: bool
    relations: frozenset[str]


def allowed(operation: str, cell: Cell) -> bool:
    kept = cell.relations.isdisjoint(MAY_NOT.get(operation, set()))
    return cell.in_force and cell.role in MAY[operation] and kept


CYCLES: Mapping[str, tuple[str | None, CycleStatus]] = {
    "draft": (None, CycleStatus.DRAFT),
    "understand": ("understand", CycleStatus.ACTIVE),
    "direct": ("direct", CycleStatus.ACTIVE),
    "enable": ("enable", CycleStatus.ACTIVE),
    "review": ("review", CycleStatus.ACTIVE),
    "blocked": ("direct", CycleStatus.BLOCKED),
    "suspended": ("direct", CycleStatus.SUSPENDED),
}


def reviews() -> Iterator[Any]:
    yield Agenda(
        id="agenda", name="Agenda", entries=(AgendaEntry(code="a", title="A"),)
    )
    # Two reviews of one thing at one time would decide against each other.
    yield OperatingSphere(id="apart", name="Apart")
    for ref, (stage, status) in CYCLES.items():
        yield ReviewCycle(
            id=ref,
            name=ref,
            stage=stage,
            status=status,
            agenda="agenda",
            scope=None if stage else "apart",
        )
        if stage:
            blocked = status is CycleStatus.BLOCKED
            yield StageRun(
                id=f"run-{ref}",
                cycle=ref,
                stage=stage,
                status=RunStatus.BLOCKED if blocked else RunStatus.IN_PROGRESS,
                entered=date(2026, 1, 5),
            )


@cache
def base() -> Model:
    people = (
        Party(id=f"party-{name}", name=name)
        for name in ("actor", "one", "two", "three")
    )
    roles = (
        Role(id=f"r-{kind.replace('_', '-')}", name=kind, kind=RoleKind(kind))
        for kind in ROLES
    )
    others = (
        RoleAssignment(id=f"of-{who}", role="r-reviewer", party=f"party-{who}")
        for who in ("one", "two")
    )
    return Model(
        [
            Organization(id="trust", name="Trust"),
            *people,
            *roles,
            *others,
            *reviews(),
            Evidence(id="log", locator="log.pdf"),
            ImprovementAction(
                id="done", statement="Done", status=ActionStatus.DONE, closed=AT.date()
            ),
            ImprovementAction(id="open", statement="Open", due=date(2026, 12, 1)),
        ]
    )


def made(ref: str, cycle: str, cell: Cell, status: ArtifactStatus) -> Artifact:
    """Return an artifact with the relations of a cell."""
    own = "party-actor"
    return Artifact(
        id=ref,
        title=ref,
        text="As it is",
        cycle=cycle,
        stage=CYCLES[cycle][0],
        status=status,
        author=own if "author" in cell.relations else "party-three",
        submitter=own if "submitter" in cell.relations else "party-three",
    )


def model_of(cell: Cell) -> Model:
    """Return a model in which the actor has a role and stands in some relations."""
    drafts = [
        made(f"draft-{stage.key}", stage.key, cell, ArtifactStatus.DRAFT)
        for stage in FREE.stages
    ]
    new = made("new", "understand", cell, ArtifactStatus.SUBMITTED)
    old = made("old", "understand", cell, ArtifactStatus.APPROVED)
    end = None if cell.in_force else date(2026, 5, 31)
    role = f"r-{cell.role.replace('_', '-')}"
    model = base().with_(
        *drafts,
        new,
        old,
        RoleAssignment(
            id="as",
            role=role,
            party="party-actor",
            period=Period(start=date(2026, 1, 1), end=end),
        ),
        RoleAssignment(
            id="owned",
            role="r-owner",
            party="party-actor" if "action_owner" in cell.relations else "party-one",
            on="done",
        ),
    )
    stale = (PinnedDigest(of=old.id, digest="0" * 64),)
    given: list[Any] = [
        Approval(
            id="old-by-one", artifact="old", party="party-one", at=BEFORE, digests=stale
        )
    ]
    if "already_approved" in cell.relations:
        given += [
            Approval(
                id=f"{ref}-by-actor",
                artifact=ref,
                party="party-actor",
                at=BEFORE,
                digests=pins,
            )
            for ref, pins in (("new", pins_of(model, new, at=BEFORE)), ("old", stale))
        ]
    return model.with_(*given)


def operations(cell: Cell) -> Mapping[str, tuple[str, Any]]:
    """Return each operation, with the review in which it is otherwise possible."""
    asks = "waiver_requester" in cell.relations
    log = (base().get(Evidence, "log"),)
    return {
        "open": ("draft", "open"),
        "complete in the middle": ("direct", "complete"),
        "complete the last stage": ("review", "complete"),
        "correct for a material change": (
            "direct",
            Fire(event="correct", causes=("material_change",)),
        ),
        "correct for another cause": (
            "direct",
            Fire(event="correct", causes=("needs_changed",)),
        ),
        "block": ("direct", "block"),
        "unblock": ("blocked", "unblock"),
        "suspend": ("direct", "suspend"),
        "resume": ("suspended", "resume"),
        "cancel": ("direct", "cancel"),
        **{
            f"submit in {key}": (key, Submit(artifact=f"draft-{key}"))
            for key in ("understand", "direct", "enable", "review")
        },
        "approve": ("understand", Approve(artifact="new")),
        "reaffirm": ("understand", Reaffirm(artifact="old")),
        "waive": (
            "direct",
            Waive(
                code="MK-WFL-030",
                on="direct",
                until=date(2026, 12, 31),
                requested_by="party-actor" if asks else "party-one",
            ),
        ),
        "dispose_agenda_item": (
            "review",
            DisposeAgendaItem(
                item="a", disposition=Disposition.CONSIDERED, summary="Seen"
            ),
        ),
        "decide": ("review", Decide(decision=Decision(id="go", statement="We go"))),
        "assign_action": ("review", AssignAction(action="open", owner="party-one")),
        "verify_action": (
            "review",
            VerifyAction(action="done", effective=True, evidence=log),
        ),
    }


CELLS = tuple(
    Cell(role, in_force, frozenset(relations))
    for role, in_force in product(ROLES, (True, False))
    for count in range(len(RELATIONS) + 1)
    for relations in combinations(RELATIONS, count)
)


def asked(operation: str, cell: Cell, model: Model) -> Verdict:
    cycle, act = operations(cell)[operation]
    workflow = UNAPPROVED if operation.startswith("complete") else FREE
    return can(model, cycle, act, by="party-actor", at=AT, workflows=workflow, rules=())


def differs(operation: str, cell: Cell, verdict: Verdict) -> bool:
    """Return whether the answer is another one, or for another reason than who asks."""
    kinds = {refusal.kind for refusal in verdict.refusals}
    return verdict.allowed is not allowed(operation, cell) or bool(
        kinds - {RefusalKind.ROLE}
    )


def differing(
    operations_asked: tuple[str, ...] = tuple(MAY), *, in_force: bool = False
) -> Iterator[tuple[str, Cell]]:
    for cell in CELLS:
        if in_force and not cell.in_force:
            continue
        model = model_of(cell)
        for operation in operations_asked:
            if differs(operation, cell, asked(operation, cell, model)):
                yield operation, cell


def test_everybody_may_do_what_the_list_says_and_nothing_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = list(differing())
    with capsys.disabled():
        count = len(MAY) * len(CELLS)
        print(f"\n{count} cells of who may do what, {len(found)} differ")  # noqa: T201

    assert found == []
    assert len(CELLS) == 7 * 2 * 2**5


def nothing(*_: object, **__: object) -> tuple[()]:
    return ()


TWINS: Mapping[str, tuple[object, str, Callable[..., Any], str]] = {
    "an approver may be author or submitter": (fitting, "_own", nothing, "approve"),
    "one who reaffirms may be author": (fitting, "_own", nothing, "reaffirm"),
    "a party may approve twice": (fitting, "_approved_already", nothing, "approve"),
    "who asks for a waiver may grant it": (waiving, "own_request", nothing, "waive"),
    "an owner may verify": (verifying, "own_action", nothing, "verify_action"),
    "roles do not matter for acts": (acting.Asked, "refused_role", nothing, "decide"),
    "roles do not matter for moves": (moving, "_role_lacking", nothing, "cancel"),
}


@pytest.mark.parametrize("name", TWINS)
def test_without_a_duty_or_a_role_the_answers_differ(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, what, instead, operation = TWINS[name]
    assert next(differing((operation,), in_force=True), None) is None

    monkeypatch.setattr(where, what, instead)

    assert next(differing((operation,), in_force=True), None) is not None
