"""The examples of the how-to page keep the contracts that it tells of."""

import re
from pathlib import Path
from typing import Any, Final

PAGE: Final = Path(__file__).parents[2] / "docs/how-to"
BLOCK: Final = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def held() -> dict[str, Any]:
    """Return what the blocks of the page define, as a module of its own."""
    page = PAGE / "write-an-indicator-or-a-detector.md"
    names: dict[str, Any] = globals()
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        exec(compile(block, page.name, "exec"), names)  # noqa: S102 - our own page
    return names


# Two test classes come to stand here, and the classes that they are about.
HELD: Final = held()


def test_the_page_has_an_indicator_and_a_detector_with_their_contracts() -> None:
    assert {"Meetings", "Halves", "TestMeetings", "TestHalves"} <= set(HELD)
