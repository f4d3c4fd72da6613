"""An element whose class is not here: kept, linked to, and written back unchanged."""

from collections.abc import Iterator
from typing import Annotated

from attrs import frozen

from missionkit.domain.declaration import KIND_PATTERN, invariant, value
from missionkit.domain.ext import NO_EXT, Ext, Json
from missionkit.domain.ids import ID_PATTERN
from missionkit.domain.marks import Matches


@frozen(kw_only=True)
@value
class Opaque:
    """An element of a kind that nobody here knows, or one that has been erased.

    Other elements can link to it. Its digest is not known.
    """

    kind: Annotated[str, Matches(KIND_PATTERN, "a kind's name, such as acme.bet")]
    id: Annotated[str, Matches(ID_PATTERN, "1 to 64 of a-z, 0-9 and hyphens")]
    data: Ext | None = None
    erased: bool = False

    @invariant(
        "MK-DOM-036",
        "an element of a kind without a vendor is known, unless it was erased",
        fields=("kind", "erased"),
        fix="build it with the class of its kind, or set erased",
    )
    def _vendors_or_erased(self) -> bool:
        return self.erased or "." in self.kind

    @property
    def tags(self) -> tuple[str, ...]:
        """No tags are known."""
        return ()

    @property
    def notes(self) -> str:
        """No notes are known."""
        return ""

    @property
    def ext(self) -> Ext:
        """No foreign data are known."""
        return NO_EXT

    def mentions(self) -> frozenset[str]:
        """Return every text in its data, any of which may be the id of an element."""
        return frozenset(_texts(self.data or NO_EXT))

    def __str__(self) -> str:
        """Return the kind and id, and why no more is known."""
        why = "erased" if self.erased else "its class is not here"
        return f"{self.kind} {self.id} ({why})"


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Ext):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(inner)
