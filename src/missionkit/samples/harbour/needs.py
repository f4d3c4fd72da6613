"""What the stakeholders need, how much it matters, and what was decided about it."""

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from missionkit.domain.declaration import Element
from missionkit.domain.ids import NeedId, StakeholderId
from missionkit.domain.stakeholder import Need, NeedKind, NeedStatus
from missionkit.samples.harbour import stakeholders as who


def _need(ref: str, holder: StakeholderId, statement: str, importance: float) -> Need:
    return Need(
        id=NeedId(ref),
        statement=statement,
        stakeholder=holder,
        status=NeedStatus.ACCEPTED,
        importance=importance,
    )


def _duty(ref: str, holder: StakeholderId, statement: str, importance: float) -> Need:
    need = _need(ref, holder, statement, importance)
    return evolve(need, kind=NeedKind.OBLIGATION)


def _declined(
    ref: str, holder: StakeholderId, statement: str, importance: float, reason: str
) -> Need:
    need = _need(ref, holder, statement, importance)
    return evolve(need, status=NeedStatus.DECLINED, decided_reason=reason)


OF_TENANTS: Final = (
    _need(
        "warm-homes",
        who.TENANTS,
        "A home that is warm in winter and can be paid for",
        0.95,
    ),
    _need(
        "repairs-on-time",
        who.TENANTS,
        "Repairs done right the first time, on the promised day",
        0.95,
    ),
    _need("damp-free", who.TENANTS, "A home without damp and mold", 0.9),
    _need("safe-buildings", who.TENANTS, "To sleep safely in the building", 1.0),
    _need(
        "fair-rent",
        who.TENANTS,
        "A rent that a household on a local wage can carry",
        0.85,
    ),
    _need(
        "be-heard",
        who.TENANTS,
        "A say in decisions about homes, and answers to complaints",
        0.75,
    ),
    _need(
        "broadband",
        who.TENANTS,
        "Broadband that is good enough for school and work",
        0.45,
    ),
    _declined(
        "parking-space",
        who.TENANTS,
        "A parking space of one's own for every household",
        0.3,
        "The streets of the old town have no room; the land that there is goes to"
        " homes. Disabled tenants get a marked bay.",
    ),
    _need(
        "support-to-stay",
        who.SUPPORTED,
        "Support that outlasts the funding round",
        0.75,
    ),
    _need(
        "step-free",
        who.SUPPORTED,
        "A home that can be used from a wheelchair",
        0.8,
    ),
)

OF_OTHERS: Final = (
    _need("more-homes", who.APPLICANTS, "More homes at social rent in the town", 0.9),
    _need(
        "quick-let",
        who.APPLICANTS,
        "That no home stands empty while families wait",
        0.7,
    ),
    _need(
        "clear-waiting",
        who.APPLICANTS,
        "To know where one stands on the list, and why",
        0.6,
    ),
    _need(
        "clear-charges",
        who.SHARED_OWNERS,
        "Service charges that are explained and can be checked",
        0.55,
    ),
    _declined(
        "buy-back",
        who.SHARED_OWNERS,
        "That shares are bought back at the price paid for them",
        0.35,
        "It would put the risk of the housing market on the rents of all tenants;"
        " the audit committee put it at up to 31 million pounds.",
    ),
    _duty("safe-work", who.EMPLOYEES, "To go home from work unharmed", 0.9),
    _need(
        "good-work",
        who.EMPLOYEES,
        "Work that can be managed, and a chance to learn a trade",
        0.7,
    ),
    _duty(
        "covenants",
        who.LENDERS,
        "Interest cover and gearing within the covenants",
        0.9,
    ),
    _duty(
        "consumer-standards",
        who.REGULATOR,
        "Proof that the consumer standards are met",
        1.0,
    ),
    _duty(
        "hazard-times",
        who.REGULATOR,
        "That hazards are made safe within the days set by law",
        0.95,
    ),
    _duty(
        "true-records",
        who.REGULATOR,
        "Complete and true records of every home and who lives in it",
        0.7,
    ),
    _need(
        "homeless-lets",
        who.COUNCIL,
        "Half of the homes that fall empty for homeless households",
        0.7,
    ),
    _need(
        "net-zero",
        who.COUNCIL,
        "Homes that fit the plan to be carbon-neutral by 2040",
        0.5,
    ),
    _need(
        "tidy-estates",
        who.NEIGHBORS,
        "Estates that are clean, lit and safe at night",
        0.6,
    ),
    _need(
        "discharge-homes",
        who.HEALTH,
        "A place to go for patients well enough to leave the hospital",
        0.5,
    ),
)


THEN: Final = "To be told what was decided, and answers to complaints"
"""How `be-heard` was worded until the tenants' panel reworded it in February 2026."""


def elements() -> Iterator[Element]:
    """Give all needs."""
    yield from OF_TENANTS
    yield from OF_OTHERS
