"""Where the organization leaves its course: shifts, who decided them, what is unknown.

Figures that could not be judged are told with the reason, as silence would look like
calm.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from missionkit.domain.review import DriftSignal, SignalStatus
from missionkit.drift.in_words import in_words
from missionkit.drift.payers import Payers
from missionkit.drift.report import DriftReport
from missionkit.ports.finding import Covering, DriftVerdict, Finding
from missionkit.report.blocks import (
    Bullets,
    Figure,
    Grid,
    Heading,
    Lead,
    Paragraph,
    Section,
)
from missionkit.report.inline import Faint, Fixed, Inline, Mark, Strong, Tone, Written
from missionkit.report.pictures.concentration import (
    concentration_curve,
    concentration_in_words,
)
from missionkit.report.pictures.mix import (
    MixPart,
    mix_in_words,
    mix_of,
    mix_picture,
)
from missionkit.report.view import PackView
from missionkit.report.wording import plural

ORDER: Final = 56
_MOST: Final = 100
_DRIVERS: Final = 4
_LEAST: Final = 0.02
_WAITING: Final = frozenset({SignalStatus.RAISED, SignalStatus.ACKNOWLEDGED})
_MOVED: Final = ("What moved it", "How much", "Part of the shift")


def section(view: PackView) -> Section | None:
    """Return what was found; None without figures and without signals."""
    blocks: list[Written] = []
    if view.drifted:
        report, paid = view.drifted.report, view.drifted.payers
        blocks += [Lead(_lead(report)), *_found(view, report), *_payers(paid)]
    blocks[1:1] = _signals(view)
    if not blocks:
        return None
    return Section(title="Drift and adaptation", id="drift", blocks=blocks)


def _lead(report: DriftReport) -> str:
    """Return how many figures shifted, and how many nobody could judge."""
    period = report.period
    ends = f", from {period.start} to {period.end}" if period else ""
    drifts, decided = len(report.drift), len(report.adaptations)
    calm = len(report.of(DriftVerdict.NO_DRIFT))
    unsure = len(report.of(DriftVerdict.NOT_ENOUGH_DATA))
    return (
        f"Of {plural(len(report.findings), 'figure')}{ends}: {drifts} drifted without a"
        f" decision in time, {decided} moved as decided, {calm} did not move, and"
        f" {unsure} could not be judged."
    )


def _signals(view: PackView) -> Iterator[Written]:
    """Yield the signals, up to the day, that nobody has decided about."""
    held = [
        each
        for each in view.model.of(DriftSignal)
        if each.status in _WAITING
        and not each.decision
        and (each.at is None or each.at <= view.on)
    ]
    if not held:
        return
    yield Heading("Signals that wait for an answer")
    yield Paragraph(
        "A signal is acknowledged, dismissed with a reason, or answered by a decision."
        " One that nobody answered holds up the review."
    )
    rows: list[tuple[Inline, ...]] = [
        (
            Strong(each.indicator),
            Fixed(each.at.isoformat()) if each.at else Faint("no day is recorded"),
            view.named(each.concerns) or Faint("nothing is named"),
            _standing(each),
        )
        for each in held[:_MOST]
    ]
    yield Grid(("Signal", "Raised", "Concerns", "Standing"), rows)


def _standing(signal: DriftSignal) -> Inline:
    if signal.status is SignalStatus.RAISED:
        return Mark("nobody answered it", Tone.BAD)
    return Mark("seen, not decided about", Tone.WARN)


def _found(view: PackView, report: DriftReport) -> Iterator[Written]:
    shown: set[frozenset[MixPart]] = set()
    for word, findings in (
        ("Drift", report.drift),
        ("Adaptation", report.adaptations),
    ):
        for each in findings:
            yield Heading(f"{word}: {each.title}")
            yield from _shift(view, each, shown)
    yield from _calm(report.of(DriftVerdict.NO_DRIFT))
    yield from _not_judged(report)
    if report.unused:
        many = plural(report.unused, "row")
        yield Paragraph(f"{many} of the ledgers could not be used.")


def _shift(
    view: PackView, finding: Finding, shown: set[frozenset[MixPart]]
) -> Iterator[Written]:
    """Yield the figure over time, what moved it, and who decided it.

    A mix that was *shown* with another figure is not drawn again.
    """
    yield Paragraph(Strong(in_words(finding)))
    yield Figure(finding.picture(), _method(finding))
    dimension = next((each.dimension for each in finding.drivers), "")
    parts = mix_of(finding, dimension)
    if parts and frozenset(parts) not in shown:
        shown.add(frozenset(parts))
        title = f"Everything counted, by {dimension}, before and after"
        said = f"{title}: {mix_in_words(parts)}."
        yield Figure(mix_picture(title, parts), said)
    if finding.drivers:
        yield Grid(_MOVED, list(_drivers(finding)))
    if finding.covers:
        yield Grid(("Decision", "Effective", "Standing"), list(_covers(view, finding)))


def _drivers(finding: Finding) -> Iterator[tuple[Inline, ...]]:
    """Yield what moved the figure most, of each dimension by itself."""
    for dimension, held in groupby(finding.drivers, key=lambda each: each.dimension):
        drivers = list(held)
        told = [each for each in drivers if abs(each.share or 1) >= _LEAST][:_DRIVERS]
        for each in told:
            share = "" if each.share is None else f"{each.share:.0%}"
            yield f"{dimension}: {each.name}", finding.sized(each.moved), share
        if more := len(drivers) - len(told):
            yield Faint(f"{dimension}: {more} more"), "", ""


def _covers(view: PackView, finding: Finding) -> Iterator[tuple[Inline, ...]]:
    for each in finding.covers:
        late = each.standing is Covering.AFTER_THE_FACT
        said = "decided after the fact" if late else "decided before"
        part = "" if each.whole else ", for a part of it"
        tone = Tone.GOOD if each.whole and not late else Tone.WARN
        why = f": {each.why}" if each.why else ""
        day = Fixed(each.effective.isoformat())
        yield Strong(view.title(each.decision)), day, (Mark(said + part, tone), why)


def _method(finding: Finding) -> str:
    """Return how it was found and how sure that is."""
    parts = [f"Method {finding.method}, version {finding.version}"]
    parts.append(f"{plural(finding.points, 'point')}")
    if finding.effect is not None and finding.low is not None:
        between = f"{finding.sized(finding.low)} to {finding.sized(finding.high or 0)}"
        parts.append(f"{finding.confidence:.0%} interval {between}")
    if finding.p_value is not None:
        p_value = finding.p_value if finding.adjusted is None else finding.adjusted
        parts.append(f"p-value {p_value:.2g} at a level of {finding.level:g}")
    if finding.is_sloped:
        parts.append("a slope explains it better than a step")
    elif finding.autocorrelation is not None:
        parts.append(f"autocorrelation {finding.autocorrelation:g} allowed for")
    return f"{'; '.join(parts)}."


def _calm(findings: Sequence[Finding]) -> Iterator[Written]:
    if findings:
        yield Heading("No drift")
        rows = [
            (
                each.title,
                _visible(each),
                str(each.points),
            )
            for each in findings
        ]
        yield Grid(("Figure", "A shift of this size would have shown", "Points"), rows)


def _visible(finding: Finding) -> str:
    if finding.visible is None:
        return ""
    said = finding.sized(finding.visible)
    return said if "share" in finding.unit.split() else f"{said} {finding.unit}"


def _not_judged(report: DriftReport) -> Iterator[Written]:
    """Yield what could not be judged, the figures of one reason together."""
    reasons: dict[str, list[str]] = {}
    for each in report.of(DriftVerdict.NOT_ENOUGH_DATA):
        reasons.setdefault(each.reason, []).append(each.title)
    for missing in report.not_asked:
        name = missing.indicator.replace("-", " ").replace(".", ": ")
        reasons.setdefault(missing.why, []).append(name)
    if reasons:
        yield Heading("What could not be judged")
        rows = [("; ".join(named), why) for why, named in reasons.items()]
        yield Grid(("Figure", "Why"), rows)


def _payers(held: Payers | None) -> Iterator[Written]:
    """Yield who paid in the last year, or why nobody can say."""
    if held is None:
        return
    yield Heading("Who pays")
    if held.reason or not held.paid:
        yield Paragraph(Faint(f"Not shown: {held.reason or 'nobody is named'}."))
        return
    title = f"Revenue by client, {held.period.start} to {held.period.end}"
    picture = concentration_curve(held.paid, title)
    figures = concentration_in_words(held.paid)
    said = f"{title}. {figures} The more the curve bows, the more hangs on few."
    yield Figure(picture, said)
    if held.unnamed:
        amount = f"{held.unnamed:,.0f} {held.currency}".rstrip()
        said = f"Revenue of which the payer is not known is left out: {amount}."
        yield Bullets([said])
