"""Where effort and revenue leave the mission."""

from tests.rules.mutations.edits import (
    Boundary,
    Edit,
    Mutation,
    Place,
    cut,
    mutation,
    put,
)

EFFORT = "effort-first-half-2026"
REVENUE = "revenue-first-half-2026"
SIGNAL = "more-hours-for-cakes"
PLACES = ("baking", "selling", "buying-grain", "teaching")
CLIENTS = ("inn", "market", "care-home", "school-kitchen", "station-kiosk")


def spent(*hours: str, planned: tuple[str, ...] = ("900", "900", "900", "750")) -> Edit:
    """Return the edit by which as many hours were spent, on one thing after another."""
    told = zip(PLACES, hours, planned, strict=True)
    return put(
        EFFORT,
        "buckets",
        [{"name": on, "on": on, "actual": was, "planned": p} for on, was, p in told],
    )


def taught(hours: str) -> tuple[Edit, ...]:
    """Return the edits by which teaching is off mission, and takes as many hours.

    With the 20 hours off mission and the 2,720 of three processes, 460 make 15 %.
    """
    every = ("900", "910", "910", hours)
    return (
        put("teaching", "off_mission", value=True),
        put(EFFORT, "off_mission", "20"),
        spent(*every, planned=every),
    )


def off(hours: str) -> tuple[Edit, ...]:
    """Return the edits by which as many hours were off mission."""
    return (spent("910", "910", "910", "760"), put(EFFORT, "off_mission", hours))


def paid(*amounts: str, recurring: tuple[str, ...]) -> Edit:
    """Return the edit by which clients paid as much, and as much of it recurs."""
    told = zip(CLIENTS, amounts, recurring, strict=True)
    return put(
        REVENUE,
        "buckets",
        [
            {"name": who, "client": who, "actual": was, "recurring": again}
            for who, was, again in told
        ],
    )


def of_four(first: str) -> tuple[Edit, ...]:
    """Return the edit by which four clients paid all, three of them 20,000."""
    every = (first, "20000", "20000", "20000", "0")
    return (paid(*every, recurring=every),)


def of_five(recurring: str) -> tuple[Edit, ...]:
    """Return the edit by which 100,000 were paid, and as much recurs."""
    again = (recurring, "20000", "20000", "0", "0")
    return (paid(*["20000"] * 5, recurring=again),)


NOT_PLANNED = cut(EFFORT, "buckets.3.planned")

MUTATIONS = (
    mutation(
        "MK-DRF-037", EFFORT, "off_mission", put("teaching", "off_mission", value=True)
    ),
    Mutation(
        found=Place("MK-DRF-038", EFFORT, "buckets[3].planned"),
        edits=(NOT_PLANNED,),
        unknown=frozenset({"MK-DRF-039"}),
        because="without a plan nobody can say how far effort is from it",
    ),
    mutation(
        "MK-DRF-039",
        EFFORT,
        "buckets[0].actual",
        put(EFFORT, "buckets.0.actual", "6000"),
    ),
    Mutation(
        found=Place("MK-CPL-001", EFFORT, "period"),
        edits=(cut(EFFORT, "period"),),
        unknown=frozenset({"MK-DRF-037", "MK-DRF-038", "MK-DRF-039"}),
        because="without its period nobody can say whether a snapshot is the newest",
    ),
    mutation("MK-DRF-039", SIGNAL, "status", put(SIGNAL, "status", "raised")),
    mutation(
        "MK-DRF-040",
        REVENUE,
        "buckets",
        put(REVENUE, "buckets.0.actual", "100000"),
        put(REVENUE, "buckets.0.recurring", "90000"),
    ),
    mutation("MK-DRF-040", REVENUE, "buckets", *of_five("0")),
)

BOUNDARIES = (
    Boundary(
        says="15 % of effort are off mission",
        found=Place("MK-DRF-037", EFFORT, "off_mission"),
        within=taught("460"),
        beyond=taught("461"),
    ),
    Boundary(
        says="a bucket is planned with nothing, or not at all",
        found=Place("MK-DRF-038", EFFORT, "buckets[3].planned"),
        within=(
            put(EFFORT, "buckets.3.planned", "0"),
            put(EFFORT, "buckets.3.actual", "0"),
        ),
        beyond=(NOT_PLANNED, put(EFFORT, "buckets.3.actual", "0")),
        unknown=frozenset({"MK-DRF-039"}),
    ),
    Boundary(
        # The distances, computed by hand, are 0.19982 and 0.20021.
        says="the distance between plan and effort is 0.2",
        found=Place("MK-DRF-039", EFFORT, "buckets[0].actual"),
        within=(spent("1450", "370", "910", "760"),),
        beyond=(spent("1451", "369", "910", "760"),),
    ),
    Boundary(
        # The distances, computed by hand, are 0.19995 and 0.20027.
        says="effort off mission is a bucket for which nothing is planned",
        found=Place("MK-DRF-039", EFFORT, "off_mission"),
        within=off("294"),
        beyond=off("295"),
    ),
    Boundary(
        says="a signal is raised by the day that is judged",
        found=Place("MK-DRF-039", SIGNAL, "status"),
        within=(put(SIGNAL, "status", "raised"), put(SIGNAL, "at", "2026-07-01")),
        beyond=(put(SIGNAL, "status", "raised"), put(SIGNAL, "at", "2026-06-30")),
    ),
    Boundary(
        says="four clients pay all, each as much",
        found=Place("MK-DRF-040", REVENUE, "buckets"),
        within=of_four("20000"),
        beyond=of_four("20001"),
    ),
    Boundary(
        says="half of what is paid recurs",
        found=Place("MK-DRF-040", REVENUE, "buckets"),
        within=of_five("10000"),
        beyond=of_five("9999.99"),
    ),
)
