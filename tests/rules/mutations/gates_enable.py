"""Where the gates of `enable` do not open."""

from tests.rules.mutations.edits import (
    Boundary,
    Mutation,
    Place,
    cut,
    drop,
    mutation,
    put,
)

MUTATIONS = (
    mutation(
        "MK-GAT-017",
        "review-2026-objective-tree",
        "",
        drop("approval-of-review-2026-objective-tree"),
    ),
    mutation("MK-GAT-018", "village-loaf", "", put("selling", "achieves", [])),
    Mutation(
        found=Place("MK-GAT-018", "selling", "achieves"),
        edits=(
            put("selling", "achieves", ["postal-bread"]),
            put("rolls", "produced_by", "baking"),
        ),
        also=(Place("MK-GAT-018", "village-loaf"),),
        because="both ends of the link that was moved are without the other",
    ),
    mutation("MK-GAT-019", "selling", "", drop("owner-of-selling")),
    mutation("MK-GAT-019", "selling", "brief.price", cut("selling", "brief.price")),
    mutation("MK-GAT-019", "selling", "brief", cut("selling", "brief")),
    mutation("MK-GAT-020", "selling", "", put("selling-r-performer", "letter", "I")),
    mutation("MK-GAT-020", "selling", "", put("selling-a-manager", "letter", "I")),
    mutation(
        "MK-GAT-021",
        "bread-to-the-table",
        "target",
        cut("bread-to-the-table", "target"),
    ),
    mutation("MK-GAT-021", "rolls", "produced_by", cut("rolls", "produced_by")),
    mutation(
        "MK-GAT-022", "days-on-time", "frequency", cut("days-on-time", "frequency")
    ),
    Mutation(
        found=Place("MK-GAT-022", "days-on-time"),
        edits=(put("data-owner-of-all", "on", "grain-share"),),
        also=(Place("MK-GAT-022", "loaves-sold"),),
        because="who owned the data of all measures owns those of one, not of two",
    ),
    mutation(
        "MK-GAT-023",
        "oven-at-night",
        "status",
        put("oven-at-night", "status", "requested"),
    ),
    mutation(
        "MK-GAT-023",
        "oven-at-night",
        "status",
        put("oven-at-night", "status", "refused"),
    ),
    mutation(
        "MK-GAT-024",
        "selling",
        "release",
        put("selling", "release.steps.2.on", "2026-07-01"),
    ),
    mutation(
        "MK-GAT-024", "selling", "release", put("selling", "critical", value=True)
    ),
    mutation("MK-GAT-025", "oven-fails", "response", cut("oven-fails", "response")),
    mutation(
        "MK-GAT-025",
        "oven-fails",
        "",
        put("two-at-the-oven", "governs", ["oven-fails"]),
    ),
)

BOUNDARIES = (
    Boundary(
        says="a process is installed by the day that is judged",
        found=Place("MK-GAT-024", "selling", "release"),
        within=(put("selling", "release.steps.2.on", "2026-06-30"),),
        beyond=(put("selling", "release.steps.2.on", "2026-07-01"),),
    ),
)
