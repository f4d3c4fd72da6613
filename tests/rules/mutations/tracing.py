"""Where the line from needs to the work of processes is cut."""

from tests.rules.mutations.edits import (
    Boundary,
    Mutation,
    Place,
    add,
    cut,
    mutation,
    put,
)

SWEEPING = {
    "name": "Sweeping the yard",
    "family": "resource_management",
    "purpose": "The yard is clean",
    "brief": {
        "provides": "A clean yard",
        "timing": "Each evening",
        "profitability": "It costs little",
        "fit": "It suits the neighbors",
        "price": "Nobody pays for it",
    },
    "release": {"steps": [{"state": "developed", "on": "2025-01-01"}]},
}

MUTATIONS = (
    mutation(
        "MK-TRC-001",
        "open-on-sundays",
        "",
        put("open-on-sundays", "status", "accepted"),
    ),
    mutation("MK-TRC-002", "village-loaf", "goal", cut("village-loaf", "goal")),
    mutation("MK-TRC-003", "whole-valley", "intent", cut("whole-valley", "intent")),
    mutation(
        "MK-TRC-003",
        "whole-valley",
        "intent",
        put("whole-valley", "intent", "bread-until-2025"),
    ),
    Mutation(
        found=Place("MK-TRC-003", "bread-for-millbrook"),
        edits=(put("bread-for-millbrook", "mission", "We bake what sells best."),),
        also=(Place("MK-STR-028", "review-2026-core-intent", "covers[0]"),),
        because="a mission that was changed is also an artifact that was changed",
    ),
    mutation("MK-TRC-004", "village-loaf", "", put("loaves-sold", "of", "selling")),
    mutation("MK-TRC-005", "village-loaf", "", put("selling", "achieves", [])),
    mutation(
        "MK-TRC-006",
        "sweeping",
        "achieves",
        add("processes", "sweeping", **SWEEPING),
        add(
            "role_assignments",
            "owner-of-sweeping",
            role="process-owner",
            party="party-b4k3",
            on="sweeping",
        ),
    ),
    mutation(
        "MK-TRC-007", "grain-share", "", put("grain-share-june", "at", "2026-02-15")
    ),
    mutation("MK-TRC-008", "rolls", "produced_by", cut("rolls", "produced_by")),
    mutation(
        "MK-TRC-009",
        "bread-by-post",
        "status",
        put("bread-by-post", "status", "proposed"),
    ),
    mutation("MK-TRC-010", "millbrook-bakery", "", put("growers", "stakes", ["union"])),
    mutation(
        "MK-TRC-011",
        "shelves-by-seven",
        "needs[1]",
        put("steady-orders", "statement", "To sell more grain each year"),
    ),
    mutation(
        "MK-CPL-001", "known-grain", "importance", cut("known-grain", "importance")
    ),
    mutation("MK-CPL-001", "selling", "purpose", cut("selling", "purpose")),
)

BOUNDARIES = (
    Boundary(
        says="a goal is set for a mission that is to come, not for one that is over",
        found=Place("MK-TRC-003", "whole-valley", "intent"),
        within=(
            put("whole-valley", "intent", "bread-until-2025"),
            put("bread-until-2025", "effective", {"start": "2030-01-01"}),
        ),
        beyond=(put("whole-valley", "intent", "bread-until-2025"),),
    ),
    Boundary(
        says="the goal of a mission that is over ends before the day that is judged",
        found=Place("MK-TRC-003", "whole-valley", "intent"),
        within=(
            put("whole-valley", "intent", "bread-until-2025"),
            put("whole-valley", "horizon.end", "2026-06-29"),
        ),
        beyond=(
            put("whole-valley", "intent", "bread-until-2025"),
            put("whole-valley", "horizon.end", "2026-06-30"),
        ),
    ),
    Boundary(
        says="two readings may be due and missing, to the day",
        found=Place("MK-TRC-007", "grain-share"),
        within=(put("grain-share-june", "at", "2026-04-30"),),
        beyond=(put("grain-share-june", "at", "2026-04-29"),),
    ),
)
