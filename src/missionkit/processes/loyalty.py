"""Who stayed a client: counted from receipts of two periods, as far as they tell."""

from datetime import date
from typing import Any, TypeAlias

from attrs import evolve, frozen

from missionkit.domain.conduct import Client, RevenueSnapshot
from missionkit.domain.model import Model
from missionkit.domain.values import Period
from missionkit.processes.numbers import percent

Days: TypeAlias = tuple[date, date]


@frozen(kw_only=True)
class Loyalty:
    """How many clients there are, and which of those who paid before paid again.

    `retention` is the share of the clients of the period before who paid in the last
    one too. It is None where two periods in a row are not told, and `reason` says so.
    """

    clients: int
    since: date | None = None
    undated: int = 0
    before: Period | None = None
    after: Period | None = None
    kept: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    reason: str = ""

    @property
    def retention(self) -> float | None:
        """Clients who stayed by clients there were."""
        there = len(self.kept) + len(self.lost)
        return len(self.kept) / there if there else None

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "clients": self.clients,
            "since": self.since.isoformat() if self.since else None,
            "undated": self.undated,
            "before": str(self.before) if self.before else None,
            "after": str(self.after) if self.after else None,
            "kept": list(self.kept),
            "lost": list(self.lost),
            "new": list(self.new),
            "retention": self.retention,
            "reason": self.reason,
        }

    def __str__(self) -> str:
        """Return it in one sentence."""
        if self.retention is None:
            return f"{self.clients} clients are known; retention: {self.reason}."
        there = len(self.kept) + len(self.lost)
        return (
            f"{self.clients} clients are known; {len(self.kept)} of {there} stayed"
            f" ({percent(self.retention)}): paid in {self.before} and in {self.after}."
        )


def loyalty_of(model: Model, on: date) -> Loyalty:
    """Return who stayed a client, by the last two snapshots in a row up to a day."""
    clients = [e for e in model.of(Client) if e.since is None or e.since <= on]
    days = [each.since for each in clients if each.since is not None]
    told = Loyalty(
        clients=len(clients),
        since=min(days, default=None),
        undated=len(clients) - len(days),
    )
    return _compared(told, model, on)


def _compared(told: Loyalty, model: Model, on: date) -> Loyalty:
    held = _payers(model, on)
    after = max(held, key=lambda each: (each[1], each[0]), default=None)
    before = next(
        (each for each in sorted(held) if after and _leads(each, after)), None
    )
    if after is None or before is None:
        return evolve(told, reason="not known, as two periods in a row are not told")
    old, new = held[before], held[after]
    if not old:
        return evolve(
            told, reason="not known, as no client is named in the first period"
        )
    return evolve(
        told,
        before=Period(*before),
        after=Period(*after),
        kept=tuple(sorted(old & new)),
        lost=tuple(sorted(old - new)),
        new=tuple(sorted(new - old)),
    )


def _payers(model: Model, on: date) -> dict[Days, set[str]]:
    """Return the clients who paid in each period that was over by a day."""
    found: dict[Days, set[str]] = {}
    for each in model.of(RevenueSnapshot):
        start = each.period.start if each.period else None
        end = each.period.end if each.period else None
        if start is not None and end is not None and end <= on:
            held = found.setdefault((start, end), set())
            held.update(
                str(b.client) for b in each.buckets if b.client and b.actual > 0
            )
    return found


def _leads(before: Days, after: Days) -> bool:
    return before[1].toordinal() + 1 == after[0].toordinal()
