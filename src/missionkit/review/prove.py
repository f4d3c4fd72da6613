"""Whether the names of a workflow lead somewhere, and its duties can be kept.

That its shape is sound is proved when it is built. What is proved here needs the book
of rules, the guards, and the roles that there are.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Unpack

from attrs import frozen

from missionkit.domain.checking import shape_faults
from missionkit.domain.model import Model, refuse_no_model
from missionkit.domain.review import ReviewCycle
from missionkit.domain.role import Role, RoleKind
from missionkit.domain.spec import Leaf, Nested
from missionkit.domain.stages import Move, ReviewAct, Stage
from missionkit.domain.stepping import Position
from missionkit.domain.workflow import Workflow
from missionkit.domain.workflow_graph import Graph
from missionkit.domain.workflow_words import Hints
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue
from missionkit.markup import shown
from missionkit.ports.rule import RuleView
from missionkit.review import codes
from missionkit.review.setting import Setting, Settings, setting_of
from missionkit.rules.facts.review_roles import players_of


def prove(
    workflow: Workflow,
    *,
    model: Model | None = None,
    cycle: ReviewCycle | None = None,
    on: date | None = None,
    **settings: Unpack[Settings],
) -> None:
    """Return when a workflow can be run, or raise with all that stands against it.

    What is asked is told by `proof_of`.

    Raises:
        InvalidValueError: it cannot be run; `issues` names every fault.
    """
    found = proof_of(workflow, model=model, cycle=cycle, on=on, **settings)
    if found:
        raise InvalidValueError("workflow", found)


def proof_of(
    workflow: Workflow,
    *,
    model: Model | None = None,
    cycle: ReviewCycle | None = None,
    on: date | None = None,
    **settings: Unpack[Settings],
) -> tuple[Issue, ...]:
    """Return every reason why a workflow cannot be run; nothing where it can.

    Its guards, the rules of its gates and its roles must be there. Whoever may make a
    move, the separation of duties must leave enough parties for its approvals. With a
    *model*, its roles are known as well; with a review (*cycle*) and a day (*on*) of
    it besides, somebody must play them on that day.

    Raises:
        InvalidValueError: an argument is of a wrong type.
    """
    _refuse_wrong(workflow, model, cycle, on)
    proof = _Proof(workflow, setting_of(**settings), model, cycle, on)
    return (
        *_guards(proof),
        *_rules(proof),
        *_roles(proof),
        *_for_nobody(proof),
        *_approvals(proof),
        *_unplayed(proof),
    )


def _refuse_wrong(workflow: object, model: object, cycle: object, on: object) -> None:
    """Raise `InvalidValueError` where an argument is of a wrong type."""
    faults = list(shape_faults(Nested(Workflow), workflow, "workflow"))
    if cycle is not None:
        faults += shape_faults(Nested(ReviewCycle), cycle, "cycle")
    if on is not None:
        faults += shape_faults(Leaf(date), on, "on")
    if faults:
        raise InvalidValueError("prove", tuple(faults))
    if model is not None:
        refuse_no_model(model, "prove")


@frozen(eq=False)
class _Proof:
    """What is proved, and by what."""

    workflow: Workflow
    setting: Setting
    model: Model | None = None
    cycle: ReviewCycle | None = None
    on: date | None = None

    @cached_property
    def graph(self) -> Graph:
        """Where a review can come to, and by which way."""
        flow = self.workflow
        return Graph.of(flow.stages, flow.ends, flow.moves)

    @cached_property
    def nearest(self) -> Mapping[int, Position]:
        """The nearest place from which each move is made."""
        return self.graph.nearest_places()

    @cached_property
    def played(self) -> Mapping[str, frozenset[str]] | None:
        """Who plays each role on the day; None where no review and day are given."""
        if self.model is None or self.cycle is None or self.on is None:
            return None
        view = RuleView(model=self.model, on=self.on, cycle=self.cycle)
        return players_of(view, self.cycle)

    def parties(self, roles: Iterable[str]) -> frozenset[str] | None:
        """Return who plays any of some roles on the day, if that is known."""
        if self.played is None:
            return None
        return frozenset(who for role in roles for who in self.played.get(role, ()))

    def at_most(self, roles: Iterable[str]) -> int | None:
        """Return how many parties play some roles at most, where that is fixed."""
        fixed = {role.name: role.parties for role in self.workflow.roles}
        counts = [fixed.get(role) for role in dict.fromkeys(roles)]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None


def _guards(proof: _Proof) -> Iterator[Issue]:
    known = Hints(proof.setting.guards)
    for at, move in enumerate(proof.workflow.moves):
        for number, name in enumerate(move.guards):
            if name not in known:
                yield codes.NO_GUARD.issue(
                    f"{_way(proof, at)}: there is no guard {shown(name)}.",
                    path=f"moves[{at}].guards[{number}]",
                    value=name,
                    fix=_or_pass(known(name), "guard", "guards"),
                )


def _rules(proof: _Proof) -> Iterator[Issue]:
    entries = proof.setting.rules
    known = Hints(code.code for entry in entries for code in entry.codes)
    for at, stage in enumerate(proof.workflow.stages):
        for name, gate in (("entry", stage.entry), ("exit", stage.exit)):
            for number, code in enumerate(gate.rules):
                if code not in known:
                    yield codes.NO_RULE.issue(
                        f"{proof.graph.way_into(stage.key)}: no rule has the code"
                        f" {code}, for which the {name} gate of the stage asks.",
                        path=f"stages[{at}].{name}.rules[{number}]",
                        value=code,
                        fix=_or_pass(known(code), "rule", "rules"),
                    )


def _or_pass(near: str, what: str, where: str) -> str:
    """Return what to do about a name that is not there: it may be yours, not passed."""
    if near.startswith("did you mean"):
        return near
    besides = f"pass the {what} in `{where}`"
    return f"{near}, or {besides}" if near else besides


def _roles(proof: _Proof) -> Iterator[Issue]:
    flow = proof.workflow
    own = (role.name for role in flow.roles)
    held = (role.id for role in proof.model.of(Role)) if proof.model else ()
    known = Hints((*own, *map(str, RoleKind), *held))
    for path, what, roles in _named(flow):
        for number, role in enumerate(roles):
            if role not in known:
                yield codes.UNKNOWN_ROLE.issue(
                    f"There is no role {shown(role)}, named for {what}.",
                    path=f"{path}[{number}]",
                    value=role,
                    fix=known(role),
                )


def _named(flow: Workflow) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield each place that names roles: its path, what it is for, and the roles."""
    for at, stage in enumerate(flow.stages):
        for name in ("accountable", "responsible", "consulted"):
            yield f"stages[{at}].{name}", f"stage {stage.key}", getattr(stage, name)
    for at, move in enumerate(flow.moves):
        yield f"moves[{at}].roles", move.event, move.roles
    for at, each in enumerate(flow.permissions):
        yield f"permissions[{at}].roles", _words(each.act), each.roles


def _for_nobody(proof: _Proof) -> Iterator[Issue]:
    """Yield an issue for each move and act that is for no role, where roles count."""
    flow = proof.workflow
    if flow.open_to_all:
        return
    for at, move in enumerate(flow.moves):
        if not move.roles:
            yield codes.NOBODY_MAY.issue(
                f"{_way(proof, at)}: nobody may.", path=f"moves[{at}].roles"
            )
    for at, each in enumerate(flow.permissions):
        if not each.roles:
            yield codes.NOBODY_MAY.issue(
                f"Nobody may {_words(each.act)}.", path=f"permissions[{at}].roles"
            )


def _approvals(proof: _Proof) -> Iterator[Issue]:
    """Yield an issue for each move whose approvals the duties make impossible."""
    flow = proof.workflow
    if flow.open_to_all:
        return
    stages = {stage.key: stage for stage in flow.stages}
    for at, move in enumerate(flow.moves):
        if move.approvals:
            key = move.source
            for stage in flow.stages if key is None else (stages[key],):
                yield from _approved(proof, at, move, stage)


def _approved(proof: _Proof, at: int, move: Move, stage: Stage) -> Iterator[Issue]:
    flow, path = proof.workflow, f"moves[{at}].approvals"
    submit, approve = flow.may(ReviewAct.SUBMIT, stage.key), flow.may(ReviewAct.APPROVE)
    many = f"{move.approvals} approval{'' if move.approvals == 1 else 's'}"
    needs = f"{_way(proof, at)} needs {many}; in {shown(stage.key)}"
    for act, roles in ((ReviewAct.SUBMIT, submit), (ReviewAct.APPROVE, approve)):
        if not roles:
            yield codes.NO_APPROVAL.issue(
                f"{needs} nobody may {act}.",
                path=path,
                value=move.approvals,
            )
    if submit and approve:
        most, why = _most_approvals(proof, submit, approve)
        if most is not None and most < move.approvals:
            yield codes.TOO_FEW_APPROVERS.issue(
                f"{needs} there can be {most}: {why}.",
                path=path,
                value=move.approvals,
            )


def _most_approvals(
    proof: _Proof, submit: tuple[str, ...], approve: tuple[str, ...]
) -> tuple[int | None, str]:
    """Return how many approvals there can be at most, if that is known, and why."""
    playing, submitting = proof.parties(approve), proof.parties(submit)
    if playing is not None and submitting is not None:
        most, same = len(playing), submitting <= playing
    else:
        fixed = proof.at_most(approve)
        if fixed is None:
            return None, ""
        most, same = fixed, set(submit) <= set(approve)
    named = " or ".join(dict.fromkeys(approve))
    why = f"{named} is {most} {'party' if most == 1 else 'parties'}"
    if not (same and most):
        return most, why
    return most - 1, f"{why}, one submits"


def _unplayed(proof: _Proof) -> Iterator[Issue]:
    """Yield an issue for each move for whose roles there is nobody on the day."""
    for at, move in enumerate(proof.workflow.moves):
        if move.roles and proof.parties(move.roles) == frozenset():
            yield codes.NOBODY_PLAYS.issue(
                f"{_way(proof, at)}: on {proof.on} nobody is"
                f" {' or '.join(move.roles)}.",
                path=f"moves[{at}].roles",
                value=", ".join(move.roles),
            )


def _way(proof: _Proof, at: int) -> str:
    """Return the shortest way to a move, and the move."""
    move = proof.workflow.moves[at]
    way = proof.graph.way_to(proof.nearest[at])
    return f"{way} -{move.event}-> {move.target or 'same'}"


def _words(act: ReviewAct) -> str:
    return str(act).replace("_", " ")
