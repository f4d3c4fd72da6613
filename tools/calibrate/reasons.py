"""Why the best peer sees more, where it does: one sentence for each such cell."""

from typing import Any


def reason_for(row: dict[str, Any], declared: str) -> str:
    """Return the reason for a row, judged with what the caller *declared*."""
    return ""
