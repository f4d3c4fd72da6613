"""A shift of a mix: found, not found, or not to be told, and no alarm too many."""

import math
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import permutations
from random import Random
from statistics import mean, pstdev
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.conduct import RevenueRecord
from missionkit.domain.values import Money
from missionkit.drift.draws import Draws
from missionkit.drift.mix.chance import by_chance, g_statistic
from missionkit.drift.mix.dealing import swapped
from missionkit.drift.mix.find import find_mix_shift
from missionkit.drift.mix.interval import moved
from missionkit.drift.mix.power import visible_shift
from missionkit.drift.mix.table import MixTable, MixUnit
from missionkit.drift.shares import total_variation
from missionkit.errors import InvalidValueError
from missionkit.ports.finding import DriftVerdict, Finding


def seeded(seed: int) -> Callable[[], float]:
    return Random(seed).random  # noqa: S311 - chance is meant, not secrecy


EVEN = (1 / 6,) * 6
SKEW = (0.3, 0.25, 0.2, 0.12, 0.08, 0.05)
mixes = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30))


def parameter(finding: Finding, name: str) -> float:
    return {each.name: each.value for each in finding.parameters}[name]


def codes_of(error: pytest.ExceptionInfo[InvalidValueError]) -> list[tuple[str, str]]:
    return [(issue.code, issue.path) for issue in error.value.issues]


def counts(chance: Callable[[], float], shares: tuple[float, ...], n: int) -> list[int]:
    """Return n draws from a mix, counted."""
    found = [0] * len(shares)
    for _ in range(n):
        left, at = chance(), 0
        while at < len(shares) - 1 and left >= shares[at]:
            left -= shares[at]
            at += 1
        found[at] += 1
    return found


def table(before: list[int], after: list[int]) -> MixTable:
    pairs = [(b, a) for b, a in zip(before, after, strict=True) if b + a]
    names = tuple(f"c{at}" for at in range(len(pairs)))
    return MixTable(names, tuple(b for b, _ in pairs), tuple(a for _, a in pairs))


def alarms(
    sizes: tuple[int, int],
    before: tuple[float, ...],
    after: tuple[float, ...],
    runs: int,
) -> tuple[float, float]:
    """Return how often the test is significant, and the median of what is visible."""
    chance, hits, seen = seeded(20260301), 0, []
    for run in range(runs):
        held = table(counts(chance, before, sizes[0]), counts(chance, after, sizes[1]))
        found = by_chance(held, Draws(seeded(run)), 99)
        hits += found.p_value(g_statistic(held.before, held.after)) <= 0.05
        seen.append(visible_shift(held, found, 0.05) or 2.0)
    return hits / runs, sorted(seen)[runs // 2]


def test_a_large_shift_is_drift_with_what_moved() -> None:
    before = {"members": 70, "guests": 20, "firms": 10}
    after = {"members": 30, "guests": 25, "firms": 45}

    found = find_mix_shift(before, after, title="Clients", since=date(2026, 3, 1))

    assert found.verdict is DriftVerdict.DRIFT
    assert found.title == "Clients"
    assert found.since == date(2026, 3, 1)
    assert found.p_value == pytest.approx(1.8459e-9, rel=1e-4)
    assert found.direction is None
    assert parameter(found, "share moved as counted") == total_variation(before, after)
    assert [(d.dimension, d.name) for d in found.drivers] == [
        ("category", "members"),
        ("category", "firms"),
        ("category", "guests"),
    ]
    assert math.fsum(d.share or 0 for d in found.drivers) == pytest.approx(1)
    assert found.low is not None
    assert found.effect is not None
    assert found.high is not None
    assert 0.2 < found.low < found.effect < found.high < 0.6
    assert found.effect < parameter(found, "share moved as counted")


def test_many_counts_without_a_shift_are_no_drift() -> None:
    found = find_mix_shift({"a": 500, "b": 500}, {"a": 510, "b": 490})

    assert found.verdict is DriftVerdict.NO_DRIFT
    assert found.reason == ""
    assert found.visible is not None
    assert found.visible <= 0.10
    assert found.low == 0


def test_few_counts_cannot_tell_and_say_what_would_have_shown() -> None:
    before = {"a": 10, "b": 10, "c": 8, "d": 6, "e": 4, "f": 2}
    found = find_mix_shift(before, before | {"a": 8, "f": 4})

    assert found.verdict is DriftVerdict.NOT_ENOUGH_DATA
    assert found.visible == pytest.approx(0.41, abs=0.02)
    assert found.reason == (
        "with 40 counted before and 40 after only a shift of"
        f" {found.visible:.0%} or more would surely show"
    )


def test_what_is_significant_and_too_small_to_matter_is_no_drift() -> None:
    found = find_mix_shift({"a": 5000, "b": 5000}, {"a": 5300, "b": 4700})

    assert found.p_value == 0.001
    assert found.effect == pytest.approx(0.03, abs=0.005)
    assert found.verdict is DriftVerdict.NO_DRIFT


def test_what_is_significant_and_perhaps_too_small_is_not_told() -> None:
    found = find_mix_shift({"a": 30, "b": 10}, {"a": 18, "b": 22}, least=0.30)
    assert found.verdict is DriftVerdict.NOT_ENOUGH_DATA
    assert found.reason == (
        "a shift shows, but 40 counted before and 40 after cannot tell whether it is"
        " above 30%"
    )


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ({}, {"a": 1}, "nothing was counted before"),
        ({"a": 1}, {"a": 0}, "nothing was counted after"),
        ({}, {}, "nothing was counted before and after"),
        (
            {"a": 50},
            {"a": 70, "b": 0},
            "all is of one category, so nothing can move between categories",
        ),
        (
            {"a": 1, "b": 1},
            {"a": 1, "b": 1},
            (
                "with 2 counted before and 2 after no shift, however large, would"
                " surely show"
            ),
        ),
    ],
)
def test_where_nothing_can_be_told_the_reason_is_given(
    before: dict[str, int], after: dict[str, int], reason: str
) -> None:
    found = find_mix_shift(before, after)

    assert found.verdict is DriftVerdict.NOT_ENOUGH_DATA
    assert found.reason == reason
    assert found.visible is None


def test_a_category_on_one_side_only_counts_as_none_on_the_other() -> None:
    alone = find_mix_shift({"a": 40}, {"b": 40})

    assert alone.verdict is DriftVerdict.DRIFT
    assert alone.effect == 1.0
    assert find_mix_shift({"a": 40, "b": 0}, {"a": 0, "b": 40}) == alone


@pytest.mark.parametrize(
    "wrong", [-1, 2.0, 2.5, True, math.nan, Decimal(3), "4", None, 10**400]
)
def test_what_is_no_count_is_refused(wrong: Any) -> None:  # noqa: ANN401 - anything
    with pytest.raises(InvalidValueError) as error:
        find_mix_shift({"a": wrong, "b": 3}, {"a": 3, "b": wrong})

    assert [path for _, path in codes_of(error)] == ["before['a']", "after['b']"]


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({"level": 1.5}, "level"),
        ({"level": math.nan}, "level"),
        ({"level": 0}, "permutations"),
        ({"least": -0.1}, "least"),
        ({"seed": 0.5}, "seed"),
        ({"permutations": 0}, "permutations"),
        ({"permutations": 18}, "permutations"),
        ({"permutations": 10**9}, "permutations"),
        ({"title": " "}, "title"),
        ({"since": "2026"}, "since"),
        ({"by": "segment"}, "by"),
        ({"unit": "client"}, "unit"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    options: dict[str, Any], path: str
) -> None:
    with pytest.raises(InvalidValueError) as error:
        find_mix_shift({"a": 1}, {"a": 2}, **options)

    assert [each for _, each in codes_of(error)] == [path]


@pytest.mark.parametrize(
    ("before", "after", "by", "paths"),
    [
        ({"a": 1}, [1], None, ["after"]),
        (3, "text", "x", ["before", "after"]),
        ([1], [2], None, ["by"]),
        ([1], [2], 7, ["by"]),
        ({" ": 1}, {"a\nb": 1}, None, ["before[' ']", "after['a\\nb']"]),
    ],
)
def test_what_is_no_mix_is_refused(
    before: Any,  # noqa: ANN401 - anything may be given
    after: Any,  # noqa: ANN401
    by: Any,  # noqa: ANN401
    paths: list[str],
) -> None:
    with pytest.raises(InvalidValueError) as error:
        find_mix_shift(before, after, by=by)

    assert [path for _, path in codes_of(error)] == paths


def test_too_many_categories_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="501 categories"):
        find_mix_shift({f"c{at}": 1 for at in range(501)}, {"c1": 1})


def test_numbers_of_other_libraries_are_counts_too() -> None:
    class Other:
        def __index__(self) -> int:
            return 40

    found = find_mix_shift({"a": Other()}, {"b": Other()})

    assert parameter(found, "counted before") == 40


class Size(StrEnum):
    LARGE = "large"
    SMALL = "small"


@frozen
class Sale:
    size: Size | None
    client: object = None
    often: bool = False


def test_records_are_counted_by_a_field_or_a_function() -> None:
    before = [Sale(Size.LARGE)] * 30 + [Sale(Size.SMALL)] * 10 + [Sale(None)]
    after = ({"size": "small"} for _ in range(40))

    by_field = find_mix_shift(before, after, by="size")
    by_call = find_mix_shift(before, [Sale(Size.SMALL)] * 40, by=lambda sale: sale.size)

    assert by_field.title == "Mix by size"
    assert parameter(by_field, "left out") == 1
    assert {d.name: (d.before, d.after) for d in by_field.drivers} == {
        "large": (0.75, 0.0),
        "small": (0.25, 1.0),
    }
    assert by_call.p_value == by_field.p_value


def test_true_and_false_are_told_as_yes_and_no() -> None:
    held = [Sale(None, often=True)] * 3 + [Sale(None, often=False)]

    found = find_mix_shift(held, held, by="often")

    assert sorted(d.name for d in found.drivers) == ["no", "yes"]


def test_the_first_day_recorded_after_is_since_when_it_shows() -> None:
    def receipt(day: int, segment: str) -> RevenueRecord:
        money = Money(Decimal(5), "EUR")
        return RevenueRecord(
            on=date(2026, 3, day), client="c", amount=money, segment=segment
        )

    before = [receipt(1, "a")] * 40
    found = find_mix_shift(before, [receipt(9, "b"), receipt(7, "b")], by="segment")
    bare = find_mix_shift([{"x": 1, "on": "2026"}], [{"x": 1, "on": "2026"}], by="x")

    assert found.since == date(2026, 3, 7)
    assert bare.since is None


def test_a_field_that_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(InvalidValueError) as error:
        find_mix_shift([Sale(Size.LARGE)] * 30, [{"sizes": 1}], by="siz")

    assert len(error.value.issues) == 20
    assert error.value.issues[0].fix == "did you mean 'size'?"
    with pytest.raises(InvalidValueError) as error:
        find_mix_shift([{"sizes": 1}], [Sale(Size.LARGE)], by="size", unit="clint")
    assert [(i.path, i.fix) for i in error.value.issues] == [
        ("before[0]", "did you mean 'sizes'?"),
        ("before[0]", error.value.issues[1].fix),
        ("after[0]", "did you mean 'client'?"),
    ]


def test_a_unit_that_cannot_be_told_apart_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="not told apart"):
        find_mix_shift([Sale(Size.LARGE, [])], [], by="size", unit="client")


def clients(chance: Callable[[], float], many: int, each: int) -> list[dict[str, Any]]:
    """Return receipts of clients each of whom buys one thing again and again."""
    found: list[dict[str, Any]] = []
    for at in range(many):
        kind = "abcd"[int(chance() * 4)]
        found += [{"client": f"{id(found)}-{at}", "kind": kind}] * each
    return found


def test_receipts_of_one_client_are_no_independent_evidence() -> None:
    chance, alone, by_client = seeded(7), 0, 0
    for _ in range(60):
        sides = clients(chance, 12, 6), clients(chance, 12, 6)
        fast = {"by": "kind", "permutations": 99}
        alone += (find_mix_shift(*sides, **fast).p_value or 0) <= 0.05  # type: ignore[arg-type]  # options
        found = find_mix_shift(*sides, unit="client", **fast)  # type: ignore[arg-type]  # options
        by_client += (found.p_value or 0) <= 0.05
        assert parameter(found, "units") == 24
        assert found.points == 24

    assert alone > 20
    assert by_client <= 8


def test_units_make_a_shift_harder_to_see() -> None:
    sides = clients(seeded(1), 20, 5), clients(seeded(2), 20, 5)

    alone = find_mix_shift(*sides, by="kind").visible
    by_client = find_mix_shift(*sides, by="kind", unit="client").visible

    assert alone is not None
    assert by_client is not None
    assert by_client > 1.8 * alone


def test_clients_of_both_sides_are_swapped_as_a_whole() -> None:
    before = [{"client": at, "kind": "a"} for at in range(12)]
    after = [{"client": at, "kind": "b"} for at in range(12)]

    found = find_mix_shift(before, after, by="kind", unit="client")

    assert found.verdict is DriftVerdict.DRIFT
    assert found.p_value is not None
    # 2 of the 4,096 ways to swap are as far apart as what was found.
    assert found.p_value <= 0.003


def test_what_the_units_are_called_and_the_order_of_records_change_nothing() -> None:
    before = [{"client": c, "kind": k} for c, k in zip("aabbcc", "xyxxyy", strict=True)]
    after = [{"client": c, "kind": k} for c, k in zip("ccddee", "yyyyxy", strict=True)]
    renamed = [{**each, "client": f"9{each['client']}"} for each in after]
    first = [{**each, "client": f"9{each['client']}"} for each in before]

    found = find_mix_shift(before, after, by="kind", unit="client")

    assert find_mix_shift(first[::-1], renamed[::-1], by="kind", unit="client") == found


@given(before=mixes, after=mixes, seed=st.integers(0, 3))
def test_findings_are_sound_and_the_same_whatever_the_order(
    before: dict[str, int], after: dict[str, int], seed: int
) -> None:
    found = find_mix_shift(before, after, seed=seed, permutations=49)
    backward = dict(reversed(list(after.items())))

    assert find_mix_shift(before, backward, seed=seed, permutations=49) == found
    if found.effect is not None:
        assert found.low is not None
        assert found.high is not None
        assert 0 <= found.low <= found.effect <= found.high <= 1
        assert found.p_value is not None
        assert found.p_value >= 1 / 50 or parameter(found, "exact")


@given(before=mixes, after=mixes)
def test_both_directions_are_judged_alike(
    before: dict[str, int], after: dict[str, int]
) -> None:
    there = find_mix_shift(before, after, permutations=49)
    back = find_mix_shift(after, before, permutations=49)

    assert there.p_value == back.p_value
    assert there.visible == back.visible


@given(before=mixes, after=mixes, levels=st.tuples(*[st.integers(2, 90)] * 2))
def test_a_stricter_level_never_finds_more(
    before: dict[str, int], after: dict[str, int], levels: tuple[int, int]
) -> None:
    strict, loose = (
        find_mix_shift(before, after, level=level / 100, permutations=99)
        for level in sorted(levels)
    )

    if strict.verdict is DriftVerdict.DRIFT:
        assert loose.verdict is DriftVerdict.DRIFT
    if strict.visible is not None:
        assert loose.visible is not None
        assert loose.visible <= strict.visible + 1e-9


def test_of_few_all_tables_are_gone_through() -> None:
    """The p-value of two rows, by dealing out all that was counted in every way."""
    before, after = [3, 1, 0], [0, 2, 2]
    cards = [0, 0, 0, 1, 1, 1, 2, 2]
    limit, hits, every = g_statistic(before, after), 0, 0
    for dealt in permutations(cards):
        side = [dealt[:4].count(at) for at in range(3)]
        rest = [dealt[4:].count(at) for at in range(3)]
        every += 1
        hits += g_statistic(side, rest) >= limit - 1e-9
    names = dict(zip("abc", before, strict=True)), dict(zip("abc", after, strict=True))

    found = find_mix_shift(*names)

    assert found.p_value == pytest.approx(hits / every, rel=1e-12)
    assert parameter(found, "exact") == 1


def test_draws_agree_with_all_that_there_is() -> None:
    held = table([12, 5, 3], [6, 9, 5])
    drawn = MixTable(
        held.names,
        held.before,
        held.after,
        tuple(
            MixUnit(((at, 1),), ()) for at, n in enumerate(held.before) for _ in "x" * n
        )
        + tuple(
            MixUnit((), ((at, 1),)) for at, n in enumerate(held.after) for _ in "x" * n
        ),
    )
    limit = g_statistic(held.before, held.after)

    every = by_chance(held, Draws(seeded(1)), 1)
    by_units = by_chance(drawn, Draws(seeded(1)), 4000)

    assert every.exact
    assert not by_units.exact
    assert by_units.p_value(limit) == pytest.approx(every.p_value(limit), abs=0.025)
    assert by_units.mean() == pytest.approx(every.mean(), rel=0.05)


def test_large_counts_are_drawn_as_well_as_small_ones() -> None:
    draws = Draws(seeded(3))

    dealt = [next(draws.split((60_000, 40_000), 50_000)) for _ in range(2000)]
    again = [next(draws.again((60_000, 40_000), 50_000)) for _ in range(2000)]
    small = Counter(next(draws.split((3, 2), 2)) for _ in range(10_000))

    assert sum(dealt) / 2000 == pytest.approx(30_000, abs=10)
    assert sum(again) / 2000 == pytest.approx(30_000, abs=15)
    for held, spread in ((dealt, 77.5), (again, 109.5)):
        mean = sum(held) / 2000
        assert math.sqrt(sum((x - mean) ** 2 for x in held) / 2000) == pytest.approx(
            spread, rel=0.06
        )
    assert [small[at] / 10_000 for at in range(3)] == pytest.approx(
        [0.1, 0.6, 0.3], abs=0.02
    )
    assert list(draws.again((5, 0, 0), 9)) == [9, 0, 0]


def test_a_source_that_gives_zero_makes_no_draw_impossible() -> None:
    draws = Draws(lambda: 0.0)

    assert next(draws.split((10**6, 10**6), 10**6)) < 500_000
    assert sum(draws.split((2, 3, 4), 5)) == 5


@pytest.mark.timeout(60)
def test_counts_of_any_size_are_judged_at_once() -> None:
    huge = find_mix_shift({"a": 10**12, "b": 10**12}, {"a": 10**12, "b": 2 * 10**12})

    assert huge.verdict is DriftVerdict.DRIFT
    assert huge.effect == pytest.approx(1 / 6, abs=1e-4)


@pytest.mark.parametrize("shares", [EVEN, SKEW])
@pytest.mark.parametrize("side", [20, 40, 80])
def test_there_are_no_more_false_alarms_than_the_level(
    shares: tuple[float, ...], side: int
) -> None:
    rate, _ = alarms((side, side), shares, shares, 200)

    # 5 % and what 200 runs may be off by in one case of a thousand
    assert rate <= 0.05 + 0.055


# The shift of 20 points in which the peers were measured: from two segments to two.
@pytest.mark.parametrize(
    ("side", "power"), [(20, 0.12), (40, 0.30), (80, 0.69), (200, 0.99)]
)
def test_power_is_what_such_a_test_can_have(side: int, power: float) -> None:
    moved_on = tuple(
        share + off
        for share, off in zip(EVEN, (-0.1, -0.1, 0, 0.1, 0.1, 0), strict=True)
    )
    rate, _ = alarms((side, side), EVEN, moved_on, 150)

    assert rate >= power - 0.1


@pytest.mark.parametrize("side", [20, 40, 80])
@pytest.mark.parametrize("shares", [EVEN, SKEW])
def test_what_is_called_visible_shows_in_four_of_five_cases(
    shares: tuple[float, ...], side: int
) -> None:
    _, visible = alarms((side, side), shares, shares, 20)
    half = {0, 1, 2} if shares == EVEN else {0, 2}  # that is half of the mix
    before = tuple(
        share * (1 + visible if at in half else 1 - visible)
        for at, share in enumerate(shares)
    )
    after = tuple(
        share * (1 - visible if at in half else 1 + visible)
        for at, share in enumerate(shares)
    )

    rate, _ = alarms((side, side), before, after, 120)
    elsewhere = (shares[0] - min(visible, shares[0]), *shares[1:-1])
    easier, _ = alarms((side, side), shares, (*elsewhere, 1 - sum(elsewhere)), 80)

    assert 0.70 <= rate <= 0.95
    assert easier >= 0.70 or visible > shares[0]


def test_the_interval_holds_the_truth_in_nine_of_ten_cases() -> None:
    chance, held = seeded(5), 0
    after = (0.15, 0.2, 0.2, 0.2, 0.1, 0.15)
    truth = total_variation(SKEW, after)
    for run in range(100):
        sides = table(counts(chance, SKEW, 80), counts(chance, after, 80))
        found = moved(sides, Draws(seeded(run)), 99)
        held += found.low <= truth <= found.high

    assert held >= 80


def test_with_a_lax_level_every_table_is_significant() -> None:
    found = find_mix_shift({"a": 3, "b": 3}, {"a": 3, "b": 3}, level=1.0, least=0)

    assert found.p_value == 1
    assert found.limit == pytest.approx(0, abs=1e-9)
    assert found.visible is None


def test_more_distributions_than_are_kept_are_drawn_all_the_same() -> None:
    draws = Draws(seeded(1))
    draws._tables = dict.fromkeys(((at,) for at in range(5000)), (0, [1.0]))

    assert next(draws.split((3, 3), 3)) in range(4)
    assert len(draws._tables) == 5000


@pytest.mark.parametrize(("good", "bad", "drawn"), [(400, 900, 500), (3, 2000, 900)])
def test_counts_of_a_middle_size_are_drawn_by_their_chances(
    good: int, bad: int, drawn: int
) -> None:
    draws, runs = Draws(seeded(11)), 4000
    dealt = [next(draws.split((good, bad), drawn)) for _ in range(runs)]
    again = [next(draws.again((good, bad), drawn)) for _ in range(runs)]

    share = good / (good + bad)
    spread = drawn * share * (1 - share)
    rest = (good + bad - drawn) / (good + bad - 1)
    for held, wide in ((dealt, spread * rest), (again, spread)):
        mean = sum(held) / runs
        assert mean == pytest.approx(drawn * share, abs=4 * math.sqrt(wide / runs))
        found = sum((each - mean) ** 2 for each in held) / runs
        assert found == pytest.approx(wide, rel=0.1)


def test_a_source_at_its_end_gives_the_likeliest() -> None:
    draws = Draws(lambda: 1.0)

    assert next(draws.split((1000, 1000), 100)) == 50
    assert next(draws.again((1000, 3000), 1000)) == 250


def test_clients_that_are_alike_are_dealt_out_as_fast_as_counts_and_as_surely() -> None:
    before = [{"kind": "ab"[at % 2], "who": at} for at in range(3_000)]
    after = [{"kind": "ab"[at % 3 == 0], "who": -at - 1} for at in range(3_000)]
    found = find_mix_shift(before, after, by="kind", unit="who")
    counted = find_mix_shift({"a": 1500, "b": 1500}, {"a": 2000, "b": 1000})
    assert found.verdict is counted.verdict is DriftVerdict.DRIFT
    assert found.effect == pytest.approx(counted.effect, abs=0.002)
    assert found.low == pytest.approx(counted.low, abs=0.01)
    assert found.limit == pytest.approx(counted.limit, abs=1)


@pytest.mark.parametrize("clients", [49, 50])
def test_alike_clients_of_both_sides_are_swapped_as_one_by_one(clients: int) -> None:
    pair = MixUnit(before=((0, 1),), after=((1, 1),))
    deal = swapped([pair] * clients, Draws(seeded(3)))
    found = [
        sum(often for cells, often in deal() if cells == pair.before)
        for _ in range(2000)
    ]
    assert mean(found) == pytest.approx(clients / 2, abs=0.5)
    assert pstdev(found) == pytest.approx(math.sqrt(clients) / 2, rel=0.1)
