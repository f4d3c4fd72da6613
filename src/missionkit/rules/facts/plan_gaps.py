"""Gates ask whether the plan says what, with what, who, when, and how one sees it.

A course of action is a strategy or a tactic within one, so what one says holds for the
other, too. It also speaks by the processes that realize it and by what it helps.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import frozen

from missionkit.domain.measure import SuccessMeasure
from missionkit.domain.plan import CourseOfAction, Objective, ObjectiveStatus
from missionkit.domain.process import DemandStatus, Process, ResourceDemand
from missionkit.ports.rule import Judgment, NotJudged, RuleView
from missionkit.rules.codes import direct as codes
from missionkit.rules.facts.players import NEEDS_A_DAY, owners
from missionkit.rules.facts.whole import root_of, whose
from missionkit.trace.lifetime import is_retired

_PURSUED: Final = frozenset({ObjectiveStatus.DRAFT, ObjectiveStatus.ACTIVE})
_GAPS: Final = {  # the question: where the answer stands, what is said, what to do
    "what": (
        "contributions",
        "helps no goal and no objective",
        "name what it helps in `contributions`, with a weight above 0",
    ),
    "with_what": (
        "budget",
        "has no budget and no demand for resources",
        "fill `budget`, or demand resources for a process that realizes it",
    ),
    "who": (
        "",
        "has no owner",
        "assign an owner on it, on what it helps, or on a process that realizes it",
    ),
    "when": ("period", "has no period", "fill `period`"),
    "how_seen": (
        "",
        "is evaluated by no measure",
        "add a success measure of an objective that it helps",
    ),
}


@frozen
class _Plan:
    """What the answers of a course of action are found in, by what they are about."""

    view: RuleView
    measured: frozenset[str]
    asking: frozenset[str]
    works: Mapping[str, list[str]]

    @classmethod
    def of(cls, view: RuleView) -> "_Plan":
        """Return the plan that a model holds; retired processes carry out nothing."""
        measured = set(view.referring(SuccessMeasure, "of"))
        measured |= {o.goal for o in _kept(view) if o.id in measured and o.goal}
        works: dict[str, list[str]] = {}
        for process in view.of(Process):
            for ref in () if is_retired(process, view.on) else process.realizes:
                works.setdefault(ref, []).append(process.id)
        asking = {
            str(demand.process)
            for demand in view.of(ResourceDemand)
            if demand.status is not DemandStatus.REFUSED
        }
        return cls(view, frozenset(measured), frozenset(asking), works)

    def answers(self, course: CourseOfAction) -> dict[str, bool | None]:
        """Return what a course of action says by itself; None: it needs a day."""
        works = self.works.get(course.id, ())
        helped = tuple(_helped(course))
        # What helps nothing is told so, and has nothing that it could be seen by.
        seen = not helped or not self.measured.isdisjoint((*works, *helped))
        return {
            "what": bool(helped),
            "with_what": course.budget is not None or not self.asking.isdisjoint(works),
            "who": self._is_owned((course.id, *works, *helped)),
            "when": course.period is not None,
            "how_seen": seen,
        }

    def _is_owned(self, refs: Iterable[str]) -> bool | None:
        """Return whether one of several has an owner; None where one may have one."""
        perhaps = False
        for ref in refs:
            who = owners(self.view, ref)
            if who.sure:
                return True
            perhaps = perhaps or bool(who.perhaps)
        return None if perhaps else False


def _kept(view: RuleView) -> Iterator[Objective]:
    for objective in view.of(Objective):
        if objective.status is not ObjectiveStatus.DROPPED:
            yield objective


def _helped(course: CourseOfAction) -> Iterator[str]:
    return (str(each.target) for each in course.contributions if each.weight > 0)


def plan_incomplete(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each question of the plan that a course of action leaves open.

    A course of action whose period is over is not asked. An objective that is pursued
    is helped by one, itself or by way of its goal, or achieved by a living process.
    """
    plan = _Plan.of(view)
    courses = {
        str(course.id): course
        for course in view.of(CourseOfAction)
        if goes_on(view, course)
    }
    said = {ref: plan.answers(course) for ref, course in courses.items()}
    tactics = view.referring(CourseOfAction, "implements")
    unknown = []
    for ref, course in courses.items():
        if all(said[ref].values()):
            continue
        near = (ref, *course.implements, *(t.id for t in tactics.get(ref, ())))
        found = [said[each] for each in near if each in said]
        for question, (path, lacks, fix) in _GAPS.items():
            answers = {each[question] for each in found}
            if answers == {False}:
                yield codes.PLAN_INCOMPLETE.issue(
                    f"{view.named(course)} {lacks}.", ref=ref, path=path, fix=fix
                )
            elif None in answers and True not in answers:
                unknown.append(ref)
    if unknown:
        yield NotJudged(codes.PLAN_INCOMPLETE.code, NEEDS_A_DAY, tuple(unknown))
    yield from _not_planned(view, courses)


def goes_on(view: RuleView, course: CourseOfAction) -> bool:
    """Return whether the period of a course of action is not over yet."""
    end = course.period.end if course.period else None
    return end is None or view.on is None or view.on <= end


def _not_planned(
    view: RuleView, courses: Mapping[str, CourseOfAction]
) -> Iterator[Judgment]:
    if not courses:
        yield codes.PLAN_INCOMPLETE.issue(
            f"No course of action{whose(view)} says how objectives are reached.",
            ref=root_of(view),
            fix="add the strategies that were chosen, with what they help",
        )
        return
    reached = {ref for course in courses.values() for ref in _helped(course)}
    for process in view.of(Process):
        if not is_retired(process, view.on):
            reached |= set(process.achieves)
    for objective in view.of(Objective):
        known = {objective.id, objective.goal}
        if objective.status in _PURSUED and reached.isdisjoint(known):
            yield codes.PLAN_INCOMPLETE.issue(
                f"{view.named(objective)} is helped by no course of action or process.",
                ref=objective.id,
                fix="name it in `contributions` of a course of action",
            )
