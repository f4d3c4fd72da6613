"""Whether processes are kept: each function of their management in its rhythm."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from missionkit.domain.care import Benchmark, CareFunction, Practice
from missionkit.domain.process import Process, ReleaseState
from missionkit.ports.rule import Judgment, LimitSpec, RuleEntry, RuleView
from missionkit.processes.currency import (
    CHART,
    MONTHS,
    NOTICE,
    CareState,
    FunctionCurrency,
    after,
    function_currency,
)
from missionkit.processes.release import is_used
from missionkit.rules.codes import processes as codes
from missionkit.rules.facts import work
from missionkit.rules.facts.whole import root_of, whose
from missionkit.trace.lifetime import is_retired

PRACTICE: Final = LimitSpec(
    "practice_months", 12, "after how many months a best practice is reviewed again"
)
BENCHMARK: Final = LimitSpec(
    "benchmark_months", 12, "after how many months a comparison is made again"
)


def lapsed_functions(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each function that has lapsed for a process in use.

    The newest act says when the next one is due, or else a limit in months does. Where
    that is a practice or a benchmark that is told of itself, it is not told again.
    """
    for process in work.living(view):
        if not is_used(process, view.day):
            continue
        for function in CareFunction:
            found = _currency(view, process.id, function)
            told = found.refs[:1] and found.refs[0] in view.once(_told_themselves)
            if found.state is CareState.LAPSED and not told:
                words = function.replace("_", " ")
                yield codes.LAPSED[function].issue(
                    f"{view.named(process)}: {words} was due on {found.due}.",
                    ref=process.id,
                    value=found.last,
                )


def _currency(
    view: RuleView,
    process: str | None,
    function: CareFunction,
    months: LimitSpec | None = None,
) -> FunctionCurrency:
    every = months or MONTHS[function]
    return function_currency(
        function,
        [a for a in work.acts(view).get(process, ()) if a.function is function],
        view.day,
        months=view.limit(every.name),
        notice=NOTICE.default,
    )


def _told_themselves(view: RuleView) -> frozenset[str]:
    """Return the practices and benchmarks that are told to be old."""
    practices = (each.id for each, _ in _old_practices(view))
    return frozenset((*practices, *(each.id for each in _old_benchmarks(view))))


def functions_never_performed(view: RuleView) -> Iterator[Judgment]:
    """Yield advice for each commissioned process that lacks functions of its care.

    Only where acts of process management are recorded at all.
    """
    for process in work.living(view) if work.keeps_care(view) else ():
        if not work.has_reached(process, ReleaseState.COMMISSIONED, view.day):
            continue
        never = [
            function.replace("_", " ")
            for function in CareFunction
            if _currency(view, process.id, function).state is CareState.NEVER
        ]
        if never:
            yield codes.NEVER_CARED_FOR.issue(
                f"{view.named(process)} lacks {len(never)} of the functions of care.",
                ref=process.id,
                value=", ".join(never),
                fix=f"take up and record: {', '.join(never)}",
            )


def practices_not_reviewed(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each practice in use that nobody reviewed for long."""
    for practice, last in _old_practices(view):
        yield codes.PRACTICE_NOT_REVIEWED.issue(
            f"{view.named(practice)} was last looked at on {last}.",
            ref=practice.id,
            path="reviewed",
            value=practice.reviewed or "never",
        )


def _old_practices(view: RuleView) -> Iterator[tuple[Practice, date]]:
    """Yield each practice in use that nobody looked at for long, and since when."""
    months = view.limit(PRACTICE.name)
    replaced = {
        each.replaces
        for each in view.of(Practice)
        if each.since is None or each.since <= view.day
    }
    for practice in view.of(Practice):
        days = [d for d in (practice.since, practice.reviewed) if d is not None]
        known = [day for day in days if day <= view.day]
        if practice.id in replaced or not known or _is_past(view, practice.process):
            continue
        if after(max(known), months) < view.day:
            yield practice, max(known)


def stale_benchmarks(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for the newest benchmark of each measure, where it is old.

    Those of no measure are compared by the process that they are about.
    """
    for each in _old_benchmarks(view):
        yield codes.BENCHMARK_STALE.issue(
            f"{view.named(each)} is of {each.on}, and nothing newer is known.",
            ref=each.id,
            path="on",
            value=each.on,
        )


def _old_benchmarks(view: RuleView) -> Iterator[Benchmark]:
    months = view.limit(BENCHMARK.name)
    newest: dict[str, Benchmark] = {}
    for each in view.of(Benchmark):
        about = str(each.measure or each.process or each.id)
        if each.on is not None and each.on <= view.day:
            held = newest.get(about)
            if held is None or held.on is None or held.on < each.on:
                newest[about] = each
    for each in newest.values():
        stale = each.on is not None and after(each.on, months) < view.day
        if stale and not _is_past(view, each.process):
            yield each


def _is_past(view: RuleView, process: str | None) -> bool:
    found = view.by_id(Process).get(process or "")
    return found is not None and is_retired(found, view.day)


def chart_not_reviewed(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue where nobody looked at the process chart for long.

    Looking at it is care of documentation for no process in particular. Only where acts
    of process management are recorded at all, and there are processes to be drawn.
    """
    if not (work.keeps_care(view) and work.living(view)):
        return
    found = _currency(view, None, CareFunction.DOCUMENTATION, CHART)
    if found.state in (CareState.LAPSED, CareState.NEVER):
        due = (
            f"was due for a look on {found.due}" if found.due else "was never reviewed"
        )
        yield codes.CHART_NOT_REVIEWED.issue(
            f"The process chart{whose(view)} {due}.",
            ref=root_of(view),
            value=found.last or "never",
        )


RULES: Final = (
    RuleEntry(
        rule=lapsed_functions,
        codes=tuple(codes.LAPSED.values()),
        needs_on=True,
        limits=(*MONTHS.values(), PRACTICE, BENCHMARK),
    ),
    RuleEntry(
        rule=functions_never_performed,
        codes=(codes.NEVER_CARED_FOR,),
        needs_on=True,
        limits=tuple(MONTHS.values()),
    ),
    RuleEntry(
        rule=practices_not_reviewed,
        codes=(codes.PRACTICE_NOT_REVIEWED,),
        needs_on=True,
        limits=(PRACTICE,),
    ),
    RuleEntry(
        rule=stale_benchmarks,
        codes=(codes.BENCHMARK_STALE,),
        needs_on=True,
        limits=(BENCHMARK,),
    ),
    RuleEntry(
        rule=chart_not_reviewed,
        codes=(codes.CHART_NOT_REVIEWED,),
        needs_on=True,
        limits=(CHART,),
    ),
)
