"""Data frames of pandas and polars, and tables of Arrow, as they really are."""

# ruff: noqa: ANN401 - frames of libraries without types

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from math import nan
from typing import Any

import pytest

from missionkit.domain.conduct import ActivityRecord, Ledger, RevenueRecord
from missionkit.domain.ids import AnyId
from missionkit.domain.values import Money
from missionkit.errors import DocumentError
from missionkit.formats.cells import is_blank
from missionkit.formats.ledger import read_ledger

DAY = date(2026, 3, 2)
SEWN = ActivityRecord(on=DAY, what="Sew", hours=2.5, serves=AnyId("warm"))


def told(ledger: Ledger[Any]) -> list[tuple[int, str, str]]:
    """Return what is said of each row that was not used."""
    return [
        (row.row, issue.code, issue.path)
        for row in ledger.unused()
        for issue in row.issues
    ]


FRAMES = pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])


def framed(library: str, columns: Mapping[str, list[Any]]) -> Any:
    module = pytest.importorskip(library, reason=f"{library} is not installed")
    if library == "pyarrow":
        return module.table(dict(columns))
    return module.DataFrame(dict(columns))


@FRAMES
def test_a_data_frame_is_read_by_its_columns(library: str) -> None:
    frame = framed(
        library,
        {
            "Day": [DAY, datetime(2026, 3, 2, 9).date(), None],  # noqa: DTZ001 - a day
            "Task": ["Sew", "Sew", "Sew"],
            "Hours": [2.5, nan, 2.5],
            "Goal": ["warm", None, "warm"],
            "Other": [1, 2, 3],
        },
    )
    columns = {"on": "Day", "what": "Task", "hours": "Hours", "serves": "Goal"}

    ledger = read_ledger(frame, ActivityRecord, columns)

    assert list(ledger) == list(ledger) == [SEWN]
    assert told(ledger) == [
        (2, "MK-XLS-006", "hours"),
        (3, "MK-XLS-006", "on"),
    ]


@FRAMES
def test_whole_numbers_truths_and_instants_of_frames_are_python_s(library: str) -> None:
    frame = framed(
        library,
        {
            "on": [datetime(2026, 3, 2, 9)],  # noqa: DTZ001 - frames have such
            "client": [17],
            "amount": [12.5],
            "recurring": [True],
        },
    )

    (record,) = read_ledger(frame, RevenueRecord, currency="GBP")

    assert record.client == "17"
    assert type(record.on) is date
    assert record.recurring is True
    assert record.amount == Money(Decimal("12.5"), "GBP")


@FRAMES
def test_a_column_that_a_frame_lacks_is_named(library: str) -> None:
    frame = framed(library, {"on": [DAY], "what": ["Sew"], "hour": [1]})

    with pytest.raises(DocumentError) as caught:
        read_ledger(frame, ActivityRecord)

    assert [issue.path for issue in caught.value.issues] == ["hours"]
    assert "did you mean 'hour'?" in str(caught.value)


def test_columns_of_pandas_may_be_called_alike_unless_they_are_asked_for() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    cells = [["2026-03-02", "Sew", 2.5, "warm", 1, 2]]
    names = ["on", "what", "hours", "serves", "x", "x"]
    frame = pandas.DataFrame(cells, columns=names)

    assert list(read_ledger(frame, ActivityRecord)) == [SEWN]
    with pytest.raises(DocumentError, match="2 columns are called 'x'"):
        read_ledger(frame, ActivityRecord, {"role": "x"})


def test_missing_marks_of_pandas_are_blank() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")

    assert is_blank(pandas.NA)
    assert is_blank(pandas.NaT)
