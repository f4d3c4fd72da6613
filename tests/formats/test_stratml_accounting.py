"""Nothing of a plan is dropped in silence: an account that shares no code with ours."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missionkit.codec.document import dumps, loads
from missionkit.domain.ext import Ext
from missionkit.errors import DocumentError
from missionkit.formats import stratml
from missionkit.ports.format import Imported

FIXTURES = Path(__file__).parent / "fixtures" / "stratml"
OURS = sorted(FIXTURES.glob("*.xml"))
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

# The words of the standard that become words of ours.
WORDS = {
    "Person": "person",
    "Organization": "organization",
    "Generic_Group": "group",
    "Input": "input",
    "Input_Processing": "input_processing",
    "Output": "output",
    "Output_Processing": "output_processing",
    "Outcome": "outcome",
    "Quantitative": "quantitative",
    "Qualitative": "qualitative",
    "Performer": "performer",
    "Beneficiary": "beneficiary",
    "Client": "client",
    "Competitor": "competitor",
    "Broader_Than": "broader than",
    "Peer_To": "peer to",
    "Narrower_Than": "narrower than",
}


def squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


def escaped(text: str) -> str:
    """Write control characters and the byte order mark as `ext` does."""
    return re.sub("[\x7f-\x9f\ufeff]", lambda hit: f"\\u{ord(hit[0]):04x}", text)


def said(element: ET.Element) -> Iterator[str]:
    """Yield every piece of text and every attribute of a document."""
    for node in element.iter():
        yield from filter(None, map(squeezed, (node.text, node.tail)))
        for name, value in node.attrib.items():
            if squeezed(value) and not name.startswith(XSI):
                yield squeezed(value)


def empty(element: ET.Element, above: str = "") -> Iterator[str]:
    """Yield the path of every element that holds nothing at all, as `Lost` has it."""
    path = above + element.tag.rpartition("}")[2]
    hints = [name for name in element.attrib if name.startswith(XSI)]
    hollow = not squeezed(element.text) and len(element) == 0
    if hollow and len(element.attrib) == len(hints):
        yield path
    seen: dict[str, int] = {}
    for child in element:
        name = child.tag.rpartition("}")[2]
        seen[name] = seen.get(name, 0) + 1
        number = f"[{seen[name]}]" if seen[name] > 1 else ""
        step = f"{path}/{name}"
        yield from (
            step + number + p.removeprefix(step) for p in empty(child, f"{path}/")
        )


def held(value: object) -> Iterator[str]:
    """Yield every text that an element holds, at any depth."""
    match value:
        case StrEnum() | str():
            yield squeezed(str(value))
        case date() | Decimal():
            yield str(value)
        case Ext():
            yield from map(squeezed, value)
            for inner in value.values():
                yield from held(inner)
        case tuple() | frozenset():
            for inner in value:
                yield from held(inner)
        case _ if attrs.has(type(value)):
            cls: type[Any] = type(value)
            for field in attrs.fields(cls):
                yield from held(getattr(value, field.name))


def unaccounted(data: bytes, imported: Imported) -> list[str]:
    """Return what stands in the document, but not in the model, `ext` or `lost`."""
    found = {text for element in imported.model for text in held(element)}
    found |= {lost.value for lost in imported.lost}
    root = ET.fromstring(data)  # noqa: S314 - documents of our own, or read before
    whole = "\n".join(found)
    missing = [
        text
        for text in said(root)
        if text not in found
        and WORDS.get(text) not in found
        and escaped(text) not in whole
        and not (len(text) > 1 and text in whole)  # a part of a name or of a text
    ]
    listed = {lost.path for lost in imported.lost}
    missing += [path for path in empty(root) if path not in listed]
    return missing


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_every_text_and_attribute_of_our_documents_is_found_again(path: Path) -> None:
    data = path.read_bytes()

    assert unaccounted(data, stratml.read(data)) == []


def test_every_text_and_attribute_of_real_documents_is_found_again(
    data_dir: Path,
) -> None:
    paths = [
        path
        for folder in ("plans", "stratml35", "templates")
        for path in sorted((data_dir / "stratml" / folder).glob("*.xml*"))
    ]
    assert paths
    for path in paths:
        data = path.read_bytes()
        assert unaccounted(data, stratml.read(data)) == [], path.name


def test_the_account_sees_what_is_missing() -> None:
    data = b"<StrategicPlan><Name>Zebra</Name><Goal k='Yak'><A/></Goal></StrategicPlan>"
    other = stratml.read(b"<StrategicPlan><Name>Other</Name></StrategicPlan>")

    missing = unaccounted(data, other)

    assert missing == ["Zebra", "Yak", "StrategicPlan/Goal/A"]


NAMES = """
    StrategicPlanCore Organization Vision Mission Value Goal Objective Stakeholder Role
    RoleType PerformanceIndicator MeasurementInstance TargetResult ActualResult
    Relationship Descriptor Submitter AdministrativeInformation Strategy Individual
    PrototypeIndividual Target Actual Result QuantitativePerformanceIndicator Contact
    Name Description Identifier SequenceIndicator OtherInformation Acronym StartDate
    EndDate PublicationDate NumberOfUnits MeasurementDimension UnitOfMeasurement
    GivenName Surname FirstName DescriptorName DescriptorValue ReferentIdentifier
    ReferenceIdentifier Goals Foreign
""".split()  # noqa: SIM905 - a long list of words is read as text
ROOTS = ("StrategicPlan", "PerformancePlanOrReport", "OrganizationalStrategyDocument")
ATTRIBUTES = ("StakeholderTypeType", "ValueChainStage", "IndicatorType", "Type", "odd")
DATES = ("2026-01-01", "2025-06-30", "2026-13-01", "31.12.2026", "2026-01-01T10:00:00Z")
HOLES = ("", " ", "[To be named]", "TBD", "${uuid}", "PLACEHOLDER_1")
MEANT = ("Performer", "Beneficiary", "Person", "Outcome", "Qualitative", "Peer_To")
PLAIN = ("Warm homes", "Ada", "_a", "_b", "9c", "12", "1,5", "-3.50", "目標", "Goal")
HOSTILE = ("a\u200bb", "a\u202eb", "\u0085", "\ufeff", "x" * 501, "one\ntwo", "a\tb")
INJECTED = ("<script>", "'); DROP TABLE", "{{7*7}}", "=1+1", "%s", "../../etc/x")
TEXTS = (*DATES, *HOLES, *MEANT, *PLAIN, *PLAIN, *HOSTILE, *INJECTED)
words = st.sampled_from(TEXTS) | st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"]), max_size=8
)


@st.composite
def trees(draw: st.DrawFn, depth: int = 6) -> ET.Element:
    node = ET.Element(draw(st.sampled_from(NAMES)))
    node.text = draw(words)
    node.tail = draw(st.sampled_from(["", " ", "\n", "stray"]))
    for name in draw(st.lists(st.sampled_from(ATTRIBUTES), max_size=2, unique=True)):
        node.set(name, draw(words))
    if depth and not draw(st.booleans()):
        node.extend(draw(st.lists(trees(depth - 1), max_size=5)))
    return node


@st.composite
def plans(draw: st.DrawFn) -> bytes:
    root = ET.Element(
        draw(st.sampled_from(["StrategicPlan", "PerformancePlanOrReport"]))
    )
    core = ET.SubElement(root, "StrategicPlanCore")
    goal = ET.SubElement(core, "Goal")
    objective = ET.SubElement(goal, "Objective")
    indicator = ET.SubElement(objective, "PerformanceIndicator")
    for place in (root, core, goal, objective, indicator):
        place.extend(draw(st.lists(trees(3), max_size=4)))
    return ET.tostring(root)


@settings(max_examples=25)
@given(plans())
def test_any_plan_is_read_with_nothing_missing_and_survives_as_json(
    data: bytes,
) -> None:
    imported = stratml.read(data)

    assert unaccounted(data, imported) == []
    assert not [lost for lost in imported.lost if lost.why == "nothing was made of it"]
    assert loads(dumps(imported.model)).model == imported.model


@given(st.sampled_from(OURS), st.data())
def test_a_mutated_document_is_read_or_refused_with_its_line(
    path: Path, data: st.DataObject
) -> None:
    original = path.read_bytes()
    at = data.draw(st.integers(0, len(original)))
    length = data.draw(st.integers(0, 40))
    put = data.draw(st.binary(max_size=6) | st.sampled_from([b"<Goal>", b"</s:Goal>"]))
    mutated = original[:at] + put + original[at + length :]

    assert all(place for place in places_of_refusal(mutated))


def places_of_refusal(data: bytes) -> list[int | None]:
    try:
        stratml.read(data, source="m.xml")
    except DocumentError as error:
        return [issue.source.line for issue in error.issues if issue.source] or [None]
    return []
