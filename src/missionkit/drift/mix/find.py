"""Whether a mix shifted: of clients, offerings, segments, or whatever is counted."""

from collections.abc import Iterator, Mapping
from datetime import date
from math import ceil
from random import Random
from typing import Final

from attrs import evolve, frozen

from missionkit.domain.checking import shape_faults
from missionkit.domain.codes import WRONG_TYPE
from missionkit.domain.intent import Limit
from missionkit.domain.marks import Between, NotBlank, OneLine
from missionkit.domain.spec import Leaf
from missionkit.drift import codes
from missionkit.drift.draws import Draws
from missionkit.drift.mix.chance import by_chance, g_statistic
from missionkit.drift.mix.interval import CONFIDENCE, Moved, moved
from missionkit.drift.mix.power import visible_shift
from missionkit.drift.mix.reading import Key, Mix, mix_table
from missionkit.drift.mix.table import MixTable
from missionkit.drift.moved.drivers import Refs, mix_drivers
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue
from missionkit.markup import shown
from missionkit.ports.finding import DriftVerdict, Finding

METHOD: Final = "mix-permutation"
VERSION: Final = "1"
_MOST: Final = 1_000_000
_NO_REFS: Final[Refs] = {}


def find_mix_shift(  # noqa: PLR0913 - options of one question, by keyword
    before: Mix,
    after: Mix,
    *,
    by: Key | None = None,
    unit: Key | None = None,
    title: str | None = None,
    since: date | None = None,
    refs: Refs = _NO_REFS,
    level: float = 0.05,
    least: float = 0.10,
    seed: int = 0,
    permutations: int = 999,
) -> Finding:
    """Return whether a mix shifted by more than *least*, or why data cannot tell.

    Both mixes are counts by category, or records of which *by* names the category:
    a field, or a function of a record. Counted are things that are independent of each
    other. Several receipts of one client are not: name in *unit* where a record has
    its client, and clients are dealt out by chance instead of receipts. Records without
    a category or a unit are left out, and their number is told in the parameters.
    The shift shows from *since* on, or else from the first day recorded after.

    The p-value is that of the G statistic among permutations, or among all tables with
    the same margins where these are few, and cannot raise more false alarms than
    *level* says. The effect is the total variation, less what chance adds to it (what
    was observed is among the parameters). It is drift where the p-value is at most
    *level* and the effect above *least*; no drift where it is not and a shift of
    *least* would have shown with a power of 80 %; else data cannot tell.

    >>> found = find_mix_shift({"members": 90, "visitors": 10},
    ...                        {"members": 50, "visitors": 50})
    >>> found.verdict.value, found.drivers[0].name, round(found.drivers[0].moved, 2)
    ('drift', 'members', -0.4)

    Raises:
        InvalidValueError: counts that are no whole numbers or below zero, a record
            without the field, or more than 500 categories; every fault is named.
    """
    faults = tuple(_faults(level, least, seed, permutations, title))
    if since is not None:
        faults += tuple(shape_faults(Leaf(date), since, "since"))
    faults += tuple(_ref_faults(refs))
    if faults:
        raise InvalidValueError("find_mix_shift", faults)
    table = mix_table(before, after, by, unit)
    dimension = by if isinstance(by, str) else "category"
    asked = _Asked(level, least, seed, permutations)
    base = Finding(
        indicator="mix",
        title=title or (f"Mix by {dimension}" if by else "Mix"),
        unit="share",
        verdict=DriftVerdict.NOT_ENOUGH_DATA,
        reason=_nothing(table) or "not judged yet",
        confidence=CONFIDENCE,
        least=least,
        level=level,
        since=since or table.begins,
        directed=False,
        points=len(table.units) or sum(table.sizes),
        method=METHOD,
        version=VERSION,
        parameters=_parameters(table, asked),
        refs=tuple(dict.fromkeys(ref for held in refs.values() for ref in held)),
    )
    return base if _nothing(table) else _judged(base, table, asked, dimension, refs)


@frozen
class _Asked:
    level: float
    least: float
    seed: int
    permutations: int


def _faults(
    level: float, least: float, seed: int, permutations: int, title: str | None
) -> Iterator[Issue]:
    share = Leaf(float, (Between(0, 1),))
    times = Leaf(int, (Between(1, _MOST),))
    wrong = list(shape_faults(share, level, "level"))
    yield from wrong
    yield from shape_faults(share, least, "least")
    yield from shape_faults(Leaf(int), seed, "seed")
    odd = list(shape_faults(times, permutations, "permutations"))
    yield from odd
    if title is not None:
        yield from shape_faults(Leaf(str, (NotBlank(), OneLine())), title, "title")
    if not (wrong or odd) and level * (permutations + 1) < 1:
        needed = f"at least {ceil(1 / level) - 1:,}" if level else "a level above 0"
        said = f"With {permutations} permutations nothing is ever significant."
        yield codes.TOO_FEW_DRAWS.issue(
            said, path="permutations", value=permutations, fix=f"give {needed}"
        )


def _ref_faults(refs: object) -> Iterator[Issue]:
    """Yield what is wrong with the elements that categories stand for."""
    if not isinstance(refs, Mapping):
        said = f"refs must be ids by category, got {shown(refs)}."
        yield WRONG_TYPE.issue(said, path="refs", value=refs)
        return
    for name, held in refs.items():
        ids = held if isinstance(held, list | tuple) else (None,)
        if not all(isinstance(each, str) for each in ids):
            path = f"refs[{shown(name)}]"
            said = f"{path} must be a list of ids, got {shown(held)}."
            yield WRONG_TYPE.issue(said, path=path, value=held)


def _nothing(table: MixTable) -> str:
    """Return why nothing can be judged at all, or an empty text."""
    empty = [
        word
        for word, size in zip(("before", "after"), table.sizes, strict=True)
        if not size
    ]
    if empty:
        return f"nothing was counted {' and '.join(empty)}"
    if len(table.names) == 1:
        return "all is of one category, so nothing can move between categories"
    return ""


def _parameters(table: MixTable, asked: _Asked) -> tuple[Limit, ...]:
    found = {
        "counted before": table.sizes[0],
        "counted after": table.sizes[1],
        "categories": len(table.names),
        "units": len(table.units),
        "left out": table.left_out,
        "permutations": asked.permutations,
        "seed": asked.seed,
    }
    return tuple(Limit(name=name, value=value) for name, value in found.items())


def _judged(
    base: Finding, table: MixTable, asked: _Asked, dimension: str, refs: Refs
) -> Finding:
    draws = Draws(Random(asked.seed).random)  # noqa: S311 - chance is meant, not secrecy
    chance = by_chance(table, draws, asked.permutations)
    shift = moved(table, draws, asked.permutations)
    found = g_statistic(table.before, table.after)
    p_value = chance.p_value(found)
    significant = p_value <= asked.level
    visible = visible_shift(table, chance, asked.level)
    verdict, reason = _verdict(table, asked, shift, visible, significant=significant)
    sides = (
        dict(zip(table.names, side, strict=True))
        for side in (table.before, table.after)
    )
    return evolve(
        base,
        verdict=verdict,
        reason=reason,
        effect=shift.effect,
        # What chance alone may well have done has no lower bound above zero.
        low=shift.low if significant else 0.0,
        high=shift.high,
        visible=visible,
        p_value=p_value,
        statistic=found,
        limit=chance.critical(asked.level),
        parameters=(
            *base.parameters,
            Limit(name="exact", value=int(chance.exact)),
            Limit(name="share moved as counted", value=shift.observed),
        ),
        drivers=mix_drivers(dimension, *sides, refs=refs),
    )


def _verdict(
    table: MixTable,
    asked: _Asked,
    shift: Moved,
    visible: float | None,
    *,
    significant: bool,
) -> tuple[DriftVerdict, str]:
    if significant and shift.effect > asked.least:
        return DriftVerdict.DRIFT, ""
    if visible is not None and visible <= asked.least:
        return DriftVerdict.NO_DRIFT, ""
    n, m = table.sizes
    counted = f"{n:,} counted before and {m:,} after"
    if visible is None:
        said = f"with {counted} no shift, however large, would surely show"
    elif significant:
        said = f"a shift shows, but {counted} cannot tell whether it is"
        said += f" above {asked.least:.0%}"
    else:
        said = f"with {counted} only a shift of {visible:.0%} or more would surely show"
    return DriftVerdict.NOT_ENOUGH_DATA, said
