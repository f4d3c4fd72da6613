"""Pieces of work with their hours: as activities tell them, or as a ledger does."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any, Final

from attrs import evolve, frozen

from missionkit.domain.care import Investigation
from missionkit.domain.conduct import ActivityRecord, Ledger, UnusedRow
from missionkit.domain.declaration import Element
from missionkit.domain.display import title_of
from missionkit.domain.model import Model
from missionkit.domain.process import Activity, Process, ValueClass
from missionkit.domain.values import Period
from missionkit.processes.acts import CARE_KINDS
from missionkit.processes.asking import refuse_other
from missionkit.processes.numbers import exact, plain
from missionkit.processes.release import is_used

_ZERO: Final = Fraction()
_CARE: Final[tuple[type, ...]] = (*CARE_KINDS, Investigation)
_ASKED: Final = "management_effort"
_LEDGER: Final = "a ledger of activities"


@frozen(kw_only=True)
class Work:
    """A piece of work: its process, its class, the hours of it, and how many pass.

    `ref` is what is worked at, and empty where nobody says; `why` says how the class
    was found.
    """

    ref: str
    title: str
    process: str | None = None
    value_class: ValueClass | None = None
    hours: Fraction
    lead: Fraction = _ZERO
    why: str

    @property
    def is_management(self) -> bool:
        """Whether it is management, necessary work that no customer pays for."""
        return self.value_class is ValueClass.NECESSARY

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values; hours are numbers."""
        return {
            "ref": self.ref,
            "title": self.title,
            "process": self.process,
            "value_class": self.value_class.value if self.value_class else None,
            "hours": plain(self.hours),
            "lead": plain(self.lead),
            "why": self.why,
        }


@frozen(kw_only=True)
class Counted:
    """Pieces of work, those of which the hours are not known, and lost rows."""

    works: tuple[Work, ...]
    unknown: tuple[str, ...] = ()
    unused: int = 0


def planned(model: Model, on: date) -> Counted:
    """Return one run of each activity of the processes in use on a day."""
    unused = {each.id for each in model.of(Process) if not is_used(each, on)}
    found = [each for each in model.of(Activity) if each.process not in unused]
    return Counted(
        works=tuple(
            evolve(
                _work(model, each, exact(each.effort_hours or 0)),
                lead=exact(each.duration_hours or 0),
            )
            for each in found
            if each.effort_hours is not None or each.duration_hours is not None
        ),
        unknown=tuple(each.id for each in found if each.effort_hours is None),
    )


def counted_in(
    model: Model,
    ledger: Ledger[ActivityRecord],
    on: date,
    period: Period | None,
) -> Counted:
    """Return the work that a ledger records up to a day, by what it serves."""
    refuse_other(_ASKED, ledger, Ledger, "activities", _LEDGER)
    if period is not None:
        refuse_other(_ASKED, period, Period, "period", "a period")
    alike: Counter[tuple[str, float]] = Counter()
    unused = 0
    for row in ledger.source:
        if isinstance(row, UnusedRow):
            unused += 1
            continue
        refuse_other(_ASKED, row, ActivityRecord, "activities", _LEDGER)
        if row.on <= on and (period is None or period.covers(row.on)):
            alike[row.serves or "", row.hours] += 1
    works = _served(model, alike.items())
    return Counted(works=works, unused=unused)


def _served(
    model: Model, alike: Iterable[tuple[tuple[str, float], int]]
) -> tuple[Work, ...]:
    hours: dict[str, Fraction] = {}
    for (ref, each), times in alike:
        hours[ref] = hours.get(ref, _ZERO) + exact(each) * times
    return tuple(
        _work(model, model.find(ref) or ref, amount)
        for ref, amount in sorted(hours.items())
    )


def _work(model: Model, served: Element | str, hours: Fraction) -> Work:
    """Return the piece of work that serves an element, by the class of that."""
    if isinstance(served, str):
        title = served or "(nobody says what for)"
        return Work(ref=served, title=title, hours=hours, why=_unknown(served))
    if isinstance(served, Activity):
        given = served.value_class
        return Work(
            ref=served.id,
            title=served.name,
            process=served.process,
            value_class=given,
            hours=hours,
            why="as the activity is classed" if given else "nobody classed it",
        )
    care = isinstance(served, _CARE)
    within = served.id if isinstance(served, Process) else None
    own = getattr(served, "process", None) if care else within
    return Work(
        ref=served.id,
        title=title_of(served),
        process=own if own and isinstance(model.find(own), Process) else None,
        value_class=ValueClass.NECESSARY if care else None,
        hours=hours,
        why=_CARED if care else "it serves no activity, so nobody classed it",
    )


_CARED: Final = "an act of process management, which customers do not pay for"


def _unknown(ref: str) -> str:
    return "nothing has this id" if ref else "nobody says what it served"
