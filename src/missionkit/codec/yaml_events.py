"""The events of YAML text, bounded in depth, and what is wrong with it in our words.

PyYAML is of an extra, so this module is imported only when YAML is read. The reader in
C is never used: deep nesting ends its process.
"""

import re
from collections.abc import Iterator
from typing import Final

from attrs import frozen
from yaml.error import MarkedYAMLError
from yaml.events import Event
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from missionkit.codec.codes import (
    TOO_DEEP,
    TOO_LONG,
    YAML_ALIAS,
    YAML_DIRECTIVE,
    YAML_SYNTAX,
    YAML_TAG,
)
from missionkit.issue import Code

LONGEST_KEY: Final = 1024
"""How many characters a key may have that is not marked as one by ``? ``."""


class StoppedError(Exception):
    """The text stops being YAML that can be read; `at` is the offset of the place."""

    def __init__(self, code: Code, said: str, at: int, fix: str = "") -> None:
        super().__init__(code, said, at, fix)
        self.code = code
        self.said = said
        self.at = at
        self.fix = fix


@frozen
class _Complaint:
    """What is said instead of a complaint that holds the words `theirs`."""

    theirs: str
    said: str
    fix: str = ""
    code: Code = YAML_SYNTAX
    at_start: bool = False
    of_key: bool = False


# The first that fits is taken.
_COMPLAINTS: Final = (
    *(
        _Complaint(words, "text may not begin with !", code=YAML_TAG, at_start=True)
        for words in ("a tag", "tag handle")
    ),
    *(
        _Complaint(
            words,
            "text may not begin with * or &",
            "put the text in quotes",
            YAML_ALIAS,
            at_start=True,
        )
        for words in ("an alias", "an anchor")
    ),
    _Complaint(
        "cannot start any token",
        "no value may begin with this character",
        "put text that begins with it in quotes",
    ),
    _Complaint(
        "expected ':'",
        "a colon is missing after this key",
        "write a colon and a space after a key, and indent text of several lines",
        at_start=True,
        of_key=True,
    ),
    _Complaint(
        "sequence entries are not allowed",
        "no item of a list may begin here",
        "begin the list on a line of its own, under its key",
    ),
    _Complaint(
        "mapping values are not allowed",
        "a colon and a space may not stand here",
        "put text that holds them in quotes, indent the key like its neighbors, or "
        "write the colon that is missing in the line above",
        of_key=True,
    ),
    _Complaint(
        "mapping keys are not allowed",
        "a question mark and a space may not stand here",
        "put text that begins with them in quotes",
    ),
    _Complaint(
        "a block scalar",
        "after | or > the text begins in the next line",
        "begin a new line, or put text that begins with | or > in quotes",
    ),
    _Complaint(
        "a quoted scalar",
        "a text that begins here has no end",
        "close it with the quote that it begins with",
        at_start=True,
    ),
    _Complaint(
        "a double-quoted scalar",
        "text holds an escape that YAML does not know",
        "write \\\\ for a backslash, or put the text in single quotes",
    ),
    _Complaint(
        "expected '<document start>'",
        "there is more after the end of the document",
        "indent it like the lines that it belongs to, or take it out",
    ),
    _Complaint(
        "the node content",
        "a value belongs here",
        "write a value, or put the text in quotes",
    ),
    _Complaint(
        "expected <block end>",
        "this does not fit the lines above it",
        "indent it like its neighbors; items of a list begin with a hyphen and a space",
    ),
    _Complaint(
        "',' or",
        "a comma or a closing bracket belongs here",
        "close what was opened; put text that holds brackets or commas in quotes",
    ),
    _Complaint("", "this cannot be read"),
)
_LONG_KEY: Final = re.compile(rf"(?:(?!:\s)[^\n]){{{LONGEST_KEY},}}:(?!\S)")
_TAB: Final = "indent with spaces, and put them between a key and its value; no tabs"
_ESCAPE: Final = (
    "an escape that stands for no character, or something else nobody reads"
)


class Events(Reader, Scanner, Parser):
    """The events of a text, which ends in a `StoppedError` where it is no YAML."""

    def __init__(self, text: str, deepest: int) -> None:
        self.deepest = deepest
        self.text = text
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def __iter__(self) -> Iterator[Event]:
        """Yield one event after another."""
        try:
            while self.check_event():
                event: Event = self.get_event()  # type: ignore[no-untyped-call]  # of PyYAML
                yield event
        except (MemoryError, StoppedError):
            raise
        except MarkedYAMLError as error:
            raise self._stopped(error) from error
        except Exception as error:  # of chr(), as far as is known
            raise StoppedError(YAML_SYNTAX, _ESCAPE, self.index) from error

    def fetch_flow_collection_start(self, TokenClass: type) -> None:  # noqa: N803 - PyYAML's name
        """Refuse what is nested too deep before any more of it is looked at."""
        self._refuse_depth(self.flow_level)
        super().fetch_flow_collection_start(TokenClass)

    def add_indent(self, column: int) -> bool:
        """Refuse what is nested too deep before any more of it is looked at."""
        self._refuse_depth(len(self.indents))
        return bool(super().add_indent(column))

    # What may turn out to be a key is kept by level, the outermost and oldest first. To
    # look at that one alone makes what is nested deep no slower to read than the rest.

    def next_possible_simple_key(self) -> int | None:
        """Return the number of the first token that may be a key."""
        for key in self.possible_simple_keys.values():
            return int(key.token_number)
        return None

    def stale_possible_simple_keys(self) -> None:
        """Forget what can be no key any more, as its line or its length has ended."""
        for key in self.possible_simple_keys.values():
            if key.line != self.line or self.index - key.index > LONGEST_KEY:
                super().stale_possible_simple_keys()
            return

    def fetch_directive(self) -> None:
        """Refuse every directive, known or not."""
        said = "a line that begins with % is a directive"
        raise StoppedError(YAML_DIRECTIVE, said, self.index)

    def _refuse_depth(self, depth: int) -> None:
        if depth > self.deepest:
            raise too_deep(self.deepest, self.index)

    def _stopped(self, error: MarkedYAMLError) -> StoppedError:
        theirs = f"{error.context} {error.problem}"
        fits = next(each for each in _COMPLAINTS if each.theirs in theirs)
        start, at = error.context_mark, error.problem_mark
        mark = start if fits.at_start else at
        where = mark.index if mark else self.index
        if fits.of_key:
            self._refuse_long_key(where)
        fix = _TAB if self.text[where : where + 1] == "\t" else fits.fix
        return StoppedError(fits.code, fits.said, where, fix)

    def _refuse_long_key(self, at: int) -> None:
        """Say so where PyYAML takes a key for none because its colon comes late."""
        start = self.text.rfind("\n", 0, at) + 1
        if _LONG_KEY.match(self.text, start):
            said = f"this key is longer than {LONGEST_KEY} characters"
            raise StoppedError(TOO_LONG, said, start, "give it a shorter name")


def too_deep(deepest: int, at: int) -> StoppedError:
    """Return the error for what is nested too deep."""
    said = f"the document is nested more than {deepest} deep"
    return StoppedError(TOO_DEEP, said, at)
