"""How an issue must read: what, where, why and what to do, short and in plain words."""

import re
from collections.abc import Iterator
from typing import Final

from missionkit.issue import Issue

LONGEST: Final = 120
SHOWN: Final = 62  # a value of 60 characters, in quotes
# A word of Python that a reader of a message need not know.
CLASS_NAME: Final = re.compile(r"(?<![\"'\w.`@=])[A-Z][a-z]+[A-Z]\w+")
BLAMING: Final = re.compile(r"\b(invalid|illegal|bad|oops|please)\b", re.IGNORECASE)
OPEN: Final = re.compile(r"\b(None|True|False|null|dict|tuple|frozenset)\b")


def complaints(issue: Issue) -> Iterator[str]:
    """Yield what is wrong with how an issue reads."""
    said = re.sub(r"'[^']*'|\"[^\"]*\"", "''", issue.message)
    if not issue.message.strip() or len(issue.message) > LONGEST:
        yield f"the message has {len(issue.message)} characters"
    if "\n" in issue.message or not issue.message.isprintable():
        yield "the message is more than a printable line"
    # The standards name their elements so, and a failing rule its exception.
    named = not issue.code.startswith(("MK-XML", "MK-PLG")) and CLASS_NAME.search(said)
    if BLAMING.search(said) or named or OPEN.search(said):
        yield "the message blames, or speaks Python"
    if not issue.why or not issue.fix:
        yield "there is no why, or no fix"
    if issue.why[:1].isupper() and not issue.why.startswith(("JSON", "XML", "YAML")):
        yield "the reason begins like a sentence of its own"
    if issue.why.endswith(".") or issue.fix.endswith("."):
        yield "the reason or the remedy ends like a sentence"
    if len(issue.value) > SHOWN or not issue.value.isprintable():
        yield "the value is shown at length"
    if not (issue.ref or issue.path or issue.source) and not issue.value:
        yield "nothing says where it is"
