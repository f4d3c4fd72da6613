"""The contract of detectors: whoever writes one inherits the proof that it keeps it.

class TestHalves(DetectorContract):
    @pytest.fixture
    def detector(self) -> Detector:
        return Halves()
"""

import json
import pickle
import random
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from math import comb, isclose
from typing import ClassVar, Final

import attrs
import pytest
from attrs import evolve

from missionkit.domain.review import Shift
from missionkit.ports.detector import Detector, DetectorView
from missionkit.ports.finding import DriftVerdict, Finding
from missionkit.testing.series import EXTREMES, calm, series_of, shown_views, stepped
from missionkit.testing.well_formed import WellFormed

__all__ = ["DetectorContract", "calm", "series_of", "stepped"]

_NEAR: Final = 1e-9
_LEVELS: Final = (0.2, 0.1, 0.05, 0.01, 0.001)
_SURE: Final = 0.001
_UNSURE: Final = DriftVerdict.NOT_ENOUGH_DATA
_DRIFT: Final = DriftVerdict.DRIFT
_OTHER: Final = {None: None, Shift.UP: Shift.DOWN, Shift.DOWN: Shift.UP}


class DetectorContract:
    """Every case that a detector has to pass, one to a sentence of `Detector`.

    Inherit it under a name that pytest collects, and give it a fixture `detector`. A
    fixture `views` of your own asks about other series. Set `own_zero` where the values
    have a zero of their own, as counts have, so that a shift is no mere matter of the
    unit; then `views` of your own are needed. `runs` is how many calm series are shown
    to see how often it alarms. From `estimable` values on that are not all alike it has
    to say which shift it could have seen.
    """

    own_zero: ClassVar[bool] = False
    runs: ClassVar[int] = 60
    estimable: ClassVar[int] = 12

    @pytest.fixture
    def views(self) -> Sequence[DetectorView]:
        """Give what the detector is asked: calm series, shifts, trends and gaps."""
        return list(shown_views())

    @pytest.fixture
    def findings(
        self, detector: Detector, views: Sequence[DetectorView]
    ) -> list[Finding]:
        """Give what the detector answers to each view."""
        return [detector(view) for view in views]

    # ---- what it is ------------------------------------------------------------------

    def test_it_is_a_detector_with_a_name_and_a_version(
        self, detector: Detector
    ) -> None:
        assert isinstance(detector, Detector)
        assert detector.name.strip()
        assert detector.version.strip()

    def test_equal_views_give_equal_findings(
        self,
        detector: Detector,
        views: Sequence[DetectorView],
        findings: list[Finding],
    ) -> None:
        fresh = [evolve(view, series=evolve(view.series)) for view in views]

        assert [detector(view) for view in fresh] == findings
        assert [detector(view) for view in reversed(fresh)] == findings[::-1]

    def test_chance_comes_from_the_seed_of_the_view_alone(
        self,
        detector: Detector,
        views: Sequence[DetectorView],
        findings: list[Finding],
    ) -> None:
        before = random.getstate()
        try:
            for seed, (view, finding) in enumerate(zip(views, findings, strict=True)):
                random.seed(seed)
                there = random.getstate()
                assert detector(view) == finding
                assert random.getstate() == there
        finally:
            random.setstate(before)

    def test_it_changes_nothing(
        self, detector: Detector, views: Sequence[DetectorView]
    ) -> None:
        for view in views:
            before = pickle.dumps(view)
            detector(view)
            assert pickle.dumps(view) == before

    # ---- what does not matter --------------------------------------------------------

    def test_a_constant_added_to_all_values_changes_no_verdict(
        self,
        detector: Detector,
        views: Sequence[DetectorView],
        findings: list[Finding],
    ) -> None:
        if self.own_zero:
            return
        for view, was in zip(views, findings, strict=True):
            for constant in (64.0, -512.0):
                found = detector(_with(view, _linear(1, constant)))
                _alike(found, was, by=1)
                _moved(found, was, by=1, constant=constant)

    def test_the_unit_of_the_values_changes_no_verdict(
        self,
        detector: Detector,
        views: Sequence[DetectorView],
        findings: list[Finding],
    ) -> None:
        if self.own_zero:
            return
        for view, was in zip(views, findings, strict=True):
            for by in (4.0, 0.125):
                least = None if view.least is None else view.least * by
                scaled = _with(view, _linear(by, 0))
                found = detector(evolve(scaled, least=least))
                _alike(found, was, by=by)
                _moved(found, was, by=by, constant=0)

    def test_values_with_their_sign_reversed_drift_the_other_way(
        self,
        detector: Detector,
        views: Sequence[DetectorView],
        findings: list[Finding],
    ) -> None:
        if self.own_zero:
            return
        for view, was in zip(views, findings, strict=True):
            found = detector(_with(view, _linear(-1, 0)))
            assert (found.verdict, found.since) == (was.verdict, was.since)
            assert found.direction is _OTHER[was.direction]
            assert _near(found.effect, was.effect, -1)
            assert _near(found.low, was.high, -1)
            assert _near(found.high, was.low, -1)

    # ---- when it cannot tell ---------------------------------------------------------

    def test_too_few_points_are_not_enough_data(self, detector: Detector) -> None:
        for size in range(4):
            found = detector(DetectorView(series=series_of(calm(size, 1))))
            assert found.verdict is _UNSURE
            assert found.reason.strip()

    def test_values_that_never_move_are_no_drift(self, detector: Detector) -> None:
        for size in (8, 24, 60):
            for value in (0.0, 0.5, -7.25):
                found = detector(DetectorView(series=series_of([value] * size)))
                assert found.verdict is not _DRIFT

    def test_points_without_a_value_are_counted_out(
        self, detector: Detector, views: Sequence[DetectorView], findings: list[Finding]
    ) -> None:
        for view, found in zip(views, findings, strict=True):
            assert found.points <= len(view.series.known)
        nothing = detector(DetectorView(series=series_of([None] * 24)))
        assert (nothing.verdict, nothing.points) == (_UNSURE, 0)

    def test_what_cannot_be_told_has_the_smallest_shift_that_could_be_seen(
        self, views: Sequence[DetectorView], findings: list[Finding]
    ) -> None:
        for view, found in zip(views, findings, strict=True):
            values = view.series.values
            told = len(values) >= self.estimable and len(set(values)) > 1
            if told and found.verdict is not _DRIFT:
                assert found.visible is not None
            assert found.visible is None or found.visible > 0

    def test_it_never_raises_whatever_the_values_are(self, detector: Detector) -> None:
        for values in EXTREMES:
            for level in (0.0, 0.05, 1.0):
                for least in (None, 0.0, 1e300):
                    view = DetectorView(
                        series=series_of(values), level=level, least=least
                    )
                    assert isinstance(detector(view), Finding)

    # ---- what it gives ---------------------------------------------------------------

    def test_a_finding_says_what_made_it_and_of_what(
        self, detector: Detector, views: Sequence[DetectorView], findings: list[Finding]
    ) -> None:
        for view, found in zip(views, findings, strict=True):
            of = view.series
            assert (found.method, found.version) == (detector.name, detector.version)
            assert found.indicator == of.indicator
            assert (found.title, found.unit) == (of.title, of.unit)
            assert (found.refs, found.level) == (of.refs, view.level)

    def test_a_reason_is_given_where_data_cannot_tell_and_only_there(
        self, findings: list[Finding]
    ) -> None:
        for found in findings:
            assert bool(found.reason.strip()) is (found.verdict is _UNSURE)

    def test_a_verdict_has_an_effect_within_its_interval(
        self, findings: list[Finding]
    ) -> None:
        for found in findings:
            if found.verdict is not _UNSURE:
                assert found.effect is not None
                assert found.low is not None
                assert found.high is not None
                assert found.low <= found.effect <= found.high

    def test_a_drift_is_a_shift_that_the_level_allows_to_be_told(
        self, views: Sequence[DetectorView], findings: list[Finding]
    ) -> None:
        for view, found in zip(views, findings, strict=True):
            if found.verdict is _DRIFT:
                assert found.effect
                assert found.p_value is None or found.p_value <= view.level

    def test_the_month_of_a_shift_is_one_of_the_series(
        self, views: Sequence[DetectorView], findings: list[Finding]
    ) -> None:
        for view, found in zip(views, findings, strict=True):
            starts = {point.start for point in view.series.points}
            told = [found.earliest, found.since, found.latest]
            dated = [day for day in told if day is not None]
            assert starts.issuperset(dated)
            assert dated == sorted(dated)

    def test_a_stricter_level_never_finds_more(
        self, detector: Detector, views: Sequence[DetectorView]
    ) -> None:
        for view in views:
            found = [detector(evolve(view, level=x)).verdict for x in _LEVELS]
            drifts = [verdict is _DRIFT for verdict in found]
            assert drifts == sorted(drifts, reverse=True)

    def test_a_shift_that_everybody_sees_is_found(self, detector: Detector) -> None:
        if self.own_zero:
            return
        for step in (12.0, -12.0):
            view = DetectorView(series=series_of(stepped(48, 24, step, 21)))
            found = detector(view)
            assert found.verdict is _DRIFT
            assert found.direction is (Shift.UP if step > 0 else Shift.DOWN)

    def test_it_alarms_on_calm_series_no_more_often_than_the_level_says(
        self, detector: Detector
    ) -> None:
        if self.own_zero:
            return
        views = [
            DetectorView(series=series_of(calm(24, 1000 + seed)), seed=seed)
            for seed in range(self.runs)
        ]
        alarms = sum(detector(view).verdict is _DRIFT for view in views)
        assert alarms <= _most(self.runs, 0.05)

    def test_a_detector_and_its_findings_survive_pickling(
        self, detector: Detector, views: Sequence[DetectorView], findings: list[Finding]
    ) -> None:
        again: Detector = pickle.loads(pickle.dumps(detector))  # noqa: S301 - our own bytes

        assert pickle.loads(pickle.dumps(findings)) == findings  # noqa: S301 - our own bytes
        assert [again(view) for view in views] == findings

    def test_a_finding_tells_itself_in_words_html_and_json(
        self, findings: list[Finding]
    ) -> None:
        for found in findings:
            assert found.title in str(found)
            WellFormed().feed(found._repr_html_())
            facts = attrs.asdict(found, value_serializer=_plain)
            told = json.loads(json.dumps(facts, allow_nan=False))
            assert told["verdict"] == found.verdict.value


def _with(view: DetectorView, change: Callable[[float], float]) -> DetectorView:
    """Return a view of which every value is changed, and nothing else."""
    points = tuple(
        point if point.value is None else evolve(point, value=change(point.value))
        for point in view.series.points
    )
    return evolve(view, series=evolve(view.series, points=points))


def _linear(by: float, constant: float) -> Callable[[float], float]:
    return lambda x: by * x + constant


def _alike(found: Finding, was: Finding, *, by: float) -> None:
    assert found.verdict is was.verdict
    assert found.direction is was.direction
    assert (found.since, found.earliest, found.latest) == (
        was.since,
        was.earliest,
        was.latest,
    )
    assert _near(found.p_value, was.p_value, 1)
    assert _near(found.visible, was.visible, by)


def _moved(found: Finding, was: Finding, *, by: float, constant: float) -> None:
    for name in ("effect", "low", "high"):
        assert _near(getattr(found, name), getattr(was, name), by)
    for name in ("before", "after"):
        assert _near(getattr(found, name), getattr(was, name), by, constant)


def _near(
    found: float | None, was: float | None, by: float, constant: float = 0
) -> bool:
    if found is None or was is None:
        return found is was
    return isclose(found, was * by + constant, rel_tol=_NEAR, abs_tol=_NEAR)


def _most(runs: int, level: float) -> int:
    """Return how many alarms chance seldom goes above: once in a thousand."""
    left, alarms = 1.0, -1
    while left > _SURE:
        alarms += 1
        chance = level**alarms * (1 - level) ** (runs - alarms)
        left -= comb(runs, alarms) * chance
    return alarms


def _plain(_: object, __: object, held: object) -> object:
    if isinstance(held, StrEnum):
        return held.value
    return held.isoformat() if isinstance(held, date) else held
