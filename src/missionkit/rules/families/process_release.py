"""Whether processes are thought through, and came into use step by step."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from missionkit.domain.care import CareFunction
from missionkit.domain.process import DesignBrief, Process, ReleaseState, ReleaseStep
from missionkit.domain.review import Evidence
from missionkit.domain.role import Delivery
from missionkit.domain.spec import spec_of
from missionkit.markup import one_line
from missionkit.ports.rule import Judgment, LimitSpec, RuleEntry, RuleView
from missionkit.processes.currency import after
from missionkit.rules.codes import processes as codes
from missionkit.rules.facts import work
from missionkit.trace.lifetime import is_retired

AHEAD: Final = LimitSpec(
    "design_months",
    6,
    "how many months before its objectives begin a process may be designed",
)
_QUESTIONS: Final = spec_of(DesignBrief).fields
_ONE_WORD: Final = 1


def published_without_answers(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each question of design that a published process left open."""
    for process in work.living(view):
        if not work.has_reached(process, ReleaseState.PUBLISHED, view.day):
            continue
        if process.brief is None:
            yield codes.PUBLISHED_WITHOUT_ANSWER.issue(
                f"{view.named(process)} was published without a design brief.",
                ref=process.id,
                path="brief",
                fix="answer the five questions in `brief`",
            )
            continue
        for question in _QUESTIONS:
            if getattr(process.brief, question.name) is None:
                yield codes.PUBLISHED_WITHOUT_ANSWER.issue(
                    f"{view.named(process)} was published without an answer"
                    f" in brief.{question.name}.",
                    ref=process.id,
                    path=f"brief.{question.name}",
                    fix=f"answer: {question.expected}",
                )


def answers_that_say_nothing(view: RuleView) -> Iterator[Judgment]:
    """Yield advice for each answer of one word, or that answers another question."""
    for process in view.of(Process):
        if process.brief is None or is_retired(process, view.on):
            continue
        answers = [
            (question, one_line(said).casefold())
            for question in _QUESTIONS
            if (said := getattr(process.brief, question.name)) is not None
        ]
        seen: Counter[str] = Counter()
        for question, said in answers:
            seen[said] += 1
            again = seen[said] > 1
            if again or len(said.split()) <= _ONE_WORD:
                what = "repeats another answer" if again else "is one word"
                yield codes.ANSWER_SAYS_NOTHING.issue(
                    f"{view.named(process)}: brief.{question.name} {what}.",
                    ref=process.id,
                    path=f"brief.{question.name}",
                    value=getattr(process.brief, question.name),
                    fix=f"answer in a sentence: {question.expected}",
                )


def designed_before_objectives(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each process designed long before its objectives begin.

    Asked only until it is installed: later, objectives are renewed year by year, and
    the process stays. Whoever plans ahead designs some months before a year begins.
    """
    months = view.limit(AHEAD.name)
    for process in work.living(view):
        found = work.reached(process, ReleaseState.DEVELOPED, view.day)
        working = work.has_reached(process, ReleaseState.INSTALLED, view.day)
        begun = [
            each.period.start if each.period else None
            for each in work.objectives(view, process)
        ]
        known = [day for day in begun if day is not None]
        if found is None or working or not known or len(known) < len(begun):
            continue
        at, step = found
        if min(known) > after(step.on, months):
            yield codes.DESIGNED_BEFORE_OBJECTIVE.issue(
                f"{view.named(process)} was designed on {step.on}, and its objectives"
                f" begin on {min(known)}.",
                ref=process.id,
                path=f"release.steps[{at}]",
                value=step.on,
            )


def processes_not_documented(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each published process without a document in good time.

    That is named by the rung, was handed over, or was cared for; before the process was
    installed, where it was.
    """
    for process in work.living(view):
        found = work.reached(process, ReleaseState.PUBLISHED, view.day)
        if found is None:
            continue
        at, step = found
        installed = work.reached(process, ReleaseState.INSTALLED, view.day)
        last = installed[1].on if installed else view.day
        days = [
            *_shown(view, step),
            *work.delivered(view, process, Delivery.DOCUMENTS),
            *work.acted(view, process, CareFunction.DOCUMENTATION),
        ]
        if not any(day <= last for day in days):
            when = f"was documented only on {min(days)}" if days else "has no document"
            since = f"installed on {last}" if installed else f"published on {step.on}"
            yield codes.NOT_DOCUMENTED.issue(
                f"{view.named(process)} was {since}, and {when}.",
                ref=process.id,
                path=f"release.steps[{at}]",
                value=min(days) if days else "nothing",
            )


def processes_not_verified(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each process commissioned before anything showed it to work.

    What shows it is evidence of the rung, or a reading of a measure of the process or
    of an objective that it pursues, on that day at the latest.
    """
    for process, at, step in _commissioned(view):
        days = [
            *_shown(view, step),
            *(
                day
                for each in work.measures(view, process)
                for day in work.readings(view, each)
            ),
        ]
        if not any(day <= step.on for day in days):
            yield codes.NOT_VERIFIED.issue(
                f"{view.named(process)} was commissioned on {step.on}, and nothing"
                " showed that it works.",
                ref=process.id,
                path=f"release.steps[{at}]",
                value=min(days, default="nothing"),
            )


def training_after_commissioning(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each process whose performers were trained only afterward."""
    for process, at, step in _commissioned(view):
        days = (
            *work.delivered(view, process, Delivery.TRAINING),
            *work.acted(view, process, CareFunction.TRAINING),
        )
        if days and min(days) > step.on:
            yield codes.TRAINED_LATE.issue(
                f"{view.named(process)} was commissioned on {step.on}, and trained"
                f" for only on {min(days)}.",
                ref=process.id,
                path=f"release.steps[{at}]",
                value=min(days),
            )


def measures_after_commissioning(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each process whose measures were set up only afterward.

    A measure is there from its first target or reading on. One without a day may always
    have been there.
    """
    for process, at, step in _commissioned(view):
        known = _began(view, process)
        days = [*work.delivered(view, process, Delivery.MEASURES)]
        days += [] if known is None else [known]
        if days and min(days) > step.on:
            yield codes.MEASURED_LATE.issue(
                f"{view.named(process)} was commissioned on {step.on}, and measured"
                f" only from {min(days)} on.",
                ref=process.id,
                path=f"release.steps[{at}]",
                value=min(days),
            )


def _began(view: RuleView, process: Process) -> date | None:
    """Return since when a process is measured; None where it is not."""
    found: list[date] = []
    for each in work.measures(view, process):
        days = [*(t.since or date.min for t in each.targets)]
        days += work.readings(view, each)
        found += days or [date.min]
    return min(found, default=None)


def _commissioned(view: RuleView) -> Iterator[tuple[Process, int, ReleaseStep]]:
    for process in work.living(view):
        found = work.reached(process, ReleaseState.COMMISSIONED, view.day)
        if found is not None:
            yield process, *found


def _shown(view: RuleView, step: ReleaseStep) -> Iterable[date]:
    """Yield since when there is evidence of a rung; always, where nobody says since."""
    known = view.by_id(Evidence)
    for ref in step.evidence:
        found = known.get(ref)
        yield (found.collected if found else None) or date.min


RULES: Final = (
    RuleEntry(
        rule=published_without_answers,
        codes=(codes.PUBLISHED_WITHOUT_ANSWER,),
        needs_on=True,
    ),
    RuleEntry(rule=answers_that_say_nothing, codes=(codes.ANSWER_SAYS_NOTHING,)),
    RuleEntry(
        rule=designed_before_objectives,
        codes=(codes.DESIGNED_BEFORE_OBJECTIVE,),
        needs_on=True,
        limits=(AHEAD,),
    ),
    RuleEntry(
        rule=processes_not_documented, codes=(codes.NOT_DOCUMENTED,), needs_on=True
    ),
    RuleEntry(rule=processes_not_verified, codes=(codes.NOT_VERIFIED,), needs_on=True),
    RuleEntry(
        rule=training_after_commissioning, codes=(codes.TRAINED_LATE,), needs_on=True
    ),
    RuleEntry(
        rule=measures_after_commissioning, codes=(codes.MEASURED_LATE,), needs_on=True
    ),
)
