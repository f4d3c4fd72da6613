"""Who plays a part: the only place where persons are named, so they can be erased."""

from enum import StrEnum
from typing import Annotated

from attrs import frozen

from missionkit.domain.declaration import Entity, entity
from missionkit.domain.ids import PartyId
from missionkit.domain.marks import Progress
from missionkit.domain.values import Name


class PartyKind(StrEnum):
    """What a party is."""

    PERSON = "person"
    UNIT = "unit"


@frozen(kw_only=True)
@entity("party", plural="parties")
class Party(Entity):
    """A person or a unit that can hold a role. Its id never tells its name."""

    id: PartyId
    name: Name
    kind: PartyKind = PartyKind.PERSON
    active: Annotated[bool, Progress()] = True
