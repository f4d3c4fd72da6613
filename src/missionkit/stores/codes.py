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

DAMAGED: Final = Code(
    "MK-STO-002",
    Severity.ERROR,
    "what cannot be read is lost to everybody who asks for it",
    "restore the store from a copy, or let `missionkit store repair --quarantine` put"
    " out of the way what cannot be read",
    act="Restore the history from a copy, or mend the store",
)
OUT_OF_DATE: Final = Code(
    "MK-STO-003",
    Severity.WARNING,
    "what is made from the commits misleads where it says something else than they do",
    "let `missionkit store repair --quarantine` make it anew",
)
UNTIDY: Final = Code(
    "MK-STO-004",
    Severity.ADVICE,
    "what a store did not finish, or did not make, is no part of it and does no harm",
    "look whether somebody still needs it",
)
FORKED: Final = Code(
    "MK-STO-005",
    Severity.ERROR,
    "two branches of a stream were brought together, and only people can say which of"
    " them goes on",
    "keep the commits of one branch, and make the changes of the other again:"
    " `missionkit store repair --quarantine` keeps those that come first",
    act="Decide which of two branches of a history goes on",
)
CHANGED: Final = Code(
    "MK-STO-006",
    Severity.ERROR,
    "a checksum is kept of each header, and so it shows which of two commits that do"
    " not fit was changed",
    "restore the store from a copy, or let `missionkit store repair --quarantine` put"
    " the commit out of the way",
    act="Restore the history from a copy, or mend the store",
)
