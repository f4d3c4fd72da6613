"""Whether elements make a sound model: ids, links, circles, one root."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, islice
from typing import Final, TypeAlias

from missionkit.domain import codes
from missionkit.domain.circles import circle_faults, on_circles
from missionkit.domain.declaration import Element
from missionkit.domain.digest import digest_of
from missionkit.domain.intent import Organization
from missionkit.domain.kinds import Kinds
from missionkit.domain.links import LinkUse, links_of, targets
from missionkit.domain.opaque import Opaque
from missionkit.domain.spec import FieldSpec, is_declared, nested_specs, spec_of
from missionkit.issue import Issue, did_you_mean

Index: TypeAlias = Mapping[str, Mapping[str, Element]]
KindsOf: TypeAlias = Callable[[str], tuple[str, ...]]

MOST_FAULTS: Final = 1_000
_MOST_COMPARED: Final = 20_000


def kind_of(element: object, kinds: Kinds) -> str | None:
    """Return the name of an element's kind, or None where *kinds* lacks its class."""
    if type(element) is Opaque:
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
    return bool(on_circles({ref: e for held in bound for ref, e in held.items()}))


def _is_bound(kind: str, kinds: Kinds) -> bool:
    return kind in kinds and has_acyclic(kinds[kind].cls)


@cache
def has_acyclic(cls: type) -> bool:
    """Return whether a declared class, or a value in it, has an acyclic link."""
    spec = spec_of(cls)
    inner = (item for held in nested_specs(spec) for item in held.fields)
    return any(item.link and item.link.acyclic for item in (*spec.fields, *inner))


def faults(
    elements: Iterable[Element], kinds: Kinds, *, most: int = MOST_FAULTS
) -> tuple[Issue, ...]:
    """Return the structural faults of *elements* together, in a fixed order.

    There are at most *most* of them: who has a thousand faults mends the cause first.
    """
    by_id: dict[str, list[tuple[str, Element]]] = {}
    unknown: list[Issue] = []
    for element in elements:
        kind = kind_of(element, kinds)
        if kind is None:
            unknown.append(_unknown_kind(element, kinds))
        else:
            by_id.setdefault(element.id, []).append((kind, element))
    # Sorted, so that the order in which elements are given changes nothing.
    unknown.sort(key=_order)
    held = {ref: _sorted(by_id[ref]) for ref in sorted(by_id)}
    found = islice(chain(unknown, _faults(held, kinds)), most)
    return tuple(dict.fromkeys(sorted(found, key=_order)))


def _order(issue: Issue) -> tuple[str, str, str, str]:
    return issue.ref, issue.path, issue.code, issue.message


def _faults(
    by_id: Mapping[str, list[tuple[str, Element]]], kinds: Kinds
) -> Iterator[Issue]:
    yield from _duplicates(by_id)
    known = {ref: tuple(sorted({k for k, _ in held})) for ref, held in by_id.items()}
    hint = _Hints(known)
    kept: dict[str, Element] = {}
    for held in by_id.values():
        for _, element in held:
            kept[element.id] = element
            yield from link_faults(element, kinds, lambda ref: known.get(ref, ()), hint)
    yield from circle_faults(kept)
    yield from root_faults(e for e in kept.values() if isinstance(e, Organization))


def _sorted(held: list[tuple[str, Element]]) -> list[tuple[str, Element]]:
    if len(held) == 1:
        return held
    return sorted(held, key=lambda pair: (pair[0], digest_of(pair[1]) or ""))


class _Hints:
    """Names what is near an id that is not there, as long as that takes little time."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = tuple(known)
        self._left = _MOST_COMPARED

    def __call__(self, ref: str) -> str:
        """Return "did you mean …?", or nothing."""
        self._left -= len(self._known)
        return did_you_mean(ref, self._known) if self._left >= 0 else ""


def _unknown_kind(element: object, kinds: Kinds) -> Issue:
    name = type(element).__name__
    ref = getattr(element, "id", "") if is_declared(type(element)) else ""
    return codes.UNKNOWN_KIND.issue(
        f"{name} is not among the kinds of this model.",
        ref=ref if isinstance(ref, str) else "",
        value=name,
        fix=f"pass kinds=mk.KINDS | {{{name}}}" if kinds else "",
    )


def _duplicates(by_id: Mapping[str, list[tuple[str, Element]]]) -> Iterator[Issue]:
    for ref, held in by_id.items():
        if len(held) > 1:
            uses = " and ".join(sorted({kind for kind, _ in held}))
            yield codes.DUPLICATE_ID.issue(
                f"{ref!r} is the id of {len(held)} elements: {uses}.",
                ref=ref,
                path="id",
                value=ref,
            )


def link_faults(
    element: Element, kinds: Kinds, kinds_of: KindsOf, hint: Callable[[str], str]
) -> Iterator[Issue]:
    """Yield a fault for each link of *element* to nothing or to a wrong kind."""
    if isinstance(element, Opaque):
        return
    for use in links_of(element):
        found = kinds_of(use.target)
        if not found:
            yield _dangling(element, use, hint(use.target))
        elif not fits(use.item, found, kinds):
            yield _wrong_kind(element, use, found, kinds)


def fits(item: FieldSpec, found: tuple[str, ...], kinds: Kinds) -> bool:
    """Return whether a link may lead to an element of the kinds found."""
    allowed = kinds.targets(item)
    return allowed is None or any(k in allowed or k not in kinds for k in found)


def _dangling(element: Element, use: LinkUse, hint: str) -> Issue:
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
