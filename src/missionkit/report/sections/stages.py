"""Where the organization stands against the exit gate of each stage, in words."""

from collections.abc import Iterator
from typing import Final

from missionkit.report.acts import asked_by
from missionkit.report.allowed import allowed
from missionkit.report.blocks import Grid, Heading, Paragraph, Section
from missionkit.report.inline import Coded, Faint, Inline, Mark, Tone, Written
from missionkit.report.view import PackView
from missionkit.report.wording import plural
from missionkit.rules.standing import GateStanding

ORDER: Final = 35
_HEAD: Final = ("What the gate asks for", "How it stands", "About", "Rule")


def section(view: PackView) -> Section | None:
    """Return a table for each stage: every condition of its gate, and how it stands."""
    if not view.standing:
        return None
    blocks: list[Written] = [Paragraph(_said(view))]
    for gate in view.standing:
        blocks.append(Heading(gate.stage.label))
        blocks.append(Paragraph(_stands(gate)))
        rows = [_row(view, gate, code) for code in map(str, gate.stage.exit.rules)]
        blocks += [Grid(_HEAD, rows)] if rows else []
        blocks += _failed(gate)
        blocks += _allowed(view, gate)
    return Section(title="The stages of the review", id="stages", blocks=blocks)


def _said(view: PackView) -> Inline:
    about = (
        f"The review “{view.title(view.cycle)}” is under way."
        if view.cycle
        else "No review is under way, so what is about one review is not judged."
    )
    said = "A stage is left when everything that its gate asks for holds."
    return f"{said} {about} ", Faint(view.provenance)


def _failed(gate: GateStanding) -> Iterator[Written]:
    """Yield which rules of a gate failed, so that nobody knows what they ask for."""
    for issue in gate.failed:
        yield Paragraph((Mark(issue.message, Tone.BAD), " ", Coded(issue.code)))


def _allowed(view: PackView, gate: GateStanding) -> Iterator[Written]:
    if gate.result.waived:
        yield Paragraph("Allowed for a time, by somebody who may:")
        yield from allowed(view, gate.result.waived)


def _stands(gate: GateStanding) -> Inline:
    if gate.open:
        return Mark("the gate is open", Tone.GOOD)
    missed = len({each.code for each in gate.result.not_judged})
    unknown = f", {plural(missed, 'condition')} not judged" if missed else ""
    unknown += f", {plural(len(gate.failed), 'rule')} failed" if gate.failed else ""
    if gate.open is None:
        return Mark(f"nothing stands in the way{unknown}", Tone.PLAIN)
    failing = plural(len(gate.failing), "condition")
    verb = "does" if len(gate.failing) == 1 else "do"
    return Mark(f"the gate is closed: {failing} {verb} not hold{unknown}", Tone.BAD)


def _row(view: PackView, gate: GateStanding, code: str) -> tuple[Inline, ...]:
    words, refs = _standing(gate, code)
    return asked_by(code), words, view.named(refs), Coded(code)


def _standing(gate: GateStanding, code: str) -> tuple[Inline, list[str]]:
    found = gate.result.of(code)
    waived = [each for each in gate.result.waived if each.issue.code == code]
    missed = [each for each in gate.result.not_judged if each.code == code]
    also = f", {len(waived)} waived" if waived else ""
    if found:
        tone = Tone.BAD if code in gate.failing else Tone.WARN
        refs = dict.fromkeys(issue.ref for issue in found if issue.ref)
        return Mark(f"{len(found)} open{also}", tone), list(refs)
    if missed:
        return Faint(f"not judged: {missed[0].why}{also}"), list(missed[0].refs)
    if waived:
        refs = dict.fromkeys(each.issue.ref for each in waived)
        return Mark(f"{len(waived)} waived", Tone.WARN), list(refs)
    return Mark("holds", Tone.GOOD), []
