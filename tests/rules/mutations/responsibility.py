"""Where nobody answers for something, several do, or one for too much."""

from tests.rules.mutations.edits import (
    Add,
    Boundary,
    Place,
    add,
    cut,
    drop,
    mutation,
    put,
)

MORE = (
    "village-loaf",
    "valley-grain",
    "shelves-by-seven",
    "daily-bread",
    "whole-valley",
    "open-early",
)
"""What else the manager may be made accountable for, beside two processes."""


def letter(on: str, role: str, said: str) -> Add:
    ref = f"{on}-{said.lower()}-{role}"
    return add("responsibilities", ref, on=on, role=role, letter=said)


def accountable_for(count: int) -> tuple[Add, ...]:
    """Return edits by which the manager has the letter A on as many more things."""
    rows = (("manager", "A"), ("performer", "R"))
    return tuple(letter(on, *row) for on in MORE[:count] for row in rows)


MUTATIONS = (
    mutation("MK-RSP-011", "selling", "", put("selling-a-manager", "letter", "I")),
    mutation("MK-RSP-011", "selling", "", letter("selling", "planner", "A")),
    mutation("MK-RSP-012", "selling", "", put("selling-r-performer", "letter", "I")),
    mutation("MK-RSP-013", "selling", "", drop("owner-of-selling")),
    mutation(
        "MK-RSP-013",
        "selling",
        "",
        add(
            "role_assignments",
            "second-owner",
            role="process-owner",
            party="party-s311",
            on="selling",
        ),
    ),
    mutation(
        "MK-RSP-014",
        "party-m4n5",
        "",
        put("baking-a-process-owner", "role", "manager"),
    ),
    mutation("MK-RSP-015", "baking", "", letter("baking", "planner", "C")),
    mutation(
        "MK-RSP-016",
        "earlier-first-batch",
        "verified_by",
        put("earlier-first-batch", "verified_by", "party-b4k3"),
    ),
)

OWN_LIMIT = cut("millbrook-bakery", "limits")
BOUNDARIES = (
    Boundary(
        says="an owner is in office to the day that is judged",
        found=Place("MK-RSP-013", "selling"),
        within=(put("owner-of-selling", "period", {"end": "2026-06-30"}),),
        beyond=(put("owner-of-selling", "period", {"end": "2026-06-29"}),),
    ),
    Boundary(
        says="an action is verified by its owner on the day it was closed",
        found=Place("MK-RSP-016", "earlier-first-batch", "verified_by"),
        within=(
            put("earlier-first-batch", "verified_by", "party-b4k3"),
            put("owner-of-earlier-first-batch", "period", {"end": "2025-11-13"}),
        ),
        beyond=(
            put("earlier-first-batch", "verified_by", "party-b4k3"),
            put("owner-of-earlier-first-batch", "period", {"end": "2025-11-14"}),
        ),
    ),
    Boundary(
        says="one party is accountable for as much as the organization allows",
        found=Place("MK-RSP-014", "party-m4n5"),
        within=(put("millbrook-bakery", "limits.0.value", 3), *accountable_for(1)),
        beyond=(put("millbrook-bakery", "limits.0.value", 3), *accountable_for(2)),
    ),
    Boundary(
        says="without a limit of one's own it is seven things",
        found=Place("MK-RSP-014", "party-m4n5"),
        within=(OWN_LIMIT, *accountable_for(5)),
        beyond=(OWN_LIMIT, *accountable_for(6)),
    ),
    Boundary(
        says="three roles are consulted about one thing",
        found=Place("MK-RSP-015", "selling"),
        within=tuple(letter("selling", r, "C") for r in ("coach", "voice", "planner")),
        beyond=tuple(
            letter("selling", r, "C") for r in ("coach", "voice", "planner", "engineer")
        ),
    ),
)
