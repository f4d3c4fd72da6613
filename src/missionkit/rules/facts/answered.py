"""Whether something follows from what customers said, and from what was looked into."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from missionkit.domain.care import Feedback, Investigation, Practice
from missionkit.domain.review import ActionStatus, Decision, ImprovementAction
from missionkit.ports.rule import RuleView

_GIVEN_UP: Final = frozenset({ActionStatus.CANCELED, ActionStatus.INEFFECTIVE})


def follows(view: RuleView, found: Investigation) -> bool:
    """Return whether a practice, a decision or an action follows from a cause.

    What comes after the day that is asked about is not known on it.
    """
    refs = [str(found.id), *map(str, found.addresses)]
    refs += [str(found.process)] if found.process else []
    practices = view.referring(Practice, "process").get(found.process or "", ())
    return _is_addressed(view, refs, found.on) or any(
        _is_known(view, practice.since, found.on) for practice in practices
    )


def is_answered(view: RuleView, said: Feedback) -> bool:
    """Return whether somebody looked into what was said, or acts on it, by the day."""
    refs = [str(said.id), *([str(said.process)] if said.process else [])]
    own = view.referring(Investigation, "process").get(said.process or "", ())
    named = view.referring(Investigation, "addresses").get(said.id, ())
    looked = (
        *(_is_known(view, each.on) for each in named),
        *(_is_known(view, each.on, said.on) for each in own),
    )
    return any(looked) or _is_addressed(view, refs, said.on)


def _is_addressed(view: RuleView, refs: Iterable[str], since: date | None) -> bool:
    """Return whether a decision, or an action that may help, addresses one of them."""
    actions = view.referring(ImprovementAction, "addresses")
    decisions = view.referring(Decision, "addresses")
    return any(
        any(_is_known(view, each.at, since) for each in decisions.get(ref, ()))
        or any(
            _is_known(view, each.opened, since) and each.status not in _GIVEN_UP
            for each in actions.get(ref, ())
        )
        for ref in refs
    )


def _is_known(view: RuleView, day: date | None, begin: date | None = None) -> bool:
    """Return whether something may be since a day, and not after the one judged on."""
    return day is None or (begin or date.min) <= day <= view.day
