from hypothesis import example, given
from hypothesis import strategies as st

from missionkit.codec.lines import Lines
from missionkit.issue import Source

LONG = ("x" * 10_000 + "\n") * 5 + "y" * 40_000


def counted(text: str, at: int) -> Source:
    lines = text[:at].split("\n")
    return Source(file="f", line=len(lines), column=len(lines[-1]) + 1)


@given(st.text("ab\n"), st.integers(0, 20))
@example("", 0)
@example("\n", 1)
def test_lines_and_columns_are_counted_from_one(text: str, at: int) -> None:
    place = min(at, len(text))

    assert Lines(text, "f").source(place) == counted(text, place)


def test_places_far_inside_a_long_text_are_found() -> None:
    lines = Lines(LONG, "f")

    for at in (0, 10_000, 10_001, 16_383, 16_384, 50_004, 50_005, 65_536, 90_005):
        assert lines.source(at) == counted(LONG, at)
