"""Terms: from when to when each core intent is in force, by organization."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from attrs import frozen

from missionkit.domain.intent import CoreIntent
from missionkit.ports.rule import RuleView
from missionkit.rules.facts.whole import root_of

_DAY: Final = timedelta(days=1)


@frozen
class Term:
    """The days on which an intent is in force."""

    start: date
    end: date
    intent: CoreIntent


def terms_of(view: RuleView) -> Mapping[str, list[Term]]:
    """Return the terms of each organization's intents, those that begin first first.

    An intent without a period is in force always; one that is superseded ends, at the
    latest, on the day before the next starts. One that ended nobody knows when is left
    out.
    """
    return view.once(_terms)


def _terms(view: RuleView) -> Mapping[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for intent in view.of(CoreIntent):
        term = _term(view, intent)
        if term is not None:
            found.setdefault(intent.organization or root_of(view), []).append(term)
    for terms in found.values():
        terms.sort(key=lambda each: (each.start, each.intent.id))
    return found


def _term(view: RuleView, intent: CoreIntent) -> Term | None:
    """Return when an intent is in force; None where nobody can say when it ended."""
    period = intent.effective
    start = (period.start if period else None) or date.min
    end = (period.end if period else None) or date.max
    after = view.referring(CoreIntent, "supersedes").get(intent.id, ())
    if end < date.max or not after:
        return Term(start, end, intent)
    starts = [each.effective.start for each in after if each.effective]
    known = [each for each in starts if each is not None]
    if not known:
        return None
    return Term(start, min(known) - _DAY if start < min(known) else end, intent)
