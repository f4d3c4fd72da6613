"""Rows 100 to 123: texts and identifiers."""

import json
from typing import Any

import missionkit as mk
from missionkit.domain.ids import slug
from missionkit.issue import nearest
from missionkit.report.people import without_names
from tests.catalog.entry import (
    Apart,
    Entry,
    Kept,
    Large,
    Refused,
    document,
    loaded,
    need,
)

NAME = "stakeholders[0].name"
NOTES = "stakeholders[0].notes"
ID = "needs[0].id"
UNSAFE = mk.UnsafeDocumentError
MIB = 2**20
WOMAN = "\U0001f469\u200d\U0001f680"
MARKS = "e" + "\u0301" * 9
INERT = (
    "<script>",
    "\" ' &",
    "{{7*7}}",
    "{% raw %}",
    "${x}",
    "%s %(x)s",
    "{0.__class__}",
    "'); DROP TABLE needs; --",
    "(a+)+$",
)
BAD_IDS = {
    108: ("\ufb01", "\u2460", "\uff21"),
    110: ("\u03bfwner", "p\u0430ypal"),
    112: ("Warm",),
    113: (
        "../../etc/x",
        "/etc/passwd",
        "a/b",
        "..",
        ".",
        "\\\\server\\x",
        "C:x",
        "a:b",
    ),
    114: ("CON", "nul.json", "COM1", "LPT\u00b9", "a.", "a "),
    115: ("-rf", "~root", "$HOME", "a*?", "%2e%2e", "a\n", "\na"),
    116: (".git", ".gitattributes", ".hidden", "__init__"),
    117: ("a" * 300, "\U0001f600" * 70, "a" * 65),
}


def stakeholder(**fields: object) -> str:
    return document(stakeholders=[{"id": "s", "name": "S", **fields}])


def escaped(**fields: object) -> str:
    """Return the document with every character beyond ASCII as an escape."""
    return json.dumps(json.loads(stakeholder(**fields)))


def made(**fields: Any) -> mk.Stakeholder:  # noqa: ANN401 - also of a wrong type
    return mk.Stakeholder(**{"id": "s", "name": "S", **fields})


def written(text: str) -> tuple[object, ...]:
    """Return a text as it is after it was written and read again, and shown."""
    model = mk.loads(mk.dumps(mk.Model([made(notes=text)]))).model
    return model.get(mk.Stakeholder, "s").notes, str(model["s"]).count("\x1b")


def imported(name: str) -> str:
    """Return the name that a plan's organization has after it was read."""
    plan = f"<StrategicPlan><Name>P</Name><Organization><Name>{name}</Name>"
    root = mk.load(f"{plan}</Organization></StrategicPlan>".encode()).model.root
    return root.name if root else ""


def hidden(name: str, said: str) -> str:
    """Return what is left of a text where the names of people are hidden."""
    with mk.draft("O") as d:
        d.party(name, id="party-1")
        d.goal("Goal", id="g", description=said)
    model, _ = without_names(d.model)
    return model.get(mk.Goal, "g").description


ROWS: tuple[Entry, ...] = (
    Refused(100, "empty", stakeholder(name=""), "MK-DOM-002", path=NAME),
    Refused(100, "blank", stakeholder(name=" \t "), "MK-DOM-002", said="not blank"),
    *(
        Refused(100, ascii(hid), stakeholder(name=hid), "MK-DOM-002", path=NAME)
        for hid in ("\u200b", "\u200d", "\u2060\u200b", "\ufe0f", "\u3164", "\u2800")
    ),
    Refused(100, "made", lambda: made(name=""), "MK-DOM-002", mk.InvalidValueError),
    Refused(
        101,
        "10,001 letters",
        stakeholder(name="x" * 10_001),
        "MK-DOM-002",
        path=NAME,
        said="at most 500 characters",
    ),
    Refused(
        101,
        "note of 1 MiB",
        Large(lambda: stakeholder(notes="x" * MIB)),
        "MK-DOM-004",
        path=NOTES,
        said="longer than 100,000 characters",
    ),
    Kept(102, "trimmed", loaded(stakeholder(name=" \u00a0S\t"), "s", "name"), "S"),
    Kept(102, "notes as typed", loaded(stakeholder(notes=" a "), "s", "notes"), " a "),
    Refused(102, "made", lambda: made(name=" S"), "MK-DOM-002", mk.InvalidValueError),
    Apart(102, "that a name was trimmed is not reported: it is part of the form"),
    *(
        Refused(103, ascii(end), stakeholder(name=f"a{end}b"), "MK-DOM-002", path=NAME)
        for end in ("\r", "\n", "\r\n", "\u2028", "\u2029")
    ),
    Kept(
        103, "in notes", loaded(stakeholder(notes="a\r\nb\rc"), "s", "notes"), "a\nb\nc"
    ),
    *(
        Refused(104, ascii(c), escaped(name=f"a{c}b"), "MK-DOC-005", UNSAFE, NAME, "U+")
        for c in ("\x01", "\x1f", "\x7f", "\x9b")
    ),
    *(
        Refused(
            104, ascii(text), escaped(notes=text), "MK-DOC-005", UNSAFE, NOTES, "001B"
        )
        for text in ("\x1b[2J",)
    ),
    Refused(
        104,
        "made",
        lambda: made(notes="\x1b]8;;http://x\x1b\\y"),
        "MK-DOM-004",
        mk.InvalidValueError,
        "notes",
        "U+001B",
    ),
    Refused(105, "in a name", stakeholder(name="a\u202eb"), "MK-DOM-002", path=NAME),
    Refused(105, "unbalanced", stakeholder(name="a\u2066b"), "MK-DOM-002", path=NAME),
    Refused(
        105, "in an id", need(id="a\u202eb"), "MK-DOM-005", path=ID, said="\\u202e"
    ),
    Kept(105, "in notes", lambda: written("a\u202eb"), ("a\u202eb", 0)),
    Kept(105, "shown", lambda: "\u202e" in str(made(notes="a\u202eb")), wanted=False),
    Kept(106, "a picture", loaded(stakeholder(name=WOMAN), "s", "name"), WOMAN),
    Refused(106, "in a name", stakeholder(name="a\u200bb"), "MK-DOM-002", path=NAME),
    Refused(
        107,
        "as keys",
        lambda: mk.Ext({"\u00e9": 1, "e\u0301": 2}),
        "MK-DOM-035",
        mk.InvalidValueError,
        "ext",
        "look the same",
    ),
    Refused(
        107,
        "as keys of a document",
        stakeholder(ext={"v": {"\u00e9": 1, "e\u0301": 2}}),
        "MK-DOC-004",
        path='stakeholders[0].ext.v["e\\u0301"]',
    ),
    Refused(107, "as ids", need(id="\u00e9"), "MK-DOM-005", path=ID),
    *(
        Refused(
            row,
            f"id {ref!a}",
            need(id=ref),
            "MK-DOM-005",
            path=ID,
            said="a-z, 0-9",
        )
        for row, refs in BAD_IDS.items()
        for ref in refs
    ),
    Apart(109, "names that look alike: no rule compares them yet"),
    Apart(110, "names of two scripts: no rule looks at them yet; ids are ASCII"),
    *(
        Kept(111, f"slug of {name}", lambda name=name: slug(name), wanted)  # type: ignore[misc]
        for name, wanted in (
            ("\u0130stanbul", "istanbul"),
            ("\u0131l", "l"),
            ("Stra\u00dfe", "strae"),
            ("STRASSE", "strasse"),
            ("\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", ""),
        )
    ),
    *(
        Kept(111, f"name of {name}", lambda n=name, s=said: hidden(n, s), "party-1")  # type: ignore[misc]
        for name, said in (
            ("Rosa Gro\u00df", "ROSA GROSS"),
            (
                "Nik \u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2",
                "NIK \u03a3\u038a\u03a3\u03a5\u03a6\u039f\u03a3",
            ),
            ("Ren\u00e9 Roy", "RENE\u0301 ROY"),
        )
    ),
    Kept(111, "nearest", lambda: nearest("Owner", ["owner"]), ("owner",)),
    Apart(
        114,
        "con, nul and com1 in small letters are ids: no store makes files of them yet",
    ),
    Refused(
        118,
        "as the system gives it",
        lambda: made(notes=b"\xff".decode("utf-8", "surrogateescape")),
        "MK-DOM-004",
        mk.InvalidValueError,
        "notes",
        "U+DCFF",
    ),
    Refused(118, "half", escaped(notes="\udcff"), "MK-DOC-005", UNSAFE, NOTES),
    *(
        Kept(119 if at < 7 else 122, text, lambda text=text: written(text), (text, 0))  # type: ignore[misc]
        for at, text in enumerate(INERT[:8])
    ),
    Refused(
        120,
        "1 MB",
        Large(lambda: stakeholder(notes="e" + "\u0301" * 500_000)),
        "MK-DOM-004",
        path=NOTES,
    ),
    Refused(120, "9 marks", stakeholder(name=MARKS), "MK-DOM-004", said="8 accents"),
    Refused(120, "in notes", stakeholder(notes=MARKS), "MK-DOM-004", path=NOTES),
    Refused(120, "made", lambda: made(name=MARKS), "MK-DOM-004", mk.InvalidValueError),
    Kept(120, "in a plan", lambda: imported("a" + MARKS), "a" + MARKS[:-1]),
    Kept(120, "8 marks", loaded(stakeholder(name=MARKS[:9]), "s", "name"), MARKS[:9]),
    *(
        Refused(121, ascii(c), escaped(notes=c), "MK-DOC-005", UNSAFE, NOTES, "U+")
        for c in ("\ufffe", "\uffff", "\ufdd0", "\U0001ffff", "\U0010fffe")
    ),
    *(
        Kept(121, ascii(c), loaded(escaped(name=f"a{c}"), "s", "name"), f"a{c}")
        for c in ("\ue000", "\u0378", "\U0010fffd")
    ),
    Kept(123, "as a name of a kind", lambda: nearest(INERT[8], ["need"]), ()),
    Refused(123, "as an id", lambda: mk.Model()[INERT[8]], "", mk.NotFoundError),
    Apart(123, "there is no search box"),
)
