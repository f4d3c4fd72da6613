"""Rows 1 to 20: the text of a JSON document."""

import missionkit as mk
from tests.catalog.entry import (
    Entry,
    Kept,
    Large,
    Refused,
    document,
    loaded,
    need,
    raw,
)

GOOD = '{\n  "schema": "missionkit/1",\n  "needs": [{"id": "n", "statement": "s"}]\n}'
AT = "needs[0].importance"
NOTES = "needs[0].notes"
MIB = 2**20


def nested(depth: int) -> str:
    """Return a document that is *depth* deep: itself, the array, the element, ext."""
    lists = depth - 4
    return need(ext={"a": "?"}).replace('"?"', "[" * lists + "]" * lists)


def weighted(weight: str) -> str:
    """Return a document with *weight*, as it is typed, in a field of whole numbers."""
    goal = {"id": "g", "statement": "s"}
    helps = {"target": "g", "weight": "?"}
    text = document(goals=[goal, {**goal, "id": "h", "contributions": [helps]}])
    return text.replace('"?"', weight)


ROWS: tuple[Entry, ...] = (
    Refused(1, "nothing", "", "MK-DOC-002", said="plan.json:1:1"),
    Refused(1, "white space", " \n\t\r\n", "MK-DOC-002", said="empty"),
    *(
        Refused(2, f"cut at {end}", GOOD[:end], "MK-DOC-003", said="plan.json:")
        for end in range(1, len(GOOD))
    ),
    Refused(3, "comma", '{"a": [1,]}', "MK-DOC-003", said="take the comma away"),
    Refused(3, "comment", '{"a": 1 /*x*/}', "MK-DOC-003", said="JSON has none"),
    Refused(3, "hash", '{} # "a"', "MK-DOC-003", said="JSON has none"),
    Refused(3, "single quotes", "{'a': 1}", "MK-DOC-003", said="double quotes"),
    Refused(3, "bare key", "{a: 1}", "MK-DOC-003", said="double quotes"),
    Refused(4, "two documents", '{}\n{"a": 1}', "MK-DOC-003", said="plan.json:2:1"),
    Refused(4, "garbage", "{} x", "MK-DOC-003", said="take away what follows"),
    Kept(5, "36 lists in one field", lambda: len(mk.loads(nested(35)).model), 1),
    Refused(5, "65 deep", nested(65), "MK-DOC-007", mk.LimitError, said="64"),
    Refused(5, "1,000 lists", "[" * 1_000, "MK-DOC-007", mk.LimitError, said="1:65"),
    Refused(
        5, "100,000 lists", Large(lambda: "[" * 100_000), "MK-DOC-007", mk.LimitError
    ),
    Refused(
        6, "objects", Large(lambda: '{"a":' * 100_000), "MK-DOC-007", mk.LimitError
    ),
    Refused(
        7, "two ids", '{"id": 1,\n"id": 2}', "MK-DOC-004", path="id", said="line 1"
    ),
    Refused(
        8,
        "two forms of one key",
        '{"é": [],\n"e\u0301": []}',
        "MK-DOC-004",
        path='["e\\u0301"]',
        said="with its letters encoded otherwise",
    ),
    *(
        Refused(9, word, raw(word), "MK-DOC-010", path=AT, said=word)
        for word in ("NaN", "Infinity", "-Infinity")
    ),
    Refused(10, "1e400", raw("1e400"), "MK-DOC-011", path=AT),
    Refused(
        11, "5,000 digits", raw("1" * 5_000), "MK-DOC-009", mk.LimitError, AT, "1000"
    ),
    *(
        Refused(12, f"{number}", raw(f"{number}"), "MK-DOC-011", path=AT, said="text")
        for number in (2**53 + 1, -(2**53) - 1, 10**30)
    ),
    # The design refuses what is beyond 2^53; that number itself is kept exactly.
    Refused(12, "2^53 where at most 1 fits", raw(str(2**53)), "MK-DOM-002", path=AT),
    Kept(13, "-0", lambda: mk.dumps(mk.loads(weighted("-0")).model).count("-"), 0),
    Kept(13, "-0.0", lambda: mk.dumps(mk.loads(raw("-0.0")).model).count("-"), 0),
    Refused(
        13,
        "1.0",
        weighted("1.0"),
        "MK-DOC-012",
        path="goals[1].contributions[0].weight",
        said="a whole number",
    ),
    Refused(
        14,
        "half of a pair",
        need(notes="?").replace("?", "\\ud800"),
        "MK-DOC-005",
        mk.UnsafeDocumentError,
        NOTES,
        "U+D800",
    ),
    Refused(
        15,
        "NUL",
        need(notes="?").replace("?", "\\u0000"),
        "MK-DOC-005",
        mk.UnsafeDocumentError,
        NOTES,
        "U+0000",
    ),
    Kept(16, "at the start", loaded(b"\xef\xbb\xbf" + need().encode(), "n", "id"), "n"),
    Refused(
        16,
        "a mark in text",
        need(notes="a\ufeff"),
        "MK-DOC-005",
        mk.UnsafeDocumentError,
        NOTES,
        "U+FEFF",
    ),
    *(
        Refused(17, name, need(notes="é").encode(name), "MK-DOC-001", said="UTF-8")
        for name in ("utf-16", "utf-32", "latin-1")
    ),
    # Without its mark it is sound UTF-8, but full of zeros.
    Refused(17, "bare UTF-16", need().encode("utf-16-le"), "MK-DOC-003", said="UTF-8"),
    Refused(17, "overlong", b'{"a": "\xc0\xaf"}', "MK-DOC-001", said="byte 8"),
    Refused(17, "CESU-8", b'{"a": "\xed\xa0\xb4"}', "MK-DOC-001", said="byte 8"),
    Refused(
        18,
        "17 MiB",
        Large(lambda: need(notes="x" * 17 * MIB)),
        "MK-DOC-006",
        mk.LimitError,
        said="Limits(size=",
    ),
    Refused(
        18,
        "one line of 1 MiB",
        Large(lambda: need(notes="x" * (MIB + 1))),
        "MK-DOC-009",
        mk.LimitError,
        NOTES,
        "1048576",
    ),
    Refused(
        19,
        "1,000,001 zeros",
        Large(lambda: f"[{'0,' * 1_000_000}0]"),
        "MK-DOC-008",
        mk.LimitError,
        said="Limits(nodes=1000002)",
    ),
    *(
        Refused(20, top, top, "MK-DOC-018", said="1:1")
        for top in ("[]", '"text"', "1", "null", "true")
    ),
)
