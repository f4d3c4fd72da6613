"""The search for a shift of level: what it finds, what it refuses to say, and why."""

import json
import os
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import pi, sin
from pathlib import Path
from random import Random
from statistics import NormalDist, fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missionkit.domain.review import Shift
from missionkit.drift.detectors.level_shift import LEVEL_SHIFT
from missionkit.drift.shift.fit import AUTOCORRELATIONS, fit_shift
from missionkit.drift.shift.limits import (
    LONGEST,
    SHORTEST,
    least_level,
    seasons,
    shift_limits,
)
from missionkit.drift.shift.verdict import FOLLOWED
from missionkit.drift.shift.whitened import EDGE, dot, whitened
from missionkit.ports.detector import Detector, DetectorView
from missionkit.ports.finding import DriftVerdict, Finding
from missionkit.ports.series import Series, SeriesPoint

DRIFT, NO_DRIFT = DriftVerdict.DRIFT, DriftVerdict.NO_DRIFT
UNSURE = DriftVerdict.NOT_ENOUGH_DATA


def months(count: int) -> list[tuple[date, date]]:
    starts = [date(2020 + at // 12, at % 12 + 1, 1) for at in range(count + 1)]
    return [(a, b - timedelta(days=1)) for a, b in pairwise(starts)]


def monthly(values: Sequence[float | None], season: int = 12) -> Series:
    return Series(
        indicator="share",
        title="Effort on mission",
        unit="share",
        points=tuple(
            SeriesPoint(
                start=start,
                end=end,
                value=value,
                reason="" if value is not None else "nobody reported",
            )
            for value, (start, end) in zip(values, months(len(values)), strict=True)
        ),
        season=season,
    )


def noise(count: int, seed: int = 1, phi: float = 0.0) -> list[float]:
    draw = Random(seed)  # noqa: S311 - the same draws for each seed
    normal = NormalDist()
    found = [normal.inv_cdf(draw.random())]
    for _ in range(count - 1):
        fresh = normal.inv_cdf(draw.random())
        found.append(phi * found[-1] + (1 - phi * phi) ** 0.5 * fresh)
    return found


def shifted(values: Sequence[float], by: float, first: int) -> list[float]:
    return [v + by if at >= first else v for at, v in enumerate(values)]


def judged(
    values: Sequence[float | None],
    *,
    season: int = 12,
    level: float = 0.05,
    least: float | None = None,
) -> Finding:
    series = monthly(values, season)
    return LEVEL_SHIFT(DetectorView(series=series, level=level, least=least))


class TestWhatItFinds:
    def test_it_is_a_detector(self) -> None:
        assert isinstance(LEVEL_SHIFT, Detector)

    @pytest.mark.parametrize("by", [4.0, -4.0])
    def test_a_large_shift_is_drift_from_its_month_on(self, by: float) -> None:
        found = judged(shifted(noise(36), by, 20))
        assert found.verdict is DRIFT
        assert found.since == date(2021, 9, 1)
        assert found.earliest is not None
        assert found.latest is not None
        assert found.earliest <= found.since <= found.latest
        assert found.direction is (Shift.UP if by > 0 else Shift.DOWN)
        assert found.low is not None
        assert found.high is not None
        assert found.low < by < found.high
        assert found.before == pytest.approx(fmean(noise(36)[:20]), abs=1e-9)

    def test_noise_alone_is_no_drift_where_what_matters_would_have_shown(self) -> None:
        found = judged(noise(36), least=3.0)
        assert found.verdict is NO_DRIFT
        assert found.visible is not None
        assert found.visible <= 3.0
        assert found.direction is None

    def test_where_what_matters_could_hide_there_is_not_enough_data(self) -> None:
        found = judged(noise(24), least=0.5)
        assert found.verdict is UNSURE
        assert found.visible is not None
        assert found.visible > 0.5
        assert f"{found.visible:.3g}" in found.reason

    def test_a_shift_smaller_than_what_matters_is_none(self) -> None:
        values = shifted([each / 10 for each in noise(36)], 1.0, 18)
        assert judged(values).verdict is DRIFT
        found = judged(values, least=5.0)
        assert found.verdict is NO_DRIFT
        assert found.effect == pytest.approx(1.0, abs=0.2)

    def test_a_figure_that_never_moved_did_not_drift(self) -> None:
        found = judged([0.8] * 24)
        assert found.verdict is NO_DRIFT
        assert (found.effect, found.low, found.high) == (0.0, 0.0, 0.0)

    def test_a_shift_that_takes_its_time_is_drift_from_its_first_month_on(self) -> None:
        values = [
            5 * min(max((at - 11) / 12, 0), 1) + each / 5
            for at, each in enumerate(noise(36))
        ]
        found = judged(values)
        assert found.verdict is DRIFT
        assert found.since is not None
        assert date(2020, 11, 1) <= found.since <= date(2021, 3, 1)
        assert found.latest is not None
        assert date(2021, 10, 1) <= found.latest <= date(2022, 2, 1)
        assert found.effect == pytest.approx(5, abs=0.5)
        assert "points of the slope" in {each.name for each in found.parameters}

    def test_a_step_without_noise_is_drift(self) -> None:
        found = judged([0.8] * 12 + [0.6] * 12)
        assert found.verdict is DRIFT
        assert found.since == date(2021, 1, 1)
        assert found.effect == pytest.approx(-0.2)


class TestWhatItDoesNotSay:
    @pytest.mark.parametrize("count", [0, 1, 2, 11])
    def test_few_points(self, count: int) -> None:
        found = judged(noise(36)[:count], season=1)
        assert found.verdict is UNSURE
        assert f"there are {count}" in found.reason

    def test_less_than_two_years_where_there_may_be_a_season(self) -> None:
        values = shifted(noise(18), 6, 9)
        assert "two years" in judged(values).reason
        assert judged(values, season=1).verdict is DRIFT

    def test_a_season_without_limits(self) -> None:
        assert "season of 7" in judged(noise(36), season=7).reason

    def test_a_level_without_limits(self) -> None:
        assert "levels from" in judged(noise(36), level=1e-5).reason

    def test_too_many_gaps(self) -> None:
        values = [v if at % 2 else None for at, v in enumerate(noise(60))]
        assert "only 30 of 59 periods" in judged(values).reason
        assert "stands alone" not in judged(values).reason

    def test_one_point_long_before_all_others_is_named(self) -> None:
        values = [0.5, *[None] * 40, *noise(19)]
        said = "only 20 of 60 periods have a value: look at 2020-01, which stands alone"
        assert said in judged(values).reason

    def test_points_that_follow_each_other_too_closely(self) -> None:
        found = judged(noise(60, phi=0.97))
        assert found.verdict is UNSURE
        assert "follows the one before" in found.reason
        assert found.visible is None


class TestSeasons:
    def test_a_season_is_no_shift_and_hides_none(self) -> None:
        waves = [4 * sin(2 * pi * at / 12) for at in range(48)]
        calm = [w + e for w, e in zip(waves, noise(48), strict=True)]
        assert judged(calm, least=3).verdict is NO_DRIFT
        found = judged(shifted(calm, 3, 24))
        assert found.verdict is DRIFT
        assert found.season == 12
        assert found.since == date(2022, 1, 1)

    def test_without_a_season_there_is_one_level(self) -> None:
        assert judged(noise(48)).season == 1


class TestGaps:
    def test_a_gap_is_passed_over_and_the_month_is_still_right(self) -> None:
        values: list[float | None] = [*shifted(noise(36), 5, 20)]
        values[3] = values[19] = values[30] = None
        found = judged(values)
        assert found.verdict is DRIFT
        assert found.since == date(2021, 9, 1)
        assert found.points == 33

    def test_points_left_out_of_the_series_are_gaps_as_well(self) -> None:
        whole = monthly([*shifted(noise(36), 5, 20)])
        kept = tuple(p for at, p in enumerate(whole.points) if at not in {3, 19})
        fewer = Series(indicator="s", title="s", unit="share", points=kept)
        gaps = monthly(
            [None if at in {3, 19} else p.value for at, p in enumerate(whole.points)]
        )
        one, other = (LEVEL_SHIFT(DetectorView(series=s)) for s in (fewer, gaps))
        assert one.statistic == other.statistic
        assert one.since == other.since

    def test_of_a_long_series_the_newest_points_are_used(self) -> None:
        found = judged(noise(LONGEST + 30))
        assert found.points == LONGEST
        assert "older points left out" in {each.name for each in found.parameters}


class TestLaws:
    @given(
        st.integers(0, 10_000),
        st.sampled_from((14, 24, 37)),
        st.sampled_from((1, 4, 12)),
        st.floats(-1e3, 1e3),
        st.sampled_from((0.125, 1.0, 64.0)),
    )
    @settings(max_examples=60, deadline=None)
    def test_level_scale_and_sign_of_the_figure_change_no_verdict(
        self, seed: int, count: int, season: int, by: float, scale: float
    ) -> None:
        values = shifted(noise(count, seed), seed % 5, count // 2)
        one = judged(values, season=season)
        other = judged([by + scale * v for v in values], season=season)
        mirrored = judged([-v for v in values], season=season)
        assert one.verdict is other.verdict is mirrored.verdict
        assert one.since == other.since == mirrored.since
        if one.effect is not None:
            assert other.effect == pytest.approx(scale * one.effect, abs=1e-6 * scale)
            assert mirrored.effect == pytest.approx(-one.effect, abs=1e-9)

    @given(st.integers(0, 10_000), st.floats(0.001, 0.4))
    @settings(max_examples=40, deadline=None)
    def test_who_asks_to_be_surer_never_finds_more(
        self, seed: int, level: float
    ) -> None:
        values = shifted(noise(30, seed), 2, 15)
        strict, loose = judged(values, level=level), judged(values, level=level * 2)
        assert strict.verdict is not DRIFT or loose.verdict is DRIFT

    @given(st.integers(0, 10_000))
    @settings(max_examples=40, deadline=None)
    def test_the_verdict_agrees_with_its_p_value(self, seed: int) -> None:
        found = judged(shifted(noise(30, seed), seed % 4, 15))
        assert found.p_value is not None
        if found.verdict is DRIFT:
            assert found.p_value <= found.level * 1.0001
        assert 0 < found.p_value <= 1


class TestLimits:
    def test_they_grow_with_what_is_asked_and_stay_in_order(self) -> None:
        for season in seasons():
            for length in range(max(SHORTEST, 2 * season), LONGEST + 1):
                held = shift_limits(length, season)
                assert list(held.levels) == sorted(held.levels, reverse=True)
                assert list(held.limits) == sorted(held.limits)
                assert list(held.errors) == sorted(held.errors)
                assert list(held.season_errors) == sorted(held.season_errors)
                assert held.p_value(held.limit(0.05)) == pytest.approx(0.05)
                assert held.p_value(-9) == 1
                assert held.p_value(99) == least_level()

    @pytest.mark.parametrize("season", [1, 4, 12])
    @pytest.mark.parametrize("count", [24, 37])
    def test_the_statistic_is_that_of_the_simulation(
        self, count: int, season: int
    ) -> None:
        """What limits were simulated for is what the library computes."""
        np = pytest.importorskip("numpy")
        tool = pytest.importorskip("tools.level_shift_limits")
        assert tool.GRID == AUTOCORRELATIONS
        assert tool.EDGE == EDGE
        rows = [noise(count, seed, 0.3) for seed in range(20)]
        search = tool.Search(count, season)
        theirs = search.statistics(np.array(rows))
        ours = [fit_shift(row, tuple(range(count)), season).statistic for row in rows]
        assert ours == pytest.approx(list(theirs), rel=1e-9)

    @pytest.mark.parametrize("season", [1, 12])
    def test_who_is_not_judged_is_the_same(self, season: int) -> None:
        """Series that follow themselves too closely count as no alarm in the limits."""
        np = pytest.importorskip("numpy")
        tool = pytest.importorskip("tools.level_shift_limits")
        assert tool.FOLLOWED == FOLLOWED
        rows = [noise(24, seed, share) for seed in range(20) for share in (0.3, 0.9)]
        theirs = tool.Search(24, season).refused(np.array(rows))
        ours = [fit_shift(row, tuple(range(24)), season) for row in rows]
        assert [each.autocorrelation >= FOLLOWED for each in ours] == list(theirs > 0)
        assert 0 < sum(theirs) < len(rows)

    def test_so_is_the_evidence_of_a_season(self) -> None:
        np = pytest.importorskip("numpy")
        tool = pytest.importorskip("tools.level_shift_limits")
        row, places = noise(36), tuple(range(36))
        theirs = [
            tool.Search(36, season).likelihoods(np.array([row]))[0]
            for season in (12, 1)
        ]
        ours = [fit_shift(row, places, season).likelihood for season in (12, 1)]
        assert ours[0] - ours[1] == pytest.approx(theirs[0] - theirs[1])


class TestWhitening:
    def test_levels_are_at_right_angles_and_steps_have_none_of_them(self) -> None:
        by = whitened((0, 1, 2, 4, 5, 7, 8, 12, 13, 14, 15, 17), 4, 0.4)
        for at, one in enumerate(by.levels):
            for beside, other in enumerate(by.levels):
                assert dot(one, other) == pytest.approx(float(at == beside), abs=1e-12)
            for step in by.steps:
                assert dot(one, step) == pytest.approx(0, abs=1e-12)


@pytest.mark.skipif(
    "MISSIONKIT_DATA" not in os.environ, reason="MISSIONKIT_DATA names no folder"
)
class TestRealSeries:
    def test_the_nile_fell_with_the_dam_of_1898(self) -> None:
        """The best known of all shifts (G. Cobb, Biometrika 65, 1978)."""
        path = Path(os.environ["MISSIONKIT_DATA"]) / "change_points/tcpd/nile.json"
        values = json.loads(path.read_text(encoding="utf-8"))["series"][0]["raw"]
        years = tuple(
            SeriesPoint(
                start=date(1871 + at, 1, 1), end=date(1871 + at, 12, 31), value=value
            )
            for at, value in enumerate(values)
        )
        series = Series(
            indicator="flow", title="Nile", unit="1e8 m3", points=years, season=1
        )
        found = LEVEL_SHIFT(DetectorView(series=series))
        assert found.verdict is DRIFT
        assert found.since == date(1899, 1, 1)
        assert found.effect == pytest.approx(-247, abs=15)
