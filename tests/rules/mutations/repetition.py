"""Where something is said twice, or nothing is in force."""

from tests.rules.mutations.edits import Boundary, Place, add, mutation, put

MUTATIONS = (
    mutation(
        "MK-STR-029",
        "review-in-between",
        "status",
        add(
            "review_cycles",
            "review-in-between",
            name="Review in between",
            period={"start": "2026-01-01", "end": "2026-03-31"},
            scope="millbrook-bakery",
            cadence={"every": 1, "unit": "year"},
            status="suspended",
        ),
    ),
    mutation(
        "MK-STR-030",
        "bread-for-millbrook",
        "effective",
        put("bread-until-2025", "effective.end", "2025-12-30"),
    ),
    mutation(
        "MK-STR-031",
        "bread-to-the-counter-again",
        "",
        add(
            "flows",
            "bread-to-the-counter-again",
            item="Bread, still warm",
            source="baking",
            target="selling",
        ),
    ),
    mutation(
        "MK-STR-031",
        "coach-of-everything",
        "",
        add(
            "role_assignments", "coach-of-everything", role="coach", party="party-b4k3"
        ),
    ),
)
BOUNDARIES = (
    Boundary(
        found=Place("MK-STR-030", "bread-for-millbrook", "effective"),
        says="a day lies between the two missions",
        within=(put("bread-until-2025", "effective.end", "2025-12-31"),),
        beyond=(put("bread-until-2025", "effective.end", "2025-12-30"),),
    ),
)
