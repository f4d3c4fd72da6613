"""A workflow typed line by line: what is usual need not be said."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Self, TypeAlias

from attrs import define, evolve, field

from missionkit.domain import codes
from missionkit.domain.lifecycle import lifecycle
from missionkit.domain.review import CycleStatus
from missionkit.domain.spec import spec_of
from missionkit.domain.stages import (
    Gate,
    Migration,
    Move,
    Permission,
    Renamed,
    ReviewAct,
    Stage,
    StageOutput,
    WorkflowRole,
)
from missionkit.domain.workflow import Workflow
from missionkit.domain.workflow_parts import (
    Making,
    Parts,
    Record,
    faults_beside,
    is_text,
    label_of,
    listed,
    many,
    status_of,
    word,
)
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue, did_you_mean

Texts: TypeAlias = str | Iterable[str]

_CARRY_OVER: Final = "carry_over_kept"
_REHOMED: Final = "actions_rehomed"
_LOOSE: Final = frozenset({codes.UNREACHABLE.code, codes.TRAP.code})


def define_workflow(  # noqa: PLR0913 - one for each field of a workflow
    name: str,
    *,
    start: str,
    version: int = 1,
    label: str = "",
    provenance: str = "",
    guarded: bool = True,
) -> "WorkflowDraft":
    """Return a workflow to be filled: each call adds to it, `workflow` builds it.

    *start* is the stage that is entered first. Unless it is not *guarded*, what leads
    to an end asks for the guard ``carry_over_kept``, and what cancels a review for
    ``actions_rehomed``: nothing that is open is lost.

    >>> (
    ...     define_workflow("letter", start="write")
    ...     .move("send", "write", "read")
    ...     .move("answer", "read", "closed")
    ...     .workflow.stages[1].label
    ... )
    'Read'
    """
    given = {"name": name, "version": version, "label": label, "provenance": provenance}
    return WorkflowDraft(start=start, guarded=guarded, given=given)


@define(kw_only=True, eq=False)
class WorkflowDraft:
    """A workflow that is being typed; every call returns it, so that calls chain.

    Lists may be anything that yields texts; a single text is a list of one. Nothing is
    refused before `workflow` is asked for, which then names every fault at once.
    """

    start: str
    guarded: bool
    given: Record
    _stages: list[tuple[object, Record | None]] = field(factory=list, init=False)
    _ends: list[str] = field(factory=list, init=False)
    _moves: list[Record] = field(factory=list, init=False)
    _roles: list[Record] = field(factory=list, init=False)
    _allowed: list[tuple[object, list[str]]] = field(factory=list, init=False)
    _migrations: list[tuple[int, object]] = field(factory=list, init=False)
    _players: Record | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        """Begin with the stage that is entered first."""
        self._mention(self.start)

    def stage(  # noqa: PLR0913 - one for each field of a stage
        self,
        key: str,
        label: str = "",
        *,
        work_processes: Texts = (),
        inputs: Texts = (),
        outputs: str | Iterable[str | StageOutput] = (),
        entry: Texts | Gate = (),
        exit: Texts | Gate = (),
        accountable: Texts = (),
        responsible: Texts = (),
        consulted: Texts = (),
        max_days: int | None = None,
        overdue: str | None = None,
    ) -> Self:
        """Add a stage; a stage that only moves name needs no call of its own.

        *entry* and *exit* are codes of rules. Stages stand in the order in which they
        are first named, and a *label* that is left out is made of the key.
        """
        self._put_stage(
            key,
            {
                "key": key,
                "label": label or label_of(key),
                "work_processes": many(work_processes),
                "inputs": many(inputs),
                "outputs": many(outputs),
                "entry": entry if isinstance(entry, Gate) else many(entry),
                "exit": exit if isinstance(exit, Gate) else many(exit),
                "accountable": many(accountable),
                "responsible": many(responsible),
                "consulted": many(consulted),
                "max_days": max_days,
                "overdue": overdue,
            },
        )
        return self

    def move(  # noqa: PLR0913 - one for each field of a move
        self,
        event: str,
        source: str | None = None,
        target: str | None = None,
        *,
        label: str = "",
        when: Texts = (CycleStatus.ACTIVE,),
        then: str | None = None,
        causes: Texts = (),
        gated: bool = True,
        guards: Texts = (),
        roles: Texts = (),
        approvals: int = 0,
        priority: int = 0,
    ) -> Self:
        """Add what an event does: from *source*, or any stage, to a stage or an end.

        Where *target* is left out, the review stays in its stage, and *then* says in
        which status. A stage may be its own target: it is entered anew.
        """
        for key in (source, target):
            if key is not None:
                self._mention(key)
        made: Record = {
            "event": event,
            "source": source,
            "target": target,
            "label": label,
            "when": tuple(status_of(each) for each in listed(when)),
            "then": status_of(then),
            "causes": many(causes),
            "gated": gated,
            "guards": many(guards),
            "roles": many(roles),
            "approvals": approvals,
            "priority": priority,
        }
        self._moves.append(made)
        return self

    def end(self, *keys: str) -> Self:
        """Add ends, to which moves lead; unless there is one, ``closed`` is the end."""
        self._ends += keys
        return self

    def role(self, name: str, *, parties: int | None = None) -> Self:
        """Add a role of the workflow's own, and how many parties play it, if fixed."""
        self._roles.append({"name": name, "parties": parties})
        return self

    def allow(self, acts: Texts, *roles: str) -> Self:
        """Let roles do something, such as ``approve``, beside those that may already.

        Where one role is named anywhere, an act that nothing is said of is for nobody.
        """
        for each in listed(acts):
            act = word(ReviewAct, each)
            held = next((names for known, names in self._allowed if known == act), None)
            if held is None:
                self._allowed.append((act, held := []))
            held += (role for role in roles if role not in held)
        return self

    def lifecycle(
        self, *, open: Texts = (), run: Texts = (), cancel: Texts = ()
    ) -> Self:
        """Say who opens a review, who stops it and goes on with it, who cancels it.

        Unless it is said, whoever may make one of the moves may do all of this.
        """
        self._players = {
            "open": many(open),
            "run": many(run),
            "cancel": many(cancel),
        }
        return self

    def migrates(self, version: int, stages: Mapping[str, str]) -> Self:
        """Let running reviews of an earlier version go on in this one.

        *stages* holds what earlier stages are called now; others keep their names.
        """
        self._migrations.append((version, stages))
        return self

    @property
    def workflow(self) -> Workflow:
        """The workflow.

        Raises:
            InvalidValueError: the issues name every fault of it, and of its parts;
                ``moves[0]`` is the move that was added first.
        """
        making = Making()
        ends = tuple(self._ends) or ("closed",)
        given: Record = {
            **self.given,
            "ends": ends,
            "stages": making.all("stages", self._stages_made(ends, making)),
            "moves": making.all("moves", self._moves_made(ends)),
            "roles": making.all("roles", ((WorkflowRole, r) for r in self._roles)),
            "permissions": making.all("permissions", self._permissions()),
            "migrations": making.all("migrations", self._migrations_made(making)),
        }
        try:
            if not making.faults:
                return Workflow(**given)
        except InvalidValueError as error:
            found = error.issues
        else:
            found = (*making.faults, *faults_beside(given, making.wrong))
        hinted = tuple(self._hinted(issue, given) for issue in found)
        raise InvalidValueError("workflow", hinted)

    def _mention(self, key: object) -> None:
        """Note a stage, or an end, where it is named for the first time."""
        if is_text(key) and all(key != known for known, _ in self._stages):
            self._stages.append((key, None))

    def _put_stage(self, key: object, made: Record) -> None:
        for at, (known, held) in enumerate(self._stages):
            if known == key and held is None:
                self._stages[at] = (key, made)
                return
        self._stages.append((key, made))

    def _stages_made(self, ends: tuple[str, ...], making: "Making") -> Parts:
        kept = [
            (key, held)
            for key, held in self._stages
            if held is not None or key not in ends
        ]
        for at, (key, held) in enumerate(kept):
            made = dict(held or {"key": key, "label": label_of(key)})
            for name in ("entry", "exit"):
                rules = made.get(name, Gate())
                if not isinstance(rules, Gate):
                    where = f"stages[{at}].{name}"
                    made[name] = making.one(where, Gate, {"rules": rules}) or Gate()
            if isinstance(outputs := made.get("outputs", ()), tuple):
                where = f"stages[{at}].outputs"
                made["outputs"] = tuple(
                    making.output(f"{where}[{n}]", each)
                    for n, each in enumerate(outputs)
                )
            yield Stage, made

    def _moves_made(self, ends: tuple[str, ...]) -> Parts:
        for held in self._moves:
            guard = self._guard(held, ends)
            guards = held["guards"]
            if guard and isinstance(guards, tuple) and guard not in guards:
                yield Move, {**held, "guards": (guard, *guards)}
            else:
                yield Move, held
        named = {held["event"] for held in self._moves if is_text(held["event"])}
        for move in self._usual():
            if move["event"] not in named:
                yield Move, move

    def _guard(self, move: Record, ends: tuple[str, ...]) -> str:
        """Return the guard that keeps what is open from being lost, if one must."""
        if not self.guarded:
            return ""
        if move["then"] is CycleStatus.CANCELED:
            return _REHOMED
        return _CARRY_OVER if move["target"] in ends else ""

    def _usual(self) -> Iterator[Record]:
        """Yield the moves that every review has, as they are to be made."""
        movers = dict.fromkeys(
            role
            for held in self._moves
            if isinstance(held["roles"], tuple)
            for role in held["roles"]
            if is_text(role)
        )
        everyone = dict.fromkeys(("open", "run", "cancel"), tuple(movers))
        who = self._players or everyone
        guards = (_REHOMED,) if self.guarded else ()
        # Made with names that are sound; what was given is looked at with the rest.
        for move in lifecycle("start", cancel_guards=guards):
            made = {
                item.name: getattr(move, item.name) for item in spec_of(Move).fields
            }
            if move.target is not None:
                made["target"] = self.start
            key = move.event if move.event in who else "run"
            yield {**made, "roles": who[key]}

    def _permissions(self) -> Parts:
        for act, roles in self._allowed:
            yield Permission, {"act": act, "roles": tuple(roles)}

    def _migrations_made(self, making: "Making") -> Parts:
        for at, (version, stages) in enumerate(self._migrations):
            renamed: object = stages
            if isinstance(stages, Mapping):
                pairs = [{"before": old, "now": new} for old, new in stages.items()]
                where = f"migrations[{at}].stages"
                made = (
                    making.one(f"{where}[{n}]", Renamed, pair)
                    for n, pair in enumerate(pairs)
                )
                renamed = tuple(each for each in made if each)
            yield Migration, {"version": version, "stages": renamed}

    def _hinted(self, issue: Issue, given: Record) -> Issue:
        """Return an issue about a stage that only moves name, with the nearest name."""
        if issue.code not in _LOOSE:
            return issue
        implied = {key for key, held in self._stages if held is None}
        found = [
            stage.key
            for at, stage in enumerate(given["stages"])
            if issue.path == f"stages[{at}]" and stage.key in implied
        ]
        known = [stage.key for stage in given["stages"] if stage.key not in found]
        near = [did_you_mean(key, (*known, *given["ends"])) for key in found]
        return evolve(issue, fix=near[0]) if near and near[0] else issue
