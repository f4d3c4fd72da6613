"""Where the gates of `understand` do not open."""

from tests.rules.mutations.edits import Boundary, Place, add, cut, drop, mutation, put

MUTATIONS = (
    mutation(
        "MK-GAT-001",
        "review-2025",
        "status",
        put("review-2025", "status", "suspended"),
    ),
    mutation(
        "MK-GAT-001",
        "cart",
        "capability",
        add("resources", "cart", name="The cart", type="physical", stage="maintained"),
    ),
    mutation("MK-GAT-002", "review-2026", "", drop("facilitator-of-all")),
    mutation(
        "MK-GAT-002",
        "review-2026",
        "",
        put("sponsor-of-all", "period", {"end": "2026-06-29"}),
    ),
    mutation("MK-GAT-003", "millbrook-bakery", "", put("growers", "stakes", ["union"])),
    mutation("MK-GAT-004", "growers", "", put("known-grain", "stakeholder", "members")),
    mutation(
        "MK-GAT-005",
        "open-on-sundays",
        "status",
        put("open-on-sundays", "status", "proposed"),
    ),
    mutation(
        "MK-GAT-005",
        "bread-by-post",
        "status",
        put("bread-by-post", "status", "proposed"),
    ),
    mutation("MK-GAT-006", "millbrook-bakery", "", drop("no-new-law")),
    mutation(
        "MK-GAT-006", "millbrook-bakery", "", put("early-buses", "category", "soical")
    ),
    mutation(
        "MK-GAT-006", "millbrook-bakery", "", put("one-baker", "side", "external")
    ),
    mutation(
        "MK-GAT-007",
        "early-buses",
        "",
        put("early-buses-judged", "influencers", ["grain-price"]),
    ),
    mutation(
        "MK-GAT-008",
        "review-2026",
        "",
        put("review-2026-carry-over", "covers", ["second-baker", "oven-fails"]),
    ),
    mutation(
        "MK-GAT-001",
        "review-2026",
        "previous",
        put("review-2025", "status", "canceled"),
    ),
    mutation(
        "MK-GAT-008",
        "review-2026",
        "",
        cut("review-2026-carry-over", "status"),
    ),
)

BOUNDARIES = (
    Boundary(
        says="a sponsor is in office to the day that is judged",
        found=Place("MK-GAT-002", "review-2026"),
        within=(put("sponsor-of-all", "period", {"end": "2026-06-30"}),),
        beyond=(put("sponsor-of-all", "period", {"end": "2026-06-29"}),),
    ),
)
