"""Ten lines of text that say what stands in a pack."""

from typing import Final

from missionkit.domain.intent import CoreIntent
from missionkit.issue import Severity
from missionkit.report.view import PackView
from missionkit.report.wording import clipped, losses, plural

_WIDE: Final = 100
_ACTS: Final = 3


def summary(view: PackView, title: str) -> str:
    """Return the pack's summary: exactly ten lines."""
    intents = view.in_force(CoreIntent)
    whole = sum(line.whole for line in view.lines)
    counts = view.checked.counts()
    errors = plural(counts[Severity.ERROR], "error")
    warnings = plural(counts[Severity.WARNING], "warning")
    found = f"{errors}, {warnings}, {counts[Severity.ADVICE]} advice"
    if view.nothing_asked:
        found = "no rule was asked"
    allowed = len(view.checked.waived)
    waived = f"; {allowed} waived" if allowed else ""
    first = [
        f"{at}. {act.said}: {view.about(act, 1) or act.why}"
        for at, act in enumerate(view.acts[:_ACTS], 1)
    ]
    if not first:
        why = "no rule was asked" if view.nothing_asked else "the rules found no fault"
        first = [f"Nothing to do first: {why}"]
    first += ["-"] * (_ACTS - len(first))
    lines = (
        f"{title}, judged on {view.on.isoformat()}",
        f"Mission: {intents[0].mission if intents else 'none in force'}",
        f"Elements: {len(view.model)}",
        f"Needs followed to mission and performers: {whole} of {len(view.lines)}",
        f"Coverage: {_shares(view)}",
        f"Findings: {found}{waived}",
        _imported(view),
        *first,
    )
    return "\n".join(clipped(line, _WIDE) for line in lines)


def _shares(view: PackView) -> str:
    judged = [m for m in view.coverage.metrics if m.value is not None]
    return ", ".join(f"{m.name} {m.percent}" for m in judged[:3]) or "nothing to judge"


def _imported(view: PackView) -> str:
    if view.imported is None:
        return "Source: a model in memory"
    remarks = plural(len(view.imported.issues), "remark")
    lost, left_out = losses(view.imported.lost)
    told = f"{remarks} and {plural(len(lost), 'loss', 'losses')}"
    more = f"; {left_out}" if left_out else ""
    return f"Source: {view.source}, read with {told}{more}"
