"""Who owns a process is the same to the rules and to all that is asked of processes."""

from datetime import date
from typing import Any

import pytest

from missionkit.domain.draft import Draft, draft
from missionkit.domain.values import Period
from missionkit.processes.chart import process_chart
from missionkit.processes.complaints import complaints
from missionkit.rules.check import check

DAY = date(2026, 6, 30)
PAST = Period(end=date(2026, 6, 29))


def owned(*, kind: str | None = "owner", active: bool = True, **fields: Any) -> Draft:  # noqa: ANN401 - fields of any type
    """Return a process with a complaint, and an owner as told."""
    d = draft("Bakery", id="bakery")
    d.party("Ana", id="ana", active=active)
    d.process("Baking", id="baking", family="demand_fulfillment")
    d.role("Owner", id="owner", kind=kind)
    d.role_assignment(role="owner", party="ana", on="baking", **fields)
    d.feedback("Burnt", process="baking", on=DAY, satisfaction=-5)
    return d


@pytest.mark.parametrize(
    ("fields", "owners"),
    [
        ({}, 1),
        ({"kind": None}, 1),
        ({"kind": "coach"}, 0),
        ({"active": False}, 0),
        ({"period": PAST}, 0),
    ],
)
def test_rules_chart_and_complaints_know_the_same_owners(
    fields: dict[str, Any], owners: int
) -> None:
    model = owned(**fields).model
    chart = process_chart(model, on=DAY, people=True)

    assert len(check(model, on=DAY).of("MK-RSP-013")) == 1 - owners
    assert len(chart["baking"].owners) == len(chart["baking"].people) == owners
    assert ("no owner of “Baking”" in chart.missing) is (not owners)
    assert len(complaints(model, on=DAY)[0].owners) == owners
