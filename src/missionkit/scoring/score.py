"""`score`: one method, asked about one subject of a model."""

from collections.abc import Mapping
from datetime import date

from missionkit.domain.checking import refuse_no_day, shape_faults
from missionkit.domain.declaration import Element, id_of
from missionkit.domain.model import Model, refuse_no_model
from missionkit.domain.spec import Choice
from missionkit.errors import InvalidValueError, MissionKitError, PluginError
from missionkit.markup import shown
from missionkit.plugins import distribution_of
from missionkit.ports.limits import limit_faults, limits_of
from missionkit.ports.part import MissingPolicy
from missionkit.ports.score import Score
from missionkit.ports.scorer import Scorer, ScoreView
from missionkit.scoring.catalog import scorer_of

__all__ = ["score"]


def score(  # noqa: PLR0913 - options of one question, by keyword
    model: Model,
    *,
    using: Scorer | str,
    subject: Element | str | None = None,
    on: date | None = None,
    missing: MissingPolicy | str = MissingPolicy.SKIP,
    limits: Mapping[str, float] | None = None,
) -> Score:
    """Return a score of *subject*, or of the organization as a whole, with its parts.

    *using* is a scorer, or the name of a method of ours or of a plug-in. What depends
    on the day needs *on*. *missing* says what is done about missing data: skip it,
    count it as zero, or fail, so that there is no value. *limits* replace those of the
    root organization, which replace the method's own.

    Raises:
        InvalidValueError: there is no model, no scorer, `on` is no date, `missing` no
            policy, or a limit is unknown or no number; all are named.
        NotFoundError: there is no method or no element of this name.
        PluginError: the scorer of a third party failed.
    """
    refuse_no_model(model, "score")
    if on is not None:
        refuse_no_day(on, "score")
    scorer = scorer_of(using)
    policy = next((each for each in MissingPolicy if each == missing), missing)
    given = {} if limits is None else limits
    wrong = (
        *shape_faults(Choice(MissingPolicy), policy, "missing"),
        *limit_faults(scorer.limits, given),
    )
    if wrong or not isinstance(policy, MissingPolicy):
        raise InvalidValueError("score", wrong)
    ref = None if subject is None else model[id_of(subject)].id
    view = ScoreView(
        model=model,
        subject=ref,
        on=on,
        missing=policy,
        limits=limits_of(scorer.limits, model, given),
    )
    return _asked(scorer, view)


def _asked(scorer: Scorer, view: ScoreView) -> Score:
    """Return what a scorer answers; of one that fails, say whose it is."""
    try:
        found: object = scorer(view)
    except MissionKitError:
        raise
    except Exception as error:
        said = f"it raised {type(error).__name__}: {shown(error)}"
        raise _failure(scorer, said) from error
    if not isinstance(found, Score):
        raise _failure(scorer, f"it gave {shown(found)} and no score")
    asked = {
        "method": scorer.name,
        "version": scorer.version,
        "subject": view.subject or "",
        "on": view.on,
        "policy": view.missing,
    }
    for name, held in asked.items():
        if getattr(found, name) != held:
            said = f"{shown(getattr(found, name))} and not {shown(held)}"
            raise _failure(scorer, f"its score is of another {name}: {said}")
    return found


def _failure(scorer: Scorer, what: str) -> PluginError:
    module = type(scorer).__module__
    return PluginError(distribution_of(module) or module, scorer.name, what)
