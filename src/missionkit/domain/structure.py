"""Whether elements make a sound model: ids, links, circles, one root."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TypeAlias

from missionkit.domain import codes
from missionkit.domain.declaration import Element
from missionkit.domain.intent import Organization
from missionkit.domain.kinds import Kinds
from missionkit.domain.links import LinkUse, links_of, targets
from missionkit.domain.opaque import Opaque
from missionkit.domain.spec import nested_specs, spec_of
from missionkit.issue import Issue, nearest

Index: TypeAlias = Mapping[str, Mapping[str, Element]]
KindsOf: TypeAlias = Callable[[str], tuple[str, ...]]


def kind_of(element: object, kinds: Kinds) -> str | None:
    """Return the name of an element's kind, or None where *kinds* lacks its class."""
    if isinstance(element, Opaque):
        return element.kind
    return kinds.by_class.get(type(element))


def index_of(elements: Iterable[Element], kinds: Kinds) -> Index | None:
    """Return elements by kind and id; None for an unknown kind or an id used twice."""
    index: dict[str, dict[str, Element]] = {}
    count = 0
    for element in elements:
        kind = kind_of(element, kinds)
        if kind is None:
            return None
        index.setdefault(kind, {})[element.id] = element
        count += 1
    ids = {ref for held in index.values() for ref in held}
    return index if len(ids) == count else None


def is_sound(index: Index, kinds: Kinds) -> bool:
    """Return whether an index is surely sound; where in doubt, `faults` knows."""
    kind_by_id = {ref: kind for kind, held in index.items() for ref in held}
    roots = (e for held in index.values() for e in held.values())
    organizations = (e for e in roots if isinstance(e, Organization))
    return (
        all(_all_fit(kind, held, kind_by_id, kinds) for kind, held in index.items())
        and not _may_circle(index, kinds)
        and not any(root_faults(organizations))
    )


def _all_fit(
    kind: str, held: Mapping[str, Element], by_id: Mapping[str, str], kinds: Kinds
) -> bool:
    if kind not in kinds:
        return True
    read, allowed = targets(kinds[kind].cls), kinds.targets
    for element in held.values():
        if isinstance(element, Opaque):
            continue
        for target, item, _ in read(element):
            found = by_id.get(target)
            fit = allowed(item)
            if found is None or not (fit is None or found in fit or found not in kinds):
                return False
    return True


def _may_circle(index: Index, kinds: Kinds) -> bool:
    """Return whether the acyclic links, taken together, lead round in a circle."""
    bound = (held for kind, held in index.items() if _is_bound(kind, kinds))
    return bool(_on_circles({ref: e for held in bound for ref, e in held.items()}))


def _is_bound(kind: str, kinds: Kinds) -> bool:
    return kind in kinds and has_acyclic(kinds[kind].cls)


@cache
def has_acyclic(cls: type) -> bool:
    """Return whether a declared class, or a value in it, has an acyclic link."""
    spec = spec_of(cls)
    inner = (item for held in nested_specs(spec) for item in held.fields)
    return any(item.link and item.link.acyclic for item in (*spec.fields, *inner))


def faults(elements: Iterable[Element], kinds: Kinds) -> tuple[Issue, ...]:
    """Return every structural fault of *elements* together, in a fixed order."""
    by_id: dict[str, list[tuple[str, Element]]] = {}
    found: list[Issue] = []
    for element in elements:
        kind = kind_of(element, kinds)
        if kind is None:
            found.append(_unknown_kind(element, kinds))
        else:
            by_id.setdefault(element.id, []).append((kind, element))
    found += _duplicates(by_id)
    known = {ref: tuple(k for k, _ in held) for ref, held in by_id.items()}
    kept = {ref: held[0][1] for ref, held in by_id.items()}
    for element in kept.values():
        found += link_faults(element, kinds, lambda ref: known.get(ref, ()), kept)
    found += _circles(kept)
    found += root_faults(e for e in kept.values() if isinstance(e, Organization))
    return tuple(sorted(found, key=lambda i: (i.ref, i.path, i.code, i.message)))


def _unknown_kind(element: object, kinds: Kinds) -> Issue:
    name = type(element).__name__
    ref = getattr(element, "id", "")
    return codes.UNKNOWN_KIND.issue(
        f"{name} is not among the kinds of this model.",
        ref=ref if isinstance(ref, str) else "",
        value=name,
        fix=f"pass kinds=mk.KINDS | {{{name}}}" if kinds else "",
    )


def _duplicates(by_id: Mapping[str, list[tuple[str, Element]]]) -> Iterator[Issue]:
    for ref, held in by_id.items():
        if len(held) > 1:
            uses = " and ".join(sorted(kind for kind, _ in held))
            yield codes.DUPLICATE_ID.issue(
                f"{ref!r} is the id of {len(held)} elements: {uses}.",
                ref=ref,
                path="id",
                value=ref,
            )


def link_faults(
    element: Element, kinds: Kinds, kinds_of: KindsOf, known: Iterable[str]
) -> Iterator[Issue]:
    """Yield a fault for each link of *element* to nothing or to a wrong kind."""
    if isinstance(element, Opaque):
        return
    for use in links_of(element):
        found = kinds_of(use.target)
        if not found:
            yield _dangling(element, use, known)
        elif not fits(use, found, kinds):
            yield _wrong_kind(element, use, found, kinds)


def fits(use: LinkUse, found: tuple[str, ...], kinds: Kinds) -> bool:
    """Return whether a link may lead to an element of the kinds found."""
    allowed = kinds.targets(use.item)
    return allowed is None or any(k in allowed or k not in kinds for k in found)


def _dangling(element: Element, use: LinkUse, known: Iterable[str]) -> Issue:
    near = nearest(use.target, known)
    hint = f"did you mean {' or '.join(map(repr, near))}?" if near else ""
    return codes.DANGLING.issue(
        f"{use.path} of {element.id!r} names {use.target!r}, which is not there.",
        ref=element.id,
        path=use.path,
        value=use.target,
        fix=hint,
    )


def _wrong_kind(
    element: Element, use: LinkUse, found: tuple[str, ...], kinds: Kinds
) -> Issue:
    wanted = " or ".join(sorted(kinds.targets(use.item) or ()))
    return codes.WRONG_KIND.issue(
        f"{use.path} of {element.id!r} must name a {wanted},"
        f" but {use.target!r} is a {' and a '.join(found)}.",
        ref=element.id,
        path=use.path,
        value=use.target,
        fix=f"name a {wanted}",
    )


def upward(element: Element) -> Iterator[LinkUse]:
    """Yield the links of *element* that may not come round to it."""
    if not isinstance(element, Opaque):
        yield from (use for use in links_of(element) if use.link.acyclic)


def circle_from(
    start: Element, find: Callable[[str], Element | None], name: str
) -> tuple[str, ...]:
    """Return the ids of a circle through *start* over links called *name*, or none."""
    came: dict[str, str] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for use in upward(here):
            if use.link.name != name:
                continue
            if use.target == start.id:
                return _way_back(start.id, here.id, came)
            there = find(use.target)
            if there is not None and use.target not in came:
                came[use.target] = here.id
                waiting.append(there)
    return ()


def _way_back(start: str, last: str, came: Mapping[str, str]) -> tuple[str, ...]:
    way = [last]
    while way[-1] != start:
        way.append(came[way[-1]])
    return tuple(reversed(way))


def _circles(kept: Mapping[str, Element]) -> Iterator[Issue]:
    """Yield one fault for each circle, at its element with the smallest id."""
    done: set[tuple[str, str]] = set()
    for ref in sorted(_on_circles(kept)):
        for name in dict.fromkeys(use.link.name for use in upward(kept[ref])):
            if (ref, name) in done:
                continue
            circle = circle_from(kept[ref], kept.get, name)
            if circle:
                done.update((member, name) for member in circle)
                yield circle_fault(circle, name, kept[ref])


def _on_circles(kept: Mapping[str, Element]) -> set[str]:
    """Return what is left after removing, again and again, what leads nowhere.

    Each removal is counted down at the elements that lead to it, so that a chain of
    any length costs time in proportion to its links.
    """
    leads: dict[str, int] = {}
    before: dict[str, list[str]] = {}
    for ref, element in kept.items():
        if isinstance(element, Opaque):
            continue
        for target, item, _ in targets(type(element))(element):
            if item.link and item.link.acyclic and target in kept:
                leads[ref] = leads.get(ref, 0) + 1
                before.setdefault(target, []).append(ref)
    free = [ref for ref in before if ref not in leads]
    while free:
        for ref in before.get(free.pop(), ()):
            leads[ref] -= 1
            if not leads[ref]:
                free.append(ref)
    return {ref for ref, count in leads.items() if count}


def circle_fault(circle: tuple[str, ...], name: str, element: Element) -> Issue:
    """Return the fault that a circle is; a long one is shortened in the middle."""
    shown = [*circle, circle[0]]
    if len(shown) > 8:  # noqa: PLR2004 - as many as fit into a line
        shown = [*shown[:4], "…", *shown[-3:]]
    path = next(use.path for use in upward(element) if use.link.name == name)
    return codes.CYCLE.issue(
        f"{' → '.join(shown)} is a circle of {name!r} links.",
        ref=element.id,
        path=path,
        value=circle[0],
    )


def root_faults(organizations: Iterable[Organization]) -> Iterator[Issue]:
    """Yield a fault for each organization without parent but the first by id."""
    roots = sorted(found.id for found in organizations if found.parent is None)
    for extra in roots[1:]:
        yield codes.SECOND_ROOT.issue(
            f"{extra!r} has no parent, like {roots[0]!r}: only one can be the root.",
            ref=extra,
            path="parent",
            fix=f"set parent of {extra!r}, for example to {roots[0]!r}",
        )
