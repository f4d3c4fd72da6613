"""The port of rules: a view of a model goes in, what the rule found comes out.

Any function of one view that yields issues is a rule. What cannot be judged from the
view is not passed over: the rule yields a `NotJudged` that says why.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Protocol, Self, TypeAlias, TypeVar

from attrs import field, frozen

from missionkit.domain.declaration import Element, value
from missionkit.domain.display import title_of
from missionkit.domain.model import Model, in_force
from missionkit.domain.review import ReviewCycle
from missionkit.domain.structure import kind_of
from missionkit.domain.values import Line, Text, Weight
from missionkit.domain.workflow import Workflow
from missionkit.errors import NotFoundError
from missionkit.issue import Code, Issue, nearest
from missionkit.markup import one_line, shown

E = TypeVar("E", bound=Element)
T = TypeVar("T")
# Two titles and what is said of them are to fit into a line.
_TITLE: Final = 34
NO_LIMITS: Final[Mapping[str, float]] = MappingProxyType({})


@frozen
class NotJudged:
    """What a rule could not judge, and why; `refs` are the elements it is about."""

    code: str
    why: str
    refs: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the code and the reason, and how many elements are concerned."""
        count = len(self.refs)
        many = f" ({count} element{'s' if count > 1 else ''})" if count else ""
        return f"{self.code}: {self.why}{many}"

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {"code": self.code, "why": self.why, "refs": list(self.refs)}


Judgment: TypeAlias = Issue | NotJudged


@frozen
@value
class LimitSpec:
    """A threshold of a rule: its name, what it is unless changed, what it limits."""

    name: Line
    default: Weight
    meaning: Text


def _frozen_mapping(limits: Mapping[str, float]) -> Mapping[str, float]:
    return MappingProxyType(dict(limits))


@frozen(kw_only=True)
class RuleView:
    """What a rule sees: a model, and on which day, by which limits, in which cycle.

    `workflow` is that by which the cycle runs, where whoever asks knows it. The lookups
    are made once for all rules that share the view.
    """

    model: Model
    on: date | None = None
    limits: Mapping[str, float] = field(
        default=NO_LIMITS, converter=_frozen_mapping, hash=False
    )
    cycle: ReviewCycle | None = None
    workflow: Workflow | None = None
    _kept: dict[object, Any] = field(factory=dict, init=False, repr=False, eq=False)

    @property
    def day(self) -> date:
        """The day to judge; only for rules that are registered with ``needs_on``."""
        if self.on is None:
            raise NotFoundError("day to judge", "on")
        return self.on

    @property
    def review(self) -> ReviewCycle:
        """The cycle to judge; only for rules registered with ``needs_cycle``."""
        if self.cycle is None:
            raise NotFoundError("cycle to judge", "cycle")
        return self.cycle

    def limit(self, name: str) -> float:
        """Return a threshold, or raise `NotFoundError`."""
        if name not in self.limits:
            raise NotFoundError("limit", name, nearest(name, self.limits))
        return self.limits[name]

    def of(self, kind: type[E]) -> tuple[E, ...]:
        """Return all elements of a kind, in the order of their ids."""
        if kind not in self._kept:
            self._kept[kind] = self.model.of(kind)
        found: tuple[E, ...] = self._kept[kind]
        return found

    def in_force(self, kind: type[E]) -> tuple[E, ...]:
        """Return the elements of a kind that hold on the day, or all without one."""
        return (
            self.of(kind) if self.on is None else in_force(self.model, kind, on=self.on)
        )

    def by_id(self, kind: type[E]) -> Mapping[str, E]:
        """Return all elements of a kind by their ids."""
        key = (kind, "id")
        if key not in self._kept:
            self._kept[key] = {element.id: element for element in self.of(kind)}
        found: Mapping[str, E] = self._kept[key]
        return found

    def referring(self, kind: type[E], name: str) -> Mapping[str, tuple[E, ...]]:
        """Return the elements of a kind by the ids that their field *name* holds."""
        key = (kind, name)
        if key not in self._kept:
            self._kept[key] = _referring(self.of(kind), name)
        found: Mapping[str, tuple[E, ...]] = self._kept[key]
        return found

    def once(self, make: Callable[[Self], T]) -> T:
        """Return what a function makes of this view; it is asked only once."""
        if make not in self._kept:
            self._kept[make] = make(self)
        found: T = self._kept[make]
        return found

    def named(self, element: Element | str) -> str:
        """Return an element's kind and title, as a message begins with them."""
        held = self.model[element] if isinstance(element, str) else element
        kind = kind_of(held, self.model.kinds) or type(held).__name__
        words = kind.rpartition(".")[2].replace("_", " ")
        return f"{words.capitalize()} {self.titled(held)}"

    def titled(self, element: Element | str) -> str:
        """Return an element's title as a message shows it: quoted, and not too long."""
        held = self.model[element] if isinstance(element, str) else element
        return shown(_clipped(title_of(held)))


def _clipped(title: str) -> str:
    """Return a title on one line, cut after a word where it is too long."""
    line = one_line(title[: _TITLE * 20])
    if len(line) <= _TITLE:
        return line
    kept = line[: _TITLE - 1]
    return f"{kept.rpartition(' ')[0] or kept}…"


def _referring(elements: Iterable[E], name: str) -> dict[str, tuple[E, ...]]:
    found: dict[str, list[E]] = {}
    for element in elements:
        held = getattr(element, name)
        for ref in (held,) if isinstance(held, str) else held or ():
            found.setdefault(ref, []).append(element)
    return {ref: tuple(by) for ref, by in found.items()}


class Rule(Protocol):
    """What judges a model: any function of a view that yields what it found."""

    def __call__(self, view: RuleView, /) -> Iterable[Judgment]:
        """Return an issue for each fault, in any order; never raise for content."""
        ...


@frozen(kw_only=True)
class RuleEntry:
    """A rule as a rule book holds it: with its codes, its limits, what it needs.

    A rule that needs a day, or a cycle, is not asked where none is given, but listed as
    not judged. One with *on_request* is asked only where a selection names its code.
    *distribution* is the package that a plug-in's rule is from.
    """

    rule: Rule
    codes: tuple[Code, ...] = ()
    needs_on: bool = False
    needs_cycle: bool = False
    on_request: bool = False
    limits: tuple[LimitSpec, ...] = ()
    distribution: str = ""

    @property
    def name(self) -> str:
        """The module and the name under which the rule is defined."""
        return f"{self.module}.{self._of.__qualname__}"

    @property
    def module(self) -> str:
        """The module in which the rule is defined."""
        return str(self._of.__module__)

    @property
    def _of(self) -> Any:  # noqa: ANN401 - a function, or the class of what is called
        return self.rule if hasattr(self.rule, "__qualname__") else type(self.rule)
