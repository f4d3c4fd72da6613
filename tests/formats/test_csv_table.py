"""Tables in CSV files: what is read, and what is refused with its line."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.errors import DocumentError, LimitError, NotFoundError
from missionkit.formats import csv_table
from missionkit.formats.csv_table import load_table
from missionkit.issue import Issue


def said(text: str | bytes) -> list[tuple[str, int | None, str]]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(DocumentError) as caught:
        load_table(data, name="t.csv")
    return [
        (issue.code, issue.source.line if issue.source else None, issue.message)
        for issue in caught.value.issues
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_is_read_whatever_separates_its_cells(separator: str, end: str) -> None:
    rows = [["option", "cost", "gain"], ["Repair", " 30 ", "-.5"], ["New", "1e2", ""]]
    text = end.join(separator.join(row) for row in rows)

    table = load_table(b"\xef\xbb\xbf" + text.encode())

    assert table.names == ("Repair", "New")
    assert table.columns == {"cost": [30, 100], "gain": [-0.5, None]}


def test_quoted_names_keep_their_commas_quotes_and_lines() -> None:
    text = 'o,"cost, in EUR","a ""b"""\n"Repair,\nsoon",1,2\n\n,\n'

    table = load_table(text.rstrip(",\n").encode())

    assert table.names == ("Repair, soon",)
    assert list(table.columns) == ["cost, in EUR", 'a "b"']


def test_everything_wrong_is_told_at_once_with_its_line_and_column() -> None:
    text = 'o,a,b\nx,1,foo\n\n"y\ny",2\n,1,1\nx,nan,1_0\nz,1e999,٣\n'

    assert said(text) == [
        ("MK-XLS-004", 2, "'foo' in column 3 is no number."),
        ("MK-XLS-002", 4, "the row has 2 cells, and the header 3."),
        ("MK-XLS-003", 6, "the row is without a name."),
        ("MK-XLS-003", 7, "the row is called 'x', as line 2."),
        ("MK-XLS-004", 7, "'nan' in column 2 is no number."),
        ("MK-XLS-004", 7, "'1_0' in column 3 is no number."),
        ("MK-XLS-004", 8, "'1e999' in column 2 is no number."),
        ("MK-XLS-004", 8, "'٣' in column 3 is no number."),
    ]


def test_columns_without_a_name_of_their_own_are_refused() -> None:
    assert said("o,a,,a\nx,1,2,3\n") == [
        ("MK-XLS-003", 1, "column 3 is without a name."),
        ("MK-XLS-003", 1, "column 4 is called 'a', as column 2."),
    ]


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", 1, "no header with a name"),
        (b"only\nx\n", 1, "no header with a name"),
        (b"o,a\nx,\xff\n", 2, "not written in UTF-8"),
        (b'o,a\nx,"1\n', 2, "quoting cannot be understood"),
        (b'o,a\nx,"1"2\n', 2, "quoting cannot be understood"),
        (b"o" + b",a" * 1000 + b"\n", 1, "the header has 1,001 cells"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, line: int, message: str) -> None:
    [(code, found, text)] = said(data)

    assert (code, found) == ("MK-XLS-001", line)
    assert message in text


def test_a_header_alone_is_a_table_without_rows() -> None:
    assert load_table(b"o,a\n").columns == {"a": []}


def test_a_table_that_never_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_table, "_MOST_ROWS", 3)

    assert len(load_table(b"o,a\n1,1\n2,1\n3,1\n").names) == 3
    [(code, line, text)] = said("o,a\n1,1\n2,1\n3,1\n4,1\n5,1\n")
    assert (code, line) == ("MK-XLS-001", 5)
    assert "more than 3 rows" in text


def test_of_endless_faults_a_hundred_are_told() -> None:
    assert len(said("o,a\n" + "".join(f"x{n},y\n" for n in range(500)))) == 100


def test_a_file_that_is_not_there_or_too_large_is_refused() -> None:
    with pytest.raises(NotFoundError):
        load_table("nowhere.csv")
    with pytest.raises(LimitError):
        load_table(io.BytesIO(b"o,a\n" * 2**23))


FINITE = st.none() | st.floats(allow_nan=False, allow_infinity=False)
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8
)


@given(
    st.lists(NAMES, min_size=1, max_size=4, unique=True),
    st.lists(NAMES, max_size=5, unique=True),
    st.data(),
)
def test_what_is_written_is_read_again(
    columns: list[str], names: list[str], data: st.DataObject
) -> None:
    rows = [[data.draw(FINITE) for _ in columns] for _ in names]
    file = io.StringIO(newline="")
    write = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
    write.writerow(["option", *columns])
    for name, row in zip(names, rows, strict=True):
        write.writerow([name, *("" if each is None else each for each in row)])

    table = load_table(file.getvalue().encode())

    assert list(table.names) == names
    assert list(table.columns) == columns
    assert [list(row) for row in zip(*table.columns.values(), strict=True)] == rows


@given(st.binary(max_size=60) | st.text('o,;\t"\n1a', max_size=40).map(str.encode))
def test_any_bytes_give_a_table_or_named_faults(data: bytes) -> None:
    wrong: tuple[Issue, ...] = ()
    try:
        table = load_table(data)
    except DocumentError as error:
        wrong = error.issues
    else:
        assert all(len(c) == len(table.names) for c in table.columns.values())
    assert all(re.fullmatch("MK-XLS-00[1-4]", each.code) for each in wrong)
