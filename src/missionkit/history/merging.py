"""Two sides that changed the same model are brought together, and never by a guess."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from attrs import evolve, frozen

from missionkit.domain.declaration import Element
from missionkit.domain.kinds import Kinds
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.spec import spec_of
from missionkit.errors import InvalidValueError, ModelError
from missionkit.history import codes
from missionkit.history.differences import Diff, ElementChange, diff
from missionkit.issue import Issue
from missionkit.markup import table


@frozen(kw_only=True)
class Merged:
    """What came of a merge: the model, or why there is none.

    `ours` and `theirs` are what each side changed since they were one.
    """

    model: Model | None
    conflicts: tuple[Issue, ...]
    ours: Diff
    theirs: Diff

    def __bool__(self) -> bool:
        """Return whether both sides could be kept."""
        return self.model is not None

    def __str__(self) -> str:
        """Return the conflicts, or that there are none."""
        return "\n".join(map(str, self.conflicts)) or "both sides were kept"

    def _repr_html_(self) -> str:
        rows = [(i.ref, i.path, i.message, i.fix) for i in self.conflicts]
        none = [("", "", "both sides were kept", "")]
        return table(("element", "field", "conflict", "what to do"), rows or none)


def merge(base: Model, ours: Model, theirs: Model) -> Merged:
    """Return the model with what both sides did to *base*, or all conflicts.

    Different fields of one element can be changed on both sides; the same field only
    to the same value. What one side removed and the other changed, or links to, is a
    conflict. To erase something is no change: what is erased here stays so, and what is
    erased there is kept here. But a change there of what is erased here has nowhere to
    go, so that is a conflict as well. Of what is erased here and in *base* nobody can
    tell from the models whether it was changed there; a workspace knows from its
    commits.
    """
    erased = _erased(ours) | _erased(theirs)
    origin = _blurred(base, erased)
    mine = diff(origin, _blurred(ours, erased))
    others = diff(origin, _blurred(theirs, erased))
    held: dict[str, Element] = {element.id: element for element in ours}
    conflicts = list(_nowhere(base, _erased(ours), theirs))
    by_id = {each.id: each for each in mine.changes}
    for their in others.changes:
        my = by_id.get(their.id)
        if my is None:
            _take(held, their)
        else:
            conflicts += _both(held, my, their)
    kinds = ours.kinds
    if kinds != theirs.kinds:
        kinds |= theirs.kinds
    model, unsound = (None, ()) if conflicts else _model(held, kinds)
    return Merged(
        model=model, conflicts=(*conflicts, *unsound), ours=mine, theirs=others
    )


def rejoined(
    base: Model, ours: Model, theirs: Model, changed: AbstractSet[str]
) -> Merged:
    """Return the merge of two sides where something is erased in *base* itself.

    That tells nothing of what they did to it since, so *changed* are the elements that
    they changed.
    """
    lost = _erased(base)
    same = {ref: stub for ref, stub in lost.items() if ref not in changed}
    found = merge(base, ours, _blurred(theirs, same))
    kept = changed & lost.keys() & set(theirs.ids()) - _erased(theirs).keys()
    nowhere = (_erased_here(s) for ref, s in _erased(ours).items() if ref in kept)
    return _refused(found, *nowhere)


def reverted(
    before: Model, after: Model, now: Model, lost: AbstractSet[str] = frozenset()
) -> Merged:
    """Return *now* without what led from *before* to *after*, or why that cannot be.

    It is a merge: to what was done since, the way back is one more side. *lost* are the
    elements of which what was put then is erased: nobody can undo a change of them.
    """
    found = merge(after, now, before)
    nowhere = tuple(
        _conflict(each.kind, each.id, "", "was changed then and is erased since")
        for each in after.opaque
        if each.id in lost and each.id in before
    )
    return _refused(found, *nowhere)


def _refused(found: Merged, *more: Issue) -> Merged:
    """Return a merge with more conflicts, if there are any."""
    if not more:
        return found
    return evolve(found, model=None, conflicts=(*found.conflicts, *more))


def _erased(model: Model) -> dict[str, Opaque]:
    return {each.id: each for each in model.opaque if each.erased}


def _blurred(model: Model, erased: dict[str, Opaque]) -> Model:
    """Return a model as one sees it who may not see what is erased elsewhere."""
    there = [stub for ref, stub in erased.items() if ref in model]
    return model.with_(*there) if there else model


def _nowhere(
    base: Model, erased: Mapping[str, Opaque], theirs: Model
) -> Iterator[Issue]:
    """Yield a conflict for each element that is erased here and was changed there."""
    hidden = _erased(base) | _erased(theirs)
    for ref, stub in erased.items():
        there = ref in base and ref in theirs and ref not in hidden
        if there and base[ref] != theirs[ref]:
            yield _erased_here(stub)


def _erased_here(stub: Opaque) -> Issue:
    said = "was erased here and changed there"
    issue = _conflict(stub.kind, stub.id, "", said)
    return evolve(issue, fix="dispose of it there as well, or do not bring that in")


def _take(held: dict[str, Element], change: ElementChange) -> None:
    held.pop(change.id, None)
    if change.after is not None:
        held[change.id] = change.after


def _both(
    held: dict[str, Element], my: ElementChange, their: ElementChange
) -> Iterator[Issue]:
    """Bring together what both sides did to one element, or yield the conflicts."""
    if my.after == their.after:
        return
    if my.after is None or their.after is None:
        yield _conflict(
            my.kind, my.id, "", f"was {my.what} here and {their.what} there"
        )
        return
    sides = {type(my.before), type(my.after), type(their.after)}
    if len(sides) > 1 or Opaque in sides:
        yield _conflict(my.kind, my.id, "", "is another one on each side")
        return
    taken, clashing = _fields(my.before, my.after, their.after)
    for name in clashing:
        yield _conflict(
            my.kind, my.id, name, f"was set to other values of {name} on each side"
        )
    if not clashing:
        kept: Any = my.after
        try:
            held[my.id] = evolve(kept, **taken)
        except InvalidValueError as error:
            yield from (evolve(issue, ref=my.id) for issue in error.issues)


def _fields(base: Any, mine: Any, theirs: Any) -> tuple[dict[str, Any], list[str]]:  # noqa: ANN401 - any elements
    """Return the fields to take from them, and those that both sides changed."""
    cls: type = type(base)
    taken, clashing = {}, []
    for item in spec_of(cls).fields:
        old, my, their = (getattr(each, item.name) for each in (base, mine, theirs))
        if their in (old, my):
            continue
        if my == old:
            taken[item.name] = their
        else:
            clashing.append(item.name)
    return taken, clashing


def _model(
    held: dict[str, Element], kinds: Kinds
) -> tuple[Model | None, tuple[Issue, ...]]:
    try:
        return Model(held.values(), kinds=kinds), ()
    except ModelError as error:
        return None, error.issues


def _conflict(kind: str, ref: str, path: str, said: str) -> Issue:
    message = f"{kind.capitalize()} {ref!r} {said}."
    return codes.CONFLICT.issue(message, ref=ref, path=path)
