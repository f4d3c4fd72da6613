"""Why the best peer sees more, where it does: one sentence for each such cell."""

from typing import Any, Final

from tools.calibrate.cells import FOLLOWED, SEASONAL

SILENT: Final = (
    "It never answers here: in one year a season cannot be told from a shift, and"
    " nobody said that the figure has none."
)
SEASON: Final = (
    "It takes the level of each month of the year from the data, for it was not told"
    " which season there is; the threshold of the peer is fitted to this one."
)
FOLLOWING: Final = (
    "It was not told how closely each point follows the one before, and pays for"
    " finding out; the threshold of the peer is fitted to it."
)
SMALL: Final = (
    "It allows for points that follow each other, up to an autocorrelation of 0.5,"
    " which so few points cannot rule out; the threshold of the peer is fitted to"
    " points that do not."
)
EARLY: Final = (
    "Near an end there are few points to tell a shift from points that follow each"
    " other, for which it allows; the threshold of the peer is fitted to points that"
    " do not."
)
MIXED: Final = (
    "It alarms only where the shift is above the one that matters, 10 points by"
    " default; the peer alarms of any shift."
)
RARE: Final = (
    "Among few clients its statistic, the likelihood ratio, gives rare categories more"
    " weight than the figure of the peer does, whose threshold is fitted to this mix."
)


def reason_for(row: dict[str, Any], still: dict[str, Any], way: str) -> str:
    """Return the reason for a row that is judged in a *way*; *still* has no shift."""
    if "size" in row:
        own = row["ours"]
        return MIXED if own[way]["drift"] < own["any"]["drift"] else RARE
    said = still["ours"][way]
    if not said["drift"] + said["calm"]:
        return SILENT
    if row["noise"] in SEASONAL:
        return SEASON
    if row["noise"] in FOLLOWED:
        return FOLLOWING
    return EARLY if row["at"] == "quarter" else SMALL
