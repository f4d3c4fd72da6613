"""The methods there are: every module of `methods`, and what is installed."""

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final

from attrs import frozen

from missionkit.errors import InvalidValueError, NotFoundError, PluginError
from missionkit.issue import Issue, nearest
from missionkit.markup import shown
from missionkit.plugins import Plugin, installed
from missionkit.ports.rule import LimitSpec
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
    plugins = installed("scorers", own=SCORERS)
    held = {each.name: _held(each) for each in plugins.found}
    failed = (each for each in held.values() if isinstance(each, PluginError))
    found = {n: s for n, s in held.items() if not isinstance(s, PluginError)}
    return InstalledScorers(found=found, failed=(*plugins.failed, *failed))


def _held(plugin: Plugin) -> Scorer | PluginError:
    """Return the scorer that a plug-in is; of a class, one made without arguments."""
    whose = plugin.distribution, plugin.name
    made = plugin.value
    try:
        made = made() if isinstance(made, type) else made
        wrong = tuple(scorer_faults(made))
    except Exception as error:  # noqa: BLE001 - a plug-in is anybody's code
        what = f"its scorer cannot be made: {type(error).__name__}: {shown(error)}"
        failure = PluginError(*whose, what, plugin.version)
        failure.__cause__ = error
        return failure
    if wrong or not isinstance(made, Scorer):
        said = wrong[0].message if wrong else "it is no scorer"
        return PluginError(*whose, said, plugin.version)
    return made


def scorer_of(using: Scorer | str) -> Scorer:
    """Return a scorer as it is, or the one of a name: of ours, or else installed.

    Raises:
        NotFoundError: nothing has this name, with the nearest that there are.
        PluginError: the plug-in of this name failed.
        InvalidValueError: what was given is neither a name nor a scorer.
    """
    if isinstance(using, str):
        return SCORERS[using] if using in SCORERS else _of_plugin(using)
    wrong = tuple(scorer_faults(using))
    if wrong:
        raise InvalidValueError("score", wrong)
    return using


def _of_plugin(name: str) -> Scorer:
    plugins = installed_scorers()
    if name in plugins.found:
        return plugins.found[name]
    for failure in plugins.failed:
        if name in (failure.name, f"{failure.distribution}:{failure.name}"):
            raise failure
    known = (*SCORERS, *plugins.found)
    raise NotFoundError("scorer", name, nearest(name, known) or known)


def scorer_faults(held: object) -> Iterator[Issue]:
    """Yield an issue for each thing that a scorer must have and *held* has not."""
    if isinstance(held, type) or not callable(held):
        made = "it is a class" if isinstance(held, type) else "it cannot be called"
        yield _no_scorer(made, held)
        return
    for name in ("name", "version"):
        text = getattr(held, name, None)
        if not isinstance(text, str) or not text.strip():
            yield _no_scorer(f"its `{name}` is no text", held)
    for name, kind in (("requires", str), ("limits", LimitSpec)):
        many = getattr(held, name, None)
        if not isinstance(many, tuple) or not all(isinstance(x, kind) for x in many):
            words = "texts" if kind is str else "limits"
            yield _no_scorer(f"its `{name}` are no tuple of {words}", held)


def _no_scorer(what: str, held: object) -> Issue:
    said = f"{shown(held)} is no scorer: {what}."
    fix = "call it to make one" if isinstance(held, type) else ""
    return codes.NO_SCORER.issue(said, path="using", value=held, fix=fix)
