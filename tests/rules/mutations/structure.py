"""Where what is linked does not fit together."""

from tests.rules.mutations.edits import Boundary, Place, add, drop, mutation, put

MUTATIONS = (
    mutation(
        "MK-STR-006",
        "grain-from-one-more-field",
        "addresses[1]",
        add("acme.bet", "bet-on-spelt"),
        put(
            "grain-from-one-more-field",
            "addresses",
            ["shelves-by-seven", "bet-on-spelt"],
        ),
    ),
    mutation(
        "MK-STR-023",
        "daily-bread",
        "contributions[0].target",
        put(
            "daily-bread",
            "contributions",
            [{"target": "shelves-by-seven", "weight": 10}],
        ),
    ),
    mutation("MK-STR-024", "whole-valley", "", put("village-loaf", "weight", 0.5)),
    mutation(
        "MK-STR-026",
        "bread-for-millbrook",
        "effective",
        put("bread-until-2025", "effective.end", "2026-01-01"),
    ),
    mutation(
        "MK-STR-027",
        "review-2026-enable",
        "pass_number",
        put("review-2026-enable", "pass_number", 2),
    ),
    mutation(
        "MK-STR-027",
        "review-2026-enable",
        "stage",
        put("review-2026-enable", "entered", "2026-06-07"),
    ),
    mutation(
        "MK-STR-028",
        "review-2026-stakeholder-register",
        "covers[0]",
        put("the-village", "name", "People of the town"),
    ),
    mutation(
        "MK-STR-028",
        "review-2026-process-map",
        "",
        put("review-2026-process-map", "title", "How the bakery should work"),
    ),
    mutation(
        "MK-STR-028",
        "review-2026-process-map",
        "status",
        drop("approval-of-review-2026-process-map"),
    ),
    mutation(
        "MK-LIM-001",
        "millbrook-bakery",
        "limits[0].name",
        put("millbrook-bakery", "limits.0.name", "accountable_subject"),
    ),
    mutation(
        "MK-DOM-002",
        "millbrook-bakery",
        "limits[0].value",
        put("millbrook-bakery", "limits.0.value", -1),
    ),
    mutation(
        "MK-SEL-003",
        "figures-of-loaves-later",
        "code",
        put("figures-of-loaves-later", "code", "MK-TRC-070"),
    ),
)

BOUNDARIES = (
    Boundary(
        says="weights add up to 1, but for a rounding",
        found=Place("MK-STR-024", "whole-valley"),
        within=(put("village-loaf", "weight", 0.9999999995),),
        beyond=(put("village-loaf", "weight", 0.999999998),),
    ),
    Boundary(
        says="one mission ends on the day before the next begins",
        found=Place("MK-STR-026", "bread-for-millbrook", "effective"),
        within=(put("bread-until-2025", "effective.end", "2025-12-31"),),
        beyond=(put("bread-until-2025", "effective.end", "2026-01-01"),),
    ),
    Boundary(
        says="two stages are entered on one day",
        found=Place("MK-STR-027", "review-2026-enable", "stage"),
        within=(put("review-2026-enable", "entered", "2026-06-08"),),
        beyond=(put("review-2026-enable", "entered", "2026-06-07"),),
    ),
)
