"""Keep people's names out of a pack that others will read."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from attrs import evolve

from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.issue import Issue
from missionkit.ports.format import Imported, Lost

_SHORTEST: Final = 3


def without_names(model: Model) -> Model:
    """Return *model* with the id of every party in the place of its name."""
    return model.with_(*(evolve(p, name=p.id) for p in model.of(Party)))


def import_without_names(imported: Imported, model: Model) -> Imported:
    """Return what was said of an import, without the names of parties in *model*."""
    hide = hiding(model.of(Party))
    return evolve(
        imported,
        model=without_names(imported.model),
        issues=tuple(_issue_without(issue, hide) for issue in imported.issues),
        lost=tuple(_lost_without(lost, hide) for lost in imported.lost),
    )


def hiding(parties: Iterable[Party]) -> Callable[[str], str]:
    """Return a function that puts ids in the place of names in a text.

    Names of one or two letters stay: they would be found in every word.
    """
    ids = {party.name.casefold(): party.id for party in parties}
    names = sorted((n for n in ids if len(n) >= _SHORTEST), key=len, reverse=True)
    if not names:
        return str
    pattern = re.compile("|".join(map(re.escape, names)), re.IGNORECASE)
    return lambda text: pattern.sub(lambda hit: ids.get(hit[0].casefold(), "…"), text)


def _issue_without(issue: Issue, hide: Callable[[str], str]) -> Issue:
    return evolve(
        issue,
        message=hide(issue.message),
        fix=hide(issue.fix),
        value=hide(issue.value),
    )


def _lost_without(lost: Lost, hide: Callable[[str], str]) -> Lost:
    return evolve(lost, value=hide(lost.value), why=hide(lost.why))
