"""The indicators of an objective: measures with their targets and observations."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from missionkit.domain.measure import (
    MeasureKind,
    Observation,
    SuccessMeasure,
    TargetSetting,
)
from missionkit.domain.plan import Objective
from missionkit.domain.relation import Relation
from missionkit.formats import codes
from missionkit.formats.stratml.dates import period, read_dates
from missionkit.formats.stratml.session import Draft, Session
from missionkit.formats.stratml.texts import line, number
from missionkit.formats.stratml.vocabulary import (
    MEASURES,
    REFERENCES,
    RELATIONSHIPS,
    STAGES,
)
from missionkit.formats.xmltree import Node

_TARGETS: Final = ("TargetResult", "Target")
_ACTUALS: Final = ("ActualResult", "Actual")
_KINDS: Final = ("PerformanceIndicatorType", "IndicatorType")


def read_indicator(session: Session, node: Node, of: Draft | None) -> None:
    """Read a PerformanceIndicator of the goal or objective *of*."""
    if node not in session.meaningful:
        return
    ledger = session.ledger
    dimension = ledger.text(node, "MeasurementDimension")
    name = ledger.line(node, "Name") or line(dimension) or _stand_in(session, node, of)
    draft = session.add(SuccessMeasure, name, node, name=name, dimension=dimension)
    draft.fields["unit"] = ledger.line(node, "UnitOfMeasurement") or None
    draft.fields["stage"] = ledger.word(node, "ValueChainStage", STAGES)
    draft.fields["notes"] = ledger.text(node, "OtherInformation")
    _attach(session, draft, of)
    values = _read_results(session, node, draft)
    kind = _kind(session, node)
    if kind is None and values and all(value is None for value in values):
        kind = MeasureKind.QUALITATIVE
    if kind is not None:
        draft.fields["kind"] = kind
    for child in ledger.children(node, "Relationship"):
        session.relationships.append((draft.id, child))


def _stand_in(session: Session, node: Node, of: Draft | None) -> str:
    whole = f" of {of.fields['statement']}" if of else ""
    name = line(f"Unnamed measure{whole}")
    message = f"the {node.name} has no name; it is called '{name}'"
    session.ledger.report(codes.UNNAMED, message, node)
    return name


def _attach(session: Session, draft: Draft, of: Draft | None) -> None:
    if of is not None and of.cls is Objective:
        draft.fields["of"] = of.id
    elif of is not None:
        session.add(Relation, "", None, source=draft.id, target=of.id, kind="measures")


def _kind(session: Session, node: Node) -> MeasureKind | None:
    for attribute in _KINDS:
        if kind := session.ledger.word(node, attribute, MEASURES):
            return kind
    return MEASURES.get(node.name.removesuffix("PerformanceIndicator"))


def _read_results(session: Session, node: Node, draft: Draft) -> list[Decimal | None]:
    """Read targets and observations; return the value of each, None for words."""
    targets = [_target(session, part) for part in _results(session, node, _TARGETS)]
    found = tuple(target for target in targets if target)
    draft.fields["targets"] = found
    observed = [
        _observe(session, part, draft) for part in _results(session, node, _ACTUALS)
    ]
    values = [target.value for target in found]
    return values + [d.fields["value"] for d in observed if d]


def _results(session: Session, node: Node, names: tuple[str, ...]) -> Iterator[Node]:
    """Yield the results that say something, also those of a 3.5 draft."""
    ledger = session.ledger
    for holder in (node, *ledger.children(node, "MeasurementInstance")):
        for part in ledger.children(holder, *names):
            inner = tuple(ledger.children(part, "Result"))
            yield from (r for r in inner or (part,) if r in session.meaningful)


def _target(session: Session, part: Node) -> TargetSetting | None:
    value, descriptor = _reading(session, part)
    if value is None and descriptor is None:
        return None
    since, until = read_dates(session.ledger, part)
    _enter(session, part)
    return TargetSetting(value=value, descriptor=descriptor, since=since, until=until)


def _observe(session: Session, part: Node, measure: Draft) -> Draft | None:
    value, descriptor = _reading(session, part)
    if value is None and descriptor is None:
        return None
    start, end = read_dates(session.ledger, part)
    _enter(session, part)
    draft = session.add(Observation, "", part, measure=measure.id, at=end)
    draft.fields |= {"value": value, "descriptor": descriptor}
    draft.fields["period"] = period(start, end) if start else None
    draft.fields["notes"] = session.ledger.text(part, "Description")
    return draft


def _reading(session: Session, part: Node) -> tuple[Decimal | None, str | None]:
    """Return the number and the words of a result, or else its description."""
    ledger = session.ledger
    said = ledger.line(part, "NumberOfUnits")
    value = number(said)
    words = "" if value is not None else said
    if words:
        message = f"NumberOfUnits of {part.name} is not a number"
        ledger.report(codes.BAD_NUMBER, message, part, value=words)
    for descriptor in ledger.children(part, "Descriptor"):
        if not words and (words := ledger.line(descriptor, "DescriptorValue", "Value")):
            ledger.entered.add(descriptor)
    if value is None and not words:
        words = ledger.line(part, "Description")
    return value, words or None


def _enter(session: Session, part: Node) -> None:
    """Mark a result, and what it stands in, as read."""
    session.ledger.entered.add(part)
    holder = part.parent
    while holder is not None and holder not in session.ledger.built:
        session.ledger.entered.add(holder)
        holder = holder.parent


def read_relationships(session: Session) -> None:
    """Read the relationships of measures whose other end is in the model."""
    ledger = session.ledger
    for measure, node in session.relationships:
        ends = list(_ends(session, measure, node))
        if not ends:
            continue
        kind = ledger.word(node, "RelationshipType", RELATIONSHIPS) or "related"
        rationale = ledger.text(node, "Description")
        for part, (child, target) in zip(
            [node, *[None] * len(ends)], ends, strict=False
        ):
            ledger.take(child)
            draft = session.add(Relation, "", part, source=measure, target=target)
            draft.fields |= {"kind": kind, "rationale": rationale}


def _ends(session: Session, measure: str, node: Node) -> Iterator[tuple[Node, str]]:
    for child in session.ledger.children(node, *REFERENCES):
        owner = session.identifiers.owner(child.text)
        target = session.made.get(owner) if owner else None
        if target and target != measure:
            yield child, target
