"""Salience: three attributes, seven classes, per rater and per day."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

import missionkit as mk
from missionkit.ports.scorer import Scorer
from missionkit.scoring.methods.stakeholder_salience import StakeholderSalience
from missionkit.scoring.salience import CLASSES, Attribute
from missionkit.testing.scorers import ScorerContract

# Mitchell, Agle and Wood, Academy of Management Review 22(4), 1997, 853-886.
SEVEN = {
    "": ("non-stakeholder", "none"),
    "P": ("dormant", "latent"),
    "L": ("discretionary", "latent"),
    "U": ("demanding", "latent"),
    "PL": ("dominant", "expectant"),
    "PU": ("dangerous", "expectant"),
    "LU": ("dependent", "expectant"),
    "PLU": ("definitive", "definitive"),
}


class TestStakeholderSalience(ScorerContract):
    @pytest.fixture(params=[None, "party-n3d7"])
    def scorer(self, request: pytest.FixtureRequest) -> Scorer:
        return StakeholderSalience(rater=request.param)


def rated(
    id: str,
    rater: str = "ann",
    day: int = 1,
    **held: Any,  # noqa: ANN401 - any value is meant
) -> mk.SalienceRating:
    return mk.SalienceRating(
        id=mk.SalienceRatingId(id),
        stakeholder=mk.StakeholderId("tenants"),
        rater=mk.PartyId(rater),
        at=datetime(2026, 3, day, 12, tzinfo=UTC),
        **held,
    )


def asked(
    *held: mk.SalienceRating,
    using: Scorer | str = "stakeholder-salience",
    **more: object,
) -> mk.Score:
    model = mk.Model(
        [
            mk.Stakeholder(id=mk.StakeholderId("tenants"), name="Tenants"),
            *(mk.Party(id=mk.PartyId(who), name=who) for who in ("ann", "bob")),
            *held,
        ]
    )
    return mk.score(model, using=using, subject="tenants", **more)  # type: ignore[arg-type]


def told(score: mk.Score) -> dict[str, str]:
    return {part.name: part.label for part in score.parts}


@pytest.mark.parametrize(("letters", "names"), SEVEN.items())
def test_each_set_of_attributes_has_its_class(
    letters: str, names: tuple[str, str]
) -> None:
    held: dict[str, Any] = {
        each.value: 0.5 if each[0].upper() in letters else 0.49 for each in Attribute
    }
    found = asked(rated("one", **held))

    assert told(found)["class"] == names[0]
    assert (found.value, found.word) == (len(letters), names[1])
    assert names[0] in str(found)


def test_there_are_seven_classes_and_none() -> None:
    assert len(CLASSES) == len(set(CLASSES.values())) == 8


def test_the_cut_is_a_limit() -> None:
    held = rated("one", power=0.6, legitimacy=0.6, urgency=0.6)

    assert asked(held).value == 3
    assert asked(held, limits={"salience_cut": 0.7}).value == 0


def test_raters_are_averaged_and_each_may_be_asked_alone() -> None:
    held = (
        rated("one", power=0.3, legitimacy=0.9, urgency=0.9),
        rated("two", "bob", power=0.6, legitimacy=0.9, urgency=0.9),
    )
    found = asked(*held)
    power = next(part for part in found.parts if part.name == "power")

    assert told(found)["class"] == "dependent"
    assert power.because == (
        "0.45, the cut is 0.5; 2 raters see 0.3 to 0.6; last rated on 2026-03-01"
    )
    assert power.refs == ("one", "two")
    assert told(asked(*held, using=StakeholderSalience("bob")))["class"] == "definitive"


def test_of_a_rater_the_last_rating_known_on_the_day_counts() -> None:
    held = (
        rated("one", day=1, power=0.9, legitimacy=0.1, urgency=0.1),
        rated("two", day=9, power=0.1, legitimacy=0.1, urgency=0.9),
    )

    assert told(asked(*held))["class"] == "demanding"
    assert told(asked(*held, on=date(2026, 3, 8)))["class"] == "dormant"
    assert asked(*held, on=date(2026, 2, 1)).reason == "nobody has rated it"


def test_an_attribute_that_nobody_rated_is_missing() -> None:
    held = rated("one", power=0.9)
    found = asked(held)

    assert found.value == 1
    assert [part.name for part in found.missing] == ["legitimacy", "urgency"]
    assert found.parts[-1].because == "legitimacy and urgency not known"
    assert asked(held, missing="fail").value is None


def test_only_a_stakeholder_has_a_salience() -> None:
    found = mk.score(mk.sample(), using="stakeholder-salience")

    assert found.reason == "only a stakeholder has a salience"
