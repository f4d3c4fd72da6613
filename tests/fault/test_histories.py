"""The checker of histories names what cannot have been, and nothing else."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fault.dependencies import anomalies
from tests.fault.histories import Append, Outcome, Read, Transaction

LINE = re.compile(r"(\w+) (\w+) (\d+)-(\d+|\?)( failed)?: (.*)")

# A line: name, process, when it began and ended, and then what it did: `x+1` appends 1
# to x, and `x=1,2` reads [1, 2] there. What never ended has an unknown outcome.
PLANTED = {
    "G0": """
        A p 0-9: x+1 y+1
        B q 0-9: x+2 y+2
        C r 10-11: x=1,2 y=2,1""",
    "G1a": """
        A p 0-9 failed: x+1
        B q 0-9: x=1""",
    "G1b": """
        A p 0-9: x+1 x+2
        B q 0-9: x=1
        C r 10-11: x=1,2""",
    "G1c": """
        A p 0-9: x+1 y=2
        B q 0-9: y+2 x=1""",
    "G-single": """
        A p 0-9: x+1 y+1
        B q 0-9: x= y=1
        C r 10-11: x=1 y=1""",
    "G2": """
        A p 0-9: x= y+1
        B q 0-9: y= x+1
        C r 10-11: x=1 y=1""",
    "lost update": """
        A p 0-9: x= x+1
        B q 0-9: x= x+2
        C r 10-11: x=1,2""",
    "lost append": """
        A p 0-1: x+1
        B q 2-3: x=""",
    "real-time violation": """
        A p 0-1: x+1
        B q 2-3: x=
        C r 4-5: x=1""",
    "session violation": """
        A p 0-1: x+1
        B p 2-3: x=
        C r 4-5: x=1""",
    "incompatible reads": """
        A p 0-9: x+1
        B q 0-9: x+2
        C r 10-11: x=1,2
        D s 10-11: x=2""",
    "duplicate": """
        A p 0-9: x+1
        B q 10-11: x=1,1""",
    "unwritten value": "A p 0-9: x=1",
    "wrong order": """
        A p 0-9: x+1 x+2
        B q 0-9: x+3
        C r 10-11: x=2,1,3""",
    "internal contradiction": """
        A p 0-9: x+1
        B q 0-9: x= x=1""",
}
OTHERS = {
    "its own future": "A p 0-9: x=1 x+1",
    "not what it did": """
        A p 0-9: x+1 x=
        B q 10-11: x=1""",
    "another before its own": """
        A p 0-9: x+1 x=1,2
        B q 0-9: x+2""",
}
CLEAN = {
    "nothing": "",
    "one at a time": """
        A p 0-1: x= x+1 x=1
        B q 2-3: x=1 y= y+2 x+3
        C p 4-5: x=1,3 y=2""",
    "at once, in any order": """
        A p 0-9: x+1 y=
        B q 0-9: y+1 x=1
        C r 0-9: x= y=""",
    "what failed and nobody saw": """
        A p 0-1 failed: x= x+1
        B q 2-3: x= x+2
        C q 4-5: x=2""",
    "what is unknown and was seen": """
        A p 0-?: x+1 y+1
        B q 2-3: x=
        C q 4-5: x=1 y=1""",
    "what is unknown and was not seen": """
        A p 0-?: x+1 y+1
        B p 2-3: x= y=""",
    "what an unknown one read": """
        A p 0-?: x=9 y+1
        B q 2-3: x= y=1""",
    "a read of the past by who is still at it": """
        A p 1-2: x+1
        B q 0-9: x=
        C q 10-11: x=1""",
}


def told(text: str) -> list[Transaction]:
    """Return the history that lines tell."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        match = LINE.fullmatch(line)
        assert match, line
        name, process, begun, ended, failed, acts = match.groups()
        unknown = Outcome.UNKNOWN if ended == "?" else Outcome.OK
        found.append(
            Transaction(
                name=name,
                process=process,
                begun=int(begun),
                ended=None if ended == "?" else int(ended),
                outcome=Outcome.FAILED if failed else unknown,
                acts=tuple(map(act, acts.split())),
            )
        )
    return found


def act(word: str) -> Append | Read:
    if "+" in word:
        return Append(*word.split("+"))
    key, _, values = word.partition("=")
    return Read(key, tuple(filter(None, values.split(","))))


@pytest.mark.parametrize("name", PLANTED)
def test_what_was_planted_is_named(name: str) -> None:
    assert [found.name for found in anomalies(told(PLANTED[name]))] == [name]


@pytest.mark.parametrize("name", OTHERS)
def test_a_transaction_that_contradicts_itself_is_named(name: str) -> None:
    found = anomalies(told(OTHERS[name]))

    assert "internal contradiction" in [each.name for each in found]


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_history_is_clean(name: str) -> None:
    assert anomalies(told(CLEAN[name])) == ()


def test_the_shortest_cycle_is_told_in_words() -> None:
    (found,) = anomalies(told(PLANTED["G2"]))

    assert str(found) == (
        "G2:\n"
        "  A read x without 1, which B appended\n"
        "  B read y without 1, which A appended"
    )
    assert found.who == {"A", "B"}


def test_every_step_of_a_cycle_has_its_reason() -> None:
    (found,) = anomalies(told(PLANTED["real-time violation"]))
    assert found.words == (
        "A had ended before B began",
        "B read x without 1, which A appended",
    )
    (found,) = anomalies(told(PLANTED["session violation"]))
    assert found.words[0] == "A came before B in the same process"
    (found,) = anomalies(told(PLANTED["G0"]))
    assert found.words[0] == "A appended to x just before B did 2"
    (found,) = anomalies(told(PLANTED["G1c"]))
    assert found.words[0] == "B appended 2 to y, which A read"


def test_two_knots_are_told_apart() -> None:
    text = (
        PLANTED["G2"] + "\n" + PLANTED["G-single"].translate(renamed("ABCxy", "DEFzw"))
    )

    assert [found.name for found in anomalies(told(text))] == ["G-single", "G2"]


def renamed(old: str, new: str) -> dict[int, str]:
    return dict(zip(map(ord, old), new, strict=True))


def test_a_stale_read_is_found_through_others() -> None:
    found = anomalies(
        told("""
        A p 0-1: x+1
        B q 2-3: y+1
        C r 4-9: y=1
        D s 10-11: x=
        E s 12-13: x=1""")
    )

    assert [each.name for each in found] == ["real-time violation"]


@pytest.mark.parametrize("text", ["A p 0-1: x+1 x+1", "A p 0-1: x=\nA p 0-1: x="])
def test_what_is_used_twice_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is used 2 times"):
        anomalies(told(text))


KEYS = ("x", "y")
ACTS = st.lists(st.tuples(st.sampled_from(KEYS), st.booleans()), min_size=1, max_size=4)
PLANS = st.lists(
    st.tuples(ACTS, st.sampled_from(Outcome), st.booleans(), st.integers(0, 40)),
    max_size=12,
)


@given(PLANS)
def test_what_was_done_one_at_a_time_has_no_anomaly(
    plans: list[tuple[list[tuple[str, bool]], Outcome, bool, int]],
) -> None:
    lists: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    history = []
    for number, (acts, outcome, stays, early) in enumerate(plans):
        before = dict(lists)
        done: list[Append | Read] = []
        for place, (key, reads) in enumerate(acts):
            if reads:
                done.append(Read(key, lists[key]))
            else:
                done.append(Append(key, f"{number}.{place}"))
                lists[key] += (f"{number}.{place}",)
        if outcome is Outcome.FAILED or (outcome is Outcome.UNKNOWN and not stays):
            lists = defaultdict(tuple, before)
        moment = 100 * number + 100
        history.append(
            Transaction(
                name=f"T{number}",
                process=f"p{number}",
                begun=moment - 10 * early,
                ended=None if outcome is Outcome.UNKNOWN else moment + 7 * early,
                outcome=outcome,
                acts=tuple(done),
            )
        )

    assert anomalies(history) == ()


@st.composite
def small(draw: st.DrawFn) -> list[Transaction]:
    """Make a history of a few transactions that might be sound, or just not.

    In the end all is read, so that the order of all versions is known.
    """
    number = draw(st.integers(1, 4))
    wishes = [draw(ACTS) for _ in range(number)]
    outcomes = [draw(st.sampled_from([*Outcome, Outcome.OK])) for _ in range(number)]
    values: dict[str, list[str]] = {key: [] for key in KEYS}
    for which, wish in enumerate(wishes):
        for place, (key, reads) in enumerate(wish):
            if not reads and (outcomes[which] is Outcome.OK or draw(st.booleans())):
                values[key].append(f"{which}.{place}")
    orders = {key: draw(st.permutations(values[key])) for key in KEYS}
    history = []
    for which, wish in enumerate(wishes):
        acts: list[Append | Read] = []
        for place, (key, reads) in enumerate(wish):
            if reads:
                seen = draw(st.integers(0, len(orders[key])))
                acts.append(Read(key, tuple(orders[key][:seen])))
            else:
                acts.append(Append(key, f"{which}.{place}"))
        begun = draw(st.integers(0, 6))
        ended = begun + draw(st.integers(0, 6))
        outcome = outcomes[which]
        history.append(
            Transaction(
                name=f"T{which}",
                process=f"p{draw(st.integers(0, 1))}-{which}",
                begun=begun,
                ended=None if outcome is Outcome.UNKNOWN else ended,
                outcome=outcome,
                acts=tuple(acts),
            )
        )
    final = tuple(Read(key, tuple(order)) for key, order in orders.items())
    return [
        *history,
        Transaction(
            name="last", process="r", begun=90, ended=91, outcome=Outcome.OK, acts=final
        ),
    ]


@settings(max_examples=600)
@given(small())
def test_the_checker_agrees_with_a_search_of_all_orders(
    history: list[Transaction],
) -> None:
    assert (not anomalies(history)) == in_some_order(history)


def in_some_order(history: Sequence[Transaction]) -> bool:
    """Return whether the transactions can have been done one at a time."""
    sure = [each for each in history if each.outcome is Outcome.OK]
    maybe = [each for each in history if each.outcome is Outcome.UNKNOWN]
    chosen = chain.from_iterable(
        combinations(maybe, number) for number in range(len(maybe) + 1)
    )
    return any(
        in_time(order) and as_read(order)
        for some in chosen
        for order in permutations([*sure, *some])
    )


def in_time(order: Iterable[Transaction]) -> bool:
    return not any(
        later.ended is not None and later.ended < earlier.begun
        for earlier, later in combinations(order, 2)
    )


def as_read(order: Iterable[Transaction]) -> bool:
    lists: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for each in order:
        for done in each.acts:
            if isinstance(done, Append):
                lists[done.key] += (done.value,)
            elif each.outcome is Outcome.OK and done.values != lists[done.key]:
                return False
    return True
