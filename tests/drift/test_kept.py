"""Effort kept as columns: the totals of a summary, with numpy and without."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from missionkit.domain.conduct import ActivityRecord, Ledger, UnusedRow
from missionkit.domain.ids import AnyId
from missionkit.drift.ledger import kept
from missionkit.drift.ledger.calendar import By, month, quarter, year
from missionkit.drift.ledger.kept import Totals, keep_effort
from missionkit.drift.ledger.summarize import summarize
from missionkit.errors import InvalidValueError
from missionkit.testing.ledgers import made_activities

WARM, TOWN = AnyId("warm"), AnyId("town")


def work(
    hours: float, serves: AnyId | None = WARM, on: date = date(2026, 1, 5)
) -> ActivityRecord:
    return ActivityRecord(on=on, what="Sew", hours=hours, serves=serves)


def summed(ledger: Ledger[ActivityRecord], by: By) -> Totals:
    """Return the same totals from snapshots; there nothing unknown is zero."""
    found: dict[tuple[date, AnyId | None], Decimal] = {}
    for snapshot in summarize(ledger, by=by):
        start = snapshot.period and snapshot.period.start
        assert start
        for bucket in snapshot.buckets:
            found[start, bucket.on] = bucket.actual
        if snapshot.unknown:
            found[start, None] = snapshot.unknown
    return found


def nonzero(totals: Totals) -> Totals:
    return {key: total for key, total in totals.items() if key[1] or total}


@pytest.fixture(params=["numpy", "plainly"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "numpy":
        pytest.importorskip("numpy", reason="numpy is not installed")
    else:
        monkeypatch.setattr(kept, "find_spec", lambda _: None)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("by", [month, quarter, year])
def test_totals_are_those_of_a_summary(by: By) -> None:
    ledger = made_activities(2_000)

    totals = keep_effort(ledger).totals(by=by)

    assert totals == summed(ledger, by)
    assert list(totals) == sorted(totals, key=lambda key: (key[0], key[1] or ""))


@pytest.mark.usefixtures("way")
def test_nothing_kept_has_no_totals() -> None:
    assert keep_effort(Ledger[ActivityRecord]([])).totals() == {}


@pytest.mark.usefixtures("way")
def test_what_gives_no_periods_is_refused() -> None:
    with pytest.raises(InvalidValueError):
        keep_effort(Ledger([work(1)])).totals(by=lambda day: day)  # type: ignore[arg-type, return-value]


def test_rows_that_were_not_used_are_not_kept() -> None:
    held = keep_effort(Ledger([work(1), UnusedRow(row=2, issues=())]))

    assert len(held) == 1


hours = st.one_of(
    st.floats(0, 1e6).map(lambda held: round(held, 6)),
    st.integers(0, 10**6).map(lambda held: held / 10_000),
    st.integers(0, 1000),
    st.sampled_from([0.1, 0.2, 0.3, 1e11, 1 / 3]),
)
records = st.builds(
    work,
    hours,
    st.sampled_from([WARM, TOWN, None]),
    st.dates(date(2025, 11, 1), date(2026, 2, 28)),
)


@given(st.lists(records, max_size=30))
@example([work(0.1), work(0.2)])
@example([work(1e11), work(0.0001)])
@example([work(1e-5)])
@example([work(0.0, None)])
def test_totals_are_the_same_with_numpy_and_without(held: list[ActivityRecord]) -> None:
    pytest.importorskip("numpy", reason="numpy is not installed")
    ledger = Ledger(held)
    with_numpy = keep_effort(ledger).totals()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "find_spec", lambda _: None)
        without = keep_effort(ledger).totals()

    assert list(with_numpy.items()) == list(without.items())
    assert nonzero(without) == summed(ledger, month)
