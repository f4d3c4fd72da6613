"""What a single piece of YAML without quotes means, and an escape in quotes."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from missionkit.codec.scan import UNSAFE

WORDS: Final[Mapping[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
"""The words of YAML 1.2 that are no text; ``yes``, ``no``, ``on``, ``off`` are."""

_ESCAPE: Final = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL
)
_CONTROLS: Final = {"0": 0, "a": 7, "b": 8, "v": 11, "f": 12, "e": 27, "N": 0x85}
_HARMLESS: Final = ord(" ")


def unsafe_escapes(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield offset and character of each escape that stands for an unsafe one."""
    for hit in _ESCAPE.finditer(text, start, end):
        digits = hit[1] or hit[2] or hit[3]
        code = int(digits, 16) if digits else _CONTROLS.get(hit[4], _HARMLESS)
        if UNSAFE.match(chr(code)):
            yield hit.start(), chr(code)
