"""Effort on the mission cut by who did it, where, by which process and for whom.

Cut by role or sphere, a series says which share of the effort of that role or sphere
is on the mission: weighted by how much each did, they add up to the whole figure. Cut
by process or stakeholder, it says which share of *all* effort is on the mission and
reaches them; an hour may serve several, so these need not add up to the whole.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Final, TypeAlias

from missionkit.domain.declaration import Element
from missionkit.domain.intent import OperatingSphere
from missionkit.domain.role import Role
from missionkit.drift.effort import Effort, Key, efforts
from missionkit.drift.figure import Figure, as_title, known, series, unknown
from missionkit.drift.indicators.mission import (
    SHARE,
    counted_on_mission,
    on_mission,
    shares,
)
from missionkit.drift.ledger.sums import ZERO, plus, ratio
from missionkit.drift.moved.effort import Counts, effort_moved
from missionkit.drift.moved.sides import NOT_STATED
from missionkit.drift.naming import refs_by_name, titles
from missionkit.drift.sight import sight
from missionkit.ports.finding import Finding
from missionkit.ports.indicator import Indicator, IndicatorView
from missionkit.ports.series import Series, SeriesPoint

Cut: TypeAlias = "Mapping[str, tuple[Decimal, Decimal]]"

_ROLE: Final = "effort-on-mission-by-role"
_SPHERE: Final = "effort-on-mission-by-sphere"
_PROCESS: Final = "effort-on-mission-by-process"
_STAKEHOLDER: Final = "effort-on-mission-by-stakeholder"
_WORDS: Final = {1: "role", 2: "sphere"}
_NOBODY: Final = ""  # no role and no sphere has a blank name


def by_role(view: IndicatorView) -> Iterator[Series]:
    """Yield for each role which share of its effort is on the mission.

    Effort of which nobody says by which role it was spent has a series of its own. A
    snapshot does not tell roles.
    """
    return _within(view, _ROLE, "role", 1, Role)


def by_sphere(view: IndicatorView) -> Iterator[Series]:
    """Yield for each sphere which share of the effort in it is on the mission.

    Effort of which nobody says in which sphere it was spent has a series of its own. A
    snapshot does not tell spheres.
    """
    return _within(view, _SPHERE, "sphere", 2, OperatingSphere)


def _within(
    view: IndicatorView, name: str, word: str, at: int, kind: type[Element]
) -> Iterator[Series]:
    found = view.once(efforts)
    if not any(effort.told for effort in found):
        said = f"no ledger says by which {word} effort was spent"
        points = (unknown(each.span, each.reason or said) for each in found)
        title = f"Effort on the mission, {word} by {word}"
        yield series(view, name, title=title, unit=SHARE, points=points)
        return
    refs = refs_by_name(view, kind)
    cuts = [_cut(view, effort, at, refs) for effort in found]
    parts = sorted({part for cut in cuts for part in cut})
    for part, title in titles(view, parts, refs).items():
        pairs = zip(found, cuts, strict=True)
        yield series(
            view,
            name,
            title=_titled(word, title),
            unit=f"share of the {word}'s effort",
            points=(_share(effort, cut, part, word) for effort, cut in pairs),
            refs=(part,) if part in refs.values() else (),
        )


def _cut(view: IndicatorView, effort: Effort, at: int, refs: Mapping[str, str]) -> Cut:
    """Return what is on the mission, and all, of each role or sphere of a period."""
    on = on_mission(view)
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for key, amount in effort.amounts.items():
        said = key[at] or _NOBODY
        part = refs.get(said, said)
        held, whole = found.get(part, (ZERO, ZERO))
        counted = plus(held, amount) if on(key) else held
        found[part] = (counted, plus(whole, amount))
    return found


def _share(effort: Effort, cut: Cut, part: str, word: str) -> SeriesPoint:
    held, whole = cut.get(part, (ZERO, ZERO))
    if effort.reason:
        return unknown(effort.span, effort.reason)
    if not whole:
        return unknown(effort.span, f"no effort of this {word} is counted in it")
    return known(effort.span, ratio(held, whole), float(whole))


def by_process(view: IndicatorView) -> Iterator[Series]:
    """Yield which share of all effort is on the mission by way of each process.

    That is effort for the process itself, and for what has its line of sight through
    it, such as an activity. A process that no effort served has no series.
    """
    seen = view.once(sight)
    return _through(view, _PROCESS, "by way of", seen.processes)


def by_stakeholder(view: IndicatorView) -> Iterator[Series]:
    """Yield which share of all effort is on the mission and serves each stakeholder.

    An hour that serves several counts for each. A stakeholder whom no effort served has
    no series.
    """
    seen = view.once(sight)
    return _through(view, _STAKEHOLDER, "for", seen.stakeholders)


def _through(
    view: IndicatorView,
    name: str,
    word: str,
    passed: Callable[[str], frozenset[str]],
) -> Iterator[Series]:
    found = view.once(efforts)
    on = view.once(sight).on
    served = {key[0] or "" for each in found for key in each.amounts} & on
    through = {ref: passed(ref) for ref in served}
    every = sorted({part for parts in through.values() for part in parts})
    for part, title in titles(view, every, every).items():
        mine = frozenset(ref for ref, parts in through.items() if part in parts)
        yield series(
            view,
            name,
            title=f"Effort on the mission {word} {title}",
            unit=SHARE,
            points=shares(found, _serves(mine)),
            refs=(part,),
        )


def _serves(refs: frozenset[str]) -> Callable[[Key], bool]:
    return lambda key: key[0] in refs


def _in_part(
    at: int, kind: type[Element], view: IndicatorView, finding: Finding
) -> Counts:
    """Return which hours are those of the role or sphere of a finding."""
    refs = refs_by_name(view, kind)
    parts = {key[at] or _NOBODY for e in view.once(efforts) for key in e.amounts}
    every = sorted({refs.get(part, part) for part in parts})
    mine = {
        part
        for part, title in titles(view, every, refs).items()
        if as_title(_titled(_WORDS[at], title)) == finding.title
    }
    return lambda key: refs.get(key[at] or _NOBODY, key[at] or _NOBODY) in mine


def _titled(word: str, title: str) -> str:
    return f"Effort on the mission: {word} {title or NOT_STATED}"


def _counted_through(
    passed: Callable[[IndicatorView], Callable[[str], frozenset[str]]],
    view: IndicatorView,
    finding: Finding,
) -> Counts:
    on, reaching, ref = view.once(sight).on, passed(view), finding.refs[0]
    return lambda key: key[0] in on and ref in reaching(key[0] or "")


def _processes(view: IndicatorView) -> Callable[[str], frozenset[str]]:
    return view.once(sight).processes


def _stakeholders(view: IndicatorView) -> Callable[[str], frozenset[str]]:
    return view.once(sight).stakeholders


INDICATORS: tuple[Indicator, ...] = (
    Figure(
        name=_STAKEHOLDER,
        make=by_stakeholder,
        requires=("activities", "core_intent", "stakeholder"),
        moved=effort_moved(partial(_counted_through, _stakeholders)),
    ),
    Figure(
        name=_ROLE,
        make=by_role,
        requires=("activities", "core_intent"),
        moved=effort_moved(counted_on_mission, partial(_in_part, 1, Role)),
    ),
    Figure(
        name=_PROCESS,
        make=by_process,
        requires=("activities", "core_intent", "process"),
        moved=effort_moved(partial(_counted_through, _processes)),
    ),
    Figure(
        name=_SPHERE,
        make=by_sphere,
        requires=("activities", "core_intent"),
        moved=effort_moved(counted_on_mission, partial(_in_part, 2, OperatingSphere)),
    ),
)
