"""The first page, in a manager's words: purpose, needs, line, gaps, next steps."""

from collections.abc import Iterator, Sequence
from typing import Final

from missionkit.domain.intent import CoreIntent
from missionkit.domain.relation import Relation
from missionkit.domain.stakeholder import Stakeholder
from missionkit.domain.values import Period
from missionkit.issue import Severity
from missionkit.report.blocks import (
    Bullets,
    Fact,
    Facts,
    Grid,
    Heading,
    Lead,
    Paragraph,
    Quote,
    Section,
)
from missionkit.report.gaps import gaps
from missionkit.report.inline import Coded, Faint, Inline, Mark, Strong, Tone, Written
from missionkit.report.lines import NeedLine, weight_of
from missionkit.report.ranking import Act
from missionkit.report.results import is_judged, reached
from missionkit.report.view import PackView
from missionkit.report.wording import plural, some

ORDER: Final = 10
_STAKEHOLDERS: Final = 12
_NEEDS: Final = 2
_BROKEN: Final = 5
_SILENT: Final = 5
_TONES: Final = {
    Severity.ERROR: Tone.BAD,
    Severity.WARNING: Tone.WARN,
    Severity.ADVICE: Tone.PLAIN,
}


def section(view: PackView) -> Section:
    """Return the first page."""
    blocks = (
        *_document(view),
        *_in_short(view),
        *_first(view),
        *_purpose(view),
        *_needs(view),
        *_line(view),
        *_missing(view),
    )
    return Section(title="At a glance", id="at-a-glance", blocks=blocks)


def _document(view: PackView) -> Iterator[Written]:
    """Tell which plan was read, and whether its time is over."""
    origin, root = view.origin, view.model.root
    said: list[Inline] = []
    known = root is not None and root.name == origin.name
    if origin.name and not known:
        said.append((Faint("The plan: "), Strong(origin.name), " "))
    if origin.ended:
        said.append(Mark(f"The plan ended on {origin.ended}", Tone.WARN))
    if said:
        yield Paragraph(tuple(said))


def _in_short(view: PackView) -> Iterator[Written]:
    act = view.acts[0].said if view.acts else ""
    first = f" First of all: {act[:1].lower()}{act[1:]}." if act else ""
    yield Lead(f"{_followed(view)} {_found(view)}{_owed(view)}{first}")


def _owed(view: PackView) -> str:
    """Say what is owed to the format of the document, not to the plan."""
    lacks = view.origin.format
    if not lacks:
        return ""
    said = f" {lacks} has no place for needs and processes, so a plan in it has neither"
    owed = len(view.owed_to_format)
    only = f": {plural(owed, 'error')} {'says' if owed == 1 else 'say'} only that"
    return f"{said}{only if owed else ''}."


def _followed(view: PackView) -> str:
    whole, total = sum(line.whole for line in view.lines), len(view.lines)
    if not total:
        return "No needs are recorded, so nobody can say whom the work serves."
    return (
        f"{whole} of {plural(total, 'need')} can be followed all the way: up from the"
        " people who have them to the mission, and down to those who do the work."
    )


def _purpose(view: PackView) -> Iterator[Written]:
    yield Heading("What is this organization for?")
    root = view.model.root
    if root and root.purpose:
        yield Paragraph(root.purpose)
    intents = view.in_force(CoreIntent)
    for intent in intents or view.model.of(CoreIntent)[-1:]:
        yield Quote(intent.mission, f"Mission{_in_force(intent.effective)}")
        if intent.vision:
            yield Paragraph((Strong("Vision: "), intent.vision))
        if intent.values:
            names = ", ".join(value.name for value in intent.values)
            yield Paragraph((Strong("Values: "), names))
    if not intents:
        stated = bool(view.model.of(CoreIntent))
        lack = "This mission is not in force." if stated else "No mission is stated."
        yield Paragraph(Mark(lack, Tone.BAD))


def _in_force(period: Period | None) -> str:
    if period is None:
        return ""
    if period.start and period.end:
        return f", in force from {period.start} to {period.end}"
    if period.start:
        return f", in force since {period.start}"
    return f", in force until {period.end}"


def _needs(view: PackView) -> Iterator[Written]:
    yield Heading("Who needs what?")
    if not view.lines:
        yield Paragraph(Mark("No needs are recorded.", Tone.BAD))
        yield from _concerned(view)
        return
    held: dict[str, list[NeedLine]] = {}
    for line in view.lines:
        held.setdefault(line.need.stakeholder or "", []).append(line)
    order = sorted(held, key=lambda ref: (not ref, -_weight(held[ref]), ref))
    head = ("Stakeholder", "Stake", "What they need most", "Answered all the way")
    rows = [_need_row(view, ref, held[ref]) for ref in order[:_STAKEHOLDERS]]
    yield Grid(head, rows)
    if len(order) > _STAKEHOLDERS:
        more = plural(len(order) - _STAKEHOLDERS, "more stakeholder")
        yield Paragraph(Faint(f"{more}: see the line of sight."))
    silent = [s.name for s in view.model.of(Stakeholder) if s.id not in held]
    if silent:
        yield Paragraph(Faint(f"No need is recorded of {some(silent, _SILENT)}."))


def _weight(lines: Sequence[NeedLine]) -> float:
    return sum(weight_of(line.need) for line in lines)


def _need_row(
    view: PackView, ref: str, lines: Sequence[NeedLine]
) -> tuple[Inline, ...]:
    holder = view.model.find(ref)
    stakes = ", ".join(sorted(holder.stakes)) if isinstance(holder, Stakeholder) else ""
    needs = [line.need.statement for line in lines]
    whole = sum(line.whole for line in lines)
    tone = Tone.GOOD if whole == len(lines) else Tone.WARN if whole else Tone.BAD
    return (
        Strong(view.title(ref)) if ref else Mark("nobody named", Tone.BAD),
        stakes or Faint("not said"),
        some(needs, _NEEDS),
        Mark(f"{whole} of {len(lines)}", tone),
    )


def _concerned(view: PackView) -> Iterator[Written]:
    """Tell which stakeholders a plan without needs names, and for what."""
    ties: dict[str, list[str]] = {}
    for relation in view.model.of(Relation):
        ties.setdefault(relation.source, []).append(relation.target)
    named = view.model.of(Stakeholder)
    items: list[Inline] = []
    for stakeholder in named[:_STAKEHOLDERS]:
        tied = ties.get(stakeholder.id, [])
        about = f": named for {view.named(tied)}" if tied else ""
        items.append((Strong(stakeholder.name), about))
    rest = [stakeholder.name for stakeholder in named[_STAKEHOLDERS:]]
    if rest:
        items.append(f"and {len(rest)} more: {some(rest, _SILENT)}")
    if items:
        yield Paragraph(
            f"{plural(len(named), 'stakeholder')} named, but not their needs:"
        )
        yield Bullets(items)


def _line(view: PackView) -> Iterator[Written]:
    yield Heading("Is the line from needs to performers whole?")
    broken = _broken(view)
    yield Paragraph(_verdict(view, len(broken)))
    yield Facts(list(_facts(view)))
    if broken:
        yield Paragraph("Where it stops, the weightiest needs first:")
        yield Bullets([_stop(view, line) for line in broken[:_BROKEN]])
        if len(broken) > _BROKEN:
            more = plural(len(broken) - _BROKEN, "more need")
            yield Paragraph(Faint(f"{more}: see the line of sight."))


def _broken(view: PackView) -> list[NeedLine]:
    return [line for line in view.lines if not line.whole]


def _verdict(view: PackView, broken: int) -> Inline:
    total = len(view.lines)
    if not total:
        return Mark("It cannot be followed: it begins with needs.", Tone.BAD)
    if not broken:
        whole = f"Yes: all {total} needs" if total > 1 else "Yes: the one need"
        return (Mark(whole, Tone.GOOD), " can be followed to mission and performers.")
    said = f"Not yet: {broken} of {plural(total, 'need')}"
    verb = "stops" if broken == 1 else "stop"
    return (
        Mark(said, Tone.BAD),
        f" {verb} on the way to the mission or to performers.",
    )


def _facts(view: PackView) -> Iterator[Fact]:
    carriers = view.carriers
    objectives = list(carriers.objectives)
    answered = [bool(line.objectives) for line in view.lines]
    yield _fact("needs", answered, "have an objective that answers them")
    up = [ref in carriers.to_mission for ref in objectives]
    yield _fact("objectives", up, "lead up to the mission")
    worked = [bool(carriers.processes.get(ref)) for ref in objectives]
    yield _fact("objectives", worked, "have a process that works on them")
    processes = {ref for by in carriers.processes.values() for ref in by}
    staffed = [ref in carriers.performed for ref in sorted(processes)]
    yield _fact("such processes", staffed, "have somebody who performs them")
    results = (view.results.get(ref, ()) for ref in objectives)
    met = [reached(each) for each in results if is_judged(each)]
    if met:
        yield _fact("measured objectives", met, "have reached their target")


def _fact(what: str, held: Sequence[bool], said: str) -> Fact:
    if not held:
        return Fact("none", f"{what} recorded", Tone.BAD)
    count = sum(held)
    tone = Tone.GOOD if count == len(held) else Tone.WARN if count else Tone.BAD
    return Fact(f"{count} of {len(held)}", f"{what} {said}", tone)


def _stop(view: PackView, line: NeedLine) -> Inline:
    who = view.title(line.need.stakeholder) if line.need.stakeholder else ""
    stops = "; ".join(line.breaks)
    return (Strong(line.need.statement), f" ({who}): " if who else ": ", stops)


def _missing(view: PackView) -> Iterator[Written]:
    yield Heading("What is missing?")
    told = {line.need.id for line in _broken(view)[:_BROKEN]}
    items = list(gaps(view, told))
    if items:
        yield Bullets(items)
    yield Paragraph(Faint("All that the rules found is listed under findings."))


def _found(view: PackView) -> str:
    if view.nothing_asked:
        return "No rule was asked."
    counts = view.checked.counts()
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    advice = plural(counts[Severity.ADVICE], "piece of advice", "pieces of advice")
    found = f"{plural(errors, 'error')}, {plural(warnings, 'warning')} and {advice}"
    return f"The rules found {found}."


def _first(view: PackView) -> Iterator[Written]:
    yield Heading("What to do first")
    if view.acts:
        yield Bullets([_act(view, act) for act in view.acts], numbered=True)
    elif view.nothing_asked:
        yield Paragraph(Mark("Nobody knows: no rule was asked.", Tone.WARN))
    else:
        yield Paragraph(Mark("Nothing: the rules found no fault.", Tone.GOOD))


def _act(view: PackView, act: Act) -> Inline:
    said = view.about(act).rstrip(".")
    return (
        Strong(act.said),
        f": {said}. " if said else ". ",
        Faint(f"Why: {act.why}. ") if act.why else "",
        Mark(act.severity.value, _TONES[act.severity]),
        (" ", Coded(act.code)) if act.code else "",
    )
