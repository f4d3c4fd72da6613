"""What is refused when it is read: the code, the element, and the path within it.

A field that is missing has no place in the text, so the path is that of its holder.
"""

from tests.rules.mutations.edits import add, cut, mutation, put

EFFORT = "effort-first-half-2026"
REVENUE = "revenue-first-half-2026"
STEPS = "release.steps"
SKIPPED = [
    {"state": "developed", "on": "2025-01-01"},
    {"state": "installed", "on": "2025-03-01"},
]

VALUES = (
    mutation(
        "MK-DOM-011",
        "own-grain",
        "budget.currency",
        put("own-grain", "budget.currency", "XYZ"),
    ),
    mutation(
        "MK-DOM-012",
        "own-grain",
        "budget.amount",
        put("own-grain", "budget.amount", "3000.001"),
    ),
    mutation(
        "MK-DOM-013",
        "village-loaf",
        "period.end",
        put("village-loaf", "period.end", "2025-12-31"),
    ),
    mutation("MK-DOM-014", "village-loaf", "period", put("village-loaf", "period", {})),
    mutation(
        "MK-DOM-015",
        "days-on-time",
        "scale.steps",
        put(
            "days-on-time",
            "scale",
            {"name": "taste", "steps": [{"name": "good"}, {"name": "good"}]},
        ),
    ),
    mutation(
        "MK-DOM-018",
        "days-on-time",
        "targets[0]",
        cut("days-on-time", "targets.0.value"),
    ),
    mutation(
        "MK-DOM-019",
        "days-on-time",
        "targets[0].until",
        put("days-on-time", "targets.0.until", "2025-12-31"),
    ),
    mutation(
        "MK-DOM-021",
        "selling",
        STEPS,
        put("selling", STEPS, SKIPPED),
    ),
    mutation(
        "MK-DOM-022",
        "selling",
        STEPS,
        put("selling", "release.steps.0.on", "2026-02-02"),
    ),
)
ELEMENTS = (
    mutation(
        "MK-DOM-016",
        "open-on-sundays",
        "status",
        cut("open-on-sundays", "decided_reason"),
    ),
    mutation(
        "MK-DOM-017",
        "open-on-sundays",
        "status",
        put("open-on-sundays", "kind", "obligation"),
    ),
    mutation("MK-DOM-020", "days-on-time-june", "", cut("days-on-time-june", "value")),
    mutation(
        "MK-DOM-023",
        "bread-to-the-counter",
        "source",
        put("bread-to-the-counter", "target", "baking"),
    ),
    mutation(
        "MK-DOM-024",
        "to-the-baker",
        "accepted",
        add(
            "handovers",
            "to-the-baker",
            process="baking",
            on="2025-04-02",
            accepted="2025-04-01",
        ),
    ),
    mutation(
        "MK-DOM-025",
        "oven-to-oven",
        "source",
        add("relations", "oven-to-oven", source="oven", target="oven"),
    ),
    mutation("MK-DOM-026", EFFORT, "buckets", put(EFFORT, "buckets.1.name", "baking")),
    mutation("MK-DOM-027", REVENUE, "buckets", put(REVENUE, "buckets.1.name", "inn")),
    mutation(
        "MK-DOM-028",
        "review-2026-direct",
        "left",
        put("review-2026-direct", "left", "2026-06-07"),
    ),
    mutation(
        "MK-DOM-029",
        "what-we-look-at",
        "entries",
        put("what-we-look-at", "entries.1.code", "actions"),
    ),
    mutation(
        "MK-DOM-030",
        "review-2026-risks",
        "disposition",
        put("review-2026-risks", "disposition", "deferred"),
    ),
    mutation(
        "MK-DOM-031",
        "earlier-first-batch",
        "status",
        cut("earlier-first-batch", "evidence"),
    ),
    mutation(
        "MK-DOM-032",
        "figures-of-loaves-later",
        "granted_by",
        put("figures-of-loaves-later", "requested_by", "party-c4r0"),
    ),
    mutation(
        "MK-DOM-033",
        "more-hours-for-cakes",
        "status",
        cut("more-hours-for-cakes", "reason"),
    ),
    mutation(
        "MK-DOM-034",
        "baking-and-mission",
        "",
        add(
            "intent_alignments",
            "baking-and-mission",
            on="baking",
            intent="bread-for-millbrook",
            part="mission",
            rating=80,
        ),
    ),
)
STRUCTURE = (
    mutation("MK-STR-001", "members", "id", add("parties", "members", name="Members")),
    mutation("MK-STR-002", "village-loaf", "goal", put("village-loaf", "goal", "oven")),
    mutation(
        "MK-STR-003",
        "other-bakery",
        "",
        add("organizations", "other-bakery", name="The bakery in town"),
    ),
    mutation(
        "MK-STR-005",
        "daily-bread",
        "parent",
        put("daily-bread", "parent", "early-shelves"),
    ),
    mutation(
        "MK-STR-025",
        "village-loaf",
        "goal",
        put("village-loaf", "goal", "whole-vally"),
    ),
    mutation(
        "MK-STR-025",
        "shelves-by-seven",
        "needs[1]",
        put("shelves-by-seven", "needs.1", "steady-order"),
    ),
)
FORM = (
    mutation(
        "MK-DOM-002", "known-grain", "importance", put("known-grain", "importance", 80)
    ),
    mutation("MK-DOM-005", "The Oven", "id", add("resources", "The Oven", name="Oven")),
    mutation(
        "MK-DOC-012", "known-grain", "importance", put("known-grain", "importance", "x")
    ),
    mutation("MK-DOC-013", "oven", "", cut("oven", "name")),
    mutation("MK-DOC-014", "oven", "naem", put("oven", "naem", "The old oven")),
    mutation(
        "MK-DOC-015",
        "known-grain",
        "status",
        put("known-grain", "status", "acepted"),
    ),
    mutation(
        "MK-DOC-016",
        "village-loaf",
        "period.end",
        put("village-loaf", "period.end", "31.12.2026"),
    ),
    mutation(
        "MK-DOC-017",
        "growers",
        "stakes[1]",
        put("growers", "stakes", ["employee", "employee"]),
    ),
    mutation("MK-DOC-019", "", "", cut("", "schema")),
    mutation("MK-DOC-020", "", "schema", put("", "schema", "missionkit")),
    mutation("MK-DOC-021", "", "schema", put("", "schema", "missionkit/99")),
    mutation("MK-DOC-022", "", "neds", put("", "neds", [])),
    mutation("MK-DOC-023", "", "organization", put("", "organization", "members")),
)

REFUSED = (*VALUES, *ELEMENTS, *STRUCTURE, *FORM)
