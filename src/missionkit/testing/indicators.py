"""The contract of indicators: whoever writes one inherits the proof that it keeps it.

class TestMeetings(IndicatorContract):
    @pytest.fixture
    def indicator(self) -> Indicator:
        return Meetings()
"""

import json
import pickle
from collections.abc import Sequence
from datetime import date
from math import isclose
from typing import ClassVar, Final

import attrs
import pytest
from attrs import evolve

from missionkit.domain.conduct import ActivityRecord, Ledger, RevenueRecord
from missionkit.domain.model import Model
from missionkit.domain.values import Period
from missionkit.ports.indicator import Indicator, IndicatorView
from missionkit.ports.rule import LimitSpec
from missionkit.ports.series import Series
from missionkit.testing.records import effort_of, revenue_of, shown_views
from missionkit.testing.well_formed import WellFormed

__all__ = ["IndicatorContract", "effort_of", "revenue_of"]

_LEDGERS: Final = ("activities", "revenue")
_NEAR: Final = 1e-12
_YEAR: Final = 2025


class IndicatorContract:
    """Every case that an indicator has to pass, one to a sentence of `Indicator`.

    Inherit it under a name that pytest collects, and give it a fixture `indicator`. It
    is asked about the sample organization with some effort and receipts; a fixture
    `views` of your own asks about others. A unit that begins with one of the words of
    `bounded` is taken to mean a number from 0 to 1. Set `needs_records` to False where
    a period without records has a figure nevertheless.
    """

    bounded: ClassVar[tuple[str, ...]] = ("share",)
    needs_records: ClassVar[bool] = True

    @pytest.fixture
    def views(self) -> Sequence[IndicatorView]:
        """Give what it is asked: records of months, and snapshots of quarters."""
        return shown_views()

    @pytest.fixture
    def asked(
        self, indicator: Indicator, views: Sequence[IndicatorView]
    ) -> list[IndicatorView]:
        """Give the views, each with the limits that the indicator names."""
        known = _defaults(indicator)
        return [
            evolve(
                view,
                limits={name: view.limits.get(name, known[name]) for name in known},
            )
            for view in views
        ]

    @pytest.fixture
    def given(
        self, indicator: Indicator, asked: list[IndicatorView]
    ) -> list[tuple[Series, ...]]:
        """Give what the indicator answers to each view."""
        return [tuple(indicator(view)) for view in asked]

    # ---- what it says of itself ------------------------------------------------------

    def test_it_is_an_indicator_with_a_name_and_a_version(
        self, indicator: Indicator
    ) -> None:
        assert isinstance(indicator, Indicator)
        assert indicator.name.strip()
        assert indicator.version.strip()

    def test_it_requires_only_ledgers_and_kinds_that_there_are(
        self, indicator: Indicator, views: Sequence[IndicatorView]
    ) -> None:
        assert indicator.requires
        for view in views:
            known = {*_LEDGERS, *(spec.kind for spec in view.model.kinds)}
            assert known.issuperset(indicator.requires)

    def test_its_limits_have_names_of_their_own(self, indicator: Indicator) -> None:
        assert all(isinstance(limit, LimitSpec) for limit in indicator.limits)
        names = [limit.name for limit in indicator.limits]
        assert sorted(set(names)) == sorted(names)

    def test_it_asks_for_no_limit_that_it_does_not_name(
        self, indicator: Indicator, asked: list[IndicatorView]
    ) -> None:
        for view in asked:
            # The view raises for a limit that it was not given.
            tuple(indicator(view))

    # ---- what does not matter --------------------------------------------------------

    def test_equal_views_give_equal_series(
        self,
        indicator: Indicator,
        asked: list[IndicatorView],
        given: list[tuple[Series, ...]],
    ) -> None:
        fresh = [evolve(view) for view in asked]

        assert [tuple(indicator(view)) for view in fresh] == given
        assert [tuple(indicator(view)) for view in reversed(fresh)] == given[::-1]

    def test_it_changes_nothing(
        self, indicator: Indicator, asked: list[IndicatorView]
    ) -> None:
        for view in asked:
            held = (tuple(view.model), _records(view), view.periods)
            before = pickle.dumps(held)
            tuple(indicator(view))
            assert pickle.dumps(held) == before

    def test_the_order_of_records_and_elements_changes_nothing(
        self,
        indicator: Indicator,
        asked: list[IndicatorView],
        given: list[tuple[Series, ...]],
    ) -> None:
        for view, was in zip(asked, given, strict=True):
            turned = Model(tuple(view.model)[::-1], kinds=view.model.kinds)
            assert tuple(indicator(evolve(_turned(view), model=turned))) == was

    def test_what_it_does_not_require_changes_nothing(
        self,
        indicator: Indicator,
        asked: list[IndicatorView],
        given: list[tuple[Series, ...]],
    ) -> None:
        for view, was in zip(asked, given, strict=True):
            needs = indicator.requires
            bare = evolve(
                view,
                activities=view.activities if "activities" in needs else None,
                revenue=view.revenue if "revenue" in needs else None,
            )
            assert tuple(indicator(bare)) == was

    def test_it_never_raises_whatever_there_is(
        self, indicator: Indicator, asked: list[IndicatorView]
    ) -> None:
        for view in asked:
            nothing = evolve(view, activities=Ledger(()), revenue=Ledger(()))
            for each in (
                nothing,
                evolve(nothing, model=Model(), on=None),
                evolve(view, model=Model()),
                evolve(view, activities=None, revenue=None),
                evolve(view, periods=()),
                evolve(view, periods=(Period(date(_YEAR, 1, 1), None),)),
                evolve(view, on=date(_YEAR - 1, 1, 1)),
            ):
                assert all(isinstance(found, Series) for found in indicator(each))

    # ---- what it gives ---------------------------------------------------------------

    def test_it_has_something_to_say_where_all_is_there(
        self, given: list[tuple[Series, ...]]
    ) -> None:
        assert any(found.known for series in given for found in series)

    def test_a_series_says_what_made_it(
        self,
        indicator: Indicator,
        asked: list[IndicatorView],
        given: list[tuple[Series, ...]],
    ) -> None:
        for view, series in zip(asked, given, strict=True):
            for each in series:
                assert each.indicator == indicator.name
                assert each.season in (1, view.season)
            titles = [each.title for each in series]
            assert len(set(titles)) == len(titles)

    def test_there_is_one_point_for_each_period(
        self, asked: list[IndicatorView], given: list[tuple[Series, ...]]
    ) -> None:
        for view, series in zip(asked, given, strict=True):
            periods = [(period.start, period.end) for period in view.periods]
            for each in series:
                assert [(point.start, point.end) for point in each.points] == periods

    def test_a_period_without_records_has_no_value_and_says_why(
        self,
        indicator: Indicator,
        asked: list[IndicatorView],
        given: list[tuple[Series, ...]],
    ) -> None:
        for view, series in zip(asked, given, strict=True):
            days = [r.on for r in _records(view, indicator.requires)]
            if not days or not self.needs_records:
                continue
            for each in series:
                for period, point in zip(view.periods, each.points, strict=True):
                    if not any(map(period.covers, days)):
                        assert point.value is None
                        assert point.reason.strip()

    def test_a_share_lies_between_none_and_all(
        self, given: list[tuple[Series, ...]]
    ) -> None:
        for found in (each for series in given for each in series):
            if found.unit.startswith(self.bounded):
                assert all(-_NEAR <= x <= 1 + _NEAR for x in found.values)

    def test_what_a_figure_is_made_of_is_no_less_than_nothing(
        self, given: list[tuple[Series, ...]]
    ) -> None:
        for found in (each for series in given for each in series):
            assert all(p.of is None or p.of >= 0 for p in found.points)

    def test_the_same_effort_in_smaller_parts_gives_the_same_figures(
        self,
        indicator: Indicator,
        asked: list[IndicatorView],
        given: list[tuple[Series, ...]],
    ) -> None:
        for view, was in zip(asked, given, strict=True):
            if view.activities is None:
                continue
            parts = tuple(
                evolve(record, hours=record.hours / 2)
                for record in view.activities
                for _ in range(2)
            )
            found = tuple(indicator(evolve(view, activities=Ledger(parts))))
            assert [each.title for each in found] == [each.title for each in was]
            for one, other in zip(found, was, strict=True):
                assert all(map(_same, one.values, other.values))

    def test_every_series_is_about_elements_that_are_there(
        self, asked: list[IndicatorView], given: list[tuple[Series, ...]]
    ) -> None:
        for view, series in zip(asked, given, strict=True):
            assert all(ref in view.model for each in series for ref in each.refs)

    def test_an_indicator_and_its_series_survive_pickling(
        self,
        indicator: Indicator,
        asked: list[IndicatorView],
        given: list[tuple[Series, ...]],
    ) -> None:
        again: Indicator = pickle.loads(pickle.dumps(indicator))  # noqa: S301 - our own bytes

        assert pickle.loads(pickle.dumps(given)) == given  # noqa: S301 - our own bytes
        assert [tuple(again(view)) for view in asked] == given

    def test_a_series_tells_itself_in_words_html_and_json(
        self, given: list[tuple[Series, ...]]
    ) -> None:
        for found in (each for series in given for each in series):
            assert found.title in str(found)
            WellFormed().feed(found._repr_html_())  # type: ignore[attr-defined]  # planted
            facts = attrs.asdict(found, value_serializer=_plain)
            assert json.loads(json.dumps(facts, allow_nan=False))["unit"] == found.unit


def _defaults(indicator: Indicator) -> dict[str, float]:
    return {str(limit.name): limit.default for limit in indicator.limits}


def _records(
    view: IndicatorView, names: Sequence[str] = _LEDGERS
) -> tuple[ActivityRecord | RevenueRecord, ...]:
    """Return the records of the ledgers that are named."""
    effort = view.activities if "activities" in names else None
    revenue = view.revenue if "revenue" in names else None
    return (*(effort or ()), *(revenue or ()))


def _turned(view: IndicatorView) -> IndicatorView:
    effort, revenue = view.activities, view.revenue
    return evolve(
        view,
        activities=None if effort is None else Ledger(tuple(effort)[::-1]),
        revenue=None if revenue is None else Ledger(tuple(revenue)[::-1]),
    )


def _same(one: float, other: float) -> bool:
    return isclose(one, other, rel_tol=_NEAR, abs_tol=_NEAR)


def _plain(_: object, __: object, held: object) -> object:
    return held.isoformat() if isinstance(held, date) else held
