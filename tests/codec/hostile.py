"""Large documents that were made to hurt a reader."""

from collections.abc import Callable
from typing import NamedTuple

from missionkit.codec.limits import LIMITS, Limits


class Large(NamedTuple):
    """A document for a reader that allows *n* values, and the code of its refusal."""

    code: str
    text: Callable[[int], str]


def limits_for(n: int) -> Limits:
    """Return the usual limits in proportion to *n* values."""
    return Limits(
        size=LIMITS.size * n // LIMITS.nodes,
        nodes=n,
        text=LIMITS.text * n // LIMITS.nodes,
        digits=LIMITS.digits * n // LIMITS.nodes,
    )


def needs(*inside: str) -> str:
    return '{"schema":"missionkit/1","needs":[' + ",".join(inside) + "]}"


def dangling(count: int) -> str:
    return needs(
        *(
            f'{{"id":"n{at}","statement":"s","stakeholder":"s{at}"}}'
            for at in range(count)
        )
    )


def circle(count: int) -> str:
    return needs(
        *(
            f'{{"id":"g{at}","statement":"s","parent":"g{(at + 1) % count}"}}'
            for at in range(count)
        )
    ).replace("needs", "goals", 1)


def arrays(count: int) -> str:
    inside = ",".join(f'"a.k{at}":[]' for at in range(count))
    return f'{{"schema":"missionkit/1",{inside}}}'


def hanging(count: int) -> str:
    ids = ",".join(f'"t{at}"' for at in range(count))
    return needs(f'{{"id":"a","statement":"x","needs":[{ids}]}}').replace(
        "needs", "objectives", 1
    )


def unknown_fields(count: int) -> str:
    return needs(
        '{"id":"a","statement":"b",'
        + ",".join(f'"x{at}":0' for at in range(count))
        + "}"
    )


LARGE = {
    "deep lists": Large("MK-DOC-007", lambda n: "[" * (n - 2)),
    "deep objects": Large("MK-DOC-007", lambda n: '{"a":' * (n - 2)),
    "deeper objects": Large("MK-DOC-008", lambda n: '{"a":' * n),
    "balanced depth": Large("MK-DOC-007", lambda n: "[" * (n - 2) + "]" * (n - 2)),
    "mixed brackets": Large("MK-DOC-003", lambda n: "[}" * (n - 2)),
    "brackets in texts": Large("MK-DOC-003", lambda n: '"["' * 5 * n),
    "commas in texts": Large("MK-DOC-008", lambda n: '",",' * 4 * n),
    "many short texts": Large("MK-DOC-008", lambda n: "[" + '"",' * 5 * n + "0]"),
    "many zeros": Large("MK-DOC-008", lambda n: "[" + "0," * 4 * n + "0]"),
    "many empty lists": Large("MK-DOC-008", lambda n: "[" + "[]," * n + "0]"),
    "long number": Large("MK-DOC-009", lambda n: "[" + "9" * 10 * n + "]"),
    "long fraction": Large("MK-DOC-009", lambda n: "[0." + "9" * 10 * n + "]"),
    "long exponent": Large("MK-DOC-009", lambda n: "[1e" + "9" * 10 * n + "]"),
    "long text": Large("MK-DOC-009", lambda n: '["' + "x" * 10 * n + '"]'),
    "many escapes": Large("MK-DOC-009", lambda n: '["' + r"\u0041" * 2 * n + '"]'),
    "many escaped backslashes": Large(
        "MK-DOC-009", lambda n: '["' + r"\\u0041" * n + '"]'
    ),
    "many backslashes": Large("MK-DOC-018", lambda n: '["' + r"\\" * n + '"]'),
    "many quotes": Large("MK-DOC-003", lambda n: '"' * 10 * n),
    "many arrays": Large("MK-DOC-008", lambda n: arrays(n // 10)),
    "many line breaks": Large(
        "MK-DOC-022", lambda n: '{"schema":"missionkit/1",' + "\n" * 15 * n + '"x":5}'
    ),
    "many dangling links of one": Large("MK-STR-025", lambda n: hanging(n // 10)),
    "too large": Large("MK-DOC-006", lambda n: " " * 18 * n),
    "many faults": Large("MK-DOC-012", lambda n: needs(*"0" * (n * 9 // 10))),
    "no schema": Large(
        "MK-DOC-019", lambda n: '{"needs":[' + "0," * (n * 9 // 10) + "0]}"
    ),
    "many doubles": Large(
        "MK-DOC-004", lambda n: "{" + '"a":0,' * (n // 10) + '"a":0}'
    ),
    "many unknown fields": Large("MK-DOC-014", lambda n: unknown_fields(n // 10)),
    "many dangling links": Large("MK-STR-025", lambda n: dangling(n // 100)),
    "one id for all": Large(
        "MK-STR-001", lambda n: needs(*['{"id":"n","statement":"s"}'] * (n // 100))
    ),
    "a long circle": Large("MK-STR-005", lambda n: circle(n // 100)),
}
# The bound on a name is the domain's, and stays the same for every reader.
COMBINING_MARKS = (
    '{"schema":"missionkit/1","stakeholders":[{"id":"s","name":"'
    + r"e\u0301" * 10**5
    + '"}]}'
)
