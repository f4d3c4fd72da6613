"""Where somebody does not do their part in a process, or a process is not kept."""

from typing import Any

from tests.rules.mutations.edits import (
    Add,
    Boundary,
    Mutation,
    Place,
    add,
    cut,
    drop,
    limited,
    mutation,
    put,
)

FIRST = "baking"
BAKER, MANAGER, COUNTER = "party-b4k3", "party-m4n5", "party-s311"
TODAY, YESTERDAY = "2026-06-30", "2026-06-29"
DELIVERED = ["documents", "knowledge", "measures", "training"]
QUESTIONS = ("provides", "timing", "profitability", "fit", "price")
FUNCTIONS = {
    "MK-PRC-017": "documentation",
    "MK-PRC-018": "resources",
    "MK-PRC-019": "customer-feedback",
    "MK-PRC-020": "benchmarking",
    "MK-PRC-021": "best-practice",
    "MK-PRC-022": "training",
}


def steps(*days: str) -> list[dict[str, Any]]:
    """Return a release ladder of which each rung is shown by evidence."""
    states = ("developed", "published", "installed", "commissioned")
    return [
        {"state": state, "on": day, "evidence": ["how-we-work"]}
        for state, day in zip(states, days, strict=False)
    ]


def looked_into(on: str) -> Add:
    return add(
        "investigations",
        "why-it-is-late",
        problem="The van is late",
        process="delivering",
        on=on,
        cause="It waits for the rolls",
    )


def complained(on: str) -> Add:
    return add(
        "feedback",
        "late-again",
        statement="The rolls came late again",
        process="delivering",
        on=on,
        satisfaction=-10,
    )


def left_open(question: str) -> Mutation:
    path = f"brief.{question}"
    return Mutation(
        found=Place("MK-PRC-010", "selling", path),
        edits=(cut("selling", path),),
        also=(Place("MK-CPL-001", "selling", path),),
        because="an answer is expected long before a process is published",
    )


MUTATIONS = (
    mutation("MK-PRC-001", FIRST, "", put("performer-of-baking", "party", BAKER)),
    mutation("MK-PRC-002", FIRST, "", cut("handover-of-baking", "accepted")),
    *(
        mutation(
            "MK-PRC-003",
            "handover-of-baking",
            "delivered",
            put("handover-of-baking", "delivered", [x for x in DELIVERED if x != what]),
        )
        for what in DELIVERED
    ),
    mutation(
        "MK-PRC-004",
        "handover-of-baking",
        "to_party",
        put("handover-of-baking", "to_party", COUNTER),
    ),
    mutation(
        "MK-PRC-005", FIRST, "", drop("performer-of-baking"), drop("performer-of-all")
    ),
    mutation(
        "MK-PRC-006", FIRST, "", put("coach-of-baking", "period", {"end": "2026-01-31"})
    ),
    mutation(
        "MK-PRC-007",
        "performer-of-baking",
        "party",
        put("training-oven", "parties", [BAKER]),
    ),
    mutation(
        "MK-PRC-007",
        "performer-of-baking",
        "party",
        put("training-oven", "next_due", YESTERDAY),
    ),
    mutation(
        "MK-PRC-008",
        FIRST,
        "",
        put("days-on-time", "frequency", {"every": 1, "unit": "year"}),
    ),
    mutation(
        "MK-PRC-009",
        "keeper",
        "on",
        add("role_assignments", "keeper", role="manager", party=MANAGER, on=COUNTER),
    ),
    *map(left_open, QUESTIONS),
    *(
        mutation(
            "MK-PRC-011",
            "selling",
            f"brief.{question}",
            put("selling", f"brief.{question}", "Much"),
        )
        for question in QUESTIONS
    ),
    mutation(
        "MK-PRC-011",
        "selling",
        "brief.price",
        put("selling", "brief.price", "BREAD, to whoever  comes in"),
    ),
    mutation(
        "MK-PRC-012",
        "selling",
        "release.steps[0]",
        put("selling", "release.steps", steps("2025-01-01", "2025-02-01")),
    ),
    mutation(
        "MK-PRC-013",
        "selling",
        "release.steps[1]",
        cut("selling", "release.steps.1.evidence"),
    ),
    mutation(
        "MK-PRC-013",
        FIRST,
        "release.steps[1]",
        cut(FIRST, "release.steps.1.evidence"),
        put("handover-of-baking", "on", "2026-05-04"),
        put("handover-of-baking", "accepted", "2026-05-04"),
    ),
    mutation(
        "MK-PRC-014",
        FIRST,
        "release.steps[3]",
        cut(FIRST, "release.steps.3.evidence"),
    ),
    mutation(
        "MK-PRC-015",
        FIRST,
        "release.steps[3]",
        put("training-oven", "on", "2026-05-04"),
        put("handover-of-baking", "on", "2026-05-04"),
        put("handover-of-baking", "accepted", "2026-05-04"),
    ),
    mutation(
        "MK-PRC-016",
        FIRST,
        "release.steps[3]",
        put(
            FIRST,
            "release.steps",
            steps("2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01"),
        ),
    ),
    *(
        mutation(code, FIRST, "", put(f"care-{words}", "next_due", YESTERDAY))
        for code, words in FUNCTIONS.items()
    ),
    mutation("MK-PRC-023", FIRST, "", drop("care-resources")),
    mutation("MK-PRC-023", FIRST, "", drop("care-documentation")),
    mutation(
        "MK-PRC-024",
        "dough-rests",
        "reviewed",
        put("dough-rests", "reviewed", "2025-02-02"),
    ),
    mutation("MK-PRC-024", "dough-rests", "reviewed", cut("dough-rests", "reviewed")),
    mutation(
        "MK-PRC-025",
        "the-bakery-in-town",
        "on",
        put("the-bakery-in-town", "on", "2024-02-02"),
    ),
    mutation("MK-PRC-026", "millbrook-bakery", "", drop("care-chart")),
    mutation(
        "MK-PRC-026", "millbrook-bakery", "", put("care-chart", "next_due", YESTERDAY)
    ),
    mutation("MK-PRC-027", "why-bread-burns", "cause", cut("why-bread-burns", "cause")),
    mutation("MK-PRC-028", "why-bread-burns", "", drop("two-on-mondays")),
    mutation("MK-PRC-029", "late-again", "", complained("2026-03-02")),
    mutation("MK-PRC-030", "millbrook-bakery", "", limited("management_share", 0.1)),
    mutation("MK-PRC-031", FIRST, "", put("rebaking", "effort_hours", 90.0)),
    mutation(
        "MK-PRC-032", "warden", "", add("roles", "warden", name="Warden", kind="coach")
    ),
)

BOUNDARIES = (
    Boundary(
        says="who performs was trained by the day",
        found=Place("MK-PRC-007", "performer-of-baking", "party"),
        within=(put("training-oven", "on", TODAY),),
        beyond=(put("training-oven", "on", "2026-07-01"),),
    ),
    Boundary(
        says="who performs is due to be trained again from the day on",
        found=Place("MK-PRC-007", "performer-of-baking", "party"),
        within=(put("training-oven", "next_due", TODAY),),
        beyond=(put("training-oven", "next_due", YESTERDAY),),
    ),
    Boundary(
        says="a measure to steer by is read as often as is asked for",
        found=Place("MK-PRC-008", FIRST),
        within=(limited("steering_months", 1),),
        beyond=(limited("steering_months", 0.5),),
    ),
    Boundary(
        says="a coach stays to the last day of the term",
        found=Place("MK-PRC-006", FIRST),
        within=(put("coach-of-baking", "period", {"end": TODAY}),),
        beyond=(put("coach-of-baking", "period", {"end": YESTERDAY}),),
    ),
    Boundary(
        says="a handover counts from the day on which it is accepted",
        found=Place("MK-PRC-002", FIRST),
        within=(put("handover-of-baking", "accepted", TODAY),),
        beyond=(put("handover-of-baking", "accepted", "2026-07-01"),),
    ),
    Boundary(
        says="a process is designed half a year before its objectives begin",
        found=Place("MK-PRC-012", "selling", "release.steps[0]"),
        within=(put("selling", "release.steps", steps("2025-07-01", "2025-08-01")),),
        beyond=(put("selling", "release.steps", steps("2025-06-30", "2025-08-01")),),
    ),
    Boundary(
        says="what shows that a process works is there on the day it is commissioned",
        found=Place("MK-PRC-014", FIRST, "release.steps[3]"),
        within=(
            cut(FIRST, "release.steps.3.evidence"),
            put("days-on-time-june", "at", "2026-04-01"),
            limited("missed_readings", 9),
        ),
        beyond=(
            cut(FIRST, "release.steps.3.evidence"),
            put("days-on-time-june", "at", "2026-04-02"),
            limited("missed_readings", 9),
        ),
    ),
    *(
        Boundary(
            says="a function is performed again by the day on which it is due",
            found=Place(code, FIRST),
            within=(put(f"care-{words}", "next_due", TODAY),),
            beyond=(put(f"care-{words}", "next_due", YESTERDAY),),
        )
        for code, words in FUNCTIONS.items()
    ),
    *(
        Boundary(
            says="what does not say when it is due again is due after a year",
            found=Place(code, FIRST),
            within=(put(f"care-{words}", "on", "2025-06-30"),),
            beyond=(put(f"care-{words}", "on", "2025-06-29"),),
        )
        for code, words in list(FUNCTIONS.items())[:2]
    ),
    Boundary(
        says="customers are asked every half year",
        found=Place("MK-PRC-019", FIRST),
        within=(
            put("care-customer-feedback", "on", "2025-12-30"),
            put("burned-on-monday", "on", "2025-12-30"),
        ),
        beyond=(
            put("care-customer-feedback", "on", "2025-12-29"),
            put("burned-on-monday", "on", "2025-12-29"),
        ),
    ),
    Boundary(
        says="a function was performed by the day",
        found=Place("MK-PRC-023", FIRST),
        within=(put("care-resources", "on", TODAY),),
        beyond=(put("care-resources", "on", "2026-07-01"),),
    ),
    Boundary(
        says="a practice is reviewed every year",
        found=Place("MK-PRC-024", "dough-rests", "reviewed"),
        within=(put("dough-rests", "reviewed", "2025-06-30"),),
        beyond=(put("dough-rests", "reviewed", "2025-06-29"),),
    ),
    Boundary(
        says="a comparison is made every year",
        found=Place("MK-PRC-025", "the-bakery-in-town", "on"),
        within=(put("the-bakery-in-town", "on", "2025-06-30"),),
        beyond=(put("the-bakery-in-town", "on", "2025-06-29"),),
    ),
    Boundary(
        says="the process chart is looked at every half year",
        found=Place("MK-PRC-026", "millbrook-bakery"),
        within=(put("care-chart", "on", "2025-12-30"),),
        beyond=(put("care-chart", "on", "2025-12-29"),),
    ),
    Boundary(
        says="a cause is found within thirty days",
        found=Place("MK-PRC-027", "why-bread-burns", "cause"),
        within=(
            cut("why-bread-burns", "cause"),
            put("why-bread-burns", "on", "2026-05-31"),
        ),
        beyond=(
            cut("why-bread-burns", "cause"),
            put("why-bread-burns", "on", "2026-05-30"),
        ),
    ),
    Boundary(
        says="something follows from a cause within ninety days",
        found=Place("MK-PRC-028", "why-it-is-late"),
        within=(looked_into("2026-04-01"),),
        beyond=(looked_into("2026-03-31"),),
    ),
    Boundary(
        says="a complaint is answered within thirty days",
        found=Place("MK-PRC-029", "late-again"),
        within=(complained("2026-05-31"),),
        beyond=(complained("2026-05-30"),),
    ),
    Boundary(
        says="management takes an eighth of value-adding effort",
        found=Place("MK-PRC-030", "millbrook-bakery"),
        within=(limited("management_share", 0.125),),
        beyond=(limited("management_share", 0.124),),
    ),
    Boundary(
        says="a tenth of the effort is waste",
        found=Place("MK-PRC-031", FIRST),
        within=(limited("waste_share", 0.1),),
        beyond=(limited("waste_share", 0.09),),
    ),
)
