"""What stands in the annotation of a field: rules for its value, and its meaning."""

from typing import Final, Protocol

from attrs import frozen

from missionkit.issue import Code

DECLARED: Final = "__missionkit__"
INVARIANT: Final = "__invariant__"
PROOF: Final = "__proof__"


class ValueRule(Protocol):
    """What a value must be besides of its type, written once for both readers."""

    def expression(self, name: str) -> str:
        """Return a Python expression that is true of a sound value called *name*."""

    def __str__(self) -> str:
        """Return the rule in words: what the value must be."""


@frozen
class NotBlank:
    """Text that says something, without white space around it."""

    def expression(self, name: str) -> str:
        """See `ValueRule.expression`."""
        return f"{name} and {name}.strip() == {name}"

    def __str__(self) -> str:
        """Return the rule in words."""
        return "text that is not blank, without white space around it"


@frozen
class OneLine:
    """Text of one line without hidden characters, at most *longest* of them."""

    longest: int = 500

    def expression(self, name: str) -> str:
        """See `ValueRule.expression`."""
        return (
            f"len({name}) <= {self.longest} and ({name}.isascii() or shows({name}))"
            f" and ({name}.isprintable() or plain({name}))"
        )

    def __str__(self) -> str:
        """Return the rule in words."""
        return f"one line of at most {self.longest} characters, none hidden"


@frozen
class Matches:
    """Text of a fixed form; *meaning* says it in words."""

    pattern: str
    meaning: str

    def expression(self, name: str) -> str:
        """See `ValueRule.expression`."""
        return f"fullmatch({self.pattern!r}, {name}) is not None"

    def __str__(self) -> str:
        """Return the rule in words."""
        return self.meaning


@frozen
class Between:
    """A number from *low* to *high*, both included."""

    low: int
    high: int

    def expression(self, name: str) -> str:
        """See `ValueRule.expression`."""
        return f"{self.low} <= {name} <= {self.high}"

    def __str__(self) -> str:
        """Return the rule in words."""
        return f"from {self.low} to {self.high}"


@frozen
class AtLeast:
    """A number not below *low*."""

    low: int

    def expression(self, name: str) -> str:
        """See `ValueRule.expression`."""
        return f"{name} >= {self.low}"

    def __str__(self) -> str:
        """Return the rule in words."""
        return f"at least {self.low}"


@frozen
class NotEmpty:
    """A collection that holds something."""

    def expression(self, name: str) -> str:
        """See `ValueRule.expression`."""
        return f"len({name}) > 0"

    def __str__(self) -> str:
        """Return the rule in words."""
        return "at least one"


@frozen
class Naming:
    """Marks the text that names the element for a reader."""


@frozen
class Progress:
    """Marks a field that records progress: it is no part of the content digest."""


@frozen
class Validity:
    """Marks the period in which what the element states holds."""


@frozen
class Expected:
    """Marks a field that may be missing but should not be, and says why it matters."""

    why: str


@frozen
class Doc:
    """Says what a field holds, where its name and type do not."""

    text: str


@frozen
class Link:
    """Marks a reference to other elements as an edge of the link graph.

    The edge leads from the holder of the field to the element referred to, or the
    other way where *reverse* is set. A *trace* link is part of the line of sight; it
    leads closer to the purpose at the end referred to, or, where *upward* is False,
    at the holder's end. *acyclic* links may not lead back to where they started.
    """

    name: str
    reverse: bool = False
    trace: bool = False
    upward: bool = True
    acyclic: bool = False


@frozen(kw_only=True)
class Declared:
    """What `entity` and `value` note on a class; `kind` is empty for a value."""

    kind: str = ""
    plural: str = ""
    level: int | None = None


@frozen(kw_only=True)
class Invariant:
    """A rule over several fields of one value."""

    code: Code
    message: str
    fields: tuple[str, ...]
    method: str


@frozen(kw_only=True)
class Proof:
    """A method that yields every fault of a value as a whole, each as an issue."""

    fields: tuple[str, ...]
    method: str
