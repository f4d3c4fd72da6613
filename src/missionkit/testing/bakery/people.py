"""Who plays a part in the bakery, beside the baker: for all of it, and in each row."""

from collections.abc import Iterator, Sequence
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import (
    AnyId,
    PartyId,
    ResponsibilityId,
    RoleAssignmentId,
    RoleId,
)
from missionkit.domain.intent import Limit
from missionkit.domain.party import Party
from missionkit.domain.role import (
    Letter,
    Responsibility,
    Role,
    RoleAssignment,
    RoleKind,
)
from missionkit.testing.bakery.telling import Telling
from missionkit.testing.bakery.work import BAKER, OWNER

CHAIR: Final = PartyId("party-c4r0")
MANAGER: Final = PartyId("party-m4n5")
COUNTER: Final = PartyId("party-s311")

PARTIES: Final = (
    (CHAIR, "Chair of the cooperative"),
    (MANAGER, "Manager"),
    (COUNTER, "Head of the counter"),
)
# What each role is called, of which kind it is, and who plays it for all of the bakery.
ROLES: Final = (
    ("sponsor", "Board", RoleKind.SPONSOR, CHAIR),
    ("reviewer", "Auditor from the board", RoleKind.REVIEWER, CHAIR),
    ("facilitator", "Secretary of the review", RoleKind.FACILITATOR, MANAGER),
    ("planner", "Planner", RoleKind.PLANNER, MANAGER),
    ("manager", "Manager of the bakery", RoleKind.MANAGER, MANAGER),
    ("data-owner", "Keeper of the figures", RoleKind.DATA_OWNER, MANAGER),
    ("engineer", "Process engineer", RoleKind.ENGINEER, BAKER),
    ("coach", "Coach", RoleKind.COACH, BAKER),
    ("performer", "Baker or seller", RoleKind.PERFORMER, COUNTER),
    ("voice", "Voice of the village", RoleKind.STAKEHOLDER_REP, COUNTER),
)
_CONSULTED: Final = ("engineer", "coach", "voice")


def parties(tell: Telling) -> Iterator[Element]:
    """Yield who plays a part."""
    for ref, name in PARTIES:
        yield Party(id=ref, name=tell.text(name))


def roles(tell: Telling) -> Iterator[Element]:
    """Yield the roles, each played for the whole bakery by one party."""
    for ref, name, kind, party in ROLES:
        yield Role(id=RoleId(ref), name=tell.text(name), kind=kind)
        yield RoleAssignment(
            id=RoleAssignmentId(f"{ref}-of-all"), role=RoleId(ref), party=party
        )


def limits(processes: int) -> tuple[Limit, ...]:
    """Return for how much one may be accountable: what the manager is."""
    return (Limit(name="accountable_subjects", value=(processes + 1) // 2),)


def matrix(processes: Sequence[str]) -> Iterator[Element]:
    """Yield a responsibility matrix; most is asked about the first process."""
    most = (len(processes) + 1) // 2
    for at, process in enumerate(processes):
        accountable = "manager" if 1 <= at <= most else str(OWNER)
        yield letter(process, accountable, Letter.ACCOUNTABLE)
        yield letter(process, "performer", Letter.RESPONSIBLE)
        for role in _CONSULTED if at == 0 else ():
            yield letter(process, role, Letter.CONSULTED)


def letter(on: str, role: str, what: Letter) -> Responsibility:
    """Return one letter of the matrix."""
    return Responsibility(
        id=ResponsibilityId(f"{on}-{what.lower()}-{role}"),
        on=AnyId(on),
        role=RoleId(role),
        letter=what,
    )
