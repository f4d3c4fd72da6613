"""Who must act on an issue: the role that its code names, and who plays it there."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from missionkit.domain.links import links_of
from missionkit.domain.opaque import Opaque
from missionkit.domain.role import Role, RoleKind
from missionkit.issue import Issue, Severity
from missionkit.report.acts import act_on, doer_of
from missionkit.report.view import PackView

_RANK: Final = {severity: rank for rank, severity in enumerate(Severity)}
_ORDER: Final = {kind.value: rank for rank, kind in enumerate(RoleKind)}
_NOBODY: Final = "No role is named"


@frozen(kw_only=True)
class Task:
    """What one role has to do about all issues of one code."""

    said: str
    code: str
    severity: Severity
    issues: Sequence[Issue]

    @property
    def refs(self) -> list[str]:
        """The elements that it is about, each once."""
        return list(dict.fromkeys(issue.ref for issue in self.issues if issue.ref))


def tasks_of(view: PackView) -> Mapping[str, list[Task]]:
    """Return the tasks by who has to do them; the gravest of each first."""
    found: dict[tuple[str, str], dict[str, list[Issue]]] = {}
    players = _Players(view)
    for issue in view.checked.issues:
        kind = doer_of(issue.code)
        who = players.of(kind, issue.ref) if kind else _NOBODY
        found.setdefault((kind, who), {}).setdefault(issue.code, []).append(issue)
    return {
        who: sorted(map(_task, codes.values()), key=_grave)
        for (_, who), codes in sorted(found.items(), key=_by_kind)
    }


def who_acts(view: PackView) -> Mapping[str, str]:
    """Return for each code by which role its issues are mended, in words."""
    return {code: named(doer_of(code)) for code in view.checked.by_code()}


def named(kind: str) -> str:
    """Return a kind of role as it is read."""
    words = kind.replace("_", " ")
    return words[:1].upper() + words[1:] if words else _NOBODY


def _by_kind(pair: tuple[tuple[str, str], object]) -> tuple[int, str]:
    (kind, who), _ = pair
    return _ORDER.get(kind, len(_ORDER)), who


def _task(issues: Sequence[Issue]) -> Task:
    gravest = min(issues, key=lambda issue: _RANK[issue.severity])
    return Task(
        said=act_on(gravest),
        code=gravest.code,
        severity=gravest.severity,
        issues=issues,
    )


def _grave(task: Task) -> tuple[int, int, str]:
    return _RANK[task.severity], -len(task.issues), task.code


class _Players:
    """Who plays which kind of role, for an element or for the whole organization."""

    def __init__(self, view: PackView) -> None:
        self._view = view
        self._kinds = {role.id: role.kind for role in view.model.of(Role)}
        self._root = view.model.root.id if view.model.root else ""

    def of(self, kind: str, ref: str) -> str:
        """Return in words who has to act: the nearest who plays that kind of role."""
        for place in (*self._near(ref), self._root, ""):
            roles = dict.fromkeys(self._playing(kind, place))
            if roles:
                titles = ", ".join(roles)
                same = titles.casefold() == named(kind).casefold()
                return titles if same else f"{named(kind)}: {titles}"
        return f"{named(kind)} (nobody plays the role)"

    def _near(self, ref: str) -> Iterator[str]:
        yield ref
        held = self._view.model.find(ref)
        if held is not None and not isinstance(held, Opaque):
            yield from (use.target for use in links_of(held))

    def _playing(self, kind: str, place: str) -> Iterator[str]:
        for each in self._view.assignments.get(place, ()):
            if self._kinds.get(each.role) == kind:
                title = self._view.title(each.role)
                who = f" ({self._view.title(each.party)})" if self._view.people else ""
                yield f"{title}{who}"
