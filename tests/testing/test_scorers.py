"""The contract of scorers passes a good one, and fails each one that is broken."""

import pickle
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, ClassVar

import pytest
from attrs import evolve, frozen

from missionkit.domain.draft import draft
from missionkit.domain.model import Model
from missionkit.domain.plan import Objective
from missionkit.domain.stakeholder import Need, Stakeholder
from missionkit.errors import InvalidValueError
from missionkit.markup import Html
from missionkit.ports.part import SHARE, Combine, MissingPolicy, Part
from missionkit.ports.rule import LimitSpec
from missionkit.ports.score import Score
from missionkit.ports.scorer import Scorer, ScoreView
from missionkit.testing.scorers import ScorerContract, without_unstated

with draft("Trust", id="trust") as d:
    d.stakeholder("Tenants", id="tenants")
    d.need("Warm homes", id="warm", stakeholder="tenants", importance=0.9)
    d.need("Dry homes", id="dry", stakeholder="tenants")
    d.need("Low rents", id="low", importance=0.4)
    d.objective("Insulate", id="insulate", needs=("warm",))
MODEL = d.model


@frozen
class Reach:
    """The share of needs that an objective answers, by their importance."""

    name: ClassVar[str] = "acme.reach"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = ("need.importance", "objective.needs")
    limits: ClassVar[tuple[LimitSpec, ...]] = (LimitSpec("reach", 1, "how far"),)

    def __call__(self, view: ScoreView, /) -> Score:
        met = {ref for each in view.of(Objective) for ref in each.needs}
        parts = [self.part(view, each, each.id in met) for each in view.of(Need)]
        return view.scored(self, parts, combine=Combine.SUM, scale=SHARE, mean=True)

    def part(self, view: ScoreView, need: Need, met: bool) -> Part:  # noqa: FBT001
        value = None if need.importance is None else met * view.limit("reach")
        because = "it has no importance" if value is None else "by objectives"
        return Part(
            name=need.id,
            value=value,
            weight=need.importance or 1.0,
            because=because,
            refs=(need.id,),
        )


class Given(ScorerContract):
    """A view of three needs, of which one lacks its importance."""

    @pytest.fixture
    def views(self) -> list[ScoreView]:
        return [ScoreView(model=MODEL), ScoreView(model=MODEL, subject="warm")]


class TestReach(Given):
    @pytest.fixture
    def scorer(self) -> Scorer:
        return Reach()


class TestReachOnTheSample(ScorerContract):
    @pytest.fixture
    def scorer(self) -> Scorer:
        return Reach()


# ---- broken twins --------------------------------------------------------------------

TURNS = count()


class Nameless(Reach):
    name = " "


class OfNothing(Reach):
    requires = ("need.importance", "objective.needs", "need.weight")


class OfNoKind(Reach):
    requires = ("need", "objective.needs", "bet.size")


class TwoLimits(Reach):
    limits = (*Reach.limits, LimitSpec("reach", 2, "how far, again"))


class Fickle(Reach):
    def __call__(self, view: ScoreView, /) -> Score:
        return evolve(super().__call__(view), version=f"{next(TURNS)}")


class Changing(Reach):
    def __call__(self, view: ScoreView, /) -> Score:
        object.__setattr__(view.model.get(Need, "low"), "notes", f"{next(TURNS)}")
        return super().__call__(view)


class ByPlace(Reach):
    def __call__(self, view: ScoreView, /) -> Score:
        score = super().__call__(view)
        # A dict keeps the order in which the elements were put in.
        return evolve(score, title=next(iter(view.model._index["need"])))


class Curious(Reach):
    def __call__(self, view: ScoreView, /) -> Score:
        people = view.of(Stakeholder)
        return evolve(super().__call__(view), title=f"{len(people)}")


class CuriousOfFields(Reach):
    def __call__(self, view: ScoreView, /) -> Score:
        held = [need.stakeholder for need in view.of(Need) if need.stakeholder]
        return evolve(super().__call__(view), title=f"{len(held)}")


class Raising(Reach):
    def __call__(self, view: ScoreView, /) -> Score:
        view.of(Need)[0]
        return super().__call__(view)


class Renamed(Reach):
    def __call__(self, view: ScoreView, /) -> Score:
        return evolve(super().__call__(view), method="acme.other")


class OfAnother(Reach):
    def __call__(self, view: ScoreView, /) -> Score:
        return evolve(super().__call__(view), subject="dry")


class OfItsOwnPolicy(Reach):
    def __call__(self, view: ScoreView, /) -> Score:
        return super().__call__(evolve(view, missing=MissingPolicy.SKIP))


class NeverFailing(Reach):
    def __call__(self, view: ScoreView, /) -> Score:
        skipped = super().__call__(evolve(view, missing=MissingPolicy.SKIP))
        return evolve(skipped, policy=view.missing)


class Imputing(Reach):
    def __call__(self, view: ScoreView, /) -> Score:
        zeros = super().__call__(evolve(view, missing=MissingPolicy.ZERO))
        return evolve(zeros, policy=view.missing)


class HighZero(Reach):
    def __call__(self, view: ScoreView, /) -> Score:
        score = super().__call__(view)
        parts = [evolve(p, value=1.0) if p.imputed else p for p in score.parts]
        score = evolve(score, value=None, reason="none", parts=tuple(parts))
        again = evolve(view, missing=MissingPolicy.SKIP)
        if view.missing is not MissingPolicy.ZERO:
            return super().__call__(view)
        made = again.scored(self, parts, combine=Combine.SUM, scale=SHARE)
        return evolve(made, missing=score.missing, policy=view.missing)


class Moody(Reach):
    def part(self, view: ScoreView, need: Need, met: bool) -> Part:  # noqa: FBT001
        found = super().part(view, need, met)
        policies = list(MissingPolicy)
        return evolve(found, value=policies.index(view.missing) / 4)


class Silent(Reach):
    def part(self, view: ScoreView, need: Need, met: bool) -> Part:  # noqa: FBT001
        return evolve(super().part(view, need, met), because=" ")


class WithoutEvidence(Reach):
    def part(self, view: ScoreView, need: Need, met: bool) -> Part:  # noqa: FBT001
        return evolve(super().part(view, need, met), refs=("a-need",))


class Unpickled(Reach):
    def __reduce__(self) -> Any:  # noqa: ANN401 - as pickle has it
        raise pickle.PicklingError("no")


class _Loud(Score):
    def _repr_html_(self) -> Html:
        return Html("<script>alert()</script>")


class Scripted(Reach):
    def __call__(self, view: ScoreView, /) -> Score:
        score = super().__call__(view)
        facts = {item.name: getattr(score, item.name) for item in _fields()}
        return _Loud(**facts)


def _fields() -> Any:  # noqa: ANN401 - as attrs has it
    return Score.__attrs_attrs__


TWINS: dict[type[Reach], str] = {
    Nameless: "a_name_and_a_version",
    OfNothing: "requires_only_kinds_and_fields",
    OfNoKind: "requires_only_kinds_and_fields",
    TwoLimits: "limits_have_names_of_their_own",
    Fickle: "equal_views_give_equal_scores",
    Changing: "it_changes_nothing",
    ByPlace: "the_order_of_elements",
    Curious: "what_it_does_not_require",
    CuriousOfFields: "what_it_does_not_require",
    Raising: "an_empty_model",
    Renamed: "what_made_it_and_of_what",
    OfAnother: "what_made_it_and_of_what",
    OfItsOwnPolicy: "policy_of_the_caller",
    NeverFailing: "to_fail_gives_no_value",
    Imputing: "nothing_is_imputed",
    HighZero: "nothing_is_imputed",
    Moody: "every_policy_gives_the_same",
    Silent: "what_is_missing_has_a_reason",
    WithoutEvidence: "shown_by_evidence",
    Unpickled: "survive_pickling",
    Scripted: "explains_itself",
}


def cases() -> Iterator[tuple[str, Callable[..., None]]]:
    for name, held in vars(ScorerContract).items():
        if name.startswith("test_"):
            yield name, held


def failures(scorer: Scorer) -> list[str]:
    """Return which cases of the contract a scorer does not pass."""
    contract = Given()
    failed = []
    for name, case in cases():
        views = Given.views.__wrapped__(contract)  # type: ignore[attr-defined]  # pytest's
        given: dict[str, Any] = {"scorer": scorer, "views": views}
        try:
            asked = ScorerContract.asked.__wrapped__(contract, scorer, views)  # type: ignore[attr-defined]  # pytest's
            given |= {"asked": asked}
            code = case.__code__
            wanted = code.co_varnames[1 : code.co_argcount]
            if "scores" in wanted:
                given["scores"] = [scorer(view) for view in asked]
            case(contract, **{key: given[key] for key in wanted})
        except Exception:  # noqa: BLE001 - any failure is one
            failed.append(name)
    return failed


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: str(twin.__name__))
def test_a_scorer_that_breaks_a_promise_is_found_out(twin: type[Reach]) -> None:
    assert any(TWINS[twin] in name for name in failures(twin()))


def test_the_good_twin_passes_all() -> None:
    assert failures(Reach()) == []


def test_every_promise_has_a_twin_that_breaks_it_or_cannot_be_built() -> None:
    # A score whose parts do not give its value, or that is no number, is not built.
    proved_by_construction = {
        "test_a_value_is_a_number_of_its_scale_or_has_a_reason",
        "test_the_parts_give_the_value",
        "test_the_parts_of_a_sum_add_up",
    }
    told = {name for name, _ in cases() if any(word in name for word in TWINS.values())}

    assert {name for name, _ in cases()} - told == proved_by_construction


def test_a_score_that_its_parts_do_not_give_is_not_built() -> None:
    score = Reach()(ScoreView(model=MODEL, limits={"reach": 1}))
    with pytest.raises(InvalidValueError, match="the parts give"):
        evolve(score, value=0.5)


# ---- what is left of a model ---------------------------------------------------------


def test_of_a_model_is_left_what_is_required_and_what_it_links_to() -> None:
    bare = without_unstated(MODEL, ("need.stakeholder", "objective"))

    assert set(bare.ids()) == {"warm", "dry", "low", "tenants", "insulate"}
    assert {need.importance for need in bare.of(Need)} == {None}
    assert bare.get(Need, "warm").stakeholder == "tenants"
    assert bare.get(Objective, "insulate") == MODEL.get(Objective, "insulate")


def test_what_is_to_be_kept_is_kept() -> None:
    assert set(without_unstated(MODEL, (), "low").ids()) == {"low"}
    assert without_unstated(Model(), ("need",)) == Model()


def test_what_cannot_be_left_out_stays() -> None:
    with draft("Trust", id="trust") as made:
        made.organization("Part", id="part", parent="trust", acronym="P")
        made.success_measure("Warm", id="warmth", notes="n")
        made.observation(id="o", measure="warmth", value=1, notes="n")
    bare = without_unstated(made.model, ("organization.name", "observation.measure"))

    assert set(bare.ids()) == {"trust", "part", "warmth", "o"}
    assert bare["o"] == made.model["o"]
    assert bare["warmth"].notes == ""
