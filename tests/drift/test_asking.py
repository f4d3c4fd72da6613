"""What may be asked of figures: wrong questions are refused in words, all at once."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest

import missionkit as mk
from missionkit.errors import DocumentError, InvalidValueError
from missionkit.ports.series import Series

# Callers without a type checker may give anything.
FIND: Any = mk.find_drift
KEPT: Any = mk.keep_effort
MIXED: Any = mk.find_mix_shift
PERIODS: Any = mk.periods
SUMMED: Any = mk.summarize
ON = date(2026, 1, 31)
FOUND: Any = mk.find_mix_shift({"a": 70, "b": 30}, {"a": 30, "b": 70})
WORK = mk.Ledger([mk.ActivityRecord(on=date(2026, 1, 5), what="x", hours=1.0)])
EFFORT: Any = mk.keep_effort(WORK)
PAID = mk.Ledger(
    [
        mk.RevenueRecord(
            on=date(2026, 1, 5), client="c", amount=mk.Money(Decimal(1), "EUR")
        )
    ]
)


def test_every_wrong_option_is_named_at_once() -> None:
    with pytest.raises(InvalidValueError) as caught:
        FIND(
            mk.Model(),
            on=ON,
            activities=[1],
            revenue="receipts.csv",
            detector="level-shift",
            by="month",
            season=0,
            level=2,
            least=3,
            limits=4,
            seed="x",
        )
    assert [issue.path for issue in caught.value.issues] == [
        "activities",
        "revenue",
        "detector",
        "by",
        "season",
        "level",
        "seed",
        "limits",
        "least",
    ]


@pytest.mark.parametrize("least", [{"recurring-share": -1}, {"recuring-share": 0.1}])
def test_a_shift_that_matters_has_an_indicator_that_is_asked_and_an_amount(
    least: object,
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        FIND(mk.Model(), on=ON, using=["recurring-share"], least=least)
    (issue,) = caught.value.issues
    assert issue.path.startswith("least[")


@pytest.mark.parametrize("using", ["recurring-share", b"x", 5, None])
def test_one_name_is_no_list_of_indicators(using: object) -> None:
    with pytest.raises(InvalidValueError, match="using must be a list of indicators"):
        FIND(mk.Model(), on=ON, using=using)


def test_the_fix_for_one_name_is_a_list_of_it() -> None:
    with pytest.raises(InvalidValueError) as caught:
        FIND(mk.Model(), on=ON, using="recurring-share")
    assert caught.value.issues[0].fix == "write ['recurring-share']"


def test_a_class_is_no_detector() -> None:
    with pytest.raises(InvalidValueError, match="detector must judge a series"):
        FIND(mk.Model(), on=ON, detector=Series)


def test_a_detector_that_gives_no_finding_is_refused_in_words() -> None:
    with pytest.raises(InvalidValueError, match="the detector must give a finding"):
        FIND(
            mk.Model(),
            on=ON,
            revenue=PAID,
            using=["recurring-share"],
            detector=lambda _view: "drift",
        )


def test_a_figure_that_lacks_two_things_says_so_of_both() -> None:
    report = FIND(mk.Model(), on=ON, using=["effort-on-mission"])
    assert str(report.not_asked[0]).endswith(
        "there is no activities and no core intent"
    )


@pytest.mark.parametrize("by", [5, None, "month", mk.Period(ON, ON)])
def test_what_gives_no_periods_is_refused_wherever_it_is_asked(by: object) -> None:
    asks: tuple[Callable[[], object], ...] = (
        lambda: SUMMED(WORK, by=by),
        lambda: PERIODS(ON, ON, by=by),
        lambda: EFFORT.totals(by=by),
    )
    for ask in asks:
        with pytest.raises(InvalidValueError, match="by must be a function"):
            ask()


@pytest.mark.parametrize("ledger", [5, None, [], PAID])
def test_only_a_ledger_of_effort_is_kept(ledger: object) -> None:
    with pytest.raises(InvalidValueError, match="ledger must"):
        KEPT(ledger)


def test_hours_that_no_array_can_count_are_a_total_that_is_too_large() -> None:
    record = mk.ActivityRecord(on=ON, what="x", hours=1e308)
    kept = mk.keep_effort(mk.Ledger([record, record]))
    with pytest.raises(InvalidValueError, match="more than 40 digits"):
        kept.totals()


def test_hours_that_no_float_can_count_leave_the_period_without_a_figure() -> None:
    with mk.draft("Trust") as d:
        d.purpose("Fair", id="fair", off_mission=True)
    record = mk.ActivityRecord(on=ON, what="x", hours=1e308, serves=mk.AnyId("fair"))
    report = FIND(
        d.model,
        on=ON,
        activities=mk.Ledger([record, record]),
        using=["effort-off-mission"],
    )
    (point,) = report.findings[0].series.points
    assert point.value is None
    assert "more than can be told" in point.reason


@pytest.mark.parametrize("refs", [5, None, ["a"], {"a": 1}, {"a": "abc"}, {"a": [1]}])
def test_the_refs_of_a_mix_are_lists_of_ids_by_category(refs: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        MIXED({"a": 7, "b": 3}, {"a": 3, "b": 7}, refs=refs)
    (issue,) = caught.value.issues
    assert issue.path.startswith("refs")


def test_rows_from_a_function_that_never_begins_anew_are_refused() -> None:
    rows = repeat({"on": "2026-01-05", "what": "x", "hours": "1"}, 3)
    with pytest.raises(DocumentError, match="the same iterator"):
        mk.read_ledger(lambda: rows, mk.ActivityRecord)


@pytest.mark.parametrize("chart", [mk.xmr_chart, mk.nelson_chart, mk.cusum_chart])
def test_figures_too_small_for_round_numbers_are_drawn(
    chart: Callable[[list[float]], mk.Chart],
) -> None:
    assert "<svg" in chart([5e-324, 0.0] * 10)._repr_html_()


@pytest.mark.parametrize("held", [5, None, "drift", mk.Model()])
def test_what_is_no_finding_is_refused_by_whatever_asks_about_one(held: Any) -> None:  # noqa: ANN401 - anything may be given
    for ask in (
        lambda: mk.matched(held, mk.Model()),
        lambda: mk.raised(held, mk.Model(), at=ON),
        lambda: mk.in_words(held),
        lambda: mk.discoveries([FOUND, held]),
    ):
        with pytest.raises(InvalidValueError, match="must be a finding"):
            ask()


@pytest.mark.parametrize("held", [5, None, "drift"])
def test_decisions_are_looked_for_in_a_model_alone(held: Any) -> None:  # noqa: ANN401 - anything may be given
    for ask in (
        lambda: mk.matched(FOUND, held),
        lambda: mk.raised(FOUND, held, at=ON),
    ):
        with pytest.raises(InvalidValueError, match="asks a Model"):
            ask()


@pytest.mark.parametrize("held", [5, None])
def test_no_list_of_findings_is_refused_in_words(held: Any) -> None:  # noqa: ANN401 - anything may be given
    with pytest.raises(InvalidValueError, match="must be a finding"):
        mk.discoveries(held)


def test_one_finding_is_no_list_of_findings() -> None:
    with pytest.raises(InvalidValueError, match="findings must be a list"):
        mk.discoveries(FOUND)


def test_how_figures_move_together_is_one_of_the_words() -> None:
    wrong: Any = "independent"
    with pytest.raises(InvalidValueError, match="dependence"):
        mk.discoveries([FOUND], wrong)


def test_a_file_that_lost_a_column_since_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "work.csv"
    path.write_text("on,what,hours\n2026-01-05,x,1\n", encoding="utf-8")
    ledger = mk.read_ledger(path, mk.ActivityRecord)
    path.write_text("day,what,hours\n2026-01-05,x,1\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="the file has changed"):
        list(ledger)
