import pytest
from attrs import evolve

from missionkit.trace.branch import Branch, Gap, Place, arrows, counted, heading, told
from missionkit.trace.hop import Hop
from missionkit.trace.toward import Toward

PLACES = {
    ref: Place(id=ref, kind="core_intent", title=title)
    for ref, title in (("a", "First\nline"), ("b", "x" * 200))
}
HOP = Hop(source="a", link="l", target="b", holder="a", path="l")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0"),
        (999, "999"),
        (1_000, "1,000"),
        (10**15 - 1, "999,999,999,999,999"),
        (10**15, "more than 10^14"),
        (10**5000, "more than 10^4999"),
    ],
    ids=["none", "hundreds", "thousands", "most", "beyond", "very-long"],
)
def test_a_number_is_said_whole_or_by_its_size(number: int, said: str) -> None:
    assert counted(number) == said


def test_a_place_is_named_on_one_short_line() -> None:
    assert PLACES["a"].name == "First line"
    assert len(PLACES["b"].name) == 80
    assert str(PLACES["a"]) == "First line (core intent)"


def test_a_path_without_hops_has_no_arrows() -> None:
    assert arrows((), PLACES) == ""
    assert arrows([HOP], PLACES) == f"First line → {PLACES['b'].name}"


def test_a_gap_says_where_and_what_to_do() -> None:
    gap = Gap(at=PLACES["a"], distance=0, mend="do it")

    assert str(gap) == "First line (core intent): do it"


def test_a_branch_that_is_whole_tells_its_first_paths_and_how_many_more() -> None:
    branch = Branch(name=Toward.INTENT, whole=True, count=7, paths=((HOP,),) * 7)

    assert heading(branch) == "To the core intent: the line is whole, by 7 paths"
    rows = list(told(branch, PLACES))
    assert [row[0] for row in rows] == [*(f"path {n}" for n in range(1, 6)), "and"]
    assert rows[-1] == ("and", "2 more")
    assert branch.broken is None


def test_a_count_that_is_not_exact_says_so() -> None:
    few = Branch(
        name=Toward.INTENT, whole=True, count=5, paths=((HOP,),) * 5, exact=False
    )
    many = evolve(few, count=7)

    assert heading(few) == "To the core intent: the line is whole, by at least 5 paths"
    assert [row for row in told(few, PLACES) if row[0] == "and"] == []
    assert list(told(many, PLACES))[-1] == ("and", "at least 2 more")


def test_a_branch_that_is_broken_tells_where_and_what_would_mend_it() -> None:
    gap = Gap(at=PLACES["b"], distance=1, mend="do it")
    branch = Branch(
        name=Toward.STAKEHOLDER,
        whole=False,
        count=0,
        paths=(),
        gaps=(gap, gap),
        way=(HOP,),
        loops=(HOP,),
    )

    assert heading(branch) == "To the stakeholders: the line is broken"
    assert [row[0] for row in told(branch, PLACES)] == [
        "stops at",
        "to mend it",
        "also stops at",
        "leads back",
    ]
    assert branch.broken == gap


def test_a_branch_with_a_huge_count_can_be_shown() -> None:
    branch = Branch(name=Toward.INTENT, whole=True, count=10**5000, paths=((HOP,),))

    assert "count=more than 10^4999" in repr(branch)
