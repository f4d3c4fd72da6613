"""The codes of what can be wrong with a history."""

from typing import Final

from missionkit.issue import Code, Severity

UNREADABLE: Final = Code(
    "MK-HIS-001",
    Severity.ERROR,
    "a commit that cannot be read says nothing of who changed what",
    "restore the store from a copy",
    act="Restore the history from a copy",
)
OUT_OF_PLACE: Final = Code(
    "MK-HIS-002",
    Severity.ERROR,
    "commits are numbered without a gap, so one was lost, added or moved",
    "restore the store from a copy",
    act="Restore the history from a copy",
)
BROKEN_CHAIN: Final = Code(
    "MK-HIS-003",
    Severity.ERROR,
    "each commit names the hash of the one before it, so one of the two was changed",
    "restore the store from a copy",
    act="Restore the history from a copy",
)
CHANGED_PAYLOAD: Final = Code(
    "MK-HIS-004",
    Severity.ERROR,
    "the header keeps a digest of what was put, so what is stored was changed since",
    "restore the store from a copy",
    act="Restore the history from a copy",
)
LOST_PAYLOAD: Final = Code(
    "MK-HIS-005",
    Severity.ERROR,
    "what is erased on purpose is named by a later commit, and this is not",
    "restore the store from a copy",
    act="Restore the history from a copy",
)
CLOCK_BACK: Final = Code(
    "MK-HIS-006",
    Severity.ADVICE,
    "a clock that is set back says nothing about the order: the sequence does",
    "nothing, if the clock was corrected then",
)
SHORTENED: Final = Code(
    "MK-HIS-007",
    Severity.ERROR,
    "a stream only grows, so commits that were there have been taken away",
    "restore the store from a copy",
    act="Restore the history from a copy",
)
REWRITTEN: Final = Code(
    "MK-HIS-008",
    Severity.ERROR,
    "a commit that was there when the checkpoint was made has another hash now",
    "restore the store from a copy",
    act="Restore the history from a copy",
)
BAD_CHECKPOINT: Final = Code(
    "MK-HIS-009",
    Severity.ERROR,
    "a checkpoint proves something only if it says what it said when it was made",
    "use the checkpoint as it was printed",
)
CONFLICT: Final = Code(
    "MK-HIS-010",
    Severity.ERROR,
    "only people can say which of two changes is meant",
    "look at both, and make the one that is meant anew",
    act="Decide between two changes of one thing",
)
MEANWHILE: Final = Code(
    "MK-HIS-011",
    Severity.ERROR,
    "what was decided on an older state may not fit the newer one",
    "look at what was changed, then do it again; rebase=True keeps both sides where"
    " they do not meet",
)
ID_USED_BEFORE: Final = Code(
    "MK-HIS-012",
    Severity.ERROR,
    "the history of an id is the history of one thing, also after it was removed",
    "give the new element another id",
)
BAD_STREAM: Final = Code(
    "MK-HIS-013",
    Severity.ERROR,
    "streams become names of files and parts of addresses, so they are plain",
    "use slugs of a-z, 0-9 and hyphens, such as harbour or harbour/scenario-one",
)
NO_REASON: Final = Code(
    "MK-HIS-014",
    Severity.ERROR,
    "who comes later must be able to see who changed something, and why",
    "say it in a few words",
)
UNKNOWN_ACTOR: Final = Code(
    "MK-HIS-015",
    Severity.ADVICE,
    "who acts can be asked only where the model knows them",
    "add a party with this id, or use the id of one",
)
WRONG_SNAPSHOT: Final = Code(
    "MK-HIS-016",
    Severity.ERROR,
    "a snapshot only saves time: it must be what folding the commits gives",
    "throw the snapshot away; it is made anew",
)
KEPT_PAYLOAD: Final = Code(
    "MK-HIS-017",
    Severity.ERROR,
    "a commit says that it was erased, so somebody relies on it",
    "erase it again",
    act="Erase what was promised to be erased",
)
WRONG_QUESTION: Final = Code(
    "MK-HIS-018",
    Severity.ERROR,
    "the past is asked by a version, or by a day, and never guessed",
    "give version= as a whole number from 1, or known= as a date",
)
NO_INSTANT: Final = Code(
    "MK-HIS-019",
    Severity.ERROR,
    "an instant without a time zone is another one in another place",
    "let the clock return datetimes with a time zone",
)
