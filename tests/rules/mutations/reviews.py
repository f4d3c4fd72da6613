"""Where reviews pass something over, or nothing follows from them."""

from tests.rules.mutations.edits import (
    Add,
    Boundary,
    Mutation,
    Place,
    add,
    cut,
    drop,
    mutation,
    put,
)

REPORT = "review-2025-strategic-review-report"


def signaled(at: str) -> Add:
    """Return the edit that adds a signal of drift which nobody has answered yet."""
    return add(
        "drift_signals",
        "fewer-loaves",
        indicator="Loaves sold",
        detector="cusum",
        at=at,
        status="acknowledged",
    )


MUTATIONS = (
    mutation(
        "MK-REV-029",
        "review-2026-actions",
        "disposition",
        cut("review-2026-actions", "disposition"),
    ),
    mutation("MK-REV-029", "review-2025", "agenda", drop("review-2025-risks")),
    mutation(
        "MK-REV-030",
        "nothing-left-over",
        "status",
        put("bake-less-on-mondays", "cycle", "review-2026"),
    ),
    mutation("MK-REV-031", "one-more-field", "", drop("owner-of-one-more-field")),
    Mutation(
        found=Place("MK-REV-031", "one-more-field", "due"),
        edits=(cut("one-more-field", "due"),),
        also=(Place("MK-CPL-001", "one-more-field", "due"),),
        because="the day is also a field that is expected",
    ),
    mutation(
        "MK-REV-032",
        "review-2026-carry-over",
        "covers",
        put("review-2026-carry-over", "covers", ["oven-fails", REPORT]),
    ),
    mutation(
        "MK-REV-032",
        "review-2026",
        "",
        put("review-2026-carry-over", "view", "minutes"),
    ),
    mutation(
        "MK-REV-032",
        "review-2026-carry-over",
        "covers",
        signaled("2025-03-01"),
    ),
    Mutation(
        found=Place("MK-REV-034", "figures-of-loaves-later", "until"),
        edits=(
            drop("loaves-sold-june"),
            put("figures-of-loaves-later", "until", "2026-06-29"),
        ),
        also=(Place("MK-TRC-007", "loaves-sold"),),
        because="what was allowed for a time is found again when the time is over",
    ),
    mutation(
        "MK-REV-033",
        "bake-less-on-mondays",
        "options",
        cut("bake-less-on-mondays", "options"),
    ),
    mutation(
        "MK-REV-033",
        "bake-less-on-mondays",
        "options",
        put("bake-less-on-mondays", "options", ["As proposed"]),
    ),
    mutation(
        "MK-REV-032",
        "review-2026-carry-over",
        "covers",
        put("one-more-field", "status", "done"),
        put("one-more-field", "closed", "2025-07-10"),
        put("review-2026-carry-over", "covers", ["oven-fails", REPORT]),
    ),
    mutation(
        "MK-REV-034",
        "figures-of-loaves-later",
        "until",
        put("figures-of-loaves-later", "until", "2026-01-31"),
    ),
    mutation(
        "MK-REV-035", "review-2026", "", put("review-2025", "period.end", "2025-03-31")
    ),
    mutation(
        "MK-REV-036", "selling", "release", put("selling", "critical", value=True)
    ),
    mutation(
        "MK-REV-036",
        "baking",
        "release",
        put("baking", "release.steps.3.on", "2026-07-01"),
    ),
)

BOUNDARIES = (
    Boundary(
        says="a signal is older than the review that begins after it",
        found=Place("MK-REV-032", "review-2026-carry-over", "covers"),
        within=(signaled("2025-07-01"),),
        beyond=(signaled("2025-06-30"),),
    ),
    Boundary(
        says="a waiver holds to the end of its last day",
        found=Place("MK-REV-034", "figures-of-loaves-later", "until"),
        within=(put("figures-of-loaves-later", "until", "2026-06-30"),),
        beyond=(put("figures-of-loaves-later", "until", "2026-06-29"),),
    ),
    Boundary(
        says="a review is held 36 days after the day, of the 36.5 that are allowed",
        found=Place("MK-REV-035", "review-2026"),
        within=(put("review-2025", "period.end", "2025-04-26"),),
        beyond=(put("review-2025", "period.end", "2025-04-25"),),
    ),
    Boundary(
        says="a critical process is in use from the day that is judged",
        found=Place("MK-REV-036", "baking", "release"),
        within=(put("baking", "release.steps.3.on", "2026-06-30"),),
        beyond=(put("baking", "release.steps.3.on", "2026-07-01"),),
    ),
)
