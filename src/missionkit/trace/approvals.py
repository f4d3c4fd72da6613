"""Whether what was approved still says what was approved; derived, never stored.

An approval pins the content of its artifact, of what the artifact shows, and of what
it was made from: the inputs, and what those of the same review show. It stands while
all of that says the same, nothing was added to what is shown, and nobody undid the pass
of the stage in which it was given. Fields that only record progress count for nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Final

from attrs import frozen

from missionkit.domain.ids import AnyId
from missionkit.domain.model import Model
from missionkit.domain.review import (
    Approval,
    Artifact,
    PinnedDigest,
    RunStatus,
    StageRun,
)
from missionkit.domain.spec import spec_of
from missionkit.domain.views import Kind, view_named

_FIRST: Final = 1


class ApprovalState(StrEnum):
    """What is known of the approval of an artifact."""

    APPROVED = "approved"
    STALE = "stale"
    NOT_APPROVED = "not approved"
    UNKNOWN = "unknown"


@frozen(kw_only=True)
class ApprovalStanding:
    """How an artifact stands to an approval, the newest one unless another is asked.

    `changed` are the ids of what says something else now, `added` those of what is
    shown now and was not then, `removed` those of what is gone; `unknown` those of
    which nobody can tell: what the approval does not pin, and what cannot be read here.
    `passed` says that the pass of the stage in which it was given was undone.
    """

    artifact: str
    state: ApprovalState
    approval: Approval | None = None
    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    passed: bool = False

    @property
    def differs(self) -> tuple[str, ...]:
        """The ids of all that is not as it was approved."""
        return (*self.changed, *self.added, *self.removed)

    def __str__(self) -> str:
        """Return the artifact, its state, and what is not as it was approved."""
        parts = [
            f"{word} {', '.join(refs)}"
            for word, refs in (
                ("changed:", self.changed),
                ("added:", self.added),
                ("removed:", self.removed),
                ("not known:", self.unknown),
            )
            if refs
        ]
        parts += ["its pass of the stage was undone"] if self.passed else []
        said = f"{self.artifact}: {self.state}"
        return f"{said} ({'; '.join(parts)})" if parts else said


def _anybody(_: Approval) -> bool:
    return True


def order_of(approval: Approval) -> tuple[datetime, int, str]:
    """Return what sorts approvals by their instant, those of one as they were made.

    Made ids of one artifact are numbered: ``-10`` comes after ``-9``.
    """
    return approval.at, len(approval.id), approval.id


def shown_by(
    model: Model, artifact: Artifact, version: int | None = None
) -> tuple[str, ...]:
    """Return the ids of what an artifact shows: what it covers, or else its view.

    A view shows every element of its kinds, by the version that is asked for or the
    newest. A view that is not known shows nothing.
    """
    if artifact.covers:
        return tuple(dict.fromkeys(map(str, artifact.covers)))
    view = view_named(artifact.view, version)
    kinds = view.kinds if view else ()
    return tuple(dict.fromkeys(ref for kind in kinds for ref in _ids_of(model, kind)))


def _ids_of(model: Model, kind: Kind) -> Iterator[str]:
    """Yield the ids of all elements of a kind, also of those that are not readable."""
    name, here = spec_of(kind).kind, model.of(kind)
    yield from (element.id for element in here)
    if len(here) != model.counts().get(name, 0):
        yield from (each.id for each in model.opaque if each.kind == name)


def pins_of(
    model: Model, artifact: Artifact, *, at: datetime | None = None
) -> tuple[PinnedDigest, ...]:
    """Return what an approval of an artifact pins, now or as given at an instant.

    What cannot be read here is left out, for nobody can say what it says.
    """
    seen = Approvals(model).seen(artifact, None, at)
    digests = ((ref, model.digest(ref)) for ref in seen)
    return tuple(
        PinnedDigest(of=AnyId(ref), digest=digest) for ref, digest in digests if digest
    )


def approval_standing(
    model: Model,
    artifact: Artifact,
    *,
    on: date | None = None,
    by_others: bool = False,
) -> ApprovalStanding:
    """Return how an artifact stands to its newest approval, up to a day if asked.

    *by_others* counts only what was approved by somebody who is neither author nor
    submitter of the artifact.
    """
    return Approvals(model, on).standing(artifact, by_others=by_others)


@frozen(eq=False)
class Approvals:
    """The approvals that a model holds up to a day, to judge many artifacts by."""

    model: Model
    on: date | None = None

    @cached_property
    def by_artifact(self) -> Mapping[str, tuple[Approval, ...]]:
        """The approvals of each artifact, the oldest first."""
        found: dict[str, list[Approval]] = {}
        for each in self.model.of(Approval):
            if self.on is None or each.at.date() <= self.on:
                found.setdefault(each.artifact, []).append(each)
        return {ref: tuple(sorted(given, key=order_of)) for ref, given in found.items()}

    @cached_property
    def _runs(self) -> Mapping[tuple[str, str], tuple[StageRun, ...]]:
        found: dict[tuple[str, str], list[StageRun]] = {}
        for run in self.model.of(StageRun):
            found.setdefault((run.cycle, run.stage), []).append(run)
        return {key: tuple(runs) for key, runs in found.items()}

    def standing(
        self,
        artifact: Artifact,
        *,
        by_others: bool = False,
        might: Callable[[Approval], bool] = _anybody,
    ) -> ApprovalStanding:
        """Return how an artifact stands to its newest approval, or that by others.

        Others are neither author nor submitter of the artifact. Approvals of which
        *might* says no do not count.
        """
        given = self.by_artifact.get(artifact.id, ())
        if by_others:
            given = self.by_others(artifact)
        newest = next((each for each in reversed(given) if might(each)), None)
        if newest is None:
            state = ApprovalState.NOT_APPROVED
            return ApprovalStanding(artifact=artifact.id, state=state)
        return self.judged(artifact, newest)

    def by_others(self, artifact: Artifact) -> tuple[Approval, ...]:
        """Return the approvals by neither author nor submitter, the oldest first."""
        own = (artifact.author, artifact.submitter)
        given = self.by_artifact.get(artifact.id, ())
        return tuple(each for each in given if each.party not in own)

    def that_stand(
        self, artifact: Artifact, *, might: Callable[[Approval], bool] = _anybody
    ) -> tuple[Approval, ...]:
        """Return the approvals by others that stand, one a party, the oldest first."""
        given = filter(might, self.by_others(artifact))
        newest = {each.party: each for each in given}
        return tuple(
            each
            for each in sorted(newest.values(), key=order_of)
            if self.judged(artifact, each).state is ApprovalState.APPROVED
        )

    def judged(self, artifact: Artifact, approval: Approval) -> ApprovalStanding:
        """Return how an artifact stands to one of its approvals.

        One that says neither the version of the view nor the pass was not made by a
        review: it is judged by what it pins, by what is covered, and by the inputs.
        """
        pinned = {str(pin.of): str(pin.digest) for pin in approval.digests}
        seen = self._to_compare(artifact, approval)
        found = _compared(self.model, seen, pinned, whole=_is_whole(approval))
        unknown = found[_UNKNOWN]
        if artifact.id not in found[_CHANGED] and _lacks_view(artifact, approval):
            unknown = tuple(dict.fromkeys((artifact.id, *unknown)))
        passed = self._is_passed(artifact, approval)
        stale = passed or any(found[name] for name in (_CHANGED, _ADDED, _REMOVED))
        certain = ApprovalState.UNKNOWN if unknown else ApprovalState.APPROVED
        return ApprovalStanding(
            artifact=artifact.id,
            state=ApprovalState.STALE if stale else certain,
            approval=approval,
            changed=found[_CHANGED],
            added=found[_ADDED],
            removed=found[_REMOVED],
            unknown=unknown,
            passed=passed,
        )

    def subjects(self, approval: Approval) -> tuple[str, ...]:
        """Return the ids of what somebody stood by: not what it was only made from."""
        pinned = tuple(dict.fromkeys(str(pin.of) for pin in approval.digests))
        made = self.model.find(approval.artifact)
        if not (_is_whole(approval) and isinstance(made, Artifact) and made.inputs):
            return pinned
        shown = {made.id, *shown_by(self.model, made, approval.view_version)}
        return tuple(ref for ref in pinned if ref in shown)

    def _to_compare(self, artifact: Artifact, approval: Approval) -> tuple[str, ...]:
        if not _is_whole(approval):
            return (artifact.id, *artifact.covers, *artifact.inputs)
        return self.seen(artifact, approval.view_version, approval.at)

    def seen(
        self, artifact: Artifact, version: int | None = None, at: datetime | None = None
    ) -> tuple[str, ...]:
        """Return the ids of all that an approval of an artifact pins.

        What another artifact shows is told by the version of its view by which it was
        approved itself, up to the instant; so that a newer one changes nothing.
        """
        refs = [artifact.id, *shown_by(self.model, artifact, version)]
        for ref in artifact.inputs:
            refs.append(ref)
            made = self.model.find(ref)
            if isinstance(made, Artifact) and made.cycle == artifact.cycle:
                refs += shown_by(self.model, made, self._version_then(made, at))
        return tuple(dict.fromkeys(refs))

    def _version_then(self, artifact: Artifact, at: datetime | None) -> int:
        versions = (
            each.view_version
            for each in reversed(self.by_artifact.get(artifact.id, ()))
            if each.view_version is not None and (at is None or each.at <= at)
        )
        return next(versions, _FIRST)

    def _is_passed(self, artifact: Artifact, approval: Approval) -> bool:
        """Return whether the pass in which an approval was given was undone."""
        number = approval.pass_number
        if number is None or artifact.cycle is None or artifact.stage is None:
            return False
        return any(
            run.status is RunStatus.SUPERSEDED
            if run.pass_number == number
            else run.pass_number > number and self._is_begun(run)
            for run in self._runs.get((artifact.cycle, artifact.stage), ())
        )

    def _is_begun(self, run: StageRun) -> bool:
        if run.status is RunStatus.NOT_STARTED:
            return False
        return self.on is None or run.entered is None or run.entered <= self.on


def _is_whole(approval: Approval) -> bool:
    """Return whether an approval says by what it is to be judged."""
    return approval.view_version is not None or approval.pass_number is not None


def _lacks_view(artifact: Artifact, approval: Approval) -> bool:
    """Return whether nobody here knows the view by which an approval pinned."""
    version = approval.view_version
    if artifact.covers or version is None:
        return False
    return view_named(artifact.view, version) is None


_CHANGED, _ADDED, _REMOVED, _UNKNOWN = range(4)


def _compared(
    model: Model, seen: Iterable[str], pinned: Mapping[str, str], *, whole: bool
) -> tuple[tuple[str, ...], ...]:
    """Return the ids of what changed, was added, was removed, and is not known."""
    found: tuple[list[str], ...] = ([], [], [], [])
    there = dict.fromkeys(seen)
    for ref in there:
        digest, then = model.digest(ref), pinned.get(ref)
        if digest is None or (then is None and not whole):
            found[_UNKNOWN].append(ref)
        elif then != digest:
            found[_ADDED if then is None else _CHANGED].append(ref)
    for ref, then in pinned.items():
        if ref in there:
            continue
        if ref not in model:
            found[_REMOVED].append(ref)
        elif (digest := model.digest(ref)) != then:
            found[_UNKNOWN if digest is None else _CHANGED].append(ref)
    return tuple(map(tuple, found))
