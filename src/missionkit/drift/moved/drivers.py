"""What moved a figure: its change, taken apart into parts that add up to it exactly.

A share R is the mean of the shares r of its things, weighted by which part w of the
whole each is. Its change is the sum over the things of

    mean(w) * change(r)  +  change(w) * (mean(r) - mean(R))

where a mean is that of before and after: the first term is what the thing itself
changed, the second what it did by growing or shrinking against the others. Both are
the symmetric form of E. Kitagawa, *Components of a Difference Between Two Rates*, 1955.
A concentration index is the mean of the shares, weighted by themselves, and is taken
apart in the same way. A sum changes by the sum of the changes, and of a mix each thing
moves by the change of its share. The parts are exact fractions until they are told.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final, TypeAlias

from attrs import frozen

from missionkit.domain.checking import shape_faults
from missionkit.domain.marks import NotBlank, OneLine
from missionkit.domain.spec import Leaf
from missionkit.drift import codes
from missionkit.drift.amounts import Number, amount_faults, shares
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue
from missionkit.markup import shown
from missionkit.ports.finding import Driver

Refs: TypeAlias = Mapping[str, Sequence[str]]
"""The elements that a thing stands for, by its name."""
PartOf: TypeAlias = tuple[Number, Number]
"""How much of a thing counts, and how much of it there is: hours on mission, hours."""

_NAME: Final = Leaf(str, (NotBlank(), OneLine()))
_NO_REFS: Final[Refs] = MappingProxyType({})
_ZERO: Final = Fraction()


@frozen
class _Side:
    """A thing on one side: its own figure, its part of everything, and how much."""

    figure: Fraction | None
    part: Fraction = _ZERO
    of: Fraction | None = None

    @property
    def held(self) -> Fraction:
        """The figure; zero where there is none."""
        return self.figure or _ZERO


@frozen
class _Move:
    """What a thing did to the whole; `counted` is what its share is made of."""

    name: str
    old: _Side
    new: _Side
    moved: Fraction
    counted: Fraction


def share_drivers(
    dimension: str,
    before: Mapping[str, PartOf],
    after: Mapping[str, PartOf],
    *,
    refs: Refs = _NO_REFS,
) -> tuple[Driver, ...]:
    """Return what moved a share, such as that of effort on the mission, largest first.

    Of each thing it is given how much counts, and how much there is. What was not
    there on one side is taken to have been as it is on the other, so that its coming
    or going is all that it did.

    >>> before = {"homes": (80, 80), "festival": (0, 20)}
    >>> after = {"homes": (60, 60), "festival": (0, 40)}
    >>> [(d.name, round(d.moved, 3)) for d in share_drivers("activity", before, after)]
    [('festival', -0.14), ('homes', -0.06)]

    Raises:
        InvalidValueError: an amount is below zero or no finite number, more counts
            than there is, or there is nothing on a side.
    """
    old, new = _parts("before", before), _parts("after", after)
    return _told(dimension, _apart(old, new), refs)


def concentration_drivers(
    dimension: str,
    before: Mapping[str, Number],
    after: Mapping[str, Number],
    *,
    refs: Refs = _NO_REFS,
) -> tuple[Driver, ...]:
    """Return what moved the Herfindahl-Hirschman index, largest first.

    Raises:
        InvalidValueError: as `share_drivers`.
    """
    old, new = _amounts("before", before), _amounts("after", after)
    return _told(dimension, _apart(old, new), refs)


def mix_drivers(
    dimension: str,
    before: Mapping[str, Number],
    after: Mapping[str, Number],
    *,
    refs: Refs = _NO_REFS,
) -> tuple[Driver, ...]:
    """Return what moved in a mix, largest first.

    The shares of all that grew and of all that shrank are half of the change each.

    >>> [(d.name, d.moved, d.share) for d in mix_drivers("segment", {"a": 3, "b": 1},
    ...                                                  {"a": 1, "b": 3})]
    [('a', -0.5, 0.5), ('b', 0.5, 0.5)]

    Raises:
        InvalidValueError: as `share_drivers`.
    """
    moves = [
        _Move(name, old, new, grown := new.held - old.held, abs(grown))
        for name, old, new in _paired(
            _amounts("before", before), _amounts("after", after)
        )
    ]
    return _told(dimension, moves, refs)


def sum_drivers(
    dimension: str,
    before: Mapping[str, Number],
    after: Mapping[str, Number],
    *,
    refs: Refs = _NO_REFS,
) -> tuple[Driver, ...]:
    """Return what moved a sum, such as recurring revenue, largest first.

    Amounts may be below zero, such as refunds. Where the sum did not change no part of
    the change can be told, and `share` is None.

    Raises:
        InvalidValueError: an amount is no finite number.
    """
    moves = [
        _Move(name, old, new, moved := new.held - old.held, moved)
        for name, old, new in _paired(_sums("before", before), _sums("after", after))
    ]
    return _told(dimension, moves, refs, parts=False)


def _paired(
    old: Mapping[str, _Side], new: Mapping[str, _Side]
) -> Iterator[tuple[str, _Side, _Side]]:
    """Yield the two sides of each thing; what one side lacks has no figure there."""
    gone = _Side(None, of=_ZERO)
    return ((name, old.get(name, gone), new.get(name, gone)) for name in {**old, **new})


def _apart(old: Mapping[str, _Side], new: Mapping[str, _Side]) -> list[_Move]:
    """Take the change of a mean of figures, weighted by their parts, apart."""
    sides = [_filled(*each) for each in _paired(old, new)]
    middle = sum((b.part * b.held + a.part * a.held for _, b, a in sides), _ZERO) / 2
    found = []
    for name, b, a in sides:
        own = (b.part + a.part) / 2 * (a.held - b.held)
        grown = (a.part - b.part) * ((b.held + a.held) / 2 - middle)
        found.append(_Move(name, b, a, own + grown, own + grown))
    return found


def _filled(name: str, old: _Side, new: _Side) -> tuple[str, _Side, _Side]:
    """Return the sides, where of one nothing is known with the figure of the other."""
    first = new.figure if old.figure is None else old.figure
    last = old.figure if new.figure is None else new.figure
    return name, _Side(first, old.part, old.of), _Side(last, new.part, new.of)


def _told(
    dimension: str, moves: Iterable[_Move], refs: Refs, *, parts: bool = True
) -> tuple[Driver, ...]:
    """Return the drivers, largest first, and those alike by their names."""
    ordered = sorted(moves, key=lambda move: (-abs(move.moved), move.name))
    whole = sum((move.counted for move in ordered), _ZERO)
    return tuple(
        Driver(
            dimension=dimension,
            name=move.name,
            before=float(move.old.held),
            after=float(move.new.held),
            moved=float(move.moved),
            share=float(move.counted / whole) if whole else None,
            part_before=float(move.old.part) if parts else None,
            part_after=float(move.new.part) if parts else None,
            of_before=_float(move.old.of),
            of_after=_float(move.new.of),
            refs=tuple(refs.get(move.name, ())),
        )
        for move in ordered
    )


def _float(amount: Fraction | None) -> float | None:
    return None if amount is None else float(amount)


def _parts(path: str, given: Mapping[str, PartOf]) -> dict[str, _Side]:
    """Return which part of each thing counts, and which of everything it is."""
    _refuse(fault for each in given.items() for fault in _pair_faults(path, *each))
    wholes = shares({name: whole for name, (_, whole) in given.items()}, path)
    return {
        name: _Side(
            Fraction(part) / Fraction(whole) if whole else None,
            wholes[name],
            Fraction(whole),
        )
        for name, (part, whole) in given.items()
    }


def _amounts(path: str, given: Mapping[str, Number]) -> dict[str, _Side]:
    """Return which part of the whole each thing is, which is its figure as well."""
    _refuse(fault for name in given for fault in _name_faults(name, path))
    found = shares(given, path)
    return {
        name: _Side(found[name], found[name], Fraction(amount))
        for name, amount in given.items()
    }


def _sums(path: str, given: Mapping[str, Number]) -> dict[str, _Side]:
    """Return the amounts, which may be below zero."""
    _refuse(
        fault
        for name, amount in given.items()
        for fault in (
            *_name_faults(name, path),
            *shape_faults(
                Leaf(Decimal if isinstance(amount, Decimal) else float),
                amount,
                f"{path}[{shown(name)}]",
            ),
        )
    )
    found = {name: Fraction(amount) for name, amount in given.items()}
    return {name: _Side(each, of=each) for name, each in found.items()}


def _pair_faults(path: str, name: str, pair: PartOf) -> Iterator[Issue]:
    yield from _name_faults(name, path)
    at = f"{path}[{shown(name)}]"
    faults = [fault for each in pair for fault in amount_faults(each, at)]
    yield from faults
    if not faults and pair[0] > pair[1]:
        said = f"{shown(pair[0])} counts, of {shown(pair[1])} that there is."
        yield codes.PART_ABOVE_WHOLE.issue(said, path=at, value=pair[0])


def _name_faults(name: object, path: str) -> Iterator[Issue]:
    return shape_faults(_NAME, name, f"{path}[{shown(name)}]")


def _refuse(faults: Iterable[Issue]) -> None:
    found = tuple(faults)
    if found:
        raise InvalidValueError("drivers", found)
