"""Ledgers read from tables: what becomes a record, and why a row becomes none."""

# ruff: noqa: ANN401 - a reader is given anything

import csv
import gc
import tracemalloc
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from math import inf, nan
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.conduct import ActivityRecord, Ledger, RevenueRecord, UnusedRow
from missionkit.domain.ids import AnyId
from missionkit.domain.values import Money
from missionkit.errors import DocumentError, InvalidValueError, NotFoundError
from missionkit.formats import cells as cells_module
from missionkit.formats.cells import is_blank
from missionkit.formats.ledger import read_ledger
from missionkit.issue import Issue

DAY = date(2026, 3, 2)
HEAD = "on,what,hours,serves,role,sphere\n"
SEWN = ActivityRecord(on=DAY, what="Sew", hours=2.5, serves=AnyId("warm"))
PAID = RevenueRecord(on=DAY, client="Acme", amount=Money(Decimal("12.50"), "GBP"))


def activities(text: str, **options: Any) -> Ledger[ActivityRecord]:
    return read_ledger(text.encode(), ActivityRecord, **options)


def told(ledger: Ledger[Any]) -> list[tuple[int, str, str, str]]:
    """Return what is said of each row that was not used."""
    return [
        (row.row, issue.code, issue.path, issue.message)
        for row in ledger.unused()
        for issue in row.issues
    ]


def faults(error: pytest.ExceptionInfo[Any]) -> list[tuple[str, str]]:
    return [(issue.code, issue.path) for issue in error.value.issues]


# ---- sources -------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_csv_file_is_read_whatever_separates_its_cells_and_lines(
    separator: str, end: str, mark: bytes
) -> None:
    rows = [["on", " what ", "hours", "serves"], ["2026-03-02", " Sew ", "2.5", "warm"]]
    text = end.join(separator.join(row) for row in rows) + end

    ledger = read_ledger(mark + text.encode(), ActivityRecord)

    assert list(ledger) == [SEWN]
    assert told(ledger) == []


def test_a_path_is_read_and_opened_anew_each_time(tmp_path: Path) -> None:
    file = tmp_path / "work.csv"
    file.write_text(f"{HEAD}2026-03-02,Sew,2.5,warm,,\n", encoding="utf-8")
    ledger = read_ledger(file, ActivityRecord)
    by_name = read_ledger(str(file), ActivityRecord)
    assert list(ledger) == list(ledger) == list(by_name) == [SEWN]

    with file.open("a", encoding="utf-8") as more:
        more.write("2026-03-03,Sew,1,,,\nnever,Sew,1,,,\n")

    assert len(list(ledger)) == 2
    (unused,) = ledger.unused()
    assert str(unused.issues[0].source) == f"{file}:4"


def test_quoted_cells_keep_their_separators_quotes_and_lines() -> None:
    text = 'on,what,hours\n"2026-03-02","Sew, ""warm""\nand mend",1\n\n2026-03-03,x,1\n'

    ledger = activities(text)

    assert [record.what for record in ledger] == ['Sew, "warm" and mend', "x"]


def test_blank_lines_are_no_rows_and_lines_are_counted_over_quotes() -> None:
    text = f'\n\n{HEAD}\n2026-03-02,"two\nlines",1,,,\n\nnever,Sew,1,,,\n'

    ledger = activities(text, name="work.csv")

    (unused,) = ledger.unused()
    assert unused.row == 2
    assert str(unused.issues[0].source) == "work.csv:8"


ROWS: list[dict[str, Any]] = [
    {"on": "2026-03-02", "what": "Sew", "hours": "2.5", "serves": "warm"},
    {"on": DAY, "what": "Sew", "hours": 2.5, "serves": "warm", "role": None},
    {"on": datetime(2026, 3, 2, 23, tzinfo=UTC), "what": "Sew", "hours": Decimal("2.5")}
    | {"serves": AnyId("warm"), "sphere": " "},
]


def test_rows_are_mappings_of_text_or_of_values() -> None:
    assert list(read_ledger(ROWS, ActivityRecord)) == [SEWN] * 3


def test_a_function_that_begins_anew_is_a_source() -> None:
    def rows() -> Iterator[Mapping[str, Any]]:
        yield from ROWS

    ledger = read_ledger(rows, ActivityRecord)

    assert list(ledger) == list(ledger) == [SEWN] * 3


def test_csv_readers_of_the_standard_library_can_be_a_source() -> None:
    text = f"{HEAD}2026-03-02,Sew,2.5,warm,,\n"

    ledger = read_ledger(lambda: csv.DictReader(StringIO(text)), ActivityRecord)

    assert list(ledger) == list(ledger) == [SEWN]


def test_a_source_without_rows_is_an_empty_ledger() -> None:
    assert list(read_ledger([], ActivityRecord).source) == []
    assert list(activities(HEAD).source) == []


@pytest.mark.parametrize(
    "source", [iter(()), 5, None, {"on": 1}, (row for row in ROWS), lambda: 5]
)
def test_what_cannot_be_read_again_is_no_source(source: Any) -> None:
    with pytest.raises(DocumentError) as caught:
        list(read_ledger(source, ActivityRecord))

    assert faults(caught) == [("MK-DOC-044", "")]


def test_a_missing_file_is_told_with_its_neighbors(tmp_path: Path) -> None:
    (tmp_path / "work.csv").touch()

    with pytest.raises(NotFoundError) as caught:
        read_ledger(tmp_path / "wrok.csv", ActivityRecord)

    assert caught.value.nearest == ("work.csv",)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read_ledger(tmp_path, ActivityRecord)

    assert faults(caught) == [("MK-DOC-041", "")]


@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n", b",,\n", b'"on\n', ("on" + ",a" * 10_001).encode()],
)
def test_a_file_without_a_header_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        read_ledger(data, ActivityRecord)

    assert {"MK-XLS-001"} <= {code for code, _ in faults(caught)}


@pytest.mark.parametrize(
    "data", [HEAD.encode("utf-16"), b"on,what,hours,gr\xf6\xdfe\n"]
)
def test_a_file_that_is_no_utf_8_is_told_by_its_header(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        read_ledger(data, ActivityRecord)

    assert "not written in UTF-8" in str(caught.value)


# ---- frames --------------------------------------------------------------------------

CELLS: dict[str, list[Any]] = {
    "on": [DAY, None],
    "what": ["Sew", "Sew"],
    "x": [1, 2],
    "hours": [2.5, nan],
}


class Frame:
    """What all frames have: columns by their names."""

    def __init__(self) -> None:
        self.columns = list(CELLS)
        self.column_names = self.columns

    def rows(self, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        return zip(*(CELLS[name] for name in names), strict=True)


class LikePolars(Frame):
    def select(self, names: Sequence[str]) -> "LikePolars":
        self.columns = list(names)
        return self

    def iter_rows(self, *, named: bool) -> Iterator[Mapping[str, Any]]:
        assert named
        names = list(self.columns)
        self.columns = list(CELLS)
        return (dict(zip(names, row, strict=True)) for row in self.rows(names))


class LikePandas(Frame):
    @property
    def iloc(self) -> "LikePandas":
        return self

    def __getitem__(self, key: tuple[slice, list[int]]) -> "LikePandas":
        picked = LikePandas()
        picked.columns = [self.columns[at] for at in key[1]]
        return picked

    def itertuples(self, *, index: bool, name: None) -> Iterator[tuple[Any, ...]]:
        assert (index, name) == (False, None)
        return self.rows(self.columns)


class Column(list[Any]):
    def to_pylist(self) -> list[Any]:
        return list(self)


class LikeArrow(Frame):
    def to_batches(self, *, max_chunksize: int) -> Iterator["LikeArrow"]:
        assert max_chunksize
        yield self

    def column(self, at: int) -> Column:
        return Column(CELLS[self.columns[at]])


@pytest.mark.parametrize("frame", [LikePolars(), LikePandas(), LikeArrow()])
def test_a_frame_is_told_by_what_it_can_do(frame: Frame) -> None:
    ledger = read_ledger(frame, ActivityRecord, fixed={"serves": "warm"})

    assert list(ledger) == list(ledger) == [SEWN]
    assert [(row, code, path) for row, code, path, _ in told(ledger)] == [
        (2, "MK-XLS-006", "on"),
        (2, "MK-XLS-006", "hours"),
    ]


def test_the_missing_mark_that_refuses_to_be_compared_is_blank() -> None:
    class NAType:
        def __ne__(self, other: object) -> bool:
            raise TypeError

        __hash__ = None  # type: ignore[assignment]

    assert is_blank(NAType())


# ---- columns -------------------------------------------------------------------------


def test_fields_are_filled_from_the_columns_named_or_from_those_of_their_name() -> None:
    text = "Day,what,Zeit,serves\n02.03.2026,Sew,2.5,warm\n"

    ledger = activities(text, columns={"on": "Day", "hours": "Zeit"}, dates="%d.%m.%Y")

    assert list(ledger) == [SEWN]


def test_a_day_written_otherwise_is_told_with_how_to_write_it() -> None:
    ledger = activities(f"{HEAD}2026-03-02,x,1,,,\n", dates="%d/%m/%Y")

    (unused,) = ledger.unused()
    assert unused.issues[0].fix == "write it as 23/02/2031"


def test_a_column_may_be_without_a_name() -> None:
    ledger = activities(",what,on\n2.5,Sew,2026-03-02\n", columns={"hours": ""})

    assert [record.hours for record in ledger] == [2.5]


def test_columns_that_are_not_there_are_named_all_at_once_before_a_row_is_read() -> (
    None
):
    columns = {"on": "Date", "hours": "Huors", "serves": "Gaol", "role": "role"}

    with pytest.raises(DocumentError) as caught:
        activities("Day,Task,Hours,Goal\nno row\n", columns=columns, name="work.csv")

    assert [
        (issue.code, issue.path, issue.message, issue.fix)
        for issue in caught.value.issues
    ] == [
        ("MK-XLS-005", "on", "there is no column 'Date' for on.",
         "name the column of on in columns"),
        ("MK-XLS-005", "what", "there is no column 'what' for what.",
         "name the column of what in columns"),
        ("MK-XLS-005", "hours", "there is no column 'Huors' for hours.",
         "did you mean 'Hours'?"),
        ("MK-XLS-005", "serves", "there is no column 'Gaol' for serves.",
         "did you mean 'Goal'?"),
        ("MK-XLS-005", "role", "there is no column 'role' for role.",
         "name the column of role in columns"),
    ]  # fmt: skip
    assert {str(issue.source) for issue in caught.value.issues} == {"work.csv"}


def test_a_column_that_is_there_twice_is_none_unless_nobody_asks_for_it() -> None:
    text = "on,what,hours,role,role\n2026-03-02,Sew,2.5,a,b\n"

    assert [record.role for record in activities(text)] == [None]
    with pytest.raises(DocumentError) as caught:
        activities(text, columns={"role": "role"})

    (issue,) = caught.value.issues
    assert issue.message == "2 columns are called 'role', so role has none."
    assert issue.fix == "rename all but one of them"


def test_a_column_of_rows_is_looked_for_in_more_than_the_first() -> None:
    rows = [{**ROWS[0], "serves": None}, {**ROWS[0], "role": "tailor"}]

    ledger = read_ledger(rows, ActivityRecord, {"role": "role"})

    assert [record.role for record in ledger] == [None, "tailor"]


def test_one_currency_or_any_other_value_may_hold_for_all_rows() -> None:
    rows = [{"on": DAY, "client": "Acme", "amount": "12.50"}]

    assert list(read_ledger(rows, RevenueRecord, currency="GBP")) == [PAID]
    (record,) = read_ledger(
        rows, RevenueRecord, currency="GBP", fixed={"recurring": "yes", "segment": "s"}
    )
    assert (record.recurring, record.segment) == (True, "s")


def test_a_currency_for_all_wins_over_a_column_that_nobody_named() -> None:
    rows = [{"on": DAY, "client": "Acme", "amount": "12.50", "currency": "EUR"}]

    assert list(read_ledger(rows, RevenueRecord, currency="GBP")) == [PAID]


def test_words_stand_for_other_values() -> None:
    words = {"serves": {"Warm homes": "warm", "Internal": None}}
    text = f"{HEAD}2026-03-02,Sew,2.5, Warm homes ,,\n2026-03-02,Sew,2.5,Internal,,\n"

    ledger = activities(text, words=words)

    assert [record.serves for record in ledger] == ["warm", None]


# ---- options -------------------------------------------------------------------------

BAD_OPTIONS: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"decimal": "x"}, [("MK-DOM-007", "decimal")]),
    ({"dates": "%d.%m"}, [("MK-DOM-002", "dates")]),
    ({"dates": "%d %B %Y"}, [("MK-DOM-002", "dates")]),
    ({"dates": 5}, [("MK-DOM-002", "dates")]),
    ({"separator": ";;"}, [("MK-DOM-002", "separator")]),
    ({"separator": '"'}, [("MK-DOM-002", "separator")]),
    ({"columns": 5}, [("MK-DOM-001", "columns")]),
    ({"fixed": [1], "currency": "GBP"}, [("MK-DOM-001", "fixed")]),
    ({"words": {"on": 5}}, [("MK-DOM-001", "words.on")]),
    ({"words": 5}, [("MK-DOM-001", "words")]),
    ({"columns": {"onn": "Day"}}, [("MK-DOM-008", "columns.onn")]),
    ({"fixed": {"x": 1}}, [("MK-DOM-008", "fixed.x")]),
    ({"words": {"x": {}}}, [("MK-DOM-008", "words.x")]),
    ({"columns": {"on": 5}}, [("MK-DOM-002", "columns.on")]),
    (
        {"columns": {"hours": "Hours"}, "fixed": {"hours": 1}},
        [("MK-DOM-002", "fixed.hours")],
    ),
    ({"fixed": {"hours": -1}}, [("MK-DOM-002", "fixed.hours")]),
    ({"fixed": {"hours": "x"}}, [("MK-XLS-004", "fixed.hours")]),
    ({"currency": "GBP"}, [("MK-DOM-008", "fixed.currency")]),
    (
        {"decimal": "x", "separator": ";;"},
        [("MK-DOM-007", "decimal"), ("MK-DOM-002", "separator")],
    ),
]


@pytest.mark.parametrize(
    ("options", "found"), BAD_OPTIONS, ids=map(str, range(len(BAD_OPTIONS)))
)
def test_options_that_make_no_sense_are_refused_all_at_once(
    options: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        activities(HEAD, **options)

    assert faults(caught) == found


@pytest.mark.parametrize("currency", ["XXQ", "gbp"])
def test_a_currency_that_is_none_is_refused_at_once(currency: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        read_ledger([], RevenueRecord, currency=currency)

    assert [path for _, path in faults(caught)] == ["fixed.currency"]


def test_only_records_are_read_into_a_ledger() -> None:
    class RevenueRecrod:
        pass

    with pytest.raises(InvalidValueError) as caught:
        read_ledger([], RevenueRecrod)  # type: ignore[type-var]

    assert faults(caught) == [("MK-DOM-007", "kind")]
    assert "did you mean 'RevenueRecord'?" in str(caught.value)


def test_a_day_is_a_date() -> None:
    with pytest.raises(InvalidValueError):
        activities(HEAD, on="2026-01-01")


# ---- cells ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    ["2026-03-02", " 2026-03-02 ", "2026-03-02 14:32:00+01:00", "2026-03-02T23:59:59Z"],
)
def test_a_day_is_the_one_that_is_written(cell: str) -> None:
    assert [record.on for record in activities(f"{HEAD}{cell},x,1,,,\n")] == [DAY]


def test_days_are_read_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells_module, "_MOST_KEPT", 1)
    days = [date(2026, 3, day) for day in (1, 2, 3, 2, 1)]
    text = HEAD + "".join(f"{day},x,1,,,\n" for day in days)

    assert [record.on for record in activities(text)] == days


@pytest.mark.parametrize(
    "cell",
    ["20260302", "2026-02-30", "02/03/2026", "2026-W10-1", "2026-03-02 25:00", "٢٠٢٦"],
)
def test_what_is_no_day_is_not_guessed(cell: str) -> None:
    ledger = activities(f"{HEAD}{cell},x,1,,,\n")

    assert told(ledger) == [
        (1, "MK-XLS-007", "on", f"'on' holds '{cell}', which is no date.")
    ]


@pytest.mark.parametrize(
    ("decimal", "cell", "hours"),
    [
        (".", "2.5", 2.5),
        (".", "1e1", 10),
        (".", " +3 ", 3),
        (",", '"2,5"', 2.5),
        (",", "3", 3),
        (",", '",5"', 0.5),
    ],
)
def test_numbers_have_a_point_or_a_comma(decimal: str, cell: str, hours: float) -> None:
    ledger = activities(f"{HEAD}2026-03-02,x,{cell},,,\n", decimal=decimal)

    assert [record.hours for record in ledger] == [hours]


@pytest.mark.parametrize(
    ("decimal", "cell"),
    [
        (".", "2,5"),
        (".", "1,000.5"),
        (".", "2 h"),
        (".", "0x10"),
        (".", "1_0"),
        (".", "٣"),
        (".", "nan"),
        (",", "2.5"),
        (",", "1.000,5"),
        (",", "1,2,3"),
    ],
)
def test_what_is_no_number_is_not_guessed(decimal: str, cell: str) -> None:
    ledger = activities(f'{HEAD}2026-03-02,x,"{cell}",,,\n', decimal=decimal)

    assert [(row, code, path) for row, code, path, _ in told(ledger)] == [
        (1, "MK-XLS-004", "hours")
    ]


@pytest.mark.parametrize(
    ("cell", "recurs"),
    [
        ("yes", True),
        ("TRUE", True),
        ("y", True),
        (1, True),
        (True, True),
        ("No", False),
        ("false", False),
        (0, False),
        ("", False),
        (None, False),
    ],
)
def test_yes_and_no_are_read_in_many_forms(cell: object, recurs: object) -> None:
    rows = [{"on": DAY, "client": "A", "amount": 1, "recurring": cell}]

    (record,) = read_ledger(rows, RevenueRecord, currency="GBP")

    assert record.recurring is recurs


def test_money_of_a_float_is_what_it_shows() -> None:
    rows = [{"on": DAY, "client": "A", "amount": 19.99}]

    (record,) = read_ledger(rows, RevenueRecord, currency="GBP")

    assert record.amount.amount == Decimal("19.99")


# ---- rows that become no record ------------------------------------------------------

ACTIVITY = {"on": DAY, "what": "Sew", "hours": 1}
RECEIPT = {"on": DAY, "client": "Acme", "amount": "1", "currency": "GBP"}
BAD_CELLS: list[tuple[type, str, object, list[tuple[str, str]]]] = [
    (ActivityRecord, "on", "", [("MK-XLS-006", "on")]),
    (ActivityRecord, "on", "soon", [("MK-XLS-007", "on")]),
    (ActivityRecord, "on", 46000, [("MK-XLS-007", "on")]),
    (ActivityRecord, "what", " ", [("MK-XLS-006", "what")]),
    (ActivityRecord, "what", "x" * 501, [("MK-DOM-002", "what")]),
    (ActivityRecord, "what", "a\u202eb", [("MK-DOM-002", "what")]),
    (ActivityRecord, "what", "a\0b", [("MK-DOM-004", "what")]),
    (ActivityRecord, "what", ["x"], [("MK-DOM-001", "what")]),
    (ActivityRecord, "hours", nan, [("MK-XLS-006", "hours")]),
    (ActivityRecord, "hours", Decimal("NaN"), [("MK-XLS-006", "hours")]),
    (ActivityRecord, "hours", inf, [("MK-DOM-001", "hours")]),
    (ActivityRecord, "hours", "1e999", [("MK-DOM-001", "hours")]),
    (ActivityRecord, "hours", 10**400, [("MK-DOM-001", "hours")]),
    (ActivityRecord, "hours", -1, [("MK-DOM-002", "hours")]),
    (ActivityRecord, "hours", True, [("MK-XLS-004", "hours")]),
    (ActivityRecord, "hours", [1], [("MK-XLS-004", "hours")]),
    (ActivityRecord, "serves", "Warm homes", [("MK-DOM-005", "serves")]),
    (RevenueRecord, "client", None, [("MK-XLS-006", "client")]),
    (RevenueRecord, "amount", "1.005", [("MK-DOM-012", "amount")]),
    (RevenueRecord, "amount", "1" * 41, [("MK-DOM-001", "amount")]),
    (RevenueRecord, "amount", "12 GBP", [("MK-XLS-004", "amount")]),
    (RevenueRecord, "amount", Decimal("Infinity"), [("MK-DOM-001", "amount")]),
    (RevenueRecord, "currency", "gbp", [("MK-DOM-002", "currency")]),
    (RevenueRecord, "currency", "XXQ", [("MK-DOM-011", "currency")]),
    (RevenueRecord, "currency", "", [("MK-XLS-006", "currency")]),
    (RevenueRecord, "recurring", "maybe", [("MK-XLS-008", "recurring")]),
    (RevenueRecord, "recurring", 2, [("MK-XLS-008", "recurring")]),
]


@pytest.mark.parametrize(
    ("kind", "field", "cell", "found"), BAD_CELLS, ids=map(str, range(len(BAD_CELLS)))
)
def test_a_cell_that_does_not_fit_is_told_with_its_field(
    kind: Any, field: str, cell: object, found: list[tuple[str, str]]
) -> None:
    good = ACTIVITY if kind is ActivityRecord else RECEIPT
    ledger: Ledger[Any] = read_ledger([good, {**good, field: cell}, good], kind)

    assert [(code, path) for _, code, path, _ in told(ledger)] == found
    assert len(list(ledger)) == 2
    (unused,) = ledger.unused()
    assert (unused.row, unused.on) == (2, None if field == "on" else DAY)
    assert {str(issue.source) for issue in unused.issues} == {"row 2"}


def test_all_that_is_wrong_in_a_row_is_told_at_once() -> None:
    ledger = activities(f"{HEAD}soon,,-1,Warm homes,,\n", name="work.csv")

    assert [(code, path) for _, code, path, _ in told(ledger)] == [
        ("MK-XLS-007", "on"),
        ("MK-XLS-006", "what"),
        ("MK-DOM-002", "hours"),
        ("MK-DOM-005", "serves"),
    ]


BAD_ROWS: list[tuple[bytes, str, str]] = [
    (b"2026-03-02,x", "MK-XLS-002", "the row has 2 cells, and the header 6."),
    (b"2026-03-02,x,1,,,,9", "MK-XLS-002", "the row has 7 cells, and the header 6."),
    (b",,,,,", "MK-XLS-006", "the row is empty."),
    (b"2026-03-02,x\xff,1,,,", "MK-XLS-009", "the row is not written in UTF-8."),
    (b'2026-03-02,"x"y,1,,,', "MK-XLS-009", "the row cannot be understood"),
    (b'2026-03-02,"' + b"x" * 200_000 + b'",1,,,', "MK-XLS-009", "field larger than"),
]


@pytest.mark.parametrize(
    ("row", "code", "message"), BAD_ROWS, ids=map(str, range(len(BAD_ROWS)))
)
def test_a_row_that_cannot_be_read_spoils_no_other(
    row: bytes, code: str, message: str
) -> None:
    good = b"2026-03-02,Sew,2.5,warm,,\n"
    ledger = read_ledger(HEAD.encode() + good + row + b"\n" + good, ActivityRecord)

    assert list(ledger) == [SEWN, SEWN]
    ((number, found, _, said),) = told(ledger)
    assert (number, found) == (2, code)
    assert message in said


def test_a_quote_that_is_never_closed_ends_the_file_with_a_reason() -> None:
    ledger = activities(f'{HEAD}2026-03-02,"Sew,1,,,\n2026-03-02,Sew,1,,,\n')

    assert list(ledger) == []
    assert [code for _, code, _, _ in told(ledger)] == ["MK-XLS-009"]


def test_bytes_that_are_no_utf_8_in_a_column_not_asked_for_do_no_harm() -> None:
    data = b"on,what,hours,note\n2026-03-02,Sew,1,\xff\n"

    assert len(list(read_ledger(data, ActivityRecord))) == 1


def test_a_row_that_is_no_mapping_is_told() -> None:
    rows: list[Any] = [ACTIVITY, 5, ["2026-03-02"], None]
    ledger = read_ledger(rows, ActivityRecord)

    assert [(row, code) for row, code, _, _ in told(ledger)] == [
        (2, "MK-XLS-009"),
        (3, "MK-XLS-009"),
        (4, "MK-XLS-009"),
    ]


def test_a_row_after_today_is_not_used() -> None:
    text = f"{HEAD}2026-03-02,x,1,,,\n2026-03-03,x,1,,,\n"

    ledger = activities(text, on=DAY)

    assert [record.on for record in ledger] == [DAY]
    assert told(ledger) == [
        (2, "MK-DRF-050", "on", "2026-03-03 lies after 2026-03-02.")
    ]
    (unused,) = ledger.unused()
    assert unused.on == date(2026, 3, 3)


# ---- laziness and memory -------------------------------------------------------------


def test_no_more_rows_are_read_than_are_asked_for() -> None:
    read = 0

    def rows() -> Iterator[Mapping[str, Any]]:
        nonlocal read
        while True:
            read += 1
            yield ACTIVITY

    ledger = read_ledger(rows, ActivityRecord)
    read = 0
    records = iter(ledger)
    assert next(records) == next(records)

    assert read == 2


def test_two_readings_at_once_do_not_disturb_each_other() -> None:
    ledger = activities(HEAD + "2026-03-02,Sew,2.5,warm,,\n" * 3)

    assert list(zip(ledger, ledger, strict=True)) == [(SEWN, SEWN)] * 3


def peak(work: Callable[[], object]) -> int:
    gc.collect()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    ledgers = []
    for rows in (1_000, 4_000):
        file = tmp_path / f"{rows}.csv"
        file.write_text(HEAD + "2026-03-02,Sew,2.5,warm,,\nx,,,,,\n" * rows)
        ledgers.append(read_ledger(file, ActivityRecord))

    few, many = (peak(lambda held=held: sum(1 for _ in held)) for held in ledgers)  # type: ignore[misc]

    assert many < few + 50_000


def test_a_line_without_an_end_is_cut() -> None:
    ledger = activities(f"{HEAD}{'x' * (3 * 2**20)}\n2026-03-02,Sew,2.5,warm,,\n")

    assert list(ledger) == [SEWN]


# ---- any table -----------------------------------------------------------------------

cells = st.text(max_size=12) | st.sampled_from(
    ["2026-03-02", "1", "2,5", "-1", "nan", "warm", '"', "", "\ud800", "yes"]
)


@given(st.lists(st.lists(cells, min_size=2, max_size=4), max_size=6))
def test_every_row_of_any_text_becomes_a_record_or_is_told(
    rows: list[list[str]],
) -> None:
    text = "on,what,hours\n" + "\n".join(",".join(row) for row in rows)
    ledger = read_ledger(text.encode(errors="surrogatepass"), ActivityRecord)

    found = list(ledger.source)

    unused = list(ledger.unused())
    assert len(list(ledger)) + len(unused) == len(found)
    assert all(row.issues for row in unused)
    assert [row.row for row in unused] == [
        number for number, row in enumerate(found, 1) if isinstance(row, UnusedRow)
    ]


anything: st.SearchStrategy[object] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=9),
    st.decimals(),
    st.dates(),
    st.datetimes(),
    st.just([]),
)


@given(st.lists(st.fixed_dictionaries({}, optional={
    "on": anything, "client": anything, "amount": anything, "recurring": anything,
    "currency": anything,
})))  # fmt: skip
def test_every_row_of_any_values_becomes_a_record_or_is_told(
    rows: list[dict[str, object]],
) -> None:
    good = {**RECEIPT, "recurring": False}

    ledger = read_ledger([good, *rows], RevenueRecord)

    assert len(list(ledger)) + len(list(ledger.unused())) == len(rows) + 1
    assert all(isinstance(i, Issue) for row in ledger.unused() for i in row.issues)


written = st.builds(
    ActivityRecord,
    on=st.dates(),
    what=st.from_regex(r"[a-z,;\"']{1,9}", fullmatch=True),
    hours=st.floats(0, 1e9),
    serves=st.none()
    | st.from_regex(r"[a-z0-9-]{1,9}x", fullmatch=True).filter(
        lambda text: text[0] != "-"
    ),
)


@given(st.lists(written), st.sampled_from(",;\t"), st.sampled_from([".", ","]))
def test_what_is_written_as_csv_is_read_as_it_was(
    records: list[ActivityRecord], separator: str, decimal: str
) -> None:
    out = StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(["on", "what", "hours", "serves"])
    for record in records:
        hours = repr(record.hours).replace(".", decimal)
        writer.writerow([record.on, record.what, hours, record.serves or ""])

    ledger = activities(out.getvalue(), decimal=decimal, separator=separator)

    assert list(ledger) == records


# ---- files by others -----------------------------------------------------------------


def test_an_event_log_is_read_as_activities(data_dir: Path) -> None:
    file = data_dir / "event_logs" / "pm4py" / "running-example.csv"
    if not file.exists():
        pytest.skip(f"{file.name} is not among the files by others")
    columns = {"on": "time:timestamp", "what": "Activity", "role": "Resource"}
    columns["sphere"] = "case:concept:name"

    ledger = read_ledger(file, ActivityRecord, columns, fixed={"hours": 1})

    records = list(ledger)
    assert (len(records), told(ledger)) == (42, [])
    assert records[0].on == date(2010, 12, 30)
    assert (records[0].what, records[0].role) == ("register request", "Pete")
    assert len({record.sphere for record in records}) == 6


def test_a_table_of_donors_lacks_what_a_ledger_needs(data_dir: Path) -> None:
    file = data_dir / "transactions" / "lifetimes" / "donations.csv"
    if not file.exists():
        pytest.skip(f"{file.name} is not among the files by others")

    with pytest.raises(DocumentError) as caught:
        read_ledger(file, RevenueRecord, currency="USD")

    assert [path for _, path in faults(caught)] == ["on", "client", "amount"]
