"""What is asked of a model: the arguments of a check, proved to be what they say."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from attrs import field, frozen

from missionkit.domain.checking import shape_faults
from missionkit.domain.codes import WRONG_TYPE
from missionkit.domain.model import Model, refuse_no_model
from missionkit.domain.review import ReviewCycle
from missionkit.domain.spec import Leaf
from missionkit.domain.workflow import Workflow
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue
from missionkit.markup import shown
from missionkit.ports.rule import RuleEntry
from missionkit.rules.book import BOOK
from missionkit.rules.codes import limits as limit_codes
from missionkit.rules.codes import plugins as plugin_codes
from missionkit.rules.codes import selection as selection_codes
from missionkit.rules.limits import refused_limits
from missionkit.rules.plugged import why_no_rule
from missionkit.rules.selection import Selection

OWN: Final = RuleEntry(
    rule=lambda _: (),
    codes=(
        limit_codes.UNKNOWN_LIMIT,
        selection_codes.WAIVED_CODE_UNKNOWN,
        plugin_codes.RULE_FAILED,
    ),
)
"""What a check itself finds doubtful about limits, waivers and rules."""


@frozen(kw_only=True)
class Question:
    """A model, and by which rules, on which day and for which review to judge it.

    `workflow` is that of the review, where whoever asks knows it; `at_gate` says that
    a gate asks, at which not every waiver counts.
    """

    model: Model
    on: date | None
    cycle: ReviewCycle | None
    entries: tuple[RuleEntry, ...]
    limits: Mapping[str, float] = field(hash=False)
    wanted: Selection
    workflow: Workflow | None = None
    at_gate: bool = False


def question(who: str, model: Model, *, timely: bool = False, **given: Any) -> Question:  # noqa: ANN401 - what a caller passed
    """Return what is asked, by the arguments of `check`; *who* is asked it.

    Where it is *timely*, a day has to be given.

    Raises:
        InvalidValueError: there is no model, or arguments are of a wrong type or hold
            what is not known; all of them are named.
        NotFoundError: there is no such cycle.
    """
    refuse_no_model(model, who)
    faults: list[Issue] = []
    asked = _Arguments(given, faults)
    rules = asked.items("rules", "a collection of rules", "write (rule,)")
    entries = BOOK if rules is None else tuple(_entries(rules, faults))
    wanted = Selection(
        select=asked.items("select", "codes"),
        ignore=asked.items("ignore", "codes"),
        severities=asked.pairs("severities", "severities by codes"),
    )
    limits = asked.pairs("limits", "numbers by the names of limits")
    day = given.get("on")
    faults += shape_faults(Leaf(date), day, "on") if timely or day is not None else ()
    faults += refused_limits(entries, limits)
    faults += wanted.faults((*BOOK, *entries, OWN))
    cycle = given.get("cycle")
    faults += _faults_of_cycle(model, cycle)
    if faults:
        raise InvalidValueError(who, tuple(faults))
    return Question(
        model=model,
        on=day,
        cycle=model.get(ReviewCycle, cycle) if isinstance(cycle, str) else cycle,
        entries=entries,
        limits=limits,
        wanted=wanted,
    )


@frozen
class _Arguments:
    """What was given by name, of any type, and where its faults are kept."""

    given: Mapping[str, Any]
    faults: list[Issue]

    def items(self, name: str, what: str, fix: str = "") -> tuple[Any, ...] | None:
        """Return the items of a collection; a text is one item, and None is none."""
        held = self.given.get(name)
        if held is None:
            return None
        if isinstance(held, str) and name != "rules":
            return (held,)
        if isinstance(held, set | frozenset):
            return tuple(sorted(held, key=str))
        if isinstance(held, str | bytes) or not isinstance(held, Iterable):
            self._refuse(name, what, held, fix or f"write {name}=(…,)")
            return None
        return tuple(held)

    def pairs(self, name: str, what: str) -> Mapping[Any, Any]:
        """Return a mapping; an empty one for None."""
        held = self.given.get(name)
        if held is None:
            return {}
        if not isinstance(held, Mapping):
            self._refuse(name, what, held, f"write {name}={{name: …}}")
            return {}
        return dict(held)

    def _refuse(self, name: str, what: str, held: object, fix: str) -> None:
        got = f"{shown(held)} ({type(held).__name__})"
        said = f"{name} must be {what}, got {got}."
        self.faults.append(WRONG_TYPE.issue(said, path=name, value=held, fix=fix))


def _entries(rules: Iterable[Any], faults: list[Issue]) -> Iterator[RuleEntry]:
    """Yield rules as entries; a plain function is an entry without codes."""
    for at, rule in enumerate(rules):
        why = why_no_rule(rule)
        if why:
            said = f"rules[{at}] {why}."
            path, fix = f"rules[{at}]", "pass functions of a view, or rule entries"
            faults.append(WRONG_TYPE.issue(said, path=path, value=rule, fix=fix))
        else:
            yield rule if isinstance(rule, RuleEntry) else RuleEntry(rule=rule)


def _faults_of_cycle(model: Model, cycle: object) -> Iterator[Issue]:
    if cycle is None or isinstance(cycle, str):
        return
    said = f"cycle must be a review or its id, got {shown(cycle)}"
    if not isinstance(cycle, ReviewCycle):
        said = f"{said} ({type(cycle).__name__})."
    elif model.find(cycle.id) != cycle:
        said = f"cycle {shown(cycle.id)} is not a review of this model, as it is now."
    else:
        return
    fix = "pass the id of a review of the model"
    yield WRONG_TYPE.issue(said, path="cycle", value=cycle, fix=fix)
