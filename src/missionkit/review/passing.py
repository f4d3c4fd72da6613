"""The passes of a review through its stages: in their order, with loops and reasons."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from attrs import frozen

from missionkit.domain.review import StageRun
from missionkit.domain.stages import Stage

MANY: Final = 3
"""From so many returns between the same two stages on, somebody should ask why."""


@frozen(kw_only=True)
class Correction:
    """A return to an earlier stage, or a new pass of the same one, and its reason."""

    source: str
    target: str
    pass_number: int
    on: date | None = None
    why: str = ""
    causes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {
            "source": self.source,
            "target": self.target,
            "pass": self.pass_number,
            "on": self.on.isoformat() if self.on else None,
            "why": self.why,
            "causes": list(self.causes),
        }


@frozen(kw_only=True)
class Loop:
    """How often a review went back from one stage to another."""

    source: str
    target: str
    times: int

    @property
    def many(self) -> bool:
        """Whether it happened so often that something else must be wrong."""
        return self.times >= MANY

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {"source": self.source, "target": self.target, "times": self.times}


def in_order(runs: Iterable[StageRun], stages: Sequence[Stage]) -> tuple[StageRun, ...]:
    """Return passes as they came about.

    Days are all that is known of them: of those that began on one day the earlier
    pass comes first, and then the earlier stage.
    """
    place = {stage.key: at for at, stage in enumerate(stages)}

    def key(run: StageRun) -> tuple[date, int, int, str]:
        at = place.get(run.stage, len(place))
        return run.entered or date.max, run.pass_number, at, run.id

    return tuple(sorted(runs, key=key))


def corrections(
    runs: Iterable[StageRun], stages: Sequence[Stage]
) -> Iterator[Correction]:
    """Yield where a review went back, of passes in their order.

    Where the stages are not known, they come in the order in which they were entered.
    """
    passes = tuple(runs)
    keys = [stage.key for stage in stages] or dict.fromkeys(r.stage for r in passes)
    place = {key: at for at, key in enumerate(keys)}
    for before, run in pairwise(passes):
        if place.get(run.stage, len(place)) <= place.get(before.stage, -1):
            yield Correction(
                source=before.stage,
                target=run.stage,
                pass_number=run.pass_number,
                on=run.entered,
                why=run.reason,
                causes=run.causes,
            )


def loops(found: Iterable[Correction]) -> tuple[Loop, ...]:
    """Return how often each return was made, in the order of the first of each."""
    counts = Counter((each.source, each.target) for each in found)
    return tuple(
        Loop(source=source, target=target, times=times)
        for (source, target), times in counts.items()
    )
