"""Where the gates of `review` do not open."""

from tests.rules.mutations.edits import Boundary, Place, cut, drop, mutation, put

MUTATIONS = (
    mutation(
        "MK-GAT-026",
        "review-2026",
        "period",
        put("review-2026", "period.start", "2026-06-10"),
    ),
    mutation(
        "MK-GAT-027",
        "review-2026-process-map",
        "",
        drop("approval-of-review-2026-process-map"),
    ),
    mutation(
        "MK-GAT-028",
        "review-2026-risks",
        "disposition",
        cut("review-2026-risks", "disposition"),
    ),
    mutation(
        "MK-GAT-028",
        "review-2026-risks",
        "evidence",
        cut("review-2026-risks", "evidence"),
    ),
    mutation("MK-GAT-028", "review-2026", "", drop("review-2026-risks")),
    mutation("MK-GAT-028", "review-2026", "agenda", cut("review-2026", "agenda")),
    mutation(
        "MK-GAT-029", "valley-grain", "", put("grain-share-june", "at", "2025-06-15")
    ),
    mutation(
        "MK-GAT-030",
        "more-hours-for-cakes",
        "status",
        put("more-hours-for-cakes", "status", "raised"),
    ),
    mutation("MK-GAT-031", "village-loaf", "", put("village-loaf", "status", "missed")),
    mutation("MK-GAT-032", "mission-stands", "", drop("nothing-to-do")),
    mutation(
        "MK-GAT-033",
        "review-2026",
        "",
        put("mission-stands", "kind", "improvement"),
    ),
    mutation(
        "MK-GAT-034",
        "review-2026",
        "",
        put("review-2026-closing", "attendees", ["party-m4n5", "party-b4k3"]),
    ),
)

BOUNDARIES = (
    Boundary(
        says="a full month has passed since the review's period began",
        found=Place("MK-GAT-026", "review-2026", "period"),
        within=(put("review-2026", "period.start", "2026-05-31"),),
        beyond=(put("review-2026", "period.start", "2026-06-01"),),
    ),
    Boundary(
        says="a reading is of the last day of the review's period",
        found=Place("MK-GAT-029", "valley-grain"),
        within=(put("review-2026", "period.end", "2026-06-15"),),
        beyond=(
            put("review-2026", "period.end", "2026-06-15"),
            put("grain-share-june", "at", "2026-06-16"),
        ),
    ),
    Boundary(
        says="a signal is raised by the day that is judged",
        found=Place("MK-GAT-030", "more-hours-for-cakes", "status"),
        within=(
            put("more-hours-for-cakes", "status", "raised"),
            put("more-hours-for-cakes", "at", "2026-07-01"),
        ),
        beyond=(
            put("more-hours-for-cakes", "status", "raised"),
            put("more-hours-for-cakes", "at", "2026-06-30"),
        ),
    ),
    Boundary(
        says="the closing session is held by the day that is judged",
        found=Place("MK-GAT-034", "review-2026"),
        within=(put("review-2026-closing", "on", "2026-06-30"),),
        beyond=(put("review-2026-closing", "on", "2026-07-01"),),
    ),
)
