"""Who changed what had been approved: the commits after an approval, from history."""

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

from missionkit.domain.opaque import Opaque
from missionkit.domain.spec import spec_of
from missionkit.history.blaming import Version, versions_of_each
from missionkit.markup import Html, one_line, table
from missionkit.review.following import ArtifactStanding
from missionkit.review.state import CycleState
from missionkit.trace.standing import field_of
from missionkit.workspace.desk import Desk

_BEFORE: Final = "before the history began"
_UNDONE: Final = "the pass of the stage in which it was approved was undone"


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
            told = "\n".join(map(str, each.versions)) or _BEFORE
            lines += [f"    {line}" for line in told.splitlines()]
        if self.standing.standing.passed:
            lines.append(f"  {_UNDONE}")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {
            "artifact": self.standing.artifact.id,
            "changed": [each.as_dict() for each in self.changed],
            "pass_undone": self.standing.standing.passed,
        }

    def to_html(self) -> Html:
        """Return it as an HTML table; every text is escaped."""
        rows: list[tuple[object, ...]] = []
        for each in self.changed:
            heads = [version.header for version in each.versions]
            rows += [(each.title, head.actor, head.at, head.why) for head in heads]
            rows += [] if heads else [(each.title, "", "", _BEFORE)]
        rows += [(_UNDONE, "", "", "")] if self.standing.standing.passed else []
        return table((self.standing.artifact.title, "by", "when", "why"), rows)

    def _repr_html_(self) -> Html:
        return self.to_html()


def went_stale(desk: Desk, stream: str, state: CycleState) -> tuple[WentStale, ...]:
    """Return what of a review is stale, with the commits that made it so."""
    if not state.stale:
        return ()
    asked = dict.fromkeys(
        ref for each in state.stale for ref in (_approval(each), *each.standing.differs)
    )
    # The history may be long: it is read once, whatever is asked of it.
    found = versions_of_each(desk.store.read(stream), asked, desk.kinds)
    return tuple(
        WentStale(standing=each, changed=tuple(_changed(found, state, each)))
        for each in state.stale
    )


def _changed(
    found: Mapping[str, tuple[Version, ...]],
    state: CycleState,
    standing: ArtifactStanding,
) -> Iterator[Changed]:
    # The commit that brought the approval which counts.
    given = found[_approval(standing)]
    since = max((each.header.sequence for each in given), default=0)
    for ref in standing.standing.differs:
        later = (
            each
            for each in found[ref]
            if each.header.sequence > since and _says_else(state, ref, each)
        )
        yield Changed(id=ref, title=state.title(ref), versions=tuple(later))


def _approval(standing: ArtifactStanding) -> str:
    given = standing.standing.approval
    return given.id if given else ""


def _says_else(state: CycleState, ref: str, version: Version) -> bool:
    """Return whether a commit changed what is approved, and not only progress."""
    held = state.model.find(ref)
    if held is None or isinstance(held, Opaque) or version.what != "changed":
        return True
    content = {item.name for item in spec_of(type(held)).fields if item.content}
    return any(field_of(each.path) in content for each in version.fields)
