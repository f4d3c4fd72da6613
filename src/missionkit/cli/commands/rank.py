"""``missionkit rank``: the options of a table in order, and how sure the order is."""

import sys
from collections.abc import Iterable
from contextlib import redirect_stdout
from io import StringIO
from typing import Annotated, Literal, TypeAlias

from attrs import frozen
from cyclopts import Parameter

from missionkit.cli.codes import WRONG_OPTION
from missionkit.cli.options import settings_from
from missionkit.cli.project import Project, project_here
from missionkit.cli.status import CLEAN, FINDINGS
from missionkit.cli.stores import Form, show
from missionkit.cli.terminal import File, Switch, called, source
from missionkit.errors import InvalidValueError, NotFoundError
from missionkit.formats.csv_table import load_table
from missionkit.issue import Issue, nearest
from missionkit.markup import Html, join, shown
from missionkit.scoring.rank_intervals import RankIntervals
from missionkit.scoring.rankers import METHODS
from missionkit.scoring.ranking import Ranking, rank
from missionkit.scoring.sensitivity import Sensitivity

Many: TypeAlias = Annotated[tuple[str, ...], Parameter(negative=(), show_default=False)]
"""An option that can be given more than once."""

Missing: TypeAlias = Literal["skip", "zero", "fail"]


@frozen(kw_only=True)
class _Told:
    """A ranking, and what would change it."""

    ranking: Ranking
    sensitivity: Sensitivity
    intervals: RankIntervals | None

    def __str__(self) -> str:
        return "\n\n".join(str(each) for each in self._all())

    def as_dict(self) -> dict[str, object]:
        told: dict[str, object] = self.ranking.as_dict()
        told["sensitivity"] = self.sensitivity.as_dict()
        if self.intervals is not None:
            told["intervals"] = self.intervals.as_dict()
        return told

    def to_html(self) -> Html:
        return join(each._repr_html_() for each in self._all())

    def _all(self) -> tuple[Ranking | Sensitivity | RankIntervals, ...]:
        own = (self.ranking, self.sensitivity)
        return own if self.intervals is None else (*own, self.intervals)


def command(  # noqa: PLR0913 - the options of one command
    file: File,
    /,
    *,
    using: str = "weighted-sum",
    weight: Many = (),
    lower: Many = (),
    normalization: str | None = None,
    missing: Missing = "fail",
    draws: int = 0,
    seed: int = 0,
    format: Form = "text",
    plugins: bool | None = None,
    isolated: Switch = False,
) -> int:
    """Print the options of a table in order, and which weight would change the first.

    The file is CSV: a header with the criteria, then a row for each option, its name
    first. The exit status is 1 where the options cannot be put in order.

    Args:
        file: A CSV file; - is the standard input.
        using: The method: weighted-sum, topsis, or one of a plug-in.
        weight: What a criterion counts: cost=2. All count alike unless one is given.
        lower: A criterion of which less is better.
        normalization: How numbers become comparable: min-max, vector or none.
        missing: Of an option with an empty cell: fail, so that it has no place, skip
            the criterion, or take it for zero.
        draws: Try so many random weights, and tell between which places options stay.
        seed: Equal seeds give equal random weights.
        format: Plain text, JSON, or an HTML page.
        plugins: Look for the method also in plug-ins, which is the default.
        isolated: Leave the settings of the project aside.
    """
    weights = _weights(weight)
    project = Project() if isolated else project_here()
    settings = project.settings | settings_from(plugins=plugins)
    if settings.plugins is False and using not in METHODS:
        near = nearest(using, METHODS) or tuple(METHODS)
        raise NotFoundError("ranking method", using, near)
    held = load_table(source(file), name=called(file))
    with redirect_stdout(sys.stderr or StringIO()):  # what a plug-in prints is not ours
        ranking = rank(
            held.columns,
            names=held.names,
            using=using,
            weights=weights or None,
            directions=dict.fromkeys(lower, "lower"),
            normalization=normalization,
            missing=missing,
        )
        told = _Told(
            ranking=ranking,
            sensitivity=ranking.sensitivity(),
            intervals=ranking.intervals(draws=draws, seed=seed) if draws else None,
        )
    show(told, format, title="The options in order", stream=called(file))
    return FINDINGS if ranking.reason else CLEAN


def _weights(given: Iterable[str]) -> dict[str, float]:
    """Return the weights; a name may have commas and signs in it."""
    found: dict[str, float] = {}
    faults: list[Issue] = []
    for text in given:
        name, sign, number = text.rpartition("=")
        try:
            found[name.strip()] = float(number)
        except ValueError:
            sign = ""
        if not sign or not name.strip():
            said = f"--weight {shown(text)} is not written as NAME=NUMBER."
            fix = "missionkit rank --help shows how the options are written"
            faults.append(
                WRONG_OPTION.issue(said, path="--weight", value=text, fix=fix)
            )
    if faults:
        raise InvalidValueError("rank", tuple(faults))
    return found
