"""How much effort adds value, how much holds things together, how much is waste.

The management share is necessary effort, which is process management, control and
compliance, by value-added effort: what customers do not pay for, for each hour that
they do. It is above 1 where there is more of the first.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from attrs import frozen

from missionkit.domain.conduct import ActivityRecord, Ledger
from missionkit.domain.model import Model
from missionkit.domain.values import Period
from missionkit.errors import NotFoundError
from missionkit.issue import nearest
from missionkit.markup import columns, join, one_line, shortened, table, tag
from missionkit.ports.rule import NO_LIMITS, LimitSpec
from missionkit.processes.asking import limits_in_use, refuse_unsound
from missionkit.processes.numbers import hours_in_words, percent, percents, ratio
from missionkit.processes.splitting import SPLIT_HEAD, EffortSplit, split
from missionkit.processes.work import Work, counted_in, planned

MANAGEMENT_SHARE: Final = LimitSpec(
    "management_share",
    0,
    "how large necessary effort may be by value-adding effort; 0 sets no limit",
)
EFFORT_LIMITS: Final = (MANAGEMENT_SHARE,)
_LISTED: Final = 5
_ONE_RUN: Final = (
    "one run of each activity of the model; a ledger tells how often each is done"
)
_LEDGER: Final = "the records of a ledger"


@frozen(kw_only=True)
class ManagementEffort:
    """How much effort is management, by process and piece of work, and which pieces.

    `works` are all pieces of work with their hours, the largest first; `source` says
    whether a ledger or the model's activities were counted. `unknown` are pieces of
    which nobody says how many hours they take.
    """

    on: date
    period: Period | None = None
    source: str
    total: EffortSplit
    processes: tuple[EffortSplit, ...] = ()
    works: tuple[Work, ...] = ()
    unknown: tuple[str, ...] = ()
    limit: float | None = None
    unused: int = 0

    @property
    def share(self) -> float | None:
        """Management effort as a share of value-adding effort."""
        return self.total.management_share

    @property
    def is_within(self) -> bool | None:
        """Whether the share keeps to the limit; None without a share or a limit."""
        if self.share is None or self.limit is None:
            return None
        return self.share <= self.limit

    @property
    def management(self) -> tuple[Work, ...]:
        """The pieces of work that make the share, the largest first."""
        return tuple(each for each in self.works if each.is_management)

    def __getitem__(self, process: str) -> EffortSplit:
        """Return the effort of a process by its id, or raise `NotFoundError`."""
        for each in self.processes:
            if each.process == process:
                return each
        known = (str(each.process) for each in self.processes if each.process)
        name = str(process)
        raise NotFoundError("process with effort", name, nearest(name, known))

    @property
    def reason(self) -> str:
        """What makes the share, in one sentence; or why there is none."""
        total, limit = self.total, self.limit
        if self.share is None:
            lacks = "value-adding effort" if total.whole else "effort"
            return f"Management effort has no share: no {lacks} is counted."
        share, most = percents(self.share, self.share if limit is None else limit)
        said = (
            f"Management takes {share} of value-adding effort:"
            f" {hours_in_words(total.necessary)} by"
            f" {hours_in_words(total.value_added)} hours"
        )
        if limit is None:
            return f"{said}; no limit is set."
        word = "within" if self.is_within else "above"
        return f"{said}, {word} the limit of {most}."

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "on": self.on.isoformat(),
            "period": str(self.period) if self.period else None,
            "source": self.source,
            "share": self.share,
            "limit": self.limit,
            "is_within": self.is_within,
            "reason": self.reason,
            "total": self.total.as_dict(),
            "processes": [each.as_dict() for each in self.processes],
            "works": [each.as_dict() for each in self.works],
            "unknown": list(self.unknown),
            "unused": self.unused,
        }

    def to_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def __str__(self) -> str:
        """Return the sentence, the largest pieces of management, and each process."""
        told = [f"  {line}" for line in self._largest()]
        body = columns([SPLIT_HEAD, *self._rows()])
        return "\n".join((self.reason, *told, body, *self._left()))

    def _repr_html_(self) -> str:
        told = tag("ul", *(tag("li", line) for line in self._largest()))
        rest = [tag("p", line) for line in self._left()]
        parts = (tag("p", self.reason), told, table(SPLIT_HEAD, self._rows()), *rest)
        return str(join(parts))

    def _rows(self) -> Iterator[tuple[str, ...]]:
        yield from (each.row() for each in self.processes)
        yield self.total.row()

    def _largest(self) -> Iterator[str]:
        listed = self.management
        for each in listed[:_LISTED]:
            part = percent(ratio(each.hours, self.total.necessary))
            title = shortened(one_line(each.title))
            yield f"{title}: {hours_in_words(each.hours)} hours, {part} of it"
        if len(listed) > _LISTED:
            yield f"and {len(listed) - _LISTED} more"

    def _left(self) -> Iterator[str]:
        if self.total.unclassed:
            part = percent(self.total.unclassed_ratio)
            yield f"Of {part} of all effort nobody says whether it adds value."
        if self.unknown:
            named = ", ".join(self.unknown[:_LISTED])
            more = len(self.unknown) - _LISTED
            rest = f" and {more:,} more" if more > 0 else ""
            yield f"Without hours: {named}{rest}."
        if self.unused:
            rows = "row" if self.unused == 1 else "rows"
            yield f"{self.unused:,} {rows} of the ledger could not be used."
        yield f"Counted: {self.source}."


def management_effort(
    model: Model,
    *,
    on: date,
    activities: Ledger[ActivityRecord] | None = None,
    period: Period | None = None,
    limits: Mapping[str, float] = NO_LIMITS,
) -> ManagementEffort:
    """Return management effort as a share of value-adding effort, and what makes it.

    Without a ledger the hours of the model's activities are counted, those of one run
    each, of processes that are in use on the day. With one, records are counted up to
    the day and within *period*, by what they serve: an activity, or an act of process
    management, which is necessary and adds no value. What serves anything else, or an
    activity that nobody classed, is told apart and never guessed.

    The limit ``management_share`` is the one given, or the organization's own; without
    one, or at 0, nothing is said of a limit.

    Raises:
        InvalidValueError: *on* is no date, a limit is none, or the ledger holds
            something else than activities.
    """
    refuse_unsound("management_effort", model, on)
    used = limits_in_use("management_effort", EFFORT_LIMITS, model, limits)
    if activities is None:
        found, source = planned(model, on), _ONE_RUN
    else:
        found, source = counted_in(model, activities, on, period), _LEDGER
    works = tuple(sorted(found.works, key=lambda each: (-each.hours, each.ref)))
    return ManagementEffort(
        on=on,
        period=period,
        source=source,
        total=split(works, "All processes"),
        processes=tuple(_by_process(model, works)),
        works=works,
        unknown=found.unknown,
        limit=used[MANAGEMENT_SHARE.name] or None,
        unused=found.unused,
    )


def _by_process(model: Model, works: tuple[Work, ...]) -> Iterator[EffortSplit]:
    by: dict[str, list[Work]] = {}
    for each in works:
        by.setdefault(each.process or "", []).append(each)
    outside = by.pop("", None)
    for ref in sorted(by):
        yield split(by[ref], model.title(ref), ref)
    if outside:
        yield split(outside, "(no process)")
