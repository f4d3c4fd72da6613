"""Codes of effort and revenue that lead away from the mission."""

from typing import Final

from missionkit.issue import Code, Severity

OFF_MISSION: Final = Code(
    "MK-DRF-037",
    Severity.WARNING,
    "effort that serves no goal is missing where it was meant to go",
    "stop what serves no goal, or decide about it and say which goal it serves",
    act="Bring effort back to the mission",
    by="sponsor",
)
NOT_PLANNED: Final = Code(
    "MK-DRF-038",
    Severity.WARNING,
    "where nobody said where effort should go, nobody can see it go elsewhere",
    "fill `planned` of every bucket; zero is a plan, too",
    act="Plan where effort should go",
    by="planner",
)
DRIFT: Final = Code(
    "MK-DRF-039",
    Severity.WARNING,
    "effort that moves without a decision moves away from the mission unseen",
    "move effort back, or record the decision and name in `covers` what may grow",
    act="Decide whether effort may go where it went",
    by="sponsor",
)
CONCENTRATED: Final = Code(
    "MK-DRF-040",
    Severity.WARNING,
    "who depends on few payers, or on one-off work, follows them and not the mission",
    "win payers of other kinds, or state your own limit where the few are groups",
    act="Spread revenue, and win contracts that recur",
    by="sponsor",
)
