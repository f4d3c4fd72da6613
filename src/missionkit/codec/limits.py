"""How large, deep and long a document may be."""

from typing import Final

from attrs import asdict, frozen

from missionkit.codec.codes import TOO_DEEP, WRONG_TYPE
from missionkit.errors import InvalidValueError

_DEEPEST = 200  # the reader that names faults recurses; deeper would end the stack


@frozen(kw_only=True)
class Limits:
    """Bounds on a document; raise them for a source that you trust.

    `size` is in bytes, `text` in characters of one text, `digits` in characters of
    one number, `arrays` is how many kinds there may be, and `faults` how many faults,
    or remarks, are told of before giving up.
    """

    size: int = 16 * 2**20
    depth: int = 64
    nodes: int = 1_000_000
    arrays: int = 1_000
    text: int = 2**20
    digits: int = 1_000
    faults: int = 1_000

    def __attrs_post_init__(self) -> None:
        """Refuse bounds that are no bounds."""
        given = asdict(self).items()
        said = "must be a whole number from 1"
        issues = [
            WRONG_TYPE.issue(f"{name} {said}", path=name, value=bound)
            for name, bound in given
            if type(bound) is not int or bound < 1
        ]
        if not issues and self.depth > _DEEPEST:
            said = f"depth may be at most {_DEEPEST}"
            issues = [TOO_DEEP.issue(said, path="depth", value=self.depth)]
        if issues:
            raise InvalidValueError("Limits", tuple(issues))


LIMITS = Limits()
"""The bounds for a document from anywhere."""

LARGEST_YAML: Final = 2**19
"""The most bytes of YAML; its reader takes a second for as many."""

MOST_YAML_VALUES: Final = 50_000
"""The most values of YAML, as some take longer to read than their size tells."""

MOST_YAML_KEYS: Final = 25_000
"""The most keys of YAML in all: a key takes about as long to read as a value."""
