"""The two stories of lost focus, as the examples tell them: found, and told apart."""

import sys
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

import missionkit as mk

EXAMPLES = Path(__file__).parents[2] / "examples"
EARLY, LATE = date(2025, 2, 10), date(2026, 1, 19)
DRIFTED: dict[str, dict[str, tuple[str, mk.Shift, str | None]]] = {
    "drift_of_purpose": {
        "effort-on-mission": ("2025-07-01", mk.Shift.DOWN, "Films of the crew"),
        "effort-off-mission": ("2025-07-01", mk.Shift.UP, "Films of the crew"),
        "effort-for-purpose": ("2025-07-01", mk.Shift.UP, "Films of the crew"),
    },
    "drift_of_clients": {
        "recurring-share": ("2025-04-01", mk.Shift.DOWN, "Quay Festival"),
        "effective-clients": ("2025-04-01", mk.Shift.DOWN, "Quay Festival"),
        "client-fit": ("2025-04-01", mk.Shift.DOWN, "Quay Festival"),
        "easy-unfit-revenue": ("2025-04-01", mk.Shift.UP, None),
    },
}


def story(name: str) -> ModuleType:
    spec = spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=sorted(DRIFTED))
def told(request: pytest.FixtureRequest) -> ModuleType:
    return story(request.param)


def expected(told: ModuleType) -> dict[str, tuple[str, mk.Shift, str | None]]:
    return DRIFTED[told.__name__]


def test_it_is_found_in_the_month_in_which_it_began(told: ModuleType) -> None:
    report = told.report()

    assert {
        each.indicator: (str(each.since), each.direction) for each in report.drift
    } == {name: (since, way) for name, (since, way, _) in expected(told).items()}
    assert all(each.since == told.BEGAN for each in report.drift)


def test_the_figure_that_did_not_move_is_no_drift() -> None:
    report = story("drift_of_clients").report()

    (held,) = report.of(mk.DriftVerdict.NO_DRIFT)
    assert held.indicator == "monthly-recurring-revenue"
    assert not report.of(mk.DriftVerdict.NOT_ENOUGH_DATA)


def test_it_is_told_what_moved_it_first(told: ModuleType) -> None:
    for each in told.report().drift:
        named = expected(told)[each.indicator][2]
        assert named in (None, each.drivers[0].name)
        for dimension in {driver.dimension for driver in each.drivers}:
            parts = [d.share for d in each.drivers if d.dimension == dimension]
            assert sum(filter(None, parts)) == pytest.approx(1)


def test_the_purpose_is_told_with_the_influencer_that_drives_it() -> None:
    report = story("drift_of_purpose").report()

    for each in report.drift:
        driver = each.drivers[0]
        assert driver.refs == ("films", "fame")
        assert driver.driven_by == ("Everybody films what they do",)
        assert 'Films of the crew +10 points (driven by "Everybody films' in (
            mk.in_words(each)
        )
        who = next(d for d in each.drivers if d.dimension == "role")
        what = next(d for d in each.drivers if d.dimension == "activity")
        assert (who.name, what.name) == ("Crew", "Filming and posting")


def test_easy_clients_are_told_by_their_segment() -> None:
    report = story("drift_of_clients").report()

    easy = next(each for each in report.drift if each.indicator == "easy-unfit-revenue")
    moved = [d for d in easy.drivers if d.dimension == "segment"]
    assert {d.name for d in moved} == {"events", "contracts"}
    assert "events +93 points" in mk.in_words(easy)
    rest = next(d for d in easy.drivers if d.things > 1)
    assert rest.name == f"{rest.things} others"


def test_decided_before_it_is_adaptation(told: ModuleType) -> None:
    report = told.report(told.decided(EARLY))

    assert not report.drift
    assert {each.indicator for each in report.adaptations} == set(expected(told))
    for each in report.adaptations:
        assert "This is adaptation: it was decided before" in mk.in_words(each)


def test_decided_after_the_fact_it_is_drift_and_that_is_said(told: ModuleType) -> None:
    report = told.report(told.decided(LATE))

    assert {each.indicator for each in report.drift} == set(expected(told))
    for each in report.drift:
        (cover,) = each.covers
        assert cover.standing is mk.Covering.AFTER_THE_FACT
        assert "It was decided after the fact" in mk.in_words(each)


def test_a_signal_of_it_can_be_raised(told: ModuleType) -> None:
    model = told.station() if told.__name__.endswith("purpose") else told.cooperative()
    for each in told.report().drift:
        signal = mk.raised(each, model, told.TODAY)
        assert set(signal.concerns) <= set(model.ids())
