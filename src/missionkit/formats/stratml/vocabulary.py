"""The words of StratML: roots and namespaces, names, places, and what they mean here.

Only the structure of the standard stands here, none of its sentences.
"""

import re
from typing import Final

from missionkit.domain.measure import MeasureKind, ValueChainStage
from missionkit.domain.party import PartyKind
from missionkit.domain.stakeholder import StakeholderKind

PART_1: Final = "urn:ISO:std:iso:17469:tech:xsd:stratml_core"
PART_2: Final = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
ANSI: Final = "http://www.stratml.net"
DRAFT_35: Final = "http://schemas.stratml.us/3.5"
DRAFT_3: Final = "urn:schemas:AIIM:org:03201408:AdditionalElements"

STANDARD: Final = frozenset({PART_1, PART_2, ANSI})
DRAFTS: Final = frozenset({DRAFT_35, DRAFT_3})
SPACES: Final = STANDARD | DRAFTS | {""}
ROOTS: Final = (
    "StrategicPlan",
    "PerformancePlanOrReport",
    "OrganizationalStrategyDocument",
)
TYPES: Final = {
    word: word for word in ("Strategic_Plan", "Performance_Plan", "Performance_Report")
}
NOT_PLANS: Final = {
    "http://www.w3.org/2001/XMLSchema": "an XML Schema",
    "http://www.w3.org/1999/XSL/Transform": "a stylesheet",
    "http://www.w3.org/1999/xhtml": "a web page",
    "http://www.w3.org/2000/svg": "a picture",
    "http://www.opengroup.org/xsd/archimate/3.0/": "an ArchiMate model",
}

INDICATORS: Final = frozenset(
    {
        "PerformanceIndicator",
        "QuantitativePerformanceIndicator",
        "QualitativePerformanceIndicator",
        "QualitativeScoredPerformanceIndicator",
    }
)
REFERENCES: Final = frozenset({"ReferentIdentifier", "ReferenceIdentifier"})
_CORE: Final = frozenset({"StrategicPlanCore", "Strategy"})
_ROOT: Final = frozenset(ROOTS)

# In which elements a thing is expected to stand.
PLACES: Final[dict[str, frozenset[str]]] = {
    "Organization": frozenset({"StrategicPlanCore", "Organization", ROOTS[2]}),
    "Mission": _CORE,
    "Vision": _CORE,
    "Value": _CORE,
    "Goal": _CORE,
    "Objective": frozenset({"Goal", "Objective"}),
    "Stakeholder": frozenset({"Organization", "Goal", "Objective"}),
    "AdministrativeInformation": _ROOT,
    "Submitter": _ROOT | {"AdministrativeInformation"},
    "Individual": frozenset({"Organization", "Group"}),
    "PrototypeIndividual": frozenset({"Organization", "Group"}),
    **dict.fromkeys(INDICATORS, frozenset({"Objective"})),
}

_NAMED: Final = ("Name", "Description")
_RESULT: Final = ("StartDate", "EndDate", "NumberOfUnits", "Descriptor", "Description")
_ADMINISTRATIVE: Final = ("Identifier", "StartDate", "EndDate", "PublicationDate")
_PLAN: Final = (*_NAMED, "OtherInformation", "StrategicPlanCore")
_AIM: Final = (
    *_NAMED,
    "Identifier",
    "SequenceIndicator",
    "Stakeholder",
    "OtherInformation",
    "Objective",
    "PerformanceIndicator",
)

# In which order the standard wants what stands in an element.
ORDER: Final[dict[str, tuple[str, ...]]] = {
    "StrategicPlan": (*_PLAN, "AdministrativeInformation"),
    "PerformancePlanOrReport": (*_PLAN, "AdministrativeInformation", "Submitter"),
    "StrategicPlanCore": ("Organization", "Vision", "Mission", "Value", "Goal"),
    "Organization": ("Name", "Acronym", "Identifier", "Description", "Stakeholder"),
    "Goal": _AIM,
    "Objective": _AIM,
    "Stakeholder": (*_NAMED, "Role"),
    "Role": (*_NAMED, "RoleType"),
    "PerformanceIndicator": (
        "SequenceIndicator",
        "MeasurementDimension",
        "UnitOfMeasurement",
        "Identifier",
        "Relationship",
        "MeasurementInstance",
        "OtherInformation",
    ),
    "MeasurementInstance": ("TargetResult", "ActualResult"),
    "TargetResult": _RESULT,
    "ActualResult": _RESULT,
    "Relationship": ("Identifier", "ReferentIdentifier", *_NAMED),
    "AdministrativeInformation": (*_ADMINISTRATIVE, "Source", "Submitter"),
}

# Elements that are known, but whose inside is not searched for things to read.
_TEXTS: Final = frozenset(
    {
        "Name",
        "Description",
        "OtherInformation",
        "Acronym",
        "Identifier",
        "SequenceIndicator",
        "StartDate",
        "EndDate",
        "PublicationDate",
        "Source",
        "GivenName",
        "Surname",
        "FirstName",
        "LastName",
        "PhoneNumber",
        "EmailAddress",
        "MeasurementDimension",
        "UnitOfMeasurement",
        "NumberOfUnits",
        "DescriptorName",
        "DescriptorValue",
        "RoleType",
    }
)
_GROUPS: Final = frozenset(
    {
        "Role",
        "Relationship",
        "MeasurementInstance",
        "TargetResult",
        "ActualResult",
        "Descriptor",
    }
)
CLOSED: Final = _TEXTS | _GROUPS | REFERENCES | {"Stakeholders", "Assets", "Contact"}
WRAPPERS: Final = _CORE
KNOWN: Final = _TEXTS | _GROUPS | REFERENCES | WRAPPERS | PLACES.keys() | _ROOT

KINDS: Final = {
    "Person": StakeholderKind.PERSON,
    "Organization": StakeholderKind.ORGANIZATION,
    "Generic_Group": StakeholderKind.GROUP,
}
PARTIES: Final = {
    "Person": PartyKind.PERSON,
    "Organization": PartyKind.UNIT,
    "Generic_Group": PartyKind.UNIT,
}
STAGES: Final = {
    "Input": ValueChainStage.INPUT,
    "Input_Processing": ValueChainStage.INPUT_PROCESSING,
    "Output": ValueChainStage.OUTPUT,
    "Output_Processing": ValueChainStage.OUTPUT_PROCESSING,
    "Outcome": ValueChainStage.OUTCOME,
}
MEASURES: Final = {
    "Quantitative": MeasureKind.QUANTITATIVE,
    "Qualitative": MeasureKind.QUALITATIVE,
}
RELATIONSHIPS: Final = {
    "Broader_Than": "broader than",
    "Peer_To": "peer to",
    "Narrower_Than": "narrower than",
}
PERFORMER: Final = "Performer"
STAKES: Final = {
    PERFORMER: PERFORMER,
    "Beneficiary": "beneficiary",
    "Client": "client",
    "Competitor": "competitor",
}

_TO_BE: Final = r"to[ _]be[ _](?:named|described|determined|defined|decided|inserted)"
_NOTHING_SAID: Final = re.compile(
    rf"\W*(?:{_TO_BE}[ _a-z]{{0,20}}|tb[cda])\W*"  # [To be named], TBD
    rf"|\[{_TO_BE}[ _a-z]{{0,20}}\].{{0,60}}|.{{0,60}}\[{_TO_BE}[ _a-z]{{0,20}}\]"
    r"|PLACEHOLDER\w*"
    r"|[\w-]{0,10}\$\{[^}]{0,60}\}"  # ID-${uuid}: a template left unfilled
    r"|.{0,60} goes here\W*",
    re.IGNORECASE | re.DOTALL,
)


def is_placeholder(text: str) -> bool:
    """Return whether *text* is what a form shows where nothing is filled in.

    >>> is_placeholder("[To be named]"), is_placeholder("ID-${uuid}")
    (True, True)
    >>> is_placeholder("To be the first choice of tenants")
    False
    """
    return _NOTHING_SAID.fullmatch(text[:200]) is not None
