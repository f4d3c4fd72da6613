"""Where the gates of `direct` do not open."""

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
        "MK-GAT-009",
        "review-2026-strategic-analysis",
        "",
        drop("approval-of-review-2026-strategic-analysis"),
    ),
    mutation(
        "MK-GAT-009",
        "review-2026-strategic-analysis",
        "",
        put("dry-summers", "statement", "Summers in the valley are wet"),
    ),
    mutation(
        "MK-GAT-010",
        "open-on-sundays",
        "",
        put("open-on-sundays", "status", "accepted"),
    ),
    mutation(
        "MK-GAT-010",
        "bread-by-post",
        "status",
        put("bread-by-post", "status", "accepted"),
    ),
    mutation("MK-GAT-011", "village-loaf", "goal", cut("village-loaf", "goal")),
    mutation("MK-GAT-011", "whole-valley", "intent", cut("whole-valley", "intent")),
    mutation("MK-GAT-012", "village-loaf", "", drop("owner-of-village-loaf")),
    mutation("MK-GAT-012", "village-loaf", "period", cut("village-loaf", "period")),
    Mutation(
        found=Place("MK-GAT-012", "village-loaf"),
        edits=(put("loaves-sold", "of", "selling"),),
        also=(Place("MK-GAT-029", "village-loaf"),),
        because="what nothing measures cannot be evaluated in the review either",
    ),
    mutation("MK-GAT-012", "loaves-sold", "targets", cut("loaves-sold", "targets")),
    mutation("MK-GAT-012", "loaves-sold", "threshold", cut("loaves-sold", "threshold")),
    mutation("MK-GAT-012", "loaves-sold", "worst", cut("loaves-sold", "worst")),
    mutation(
        "MK-GAT-013",
        "own-grain",
        "contributions[0].weight",
        put("own-grain", "contributions.0.weight", -50),
    ),
    mutation("MK-GAT-014", "open-early", "budget", cut("open-early", "budget")),
    mutation("MK-GAT-014", "open-early", "period", cut("open-early", "period")),
    mutation("MK-GAT-014", "open-early", "", drop("owner-of-open-early")),
    mutation(
        "MK-GAT-014",
        "open-early",
        "contributions",
        cut("open-early", "contributions"),
    ),
    mutation("MK-GAT-015", "whole-valley", "", put("village-loaf", "weight", 0.5)),
    Mutation(
        found=Place("MK-GAT-016", "bread-for-millbrook"),
        edits=(put("approval-of-review-2026-core-intent", "party", "party-s311"),),
        also=(Place("MK-GAT-017", "review-2026-core-intent"),),
        because="an approval of who may not approve counts for no artifact either",
    ),
    Mutation(
        found=Place("MK-GAT-016", "bread-for-millbrook"),
        edits=(put("bread-for-millbrook", "mission", "We bake what sells best."),),
        also=(Place("MK-GAT-017", "review-2026-core-intent"),),
        because="a mission that was changed is also an artifact that was changed",
    ),
)

BOUNDARIES = (
    Boundary(
        says="a goal is hurt by less than half",
        found=Place("MK-GAT-013", "own-grain", "contributions[0].weight"),
        within=(put("own-grain", "contributions.0.weight", -49),),
        beyond=(put("own-grain", "contributions.0.weight", -50),),
    ),
    Boundary(
        says="weights add up to 1, but for a rounding",
        found=Place("MK-GAT-015", "whole-valley"),
        within=(put("village-loaf", "weight", 0.9999999995),),
        beyond=(put("village-loaf", "weight", 0.999999998),),
    ),
    Boundary(
        says="the sponsor was in office on the day of the approval",
        found=Place("MK-GAT-016", "bread-for-millbrook"),
        within=(put("sponsor-of-all", "period", {"start": "2026-06-12"}),),
        beyond=(put("sponsor-of-all", "period", {"start": "2026-06-13"}),),
    ),
)
