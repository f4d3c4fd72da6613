"""The codes of what a store refuses."""

from typing import Final

from missionkit.issue import Code, Severity

ID_TAKEN: Final = Code(
    "MK-STO-001",
    Severity.ERROR,
    "a commit is found again by its id when the answer to it was lost, so no two"
    " commits of a stream may share one",
    "make a new id for each new commit, and send an old one unchanged",
    act="Have the tool that writes give each commit an id of its own",
)
