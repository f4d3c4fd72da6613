"""Who changed what had been approved: the commits after an approval, from history."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from missionkit.domain.history import Commit
from missionkit.domain.kinds import Kinds
from missionkit.domain.opaque import Opaque
from missionkit.domain.spec import spec_of
from missionkit.errors import NotFoundError
from missionkit.history.blaming import Version, versions
from missionkit.markup import Html, one_line, table
from missionkit.review.following import ArtifactStanding
from missionkit.review.state import CycleState
from missionkit.trace.standing import field_of
from missionkit.workspace.desk import Desk


@frozen(kw_only=True)
class Changed:
    """An element that says something else since an approval, and who changed it.

    There are no versions where the approval is older than the history.
    """

    id: str
    title: str
    versions: tuple[Version, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        told = [each.as_dict() for each in self.versions]
        return {"id": self.id, "title": self.title, "versions": told}


@frozen(kw_only=True)
class WentStale:
    """What was approved, and what changed since by which commits."""

    standing: ArtifactStanding
    changed: tuple[Changed, ...]

    def __str__(self) -> str:
        """Return what went stale, and who changed what, when and why."""
        made = self.standing.artifact
        lines = [one_line(f"{made.title} ({made.id}) is stale")]
        for each in self.changed:
            lines.append("  " + one_line(f"{each.title} ({each.id})"))
            told = "\n".join(map(str, each.versions)) or "before the history began"
            lines += [f"    {line}" for line in told.splitlines()]
        return "\n".join(lines)

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        made = self.standing.artifact
        return {"artifact": made.id, "changed": [c.as_dict() for c in self.changed]}

    def to_html(self) -> Html:
        """Return it as an HTML table; every text is escaped."""
        rows = [
            (each.title, version.header.actor, version.header.at, version.header.why)
            for each in self.changed
            for version in each.versions
        ]
        return table((self.standing.artifact.title, "by", "when", "why"), rows)

    def _repr_html_(self) -> Html:
        return self.to_html()


def went_stale(desk: Desk, stream: str, state: CycleState) -> tuple[WentStale, ...]:
    """Return what of a review is stale, with the commits that made it so."""
    if not state.stale:
        return ()
    commits = tuple(desk.store.read(stream))
    return tuple(
        WentStale(
            standing=each,
            changed=tuple(_changed(commits, state, each, desk.kinds)),
        )
        for each in state.stale
    )


def _changed(
    commits: tuple[Commit, ...],
    state: CycleState,
    standing: ArtifactStanding,
    kinds: Kinds,
) -> Iterator[Changed]:
    since = _approved_at(commits, standing, kinds)
    for ref in standing.standing.differs:
        found = (
            each
            for each in _versions(commits, ref, kinds)
            if each.header.sequence > since and _says_else(state, ref, each)
        )
        yield Changed(id=ref, title=state.title(ref), versions=tuple(found))


def _approved_at(
    commits: Iterable[Commit], standing: ArtifactStanding, kinds: Kinds
) -> int:
    """Return the number of the commit that brought the approval which counts."""
    given = standing.standing.approval
    ref = given.id if given else ""
    return max((v.header.sequence for v in _versions(commits, ref, kinds)), default=0)


def _versions(commits: Iterable[Commit], ref: str, kinds: Kinds) -> tuple[Version, ...]:
    try:
        return versions(commits, ref, kinds)
    except NotFoundError:
        return ()


def _says_else(state: CycleState, ref: str, version: Version) -> bool:
    """Return whether a commit changed what is approved, and not only progress."""
    held = state.model.find(ref)
    if held is None or isinstance(held, Opaque) or version.what != "changed":
        return True
    content = {item.name for item in spec_of(type(held)).fields if item.content}
    return any(field_of(each.path) in content for each in version.fields)
