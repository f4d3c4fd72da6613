"""The responsibility matrix of the processes, and their handovers to the owners."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import (
    AnyId,
    HandoverId,
    PartyId,
    ProcessId,
    ResponsibilityId,
    RoleId,
)
from missionkit.domain.role import Delivery, Handover, Letter, Responsibility
from missionkit.samples.harbour.roles import CAST

EVERYWHERE: Final = (
    ("process-owner", Letter.ACCOUNTABLE),
    ("process-performer", Letter.RESPONSIBLE),
    ("process-coach", Letter.SUPPORTING),
)
ALSO: Final = (
    ("income", "budget-holder", Letter.ACCOUNTABLE),  # a second one
    ("resource-management", "budget-holder", Letter.CONSULTED),
    ("development", "budget-holder", Letter.CONSULTED),
    ("home-upgrades", "budget-holder", Letter.CONSULTED),
    ("mission-management", "tenants-voice", Letter.CONSULTED),
    ("mission-management", "reviewer", Letter.VERIFYING),
    ("mission-management", "sponsor", Letter.CONSULTED),
    ("repairs", "tenants-voice", Letter.CONSULTED),
    ("home-upgrades", "tenants-voice", Letter.CONSULTED),
    ("estates", "tenants-voice", Letter.CONSULTED),
    ("complaints", "tenants-voice", Letter.INFORMED),
    ("complaints", "sponsor", Letter.INFORMED),
    ("building-safety", "sponsor", Letter.INFORMED),
    ("building-safety", "reviewer", Letter.VERIFYING),
    ("data-care", "data-owner", Letter.CONSULTED),
)

DESIGNED: Final = date(2025, 8, 18)
ACCEPTED: Final = date(2025, 9, 1)


def _letter(process: str, role: str, letter: Letter) -> Responsibility:
    return Responsibility(
        id=ResponsibilityId(f"{process}-{role}-{letter.lower()}"),
        on=AnyId(process),
        role=RoleId(role),
        letter=letter,
    )


def _handover(process: str, engineer: PartyId, owner: PartyId) -> Handover:
    return Handover(
        id=HandoverId(f"handover-{process}"),
        process=ProcessId(process),
        from_party=engineer,
        to_party=owner,
        on=DESIGNED,
        delivered=frozenset(Delivery),
        accepted=ACCEPTED,
    )


def elements() -> Iterator[Element]:
    """Give the letters of the matrix and the handovers."""
    for process in CAST:
        yield from (_letter(process, role, letter) for role, letter in EVERYWHERE)
    yield from (_letter(*row) for row in ALSO)
    for process, (engineer, owner, *_) in CAST.items():
        if engineer != owner:
            yield _handover(process, engineer, owner)
