from collections.abc import Iterator
from itertools import islice

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, find, given, settings

from missionkit.domain.ids import AnyId, PartyId, WaiverId
from missionkit.domain.measure import SuccessMeasure
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.domain.review import Waiver
from missionkit.domain.stakeholder import Need, Stakeholder
from missionkit.errors import NotFoundError
from missionkit.rules.book import BOOK
from missionkit.rules.check import check
from missionkit.samples import sample
from missionkit.testing.fault import Change, fault
from missionkit.testing.faults import FAULTS, Broken
from missionkit.testing.sound import DAY, USUAL, Shape, sound_model
from missionkit.testing.strategies import broken_models, models

DRAWN = 500
# What a check finds itself, beside the rules of the book.
OF_THE_CHECK = {"MK-LIM-001", "MK-SEL-003"}
# What can be wrong only where there was a review before.
OF_TWO_REVIEWS = {
    "MK-GAT-001",
    "MK-GAT-008",
    "MK-REV-030",
    "MK-REV-032",
    "MK-REV-033",
    "MK-REV-035",
    "MK-RSP-016",
}
PLANS = {code for code, fault in FAULTS.items() if fault.shape == "plan"}
CODES = sorted(FAULTS)
MOST_CHANGED = 2
MOST_WAYS = 6
SOUND = {shape: sound_model(shape) for shape in USUAL}


def differs(broken: Broken) -> str:
    """Return what differs from what a broken model says about itself, or nothing."""
    found = broken.judged().issues
    places = {(each.code, each.ref, each.path) for each in found}
    others = {each.code for each in found} - {broken.code, *broken.entails}
    wanted = (broken.code, broken.ref, broken.path)
    if wanted not in places:
        return f"{wanted} not among {sorted(places)}"
    if others:
        return f"{wanted} entails {sorted(others)}"
    fixed = all(each.fix for each in found if each.code == broken.code)
    return "" if fixed else f"{wanted} has no fix"


def wrong_with(broken: Broken) -> str:
    """Return what differs, in the broken model or when it was mended."""
    left = broken.judged(broken.mended).issues
    return f"mended leaves {left}" if left else differs(broken)


def test_every_code_of_the_book_has_a_fault_and_no_other_has() -> None:
    known = {code.code for entry in BOOK for code in entry.codes} | OF_THE_CHECK
    assert sorted(known - set(FAULTS)) == []
    assert sorted(set(FAULTS) - known) == []


def test_faults_have_names_of_their_own_but_where_a_gate_asks_again() -> None:
    names = [fault.name for code, fault in FAULTS.items() if code in PLANS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("code", CODES)
def test_a_fault_says_what_it_does(code: str) -> None:
    fault = FAULTS[code]
    assert fault.code == code
    assert fault.does.endswith(".")
    assert fault.does[0].isupper()
    assert fault.name == fault.name.lower()


@pytest.mark.parametrize("code", CODES)
def test_a_fault_is_found_alone_where_it_is_and_no_more_when_mended(code: str) -> None:
    broken = FAULTS[code].break_(SOUND[FAULTS[code].shape])
    assert broken is not None
    assert wrong_with(broken) == ""
    assert broken.code == code
    assert broken.on == DAY


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("shape", ["plan", "first_review", "review"])
def test_each_way_to_a_fault_leads_to_it(shape: Shape, code: str) -> None:
    fault, model = FAULTS[code], SOUND[shape]
    changes = list(islice(fault.fitting(model), MOST_WAYS))
    found = (differs(fault.broken(model, change)) for change in changes)
    assert bool(changes) is not (
        (shape == "plan" and fault.shape == "review")
        or (shape == "first_review" and code in OF_TWO_REVIEWS)
    )
    assert [said for said in found if said] == []


@pytest.mark.parametrize("code", CODES)
def test_a_fault_of_a_review_changes_few_elements(code: str) -> None:
    broken = FAULTS[code].break_(SOUND["review"])
    assert broken is not None
    assert 1 <= len(broken.changed) <= MOST_CHANGED
    held = {str(each.id): each for each in broken.model}
    before = {str(each.id): each for each in broken.mended}
    differ = {ref for ref in held | before if held.get(ref) != before.get(ref)}
    assert differ == set(broken.changed)


@pytest.mark.parametrize("code", CODES)
def test_where_there_is_nothing_to_break_nothing_is_broken(code: str) -> None:
    assert FAULTS[code].break_(Model()) is None


@pytest.mark.parametrize("code", sorted(set(CODES) - PLANS))
def test_a_fault_of_a_review_finds_nothing_to_break_in_a_plan(code: str) -> None:
    assert FAULTS[code].break_(SOUND["plan"]) is None


def test_a_fault_of_ones_own_says_under_which_limits_it_is_one() -> None:
    @fault("MK-TRC-007")
    def stricter(model: Model) -> Iterator[Change]:
        """Ask for readings at once."""
        for each in model.of(SuccessMeasure):
            limits = {"missed_readings": 0}
            put = evolve(each, formula="counted")
            yield Change(ref=each.id, put=(put,), limits=limits, entails=("X",))

    broken = stricter.break_(SOUND["plan"])
    assert broken is not None
    assert stricter.name == "stricter"
    assert stricter.does == "Ask for readings at once."
    assert broken.entails == ("X",)
    assert broken.judged().limits != check(broken.model, on=DAY).limits
    assert {each.code for each in broken.judged().issues} == {"MK-TRC-007"}


def test_what_is_needed_is_not_taken_away_and_what_is_so_not_put() -> None:
    @fault("MK-TRC-001")
    def impossible(model: Model) -> Iterator[Change]:
        """Take stakeholders away, and leave needs as they are."""
        for who in model.of(Stakeholder):
            yield Change(ref=who.id, gone=(who.id,))
        for need in model.of(Need):
            yield Change(ref=need.id, put=(need,))

    assert impossible.break_(SOUND["plan"]) is None


def test_what_is_waived_is_not_broken() -> None:
    fault, model = FAULTS["MK-TRC-002"], SOUND["plan"]
    refs = [change.ref for change in fault.fitting(model)]
    chair = Party(id=PartyId("party-ch41"), name="Chair")
    waived = Waiver(
        id=WaiverId("allowed"),
        code="MK-TRC-002",
        on=AnyId(refs[0]),
        granted_by=chair.id,
        why="For now",
        until=DAY,
    )
    left = [change.ref for change in fault.fitting(model.with_(chair, waived))]
    assert left == refs[1:]


def drawn_faults(code: str, count: int) -> list[Broken]:
    drawn: list[Broken] = []

    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(broken_models(code))
    def draw(broken: Broken) -> None:
        drawn.append(broken)

    draw()
    return drawn


def test_five_hundred_drawn_faults_are_found_where_they_are() -> None:
    each = -(-DRAWN // len(CODES))
    drawn = [broken for code in CODES for broken in drawn_faults(code, each)]
    wrong = [said for said in map(differs, drawn) if said]
    assert len(drawn) >= DRAWN * 0.95
    assert {broken.code for broken in drawn} == set(CODES)
    assert wrong == []


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(broken_models(size=15))
def test_a_broken_model_of_any_code_has_one_fault(broken: Broken) -> None:
    assert wrong_with(broken) == ""


def test_a_fault_that_is_not_known_is_refused_with_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="MK-TRC-001"):
        find(broken_models("MK-TRC-O01"), lambda _: True)


@settings(
    max_examples=30,
    phases=[Phase.generate],  # what fails is told by the fault, however large the model
    suppress_health_check=list(HealthCheck),
)
@given(models(max_size=20))
def test_a_fault_of_any_other_model_is_found_or_not_but_never_fails(
    model: Model,
) -> None:
    for each in FAULTS.values():
        for change in islice(each.fitting(model), 3):
            assert each.broken(model, change).model != model


@pytest.mark.parametrize("code", CODES)
def test_a_fault_can_be_made_in_the_sample_wherever_it_fits(code: str) -> None:
    fault, model = FAULTS[code], sample()
    for change in islice(fault.fitting(model), 3):
        assert fault.broken(model, change).model != model
