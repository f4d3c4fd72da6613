"""What may be asked of the figures of an organization; all faults are told at once."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import frozen

from missionkit.domain.checking import shape_faults
from missionkit.domain.codes import WRONG_TYPE
from missionkit.domain.conduct import Ledger
from missionkit.domain.marks import AtLeast, Between
from missionkit.domain.spec import Leaf
from missionkit.drift import codes
from missionkit.drift.indicator_catalog import indicator_of
from missionkit.drift.ledger.calendar import by_faults
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue, did_you_mean
from missionkit.markup import shown
from missionkit.ports.indicator import Indicator
from missionkit.ports.limits import limit_faults

ASKED: Final = "find_drift"
_AMOUNT: Final = Leaf(float, (AtLeast(0),))
_SHARE: Final = Leaf(float, (Between(0, 1),))
_SEASON: Final = Leaf(int, (Between(1, 366),))


def indicators_of(using: object) -> tuple[Indicator, ...]:
    """Return the indicators that are asked about; refuse what is no list of them.

    Raises `InvalidValueError`, or as `indicator_of` where one of them is not known.
    """
    if isinstance(using, str | bytes) or not isinstance(using, Iterable):
        said = f"using must be a list of indicators, got {shown(using)}."
        fix = f"write [{using!r}]" if isinstance(using, str) else ""
        issue = WRONG_TYPE.issue(said, path="using", value=using, fix=fix)
        raise InvalidValueError(ASKED, (issue,))
    return tuple(indicator_of(each) for each in using)


@frozen(kw_only=True)
class Options:
    """What was given beside the model, the day and the indicators."""

    ledgers: Mapping[str, object]
    detector: object
    by: object
    season: object
    level: object
    least: object
    limits: object
    seed: object

    def refuse(self, using: Iterable[Indicator]) -> None:
        """Raise `InvalidValueError` that names every fault."""
        if faults := tuple(self._faults(tuple(using))):
            raise InvalidValueError(ASKED, faults)

    def _faults(self, using: tuple[Indicator, ...]) -> Iterator[Issue]:
        yield from _ledger_faults(self.ledgers)
        if isinstance(self.detector, type) or not callable(self.detector):
            said = f"detector must judge a series, got {shown(self.detector)}."
            fix = "give an object that can be called with a view, or leave it out"
            yield WRONG_TYPE.issue(said, path="detector", value=self.detector, fix=fix)
        if self.by is not None:
            yield from by_faults(self.by)
        if self.season is not None:
            yield from shape_faults(_SEASON, self.season, "season")
        yield from shape_faults(_SHARE, self.level, "level")
        yield from shape_faults(Leaf(int), self.seed, "seed")
        specs = [spec for each in using for spec in each.limits]
        yield from limit_faults(specs, {} if self.limits is None else self.limits)
        if self.least is not None:
            yield from _least_faults(self.least, [each.name for each in using])


def _ledger_faults(ledgers: Mapping[str, object]) -> Iterator[Issue]:
    for name, held in ledgers.items():
        if held is not None and not isinstance(held, Ledger):
            said = f"{name} must be a ledger, got {shown(held)}."
            fix = "read one with read_ledger, or put records into Ledger(...)"
            yield WRONG_TYPE.issue(said, path=name, value=held, fix=fix)


def _least_faults(least: object, names: list[str]) -> Iterator[Issue]:
    if not isinstance(least, Mapping):
        said = f"least must be shifts by indicator, got {shown(least)}."
        yield WRONG_TYPE.issue(said, path="least", value=least)
        return
    for name, held in least.items():
        path = f"least[{shown(name)}]"
        yield from shape_faults(_AMOUNT, held, path)
        if name not in names:
            said = f"No indicator called {shown(name)} is asked."
            fix = did_you_mean(str(name), names) or "leave it out"
            yield codes.NO_INDICATOR.issue(said, path=path, value=name, fix=fix)
