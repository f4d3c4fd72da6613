"""``missionkit score``: what an organization, or an element of it, comes to and why."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from typing import Annotated, Literal, TypeAlias

from attrs import frozen
from cyclopts import Parameter

from missionkit.cli.options import settings_from
from missionkit.cli.project import Project, project_here
from missionkit.cli.status import CLEAN, FINDINGS
from missionkit.cli.stores import Form, show
from missionkit.cli.terminal import File, Switch, called, loaded, today
from missionkit.domain.model import Model
from missionkit.errors import NotFoundError
from missionkit.issue import nearest
from missionkit.markup import Html, join
from missionkit.ports.score import Score
from missionkit.ports.scorer import Scorer
from missionkit.scoring.catalog import SCORERS, scorer_of
from missionkit.scoring.score import score

Many: TypeAlias = Annotated[tuple[str, ...], Parameter(negative=(), show_default=False)]
"""An option that can be given more than once."""

Missing: TypeAlias = Literal["skip", "zero", "fail"]


@frozen
class _Told:
    """Some scores."""

    scores: tuple[Score, ...]

    def __str__(self) -> str:
        return "\n\n".join(map(str, self.scores))

    def as_dict(self) -> dict[str, object]:
        return {"scores": [each.as_dict() for each in self.scores]}

    def to_html(self) -> Html:
        return join(each._repr_html_() for each in self.scores)


def command(  # noqa: PLR0913 - the options of one command
    file: File,
    /,
    *,
    using: Many = (),
    subject: str | None = None,
    on: date | None = None,
    missing: Missing = "skip",
    limit: Many = (),
    format: Form = "text",
    lenient: Switch = False,
    plugins: bool | None = None,
    isolated: Switch = False,
) -> int:
    """Print scores with their parts, what was missing, and how they were made.

    The exit status is 1 where a score that is asked for by its name has no value.

    Args:
        file: A missionkit document or a StratML plan; - is the standard input.
        using: The method, also one of a plug-in; each of ours unless given.
        subject: The id of what is asked about; the whole organization unless given.
        on: The day to judge, such as 2026-03-31; today unless given.
        missing: Skip what is missing, count it as zero, or fail to give a value.
        limit: Judge by another limit: okr_green=0.8.
        format: Plain text, JSON, or an HTML page.
        lenient: Keep unknown fields of a missionkit document aside.
        plugins: Look for the method also in plug-ins, which is the default.
        isolated: Leave the settings of the project aside.
    """
    said = settings_from(limit=limit, plugins=plugins)
    project = Project() if isolated else project_here()
    settings = project.settings | said
    model = loaded(file, lenient=lenient).model
    with redirect_stdout(sys.stderr or StringIO()):  # what a plug-in prints is not ours
        scorers = _scorers(using, plugged=settings.plugins is not False)
        known = _known(scorers, project.settings.limits or {})
        scores = tuple(
            score(
                model,
                using=each,
                subject=subject,
                on=on or today(),
                missing=missing,
                limits={**known[each.name], **_own(each, scorers, said.limits or {})},
            )
            for each in scorers
        )
    show(_Told(scores), format, title="Scores", stream=_title(model, file))
    return FINDINGS if using and any(s.value is None for s in scores) else CLEAN


def _scorers(using: Iterable[str], *, plugged: bool) -> tuple[Scorer, ...]:
    names = tuple(using)
    if not plugged:
        for name in names:
            if name not in SCORERS:
                raise NotFoundError("scorer", name, nearest(name, SCORERS))
    return tuple(map(scorer_of, names)) if names else tuple(SCORERS.values())


def _known(
    scorers: Iterable[Scorer], limits: Mapping[str, float]
) -> dict[str, dict[str, float]]:
    """Return which limits of the project each method has; the others are of rules."""
    return {each.name: dict(_having(each, limits)) for each in scorers}


def _own(
    scorer: Scorer, scorers: tuple[Scorer, ...], limits: Mapping[str, float]
) -> dict[str, float]:
    """Return what a method is given of the limits asked for.

    One that no method has is given to each, so that it is refused by its name.
    """
    known = {name for each in scorers for name, _ in _having(each, limits)}
    unknown = {name: held for name, held in limits.items() if name not in known}
    return {**unknown, **dict(_having(scorer, limits))}


def _having(scorer: Scorer, limits: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    names = {str(spec.name) for spec in scorer.limits}
    return ((name, held) for name, held in limits.items() if name in names)


def _title(model: Model, file: str) -> str:
    return model.root.name if model.root else called(file)
