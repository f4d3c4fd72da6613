"""Where measures cannot show success, and readings do not fit their measure."""

from typing import Final

from tests.rules.mutations.edits import (
    Add,
    Boundary,
    Edit,
    Place,
    add,
    cut,
    limited,
    mutation,
    put,
)

ACTIVE: Final = 3
"""How many objectives the sound model pursues."""


def reading(of: str, at: str, unit: str = "a month") -> Add:
    """Return the edit that adds a good reading of a measure."""
    good = {"loaves-left-over": "5"}.get(of, "90")
    return add("observations", "one-more", measure=of, value=good, unit=unit, at=at)


def retargeted(since: str) -> Edit:
    """Return the edit by which less is asked for from a day on."""
    targets = (("90", "2026-01-01"), ("80", since))
    return put(
        "days-on-time", "targets", [{"value": v, "since": day} for v, day in targets]
    )


def pursued(count: int) -> tuple[Edit, ...]:
    """Return the edits after which *count* objectives are pursued, all sound."""
    added = [f"objective-{number}" for number in range(count - ACTIVE)]
    return (
        *(edit for ref in added for edit in _objective(ref)),
        put("selling", "achieves", ["village-loaf", *added]),
    )


def _objective(ref: str) -> tuple[Edit, ...]:
    return (
        add(
            "objectives",
            ref,
            statement=f"What {ref} asks for is reached",
            needs=["fair-price"],
            goal="whole-valley",
            period={"start": "2026-01-01", "end": "2026-12-31"},
            status="active",
        ),
        add(
            "success_measures",
            f"measure-of-{ref}",
            name=f"How far {ref} is reached",
            of=ref,
            direction="higher",
            unit="percent",
            threshold="50",
            worst="10",
            targets=[{"value": "100", "since": "2026-01-01"}],
            frequency={"every": 1, "unit": "month"},
        ),
        add(
            "observations",
            f"reading-of-{ref}",
            measure=f"measure-of-{ref}",
            value="90",
            unit="percent",
            at="2026-06-15",
        ),
    )


MUTATIONS = (
    mutation(
        "MK-MSR-017",
        "days-on-time",
        "targets[0].value",
        put("days-on-time", "threshold", "95"),
    ),
    mutation(
        "MK-MSR-017", "days-on-time", "threshold", put("days-on-time", "worst", "70")
    ),
    mutation(
        "MK-MSR-018",
        "days-on-time-june",
        "unit",
        put("days-on-time-june", "unit", "a week"),
    ),
    mutation("MK-MSR-019", "one-more", "at", reading("days-on-time", "2025-12-15")),
    mutation(
        "MK-MSR-020",
        "days-on-time",
        "targets[1].value",
        retargeted("2026-06-20"),
    ),
    mutation("MK-MSR-021", "millbrook-bakery", "", cut("days-on-time", "leading")),
    mutation(
        "MK-MSR-021",
        "millbrook-bakery",
        "",
        put("daily-bread", "perspective", "financial"),
        put("whole-valley", "perspective", "financial"),
    ),
    mutation("MK-MSR-022", "millbrook-bakery", "", limited("most_objectives", 2)),
)

BOUNDARIES = (
    Boundary(
        says="a reading is of the first day of its objective's period",
        found=Place("MK-MSR-019", "one-more", "at"),
        within=(reading("days-on-time", "2026-01-01"),),
        beyond=(reading("days-on-time", "2025-12-31"),),
    ),
    Boundary(
        says="a reading is taken a month after the end of the period",
        found=Place("MK-MSR-019", "one-more", "at"),
        within=(reading("loaves-left-over", "2025-07-31", "a day"),),
        beyond=(reading("loaves-left-over", "2025-08-01", "a day"),),
    ),
    Boundary(
        says="a reading is of the day that is judged",
        found=Place("MK-MSR-019", "one-more", "at"),
        within=(reading("days-on-time", "2026-06-30"),),
        beyond=(reading("days-on-time", "2026-07-01"),),
    ),
    Boundary(
        says="a target is moved on the day before the first reading",
        found=Place("MK-MSR-020", "days-on-time", "targets[1].value"),
        within=(retargeted("2026-06-14"),),
        beyond=(retargeted("2026-06-15"),),
    ),
    Boundary(
        says="balance is judged from a number of measures on: there are four",
        found=Place("MK-MSR-021", "millbrook-bakery"),
        within=(cut("days-on-time", "leading"), limited("measures_to_balance", 5)),
        beyond=(cut("days-on-time", "leading"), limited("measures_to_balance", 4)),
    ),
    Boundary(
        says="twenty-five objectives are pursued",
        found=Place("MK-MSR-022", "millbrook-bakery"),
        within=pursued(25),
        beyond=pursued(26),
    ),
    Boundary(
        says="as many objectives are pursued as the organization allows",
        found=Place("MK-MSR-022", "millbrook-bakery"),
        within=(limited("most_objectives", 3),),
        beyond=(limited("most_objectives", 2),),
    ),
)
