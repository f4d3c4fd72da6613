"""The XML reader: what it refuses, what it limits, and what it remembers."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from missionkit.errors import (
    DocumentError,
    InvalidValueError,
    LimitError,
    UnsafeDocumentError,
)
from missionkit.formats.xmltree import LIMITS, Limits, Node, parse, root_name
from tests.formats.hostile import LARGE_XML, limits_for

TINY = Limits(
    size=200, depth=3, elements=5, attributes=2, attribute=5, text=5, namespaces=2
)


def code_and_place(error: DocumentError) -> tuple[str, str]:
    (issue,) = error.issues
    return issue.code, str(issue.source)


def refused(data: bytes, limits: Limits = LIMITS) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        parse(data, source="x.xml", limits=limits)
    return caught.value


def test_a_node_knows_its_name_place_text_and_attributes() -> None:
    root = parse(b'<a xmlns="urn:x">one\n <b k="v">two</b>three<b/></a>').root

    first, second = root.children
    assert (root.name, root.namespace, root.qualified) == ("a", "urn:x", "{urn:x}a")
    assert (first.line, first.column, first.text, first.tail) == (2, 2, "two", "three")
    assert first.attributes == {"k": "v"}
    assert root.all_text() == "one\n twothree"
    assert [node.path for node in root.walk()] == ["a", "a/b", "a/b[2]"]
    assert second.step == "b[2]"
    assert second.qualified == "{urn:x}b"
    assert parse(b"<a/>").root.qualified == "a"


def test_a_released_tree_has_no_parents() -> None:
    root = parse(b"<a><b/></a>").root

    root.release()

    assert root.children[0].parent is None


def test_hints_of_schema_instances_are_left_out_and_foreign_attributes_kept() -> None:
    xsi = "http://www.w3.org/2001/XMLSchema-instance"
    data = f'<a xmlns:xsi="{xsi}" xmlns:o="urn:o" xsi:nil="true" o:k="v" k="w"/>'

    assert parse(data.encode()).root.attributes == {"{urn:o}k": "v", "k": "w"}


def test_comments_and_instructions_are_left_out_and_cdata_is_text() -> None:
    root = parse(b"<?p q?><!-- c --><a>x<!-- c --><![CDATA[<b>]]><?p q?>y</a>").root

    assert (root.text, root.children) == ("x<b>y", [])


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_unicode_encodings_are_read_without_a_declaration(encoding: str) -> None:
    assert parse("<a>é</a>".encode(encoding)).root.text == "é"


@pytest.mark.parametrize(
    "encoding", ["UTF-8", "ISO-8859-1", "iso-8859-15", "windows-1252", "koi8-r"]
)
def test_declared_encodings_of_one_byte_are_read(encoding: str) -> None:
    text = "д" if encoding == "koi8-r" else "é"
    data = f'<?xml version="1.0" encoding="{encoding}"?><a>{text}</a>'.encode(encoding)

    assert parse(data).root.text == text


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-7",
        "ebcdic",
        "cp037",
        "shift_jis",
        "UTF-32",
        "idna",
        "unicode_escape",
        "iso-8859-12",
        "rot13",
        "nonsense",
    ],
)
def test_other_encodings_are_refused_by_name(encoding: str) -> None:
    error = refused(f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode())

    assert error.issues[0].code == "MK-XML-004"
    assert encoding in error.issues[0].value


def test_the_byte_order_mark_is_noted() -> None:
    assert parse(b"\xef\xbb\xbf<a/>").bom
    assert not parse(b"<a/>").bom


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"", "x.xml:1:1"),
        (b" \n ", "x.xml:2:2"),
        (b"no xml", "x.xml:1:1"),
        (b"<a>\n<b>", "x.xml:2:4"),
        (b"<a></b>", "x.xml:1:6"),
        (b"<a/><b/>", "x.xml:1:5"),
        (b"<a>\x00</a>", "x.xml:1:4"),
        (b"<a>&#1;</a>", "x.xml:1:4"),
        (b"<a>&#xD800;</a>", "x.xml:1:4"),
        (b"<a>\xff</a>", "x.xml:1:4"),
        (b"<a>&nbsp;</a>", "x.xml:1:4"),
        (b'<a k="1" k="2"/>', "x.xml:1:10"),
        (b"<p:a/>", "x.xml:1:1"),
        (b"<a>]]></a>", "x.xml:1:6"),
        (b'\n<?xml version="1.0"?><a/>', "x.xml:2:1"),
    ],
)
def test_what_is_not_well_formed_is_refused_with_its_place(
    data: bytes, place: str
) -> None:
    assert code_and_place(refused(data)) == ("MK-XML-001", place)


def test_an_issue_names_the_elements_that_are_open() -> None:
    assert refused(b"<a><b/><b><c></b></a>").issues[0].path == "a/b[2]/c"


BOMB = '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a>&z;</a>'
UNSAFE = [
    BOMB,
    "<!DOCTYPE a><a/>",
    '<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>',
    '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>',
    '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/x">%p;]><a/>',
    '<!DOCTYPE a [<!ATTLIST a k CDATA "&x;">]><a/>',
]


@pytest.mark.parametrize("text", UNSAFE)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_every_document_type_declaration_is_refused(text: str, encoding: str) -> None:
    error = refused(text.encode(encoding))

    assert type(error) is UnsafeDocumentError
    assert error.issues[0].code == "MK-XML-002"
    assert error.issues[0].source is not None
    assert root_name(text.encode(encoding)) == ""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<a>" + b" " * 200 + b"</a>", "200 bytes"),
        (b"<a><a><a><a/></a></a></a>", "3 elements inside one another"),
        (b"<a><b/><b/><b/><b/><b/></a>", "5 elements"),
        (b'<a k="" l="" m=""/>', "2 attributes of one element"),
        (b'<a k="123456"/>', "5 characters in one attribute"),
        (b"<a>123456</a>", "5 characters in one text"),
        (b"<a><b/>123456</a>", "5 characters in one text"),
        (b'<a xmlns="u:1" xmlns:p="u:2" xmlns:q="u:3"/>', "2 namespace declarations"),
    ],
)
def test_each_limit_is_kept_and_named(data: bytes, words: str) -> None:
    error = refused(data, TINY)

    assert type(error) is LimitError
    assert error.issues[0].code == "MK-XML-003"
    assert f"more than {words}" in error.issues[0].message
    assert "Limits(" in error.issues[0].fix


def test_a_depth_that_would_exhaust_the_stack_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="depth may be at most 100"):
        Limits(depth=101)

    deep = b"<a>" * 100 + b"</a>" * 100
    root = parse(deep, limits=Limits(depth=100)).root
    assert [node.path.count("/") for node in root.walk()] == list(range(100))


@pytest.mark.parametrize(
    "data",
    [
        b"<a>" + b" " * 193 + b"</a>",
        b"<a><a><a/></a></a>",
        b"<a><b/><b/><b/><b/></a>",
        b'<a k="12345" l=""/>',
        b"<a>12345<b/>12345</a>",
        b'<a xmlns="u:1" xmlns:p="u:2"/>',
    ],
)
def test_what_just_fits_is_read(data: bytes) -> None:
    limits = Limits(
        size=200, depth=3, elements=5, attributes=2, attribute=5, text=193, namespaces=2
    )

    assert parse(data, limits=limits).root.name == "a"


FEW = 25_000  # elements that are allowed; `bench` has the documents at full size


@pytest.mark.parametrize("name", LARGE_XML)
def test_what_is_too_large_is_refused(name: str) -> None:
    assert type(refused(LARGE_XML[name](FEW), limits_for(FEW))) is LimitError


@given(st.binary(max_size=200))
@example(b"<a/>")
@example(b'<?xml version="1.0" encoding="utf-8"?><a/>')
def test_any_bytes_give_a_tree_or_our_error(data: bytes) -> None:
    try:
        result: Node | DocumentError = parse(data).root
    except DocumentError as error:
        result = error

    assert isinstance(result, Node) or result.issues[0].source is not None


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<p:a xmlns:p='u:p'><b/></p:a>", "a"),
        (b"<!-- c --><a", ""),
        (b"<a></b>", "a"),
        (b"{}", ""),
        (b"", ""),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', ""),
    ],
)
def test_the_name_of_the_first_element_is_found_without_reading_on(
    data: bytes, name: str
) -> None:
    assert root_name(data) == name


def test_hostile_files_of_others_are_refused_or_read(data_dir: Path) -> None:
    expected = {"external.xml": True, "xmlbomb.xml": True, "simple.xml": False}
    for path in sorted((data_dir / "hostile" / "xml").iterdir()):
        data = path.read_bytes()
        if expected.get(path.name):
            assert type(refused(data)) is UnsafeDocumentError
        else:
            parse(data)
