"""Which weight, changed by how much, would put another option in the first place."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeAlias

from attrs import asdict, frozen

from missionkit.markup import Html, columns, join, shown, table, tag
from missionkit.ports.options import Numbers
from missionkit.ports.part import MissingPolicy
from missionkit.ports.ranker import Ranker
from missionkit.scoring.multi_criteria import Topsis, WeightedSum
from missionkit.scoring.places import nearness
from missionkit.scoring.race import Race
from missionkit.scoring.searching import Search

_SEARCHED: Final = (
    "Searched by weights a point apart: what changes and changes back between two is "
    "not seen."
)
_HEAD: Final = ("criterion", "weighs", "another is first at", "change", "then first")


@frozen(kw_only=True)
class Flip:
    """The smallest change of one weight that gives another first place.

    At the share `at` both tie; beyond it `option` is first. Without it, no share of
    this weight alone changes the first place.
    """

    criterion: str
    share: float
    at: float | None = None
    option: str = ""

    @property
    def change(self) -> float | None:
        """By how much the share has to change."""
        return None if self.at is None else self.at - self.share


@frozen(kw_only=True)
class Sensitivity:
    """For each criterion, how far its weight is from another first place.

    It is solved for a weighted sum and for TOPSIS; of a method of somebody else it is
    `searched`, by weights a point apart.
    """

    first: str = ""
    flips: tuple[Flip, ...] = ()
    reason: str = ""
    searched: bool = False

    @property
    def nearest(self) -> Flip | None:
        """The smallest change of all that gives another first place."""
        moved = [each for each in self.flips if each.change is not None]
        return min(moved, key=lambda each: abs(each.change or 0), default=None)

    def as_dict(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        flips = [{**asdict(each), "change": each.change} for each in self.flips]
        return {
            "first": self.first,
            "reason": self.reason,
            "searched": self.searched,
            "flips": flips,
        }

    def __str__(self) -> str:
        """Return for each criterion what change of its weight matters."""
        if self.reason:
            return self._headline()
        rows = [("", *row) for row in self._rows()]
        told = (self._headline(), columns([("", *_HEAD), *rows]))
        return "\n".join((*told, _SEARCHED) if self.searched else told)

    def _repr_html_(self) -> Html:
        head = tag("p", tag("strong", self._headline()))
        if self.reason:
            return head
        more = tag("p", _SEARCHED) if self.searched else ""
        return join((head, table(_HEAD, self._rows()), more))

    def _headline(self) -> str:
        if self.reason:
            return f"Nothing to change, as {self.reason}."
        found = self.nearest
        if found is None or found.change is None or found.at is None:
            return f"{shown(self.first)} is first whatever a single weight is."
        return (
            f"{shown(self.first)} is first until the weight of {found.criterion} goes "
            f"from {found.share:.1%} to {found.at:.1%}; then {shown(found.option)} is."
        )

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for each in self.flips:
            at = "" if each.at is None else f"{each.at:.1%}"
            change = "" if each.change is None else f"{100 * each.change:+.1f} points"
            yield each.criterion, f"{each.share:.1%}", at, change, each.option


def sensitivity(
    method: Ranker, values: Numbers, order: Sequence[int], policy: MissingPolicy
) -> Sensitivity:
    """Return for each criterion the smallest change that gives another first place."""
    names = method.options.names
    rows = [row for row in order if values[row] is not None]
    criteria = method.options.criteria
    reason = _why_not(method, values, rows, policy)
    if reason:
        return Sensitivity(reason=reason)
    searched = not isinstance(method, WeightedSum | Topsis)
    nearest_flip = _finder(method, rows, policy)
    shares = [each.share for each in criteria]
    flips = []
    for at, each in enumerate(criteria):
        found = nearest_flip(at, shares)
        if found is None:
            flips.append(Flip(criterion=each.name, share=each.share))
            continue
        share, rival = found
        flips.append(
            Flip(
                criterion=each.name,
                share=each.share,
                at=share,
                option=names[rival],
            )
        )
    return Sensitivity(first=names[rows[0]], flips=tuple(flips), searched=searched)


Finder: TypeAlias = Callable[[int, Sequence[float]], tuple[float, int] | None]


def _finder(method: Ranker, rows: Sequence[int], policy: MissingPolicy) -> Finder:
    if isinstance(method, WeightedSum | Topsis):
        return Race.of(method, rows).nearest_flip
    return Search(method, policy, rows[0]).nearest_flip


def _why_not(
    method: Ranker, values: Numbers, rows: Sequence[int], policy: MissingPolicy
) -> str:
    if not rows:
        return "no option has a place"
    if policy is MissingPolicy.SKIP and any(map(method.options.lacking, rows)):
        return "options that are judged by different criteria have no common weights"
    held = [value for row in rows[:2] if (value := values[row]) is not None]
    known = [value for row in rows if (value := values[row]) is not None]
    if len(held) == 1:
        return "there is only one option with a place"
    if held[0] - held[1] <= nearness(known):
        return "the first place is shared"
    return ""
