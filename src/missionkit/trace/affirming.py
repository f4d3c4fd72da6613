"""`affirm`: somebody looked at a link, and found it still right."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from missionkit.domain import codes as domain_codes
from missionkit.domain.checking import shape_faults
from missionkit.domain.declaration import Element, id_of
from missionkit.domain.ids import AffirmationId, AnyId, PartyId, new_id
from missionkit.domain.links import LinkUse, links_of
from missionkit.domain.marks import NotBlank
from missionkit.domain.model import Model, refuse_no_model
from missionkit.domain.opaque import Opaque
from missionkit.domain.party import Party
from missionkit.domain.review import Affirmation
from missionkit.domain.spec import Leaf, Many, Nested, Reference, spec_of
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue, did_you_mean
from missionkit.markup import shown
from missionkit.trace import codes
from missionkit.trace.standing import affirmed_links, field_of

_REASON: Final = Leaf(str, (NotBlank(),))
_DAY: Final = Leaf(date)
_PART: Final = 18  # two such parts and the word before them make an id


def affirm(  # noqa: PLR0913 - who, when and why are part of the act
    model: Model,
    source: Element | str,
    field: str,
    *,
    by: Element | str,
    on: date,
    why: str,
) -> Model:
    """Return a model in which somebody affirms the links that a field holds.

    *field* is the name of a field of *source*, or the path to one link in it, such as
    ``"contributions[0].target"``. What each target says now is pinned: when it says
    something else, the link is suspect until it is affirmed again.

    >>> from missionkit.domain.draft import draft
    >>> from missionkit.trace.standing import standing
    >>> with draft("Harbour Housing Trust") as d:
    ...     chair = d.party("The chair")
    ...     warm = d.need("A home that is warm in winter", id="warm")
    ...     insulate = d.objective("Insulate", id="insulate", needs=[warm])
    >>> day = date(2026, 3, 31)
    >>> model = affirm(d.model, insulate, "needs", by=chair, on=day, why="Asked again")
    >>> print(*standing(model))
    insulate.needs[0] → warm: affirmed

    Raises:
        InvalidValueError: it names everything wrong with what was given: an element, a
            party or a field that is not there, a field that holds no link, a target
            that cannot be read here, a day before that of an affirmation that counts.
    """
    refuse_no_model(model, "affirm")
    ref, party = id_of(source), id_of(by)
    uses, faults = _links(model, ref, field)
    dated = tuple(shape_faults(_DAY, on, "on"))
    issues = (
        *faults,
        *_unreadable(model, uses),
        *_party_faults(model, party),
        *(dated or _older(model, ref, uses, on)),
        *shape_faults(_REASON, why, "why"),
    )
    if issues:
        raise InvalidValueError("affirmation", issues)
    taken = set(model.ids())
    links = dict.fromkeys((field_of(use.path), use.target) for use in uses)
    return model.with_(
        *(
            Affirmation(
                id=_new_id(ref, target, taken),
                source=AnyId(ref),
                field=name,
                target=AnyId(target),
                digest=model.digest(target) or "",
                by=PartyId(party),
                on=on,
                why=why,
            )
            for name, target in links
        )
    )


def _new_id(source: str, target: str, taken: set[str]) -> AffirmationId:
    said = f"affirmed {source[:_PART]} {target[:_PART]}"
    made = new_id(spec_of(Affirmation).kind, said, taken)
    taken.add(made)
    return AffirmationId(made)


def _links(
    model: Model, ref: str, field: str
) -> tuple[tuple[LinkUse, ...], tuple[Issue, ...]]:
    """Return the links that a path leads to, or else why there are none."""
    odd = tuple(shape_faults(Leaf(str), field, "field"))
    element = model.find(ref)
    if element is None:
        return (), (_unknown(ref, "source", model.ids()), *odd)
    if isinstance(element, Opaque):
        said = f"What {ref!r} links to cannot be read here."
        return (), (codes.UNREADABLE.issue(said, ref=ref, path="source"), *odd)
    if odd:
        return (), odd
    uses = tuple(use for use in links_of(element) if _leads_to(field, use.path))
    return uses, () if uses else (_no_link(element, field),)


def _leads_to(field: str, path: str) -> bool:
    return path == field or path.startswith((f"{field}.", f"{field}["))


def _no_link(element: Element, field: str) -> Issue:
    """Return what is wrong with a field that leads to no link of an element."""
    cls: type = type(element)
    name, known = field_of(field), spec_of(cls).by_name
    linking = tuple(_linking(cls))
    code, near = codes.NO_LINK, ""
    if name not in known:
        code, said = domain_codes.UNKNOWN_FIELD, f"has no field {shown(name)}"
        near = did_you_mean(name, linking)
    elif name not in linking:
        said = f"holds no link in {name}, but a value"
        near = f"name one of {', '.join(linking)}" if linking else ""
    else:
        said = f"holds no link at {shown(field)}"
        near = did_you_mean(field, (use.path for use in links_of(element)))
    message = f"{element.id!r} {said}."
    return code.issue(message, ref=element.id, path="field", value=field, fix=near)


def _linking(cls: type) -> Iterator[str]:
    """Yield the fields of a class that can hold links, at any depth."""
    for item in spec_of(cls).fields:
        shape = item.shape.item if isinstance(item.shape, Many) else item.shape
        nested = isinstance(shape, Nested) and any(_linking(shape.cls))
        if nested or (isinstance(shape, Reference) and item.name != "id"):
            yield item.name


def _unknown(ref: str, path: str, known: Iterable[str]) -> Issue:
    return domain_codes.DANGLING.issue(
        f"{path} names {shown(ref)}, which is not there.",
        path=path,
        value=ref,
        fix=did_you_mean(ref, known),
    )


def _unreadable(model: Model, uses: Iterable[LinkUse]) -> Iterator[Issue]:
    for use in uses:
        if model.digest(use.target) is None:
            yield codes.UNREADABLE.issue(
                f"{use.path} leads to {use.target!r}, which cannot be read here.",
                ref=use.target,
                path=use.path,
                value=use.target,
            )


def _party_faults(model: Model, party: str) -> Iterator[Issue]:
    element = model.find(party)
    if element is None:
        yield _unknown(party, "by", (each.id for each in model.of(Party)))
    elif isinstance(element, Opaque):
        said = f"by names {party!r}, which cannot be read here."
        yield codes.UNREADABLE.issue(
            said, path="by", value=party, fix="name a party that is here"
        )
    elif not isinstance(element, Party):
        kind = model.kind_of(party)
        yield domain_codes.WRONG_KIND.issue(
            f"by must name a party, but {party!r} is a {kind}.",
            path="by",
            value=party,
            fix="name a party",
        )


def _older(
    model: Model, ref: str, uses: Iterable[LinkUse], on: date
) -> Iterator[Issue]:
    """Yield a fault for each link that was affirmed on a later day already."""
    latest = {link.path: link.affirmation for link in affirmed_links(model, ref)}
    for use in uses:
        found = latest.get(use.path)
        last = model.get(Affirmation, found).on if found else on
        if last > on:
            yield codes.AFFIRMED_LATER.issue(
                f"{use.path} of {ref!r} was affirmed on {last} already.",
                ref=ref,
                path="on",
                value=on,
            )
