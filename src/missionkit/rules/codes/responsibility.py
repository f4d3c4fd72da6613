"""Codes of who answers for what."""

from typing import Final

from missionkit.issue import Code, Severity

NOT_ONE_ACCOUNTABLE: Final = Code(
    "MK-RSP-011",
    Severity.ERROR,
    "where two answer for something nobody does, and where nobody does it is left",
    "give the letter A to exactly one role",
    act="Make one role accountable, and only one",
    by="engineer",
)
NOBODY_RESPONSIBLE: Final = Code(
    "MK-RSP-012",
    Severity.ERROR,
    "somebody has to do the work",
    "give the letter R to at least one role; whoever has the A may have it too",
    act="Say who does the work",
    by="engineer",
)
NOT_ONE_OWNER: Final = Code(
    "MK-RSP-013",
    Severity.ERROR,
    "a process is kept and improved by one owner, and by nobody where there are two",
    "assign a role of the kind owner on the process to one active party",
    act="Give every process exactly one owner",
    by="sponsor",
)
ACCOUNTABLE_FOR_TOO_MUCH: Final = Code(
    "MK-RSP-014",
    Severity.WARNING,
    "one party that has to sign off everything holds everything up",
    "give some of the letters A to roles of other parties",
    act="Spread accountability over more people",
    by="sponsor",
)
TOO_MANY_CONSULTED: Final = Code(
    "MK-RSP-015",
    Severity.WARNING,
    "each role that is asked before something is done delays it",
    "inform (I) those whose answer changes nothing",
    act="Ask fewer people before something is done",
    by="engineer",
)
VERIFIER_IS_OWNER: Final = Code(
    "MK-RSP-016",
    Severity.WARNING,
    "whoever checks their own work sees what they expect to see",
    "let another party verify the action",
    act="Let somebody else verify what was done",
    by="reviewer",
)
