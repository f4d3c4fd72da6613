"""A purpose of their own: people leave the mission, and an influencer drives them.

python examples/drift_of_purpose.py

A lifeboat station keeps boats ready. From July 2025 on its crew puts more and more
hours into short films of itself, as everybody on the coast does: what changes in
society shows inside first. Nobody decided it. The ledger of three years shows it.
"""

from collections.abc import Iterator
from datetime import date
from random import Random

import missionkit as mk

TODAY = date(2027, 1, 1)
MATTERS = {"effort-on-mission": 0.02}  # two points of a hundred, up or down
MONTHS = mk.periods(date(2024, 1, 1), date(2026, 12, 31))
BEGAN = date(2025, 7, 1)
FILMS = "Filming and posting"
HOURS = {  # activity: hours a month, what it serves, who does it
    "Drills at sea": (420, "ready-crew", "Crew"),
    "Care of the boats": (310, "ready-boats", "Mechanics"),
    "Lessons in schools": (140, "safe-coast", "Crew"),
    "Books and rota": (90, None, "Office"),
    FILMS: (15, "films", "Crew"),
}
OTHER = sum(hours for what, (hours, *_) in HOURS.items() if what != FILMS)
FILMED_SINCE = 95  # hours a month more, which all other work lacks


def station() -> mk.Model:
    """Model the station: what it is for, and what else its people do."""
    with mk.draft("Gull Rock Lifeboats", id="station") as d:
        intent = d.core_intent("Nobody drowns off Gull Rock", id="intent")
        for ref, name in (
            ("ready-crew", "A crew that can put to sea in ten minutes"),
            ("ready-boats", "Two boats that always start"),
            ("safe-coast", "Children who know the tides"),
        ):
            d.goal(name, id=ref, intent=intent)
        fame = d.influencer("Everybody films what they do", id="fame")
        d.purpose("Films of the crew", id="films", driven_by=[fame])
    return d.model


def activities() -> Iterator[mk.ActivityRecord]:
    """Give the hours of each month; chance is that of a seed."""
    chance = Random(7).random  # noqa: S311 - the same in every run
    for month in MONTHS:
        day = month.start or TODAY
        more = FILMED_SINCE if day >= BEGAN else 0
        for what, (hours, serves, role) in HOURS.items():
            now = hours + more if what == FILMS else hours * (1 - more / OTHER)
            done = now * (0.94 + 0.12 * chance())
            ref = mk.AnyId(serves) if serves else None
            yield mk.ActivityRecord(
                on=day, what=what, hours=round(done, 2), serves=ref, role=role
            )


def decided(at: date) -> mk.Decision:
    """Give a decision that lets the crew film."""
    return mk.Decision(
        id=mk.DecisionId("film-us"),
        statement="The crew films itself to find donors",
        kind=mk.DecisionKind.COURSE_CORRECTION,
        at=at,
        effective=at,
        covers=(mk.AnyId("films"),),
        direction=mk.Shift.UP,
    )


def report(*more: mk.Decision) -> mk.DriftReport:
    """Ask what became of the figures, with such decisions in the model."""
    model = station().with_(*more)
    hours = mk.Ledger(list(activities()))
    return mk.find_drift(model, on=TODAY, activities=hours, season=1, least=MATTERS)


def main() -> None:
    for title, found in (
        ("Nobody decided it", report()),
        ("Decided before, in May 2025", report(decided(date(2025, 5, 12)))),
        ("Decided after the fact, in March 2026", report(decided(date(2026, 3, 2)))),
    ):
        print(f"== {title}")
        for each in found.of(mk.DriftVerdict.DRIFT):
            print("-", mk.in_words(each))


if __name__ == "__main__":
    main()
