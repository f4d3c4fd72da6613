"""Whether the gates and the guards on the way of a move let it pass."""

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import evolve

from missionkit.domain.review import Evidence
from missionkit.domain.stepping import Planned
from missionkit.issue import Issue, Refusal, RefusalKind, did_you_mean
from missionkit.markup import one_line, shortened, shown
from missionkit.ports.guard import Guard, GuardView
from missionkit.ports.rule import NotJudged
from missionkit.review import codes
from missionkit.review.act import Asked
from missionkit.rules.asking import text_of
from missionkit.rules.check import judged
from missionkit.rules.question import Question
from missionkit.rules.result import CheckResult
from missionkit.rules.selection import Selection
from missionkit.rules.soundness import UnsoundError, sound_issue
from missionkit.rules.waivers import Waived, Waivers

_MOST: Final = 100_000
"""With more against a move than this, a guard goes on without an end."""
_WIDE: Final = 200

Found = tuple[tuple[Refusal, ...], tuple[Issue, ...]]


def gate_verdict(
    asked: Asked,
    planned: Planned,
    causes: frozenset[str],
    evidence: tuple[Evidence, ...],
) -> Found:
    """Return what refuses a move, and what would if it were not waived."""
    against, waived = [*_missing(asked, planned.gate)], []
    doubts: list[Issue] = []
    if planned.gate:  # most moves ask none, and need not look at the model
        result = _judged(asked, planned.gate)
        against += result.errors
        waived = [each.issue for each in result.waived]
        doubts = [_not_judged(asked, each) for each in result.not_judged]
    doubts += _guarded(asked, planned, causes, evidence)
    if doubts:
        waivers = Waivers.at_gate(asked.view)
        said = {(each.ref, each.message) for each in against}
        for issue in doubts:
            if isinstance(waivers.covering(issue), Waived):
                waived.append(issue)
            elif (issue.ref, issue.message) not in said:  # a rule may have told it
                against.append(waivers.told(issue))
    refusals = tuple(Refusal(RefusalKind.GATE, issue) for issue in against)
    return refusals, tuple(waived)


def _judged(asked: Asked, gate: Iterable[str]) -> CheckResult:
    """Return what the rules of a gate find; no other rule is looked at.

    That limits and severities are known was asked when the setting was read.
    """
    setting, known = asked.setting, asked.setting.rules_by_code
    wanted = sorted(known.keys() & set(gate))
    places = sorted({at for code in wanted for at in known[code]})
    return judged(
        Question(
            model=asked.model,
            on=asked.day,
            cycle=asked.cycle,
            entries=tuple(setting.rules[at] for at in places),
            limits=setting.limits,
            wanted=Selection(select=wanted, severities=setting.severities),
            workflow=asked.workflow,
            at_gate=True,
        )
    )


def _not_judged(asked: Asked, missed: NotJudged) -> Issue:
    """Return what keeps a gate shut of which nobody can say whether it may open."""
    issue = codes.NOT_JUDGED.issue(
        f"{missed.code} is not judged: {missed.why}.",
        ref=asked.cycle.id,
        value=", ".join(missed.refs),
    )
    return evolve(issue, restates=missed.code)


def _missing(asked: Asked, gate: Iterable[str]) -> Iterator[Issue]:
    known = asked.setting.rules_by_code
    for code in gate:
        if code not in known:
            yield codes.NO_RULE.issue(
                f"No rule has the code {code}, for which a gate asks.",
                ref=asked.cycle.id,
                value=code,
                fix=did_you_mean(code, known),
            )


def _guarded(
    asked: Asked,
    planned: Planned,
    causes: frozenset[str],
    evidence: tuple[Evidence, ...],
) -> Iterator[Issue]:
    view = GuardView(
        model=asked.model,
        cycle=asked.cycle,
        workflow=asked.workflow,
        move=planned.move,
        by=asked.by,
        at=asked.at,
        why=asked.why,
        causes=causes,
        evidence=evidence,
    )
    for name in planned.move.guards:
        yield from _asked_guard(asked, evolve(view, guard=name))


def _asked_guard(asked: Asked, view: GuardView) -> Iterator[Issue]:
    """Yield what a guard has against a move; one that fails lets nothing pass."""
    guard = asked.setting.guards.get(view.guard)
    if guard is None:
        issue = codes.NO_GUARD.issue(
            f"There is no guard {shown(view.guard)}.",
            ref=asked.cycle.id,
            value=view.guard,
            fix=did_you_mean(view.guard, asked.setting.guards),
        )
        yield evolve(issue, restates=view.guard)
        return
    found, error = _answers(guard, view)
    yield from found
    if error is not None:
        yield _failed(asked, view.guard, error)


def _answers(guard: Guard, view: GuardView) -> tuple[list[Issue], BaseException | None]:
    """Return what a guard has against a move, and what it raised in the end, if so."""
    found: list[Issue] = []
    try:
        for each in guard(view):
            if len(found) == _MOST:
                return [], UnsoundError(f"more than {_MOST} issues")
            found.append(sound_issue(each))
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:  # noqa: BLE001 - anybody's code
        return found, error
    return found, None


def _failed(asked: Asked, name: str, error: BaseException) -> Issue:
    text, kind = text_of(error), type(error).__name__
    unsound, bare = isinstance(error, UnsoundError), text in ("", kind)
    said = shortened(one_line(kind if bare else text), _WIDE)
    verb = "yielded" if unsound else "failed with" if bare else "failed:"
    full = said if unsound or bare else shortened(one_line(f"{kind}: {text}"), _WIDE)
    issue = codes.GUARD_FAILED.issue(
        f"Guard {shown(name)} {verb} {said.rstrip('.')}.",
        ref=asked.cycle.id,
        value=full,
    )
    return evolve(issue, restates=name)
