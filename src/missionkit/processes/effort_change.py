"""Why the management share is another than it was: what each piece of work did."""

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from attrs import frozen

from missionkit.domain.process import ValueClass
from missionkit.markup import columns, join, shown, table, tag
from missionkit.processes.asking import refuse_other
from missionkit.processes.effort import ManagementEffort
from missionkit.processes.numbers import hours_in_words, percent, plain, total
from missionkit.processes.work import Work

_ZERO: Final = Fraction()
_NAMED: Final = 3
_HUNDRED: Final = 100
_HEAD: Final = ("piece of work", "class", "hours before", "after", "points")
_NO_WORK: Final = Work(ref="", title="", hours=_ZERO, why="")


@frozen(kw_only=True)
class EffortDriver:
    """What one piece of work did to the share; `effect` of all add up to the change.

    `before` and `after` are its hours; a class is None where it was not there, or
    where nobody classed it.
    """

    ref: str
    title: str
    before: Fraction
    after: Fraction
    class_before: ValueClass | None = None
    class_after: ValueClass | None = None
    effect: Fraction

    @property
    def reason(self) -> str:
        """What happened to it, in words."""
        title = shown(self.title)
        hours = (hours_in_words(self.before), hours_in_words(self.after))
        old, new = _word(self.class_before), _word(self.class_after)
        if not self.before:
            return f"{title} is new: {hours[1]} {new} hours"
        if not self.after:
            return f"{title} is gone: it took {hours[0]} {old} hours"
        kind = new if old == new else f"{old}, now {new}"
        said = "takes" if self.before == self.after else f"went from {hours[0]} to"
        return f"{title} {said} {hours[1]} hours ({kind})"

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values; hours and the effect are numbers."""
        return {
            "ref": self.ref,
            "title": self.title,
            "before": plain(self.before),
            "after": plain(self.after),
            "class_before": self.class_before.value if self.class_before else None,
            "class_after": self.class_after.value if self.class_after else None,
            "effect": plain(self.effect),
            "reason": self.reason,
        }

    def row(self) -> tuple[str, ...]:
        """Return its cells in a table; the effect is in points of percent."""
        classes = dict.fromkeys((_word(self.class_before), _word(self.class_after)))
        hours = (hours_in_words(self.before), hours_in_words(self.after))
        points = f"{plain(self.effect) * _HUNDRED:+.2f}"
        return self.title, " to ".join(classes), *hours, points


@frozen(kw_only=True)
class EffortChange:
    """The management share of two days or models, and what made the difference.

    `drivers` are the pieces of work that moved it, those that moved it most first.
    They are known only where there is a share on both sides.
    """

    before: ManagementEffort
    after: ManagementEffort
    drivers: tuple[EffortDriver, ...] = ()

    @property
    def change(self) -> float | None:
        """How much the share rose, or fell; None where there is none on a side."""
        if self.before.share is None or self.after.share is None:
            return None
        return plain(total(each.effect for each in self.drivers))

    @property
    def reason(self) -> str:
        """What the share did, and because of what."""
        old, new = self.before.share, self.after.share
        if old is None or new is None:
            side = self.before if old is None else self.after
            return f"The management share cannot be compared. {side.reason}"
        return f"{self._moved(old, new)}{self._unlike()}"

    def _unlike(self) -> str:
        """Return what to beware of where the two were not counted alike."""
        sources = (self.before.source, self.after.source)
        if sources[0] == sources[1]:
            return ""
        return f" They are not counted alike: {sources[0]}; then {sources[1]}."

    def _moved(self, old: float, new: float) -> str:
        moved = total(each.effect for each in self.drivers)
        if not moved:
            return f"The management share stayed at {percent(new)}."
        word = "fell" if moved < 0 else "rose"
        said = f"The management share {word} {_apart(old, new)}"
        with_it = [each for each in self.drivers if (each.effect < 0) == (moved < 0)]
        because = ", ".join(each.reason for each in with_it[:_NAMED])
        against = len(self.drivers) - len(with_it)
        rest = f"; {against} moved it the other way" if against else ""
        return f"{said}, because {because}{rest}."

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "before": self.before.as_dict(),
            "after": self.after.as_dict(),
            "change": self.change,
            "drivers": [each.as_dict() for each in self.drivers],
            "reason": self.reason,
        }

    def to_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def __str__(self) -> str:
        """Return the sentence, and one line for each piece of work that moved it."""
        rows = [each.row() for each in self.drivers]
        return "\n".join((self.reason, *([columns([_HEAD, *rows])] if rows else [])))

    def _repr_html_(self) -> str:
        rows = [each.row() for each in self.drivers]
        said = tag("p", self.reason)
        return str(join((said, table(_HEAD, rows)) if rows else (said,)))


def compare_effort(before: ManagementEffort, after: ManagementEffort) -> EffortChange:
    """Return how the management share changed, and what each piece of work did to it.

    The share is a quotient. What a piece did above the line counts by the mean of both
    wholes, what it did below by the mean of both parts (the Shapley value of the two),
    so that the effects add up to the change exactly, in whatever order it came about.

    Raises:
        InvalidValueError: what is given is not the answer of `management_effort`.
    """
    meant = "what management_effort returns"
    for path, held in (("before", before), ("after", after)):
        refuse_other("compare_effort", held, ManagementEffort, path, meant)
    found = [each for each in _drivers(before, after) if each.effect]
    found.sort(key=lambda each: (-abs(each.effect), each.ref))
    return EffortChange(before=before, after=after, drivers=tuple(found))


def _drivers(
    before: ManagementEffort, after: ManagementEffort
) -> Iterator[EffortDriver]:
    old, new = before.total, after.total
    if not old.value_added or not new.value_added:
        return
    above = (1 / old.value_added + 1 / new.value_added) / 2
    below = (old.necessary + new.necessary) / 2 / old.value_added / new.value_added
    held = {each.ref: each for each in before.works}
    now = {each.ref: each for each in after.works}
    for ref in sorted(held.keys() | now.keys()):
        first, last = held.get(ref, _NO_WORK), now.get(ref, _NO_WORK)
        more = _in(last, ValueClass.NECESSARY) - _in(first, ValueClass.NECESSARY)
        added = _in(last, ValueClass.VALUE_ADDED) - _in(first, ValueClass.VALUE_ADDED)
        yield EffortDriver(
            ref=ref,
            title=last.title or first.title,
            before=first.hours,
            after=last.hours,
            class_before=first.value_class,
            class_after=last.value_class,
            effect=more * above - added * below,
        )


def _in(work: Work, value_class: ValueClass) -> Fraction:
    return work.hours if work.value_class is value_class else _ZERO


def _apart(old: float, new: float) -> str:
    """Return both shares, with as many decimals as it takes to tell them apart."""
    words = (percent(old), percent(new))
    if words[0] == words[1]:
        return f"by {abs(new - old) * _HUNDRED:.2g} points to {words[1]}"
    return f"from {words[0]} to {words[1]}"


def _word(value_class: ValueClass | None) -> str:
    match value_class:
        case None:
            return "not classed"
        case ValueClass.VALUE_ADDED:
            return "value-adding"
        case _:
            return value_class.value
