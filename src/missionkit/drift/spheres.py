"""The alignment map: spheres against the intent, and which sphere pulls which.

It shows ratings as they were given, and computes nothing of them; the score of the
method ``intent-alignment`` does. Who rated is left out: a map is about the course, not
about people.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from attrs import asdict, field, frozen

from missionkit.domain.checking import refuse_no_day
from missionkit.domain.circles import circles_of
from missionkit.domain.codes import WRONG_TYPE
from missionkit.domain.conduct import AllocationSnapshot
from missionkit.domain.display import title_of
from missionkit.domain.intent import CoreIntent, OperatingSphere
from missionkit.domain.model import Model, in_force, refuse_no_model
from missionkit.domain.review import IntentAlignment, IntentPart
from missionkit.drift.amounts import Number, shares
from missionkit.errors import InvalidValueError, NotFoundError
from missionkit.issue import nearest
from missionkit.markup import (
    Html,
    columns,
    join,
    one_line,
    shortened,
    shown,
    table,
    tag,
)
from missionkit.trace.branch import Place, place

_WIDE: Final = 60
_OPINION: Final = "opinion"
_PULLS: Final = ("sphere", "how", "bears on", "strength", "share of effort", "pull")


@frozen(kw_only=True)
class SphereRating:
    """How far a sphere is in harmony with a part of the intent, by somebody's word.

    `evidence` shows it, unless it is an `opinion`. `id` is the element that says so.
    """

    id: str
    sphere: str
    part: IntentPart
    rating: int
    at: date | None = None
    opinion: bool = False
    evidence: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the rating, what shows it, and the day."""
        shows = (*self.evidence, *([_OPINION] if self.opinion else []))
        day = f"{self.at}" if self.at else "day not known"
        return f"{self.rating} ({', '.join((*shows, day))})"


@frozen(kw_only=True)
class SpherePull:
    """How one sphere bears on another, or on the core intent.

    `effort` is the sphere's share of the effort of all spheres, and `pull` that share
    times the strength: None where one of them is not known.
    """

    sphere: str
    to: str
    kind: str
    strength: float | None = None
    effort: float | None = None
    pull: float | None = None


@frozen(kw_only=True)
class SphereMap:
    """Spheres against the parts of the core intent, and their pull on each other.

    `ratings` are in the order of the spheres and parts, the newest first. `circles` are
    rounds in which spheres bear on each other, each ending where it begins: those are
    nobody's to change alone.
    """

    on: date | None = None
    places: tuple[Place, ...] = field(default=(), repr=False)
    spheres: tuple[str, ...] = ()
    ratings: tuple[SphereRating, ...] = ()
    unrated: tuple[tuple[str, IntentPart], ...] = ()
    pulls: tuple[SpherePull, ...] = ()
    circles: tuple[tuple[str, ...], ...] = ()

    def of(self, sphere: str, part: IntentPart) -> tuple[SphereRating, ...]:
        """Return the ratings of a sphere against a part, the newest first."""
        asked = sphere, part
        return tuple(each for each in self.ratings if (each.sphere, each.part) == asked)

    def as_dict(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        found = asdict(self, value_serializer=lambda _, __, held: _plain(held))
        return {**found, "on": _plain(self.on)}

    def __str__(self) -> str:
        """Return the map, the pulls and the circles as tables."""
        if not self.spheres:
            return "There is no sphere."
        parts = [columns((self._head(), *self._rows()))]
        if self.pulls:
            parts.append(columns((_PULLS, *self._pulled())))
        return "\n\n".join([*parts, *self._rounds()])

    def _repr_html_(self) -> Html:
        if not self.spheres:
            return tag("p", str(self))
        parts: list[object] = [table(self._head(), self._rows())]
        if self.pulls:
            parts.append(table(_PULLS, self._pulled()))
        return join((*parts, *(tag("p", each) for each in self._rounds())))

    def _head(self) -> tuple[str, ...]:
        day = f"sphere, on {self.on}" if self.on else "sphere"
        return (day, *IntentPart)

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for sphere in self.spheres:
            cells = (self.of(sphere, part) for part in IntentPart)
            said = ("; ".join(map(str, cell)) or "not rated" for cell in cells)
            yield (self._called(sphere), *said)

    def _pulled(self) -> Iterator[tuple[str, ...]]:
        for each in self.pulls:
            yield (
                self._called(each.sphere),
                each.kind,
                self._called(each.to),
                "-" if each.strength is None else f"{each.strength:.2f}",
                "-" if each.effort is None else f"{each.effort:.1%}",
                "-" if each.pull is None else f"{each.pull:.3f}",
            )

    def _rounds(self) -> Iterator[str]:
        for circle in self.circles:
            way = " → ".join(map(self._called, circle))
            yield f"In a circle: {way}"

    def _called(self, ref: str) -> str:
        title = next((each.title for each in self.places if each.id == ref), ref)
        return shortened(one_line(title), _WIDE)


def sphere_map(
    model: Model,
    *,
    on: date | None = None,
    effort: AllocationSnapshot | Mapping[str, Number] | None = None,
) -> SphereMap:
    """Return how spheres stand to the intent that holds, and which pulls which.

    On a day, ratings of later days are left out. *effort* is what went to each sphere,
    by its id, or a snapshot of which the buckets on spheres count.

    Raises:
        InvalidValueError: *on* is no date, or *effort* is no amounts.
        NotFoundError: *effort* names what is no sphere, with the nearest.
    """
    refuse_no_model(model, "sphere_map")
    if on is not None:
        refuse_no_day(on, "sphere_map")
    spheres = {str(each.id): each for each in model.of(OperatingSphere)}
    ratings = tuple(_ratings(model, on, spheres))
    rated = {(each.sphere, each.part) for each in ratings}
    pulls = tuple(_pulls(spheres, _shares(spheres, effort)))
    named = {*spheres, *(pull.to for pull in pulls)}
    return SphereMap(
        on=on,
        places=tuple(place(model, ref) for ref in sorted(named)),
        spheres=_by_title(spheres),
        ratings=ratings,
        unrated=tuple(
            (ref, part)
            for ref in _by_title(spheres)
            for part in IntentPart
            if (ref, part) not in rated
        ),
        pulls=pulls,
        circles=tuple(_circles(pulls, spheres)),
    )


def _by_title(spheres: Mapping[str, OperatingSphere]) -> tuple[str, ...]:
    return tuple(sorted(spheres, key=lambda ref: (title_of(spheres[ref]), ref)))


def _ratings(
    model: Model, on: date | None, spheres: Mapping[str, OperatingSphere]
) -> Iterator[SphereRating]:
    """Yield the ratings against an intent that holds, known by the day."""
    intents = in_force(model, CoreIntent, on=on) if on else model.of(CoreIntent)
    holding = {intent.id for intent in intents}
    order = {ref: at for at, ref in enumerate(_by_title(spheres))}
    parts = list(IntentPart)
    found = [
        each
        for each in model.of(IntentAlignment)
        if each.on in order
        and each.intent in holding
        and (on is None or each.at is None or each.at <= on)
    ]
    found.sort(key=lambda each: each.at or date.min, reverse=True)
    for each in sorted(found, key=lambda e: (order[e.on], parts.index(e.part))):
        yield SphereRating(
            id=each.id,
            sphere=each.on,
            part=each.part,
            rating=each.rating,
            at=each.at,
            opinion=each.opinion,
            evidence=each.evidence,
        )


def _shares(spheres: Mapping[str, OperatingSphere], effort: object) -> dict[str, float]:
    if isinstance(effort, AllocationSnapshot):
        found = {b.on: b.actual for b in effort.buckets if b.on and b.on in spheres}
        if not any(found.values()):
            return {}
        effort = {str(ref): amount for ref, amount in found.items()}
    if effort is None:
        return {}
    if not isinstance(effort, Mapping):
        said = f"effort must be amounts by sphere, got {shown(effort)}."
        issue = WRONG_TYPE.issue(said, path="effort", value=effort)
        raise InvalidValueError("sphere_map", (issue,))
    for ref in map(str, effort):
        if ref not in spheres:
            raise NotFoundError("sphere", ref, nearest(ref, spheres))
    return {str(ref): float(held) for ref, held in shares(effort, "effort").items()}


def _pulls(
    spheres: Mapping[str, OperatingSphere], effort: Mapping[str, float]
) -> Iterator[SpherePull]:
    """Yield each relation, the strongest pull first; what is not known comes last."""
    found = [
        SpherePull(
            sphere=ref,
            to=relation.to,
            kind=relation.kind,
            strength=relation.strength,
            effort=effort.get(ref),
            pull=_pull(relation.strength, effort.get(ref)),
        )
        for ref, sphere in spheres.items()
        for relation in sphere.relations
    ]
    yield from sorted(found, key=_place)


def _pull(strength: float | None, effort: float | None) -> float | None:
    return None if strength is None or effort is None else strength * effort


def _place(held: SpherePull) -> tuple[float, float, str, str, str]:
    pull = -1.0 if held.pull is None else held.pull
    strength = -1.0 if held.strength is None else held.strength
    return -pull, -strength, held.sphere, held.to, held.kind


def _circles(
    pulls: tuple[SpherePull, ...], spheres: Mapping[str, OperatingSphere]
) -> Iterator[tuple[str, ...]]:
    graph: dict[str, list[str]] = {}
    for each in sorted(pulls, key=lambda pull: (pull.sphere, pull.to)):
        if each.to in spheres:
            graph.setdefault(each.sphere, []).append(each.to)
    for circle in sorted(circles_of(graph)):
        yield (*circle, circle[0])


def _plain(held: object) -> object:
    return held.isoformat() if isinstance(held, date) else held
