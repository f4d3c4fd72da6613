"""Gates ask again what rules of the book say: the same findings, as a gate's own."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Final

from attrs import evolve

from missionkit.issue import Code
from missionkit.ports.rule import Judgment, NotJudged, RuleEntry, RuleView

_CODE: Final = attrgetter("code")


def restated(gate: Code, *entries: RuleEntry) -> RuleEntry:
    """Return the rule of a gate that asks what *entries* ask, under its own code.

    Message, place and remedy stay. It needs what they need and has their limits. A
    waiver of what they found holds for what the gate makes of it.
    """

    def rule(view: RuleView) -> Iterator[Judgment]:
        for entry in entries:
            for each in entry.rule(view):
                yield _as(gate, each)

    rule.__qualname__ = f"restated {gate.code}"
    return RuleEntry(
        rule=rule,
        codes=(gate,),
        needs_on=any(entry.needs_on for entry in entries),
        needs_cycle=any(entry.needs_cycle for entry in entries),
        on_request=True,
        limits=tuple(limit for entry in entries for limit in entry.limits),
    )


def _as(gate: Code, found: Judgment) -> Judgment:
    if isinstance(found, NotJudged):
        return evolve(found, code=gate.code)
    if found.code == gate.code:
        return found
    return evolve(found, code=gate.code, severity=gate.severity, restates=found.code)


def entry_of(code: Code, entries: tuple[RuleEntry, ...]) -> RuleEntry:
    """Return the one of *entries* that reports a code."""
    return next(e for e in entries if code.code in map(_CODE, e.codes))
