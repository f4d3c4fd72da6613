"""The contract of indicators passes a good one, and fails each one that is broken."""

import pickle
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import count
from typing import Any, ClassVar

import pytest
from attrs import evolve, frozen

from missionkit.domain.conduct import ActivityRecord, Ledger, RevenueRecord
from missionkit.domain.stakeholder import Need
from missionkit.domain.values import Period
from missionkit.errors import InvalidValueError
from missionkit.markup import Html
from missionkit.ports.indicator import Indicator, IndicatorView
from missionkit.ports.rule import LimitSpec
from missionkit.ports.series import Series, SeriesPoint
from missionkit.samples import sample
from missionkit.testing.indicators import IndicatorContract, effort_of, revenue_of


@frozen
class Meetings:
    """Which share of all hours went into meetings."""

    name: ClassVar[str] = "acme.meetings"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = ("activities",)
    limits: ClassVar[tuple[LimitSpec, ...]] = (
        LimitSpec("crowd", 0.01, "hours below which nothing is said"),
    )

    def __call__(self, view: IndicatorView, /) -> Iterable[Series]:
        records = tuple(view.activities or ())
        yield Series(
            indicator=self.name,
            title="Hours in meetings",
            unit="share of effort",
            points=tuple(
                self.point(view, period.start, period.end, records)
                for period in view.periods
                if period.start and period.end
            ),
            season=view.season,
        )

    def point(
        self,
        view: IndicatorView,
        start: date,
        end: date,
        records: tuple[ActivityRecord, ...],
    ) -> SeriesPoint:
        period = Period(start, end)
        within = [r for r in records if period.covers(r.on)]
        whole = sum(r.hours for r in within)
        if whole < view.limit("crowd"):
            return SeriesPoint(start=start, end=end, reason="no hours are recorded")
        met = sum(r.hours for r in within if "meeting" in r.what)
        return SeriesPoint(start=start, end=end, value=met / whole, of=whole)


class TestMeetings(IndicatorContract):
    @pytest.fixture
    def indicator(self) -> Indicator:
        return Meetings()


# ---- broken twins --------------------------------------------------------------------

TURNS = count()


def first(found: Iterable[Series], **changes: Any) -> list[Series]:  # noqa: ANN401
    return [evolve(each, **changes) for each in found]


def points(found: Iterable[Series], **changes: Any) -> list[Series]:  # noqa: ANN401
    """Return series of which every point that has a value is changed."""
    return [
        evolve(
            each,
            points=tuple(
                p if p.value is None else evolve(p, **changes) for p in each.points
            ),
        )
        for each in found
    ]


class Nameless(Meetings):
    name = " "


class OfNothing(Meetings):
    requires = ()


class OfNoKind(Meetings):
    requires = ("activities", "bet")


class TwoLimits(Meetings):
    limits = (*Meetings.limits, LimitSpec("crowd", 2, "again"))


class Unnamed(Meetings):
    limits = ()


class Fickle(Meetings):
    def __call__(self, view: IndicatorView, /) -> Iterable[Series]:
        return first(super().__call__(view), unit=f"turns {next(TURNS)}")


class Changing(Meetings):
    def __call__(self, view: IndicatorView, /) -> Iterable[Series]:
        need = view.model.of(Need)[0] if view.model.of(Need) else None
        if need is not None:
            was = need.notes
            object.__setattr__(need, "notes", f"{next(TURNS)}")
            UNDONE.append((need, was))
        return super().__call__(view)


UNDONE: list[tuple[Need, str]] = []


class ByPlace(Meetings):
    def __call__(self, view: IndicatorView, /) -> Iterable[Series]:
        held = tuple(view.activities or ())
        unit = held[0].what if held else "points"
        return first(super().__call__(view), unit=unit)


class Curious(Meetings):
    def __call__(self, view: IndicatorView, /) -> Iterable[Series]:
        paid = len(tuple(view.revenue or ()))
        return first(super().__call__(view), unit=f"points {paid}")


class Raising(Meetings):
    def __call__(self, view: IndicatorView, /) -> Iterable[Series]:
        next(iter(view.activities or ()))
        return super().__call__(view)


class Mute(Meetings):
    def __call__(self, view: IndicatorView, /) -> Iterable[Series]:
        return points(super().__call__(view), value=None, reason="nobody knows")


class Renamed(Meetings):
    def __call__(self, view: IndicatorView, /) -> Iterable[Series]:
        return first(super().__call__(view), indicator="acme.other")


class Twice(Meetings):
    def __call__(self, view: IndicatorView, /) -> Iterable[Series]:
        found = tuple(super().__call__(view))
        return (*found, *found)


class OfOwnSeason(Meetings):
    def __call__(self, view: IndicatorView, /) -> Iterable[Series]:
        return first(super().__call__(view), season=7)


class Lacking(Meetings):
    def __call__(self, view: IndicatorView, /) -> Iterable[Series]:
        return [evolve(s, points=s.points[1:]) for s in super().__call__(view)]


class Imputing(Meetings):
    def point(
        self,
        view: IndicatorView,
        start: date,
        end: date,
        records: tuple[ActivityRecord, ...],
    ) -> SeriesPoint:
        found = super().point(view, start, end, records)
        return evolve(found, value=found.value or 0.0, reason="")


class InPercent(Meetings):
    def __call__(self, view: IndicatorView, /) -> Iterable[Series]:
        return points(super().__call__(view), value=40.0)


class LessThanNothing(Meetings):
    def __call__(self, view: IndicatorView, /) -> Iterable[Series]:
        return points(super().__call__(view), of=-1.0)


class ByRows(Meetings):
    def __call__(self, view: IndicatorView, /) -> Iterable[Series]:
        rows = len(tuple(view.activities or ()))
        return points(super().__call__(view), value=1 / (1 + rows))


class OfNobody(Meetings):
    def __call__(self, view: IndicatorView, /) -> Iterable[Series]:
        return first(super().__call__(view), refs=("nobody",))


class Unpickled(Meetings):
    def __reduce__(self) -> Any:  # noqa: ANN401 - as pickle has it
        raise pickle.PicklingError("no")


class _Loud(Series):
    def _repr_html_(self) -> Html:
        return Html("<script>alert()</script>")


class Scripted(Meetings):
    def __call__(self, view: IndicatorView, /) -> Iterable[Series]:
        names = [item.name for item in Series.__attrs_attrs__]
        found = super().__call__(view)
        return [_Loud(**{name: getattr(s, name) for name in names}) for s in found]


TWINS: dict[type[Meetings], str] = {
    Nameless: "a_name_and_a_version",
    OfNothing: "requires_only",
    OfNoKind: "requires_only",
    TwoLimits: "limits_have_names_of_their_own",
    Unnamed: "asks_for_no_limit",
    Fickle: "equal_views_give_equal_series",
    Changing: "it_changes_nothing",
    ByPlace: "the_order_of_records",
    Curious: "what_it_does_not_require",
    Raising: "it_never_raises",
    Mute: "something_to_say",
    Renamed: "says_what_made_it",
    Twice: "says_what_made_it",
    OfOwnSeason: "says_what_made_it",
    Lacking: "one_point_for_each_period",
    Imputing: "a_period_without_records",
    InPercent: "a_share_lies_between",
    LessThanNothing: "no_less_than_nothing",
    ByRows: "in_smaller_parts",
    OfNobody: "about_elements_that_are_there",
    Unpickled: "survive_pickling",
    Scripted: "tells_itself",
}


def cases() -> Iterator[tuple[str, Callable[..., None]]]:
    for name, held in vars(IndicatorContract).items():
        if name.startswith("test_"):
            yield name, held


def failures(indicator: Indicator, words: str = "") -> list[str]:
    """Return which cases of the contract an indicator does not pass."""
    contract, failed = IndicatorContract(), []
    for name, case in cases():
        if words not in name:
            continue
        views = IndicatorContract.views.__wrapped__(contract)  # type: ignore[attr-defined]  # pytest's
        given: dict[str, Any] = {"indicator": indicator, "views": views}
        code = case.__code__
        wanted = code.co_varnames[1 : code.co_argcount]
        try:
            asked = IndicatorContract.asked.__wrapped__(contract, indicator, views)  # type: ignore[attr-defined]  # pytest's
            given["asked"] = asked
            if "given" in wanted:
                given["given"] = [tuple(indicator(view)) for view in asked]
            case(contract, **{key: given[key] for key in wanted})
        except Exception:  # noqa: BLE001 - any failure is one
            failed.append(name)
    while UNDONE:
        need, was = UNDONE.pop()
        object.__setattr__(need, "notes", was)
    return failed


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: str(twin.__name__))
def test_an_indicator_that_breaks_a_promise_is_found_out(twin: type[Meetings]) -> None:
    assert failures(twin(), TWINS[twin])


def test_the_good_twin_passes_all() -> None:
    assert failures(Meetings()) == []


def test_every_promise_has_a_twin_that_breaks_it() -> None:
    told = {name for name, _ in cases() if any(word in name for word in TWINS.values())}

    assert {name for name, _ in cases()} == told


def test_an_indicator_may_have_figures_without_records_and_no_effort() -> None:
    contract = IndicatorContract()
    contract.needs_records = False  # type: ignore[misc]  # as a class of its own would
    (whole, *_) = IndicatorContract.views.__wrapped__(contract)  # type: ignore[attr-defined]  # pytest's
    view = evolve(whole, limits={"crowd": 0.01})
    given = [tuple(Imputing()(view))]
    contract.test_a_period_without_records_has_no_value_and_says_why(
        Imputing(), [view], given
    )
    bare = evolve(view, activities=None)
    contract.test_the_same_effort_in_smaller_parts_gives_the_same_figures(
        Meetings(), [bare], [tuple(Meetings()(bare))]
    )


def test_a_point_without_a_value_or_a_reason_is_not_built() -> None:
    with pytest.raises(InvalidValueError):
        SeriesPoint(start=date(2025, 1, 1), end=date(2025, 1, 31), value=float("nan"))
    point = SeriesPoint(start=date(2025, 1, 1), end=date(2025, 1, 31))
    with pytest.raises(InvalidValueError, match="reason"):
        Series(indicator="x", title="X", unit="share", points=(point,))


def test_records_to_be_shown_have_gaps_refunds_and_things_that_nobody_knows() -> None:
    model = sample()
    effort: Ledger[ActivityRecord] = Ledger(tuple(effort_of(model)))
    revenue: Ledger[RevenueRecord] = Ledger(tuple(revenue_of(model)))

    assert {r.on.month for r in effort} == {1, 2, 4, 5, 7, 8}
    assert {r.on.month for r in revenue} == {1, 2, 4, 5, 7, 8}
    assert {r.serves in model if r.serves else None for r in effort} == {
        True,
        False,
        None,
    }
    assert any(r.amount.amount < 0 for r in revenue)
    assert {r.recurring for r in revenue} == {True, False}
