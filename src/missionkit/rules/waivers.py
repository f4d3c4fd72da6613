"""What was allowed for a time: issues that a waiver in force covers are set apart."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import frozen

from missionkit.domain.model import Model
from missionkit.domain.review import Waiver
from missionkit.issue import Issue
from missionkit.markup import shown
from missionkit.ports.rule import NotJudged, RuleEntry
from missionkit.rules.codes import selection as codes
from missionkit.rules.hints import Hints


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
    """The waivers of a model, by what they waive, judged on a day."""

    by_place: Mapping[tuple[str, str], Waiver]
    on: date | None

    @classmethod
    def of(cls, model: Model, on: date | None) -> "Waivers":
        """Return those of a model; of several for one place the one that lasts."""
        ordered = sorted(model.of(Waiver), key=lambda each: (each.until, each.id))
        return cls({(each.code, each.on): each for each in ordered}, on)

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


def unknown_codes(model: Model, entries: Iterable[RuleEntry]) -> Iterator[Issue]:
    """Yield an issue for each waiver of a rule that none of the entries is."""
    entries = tuple(entries)
    # A rule without codes may report under any that is not ours.
    free = any(not entry.codes for entry in entries)
    known = {code.code for entry in entries for code in entry.codes}
    hints = Hints(known)
    for waiver in model.of(Waiver):
        others = free and not waiver.code.startswith("MK-")
        if waiver.code not in known and not others:
            yield codes.WAIVED_CODE_UNKNOWN.issue(
                f"Waiver {shown(waiver.why)} names {shown(waiver.code)},"
                " which is no code of a rule.",
                ref=waiver.id,
                path="code",
                value=waiver.code,
                fix=hints.of(waiver.code.upper()),
            )
