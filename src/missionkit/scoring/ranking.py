"""`rank`: options put in order by several criteria, and how sure the order is."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import groupby, islice
from typing import Any, Final, TypeVar

from attrs import asdict, field, frozen

from missionkit.domain.checking import shape_faults
from missionkit.domain.spec import Choice
from missionkit.errors import InvalidValueError
from missionkit.markup import Html, columns, join, shown, table, tag
from missionkit.ports.options import Normalization, Numbers, Options
from missionkit.ports.part import MissingPolicy, said
from missionkit.ports.ranker import Ranker, RankingMethod
from missionkit.ports.score import Score
from missionkit.scoring.multi_criteria import Topsis, WeightedSum, why_none
from missionkit.scoring.places import in_order, places
from missionkit.scoring.rank_intervals import RankIntervals, rank_intervals
from missionkit.scoring.rankers import made_of, method_of, score_of, values_of
from missionkit.scoring.reading_options import Table, is_array, options_of
from missionkit.scoring.sensitivity import Sensitivity, sensitivity

__all__ = ["Ranked", "Ranking", "rank"]

_SHOWN: Final = 20
_HEAD: Final = ("place", "option", "value", "not known")


@frozen(kw_only=True)
class Ranked:
    """An option in a ranking: its place, shared where others tie, and its value.

    An option without a value has no place, and `reason` says why. `lacking` are the
    criteria for which it has no number.
    """

    option: str
    place: int | None = None
    shared: bool = False
    value: float | None = None
    reason: str = ""
    lacking: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the place, the option and the value."""
        if self.place is None or self.value is None:
            return f"{shown(self.option)}: no place, as {self.reason}"
        return f"{self.position} {shown(self.option)} ({said(self.value)})"

    @property
    def position(self) -> str:
        """The place as text, with ``=`` where it is shared."""
        return f"{self.place or ''}{'=' if self.shared else ''}"


@frozen(kw_only=True)
class Ranking:
    """Options in order, with the table they were read from and how it was done.

    It can be iterated from the first option on. Values that differ by less than one
    part in 10¹² share a place.
    """

    scorer: Ranker
    values: Numbers = field(eq=False, repr=False)
    policy: MissingPolicy
    reason: str = ""

    @property
    def method(self) -> str:
        """The name of the method."""
        return self.scorer.name

    @property
    def version(self) -> str:
        """The version of the method."""
        return self.scorer.version

    @property
    def normalization(self) -> Normalization | None:
        """How the numbers were made comparable; None by a method that has no need."""
        by = getattr(self.scorer, "by", None)
        return by if isinstance(by, Normalization) else None

    @property
    def options(self) -> Options:
        """The table, with the names of the options and a column for each criterion."""
        return self.scorer.options

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The rows of the table from the first place on; those without a value last."""
        return in_order(self.values, self.options.names)

    @cached_property
    def places(self) -> tuple[int | None, ...]:
        """The place of each row of the table."""
        return places(self.values, self.order)

    @property
    def first(self) -> tuple[str, ...]:
        """The options in the first place; several where they tie."""
        names, held = self.options.names, self.places
        return tuple(names[at] for at in self.order if held[at] == 1)

    def __len__(self) -> int:
        """Return how many options there are."""
        return len(self.options.names)

    def __iter__(self) -> Iterator[Ranked]:
        """Yield the options from the first place on."""
        ranked = groupby(self.order, key=self.places.__getitem__)
        for place, tied in ranked:
            rows = list(tied)
            shared = place is not None and len(rows) > 1
            yield from (self._ranked(row, place, shared=shared) for row in rows)

    def __getitem__(self, option: str) -> Ranked:
        """Return an option's place, or raise `NotFoundError`."""
        row = self.options.place_of(option)
        place = self.places[row]
        shared = place is not None and self.places.count(place) > 1
        return self._ranked(row, place, shared=shared)

    def score(self, option: str) -> Score:
        """Return the score of an option: its value with the parts it is made of.

        Raises:
            NotFoundError: there is no option of this name.
            PluginError: the method of a third party failed, or gave another value.
        """
        row = self.options.place_of(option)
        return score_of(self.scorer, option, self.values[row], self.policy)

    def sensitivity(self) -> Sensitivity:
        """Return which weight, changed by how much, gives another first place."""
        return sensitivity(self.scorer, self.values, self.order, self.policy)

    def intervals(
        self, *, draws: int = 1000, seed: int = 0, spread: float | None = None
    ) -> RankIntervals:
        """Return between which places each option stays under random weights.

        Every set of weights is as likely as any other; with a *spread* of 0.2 each
        weight is between 80 and 120 percent of its own. Equal seeds give equal weights.

        Raises:
            InvalidValueError: *draws* is not from 1 to 100,000, *seed* is less than
                0, or *spread* is not between 0 and 1.
        """
        return rank_intervals(
            self.scorer, self.policy, draws=draws, seed=seed, spread=spread
        )

    def as_dict(self) -> dict[str, Any]:
        """Return everything as JSON values, but for the table."""
        return {
            "method": self.method,
            "version": self.version,
            "normalization": self.normalization and str(self.normalization),
            "missing": str(self.policy),
            "reason": self.reason,
            "criteria": [each.as_dict() for each in self.options.criteria],
            "options": [{**asdict(e), "lacking": list(e.lacking)} for e in self],
        }

    def __str__(self) -> str:
        """Return the order, what the criteria count, and how it was made."""
        rows = tuple(self._rows())
        found = columns([("", *_HEAD), *(("", *row) for row in rows)]) if rows else ""
        lines = (self._headline(), found, self._more(), *self._how())
        return "\n".join(line for line in lines if line)

    def _repr_html_(self) -> Html:
        rows = tuple(self._rows())
        return join(
            (
                tag("p", tag("strong", self._headline())),
                table(_HEAD, rows) if rows else "",
                *(tag("p", line) for line in (self._more(), *self._how()) if line),
            )
        )

    def _ranked(self, row: int, place: int | None, *, shared: bool) -> Ranked:
        option, value = self.options.names[row], self.values[row]
        why = "" if value is not None else self.score(option).reason
        return Ranked(
            option=option,
            place=place,
            shared=shared,
            value=None if value is None else float(value),
            reason=why,
            lacking=self.options.lacking(row),
        )

    def _headline(self) -> str:
        count = len(self)
        held = f"{count:,} option{'' if count == 1 else 's'}"
        if self.reason:
            return f"{self.method} of {held}: no order, as {self.reason}"
        first = ", ".join(map(shown, islice(self.first, 3)))
        more = f" and {len(self.first) - 3:,} more" if len(self.first) > 3 else ""  # noqa: PLR2004 - three are named
        return f"{self.method} of {held}: first {first}{more}"

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for each in islice(self, _SHOWN):
            value = each.reason if each.value is None else said(each.value)
            yield each.position, each.option, value, ", ".join(each.lacking)

    def _more(self) -> str:
        more = len(self) - _SHOWN
        return f"… and {more:,} more" if more > 0 else ""

    def _how(self) -> Iterator[str]:
        for each in self.options.criteria:
            alike = "; the same for all" if each.is_constant else ""
            share = f"{each.share:.1%}"
            yield f"{each.name}: {each.direction} is better, weighs {share}{alike}."
        by = self.normalization
        how = f"normalization {by}" if by else "no normalization"
        made = f"Method {self.method}, version {self.version}; {how}"
        yield f"{made}; {_LACKING[self.policy]}."


_LACKING: Final = {
    MissingPolicy.SKIP: "an option is judged by what is known of it",
    MissingPolicy.ZERO: "what is not known counts as 0",
    MissingPolicy.FAIL: "an option of which something is not known has no place",
}


def rank(  # noqa: PLR0913 - the facts of one thing
    options: Table,
    *,
    using: RankingMethod | str = "weighted-sum",
    weights: Mapping[str, float] | None = None,
    directions: Mapping[str, str] | None = None,
    normalization: Normalization | str | None = None,
    missing: MissingPolicy | str = MissingPolicy.FAIL,
    names: Sequence[str] | None = None,
) -> Ranking:
    """Return *options* in order, by a weighted sum, by TOPSIS or a method of your own.

    *options* maps each option to what it has for each criterion, or each criterion to
    its column; then *names* are the options. *using* is the name of a method, also of a
    plug-in, or what makes a ranker of a table. Without *weights* all criteria count
    alike. Higher is better where *directions* do not say that lower is. The order may
    depend on the *normalization*: min-max for a weighted sum and vector for TOPSIS, if
    none is said. An option of which a number is None has no place, unless *missing* is
    to skip, so that the others count, or zero. In an array, NaN is None.

    >>> repair, rebuild = {"cost": 30, "gain": 5}, {"cost": 90, "gain": 9}
    >>> both = {"Repair": repair, "Rebuild": rebuild}
    >>> rank(both, weights={"cost": 1, "gain": 2}, directions={"cost": "lower"}).first
    ('Rebuild',)

    Raises:
        InvalidValueError: there is no table, or what it holds cannot be compared; a
            weight, a direction or a criterion is wrong; all are named. Or there is no
            method, or one without a normalization to choose.
        NotFoundError: there is no method of this name.
        PluginError: the method of a third party failed.
    """
    method = method_of(using)
    policy = _choice(MissingPolicy, missing, "missing")
    by = None
    if normalization is not None:
        by = _choice(Normalization, normalization, "normalization")
    table_read = options_of(options, weights, directions, names, policy=policy)
    return _ranking(made_of(method, table_read, by), policy)


def _ranking(scorer: Ranker, policy: MissingPolicy) -> Ranking:
    held = scorer.options
    reason = why_none(scorer)
    shares = [each.share for each in held.criteria]
    values: Numbers = [None] * len(held.names)
    if not reason:
        values = values_of(scorer, shares, policy)
        if not is_array(values) and all(value is None for value in values):
            reason = _why_no_place(scorer, policy)
    return Ranking(scorer=scorer, values=values, policy=policy, reason=reason)


def _why_no_place(scorer: Ranker, policy: MissingPolicy) -> str:
    """Return why no option has a value; a method of somebody else says so itself."""
    if not isinstance(scorer, WeightedSum | Topsis):
        return score_of(scorer, scorer.options.names[0], None, policy).reason
    return "of no option all that counts is known"


E = TypeVar("E", bound=StrEnum)


def _choice(kind: type[E], held: object, path: str) -> E:
    """Return a member of *kind*, also by its text."""
    found: object = {str(each): each for each in kind}.get(str(held), held)
    wrong = tuple(shape_faults(Choice(kind), found, path))
    if wrong or not isinstance(found, kind):
        raise InvalidValueError("rank", wrong)
    return found
