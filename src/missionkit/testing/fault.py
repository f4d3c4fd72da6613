"""Faults: what can be wrong with a model, and how a sound one comes to have it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, TypeAlias

from attrs import evolve, field, frozen

from missionkit.domain.declaration import Element
from missionkit.domain.digest import digest_of
from missionkit.domain.model import Model
from missionkit.domain.review import Affirmation, Approval, Waiver
from missionkit.rules.check import check
from missionkit.rules.result import CheckResult
from missionkit.testing.sound import DAY, Shape, cycle_of

_NO_LIMITS: Final[Mapping[str, float]] = MappingProxyType({})
GATES: Final = "MK-GAT"


@frozen(kw_only=True)
class Change:
    """What makes a fault of a sound model: elements put, and elements taken away.

    The fault is then found at the element *ref*, at *path* in it. `limits` are those
    under which it is one.
    """

    ref: str
    path: str = ""
    put: tuple[Element, ...] = ()
    gone: tuple[str, ...] = ()
    limits: Mapping[str, float] = field(default=_NO_LIMITS, hash=False)
    entails: tuple[str, ...] = ()

    def is_possible(self, model: Model) -> bool:
        """Return whether it changes something, and takes nothing that is needed."""
        needed = any(map(model.referrers, self.gone))
        news = any(model.find(each.id) != each for each in self.put)
        return not needed and (news or bool(self.gone))


@frozen(kw_only=True)
class Broken:
    """A model with one fault: which, at which element and path in it.

    `on`, `cycle` and `limits` are what to judge it by. `entails` are the codes of what
    the fault cannot but bring with it. `changed` are the ids of the elements in which
    it differs from the sound model `mended`.
    """

    model: Model = field(repr=False)
    mended: Model = field(repr=False)
    code: str
    ref: str
    path: str = ""
    on: date = DAY
    cycle: str | None = None
    limits: Mapping[str, float] = field(default=_NO_LIMITS, hash=False)
    entails: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def judged(self, model: Model | None = None) -> CheckResult:
        """Return what a check finds in it, or in another model by the same means.

        Where the fault is one of a gate, the gates are asked, and else the families.
        """
        return check(
            self.model if model is None else model,
            on=self.on,
            cycle=self.cycle,
            limits=self.limits,
            select=(GATES,) if self.code.startswith(GATES) else None,
        )


Break: TypeAlias = Callable[[Model], Iterator[Change]]


@frozen(kw_only=True)
class Fault:
    """One thing that can be wrong: its code and name, and what it does to a model.

    `shape` is that of the sound models in which there is something to break: a fault
    of a "review" is not found in a mere plan.
    Only a fault with `stale` alters what somebody approved or affirmed.
    """

    code: str
    name: str
    does: str
    changes: Break = field(repr=False)
    shape: Shape = "plan"
    stale: bool = False

    def fitting(self, model: Model) -> Iterator[Change]:
        """Yield the changes by which a sound model comes to have the fault."""
        if self.shape == "review" and cycle_of(model) is None:
            return
        kept = _Kept.of(model)
        for change in self.changes(model):
            waived = (self.code, change.ref) in kept.waived
            stale = kept.are_altered(change, model)
            if stale is self.stale and not waived and change.is_possible(model):
                yield change

    def broken(self, model: Model, change: Change) -> Broken:
        """Return a sound model after a change that fits."""
        lacking = model.without(*change.gone) if change.gone else model
        return Broken(
            model=lacking.with_(*change.put) if change.put else lacking,
            mended=model,
            code=self.code,
            ref=change.ref,
            path=change.path,
            cycle=cycle_of(model),
            limits=change.limits,
            entails=change.entails,
            changed=(*(str(e.id) for e in change.put), *change.gone),
        )

    def break_(self, model: Model) -> Broken | None:
        """Return a sound model with the fault, or None where nothing is to break."""
        change = next(self.fitting(model), None)
        return None if change is None else self.broken(model, change)


def fault(
    code: str, *, shape: Shape = "plan", stale: bool = False
) -> Callable[[Break], Fault]:
    """Make a fault of a function that yields the changes which bring it about.

    The function's name is that of the fault; what it does is said by its docstring.
    """

    def named(changes: Break) -> Fault:
        name = changes.__name__.replace("_", "-")
        does = (changes.__doc__ or name).partition("\n")[0]
        return Fault(
            code=code, name=name, does=does, changes=changes, shape=shape, stale=stale
        )

    return named


@frozen
class _Kept:
    """What a fault leaves alone: what was approved or affirmed, and what is waived."""

    looked_at: frozenset[str]
    waived: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, model: Model) -> "_Kept":
        pinned = (p.of for a in model.of(Approval) for p in a.digests)
        affirmed = (each.target for each in model.of(Affirmation))
        return cls(
            frozenset(map(str, (*pinned, *affirmed))),
            frozenset((str(each.code), str(each.on)) for each in model.of(Waiver)),
        )

    def are_altered(self, change: Change, model: Model) -> bool:
        """Return whether a change alters what somebody looked at."""
        return not self.looked_at.isdisjoint(change.gone) or any(
            each.id in self.looked_at and digest_of(each) != model.digest(each.id)
            for each in change.put
        )


def again(code: str, known: Fault) -> Fault:
    """Return a fault of a gate that asks what a family asks as well."""
    return evolve(known, code=code, shape="review")
