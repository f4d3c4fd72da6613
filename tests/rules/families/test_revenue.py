"""On how few payers revenue hangs, and how much of it comes again."""

from datetime import date
from decimal import Decimal

import pytest

from missionkit.domain.conduct import RevenueBucket
from missionkit.domain.draft import Draft
from missionkit.domain.ids import ClientId
from missionkit.domain.model import Model
from missionkit.domain.values import Period
from missionkit.rules.check import check
from missionkit.samples import SAMPLE_DAY, sample
from tests.rules.cases import DAY

CODE = "MK-DRF-040"
WINTER = Period(date(2026, 1, 1), date(2026, 3, 31))
SPRING = Period(date(2026, 4, 1), date(2026, 6, 30))
WHO = "it depends on who paid the unknown part"
WHAT = "it depends on what recurs of the unknown part"
NONE = "no revenue is counted"
BACK = "more was paid back than paid, so there are no shares"

Paid = tuple[str, str, str | None]


def paid(
    *buckets: Paid,
    off: str | None = None,
    unknown: str | None = None,
    period: Period | None = WINTER,
    ref: str = "money",
) -> Draft:
    """Add a snapshot of payers, what they paid, and what of it recurs."""
    d = Draft()
    d.client("Ana", id="ana")
    held = tuple(
        RevenueBucket(
            name=name,
            client=ClientId("ana") if name.startswith("ana") else None,
            actual=Decimal(actual),
            recurring=None if recurring is None else Decimal(recurring),
        )
        for name, actual, recurring in buckets
    )
    d.revenue_snapshot(
        id=ref,
        period=period,
        buckets=held,
        off_mission=None if off is None else Decimal(off),
        unknown=None if unknown is None else Decimal(unknown),
    )
    return d


def judged(model: Model, on: date | None = None, **limits: float) -> list[str]:
    """Return the figures that were found wanting, and what was not judged."""
    result = check(model, on=on, limits=limits, select=(CODE,))
    figures = [issue.value.strip("'") for issue in result.issues]
    return [*figures, *(each.why for each in result.not_judged)]


def spread(*amounts: int, recurring: bool = True) -> list[Paid]:
    return [
        (f"payer {at}", str(amount), str(amount * recurring))
        for at, amount in enumerate(amounts)
    ]


def test_the_index_is_the_published_number() -> None:
    model = paid(*spread(40, 25, 20, 10, 5)).model

    assert judged(model) == ["0.2750"]
    assert judged(model, revenue_concentration=0.275) == []
    assert judged(paid(*spread(25, 25, 25, 25)).model) == []


@pytest.mark.parametrize(
    ("amounts", "unknown", "wanted"),
    [
        ((25, 25, 25, 25), "1", [WHO]),
        ((10,) * 10, "10", []),
        ((10,) * 10, "100", [WHO]),
        ((90, 10), "10", ["0.6777"]),
        ((), "10", [WHAT, WHO]),
    ],
)
@pytest.mark.parametrize("split", [False, True])
def test_who_paid_the_unknown_part_may_decide(
    amounts: tuple[int, ...], unknown: str, wanted: list[str], *, split: bool
) -> None:
    half = str(Decimal(unknown) / 2)
    parts = (half, half) if split else (None, unknown)
    model = paid(*spread(*amounts), off=parts[0], unknown=parts[1]).model

    assert judged(model) == wanted


def test_a_payer_with_two_buckets_is_one_payer() -> None:
    buckets = [("ana-1", "20", "20"), ("ana-2", "20", "20"), *spread(20, 20, 20)]

    assert judged(paid(*buckets).model) == ["0.2800"]


FOUR = 4 * [None]


@pytest.mark.parametrize(
    ("recurring", "wanted"),
    [
        (["10", "10", "0", "0"], []),
        (["10", "9", "0", "0"], ["47.5%"]),
        (["10", "9", None, "0"], [WHAT]),
        (["10", "10", None, "0"], []),
        ([None, "0", "0", "0"], ["25.0%"]),
        (["99", "0", "0", "0"], ["25.0%"]),
        (["-9", "10", "10", "0"], []),
        (FOUR, [WHAT]),
    ],
)
def test_half_of_revenue_recurs(recurring: list[str | None], wanted: list[str]) -> None:
    buckets = [(f"payer {at}", "10", each) for at, each in enumerate(recurring)]

    assert judged(paid(*buckets).model) == wanted


@pytest.mark.parametrize(
    ("unknown", "wanted"), [("1", [WHAT]), ("100", [WHO, WHAT]), ("10", [WHAT])]
)
def test_whether_the_unknown_part_recurs_may_decide(
    unknown: str, wanted: list[str]
) -> None:
    buckets = [(f"payer {at}", "10", "10" if at < 5 else "0") for at in range(10)]
    found = judged(paid(*buckets, unknown=unknown).model)

    assert set(wanted) <= set(found)
    assert judged(paid(*buckets, unknown=unknown).model, recurring_share=0.1) == [
        each for each in found if each == WHO
    ]


@pytest.mark.parametrize(
    ("model", "wanted"),
    [
        (paid().model, [NONE]),
        (paid(("a", "0", None)).model, [NONE]),
        (paid(("a", "5", "5"), ("b", "-1", None)).model, [BACK]),
        (paid(("a", "5", "5"), unknown="-1").model, [BACK]),
        (paid(("a", "5", "5"), ("b", "-1", None), ("b2", "1", "1")).model, [BACK]),
        (Draft().model, []),
    ],
)
def test_what_has_no_shares_is_not_judged(model: Model, wanted: list[str]) -> None:
    assert judged(model) == wanted


def test_refunds_to_a_payer_are_taken_off() -> None:
    refunded = [("ana-1", "30", "30"), ("ana-2", "-5", None), *spread(25, 25, 25)]

    assert judged(paid(*refunded).model) == []


def test_the_newest_snapshot_is_judged() -> None:
    d = paid(*spread(25, 25, 25, 25))
    later = paid(*spread(9, 1), period=SPRING, ref="later").model
    d.add(later["later"])

    assert judged(d.model) == judged(d.model, DAY) == ["0.8200"]
    assert judged(d.model, date(2026, 6, 29)) == []


def test_amounts_of_any_size_are_judged() -> None:
    tiny, huge = "1e-39", "1e38"

    assert judged(paid(("a", tiny, tiny), ("b", huge, huge)).model) == ["1.0000"]
    assert judged(paid(("a", tiny, tiny)).model) == ["1.0000"]


def test_the_sample_lives_on_rents() -> None:
    allowed = check(sample(), on=SAMPLE_DAY, select=(CODE,))
    usual = {"revenue_concentration": 0.25}
    (issue,) = check(sample(), on=SAMPLE_DAY, select=(CODE,), limits=usual).issues

    assert allowed.issues == ()
    assert issue.ref == "revenue-2026-q3"
    assert "hangs on few payers" in issue.message
