"""Whether links still stand: affirmed by somebody, never affirmed, or suspect."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from attrs import frozen

from missionkit.domain.checking import refuse_no_day
from missionkit.domain.links import LinkUse, links_of
from missionkit.domain.model import Model, refuse_no_model
from missionkit.domain.opaque import Opaque
from missionkit.domain.process import Process
from missionkit.domain.review import Affirmation
from missionkit.domain.spec import Spec, spec_of
from missionkit.domain.stakeholder import Need
from missionkit.trace.lines import lines_of

Key: TypeAlias = tuple[str, str, str]


class State(StrEnum):
    """What is known of a link."""

    AFFIRMED = "affirmed"
    NOT_AFFIRMED = "not affirmed"
    SUSPECT = "suspect"
    NOT_JUDGED = "not judged"


@frozen(kw_only=True)
class Standing:
    """A link, by who holds it and where, and whether it still stands.

    Suspect is a link whose target says something else than when the link was last
    affirmed; of what was affirmed on one day, that holds which still agrees. A target
    whose class is not here is not judged.
    """

    holder: str
    path: str
    target: str
    state: State
    affirmation: str | None = None

    def __str__(self) -> str:
        """Return the link and its state."""
        return f"{self.holder}.{self.path} → {self.target}: {self.state}"


def standing(model: Model, *, on: date | None = None) -> tuple[Standing, ...]:
    """Return the standing of each trace link, and of each other that was affirmed.

    What was affirmed after the day *on* does not count on it; without a day all does.
    Raises `InvalidValueError` where *on* is no date.
    """
    refuse_no_model(model, "standing")
    if on is not None:
        refuse_no_day(on, "standing")
    return tuple(_standings(model, on))


def _standings(model: Model, on: date | None) -> Iterator[Standing]:
    newest = _newest(model, on)
    for element in model:
        if isinstance(element, Opaque):
            continue
        for use in links_of(element):
            found = newest.get(_key(element.id, use))
            if use.link.trace or found is not None:
                yield _judged(model, element.id, use, found)


def affirmed_links(
    model: Model, holder: str | None = None, *, on: date | None = None
) -> Iterator[Standing]:
    """Yield the standing of each link affirmed by a day, of one holder or of all."""
    newest = _newest(model, on)
    holders = {key[0] for key in newest}
    for each in sorted(holders if holder is None else holders & {holder}):
        element = model[each]
        for use in () if isinstance(element, Opaque) else links_of(element):
            found = newest.get(_key(each, use))
            if found is not None:
                yield _judged(model, each, use, found)


def standings_on_the_line(model: Model, on: date | None) -> Iterator[Standing]:
    """Yield the standing of each trace link that leads from needs to processes.

    Nothing where no link at all has been affirmed by the day.
    """
    newest = _newest(model, on)
    if not newest:
        return
    lines = lines_of(model)
    kinds = {spec.kind for spec in model.kinds if _is_on_the_line(spec)}
    for kind, element in zip(lines.kinds, lines.elements, strict=True):
        if kind not in kinds or isinstance(element, Opaque):
            continue
        for use in links_of(element):
            if use.link.trace and lines.kinds[lines.numbers[use.target]] in kinds:
                found = newest.get(_key(element.id, use))
                yield _judged(model, element.id, use, found)


def _is_on_the_line(spec: Spec) -> bool:
    """Return whether elements of a kind stand from needs up, or are processes."""
    lowest = spec_of(Need).level or 0
    return spec.cls is Process or (spec.level is not None and spec.level >= lowest)


def _key(holder: str, use: LinkUse) -> Key:
    return holder, field_of(use.path), use.target


def _newest(model: Model, on: date | None) -> dict[Key, Affirmation]:
    """Return the last affirmation of each link, up to a day.

    Of those of one day it is one that pins what the target says now, or else that of
    the last id: the order of their ids tells nothing of what was said later that day.
    """
    latest: dict[Key, Affirmation] = {}
    for each in model.of(Affirmation):
        if on is not None and each.on > on:
            continue
        key = (each.source, field_of(each.field), each.target)
        before = latest.get(key)
        if before is None or before.on < each.on or _holds(model, before, each):
            latest[key] = each
    return latest


def _holds(model: Model, before: Affirmation, later: Affirmation) -> bool:
    """Return whether, of two in the order of their ids, the later one is to count."""
    if before.on != later.on:
        return False
    now = model.digest(later.target)
    return now == later.digest or now != before.digest


def field_of(path: str) -> str:
    """Return the field of the element in which a path begins."""
    return path.partition(".")[0].partition("[")[0]


def _judged(
    model: Model, holder: str, use: LinkUse, found: Affirmation | None
) -> Standing:
    if found is None:
        state = State.NOT_AFFIRMED
    else:
        now = model.digest(use.target)
        same = State.AFFIRMED if found.digest == now else State.SUSPECT
        state = State.NOT_JUDGED if now is None else same
    return Standing(
        holder=holder,
        path=use.path,
        target=use.target,
        state=state,
        affirmation=found.id if found else None,
    )
