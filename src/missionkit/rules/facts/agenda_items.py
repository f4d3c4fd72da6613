"""Gates ask whether a review went through its whole agenda."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from missionkit.domain.review import Agenda, AgendaItem, Disposition, Evidence
from missionkit.issue import Issue
from missionkit.markup import shown
from missionkit.ports.rule import Judgment, NotJudged, RuleView
from missionkit.rules.codes import gate_review as codes
from missionkit.rules.hints import hints

_LOOKED_AT: Final = frozenset({Disposition.CONSIDERED, Disposition.NO_CHANGE})


def agenda_not_covered(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each entry of the agenda that no item of the review covers.

    An item that was looked at has evidence. One that was not, deferred or not
    applicable, has at least a summary that says why.
    """
    cycle = view.review
    if cycle.agenda is None:
        yield codes.AGENDA_NOT_COVERED.issue(
            f"{view.named(cycle)} follows no agenda.",
            ref=cycle.id,
            path="agenda",
            fix="fill `agenda`; missionkit brings some along",
        )
        return
    agenda = view.by_id(Agenda).get(cycle.agenda)
    if agenda is None:
        why = "the agenda of the review cannot be read here"
        yield NotJudged(codes.AGENDA_NOT_COVERED.code, why, (cycle.id,))
        return
    items = _by_code(view.referring(AgendaItem, "cycle").get(cycle.id, ()))
    stray = sorted(items.keys() - {entry.code for entry in agenda.entries})
    for entry in agenda.entries:
        open_points = [list(_open(view, item)) for item in items.get(entry.code, ())]
        if open_points and all(open_points):
            yield from open_points[0]
        elif not open_points:
            yield codes.AGENDA_NOT_COVERED.issue(
                f"{view.named(cycle)} has no item {shown(entry.code)} of its agenda.",
                ref=cycle.id,
                value=entry.code,
                fix=view.once(hints).of(entry.code, stray)
                or f"add an item about {shown(entry.title)}",
            )


def _by_code(items: Iterable[AgendaItem]) -> Mapping[str, list[AgendaItem]]:
    found: dict[str, list[AgendaItem]] = {}
    for item in items:
        if item.code is not None:
            found.setdefault(item.code, []).append(item)
    return found


def _open(view: RuleView, item: AgendaItem) -> Iterator[Issue]:
    done = item.disposition
    if done is None:
        yield codes.AGENDA_NOT_COVERED.issue(
            f"{view.named(item)} has no disposition.",
            ref=item.id,
            path="disposition",
            fix="record what was done with it in `disposition`",
        )
    elif item.evidence or item.id in view.referring(Evidence, "supports"):
        return
    elif done in _LOOKED_AT:
        yield codes.AGENDA_NOT_COVERED.issue(
            f"{view.named(item)} was disposed of without evidence.",
            ref=item.id,
            path="evidence",
            fix="name in `evidence` what was looked at",
        )
    elif not item.summary.strip():
        yield codes.AGENDA_NOT_COVERED.issue(
            f"{view.named(item)} was put aside, and nothing says why.",
            ref=item.id,
            path="summary",
            value=done,
            fix="say why in `summary`",
        )
