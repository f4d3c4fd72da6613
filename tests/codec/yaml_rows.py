"""The rows on YAML of the catalog of bad inputs; run, it measures what they cost."""

import time
from collections.abc import Iterator
from pathlib import Path

from missionkit.codec.yaml_document import yaml_loads
from missionkit.errors import DocumentError, LimitError, UnsafeDocumentError

NEED = "schema: missionkit/1\nneeds:\n  - id: warm\n    statement: A warm home\n"
LARGE = 5_000
LAUGHS = "a: &a [lol, lol, lol]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def field(name: str, value: str) -> str:
    """Return a document with one need, one of whose fields is written as given."""
    return f"{NEED}    {name}: {value}\n"


def notes(value: str) -> str:
    return field("notes", value)


Refused = tuple[str, str, type[DocumentError], str]
# Row of the catalog, text, class of the error, its first code.
CATALOG: list[Refused] = [
    ("21 billion laughs", LAUGHS, UnsafeDocumentError, "MK-DOC-032"),
    ("22 self reference", notes("&a [*a]"), UnsafeDocumentError, "MK-DOC-032"),
    ("23 merged self", notes("&a {<<: *a}"), UnsafeDocumentError, "MK-DOC-032"),
    ("23 merge key", notes("{<<: {a: b}}"), UnsafeDocumentError, "MK-DOC-033"),
    (
        "24 object of Python",
        notes("!!python/object/apply:os.system ['exit 3']"),
        UnsafeDocumentError,
        "MK-DOC-034",
    ),
    ("25 binary", notes("!!binary aGk="), UnsafeDocumentError, "MK-DOC-034"),
    ("25 set", notes("!!set {a}"), UnsafeDocumentError, "MK-DOC-034"),
    ("25 omap", notes("!!omap [a: b]"), UnsafeDocumentError, "MK-DOC-034"),
    ("25 own tag", notes("!custom a"), UnsafeDocumentError, "MK-DOC-034"),
    ("25 text tag", notes("!!str 12"), UnsafeDocumentError, "MK-DOC-034"),
    ("25 no tag", notes("! a"), UnsafeDocumentError, "MK-DOC-034"),
    ("25 a bad tag", notes("!x!y a"), UnsafeDocumentError, "MK-DOC-034"),
    ("25 a worse tag", notes("!<a"), UnsafeDocumentError, "MK-DOC-034"),
    *(
        (f"28 {number}", field("importance", number), DocumentError, "MK-DOC-012")
        for number in ("010", "0o17", "0x1f", "1_000", "0b1", "+1", ".5", "1.", "1e")
    ),
    ("30 no such day", field("since", "2024-02-30"), DocumentError, "MK-DOC-014"),
    ("31 .nan", field("importance", ".nan"), DocumentError, "MK-DOC-012"),
    ("31 .inf", field("importance", "-.inf"), DocumentError, "MK-DOC-012"),
    ("31 NaN", field("importance", "NaN"), DocumentError, "MK-DOC-012"),
    ("32 tilde", NEED.replace("A warm home", "~"), DocumentError, "MK-DOC-013"),
    ("32 nothing", NEED.replace("A warm home", ""), DocumentError, "MK-DOC-013"),
    ("32 null", NEED.replace("A warm home", "null"), DocumentError, "MK-DOC-013"),
    ("33 same key", f"{NEED}    id: cold\n", DocumentError, "MK-DOC-004"),
    (
        "33 same key in another form",
        notes("{\u00e9: 1, e\u0301: 2}"),
        DocumentError,
        "MK-DOC-004",
    ),
    *(
        (f"34 {key}", f"{NEED}{key}: a\n", DocumentError, "MK-DOC-035")
        for key in ("1", "-0.5", "null", "~", "true", "False", "[a]", "{a: b}")
    ),
    ("34 no key", f"{NEED}?\n: a\n", DocumentError, "MK-DOC-035"),
    ("35 65 deep", f"ext: {'[' * 64}{']' * 64}", LimitError, "MK-DOC-007"),
    ("35 10,000 deep", f"ext: {'[' * 10_000}", LimitError, "MK-DOC-007"),
    ("35 50,000 deep", f"ext: {'[' * 50_000}", LimitError, "MK-DOC-007"),
    ("35 deep at once", "[" * 50_000, LimitError, "MK-DOC-007"),
    ("35 deep braces", '{"a":' * 50_000, LimitError, "MK-DOC-007"),
    ("35 deep hyphens", "- " * 50_000, LimitError, "MK-DOC-007"),
    ("35 deep keys", "? " * 50_000, DocumentError, "MK-DOC-035"),
    (
        "35 mixed depth",
        "".join(f"{'  ' * n}a:\n" for n in range(40)) + f"{'  ' * 40}- {'[' * 30}",
        LimitError,
        "MK-DOC-007",
    ),
    ("36 digits", field("importance", "9" * 5_000), LimitError, "MK-DOC-009"),
    (
        "36 a fraction",
        field("importance", f"0.{'9' * 5_000}"),
        LimitError,
        "MK-DOC-009",
    ),
    ("36 2^53 + 1", field("importance", str(2**53 + 1)), DocumentError, "MK-DOC-011"),
    ("36 1e400", field("importance", "1e400"), DocumentError, "MK-DOC-011"),
    ("37 two documents", f"{NEED}---\n{NEED}", DocumentError, "MK-DOC-036"),
    ("37 an empty second one", f"{NEED}---\n", DocumentError, "MK-DOC-036"),
    ("37 after the end", f"{NEED}...\na: b\n", DocumentError, "MK-DOC-031"),
    ("38 %YAML 3.0", f"%YAML 3.0\n---\n{NEED}", DocumentError, "MK-DOC-037"),
    ("38 %YAML 1.2", f"%YAML 1.2\n---\n{NEED}", DocumentError, "MK-DOC-037"),
    ("38 %YAML 1.", f"%YAML 1.{'9' * 9_999}\n--- a", DocumentError, "MK-DOC-037"),
    ("38 %TAG", f"%TAG ! tag:x,1:\n---\n{NEED}", DocumentError, "MK-DOC-037"),
    ("38 any %", f"%FOO bar\n---\n{NEED}", DocumentError, "MK-DOC-037"),
    ("39 tab", f"{NEED}\tnotes: a\n", DocumentError, "MK-DOC-031"),
    ("39 tab after a key", "schema:\tmissionkit/1\n", DocumentError, "MK-DOC-031"),
    ("39 mixed indentation", f"{NEED}   notes: a\n", DocumentError, "MK-DOC-031"),
    ("39 a: b: c", notes("b: c"), DocumentError, "MK-DOC-031"),
    ("40 anchors", "- &a b\n" * 20_000, UnsafeDocumentError, "MK-DOC-032"),
    ("40 key", f"{'x' * 2**16}: a\n{NEED}", LimitError, "MK-DOC-009"),
    ("40 second key", f"{NEED}{'x' * 2**16}: a\n", LimitError, "MK-DOC-009"),
    ("40 comment", f"# {'x' * 2**20}\n{NEED}", LimitError, "MK-DOC-038"),
    ("40 values", f"a: [{'a,' * 2**17}]", LimitError, "MK-DOC-038"),
    ("41 NUL", notes("a\0b"), UnsafeDocumentError, "MK-DOC-005"),
    ("41 NUL in a comment", f"{NEED}# \0\n", UnsafeDocumentError, "MK-DOC-005"),
    ("41 U+0085", notes("a\x85b"), UnsafeDocumentError, "MK-DOC-005"),
    ("41 escaped NUL", notes(r'"a\0"'), UnsafeDocumentError, "MK-DOC-005"),
    ("41 escaped U+0085", notes(r'"a\N"'), UnsafeDocumentError, "MK-DOC-005"),
    ("41 half a pair", notes(r'"\ud83d\ude00"'), UnsafeDocumentError, "MK-DOC-005"),
    ("41 a BOM inside", notes("a\ufeffb"), UnsafeDocumentError, "MK-DOC-005"),
    (
        "41 a line end in a name",
        "schema: missionkit/1\nparties:\n- {id: a, name: a\u2028b}\n",
        DocumentError,
        "MK-DOM-002",
    ),
    ("17 UTF-16", NEED.encode("utf-16-le").decode(), DocumentError, "MK-DOC-001"),
    ("1 nothing", "", DocumentError, "MK-DOC-002"),
    ("1 a comment", "# nothing\n", DocumentError, "MK-DOC-002"),
    ("20 text", "hello", DocumentError, "MK-DOC-018"),
    ("20 list", "- a", DocumentError, "MK-DOC-018"),
    ("20 null", "---\n", DocumentError, "MK-DOC-018"),
]

KEPT = {
    "26 no": ("no", "no"),
    "26 off": ("off", "off"),
    "26 yes": ("yes", "yes"),
    "26 NO": ("NO", "NO"),
    "27 sexagesimal": ("12:30:45", "12:30:45"),
    "28 octal": ("010", "010"),
    "28 octal of 1.2": ("0o17", "0o17"),
    "28 hexadecimal": ("0x1f", "0x1f"),
    "28 underscore": ("1_000", "1_000"),
    "28 binary": ("0b1", "0b1"),
    "29 a date": ("2024-01-01", "2024-01-01"),
    "30 no date": ("2024-02-30", "2024-02-30"),
    "31 .nan": (".nan", ".nan"),
    "40 a long key": ('"a" # ' + "x" * 2**17, "a"),
    "41 U+2028": ("a\u2028b \u2029", "a\u2028b \u2029"),
    "41 U+2028 by escape": (r'"a\Lb\P"', "a\u2028b\u2029"),
    "a quoted number": ('"12"', "12"),
    "single quotes": (r"'it''s \n'", r"it's \n"),
    "a return by escape": (r'"a\r\nb"', "a\nb"),
    "lines": ("|\n      a\n\n      b", "a\n\nb\n"),
    "folded lines": (">-\n      a\n      b", "a b"),
    "plain lines": ("a\n      b", "a b"),
    "an address": ("https://example.org/#a", "https://example.org/#a"),
}

KEYS = 26_000  # more than may be read
SLOW = {  # the most that is read of what is slowest to read
    "lists in lists": f"a: [{('[' * 60 + ']' * 60 + ',') * 1_000}]",
    "braces": f"a: {{{('a: {' * 60 + '}' * 60 + ',') * 1_300}}}",
    "keys": "".join(f"k{number}:\n" for number in range(50_000)),
    "keys of one object": f"a: {{{','.join(f'k{n}: 1' for n in range(KEYS))}}}",
    "unknown fields": "schema: missionkit/1\ngoals:\n"
    + "".join(f"- {{id: g{n}, statemnt: x, weigt: 1}}\n" for n in range(13_000)),
    "faults": "schema: missionkit/1\nneeds:\n" + "- {}\n" * 49_000,
    "a long plan": "schema: missionkit/1\nneeds:\n"
    + "".join(
        f"  - id: need-{number}\n    statement: Warm homes, number {number}\n"
        "    importance: 0.5\n    tags:\n      - a\n"
        for number in range(5_000)
    ),
}


def costs() -> Iterator[tuple[float, str]]:
    """Yield for each text how many seconds it takes to be read or refused."""
    large = {name: text for name, text, _, _ in CATALOG if len(text) > LARGE}
    texts = {"21 billion laughs": LAUGHS, **large, **SLOW}
    yaml_loads(NEED)  # what is imported and made once
    for name, text in texts.items():
        began = time.process_time()
        try:
            yaml_loads(text)
        except DocumentError as error:
            str(error)
        yield time.process_time() - began, name


def peak() -> int:
    """Return how many bytes this process held at most; only Linux tells."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if "VmHWM" in line) * 1024


if __name__ == "__main__":
    print(*max(costs()), peak(), sep="\n")  # noqa: T201 - what the test reads
