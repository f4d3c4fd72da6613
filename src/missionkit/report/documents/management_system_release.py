"""The release of the management system: how far each process is in use, and why."""

from collections.abc import Iterator
from typing import Final

from missionkit.domain.care import CareFunction, CareRecord
from missionkit.domain.process import Process, ReleaseState, ReleaseStep
from missionkit.domain.role import Delivery, Handover
from missionkit.report.blocks import Fact, Facts, Paragraph, Section
from missionkit.report.document_view import DocumentView, lacking, said_or, table
from missionkit.report.inline import Faint, Fixed, Inline, Mark, Strong, Tone, Written
from missionkit.report.wording import some
from missionkit.trace.lifetime import is_retired

KEY: Final = "management-system-release"
TITLE: Final = "Management system release"
CONSUMERS: Final = (
    "mission-management",
    "resource-management",
    "demand-creation",
    "demand-fulfillment",
)
_MOST: Final = 50
_RUNGS: Final = tuple(s for s in ReleaseState if s is not ReleaseState.RETIRED)
_WORDS: Final = tuple(rung.value.capitalize() for rung in _RUNGS)
_ORDER: Final = (
    "Process",
    "Objectives before design",
    "Documented before installed",
    "Verified before in operation",
)


def sections(view: DocumentView) -> Iterator[Section]:
    """Yield how many processes are how far, the dates, and whether order was kept."""
    parts = (
        ("In short", "short", _short(view)),
        ("How far each process is", "ladder", _ladder(view)),
        ("Whether the order was kept", "order", _order(view)),
    )
    for title, ref, blocks in parts:
        yield Section(title=title, id=ref, blocks=tuple(blocks))


def _steps(view: DocumentView, process: Process) -> dict[ReleaseState, ReleaseStep]:
    steps = process.release.steps if process.release else ()
    return {step.state: step for step in steps if step.on <= view.on}


def _short(view: DocumentView) -> Iterator[Written]:
    held = [_steps(view, process) for process in view.processes]
    if not held:
        yield Paragraph(lacking("No process is recorded, so nothing can be released."))
        return
    whole = len(held)
    counts = [(sum(rung in steps for steps in held), rung) for rung in _RUNGS]
    yield Facts(
        [
            Fact(f"{n} of {whole}", f"processes are {rung.value}", _tone(n, whole))
            for n, rung in counts
        ]
    )
    waiting = [p for p in view.processes if p.critical and not _is_used(view, p)]
    if waiting:
        named = some([process.name for process in waiting], _MOST)
        said = Mark("Critical, and not in operation:", Tone.BAD)
        yield Paragraph((said, f" {named}."))


def _tone(count: int, whole: int) -> Tone:
    return Tone.GOOD if count == whole else Tone.WARN


def _is_used(view: DocumentView, process: Process) -> bool:
    return _RUNGS[-1] in _steps(view, process)


def _ladder(view: DocumentView) -> Iterator[Written]:
    head = ("Process", *_WORDS, "Verified by")
    rows = [_row(view, process) for process in view.processes]
    yield from table(head, rows, "No process is recorded.")
    gone = [p.name for p in view.model.of(Process) if is_retired(p, view.on)]
    if gone:
        yield Paragraph(Faint(f"Taken out of use: {some(gone, _MOST)}."))


def _row(view: DocumentView, process: Process) -> tuple[Inline, ...]:
    steps = _steps(view, process)
    name: Inline = Strong(process.name)
    return (
        (name, " ", Mark("critical", Tone.WARN)) if process.critical else name,
        *(
            Fixed(steps[rung].on.isoformat()) if rung in steps else lacking("not yet")
            for rung in _RUNGS
        ),
        _verifier(view, steps),
    )


def _verifier(view: DocumentView, steps: dict[ReleaseState, ReleaseStep]) -> Inline:
    """Return who put the process into operation, or took the last step before."""
    last = steps.get(_RUNGS[-1])
    if last is None:
        return Faint("not in operation")
    return view.title(last.by) if last.by else lacking("nobody is recorded")


def _order(view: DocumentView) -> Iterator[Written]:
    """Yield whether each process was made in the order that keeps one from sinning."""
    rows = [
        (
            Strong(process.name),
            _aims(view, process),
            _documented(view, process),
            _verified(view, process),
        )
        for process in view.processes
    ]
    yield from table(_ORDER, rows, "No process is recorded.")


def _aims(view: DocumentView, process: Process) -> Inline:
    aims = view.named(process.achieves)
    return (Mark("yes", Tone.GOOD), f": {aims}") if aims else lacking("no objective")


def _documented(view: DocumentView, process: Process) -> Inline:
    """Return what shows that the process was documented before it was installed."""
    steps = _steps(view, process)
    installed = steps.get(ReleaseState.INSTALLED)
    if installed is None:
        return Faint("not installed")
    published = steps[ReleaseState.PUBLISHED]
    if published.evidence:
        return (Mark("yes", Tone.GOOD), f": {view.named(published.evidence)}")
    for said in _documents(view, process, installed):
        return (Mark("yes", Tone.GOOD), f": {said}")
    when = f"published {published.on.isoformat()}, but "
    return (when, lacking("no document is recorded"))


def _documents(view: DocumentView, process: Process, by: ReleaseStep) -> Iterator[str]:
    """Yield what was recorded of documents by the day of a step."""
    for care in view.facts.referring(CareRecord, "process").get(process.id, ()):
        wanted = care.function is CareFunction.DOCUMENTATION
        if wanted and care.on and care.on <= by.on:
            yield f"{care.summary} ({care.on})"
    for given in view.facts.referring(Handover, "process").get(process.id, ()):
        wanted = Delivery.DOCUMENTS in given.delivered
        if wanted and given.on and given.on <= by.on:
            yield f"handed over with its documents on {given.on}"


def _verified(view: DocumentView, process: Process) -> Inline:
    step = _steps(view, process).get(ReleaseState.COMMISSIONED)
    if step is None:
        return Faint("not in operation")
    if step.evidence and step.by:
        return (Mark("yes", Tone.GOOD), f": {view.named(step.evidence)}")
    by = said_or(view.title(step.by) if step.by else "", "no verifier is recorded")
    evidence = view.named(step.evidence)
    return (by, ", ", said_or(evidence, "no evidence is recorded"))
