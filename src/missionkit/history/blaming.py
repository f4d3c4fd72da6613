"""Who changed what, when and why: of one element, and of each of its fields."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from missionkit.codec.converter import Record
from missionkit.codec.stored import Stored, record
from missionkit.domain.history import Commit, Header, instant_text
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.errors import NotFoundError
from missionkit.history.differences import FieldChange, parts, same
from missionkit.history.folding import changed
from missionkit.issue import nearest
from missionkit.markup import Html, columns, one_line, table


def told_of(header: Header) -> dict[str, object]:
    """Return as JSON values who made a commit, when and why.

    There are `roles` only where who made it was narrowed to them.
    """
    narrowed = {} if header.roles is None else {"roles": list(header.roles)}
    return {
        "sequence": header.sequence,
        "id": header.id,
        "at": instant_text(header.at),
        "actor": header.actor,
        **narrowed,
        "why": header.why,
        "acts": list(header.acts),
    }


@frozen(kw_only=True)
class Version:
    """What one commit did to an element: the fields that it changed.

    `known` is false where the bytes were erased, so that nobody can say.
    """

    header: Header
    what: str
    fields: tuple[FieldChange, ...] = ()
    known: bool = True

    def __str__(self) -> str:
        """Return when, by whom and why, and what was changed."""
        head = self.header
        said = f"{head.sequence} {head.at:%Y-%m-%d %H:%M} {head.actor}: {head.why}"
        lines = (f"    {one_line(str(each))}" for each in self.fields)
        return "\n".join([one_line(f"{said} ({self.what})"), *lines])

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        fields = [each.as_dict() for each in self.fields]
        return {**told_of(self.header), "what": self.what, "fields": fields}


@frozen(kw_only=True)
class Blame:
    """For each field of an element the commit that last changed it."""

    id: str
    fields: tuple[tuple[str, Header], ...]

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values: for each field the commit that changed it last."""
        fields = {name: told_of(header) for name, header in self.fields}
        return {"id": self.id, "fields": fields}

    def to_html(self) -> Html:
        """Return it as an HTML table; every text is escaped."""
        return self._repr_html_()

    def _table(self) -> list[tuple[object, ...]]:
        return [
            (path, head.sequence, f"{head.at:%Y-%m-%d}", head.actor, head.why)
            for path, head in self.fields
        ]

    def __str__(self) -> str:
        """Return a line for each field."""
        return columns(self._table()) if self.fields else f"{self.id}: nothing is known"

    def _repr_html_(self) -> Html:
        return table(("field", "commit", "when", "by", "why"), self._table())


def versions(
    commits: Iterable[Commit], ref: str, kinds: Kinds = KINDS
) -> tuple[Version, ...]:
    """Return what each commit did to the element with an id, the first commit first.

    Raises:
        NotFoundError: no commit did anything to it.
    """
    return tuple(_versions(_touching(commits, ref), kinds))


def versions_of_each(
    commits: Iterable[Commit], refs: Iterable[str], kinds: Kinds = KINDS
) -> Mapping[str, tuple[Version, ...]]:
    """Return what each commit did to each of some elements, in one pass.

    An id to which no commit did anything has no versions.
    """
    touching: dict[str, list[tuple[Header, Stored | None]]] = {ref: [] for ref in refs}
    for commit in commits:
        for ref, held in changed(commit):
            if ref in touching:
                touching[ref].append((commit.facts, held))
    return {ref: tuple(_versions(each, kinds)) for ref, each in touching.items()}


def blame(commits: Iterable[Commit], ref: str, kinds: Kinds = KINDS) -> Blame:
    """Return for each field that an element fills now who changed it last.

    Raises:
        NotFoundError: no commit did anything to it.
    """
    last: dict[str, Header] = {}
    before: Record = {}
    for header, held in _touching(commits, ref):
        now = {} if held is None else record(held, kinds)
        last = {
            name: last[name] if same(before.get(name, ...), value) else header
            for name, value in now.items()
        }
        before = now
    return Blame(id=ref, fields=tuple(last.items()))


def _versions(
    touching: Iterable[tuple[Header, Stored | None]], kinds: Kinds
) -> Iterator[Version]:
    before: Record | None = None
    for header, held in touching:
        if held is None:
            yield Version(header=header, what="removed")
            before = None
        elif held.erased:
            yield Version(header=header, what="erased", known=False)
            before = {}
        else:
            now = record(held, kinds)
            what = "added" if before is None else "changed"
            fields = tuple(parts("", before or {}, now))
            yield Version(header=header, what=what, fields=fields)
            before = now


def _touching(
    commits: Iterable[Commit], ref: str
) -> Iterator[tuple[Header, Stored | None]]:
    known: dict[str, None] = {}
    for commit in commits:
        for changed_id, held in changed(commit):
            known[changed_id] = None
            if changed_id == ref:
                yield commit.facts, held
    if ref not in known:
        raise NotFoundError("element in the history", ref, nearest(ref, known))
