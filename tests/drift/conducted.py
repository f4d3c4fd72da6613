"""A small organization, and ledgers of what it did, for tests of indicators."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import missionkit as mk
from missionkit.drift.indicator_catalog import INDICATORS

YEAR = 2026
FACTS = (mk.Fact(name="size", value="small"), mk.Fact(name="stay", value="long"))


def organization() -> mk.Model:
    """Give one goal with what leads to it, and what does not."""
    with mk.draft("Trust", id="trust", currency="EUR") as d:
        intent = d.core_intent("Warm homes for all", id="intent")
        goal = d.goal("Homes are warm", id="goal", intent=intent)
        tenants = d.stakeholder("Tenants", id="tenants")
        d.stakeholder("Neighbors", id="neighbors")
        need = d.need("Warmth", id="warmth", stakeholder=tenants, importance=0.5)
        warm = d.objective("Insulate 100 homes", id="warm", goal=goal, needs=[need])
        old = d.objective("Sell heaters", id="old", goal=goal)
        d.set(old, status=mk.ObjectiveStatus.DROPPED)
        repairs = d.process("Repairs", id="repairs", achieves=[warm])
        d.activity("Look for damp", id="damp", process=repairs)
        d.process("Selling heaters", id="selling", achieves=[old])
        d.process("Filing", id="filing")
        d.course_of_action(
            "Fabric first",
            id="fabric",
            contributions=[mk.Contribution(target=warm.id, weight=60)],
        )
        homes = d.operating_sphere(
            "Homes",
            id="homes",
            relations=[mk.SphereRelation(to=intent.id, kind="serves", strength=0.5)],
        )
        d.operating_sphere(
            "Money",
            id="money",
            relations=[mk.SphereRelation(to=homes.id, kind="pays for")],
        )
        d.operating_sphere("Attic", id="attic")
        d.role("Builder", id="builder")
        fashion = d.influencer("What the town talks of", id="fashion")
        d.purpose("The festival", id="festival", driven_by=[fashion])
        d.purpose("Returns by law", id="returns", off_mission=False)
    return d.model


def work(*rows: tuple[Any, ...]) -> mk.Ledger[mk.ActivityRecord]:
    """Give a ledger of rows: month, served, hours, role, sphere."""
    return mk.Ledger([_activity(*row) for row in rows])


def _activity(
    month: int,
    serves: str | None,
    hours: float,
    role: str | None = None,
    sphere: str | None = None,
) -> mk.ActivityRecord:
    ref = None if serves is None else mk.AnyId(serves)
    return mk.ActivityRecord(
        on=date(YEAR, month, 1 + month % 7),
        what="Work",
        hours=hours,
        serves=ref,
        role=role,
        sphere=sphere,
    )


def sales(*rows: tuple[Any, ...]) -> mk.Ledger[mk.RevenueRecord]:
    """Give a ledger of rows: month, client, amount, recurring, currency."""
    return mk.Ledger([_receipt(*row) for row in rows])


def _receipt(
    month: int,
    client: str,
    amount: object,
    recurring: bool = False,  # noqa: FBT001, FBT002 - a column of the rows
    currency: str = "EUR",
) -> mk.RevenueRecord:
    return mk.RevenueRecord(
        on=date(YEAR, month, 5),
        client=client,
        amount=mk.Money(Decimal(str(amount)), currency),
        recurring=recurring,
    )


def months(count: int) -> tuple[mk.Period, ...]:
    return mk.periods(date(YEAR, 1, 1), date(YEAR, count, 1)) if count else ()


def view(
    model: mk.Model | None = None,
    count: int = 3,
    **given: Any,  # noqa: ANN401 - fields of the view
) -> mk.IndicatorView:
    """Give the view of the first months of the year."""
    held = organization() if model is None else model
    return mk.IndicatorView(model=held, **{"periods": months(count), **given})


def figures(name: str, seen: mk.IndicatorView) -> list[mk.Series]:
    """Give the series of an indicator of ours."""
    return list(INDICATORS[name](seen))


def one(name: str, seen: mk.IndicatorView) -> mk.Series:
    """Give the only series of an indicator."""
    (found,) = figures(name, seen)
    return found


def titled(found: Iterable[mk.Series]) -> Mapping[str, mk.Series]:
    return {series.title: series for series in found}


def said(series: mk.Series) -> list[float | str]:
    """Give the value of each point, or its reason."""
    return [p.reason if p.value is None else p.value for p in series.points]
