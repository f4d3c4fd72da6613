"""The parts of a workflow, made one by one, with every fault of them."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias, TypeGuard, TypeVar

from attrs import AttrsInstance, define, evolve, field

from missionkit.domain.checking import field_faults
from missionkit.domain.review import CycleStatus
from missionkit.domain.spec import spec_of
from missionkit.domain.stages import ReviewAct, StageOutput
from missionkit.domain.workflow import Workflow
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue

Record: TypeAlias = dict[str, Any]
Parts: TypeAlias = Iterable[tuple[type[AttrsInstance], Record]]
T = TypeVar("T", bound=AttrsInstance)


@define
class Making:
    """Makes the parts of a workflow, and keeps what is wrong with them."""

    faults: list[Issue] = field(factory=list)

    @property
    def wrong(self) -> frozenset[str]:
        """The fields of the workflow that hold an unsound part."""
        return frozenset(issue.path.partition("[")[0] for issue in self.faults)

    def all(self, where: str, parts: Parts) -> tuple[AttrsInstance, ...]:
        """Return all parts of one field that are sound."""
        made = (
            self.one(f"{where}[{at}]", cls, given)
            for at, (cls, given) in enumerate(parts)
        )
        return tuple(each for each in made if each is not None)

    def one(self, where: str, cls: type[T], given: Record) -> T | None:
        """Return one part, or None where it is unsound."""
        try:
            return cls(**given)
        except InvalidValueError as error:
            self.faults += (_below(issue, where) for issue in error.issues)
            return None

    def output(self, where: str, given: object) -> object:
        """Return what a stage hands over, which may be given by its name alone."""
        if not isinstance(given, str):
            return given
        return self.one(where, StageOutput, {"name": given}) or StageOutput(name="?")


def _below(issue: Issue, where: str) -> Issue:
    """Return the issue of a part as one of the whole."""
    path = f"{where}.{issue.path}"
    return evolve(issue, path=path, message=issue.message.replace(issue.path, path, 1))


def faults_beside(given: Record, wrong: frozenset[str]) -> Iterator[Issue]:
    """Yield the faults of a workflow some fields of which are unsound already."""
    spec, bad = spec_of(Workflow), set(wrong)
    whole = Workflow.__new__(Workflow)  # the constructor would stop at what is wrong
    for item in spec.fields:
        object.__setattr__(whole, item.name, given.get(item.name, item.default))
        if item.name not in wrong and (item.required or item.name in given):
            for issue in field_faults(item, given.get(item.name)):
                bad.add(item.name)
                yield issue
    for each in spec.proofs:
        if bad.isdisjoint(each.fields):
            yield from getattr(whole, each.method)()


def many(given: object) -> object:
    """Return what was given as a list of texts as a tuple; anything else as it is."""
    if isinstance(given, str):
        return (given,)
    if isinstance(given, set | frozenset):
        return tuple(sorted(given, key=str))
    return tuple(given) if isinstance(given, Iterable) else given


def listed(given: object) -> tuple[object, ...]:
    """Return what was given as a list, which may be a single word."""
    found = many(given)
    return found if isinstance(found, tuple) else (found,)


def status_of(given: object) -> object:
    """Return a status by its word."""
    return word(CycleStatus, given)


def word(words: type[CycleStatus] | type[ReviewAct], given: object) -> object:
    """Return the word of an enumeration; what is none is told of with the rest."""
    found = {str(word): word for word in words}
    return found.get(given, given) if isinstance(given, str) else given


def is_text(given: object) -> TypeGuard[str]:
    """Return whether it is text."""
    return isinstance(given, str)


def label_of(key: object) -> str:
    """Return a key as people read it: ``first_look`` as "First look"."""
    if not isinstance(key, str):
        return "?"
    words = key.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:] or "?"
