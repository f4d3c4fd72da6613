"""All findings of one look at an organization, and what could not be looked at."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from attrs import asdict, frozen

from missionkit.domain.values import Period
from missionkit.drift.in_words import in_words
from missionkit.markup import columns, join, table, tag
from missionkit.ports.finding import DriftVerdict, Finding

_HEAD: Final = ("figure", "verdict", "in words")


@frozen
class NotAsked:
    """An indicator that was not asked, and what it lacks."""

    indicator: str
    why: str

    def __str__(self) -> str:
        """Return both."""
        return f"{self.indicator}: not asked, {self.why}"


@frozen(kw_only=True)
class DriftReport:
    """The findings of every figure that was asked about, in the order of the figures.

    `not_asked` are indicators that lack what they need, with the reason, and `unused`
    is how many rows of the ledgers could not be used.
    """

    findings: tuple[Finding, ...] = ()
    not_asked: tuple[NotAsked, ...] = ()
    unused: int = 0
    on: date
    period: Period | None = None
    level: float = 0.05

    @property
    def drift(self) -> tuple[Finding, ...]:
        """The shifts that no decision taken in time covers."""
        return tuple(
            each
            for each in self.findings
            if each.verdict is DriftVerdict.DRIFT and not each.is_adaptation
        )

    @property
    def adaptations(self) -> tuple[Finding, ...]:
        """The shifts that somebody decided before they showed."""
        return tuple(each for each in self.findings if each.is_adaptation)

    def of(self, verdict: DriftVerdict) -> tuple[Finding, ...]:
        """Return the findings of one verdict."""
        return tuple(each for each in self.findings if each.verdict is verdict)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        return {
            "on": self.on.isoformat(),
            "period": str(self.period) if self.period else None,
            "level": self.level,
            "findings": [each.as_dict() for each in self.findings],
            "not_asked": [asdict(each) for each in self.not_asked],
            "unused": self.unused,
        }

    def to_json(self) -> str:
        """Return the report as JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def __str__(self) -> str:
        """Return the findings as a table of words, and what was not asked."""
        rest = [str(each) for each in self.not_asked]
        return "\n".join((columns((_HEAD, *self._rows())), *rest))

    def _repr_html_(self) -> str:
        """Return a picture of each shift, then all findings as a table."""
        shifts = (*self.drift, *self.adaptations)
        pictures = [each.picture(in_words(each)) for each in shifts]
        rest = [tag("p", str(each)) for each in self.not_asked]
        return str(join([*pictures, table(_HEAD, self._rows()), *rest]))

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        for each in self.findings:
            yield each.title, called(each), in_words(each)


def called(finding: Finding) -> str:
    """Return the verdict in words; a shift that was decided is called adaptation."""
    return finding.called
