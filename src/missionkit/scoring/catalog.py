"""The methods there are: every module of `methods`, and what is installed."""

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from missionkit.errors import InvalidValueError, PluginError
from missionkit.issue import Issue
from missionkit.ports.catalog import Catalog, method_faults
from missionkit.ports.scorer import Scorer
from missionkit.scoring import codes, methods


def _ours() -> Iterator[Scorer]:
    for found in sorted(pkgutil.iter_modules(methods.__path__)):
        scorers: tuple[Scorer, ...] = import_module(
            f"{methods.__name__}.{found.name}"
        ).SCORERS
        yield from scorers


SCORERS: Final[Mapping[str, Scorer]] = MappingProxyType({s.name: s for s in _ours()})
"""The methods that missionkit has itself, by name."""


@frozen(kw_only=True)
class InstalledScorers:
    """The methods that plug-ins bring along, by name, and the plug-ins that failed."""

    found: Mapping[str, Scorer]
    failed: tuple[PluginError, ...] = ()


def installed_scorers() -> InstalledScorers:
    """Return the methods of all plug-ins; one that fails is named, and harms no other.

    A name that is taken becomes ``distribution:name``.
    """
    found, failed = _CATALOG.installed()
    return InstalledScorers(found=found, failed=failed)


def scorer_of(using: Scorer | str) -> Scorer:
    """Return a scorer as it is, or the one of a name: of ours, or else installed.

    Raises:
        NotFoundError: nothing has this name, with the nearest that there are.
        PluginError: the plug-in of this name failed.
        InvalidValueError: what was given is neither a name nor a scorer.
    """
    return _CATALOG.named(using) if isinstance(using, str) else _checked(using)


def scorer_faults(held: object) -> Iterator[Issue]:
    """Yield an issue for each thing that a scorer must have and *held* has not."""
    return method_faults(held, _CATALOG.noun, codes.NO_SCORER)


def _checked(held: Any) -> Scorer:  # noqa: ANN401 - whatever somebody gives
    if wrong := tuple(scorer_faults(held)):
        raise InvalidValueError("score", wrong)
    scorer: Scorer = held
    return scorer


def _taken(value: object) -> Scorer:
    """Return the scorer that a plug-in is; of a class, one made without arguments."""
    return _checked(value() if isinstance(value, type) else value)


_CATALOG: Final = Catalog(group="scorers", noun="scorer", own=SCORERS, taken=_taken)
