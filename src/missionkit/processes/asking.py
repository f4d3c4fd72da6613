"""What every question about processes begins with: a sound asking, or a refusal."""

from collections.abc import Iterable, Mapping
from datetime import date

from missionkit.domain.checking import refuse_no_day
from missionkit.domain.codes import WRONG_TYPE
from missionkit.domain.model import Model, refuse_no_model
from missionkit.errors import InvalidValueError
from missionkit.markup import shown
from missionkit.ports.limits import limit_faults, limits_of
from missionkit.ports.rule import LimitSpec


def refuse_unsound(asked: str, model: Model, on: date) -> None:
    """Raise `InvalidValueError` where no model, or no day, is given."""
    refuse_no_model(model, asked)
    refuse_no_day(on, asked)


def limits_in_use(
    asked: str, specs: Iterable[LimitSpec], model: Model, given: Mapping[str, float]
) -> Mapping[str, float]:
    """Return the limits by name: as given, the organization's own, or the usual ones.

    Raises `InvalidValueError` for a limit that nobody asks for, or that is none.
    """
    known = tuple(specs)
    if faults := tuple(limit_faults(known, given)):
        raise InvalidValueError(asked, faults)
    return limits_of(known, model, given)


def refuse_other(asked: str, held: object, kind: type, path: str, meant: str) -> None:
    """Raise `InvalidValueError` where what is given at *path* is not what is meant."""
    if not isinstance(held, kind):
        said = f"{path} must be {meant}, got {shown(held)}."
        issue = WRONG_TYPE.issue(said, path=path, value=held, fix=f"pass {meant}")
        raise InvalidValueError(asked, (issue,))
