"""What was allowed for a time: issues that a waiver in force covers are set apart."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from attrs import evolve, frozen

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.model import Model
from missionkit.domain.review import ReviewCycle, Waiver
from missionkit.issue import Issue
from missionkit.markup import shown
from missionkit.ports.codes import GUARD_REFUSED
from missionkit.ports.rule import NotJudged, RuleEntry, RuleView
from missionkit.rules.codes import selection as codes
from missionkit.rules.facts.review_roles import why_not_waived
from missionkit.rules.hints import Hints
from missionkit.rules.selection import family_of

_GUARDS: Final = frozenset(name for move in FOUR_STAGES.moves for name in move.guards)
_OF_REVIEWS: Final = f"{family_of(GUARD_REFUSED.code)}-"
# A code ends in its number, which a slip of the hand may have made partly of letters.
_LIKE_A_CODE: Final = re.compile(r"mk-.*|\w+(?:-\w+)*-\w*\d\w*", re.IGNORECASE)


@frozen
class Waived:
    """An issue that somebody allowed, and the waiver that says who, why, how long."""

    issue: Issue
    waiver: Waiver

    def __str__(self) -> str:
        """Return the issue's message, and by whom and until when it was waived."""
        by, until = self.waiver.granted_by, self.waiver.until
        asked = self.waiver.requested_by
        request = f", requested by {asked}" if asked else ""
        said = f"waived by {by} until {until}{request}: {self.waiver.why}"
        return f"{self.issue.code} {self.issue.message} {said}"

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values: those of the issue, and those of the waiver."""
        waiver = {
            "id": self.waiver.id,
            "granted_by": self.waiver.granted_by,
            "requested_by": self.waiver.requested_by or "",
            "why": self.waiver.why,
            "until": self.waiver.until.isoformat(),
        }
        return {**self.issue.as_dict(), "waiver": waiver}


@frozen
class Waivers:
    """The waivers of a model, by what they waive, judged on a day.

    `uncounted` says of others why they do not count where this is asked.
    """

    by_place: Mapping[tuple[str, str], Waiver]
    on: date | None
    uncounted: Mapping[tuple[str, str], str] = MappingProxyType({})

    @classmethod
    def of(cls, model: Model, on: date | None) -> "Waivers":
        """Return those of a model; of several for one place the one that lasts."""
        ordered = sorted(model.of(Waiver), key=_lasting)
        return cls({_place(each): each for each in ordered}, on)

    @classmethod
    def at_gate(cls, view: RuleView) -> "Waivers":
        """Return those that count at the gates of a review, as its acts make them.

        Somebody asked for it, and who granted it had a role that may waive.
        """
        ordered = sorted(view.of(Waiver), key=_lasting)
        why = {each.id: why_not_waived(view, each) for each in ordered}
        return cls(
            {_place(each): each for each in ordered if not why[each.id]},
            view.on,
            {
                _place(each): f"waiver {each.id} does not count: {why[each.id]}"
                for each in ordered
                if why[each.id]
            },
        )

    def covering(self, issue: Issue) -> Waived | NotJudged | None:
        """Return what a waiver makes of an issue; without a day nobody can say.

        A waiver of the rule whose finding a gate restates holds at the gate, too.
        """
        for code in (issue.code, issue.restates):
            found = self.by_place.get((code, issue.ref))
            if found is None:
                continue
            if self.on is None:
                why = "whether its waiver still holds depends on the day: pass on="
                return NotJudged(issue.code, why, (issue.ref,))
            if self.on <= found.until:
                return Waived(issue, found)
        return None

    def told(self, issue: Issue) -> Issue:
        """Return an issue that is not waived, and why a waiver of it does not count."""
        places = ((code, issue.ref) for code in (issue.code, issue.restates))
        why = next(filter(None, map(self.uncounted.get, places)), "")
        if not why:
            return issue
        return evolve(issue, fix=f"{issue.fix}; {why}" if issue.fix else why)


def _place(waiver: Waiver) -> tuple[str, str]:
    return waiver.code, waiver.on


def _lasting(waiver: Waiver) -> tuple[date, str]:
    return waiver.until, waiver.id


def unknown_codes(model: Model, entries: Iterable[RuleEntry]) -> Iterator[Issue]:
    """Yield an issue for each waiver of a rule that none of the entries is.

    Reviews waive guards by their names, too, and what else stands before a gate by its
    code.
    """
    waivers, entries = model.of(Waiver), tuple(entries)
    if not waivers:
        return
    # A rule without codes may report under any that is not ours.
    free = any(not entry.codes for entry in entries)
    known = {code.code for entry in entries for code in entry.codes}
    guards = _Guards.of(model)
    doubtful = [
        waiver
        for waiver in waivers
        if waiver.code not in known
        and not (free and not waiver.code.startswith("MK-"))
        and not guards.may_be(waiver.code)
    ]
    hints = Hints(known | guards.known if doubtful else ())
    for waiver in doubtful:
        yield codes.WAIVED_CODE_UNKNOWN.issue(
            f"Waiver {shown(waiver.why)} names {shown(waiver.code)},"
            " which is no code of a rule.",
            ref=waiver.id,
            path="code",
            value=waiver.code,
            fix=hints.of(waiver.code.upper()) or hints.of(waiver.code),
        )


@frozen
class _Guards:
    """What reviews may waive besides rules: guards, and what speaks for them.

    The guards of a workflow that is not here have any names that are not like codes.
    """

    known: frozenset[str]
    others: bool

    @classmethod
    def of(cls, model: Model) -> "_Guards":
        ours = FOUR_STAGES.name
        reviews = model.of(ReviewCycle)
        return cls(_GUARDS, any(cycle.workflow != ours for cycle in reviews))

    def may_be(self, code: str) -> bool:
        """Return whether a waiver may be of a guard, or of what a review reports."""
        named = self.others and not _LIKE_A_CODE.fullmatch(code)
        return named or code in self.known or code.startswith(_OF_REVIEWS)
