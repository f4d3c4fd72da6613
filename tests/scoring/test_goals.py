"""Satisfaction of goals in models: what it comes from, and what it cannot come from."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.declaration import Entity, entity
from missionkit.domain.draft import Draft, draft
from missionkit.domain.ids import AnyId, GoalId
from missionkit.domain.kinds import KINDS
from missionkit.domain.marks import Doc
from missionkit.domain.measure import TargetSetting
from missionkit.domain.model import Model
from missionkit.domain.plan import Goal
from missionkit.domain.values import Contribution, Period
from missionkit.ports.part import PartRole
from missionkit.ports.score import Score
from missionkit.scoring.knots import knots_before
from missionkit.scoring.score import score

Story = Callable[[Draft], object]


def built(*stories: Story) -> Model:
    with draft("Trust", id="trust") as d:
        for story in stories:
            story(d)
    return d.model


def read(ref: str, *values: int | None) -> Story:
    """Give an element a measure for each value; where it is None, without a reading."""

    def story(d: Draft) -> None:
        for at, value in enumerate(values):
            d.success_measure(
                f"M {ref}",
                id=f"m{at}-{ref}",
                of=ref,
                direction="higher",
                worst=Decimal(-100),
                threshold=Decimal(0),
                targets=(TargetSetting(value=Decimal(100)),),
            )
            if value is not None:
                d.observation(
                    id=f"o{at}-{ref}", measure=f"m{at}-{ref}", value=Decimal(value)
                )

    return story


def gives(ref: str, weight: int) -> tuple[Contribution, ...]:
    return (Contribution(target=GoalId(ref), weight=weight),)


def asked(model: Model, subject: str = "top", **options: object) -> Score:
    return score(model, using="goal-satisfaction", subject=subject, **options)  # type: ignore[arg-type]  # as given


def top(refinement: str | None = None) -> Story:
    return lambda d: d.goal("Top", id="top", refinement=refinement)


def objectives(*refs: str, goal: str | None = "top") -> Story:
    def story(d: Draft) -> None:
        for ref in refs:
            d.objective(f"Objective {ref}", id=ref, goal=goal)

    return story


# ---- what it comes from --------------------------------------------------------------


@pytest.mark.parametrize(("refinement", "value"), [("and", 20), ("or", 70), (None, 20)])
def test_a_goal_asks_for_all_of_its_parts_or_for_any(
    refinement: str | None, value: int
) -> None:
    made = asked(
        built(top(refinement), objectives("a", "b"), read("a", 20), read("b", 70))
    )

    assert made.value == value
    assert [part.refs for part in made.parts] == [
        ("a", "m0-a", "o0-a"),
        ("b", "m0-b", "o0-b"),
    ]


def test_the_published_vector_a_as_a_model() -> None:
    # Children 60 and 90; a contribution of 50 from 80, and one of -25 from 40.
    made = asked(
        built(
            top("and"),
            objectives("a", "b"),
            lambda d: d.process("P", id="p", contributions=gives("top", 50)),
            lambda d: d.process("Q", id="q", contributions=gives("top", -25)),
            *(read("a", 60), read("b", 90), read("p", 80), read("q", 40)),
        )
    )

    assert made.value == made.recompute() == 90
    assert [(part.role, part.weight) for part in made.parts] == [
        (PartRole.AND, 1),
        (PartRole.AND, 1),
        (PartRole.CONTRIBUTION, 50),
        (PartRole.CONTRIBUTION, -25),
    ]


def test_it_spreads_over_many_links() -> None:
    model = built(
        top(),
        lambda d: d.goal("Sub", id="sub", parent="top", refinement="or"),
        objectives("a", "b", goal="sub"),
        lambda d: d.course_of_action("C", id="c", contributions=gives("sub", 10)),
        lambda d: d.process("P", id="p", contributions=gives("top", 50)),
        *(read("a", 20), read("b", 60), read("p", -40)),
    )

    assert asked(model).value == 40
    assert asked(model).parts[0].because == (
        "the best of its 2 parts is Objective b; 1 contribution"
    )
    assert asked(model, "sub").value == 60


def test_what_was_measured_is_taken_as_it_is() -> None:
    model = built(
        objectives("a", goal=None),
        lambda d: d.process("P", id="p", contributions=gives("a", 100)),
        *(read("a", 30, 35), read("p", 100)),
    )
    made = asked(model, "a")

    assert made.value == 32
    assert [part.role for part in made.parts] == [PartRole.GIVEN]
    assert made.parts[0].refs == ("a", "m0-a", "o0-a", "m1-a", "o1-a")
    assert made.parts[0].because.startswith("measured: M a: 30 (30; worst -100")


def test_of_many_measures_the_first_are_told() -> None:
    made = asked(built(objectives("a", goal=None), read("a", 1, 2, 3, 4, 5)), "a")

    assert made.parts[0].because.endswith("; and 2 more")


def test_what_has_no_reading_is_inferred() -> None:
    model = built(
        objectives("a", goal=None),
        lambda d: d.process("P", id="p", contributions=gives("a", 50)),
        *(read("a", None), read("p", 100)),
    )

    assert asked(model, "a").value == 50


def test_an_objective_that_was_dropped_counts_for_nothing() -> None:
    model = built(
        top(),
        objectives("a"),
        lambda d: d.objective("B", id="b", goal="top", status="dropped"),
        *(read("a", 50), read("b", -90)),
    )

    assert asked(model).value == 50


def test_what_does_not_hold_on_the_day_counts_for_nothing() -> None:
    past = Period(date(2025, 1, 1), date(2025, 12, 31))
    model = built(
        top(),
        objectives("a"),
        lambda d: d.objective("B", id="b", goal="top", period=past),
        *(read("a", 50), read("b", -90)),
    )

    assert asked(model).value == -90
    assert asked(model, on=date(2025, 6, 1)).value == -90
    assert asked(model, on=date(2026, 6, 1)).value == 50


@frozen(kw_only=True)
@entity("acme.bet")
class Bet(Entity):
    """A third party's kind."""

    id: AnyId
    helps: Annotated[tuple[Contribution, ...], Doc("what it is for")] = ()


def test_a_third_partys_kind_contributes_as_well() -> None:
    model = built(top(), objectives("a"), read("a", 20))
    wide = Model(
        (*model, Bet(id=AnyId("bet"), helps=gives("top", 50))), kinds=KINDS | {Bet}
    )

    assert [part.refs[0] for part in asked(wide).missing] == ["bet"]


# ---- what is missing -----------------------------------------------------------------

GAP = built(top(), objectives("a", "b"), read("a", 40))


def test_what_is_not_known_is_told_and_treated_as_the_caller_chose() -> None:
    skipped, zero, failed = (asked(GAP, missing=p) for p in ("skip", "zero", "fail"))

    assert [made.value for made in (skipped, zero, failed)] == [40, 0, None]
    for made in (skipped, zero, failed):
        assert [part.refs for part in made.missing] == [("b",)]
        assert "nothing is known of it" in made.missing[0].because
    assert failed.reason == "Objective b is missing"


def test_a_gap_far_below_is_treated_likewise() -> None:
    model = built(
        top(),
        lambda d: d.goal("Sub", id="sub", parent="top"),
        objectives("a", "b", goal="sub"),
        read("a", 40),
    )

    assert asked(model).value == 40
    assert asked(model, missing="zero").value == 0
    failed = asked(model, missing="fail")
    assert (failed.value, failed.missing[0].because) == (None, "Objective b is missing")


def test_to_fail_a_reading_that_lacks_is_enough() -> None:
    model = built(top(), objectives("a"), read("a", 40, None))

    assert asked(model).value == 40
    assert asked(model, missing="zero").value == 20
    for subject in ("top", "a"):
        failed = asked(model, subject, missing="fail")
        assert failed.value is None
        assert "it has no reading" in failed.missing[0].because


def test_nothing_at_all_gives_a_reason() -> None:
    for using in ("goal-satisfaction", "goal-satisfaction-in-words"):
        alone = score(built(top()), using=using, subject="top")
        assert "nothing is known of it" in alone.reason
        whole = score(built(top()), using=using)
        assert "one goal" in whole.reason


# ---- circles -------------------------------------------------------------------------


def ring(*refs: str) -> Story:
    def story(d: Draft) -> None:
        for ref in refs:
            d.goal(f"Goal {ref}", id=ref)
        for ref, after in pairwise((*refs, refs[0])):
            d.set(ref, contributions=gives(after, 50))

    return story


def test_what_stands_in_a_circle_cannot_be_settled() -> None:
    model = built(ring("a", "b", "c", "e"))
    made = asked(model, "b")

    assert made.value is None
    assert made.reason == "it stands in a circle of a, b, c and 1 more"


def test_a_circle_of_one_is_a_circle() -> None:
    model = built(
        lambda d: d.goal("A", id="a"),
        lambda d: d.set("a", contributions=gives("a", 50)),
    )

    assert asked(model, "a").reason == "it stands in a circle of a"


def test_what_comes_after_a_circle_says_what_it_lacks() -> None:
    model = built(
        top(),
        ring("x", "y"),
        lambda d: d.set("x", parent="top"),
        objectives("a"),
        read("a", 40),
    )
    made = asked(model)

    assert made.value == 40
    assert [part.because for part in made.missing] == ["it stands in a circle of x, y"]
    assert asked(model, missing="zero").value == 0
    assert asked(model, missing="fail").value is None


def test_a_reading_leads_out_of_a_circle() -> None:
    made = asked(built(ring("a", "b"), objectives("o", goal="a"), read("o", 80)), "a")
    assert made.value is None

    def story(d: Draft) -> None:
        for ref in ("p", "q"):
            d.objective(ref, id=ref)
        d.set("p", contributions=gives("q", 50))
        d.set("q", contributions=gives("p", 50))

    model = built(story, read("p", 80))
    assert asked(model, "p").value == 80


# ---- in words ------------------------------------------------------------------------


def test_in_words_only_a_full_reading_is_full() -> None:
    model = built(top("or"), objectives("a", "b"), read("a", 99), read("b", -100))
    made = score(model, using="goal-satisfaction-in-words", subject="top")

    assert (made.value, made.word) == (50, "weakly satisfied")
    assert [part.value for part in made.parts] == [50, -100]


def test_a_conflict_is_passed_on_as_a_doubt() -> None:
    model = built(
        top(),
        lambda d: d.goal("Sub", id="sub", contributions=gives("top", 25)),
        lambda d: d.process("P", id="p", contributions=gives("sub", 100)),
        lambda d: d.process("Q", id="q", contributions=gives("sub", -100)),
        *(read("p", 100), read("q", 100)),
    )
    sub, above = (
        score(model, using="goal-satisfaction-in-words", subject=ref)
        for ref in ("sub", "top")
    )

    assert sub.reason == "what it comes from leaves it in conflict"
    assert above.reason == "what it comes from leaves it in doubt"
    assert [(part.value, part.label) for part in above.parts] == [(None, "conflict")]
    assert "conflict" in above.explain("html")
    assert asked(model, "sub").value == 0


# ---- any model -----------------------------------------------------------------------

links = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(-100, 100)), max_size=12
)
readings = st.lists(st.integers(-100, 100) | st.none(), min_size=7, max_size=7)


def web(held: Iterable[tuple[int, int, int]], values: list[int | None]) -> Model:
    def story(d: Draft) -> None:
        for at, value in enumerate(values):
            d.objective(f"O {at}", id=f"o{at}")
            if value is not None:
                read(f"o{at}", value)(d)
        for at in range(len(values)):
            mine = [each for each in held if each[0] == at]
            given = (gives(f"o{target}", weight)[0] for _, target, weight in mine)
            d.set(f"o{at}", contributions=tuple(given))

    return built(story)


@given(links, readings, st.sampled_from(["skip", "zero", "fail"]))
def test_any_web_gives_each_a_value_or_a_reason(
    held: list[tuple[int, int, int]], values: list[int | None], missing: str
) -> None:
    model = web(held, values)
    other = web(held[::-1], values)
    for at, value in enumerate(values):
        made = asked(model, f"o{at}", missing=missing)
        assert (made.value is None) == bool(made.reason)
        assert value is None or made.value == value
        assert asked(other, f"o{at}", missing=missing).value == made.value
        if missing != "fail" and made.value is not None and made.parts[0].role:
            again = [asked(model, part.refs[0], missing=missing) for part in made.parts]
            for part, below in zip(made.parts, again, strict=True):
                known = part.imputed or part.role is PartRole.GIVEN
                assert known or part.value == below.value


@given(readings)
def test_larger_weights_of_goals_in_proportion_change_nothing(
    values: list[int | None],
) -> None:
    def mission(factor: float) -> float | None:
        def story(d: Draft) -> None:
            for at, value in enumerate(values):
                d.goal(f"G {at}", id=f"g{at}", weight=factor * (at + 1))
                d.objective(f"O {at}", id=f"o{at}", goal=f"g{at}")
                if value is not None:
                    read(f"o{at}", value)(d)

        return score(built(story), using="mission-accomplishment").value

    one, other = mission(1), mission(0.37)
    assert (one is None) == (other is None)
    assert (one or 0) == pytest.approx(other or 0, rel=1e-12, abs=1e-9)


# ---- in order ------------------------------------------------------------------------


@given(st.dictionaries(st.integers(0, 8), st.sets(st.integers(0, 8)), max_size=9))
def test_each_group_comes_after_all_that_leads_to_it(
    graph: dict[int, set[int]],
) -> None:
    before = {f"{k}": sorted(map(str, v)) for k, v in graph.items()}
    groups = list(knots_before(sorted(before), lambda ref: before.get(ref, [])))
    placed = {ref: at for at, group in enumerate(groups) for ref in group}

    assert len(placed) == sum(map(len, groups))
    for ref, led in before.items():
        for other in led:
            assert placed[other] <= placed[ref]
            round_about = placed[other] == placed[ref]
            assert round_about == reaches(before, ref, other)


def reaches(before: dict[str, list[str]], start: str, end: str) -> bool:
    """Return whether what leads to *end* includes *start*."""
    seen, waiting = set(), [end]
    while waiting:
        here = waiting.pop()
        if here == start:
            return True
        if here not in seen:
            seen.add(here)
            waiting += before.get(here, [])
    return False


def test_a_chain_may_be_as_long_as_there_are_goals() -> None:
    size = 5_000
    goals = [
        Goal(
            id=GoalId(f"g{at}"),
            statement="G",
            contributions=gives(f"g{at + 1}", 100) if at < size else (),
        )
        for at in range(size + 1)
    ]
    with draft("Trust", id="trust") as d:
        d.add(*goals)
        d.process("P", id="p", contributions=gives("g0", 100))
        read("p", 90)(d)

    assert asked(d.model, f"g{size}").value == 90
