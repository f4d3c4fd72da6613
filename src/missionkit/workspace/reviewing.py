"""A review on a store: the acts of a review, one commit each."""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime
from typing import Any, Final, TypedDict, Unpack, cast

from missionkit.domain.declaration import Element, id_of
from missionkit.domain.history import Actor, Commit
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.domain.review import (
    AgendaItem,
    Artifact,
    Decision,
    Disposition,
    Evidence,
    ImprovementAction,
    ReviewCycle,
)
from missionkit.domain.role import Role
from missionkit.history.choosing import When
from missionkit.history.edit import Edit
from missionkit.history.past import newest
from missionkit.issue import Verdict
from missionkit.markup import Html
from missionkit.review.act import Act
from missionkit.review.approving import approve, reaffirm
from missionkit.review.assigning import ACTION_OWNER, assign_action
from missionkit.review.deciding import decide
from missionkit.review.disposing import dispose_agenda_item
from missionkit.review.engine import can, fire, perform
from missionkit.review.migrating import migrate
from missionkit.review.moving import Fire
from missionkit.review.opening import open_review
from missionkit.review.setting import Settings
from missionkit.review.state import CycleState, cycle_state
from missionkit.review.submitting import submit
from missionkit.review.verifying import verify_action
from missionkit.review.waiving import waive
from missionkit.workspace.acting import committed
from missionkit.workspace.desk import Desk
from missionkit.workspace.looking_back import model_of
from missionkit.workspace.staling import WentStale, went_stale

_ASKED_ONLY: Final = "asked only"


class Told(TypedDict):
    """What every act is told by keyword: who does it, and why."""

    by: str | Actor
    why: str


class Review:
    """A review on a stream: each act is one commit, or refused and nothing is written.

    What is done is decided on the newest model, again where others were faster. The
    methods are the functions of `missionkit.review`, and refuse as they do; the clock
    of the workspace gives the instant.
    """

    def __init__(
        self,
        desk: Desk,
        stream: str,
        cycle: ReviewCycle | str,
        **settings: Unpack[Settings],
    ) -> None:
        """Look for the review; raise `NotFoundError` where there is none."""
        self.stream: Final = stream
        self.id: Final = id_of(cycle)
        self._desk: Final = desk
        self._settings: Final = _kept_all(settings)
        self.model.get(ReviewCycle, self.id)

    def __repr__(self) -> str:
        """Return the stream and the id."""
        return f"Review({self.stream!r}, {self.id!r})"

    def _repr_html_(self) -> Html:
        return self.state().to_html()

    @property
    def model(self) -> Model:
        """The model of the stream as it is now."""
        return model_of(self._desk, self.stream, When())

    @property
    def cycle(self) -> ReviewCycle:
        """The review as it is now."""
        return self.model.get(ReviewCycle, self.id)

    def state(
        self, *, on: date | None = None, by: str | Actor | None = None
    ) -> CycleState:
        """Return where the review stands on a day, today unless given."""
        day = on or self._desk.writer.instant().astimezone(UTC).date()
        return cycle_state(self.model, self.id, on=day, by=by, **self._settings)

    def stale(self, *, on: date | None = None) -> tuple[WentStale, ...]:
        """Return what was approved and says something else now, with who changed it."""
        return went_stale(self._desk, self.stream, self.state(on=on))

    def can(
        self, act: Act | str, *, by: str | Actor, why: str = _ASKED_ONLY
    ) -> Verdict:
        """Return whether an act may be done now, and every reason why not."""
        state, at = newest(self._desk.store, self.stream), self._desk.writer.instant()
        model, settings = self._desk.model(state), self._told_used(state.gone)
        return can(model, self.id, act, by=by, at=at, why=why, **settings)

    def _told_used(self, used: AbstractSet[str]) -> Settings:
        """Return by what acts are judged where some ids were used before."""
        return {**self._settings, "used": used}

    def perform(self, act: Act | str, **told: Unpack[Told]) -> Commit:
        """Do an act, given as an event or as an act with what it is about."""
        name = act if isinstance(act, str) else getattr(act, "name", act)
        name = f"fire:{name}" if isinstance(act, str | Fire) else str(name)
        return self._do(perform, f"{name}:{self.id}", act, told=told)

    def fire(
        self,
        event: str,
        *,
        causes: str | Iterable[str] = (),
        evidence: Evidence | str | Iterable[Evidence | str] = (),
        **told: Unpack[Told],
    ) -> Commit:
        """Move the review on by an event."""
        return self._do(
            fire,
            f"fire:{event}:{self.id}",
            event,
            told=told,
            causes=_kept(causes),
            evidence=_kept(evidence),
        )

    def submit(self, artifact: Artifact | str, **told: Unpack[Told]) -> Commit:
        """Hand in what the current stage made, so that others can approve it."""
        return self._do(submit, f"submit:{_ref(artifact)}", artifact, told=told)

    def approve(self, artifact: Artifact | str, **told: Unpack[Told]) -> Commit:
        """Approve what was submitted, as it is now."""
        return self._do(approve, f"approve:{_ref(artifact)}", artifact, told=told)

    def reaffirm(self, artifact: Artifact | str, **told: Unpack[Told]) -> Commit:
        """Stand by what was approved and is stale, as it is now."""
        return self._do(reaffirm, f"reaffirm:{_ref(artifact)}", artifact, told=told)

    def waive(
        self,
        code: str,
        on: Element | str,
        until: date,
        *,
        requested_by: Element | str,
        **told: Unpack[Told],
    ) -> Commit:
        """Allow until a day that a rule is not kept on an element."""
        name = f"waive:{code}:{_ref(on)}"
        return self._do(
            waive, name, code, on, until, told=told, requested_by=requested_by
        )

    def dispose_agenda_item(
        self,
        item: AgendaItem | str,
        disposition: Disposition,
        *,
        summary: str,
        evidence: Iterable[Evidence | str] = (),
        deferred_to: date | None = None,
        **told: Unpack[Told],
    ) -> Commit:
        """Record what the review concludes about an item of its agenda."""
        return self._do(
            dispose_agenda_item,
            f"dispose_agenda_item:{_ref(item)}",
            item,
            disposition,
            told=told,
            summary=summary,
            evidence=_kept(evidence),
            deferred_to=deferred_to,
        )

    def decide(self, decision: Decision, **told: Unpack[Told]) -> Commit:
        """Record a decision of the review."""
        return self._do(decide, f"decide:{_ref(decision)}", decision, told=told)

    def assign_action(
        self,
        action: ImprovementAction | str,
        owner: Party | str,
        *,
        role: Role | str = ACTION_OWNER,
        **told: Unpack[Told],
    ) -> Commit:
        """Give an action to who answers for it from now on."""
        name = f"assign_action:{_ref(action)}"
        return self._do(assign_action, name, action, owner, told=told, role=role)

    def verify_action(
        self,
        action: ImprovementAction | str,
        *,
        effective: bool,
        evidence: Iterable[Evidence | str],
        **told: Unpack[Told],
    ) -> Commit:
        """Record whether an action that was done has worked."""
        return self._do(
            verify_action,
            f"verify_action:{_ref(action)}",
            action,
            told=told,
            effective=effective,
            evidence=_kept(evidence),
        )

    def migrate(self, **told: Unpack[Told]) -> Commit:
        """Let the review go on by a later version of its workflow."""
        return self._do(migrate, f"migrate:{self.id}", told=told)

    def _do(
        self,
        function: Callable[..., Model],
        name: str,
        *given: object,
        told: Told,
        **named: object,
    ) -> Commit:
        """Return the commit of a function of `missionkit.review`."""

        def doing(draft: Edit, at: datetime) -> Model:
            judged = self._told_used(draft.used)
            return function(
                draft.model, self.id, *given, at=at, **told, **named, **judged
            )

        return committed(self._desk, self.stream, name, doing, **told)


def _ref(given: object) -> str:
    """Return the id of what is given, for the history; the act proves what it is."""
    return str(getattr(given, "id", given))


def _kept(given: Any) -> Any:  # noqa: ANN401 - the act proves what it is
    """Return what can be read again, where an act is decided again."""
    alone = isinstance(given, str | Mapping) or not isinstance(given, Iterable)
    return given if alone else tuple(given)


def _kept_all(settings: Settings) -> Settings:
    kept: Any = {name: _kept(value) for name, value in settings.items()}
    return cast("Settings", kept)


def review_opened(
    desk: Desk,
    stream: str,
    cycle: ReviewCycle,
    told: Told,
    **settings: Unpack[Settings],
) -> Review:
    """Put a new review as a draft, with what it takes over, and return it."""
    kept = _kept_all(settings)

    def doing(draft: Edit, at: datetime) -> Model:
        judged: Settings = {**kept, "used": draft.used}
        return open_review(draft.model, cycle, at=at, **told, **judged)

    committed(desk, stream, f"open_review:{_ref(cycle)}", doing, **told)
    return Review(desk, stream, cycle, **kept)
