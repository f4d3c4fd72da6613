"""Who the Trust is, what it is for, and the areas in which it works."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import CoreIntentId, OperatingSphereId, OrganizationId
from missionkit.domain.intent import (
    CoreIntent,
    Limit,
    OperatingSphere,
    Organization,
    SphereRelation,
    ValueStatement,
)
from missionkit.domain.values import Period

TRUST: Final = OrganizationId("harbour")
INTENT: Final = CoreIntentId("intent-2026")
EARLIER: Final = CoreIntentId("intent-2019")

ORGANIZATIONS: Final = (
    Organization(
        id=TRUST,
        name="Harbour Housing Trust",
        acronym="HHT",
        description=(
            "A housing association with 8,400 homes and 412 employees in the port"
            " of Saltmere and the villages along its coast."
        ),
        purpose=(
            "That nobody in Saltmere goes without a decent home because they earn"
            " too little."
        ),
        legal_form="Charitable community benefit society",
        currency="GBP",
        fiscal_year_start=1,
        limits=(
            # The rents of 8,400 homes are one line of the ledger.
            Limit(name="revenue_concentration", value=0.6),
            # The board wants an hour of management for five that tenants pay for.
            Limit(name="management_share", value=0.2),
        ),
    ),
    Organization(
        id=OrganizationId("harbour-build"),
        name="Harbour Build Ltd",
        description="The Trust's own company for repairs and improvement works.",
        purpose="To keep every home of the Trust in good repair, at cost.",
        legal_form="Company limited by shares, wholly owned",
        parent=TRUST,
        currency="GBP",
        fiscal_year_start=1,
    ),
)

INTENTS: Final = (
    CoreIntent(
        id=EARLIER,
        mission="We provide affordable homes and reliable services",
        vision="To be the leading landlord on the coast.",
        values=(
            ValueStatement(name="Reliable", behaviors=("We keep appointments",)),
            ValueStatement(name="Growing", behaviors=("We look for new business",)),
        ),
        rationale="Adopted after the merger of the two dock-side societies.",
        horizon_years=7,
        organization=TRUST,
        effective=Period(date(2019, 4, 1), date(2026, 3, 31)),
    ),
    CoreIntent(
        id=INTENT,
        mission="We build and keep homes people on low incomes can afford",
        vision=(
            "By 2035 every household in Saltmere lives in a home that is safe, warm"
            " and within its means, and is proud of the street outside."
        ),
        values=(
            ValueStatement(
                name="Keep the promise",
                description="A date given to a tenant is a date kept.",
                behaviors=(
                    "We give a day and an hour, and call before we are late",
                    "We close a job when the tenant says that it is done",
                ),
            ),
            ValueStatement(
                name="Listen first",
                description="Tenants know their homes better than we do.",
                behaviors=(
                    "We ask before we decide, and say what became of the answer",
                    "We thank people who complain",
                ),
            ),
            ValueStatement(
                name="Spend it as if it were rent",
                description="Nearly every pound that we spend was paid by a tenant.",
                behaviors=("We can say which need a pound has served",),
            ),
            ValueStatement(
                name="Stay for the long run",
                description="A home outlasts a strategy, and a tenancy a manager.",
                behaviors=(
                    "We compare costs over thirty years, not over three",
                    "We help early, before arrears and eviction",
                ),
            ),
        ),
        rationale=(
            "The 2025 review found that 'leading landlord' had come to mean bigger."
            " The board went back to the founders' reason: homes within means."
        ),
        horizon_years=10,
        organization=TRUST,
        effective=Period(start=date(2026, 1, 1)),
        supersedes=EARLIER,
    ),
)

HOMES: Final = OperatingSphereId("sphere-homes")
SERVICES: Final = OperatingSphereId("sphere-services")
GROWTH: Final = OperatingSphereId("sphere-new-homes")
MONEY: Final = OperatingSphereId("sphere-money")
PEOPLE: Final = OperatingSphereId("sphere-people")

SPHERES: Final = (
    OperatingSphere(
        id=HOMES,
        name="Homes",
        description="Repairing, inspecting and improving the homes there are.",
        organization=TRUST,
        relations=(
            SphereRelation(to=INTENT, kind="carries out", strength=0.9),
            SphereRelation(
                to=SERVICES, kind="decides what tenants think of", strength=0.8
            ),
        ),
    ),
    OperatingSphere(
        id=SERVICES,
        name="Tenants and neighborhoods",
        description="Letting, rents, support, estates, complaints and tenants' voice.",
        organization=TRUST,
        relations=(SphereRelation(to=INTENT, kind="carries out", strength=0.9),),
    ),
    OperatingSphere(
        id=GROWTH,
        name="New homes",
        description="Finding land, building, and buying homes to let.",
        organization=TRUST,
        relations=(
            SphereRelation(to=INTENT, kind="carries out", strength=0.7),
            SphereRelation(to=MONEY, kind="draws on", strength=0.8),
        ),
    ),
    OperatingSphere(
        id=MONEY,
        name="Money",
        description="Rents in, loans and grants, and what may be spent.",
        organization=TRUST,
        relations=(SphereRelation(to=HOMES, kind="pays for", strength=0.9),),
    ),
    OperatingSphere(
        id=PEOPLE,
        name="People and systems",
        description="The people who work here, and the records they work with.",
        organization=TRUST,
        relations=(SphereRelation(to=SERVICES, kind="enables", strength=0.7),),
    ),
)


def elements() -> Iterator[Element]:
    """Give the Trust, its intents and its spheres."""
    yield from ORGANIZATIONS
    yield from INTENTS
    yield from SPHERES
