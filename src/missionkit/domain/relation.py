"""Links of the users' own, where no declared one says it."""

from typing import Annotated

from attrs import frozen

from missionkit.domain.declaration import Entity, entity, invariant
from missionkit.domain.ids import AnyId, RelationId
from missionkit.domain.marks import Expected, Link
from missionkit.domain.values import Line


@frozen(kw_only=True)
@entity("relation")
class Relation(Entity):
    """One element has to do with another, in a way that *kind* names."""

    id: RelationId
    source: Annotated[AnyId, Link("from", reverse=True)]
    target: Annotated[AnyId, Link("to")]
    kind: Annotated[Line | None, Expected("a relation must say what it means")] = None
    rationale: str = ""

    @invariant(
        "MK-DOM-025",
        "a relation has two different ends",
        fields=("source", "target"),
        fix="name another element at one end",
    )
    def _two_ends(self) -> bool:
        return self.source != self.target
