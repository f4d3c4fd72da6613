"""Harmony with the core intent: part by part, opinions marked."""

from datetime import date

import pytest

import missionkit as mk
from missionkit.ports.scorer import Scorer
from missionkit.scoring.methods.intent_alignment import IntentAlignmentScore
from missionkit.testing.scorers import ScorerContract


class TestIntentAlignment(ScorerContract):
    @pytest.fixture
    def scorer(self) -> Scorer:
        return IntentAlignmentScore()


ELEMENTS = (
    mk.CoreIntent(
        id=mk.CoreIntentId("old"),
        mission="Build",
        effective=mk.Period(start=date(2020, 1, 1), end=date(2025, 12, 31)),
    ),
    mk.CoreIntent(
        id=mk.CoreIntentId("new"),
        mission="House",
        effective=mk.Period(start=date(2026, 1, 1)),
    ),
    mk.OperatingSphere(id=mk.OperatingSphereId("homes"), name="Homes"),
    mk.Process(id=mk.ProcessId("repair"), name="Repair"),
    mk.Party(id=mk.PartyId("ann"), name="Ann"),
    mk.Evidence(id=mk.EvidenceId("walk"), locator="Walk"),
)
DAY = date(2026, 6, 1)


def rated(  # noqa: PLR0913, PLR0917 - the facts of one thing
    id: str,
    part: str,
    rating: int,
    on: str = "homes",
    intent: str = "new",
    at: date | None = DAY,
    evidence: str | None = None,
    rater: str | None = None,
) -> mk.IntentAlignment:
    return mk.IntentAlignment(
        id=mk.IntentAlignmentId(id),
        on=mk.OperatingSphereId(on),
        intent=mk.CoreIntentId(intent),
        part=mk.IntentPart(part),
        rating=rating,
        at=at,
        opinion=evidence is None,
        evidence=(mk.EvidenceId(evidence),) if evidence else (),
        rater=mk.PartyId(rater) if rater else None,
    )


def asked(*held: mk.IntentAlignment, **more: object) -> mk.Score:
    more = {"on": DAY, **more}
    return mk.score(mk.Model([*ELEMENTS, *held]), using="intent-alignment", **more)  # type: ignore[arg-type]


def test_each_part_of_the_intent_counts_alike_however_many_rated_it() -> None:
    found = asked(
        rated("a", "mission", 90),
        rated("b", "mission", 30),
        rated("c", "vision", 0),
        rated("d", "values", -30, evidence="walk"),
        subject="homes",
    )

    assert found.value == pytest.approx((60 + 0 - 30) / 3)
    assert [(part.name, part.because, part.refs) for part in found.parts[1:4:2]] == [
        ("Homes: mission", "an opinion, rated on 2026-06-01", ("b",)),
        ("Homes: values", "rated on 2026-06-01, shown by evidence", ("d", "walk")),
    ]


def test_a_part_that_nobody_rated_is_missing() -> None:
    found = asked(rated("a", "mission", 90, at=None), subject="homes")

    assert found.value == 90
    assert found.parts[0].because == "an opinion, rated on an unknown day"
    assert [part.because for part in found.missing] == [
        "nobody has rated it against the vision",
        "nobody has rated it against the values",
    ]


def test_of_a_rater_the_last_rating_known_on_the_day_counts() -> None:
    held = (
        rated("z", "mission", 10, at=date(2026, 2, 1), rater="ann"),
        rated("a", "mission", 70, at=date(2026, 5, 1), rater="ann"),
    )

    assert asked(*held, subject="homes").value == 70
    assert asked(*held, subject="homes", on=date(2026, 3, 1)).value == 10


def test_only_ratings_against_the_intent_in_force_count() -> None:
    held = (
        rated("a", "mission", 10, intent="old"),
        rated("b", "mission", 70, intent="new"),
    )

    assert asked(*held, subject="homes").value == 70
    assert asked(*held, subject="old").value == 10
    assert asked(*held, subject="new").value == 70


def test_all_spheres_and_what_else_was_rated_are_asked_about() -> None:
    found = asked(rated("a", "mission", 40, on="repair"))

    assert found.value == 40
    names = {part.name for part in found.missing}
    assert {"Homes: mission", "Repair: vision"} <= names


@pytest.mark.parametrize("subject", ["homes", "new", "repair"])
def test_what_nobody_rated_has_no_alignment(subject: str) -> None:
    assert asked(subject=subject).reason == (
        "nobody has rated its harmony with the core intent"
    )


def test_without_spheres_and_ratings_there_is_nothing_to_rate() -> None:
    found = mk.score(mk.Model(()), using="intent-alignment")

    assert found.reason == "nothing is there to be rated"
