"""One shape for trouble (`Issue`) and one for "may I?" (`Verdict`)."""

from collections.abc import Iterable
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from attrs import evolve, field, frozen

from missionkit.markup import one_line, shown, table

# Longer names are slow to compare, and are never a slip of the finger.
_LONGEST_NAME: Final = 80


class Severity(StrEnum):
    """How much an issue matters: an error is wrong, a warning may be, advice helps."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@frozen(kw_only=True)
class Source:
    """Where something stands in a file; lines and columns are counted from 1."""

    file: str = ""
    line: int | None = None
    column: int | None = None
    cell: str = ""

    def __str__(self) -> str:
        """Return ``file:line:column``, or ``file:Sheet!C7``."""
        parts = (self.file, self.cell, self.line, self.column)
        return ":".join(str(part) for part in parts if part not in ("", None))


@frozen(kw_only=True)
class Issue:
    """One thing that is wrong or missing: what, where, why it matters, what to do.

    `path` leads from `ref`, the id of an element, or from the top of the document to
    the place. `value` is what was found, already shortened and made visible. `restates`
    is the code of the rule whose finding a gate reports again as its own.
    """

    code: str
    severity: Severity = Severity.ERROR
    message: str
    why: str = ""
    fix: str = ""
    path: str = ""
    ref: str = ""
    value: str = ""
    source: Source | None = None
    restates: str = ""

    def at(self, source: Source | None) -> "Issue":
        """Return the same issue, with the place in a file where it stands."""
        return evolve(self, source=source)

    def as_dict(self) -> dict[str, object]:
        """Return the issue as JSON values; what is empty is left out."""
        facts = {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "why": self.why,
            "fix": self.fix,
            "path": self.path,
            "ref": self.ref,
            "value": self.value,
            "source": str(self.source or ""),
            "restates": self.restates,
        }
        return {key: value for key, value in facts.items() if value}

    def __str__(self) -> str:
        """Return the message and, each on a line, place, reason and remedy."""
        place = " ".join(part for part in (self.ref, self.path) if part)
        if self.source is not None:
            place = f"{place}  ({self.source})" if place else str(self.source)
        rest = (("at", place), ("why", self.why), ("fix", self.fix))
        lines = [f"  {word:<5}{one_line(said)}" for word, said in rest if said]
        head = one_line(f"{self.code} {self.severity}: {self.message}")
        return "\n".join([head, *lines])

    def _repr_html_(self) -> str:
        facts = self.as_dict()
        return table(("what", "said"), facts.items())


@frozen
class Code:
    """A stable name for one kind of trouble, with its reason and its remedy.

    A code is never used again for anything else. `Code` values stand in the
    ``codes.py`` of the room that reports them. `act` says in a manager's words what to
    do about all issues of the kind, `by` which kind of role does it.
    """

    code: str
    severity: Severity
    reason: str
    fix: str
    act: str = ""
    by: str = ""

    def issue(
        self,
        message: str,
        *,
        path: str = "",
        ref: str = "",
        fix: str = "",
        source: Source | None = None,
        **found: object,
    ) -> Issue:
        """Return an issue of this kind; ``value=`` is what was found, of any type."""
        return Issue(
            code=self.code,
            severity=self.severity,
            message=message,
            why=self.reason,
            fix=fix or self.fix,
            path=path,
            ref=ref,
            value=shown(found["value"]) if "value" in found else "",
            source=source,
        )


class RefusalKind(StrEnum):
    """What stands in the way of an act."""

    EVENT = "event"
    STAGE = "stage"
    GATE = "gate"
    ROLE = "role"


@frozen
class Refusal:
    """One reason why an act is not allowed."""

    kind: RefusalKind
    issue: Issue

    def __str__(self) -> str:
        """Return the issue's text."""
        return str(self.issue)


@frozen(kw_only=True)
class Verdict:
    """The answer to "may I?": true when allowed, and otherwise why not."""

    allowed: bool
    refusals: tuple[Refusal, ...] = ()
    waived: tuple[Issue, ...] = field(default=())

    def __bool__(self) -> bool:
        """Return whether the act is allowed."""
        return self.allowed

    def __str__(self) -> str:
        """Return "allowed" or every reason why not."""
        return "allowed" if self.allowed else "\n".join(map(str, self.refusals))

    def _repr_html_(self) -> str:
        rows = [(refusal.kind, refusal.issue.message) for refusal in self.refusals]
        return table(("refused by", "because"), rows or [("", "allowed")])


def nearest(name: str, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Return the *known* names that look most like *name*, best first.

    >>> nearest("objetcive", ["objective", "goal"])
    ('objective',)
    """
    short = (each for each in known if len(each) <= _LONGEST_NAME)
    return tuple(get_close_matches(name[:_LONGEST_NAME], short, most))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return "did you mean 'x'?", or nothing where no known name is near."""
    close = nearest(name, known)
    return f"did you mean {' or '.join(map(repr, close))}?" if close else ""
