"""How each value is written in a document; every silent conversion is refused."""

# ruff: noqa: ANN401, RUF001 - values of any type, and digits of other scripts

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from missionkit.codec.leaves import (
    LEAF_READERS,
    LEAF_WRITERS,
    Reader,
    UnfitError,
    choice_reader,
    read_ext,
    read_trimmed,
    write_ext,
)
from missionkit.domain.ext import Ext
from missionkit.domain.stakeholder import NeedStatus

HALF = 500_000  # microseconds
READERS: dict[str, Reader] = {
    **{kind.__name__: read for kind, read in LEAF_READERS.items()},
    "trimmed": read_trimmed,
    "choice": choice_reader(NeedStatus),
    "ext": read_ext,
}
ACCEPTED: list[tuple[str, Any, Any]] = [
    ("str", "", ""),
    ("str", "  kept \n", "  kept \n"),
    ("str", "a\r\nb\rc", "a\nb\nc"),
    ("str", "<script>{{7*7}}%s", "<script>{{7*7}}%s"),
    ("trimmed", "\u00a0 a\r\nb \t", "a\nb"),
    ("bool", True, True),
    ("bool", False, False),
    ("int", 0, 0),
    ("int", -7, -7),
    ("float", 0.5, 0.5),
    ("float", 1, 1),
    ("Decimal", "1.10", Decimal("1.10")),
    ("Decimal", "-0", Decimal("-0")),
    ("Decimal", "12345678901234567890.5", Decimal("12345678901234567890.5")),
    ("date", "2024-02-29", date(2024, 2, 29)),
    ("date", "0001-01-01", date(1, 1, 1)),
    ("date", "9999-12-31", date(9999, 12, 31)),
    ("datetime", "2026-03-12T09:30:00Z", datetime(2026, 3, 12, 9, 30, tzinfo=UTC)),
    ("datetime", "2026-03-12T09:30:00+02:00", datetime(2026, 3, 12, 7, 30, tzinfo=UTC)),
    ("datetime", "2026-03-12T09:30:00-00:00", datetime(2026, 3, 12, 9, 30, tzinfo=UTC)),
    ("datetime", "2026-03-12T09:30:00.5Z", datetime(2026, 3, 12, 9, 30, 0, HALF, UTC)),
    ("choice", "met", NeedStatus.MET),
    ("ext", {"a": {"b": [1]}}, Ext({"a": {"b": [1]}})),
    ("ext", {"a": ["x\r\ny", {"b": "\r"}, 1]}, Ext({"a": ["x\ny", {"b": "\n"}, 1]})),
]  # fmt: skip
REFUSED: list[tuple[str, Any, str]] = [
    ("str", 123, "MK-DOC-012"),
    ("str", None, "MK-DOC-012"),
    ("str", True, "MK-DOC-012"),
    ("str", ["a"], "MK-DOC-012"),
    ("str", {}, "MK-DOC-012"),
    ("trimmed", 1.5, "MK-DOC-012"),
    ("bool", "false", "MK-DOC-012"),
    ("bool", "no", "MK-DOC-012"),
    ("bool", "0", "MK-DOC-012"),
    ("bool", 0, "MK-DOC-012"),
    ("bool", 1, "MK-DOC-012"),
    ("bool", None, "MK-DOC-012"),
    ("int", "12", "MK-DOC-012"),
    ("int", " 7 ", "MK-DOC-012"),
    ("int", "1_000", "MK-DOC-012"),
    ("int", "٣", "MK-DOC-012"),
    ("int", True, "MK-DOC-012"),
    ("int", 1.9, "MK-DOC-012"),
    ("int", 1.0, "MK-DOC-012"),
    ("float", "nan", "MK-DOC-012"),
    ("float", "0.5", "MK-DOC-012"),
    ("float", False, "MK-DOC-012"),
    ("float", None, "MK-DOC-012"),
    ("Decimal", 1.5, "MK-DOC-012"),
    ("Decimal", 1, "MK-DOC-012"),
    ("Decimal", "1e3", "MK-DOC-016"),
    ("Decimal", "NaN", "MK-DOC-016"),
    ("Decimal", "Infinity", "MK-DOC-016"),
    ("Decimal", "1_0", "MK-DOC-016"),
    ("Decimal", "٣", "MK-DOC-016"),
    ("Decimal", " 1", "MK-DOC-016"),
    ("Decimal", "1\n", "MK-DOC-016"),
    ("Decimal", "+1", "MK-DOC-016"),
    ("Decimal", "01", "MK-DOC-016"),
    ("Decimal", ".5", "MK-DOC-016"),
    ("Decimal", "1.", "MK-DOC-016"),
    ("Decimal", "9" * 101, "MK-DOC-009"),
    ("date", 20260101, "MK-DOC-012"),
    ("date", "20260101", "MK-DOC-016"),
    ("date", "2024-1-1", "MK-DOC-016"),
    ("date", "2024-W01-1", "MK-DOC-016"),
    ("date", "03/04/2024", "MK-DOC-016"),
    ("date", "2024-02-30", "MK-DOC-016"),
    ("date", "2023-02-29", "MK-DOC-016"),
    ("date", "2024-13-01", "MK-DOC-016"),
    ("date", "0000-01-01", "MK-DOC-016"),
    ("date", "10000-01-01", "MK-DOC-016"),
    ("date", "2024-01-01T00:00:00Z", "MK-DOC-016"),
    ("date", "２０２４-01-01", "MK-DOC-016"),
    ("datetime", 0, "MK-DOC-012"),
    ("datetime", "2024-01-01", "MK-DOC-016"),
    ("datetime", "2024-01-01T00:00:00", "MK-DOC-016"),
    ("datetime", "2024-01-01 00:00:00Z", "MK-DOC-016"),
    ("datetime", "2024-01-01T00:00:00z", "MK-DOC-016"),
    ("datetime", "2024-01-01T23:59:60Z", "MK-DOC-016"),
    ("datetime", "2024-01-01T24:00:00Z", "MK-DOC-016"),
    ("datetime", "2024-01-01T00:00:00+25:00", "MK-DOC-016"),
    ("datetime", "2024-01-01T00:00:00+05:30:30", "MK-DOC-016"),
    ("datetime", "2024-01-01T00:00:00.1234567Z", "MK-DOC-016"),
    ("datetime", "0001-01-01T00:00:00+01:00", "MK-DOC-016"),
    ("datetime", "9999-12-31T23:59:59-01:00", "MK-DOC-016"),
    ("choice", "Met", "MK-DOC-015"),
    ("choice", "MET", "MK-DOC-015"),
    ("choice", "erfüllt", "MK-DOC-015"),
    ("choice", 3, "MK-DOC-015"),
    ("choice", None, "MK-DOC-015"),
    ("choice", ["met"], "MK-DOC-015"),
    ("ext", [], "MK-DOC-012"),
    ("ext", "a", "MK-DOC-012"),
    ("ext", None, "MK-DOC-012"),
    ("ext", {"a": float("inf")}, "MK-DOC-012"),
    ("ext", {"a": "\x00"}, "MK-DOC-012"),
    ("ext", {"a\r": 1}, "MK-DOC-012"),
]


@pytest.mark.parametrize(("kind", "given", "value"), ACCEPTED, ids=range(len(ACCEPTED)))
def test_a_value_is_read_as_it_is_written(kind: str, given: Any, value: Any) -> None:
    found = READERS[kind](given)

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(("kind", "given", "code"), REFUSED, ids=range(len(REFUSED)))
def test_nothing_is_guessed_from_another_form(kind: str, given: Any, code: str) -> None:
    with pytest.raises(UnfitError) as caught:
        READERS[kind](given)

    assert caught.value.code.code == code
    assert caught.value.wanted


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, 1),
        (-0.0, 0),
        (0.1, 0.1),
        (1e300, 1e300),
        (float(2**53), 2**53),
        (Decimal("1E+3"), "1000"),
        (Decimal("1.10"), "1.1"),
        (Decimal("1.00"), "1"),
        (Decimal(100), "100"),
        (Decimal("-0.00"), "0"),
        (Decimal("-1.50"), "-1.5"),
        (Decimal("9" * 39 + ".9"), "9" * 39 + ".9"),
        (Decimal("1E-7"), "0.0000001"),
        (date(12, 3, 4), "0012-03-04"),
        (datetime(12, 3, 4, 5, 6, 7, tzinfo=UTC), "0012-03-04T05:06:07Z"),
        (
            datetime(2026, 1, 1, microsecond=70, tzinfo=UTC),
            "2026-01-01T00:00:00.000070Z",
        ),
    ],
)
def test_there_is_one_way_to_write_a_value(value: Any, text: Any) -> None:
    written = LEAF_WRITERS[type(value)](value)

    assert (written, type(written)) == (text, type(text))
    assert LEAF_READERS[type(value)](text) == value


def test_equal_foreign_data_are_written_alike() -> None:
    one = Ext({"b": {"y": [1.0, True], "x": -0.0}, "a": 1e300})
    other = Ext({"a": 1e300, "b": {"x": 0, "y": [1, True]}})

    assert one == other
    assert json.dumps(write_ext(one)) == (
        '{"a": 1e+300, "b": {"x": 0, "y": [1, true]}}'
    )
    assert json.dumps(write_ext(one)) == json.dumps(write_ext(other))
