"""Two mixes as they are given: mappings of counts, or records that have a key."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from operator import index
from typing import Any, Final, TypeAlias

from attrs import frozen

from missionkit.domain.checking import shape_faults
from missionkit.domain.marks import AtLeast, NotBlank, OneLine
from missionkit.domain.spec import Leaf
from missionkit.drift import codes
from missionkit.drift.mix.table import MixTable, MixUnit
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue, did_you_mean
from missionkit.markup import shown

Key: TypeAlias = str | Callable[[Any], object]
"""Where a record has its category or its unit: a name, or a function of the record."""
Mix: TypeAlias = Mapping[str, int] | Iterable[object]
"""Counts by category, or records."""

_ASKED: Final = "find_mix_shift"
_COUNT: Final = Leaf(int, (AtLeast(0),))
_NAME: Final = Leaf(str, (NotBlank(), OneLine()))
_MOST: Final = 500
_TOLD: Final = 20
_ABSENT: Final = object()


def mix_table(before: Mix, after: Mix, by: Key | None, unit: Key | None) -> MixTable:
    """Return what two mixes count; raise `InvalidValueError` that names every fault."""
    given = {"before": before, "after": after}
    mapped = [isinstance(each, Mapping) for each in given.values()]
    reads = _counted if all(mapped) and by is None else _recorded
    faults = list(_wrong_call(given, by, unit, mapped))
    if not faults:
        table, faults = reads(given, by, unit)
        faults = faults or list(_too_many(table))
    if faults:
        raise InvalidValueError(_ASKED, tuple(faults))
    return table


def _wrong_call(
    given: Mapping[str, object], by: Key | None, unit: Key | None, mapped: list[bool]
) -> Iterator[Issue]:
    """Yield what is wrong before anything is counted."""
    if any(mapped):
        if not all(mapped):
            said = "One of before and after is a mapping of counts, the other is not."
            yield codes.MIX_UNREADABLE.issue(said, path="after")
        for name, key in (("by", by), ("unit", unit)):
            if key is not None:
                said = f"{name} is about records, and counts are given."
                yield codes.MIX_UNREADABLE.issue(said, path=name, value=key)
        return
    for name, held in given.items():
        if isinstance(held, str | bytes) or not isinstance(held, Iterable):
            said = f"{name} must be a mapping of counts, or records, got {shown(held)}."
            yield codes.MIX_UNREADABLE.issue(said, path=name, value=held)
    for name, key in (("by", by), ("unit", unit)):
        if not (isinstance(key, str) or callable(key) or (name, key) == ("unit", None)):
            said = f"{name} must say where a record has its part."
            yield codes.MIX_UNREADABLE.issue(said, path=name, value=key)


def _counted(
    given: Mapping[str, Any], _by: Key | None, _unit: Key | None
) -> tuple[MixTable, list[Issue]]:
    faults: list[Issue] = []
    sides = []
    for path, held in given.items():
        side: dict[str, Any] = {}
        for name, count in held.items():
            at = f"{path}[{shown(name)}]"
            side[name] = whole = _whole(count)
            found = [*shape_faults(_NAME, name, at), *shape_faults(_COUNT, whole, at)]
            faults += found[: _TOLD - len(faults)]
        sides.append(side)
    if faults:
        return MixTable((), (), ()), faults
    before, after = sides
    names = tuple(
        sorted(
            name for name in {**before, **after} if before.get(name) or after.get(name)
        )
    )
    return MixTable(
        names,
        tuple(before.get(name, 0) for name in names),
        tuple(after.get(name, 0) for name in names),
    ), []


def _whole(count: Any) -> object:  # noqa: ANN401 - anything may be given
    """Return a whole number of any library as one of Python; others as they are."""
    try:
        return count if isinstance(count, bool) else index(count)
    except TypeError:
        return count


@frozen
class _Record:
    """What is read of a record: its side, its category and its unit."""

    after: bool
    category: str
    unit: object


def _recorded(
    given: Mapping[str, Any], by: Key | None, unit: Key | None
) -> tuple[MixTable, list[Issue]]:
    faults: list[Issue] = []
    found: list[_Record] = []
    left_out = 0
    days: list[date] = []
    for path, records in given.items():
        for at, record in enumerate(records):
            category, wrong = _category(record, by, f"{path}[{at}]")
            whose, odd = _unit(record, unit, f"{path}[{at}]")
            faults += [*wrong, *odd][: _TOLD - len(faults)]
            if category is None or whose is None:
                left_out += 1
            else:
                found.append(_Record(path == "after", category, whose))
                days += _days(record) if path == "after" else ()
    if faults:
        return MixTable((), (), ()), faults
    return _tabled(found, unit, left_out, min(days, default=None)), []


def _tabled(
    found: list[_Record], unit: Key | None, left_out: int, begins: date | None
) -> MixTable:
    names = tuple(sorted({each.category for each in found}))
    place = {name: at for at, name in enumerate(names)}
    sides: tuple[Counter[int], Counter[int]] = Counter(), Counter()
    units: dict[object, tuple[Counter[int], Counter[int]]] = {}
    for each in found:
        at = place[each.category]
        sides[each.after][at] += 1
        if unit is not None:
            both = units.setdefault(each.unit, (Counter(), Counter()))
            both[each.after][at] += 1
    before, after = (tuple(side[at] for at in range(len(names))) for side in sides)
    # The order of records must not matter, nor what the units are called.
    cells = [tuple(tuple(sorted(c.items())) for c in pair) for pair in units.values()]
    held = tuple(MixUnit(*pair) for pair in sorted(cells))
    return MixTable(names, before, after, held, left_out, begins)


def _category(
    record: object, by: Key | None, path: str
) -> tuple[str | None, list[Issue]]:
    held, faults = _field(record, by, path)
    if held is None or faults:
        return None, faults
    if isinstance(held, Enum):
        held = held.value
    name = {True: "yes", False: "no"}[held] if isinstance(held, bool) else str(held)
    return name, list(shape_faults(_NAME, name, path))


def _unit(record: object, unit: Key | None, path: str) -> tuple[object, list[Issue]]:
    if unit is None:
        return path, []
    held, faults = _field(record, unit, path)
    try:
        hash(held)
    except TypeError:
        said = f"{path} has a unit that is not told apart from others: {shown(held)}."
        faults = [codes.MIX_UNREADABLE.issue(said, path=path, value=held)]
    return held, faults


def _field(record: object, key: Key | None, path: str) -> tuple[object, list[Issue]]:
    if not isinstance(key, str):
        return (key(record) if key else None), []
    if isinstance(record, Mapping):
        held, names = record.get(key, _ABSENT), [str(each) for each in record]
    else:
        held, names = getattr(record, key, _ABSENT), dir(record)
    if held is not _ABSENT:
        return held, []
    said = f"{path} has no {shown(key)}."
    near = did_you_mean(key, (name for name in names if not name.startswith("_")))
    return None, [codes.MIX_UNREADABLE.issue(said, path=path, value=key, fix=near)]


def _days(record: object) -> tuple[date, ...]:
    day = record.get("on") if isinstance(record, Mapping) else getattr(record, "on", 0)
    return (day,) if type(day) is date else ()


def _too_many(table: MixTable) -> Iterator[Issue]:
    if len(table.names) > _MOST:
        said = f"There are {len(table.names):,} categories, more than {_MOST:,}."
        yield codes.MIX_UNREADABLE.issue(
            said, path="by", fix="join categories that are alike, such as small ones"
        )
