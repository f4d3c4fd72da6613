"""Snapshots of ledgers: sums, names, digests, and what could not be counted."""

# ruff: noqa: ANN401 - records of either kind, and what is none

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from missionkit.domain.conduct import (
    ActivityRecord,
    AllocationBucket,
    AllocationSnapshot,
    Client,
    Ledger,
    RevenueBucket,
    RevenueRecord,
    UnusedRow,
)
from missionkit.domain.ids import AnyId, ClientId, GoalId, PurposeId
from missionkit.domain.model import Model
from missionkit.domain.plan import Goal, Purpose
from missionkit.domain.values import Money, Period
from missionkit.drift.ledger import tables
from missionkit.drift.ledger.calendar import By, month, quarter, year
from missionkit.drift.ledger.summarize import summarize
from missionkit.drift.ledger.tables import fitting
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue
from missionkit.testing.ledgers import made_activities, made_revenue

JAN, FEB = date(2026, 1, 5), date(2026, 2, 5)
WARM, TOWN = AnyId("warm"), AnyId("town")


def work(
    hours: float, serves: AnyId | None = WARM, on: date = JAN, **more: Any
) -> ActivityRecord:
    return ActivityRecord(on=on, what="Sew", hours=hours, serves=serves, **more)


def paid(
    amount: str,
    client: str = "Acme",
    on: date = JAN,
    currency: str = "GBP",
    **more: Any,
) -> RevenueRecord:
    money = Money(Decimal(amount), currency)
    return RevenueRecord(on=on, client=client, amount=money, **more)


def bad(row: int, on: date | None = None) -> UnusedRow:
    issue = Issue(code="X-1", message="bad", path="hours", value="'x'")
    return UnusedRow(row=row, issues=(issue,), on=on)


def buckets(snapshot: AllocationSnapshot) -> dict[str, Decimal]:
    return {bucket.name: bucket.actual for bucket in snapshot.buckets}


# ---- what is counted -----------------------------------------------------------------


def test_effort_is_counted_by_month_and_by_what_it_serves() -> None:
    ledger = Ledger(
        [work(2.1), work(0.2), work(1, TOWN), work(3, on=FEB), work(4, None)]
    )

    january, february = summarize(ledger)

    assert january.id == "effort-2026-01"
    assert january.period == Period(date(2026, 1, 1), date(2026, 1, 31))
    assert january.buckets == (
        AllocationBucket(name="town", on=TOWN, actual=Decimal(1)),
        AllocationBucket(name="warm", on=WARM, actual=Decimal("2.3")),
    )
    assert (january.unknown, january.off_mission) == (Decimal(4), None)
    assert (january.rows, january.unused) == (4, 0)
    assert (february.id, february.unknown) == ("effort-2026-02", Decimal(0))
    assert buckets(february) == {"warm": Decimal(3)}


def test_revenue_is_counted_by_client_with_refunds_as_they_are() -> None:
    ledger = Ledger(
        [
            paid("100", recurring=True),
            paid("50.25"),
            paid("-20.25"),
            paid("-5", "Bolt"),
            paid("-8", "Bolt", recurring=True),
        ]
    )

    (january,) = summarize(ledger)

    assert (january.id, january.currency) == ("revenue-2026-01", "GBP")
    assert january.buckets == (
        RevenueBucket(name="Acme", actual=Decimal(130), recurring=Decimal(100)),
        RevenueBucket(name="Bolt", actual=Decimal(-13), recurring=Decimal(-8)),
    )
    assert (january.off_mission, january.unknown) == (None, None)


@pytest.mark.parametrize(
    ("by", "ids"),
    [
        (month, ["effort-2026-01", "effort-2026-02", "effort-2026-05"]),
        (quarter, ["effort-2026-q1", "effort-2026-q2"]),
        (year, ["effort-2026"]),
    ],
)
def test_a_period_without_rows_has_no_snapshot(by: By, ids: list[str]) -> None:
    days = [date(2026, 5, 1), JAN, FEB]

    found = summarize(Ledger([work(1, on=day) for day in days]), by=by)

    assert [snapshot.id for snapshot in found] == ids


def test_ids_are_made_of_the_name_given() -> None:
    (found,) = summarize(Ledger([work(1)]), name="Time sheets, North")

    assert found.id == "time-sheets-north-2026-01"
    (found,) = summarize(Ledger([work(1)]), name="a" * 39 + " b c d")
    assert found.id == "a" * 39 + "-2026-01"


def test_an_empty_ledger_has_no_snapshots() -> None:
    assert summarize(Ledger[ActivityRecord]([])) == ()
    assert summarize(Ledger[RevenueRecord]([bad(1, JAN)])) == ()


# ---- with a model --------------------------------------------------------------------

MODEL = Model(
    [
        Goal(id=GoalId("warm"), statement="Homes are\nwarm"),
        Purpose(id=PurposeId("town"), name="Town politics"),
        Client(id=ClientId("acme"), name="Acme"),
        Client(id=ClientId("bolt"), name="Bolt"),
        Client(id=ClientId("bolt-2"), name="Bolt"),
    ]
)


def test_buckets_are_called_as_their_elements_and_linked_to_what_is_there() -> None:
    ledger = Ledger([work(2), work(1, TOWN), work(1, AnyId("gone")), work(4, None)])

    (january,) = summarize(ledger, model=MODEL)

    assert [(b.name, b.on) for b in january.buckets] == [
        ("Homes are warm", "warm"),
        ("Town politics", "town"),
        ("gone", None),
    ]
    assert (january.off_mission, january.unknown) == (Decimal(0), Decimal(4))
    assert january.id in MODEL.with_(january)


def test_elements_that_are_called_alike_are_told_apart_by_their_ids() -> None:
    goals = [Goal(id=GoalId(ref), statement="Warm") for ref in ("a", "b")]
    ledger = Ledger([work(1, AnyId(ref)) for ref in ("a", "b", "Warm".lower())])

    (january,) = summarize(ledger, model=Model(goals))

    assert buckets(january) == {"Warm (a)": 1, "Warm (b)": 1, "warm": 1}


def test_an_element_is_told_from_an_id_that_is_not_there() -> None:
    model = Model([Goal(id=GoalId("a"), statement="gone")])
    ledger = Ledger([work(1, AnyId("a")), work(2, AnyId("gone"))])

    (january,) = summarize(ledger, model=model)

    assert buckets(january) == {"gone (a)": 1, "gone": 2}


def test_clients_are_known_by_their_id_or_by_a_name_of_their_own() -> None:
    ledger = Ledger(
        [
            paid("1", "Acme"),
            paid("2", "acme", recurring=True),
            paid("4", "Bolt"),
            paid("8", "bolt-2"),
            paid("16", "ACME"),
        ]
    )

    (january,) = summarize(ledger, model=MODEL)

    assert [(b.name, b.client, b.actual, b.recurring) for b in january.buckets] == [
        ("ACME", None, Decimal(16), Decimal(0)),
        ("Acme", ClientId("acme"), Decimal(3), Decimal(2)),
        ("Bolt", None, Decimal(4), Decimal(0)),
        ("Bolt (bolt-2)", ClientId("bolt-2"), Decimal(8), Decimal(0)),
    ]
    assert january.id in MODEL.with_(january)


# ---- what is not counted -------------------------------------------------------------


def test_unused_rows_count_for_their_period_and_those_without_a_day_for_each() -> None:
    ledger = Ledger[ActivityRecord](
        [
            bad(1),
            work(1),
            bad(3, JAN),
            work(1, on=FEB),
            bad(5, date(2026, 3, 1)),
            bad(6),
        ]
    )

    found = summarize(ledger)

    assert [(s.id[-2:], s.rows, s.unused) for s in found] == [
        ("01", 1, 3),
        ("02", 1, 2),
        ("03", 0, 3),
    ]


def test_rows_after_today_are_unused_and_make_no_snapshot() -> None:
    rows: list[Any] = [work(1), work(1, on=JAN + timedelta(days=1)), work(1, on=FEB)]

    (january,) = summarize(Ledger[ActivityRecord]([*rows, bad(9, FEB)]), on=JAN)

    assert (january.rows, january.unused) == (1, 1)
    assert buckets(january) == {"warm": Decimal(1)}
    assert january.source_digest != summarize(Ledger([work(1)]))[0].source_digest
    assert summarize(Ledger([work(1)]), on=JAN - timedelta(days=31)) == ()


def test_several_currencies_are_refused_with_what_to_do() -> None:
    ledger = Ledger([paid("1"), paid("1", on=FEB, currency="EUR")])

    with pytest.raises(InvalidValueError) as caught:
        summarize(ledger)

    (issue,) = caught.value.issues
    assert (issue.code, issue.path) == ("MK-DOM-010", "currency")
    assert issue.message == "the ledger has amounts in EUR, GBP."
    assert "convert the amounts" in issue.fix


@pytest.mark.parametrize(
    "rows",
    [[5], [work(1), paid("1")], [paid("1"), None], [object(), work(1)]],
    ids=map(str, range(4)),
)
def test_a_ledger_holds_records_of_one_kind(rows: list[Any]) -> None:
    with pytest.raises(InvalidValueError) as caught:
        summarize(Ledger[ActivityRecord](rows))

    assert [i.code for i in caught.value.issues] == ["MK-DOM-001"]


@pytest.mark.parametrize(
    "options",
    [{"ledger": []}, {"on": "today"}, {"name": 5}, {"model": 5}],
    ids=["ledger", "on", "name", "model"],
)
def test_arguments_of_another_type_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError):
        summarize(**{"ledger": Ledger([work(1)]), **options})


def test_periods_that_overlap_are_refused() -> None:
    def around(day: date) -> Period:
        return Period(day - timedelta(days=1), day + timedelta(days=1))

    ledger = Ledger([work(1), work(1, on=JAN + timedelta(days=1))])
    with pytest.raises(InvalidValueError) as caught:
        summarize(ledger, by=around)

    assert [i.code for i in caught.value.issues] == ["MK-DRF-051"]


# ---- sums ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "kept"),
    [
        ("0", "0"),
        ("-0.00", "0"),
        ("1200", "1200"),
        ("1E+3", "1000"),
        ("2.50", "2.5"),
        ("9" * 40, "9" * 40),
        ("0." + "3" * 50, "0." + "3" * 40),
        ("123." + "3" * 50, "123." + "3" * 37),
        ("1e-300", "0"),
    ],
)
def test_a_total_is_rounded_only_where_it_has_too_many_digits(
    total: str, kept: str
) -> None:
    found = fitting(Decimal(total), "x")

    assert found == Decimal(kept)


def test_a_total_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(InvalidValueError) as caught:
        summarize(Ledger([work(1e300)]))

    assert [i.code for i in caught.value.issues] == ["MK-DRF-052"]


def test_tenths_of_hours_are_tenths() -> None:
    (found,) = summarize(Ledger([work(0.1)] * 3))

    assert buckets(found) == {"warm": Decimal("0.3")}


hours = (
    st.floats(0, 1e6).map(lambda held: round(held, 9))
    | st.integers(0, 1000)
    | st.sampled_from([0.25, 0.1, 7.5])
)
served = st.sampled_from([WARM, TOWN, None])
activity = st.builds(
    work, hours, served, st.dates(date(2025, 11, 1), date(2026, 2, 28))
)
receipt = st.builds(
    paid,
    st.integers(-(10**9), 10**9).map(lambda pence: f"{pence / 100:.2f}"),
    st.sampled_from(["Acme", "Bolt"]),
    st.dates(date(2025, 11, 1), date(2026, 2, 28)),
    recurring=st.booleans(),
)


def exact(record: ActivityRecord) -> Fraction:
    return Fraction(repr(float(record.hours)))


@given(st.lists(activity, max_size=30))
@example([work(1e16), work(0.1), work(1)])
def test_buckets_and_what_is_unknown_add_up_to_the_records_exactly(
    records: list[ActivityRecord],
) -> None:
    found = summarize(Ledger(records))

    counted = sum(
        Fraction(amount)
        for snapshot in found
        for amount in (snapshot.unknown or 0, *buckets(snapshot).values())
    )
    assert counted == sum(map(exact, records))
    assert sum(snapshot.rows or 0 for snapshot in found) == len(records)


@given(st.lists(receipt, max_size=30))
def test_what_clients_paid_adds_up_to_the_receipts_exactly(
    records: list[RevenueRecord],
) -> None:
    found = summarize(Ledger(records))

    every = [bucket for snapshot in found for bucket in snapshot.buckets]
    assert sum(b.actual for b in every) == sum(r.amount.amount for r in records)
    assert sum(b.recurring or 0 for b in every) == sum(
        r.amount.amount for r in records if r.recurring
    )


def without_digest(snapshot: Any) -> dict[str, Any]:
    names = ("id", "period", "buckets", "unknown", "rows", "unused", "off_mission")
    return {name: getattr(snapshot, name) for name in names}


@given(
    st.lists(activity | receipt.map(lambda _: bad(1, FEB)), max_size=20), st.randoms()
)
def test_the_order_of_rows_changes_nothing_but_the_digest(
    rows: list[Any], random: Any
) -> None:
    mixed = list(rows)
    random.shuffle(mixed)

    found = [list(map(without_digest, summarize(Ledger(r)))) for r in (rows, mixed)]

    assert found[0] == found[1]


@given(st.lists(activity, max_size=30))
def test_months_add_up_to_the_whole(records: list[ActivityRecord]) -> None:
    ledger = Ledger(records)
    whole: dict[tuple[int, str], Fraction] = {}
    for snapshot in summarize(ledger):
        for name, amount in buckets(snapshot).items():
            key = ((snapshot.period and snapshot.period.start) or JAN).year, name
            whole[key] = whole.get(key, Fraction()) + Fraction(amount)

    assert whole == {
        (((s.period and s.period.start) or JAN).year, name): Fraction(amount)
        for s in summarize(ledger, by=year)
        for name, amount in buckets(s).items()
    }


# ---- digests -------------------------------------------------------------------------


def test_the_digest_is_that_of_the_lines_that_are_documented() -> None:
    rows: list[Any] = [
        work(2, role="Tailor"),
        bad(2, JAN),
        bad(3),
        work(0.5, None),
        work(1, on=FEB),
    ]

    january, february = summarize(Ledger[ActivityRecord](rows), on=FEB)

    undated = sha256(b"!3\tX-1\thours\t'x'\n").hexdigest()
    lines = (
        "2026-01-05\tSew\t2.0\twarm\tTailor\t\n"
        "!2\tX-1\thours\t'x'\n"
        "2026-01-05\tSew\t0.5\t\t\t\n"
    )
    assert january.source_digest == sha256(f"{lines}{undated}\n".encode()).hexdigest()
    assert (
        february.source_digest
        == sha256(f"2026-02-05\tSew\t1.0\twarm\t\t\n{undated}\n".encode()).hexdigest()
    )


def test_the_digest_of_receipts_tells_amount_currency_and_whether_it_recurs() -> None:
    (found,) = summarize(Ledger([paid("2.50", recurring=True, segment="homes")]))

    line = b"2026-01-05\tAcme\t2.5\tGBP\t1\t\thomes\n"
    assert found.source_digest == sha256(line).hexdigest()


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (work(1), work(1.0)),
        (work(0.0), work(-0.0)),
        (paid("2.50"), paid("2.5")),
        (paid("0.00"), paid("-0")),
    ],
    ids=["int", "zero", "decimals", "nothing"],
)
def test_equal_records_have_equal_digests(one: Any, two: Any) -> None:
    first, second = (summarize(Ledger([r]))[0].source_digest for r in (one, two))

    assert first == second


DIFFERENT = [
    work(1),
    work(1.5),
    work(1, TOWN),
    work(1, on=JAN + timedelta(days=1)),
    work(1, role="warm"),
    work(1, sphere="warm"),
    work(1, None, role="warm"),
]


def test_every_field_counts_for_the_digest() -> None:
    digests = {summarize(Ledger([record]))[0].source_digest for record in DIFFERENT}

    assert len(digests) == len(DIFFERENT)


def test_a_snapshot_stays_the_same_when_later_periods_are_added() -> None:
    rows: list[ActivityRecord | UnusedRow] = [work(1), bad(2, JAN)]

    assert summarize(Ledger(rows)) == summarize(Ledger([*rows, work(1, on=FEB)]))[:1]


# ---- one pass, constant memory -------------------------------------------------------


class Counting:
    """Rows that are counted while they are read."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.opened = 0

    def __iter__(self) -> Iterator[ActivityRecord]:
        self.opened += 1
        return (
            work(n % 7 / 4, on=JAN + timedelta(days=n % 90)) for n in range(self.rows)
        )


def test_a_ledger_is_read_once() -> None:
    source = Counting(20_000)

    found = summarize(Ledger(source))

    assert source.opened == 1
    assert sum(snapshot.rows or 0 for snapshot in found) == 20_000


def peak(work: Callable[[], object]) -> int:
    gc.collect()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("made", [made_activities, made_revenue])
def test_memory_does_not_grow_with_the_rows(made: Any) -> None:
    few, many = (
        peak(partial(summarize, made(rows, months=2))) for rows in (10_000, 20_000)
    )

    assert many < few * 1.25


def test_many_amounts_are_added_up_in_between() -> None:
    rows = [work(n / 1024) for n in range(10_000)]

    (found,) = summarize(Ledger(rows))

    assert Fraction(buckets(found)["warm"]) == sum(map(exact, rows))


@pytest.mark.parametrize("rows", [1, 3, 8_000, 20_000])
def test_the_digest_does_not_depend_on_how_rows_are_batched(
    rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    middle = date(2026, 1, 15)
    held: list[Any] = [
        work(n % 3, on=JAN + timedelta(days=n % 20)) for n in range(rows)
    ]
    ledger = Ledger[ActivityRecord]([*held, bad(1, JAN), bad(2), *held])
    whole = summarize(ledger, on=middle)

    monkeypatch.setattr(tables, "_BATCH", 7)

    assert summarize(ledger, on=middle) == whole
