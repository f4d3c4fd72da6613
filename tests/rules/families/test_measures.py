from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.draft import Draft
from missionkit.domain.ids import PartyId
from missionkit.domain.measure import Direction, Observation, TargetSetting
from missionkit.domain.model import Model
from missionkit.domain.values import Descriptor, DescriptorScale, Period
from missionkit.issue import Issue
from missionkit.ports.rule import NotJudged
from missionkit.rules.check import check
from tests.rules.cases import DAY, retired, told

HIGHER, LOWER, BAND = Direction.HIGHER, Direction.LOWER, Direction.BAND


def issues(model: Model, code: str, on: date | None = None) -> list[Issue]:
    return list(check(model, on=on).of(code))


def not_judged(model: Model, code: str, on: date | None = None) -> list[NotJudged]:
    return [each for each in check(model, on=on).not_judged if each.code == code]


def levels(
    good: Direction | None,
    worst: int | None,
    threshold: int | None,
    *targets: int | None,
) -> Model:
    settings = [
        TargetSetting(descriptor="good")
        if number is None
        else TargetSetting(value=Decimal(number))
        for number in targets
    ]
    return told(
        lambda d: d.success_measure(
            "Done",
            id="done",
            direction=good,
            worst=worst,
            threshold=threshold,
            targets=settings,
        )
    )


def paths(model: Model) -> list[str]:
    return [issue.path for issue in issues(model, "MK-MSR-017")]


SOUND = [
    (HIGHER, 30, 38, 45),
    (HIGHER, None, 38, 45),
    (HIGHER, 30, None, 45),
    (HIGHER, 30, 38),
    (HIGHER, 30, 38, 45, 39, None),
    (HIGHER, None, None, 45),
    (LOWER, 12, 8, 5),
    (LOWER, 12, None, 5),
    (LOWER, 12, 8),
    (None, 30, 38, 45),
    (None, 12, 8, 5),
    (None, 12, 8),
    (None, 1, 2),
    (None, None, 8, 5),
    (BAND, 0, 18, 20),
    (BAND, 40, 22, 20),
    (BAND, 0, 22, 20),
    (BAND, 40, 18, 20),
    (BAND, 5, 3),
    (BAND, 3, 5),
    (BAND, None, 3, 5),
    (BAND, 0, None, 5),
    (BAND, 0, 1, 10**39),
]
TARGET = ["targets[0].value"]
WRONG = [
    ((HIGHER, 30, 38, 38), TARGET),
    ((HIGHER, 30, 38, 37), TARGET),
    ((HIGHER, 30, None, 30), TARGET),
    ((HIGHER, 38, 38, 45), ["threshold"]),
    ((HIGHER, 45, 38, 45), ["threshold"]),
    ((HIGHER, 38, 30), ["threshold"]),
    ((HIGHER, 5, 1, 3), ["threshold"]),
    ((HIGHER, 38, 30, 20), ["threshold", *TARGET]),
    ((LOWER, 12, 8, 8), TARGET),
    ((LOWER, 8, 12, 5), ["threshold"]),
    ((LOWER, 12, None, 12), TARGET),
    ((None, 1, 1), ["threshold"]),
    ((None, 5, 3, 4), TARGET),
    ((None, 1, 5, 3), TARGET),
    ((None, 1, 5, 5), TARGET),
    ((None, None, 5, 5), TARGET),
    ((BAND, 18, 18, 20), ["threshold"]),
    ((BAND, 19, 17, 20), TARGET),
    ((BAND, 22, 18, 20), TARGET),
    ((BAND, 0, 20, 20), TARGET),
    ((HIGHER, 30, 38, 45, 38, 50, 30), ["targets[1].value", "targets[3].value"]),
]


@pytest.mark.parametrize("given_", SOUND, ids=str)
def test_levels_in_order_are_fine(
    given_: tuple[Direction | None, int | None, int | None, *tuple[int, ...]],
) -> None:
    assert paths(levels(*given_)) == []


@pytest.mark.parametrize(("given_", "found"), WRONG, ids=str)
def test_levels_out_of_order_are_found_in_their_place(
    given_: tuple[Direction | None, int | None, int | None, *tuple[int, ...]],
    found: list[str],
) -> None:
    assert sorted(paths(levels(*given_))) == sorted(found)


@given(st.permutations([1, 5, 9]), st.sampled_from([HIGHER, LOWER]))
def test_one_order_of_three_is_right_and_the_mirrored_one_for_lower_values(
    order: list[int], good: Direction
) -> None:
    right = sorted(order, reverse=good is LOWER)

    assert (paths(levels(good, *order)) == []) == (order == right)
    assert (paths(levels(None, *order)) == []) == (order[1] == 5)


def test_each_wrong_order_of_three_is_reported_at_least_once() -> None:
    for order in permutations((1, 5, 9)):
        assert bool(paths(levels(HIGHER, *order))) == (order != (1, 5, 9))


def test_the_levels_are_named_with_what_would_be_in_order() -> None:
    (issue,) = issues(levels(HIGHER, 5, 20, 10), "MK-MSR-017")

    assert issue.message == (
        "Success measure 'Done' has worst value 5, threshold 20, target 10, though"
        " higher values are good."
    )
    assert issue.value == "10"
    assert "higher than the one before" in issue.fix
    (unclear,) = issues(levels(None, None, 20, 20), "MK-MSR-017")
    assert unclear.message == "Success measure 'Done' has threshold 20, target 20."


YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
STEPS = ("angry", "calm", "happy")
MOODS = DescriptorScale(name="Moods", steps=tuple(Descriptor(name=s) for s in STEPS))


def number(value: int, since: date | None, until: date | None = None) -> TargetSetting:
    return TargetSetting(value=Decimal(value), since=since, until=until)


def word(descriptor: str, since: date | None) -> TargetSetting:
    return TargetSetting(descriptor=descriptor, since=since)


def targeted(
    *targets: TargetSetting,
    good: Direction | None = HIGHER,
    period: Period | None = YEAR,
    read: tuple[date | None, ...] = (date(2026, 3, 31),),
    scale: DescriptorScale | None = None,
) -> Model:
    def story(d: Draft) -> None:
        d.objective("Insulate", id="insulate", period=period)
        d.success_measure(
            "Done",
            id="done",
            of="insulate",
            direction=good,
            targets=targets,
            scale=scale,
        )
        for day in read:
            d.observation(measure="done", value=1, at=day)

    return told(story)


FIRST, JUNE = number(90, YEAR.start), date(2026, 6, 1)
MOVED = {
    "in the midst of the period": targeted(FIRST, number(80, JUNE)),
    "on its last day": targeted(FIRST, number(80, YEAR.end)),
    "from a target without a day": targeted(number(90, None), number(80, JUNE)),
    "before the first was to end": targeted(
        number(90, YEAR.start, JUNE), number(80, JUNE)
    ),
    "on the day of a result": targeted(FIRST, number(80, date(2026, 3, 31))),
    "after the period": targeted(FIRST, number(80, date(2027, 1, 1))),
    "from a target set before": targeted(
        number(90, date(2025, 1, 1)), number(80, JUNE)
    ),
    "in another order of writing": targeted(number(80, JUNE), FIRST),
    "in a period without an end": targeted(
        FIRST, number(80, JUNE), period=Period(YEAR.start)
    ),
    "in a period without a start": targeted(
        FIRST, number(80, JUNE), period=Period(None, YEAR.end)
    ),
    "from a number to a word": targeted(FIRST, word("happy", JUNE), scale=MOODS),
}
KEPT = {
    "with the new period": targeted(
        number(90, date(2025, 1, 1)), number(80, YEAR.start), read=(YEAR.start, JUNE)
    ),
    "before any result": targeted(FIRST, number(80, date(2026, 3, 30))),
    "as a step that was planned": targeted(
        number(90, YEAR.start, date(2026, 5, 31)), number(80, JUNE)
    ),
    "for the time after the period": targeted(
        number(90, YEAR.start, YEAR.end), number(80, date(2027, 1, 1))
    ),
    "with results of last year only": targeted(
        FIRST, number(80, JUNE), read=(date(2025, 12, 31), None)
    ),
    "to what it was": targeted(FIRST, number(90, JUNE)),
    "when the one before had ended in an earlier period": targeted(
        number(90, date(2025, 1, 1), date(2025, 12, 31)), number(80, JUNE)
    ),
    "of an objective without a period": targeted(FIRST, number(80, JUNE), period=None),
    "on a day unknown": targeted(FIRST, number(80, None)),
    "once": targeted(FIRST),
}


@pytest.mark.parametrize("when", MOVED)
def test_a_target_that_moves_when_results_are_known_is_found(when: str) -> None:
    assert [issue.ref for issue in issues(MOVED[when], "MK-MSR-020")] == ["done"]


@pytest.mark.parametrize("when", KEPT)
def test_a_target_that_is_set_in_time_is_fine(when: str) -> None:
    assert issues(KEPT[when], "MK-MSR-020") == []


@pytest.mark.parametrize(("recorded", "found"), [(1, 1), (2, 0)])
def test_a_result_is_known_from_when_it_was_recorded(recorded: int, found: int) -> None:
    def story(d: Draft) -> None:
        for element in targeted(FIRST, number(80, JUNE), read=()):
            d.add(element)
        spring = Period(date(2026, 3, 1), date(2026, 5, 31))
        at = date(2026, 6, recorded)
        d.observation(measure="done", value=1, at=at, period=spring)

    assert len(issues(told(story), "MK-MSR-020")) == found


@pytest.mark.parametrize("good", [HIGHER, LOWER, BAND, None])
def test_long_titles_numbers_and_words_fit_into_a_line(good: Direction | None) -> None:
    small = Decimal("-0.000012345678901234")
    long = [TargetSetting(value=small * n, since=day) for n, day in DAYS]
    words = [TargetSetting(descriptor="so " * 30 + str(n), since=d) for n, d in DAYS]
    for targets in (long, words):
        d = Draft(targeted(*targets, good=good))
        d.set("done", name="Number of the homes " * 9, worst=small * 2, threshold=small)
        both = issues(d.model, "MK-MSR-017") + issues(d.model, "MK-MSR-020")

        assert both
        assert max(len(issue.message) for issue in both) <= 120


DAYS = ((2, date(2026, 1, 1)), (3, date(2026, 6, 1)))


def test_a_target_that_will_move_has_not_moved_yet() -> None:
    model = MOVED["in the midst of the period"]

    assert issues(model, "MK-MSR-020", date(2026, 5, 31)) == []
    assert len(issues(model, "MK-MSR-020", JUNE)) == 1


def test_each_time_that_a_target_moves_is_found() -> None:
    model = targeted(FIRST, number(80, JUNE), number(70, date(2026, 9, 1)))

    assert [issue.path for issue in issues(model, "MK-MSR-020")] == [
        "targets[1].value",
        "targets[2].value",
    ]


def test_a_reading_that_was_corrected_is_no_result() -> None:
    def story(d: Draft) -> None:
        for element in targeted(FIRST, number(80, JUNE)):
            d.add(element)
        wrong = next(e for e in d if isinstance(e, Observation))
        later = date(2026, 6, 2)
        d.observation(measure="done", value=1, at=later, corrects=wrong)

    assert issues(told(story), "MK-MSR-020") == []


def test_the_measure_of_a_process_has_no_period_to_be_retargeted_in() -> None:
    def story(d: Draft) -> None:
        d.process("Build", id="build")
        targets = (FIRST, number(80, JUNE))
        d.success_measure("Done", id="done", of="build", targets=targets)
        d.observation(measure="done", value=1, at=date(2026, 3, 31))

    assert issues(told(story), "MK-MSR-020") == []


@pytest.mark.parametrize(
    ("good", "old", "new", "said"),
    [
        (HIGHER, number(90, None), number(80, JUNE), "an easier"),
        (HIGHER, number(90, None), number(95, JUNE), "a harder"),
        (LOWER, number(24, None), number(28, JUNE), "an easier"),
        (LOWER, number(24, None), number(20, JUNE), "a harder"),
        (LOWER, number(10**39 + 1, None), number(10**39, JUNE), "a harder"),
        (BAND, number(24, None), number(28, JUNE), "another"),
        (None, number(24, None), number(28, JUNE), "another"),
        (HIGHER, word("happy", None), word("calm", JUNE), "an easier"),
        (HIGHER, word("angry", None), word("calm", JUNE), "a harder"),
        (HIGHER, word("happy", None), word("merry", JUNE), "another"),
        (HIGHER, number(24, None), word("calm", JUNE), "another"),
    ],
    ids=str,
)
def test_the_message_says_whether_it_got_easier(
    good: Direction | None, old: TargetSetting, new: TargetSetting, said: str
) -> None:
    (issue,) = issues(targeted(old, new, good=good, scale=MOODS), "MK-MSR-020")

    assert f"got {said} target after results" in issue.message


def test_words_without_a_scale_are_not_compared() -> None:
    model = targeted(word("happy", None), word("calm", JUNE))
    (issue,) = issues(model, "MK-MSR-020")

    assert (issue.path, issue.value) == ("targets[1].descriptor", "'calm'")
    assert "'calm' for 'happy', on 2026-06-01" in issue.message


def test_the_message_says_who_moved_it_and_why_where_that_is_stated() -> None:
    def story(d: Draft) -> None:
        d.party("Ann", id="ann")
        for element in targeted(FIRST):
            d.add(element)
        why = "90 cannot be reached"
        by = PartyId("ann")
        new = TargetSetting(value=Decimal(80), since=JUNE, by=by, why=why)
        d.set("done", targets=(FIRST, new))

    (issue,) = issues(told(story), "MK-MSR-020")

    assert issue.message == (
        "Success measure 'Done' got an easier target after results, 80 for 90, on"
        " 2026-06-01 by 'Ann': '90 cannot be reached'."
    )


def measures(
    *, root: bool = True, **each: dict[str, object]
) -> Callable[[Draft], None]:
    def story(d: Draft) -> None:
        if root:
            d.organization("Trust", id="trust")
        d.goal("Strength", id="strength", perspective="financial")
        d.goal("Reserves", id="reserves", parent="strength")
        d.goal("Homes", id="homes", parent="strength", perspective="customer")
        for goal in ("strength", "reserves", "homes"):
            d.objective(goal, id=f"of-{goal}", goal=goal)
        d.objective("Dropped", id="dropped", status="dropped")
        d.objective("Loose", id="loose")
        d.process("Build", id="build")
        d.process("Old", id="old", release=retired())
        for ref, fields in each.items():
            d.success_measure(ref, id=ref)
            d.set(ref, **fields)

    return story


LATE: dict[str, object] = {"stage": "outcome"}
EARLY: dict[str, object] = {"stage": "input_processing"}
MONEY: dict[str, object] = {"of": "of-reserves", "stage": "outcome", "leading": True}


def said(story: Callable[[Draft], None], on: date | None = None) -> list[str]:
    return [issue.message for issue in issues(told(story), "MK-MSR-021", on)]


def test_measures_that_only_tell_afterward_are_found() -> None:
    assert said(measures(a=LATE, b=LATE, c={})) == [
        "Organization 'Trust' has 3 measures that only tell afterward."
    ]


@pytest.mark.parametrize("early", [EARLY, {"stage": "input"}, {"leading": True}])
def test_one_measure_that_warns_early_is_enough(early: dict[str, object]) -> None:
    assert said(measures(a=LATE, b=LATE, c=early)) == []


def test_where_nobody_said_what_warns_early_it_is_not_judged() -> None:
    model = told(measures(a={}, b={}, c={}))
    (found,) = not_judged(model, "MK-MSR-021")

    assert issues(model, "MK-MSR-021") == []
    assert found.refs == ("trust",)
    (rootless,) = not_judged(told(measures(root=False, a={}, b={}, c={})), "MK-MSR-021")
    assert rootless.refs == ()


def test_measures_that_are_all_about_money_are_found() -> None:
    said_so = {**LATE, "dimension": "Financial strength", "leading": True}

    assert said(measures(a=MONEY, b=said_so, c={**MONEY, "of": "of-strength"})) == [
        "Organization 'Trust' has 3 measures that are all about money."
    ]


@pytest.mark.parametrize(
    "other",
    [
        {**MONEY, "of": "of-homes"},
        {**MONEY, "of": "build"},
        {**MONEY, "of": "loose"},
        {**MONEY, "of": None},
        {**MONEY, "dimension": "quality"},
    ],
    ids=str,
)
def test_one_measure_of_something_else_is_enough(other: dict[str, object]) -> None:
    assert said(measures(a=MONEY, b=MONEY, c=other)) == []


def test_what_is_one_sided_in_both_ways_is_found_twice() -> None:
    late = {**MONEY, "leading": False}

    assert len(said(measures(a=late, b=late, c=late))) == 2


def test_few_measures_are_not_judged_and_how_many_is_a_limit() -> None:
    story = measures(a=LATE, b=LATE)
    lower = check(told(story), limits={"measures_to_balance": 2})

    assert said(story) == []
    assert not_judged(told(story), "MK-MSR-021") == []
    assert len(lower.of("MK-MSR-021")) == 1
    none = check(told(measures()), limits={"measures_to_balance": 0})
    assert none.of("MK-MSR-021") == ()


def test_measures_of_what_was_given_up_do_not_count() -> None:
    gone = measures(a=LATE, b=LATE, c={**EARLY, "of": "dropped"}, d={"of": "old"})

    assert said(gone) == []
    both = measures(a=LATE, b=LATE, c=LATE, d={**EARLY, "of": "old"})
    assert len(said(both, DAY)) == 1
    assert said(both, date(2025, 12, 31)) == []


def test_without_an_organization_the_issue_has_no_element() -> None:
    (issue,) = issues(told(measures(root=False, a=LATE, b=LATE, c=LATE)), "MK-MSR-021")

    assert issue.ref == ""
    assert issue.message == "The organization has 3 measures that only tell afterward."


def pursued(count: int, root: str = "trust", **fields: object) -> Model:
    def story(d: Draft) -> None:
        if root:
            d.organization("Trust", id=root)
        for at in range(count):
            d.objective("O", id=f"o-{at}")
            d.set(f"o-{at}", **fields)

    return told(story)


@pytest.mark.parametrize(
    ("count", "status", "found"),
    [
        (25, "active", 0),
        (26, "active", 1),
        (26, "draft", 1),
        (26, "met", 0),
        (26, "missed", 0),
        (26, "dropped", 0),
    ],
)
def test_more_than_25_objectives_that_are_pursued_are_too_many(
    count: int, status: str, found: int
) -> None:
    assert len(issues(pursued(count, status=status), "MK-MSR-022")) == found


def test_only_objectives_of_one_time_are_counted_together() -> None:
    model = pursued(26, period=YEAR)

    assert len(issues(model, "MK-MSR-022", DAY)) == 1
    assert issues(model, "MK-MSR-022", date(2027, 1, 1)) == []
    assert issues(model, "MK-MSR-022") == []
    (found,) = not_judged(model, "MK-MSR-022")
    assert found.refs == ("trust",)
    assert not_judged(model, "MK-MSR-022", DAY) == []
    (rootless,) = not_judged(pursued(26, "", period=YEAR), "MK-MSR-022")
    assert rootless.refs == ()


def test_how_many_objectives_are_too_many_is_a_limit() -> None:
    (issue,) = check(pursued(3, ""), limits={"most_objectives": 2}).of("MK-MSR-022")

    assert (issue.ref, issue.message) == (
        "",
        "The organization pursues 3 objectives, more than 2.",
    )
