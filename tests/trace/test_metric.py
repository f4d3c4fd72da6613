import pytest

from missionkit.trace.metric import Metric, share, share_in

ASKED = Metric(name="n", meaning="things are well", reason="there is nothing")


@pytest.mark.parametrize(
    ("above", "below", "percent"),
    [
        (0, 3, "0 %"),
        (1, 3, "33 %"),
        (2, 3, "67 %"),
        (29, 100, "29 %"),
        (1, 1000, "1 %"),
        (999, 1000, "99 %"),
        (1000, 1000, "100 %"),
    ],
)
def test_percent_is_rounded_but_none_and_all_are_only_what_they_say(
    above: int, below: int, percent: str
) -> None:
    ids = [f"e{at}" for at in range(below)]

    assert share(ASKED, ids[:above], ids).percent == percent


def test_a_share_lists_what_it_counts_and_what_is_missing() -> None:
    found = share_in(ASKED, {"b", "z"}, {"c", "b", "a"}, "1 left out")

    assert found.value == pytest.approx(1 / 3)
    assert found.numerator == ("b",)
    assert found.denominator == ("a", "b", "c")
    assert found.missing == ("a", "c")
    assert str(found) == "n: 33 % (1 of 3 things are well; 1 left out)"


def test_a_share_of_nothing_says_why() -> None:
    found = share(ASKED, [], [], "left out")

    assert found == ASKED
    assert found.missing == ()


def test_a_share_close_to_all_is_not_all() -> None:
    nearly = Metric(name="n", meaning="m", value=1 - 1e-12)

    assert nearly.percent == "99 %"
