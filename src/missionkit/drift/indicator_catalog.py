"""The indicators there are: every module of `indicators`, and what is installed."""

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final

from attrs import frozen

from missionkit.domain.conduct import AllocationSnapshot, Basis, RevenueSnapshot
from missionkit.drift import codes, indicators
from missionkit.errors import InvalidValueError, NotFoundError, PluginError
from missionkit.issue import Issue, nearest
from missionkit.markup import shown
from missionkit.plugins import Plugin, installed
from missionkit.ports.indicator import Indicator, IndicatorView
from missionkit.ports.rule import LimitSpec


def _ours() -> Iterator[Indicator]:
    for found in sorted(pkgutil.iter_modules(indicators.__path__)):
        module = import_module(f"{indicators.__name__}.{found.name}")
        held: tuple[Indicator, ...] = module.INDICATORS
        yield from held


INDICATORS: Final[Mapping[str, Indicator]] = MappingProxyType(
    {each.name: each for each in _ours()}
)
"""The indicators that missionkit has itself, by name."""


@frozen(kw_only=True)
class InstalledIndicators:
    """The indicators that plug-ins bring along, by name, and those that failed."""

    found: Mapping[str, Indicator]
    failed: tuple[PluginError, ...] = ()


def installed_indicators() -> InstalledIndicators:
    """Return the indicators of all plug-ins; one that fails harms no other.

    A name that is taken becomes ``distribution:name``.
    """
    plugins = installed("indicators", own=INDICATORS)
    held = {each.name: _held(each) for each in plugins.found}
    failed = (each for each in held.values() if isinstance(each, PluginError))
    found = {n: i for n, i in held.items() if not isinstance(i, PluginError)}
    return InstalledIndicators(found=found, failed=(*plugins.failed, *failed))


def _held(plugin: Plugin) -> Indicator | PluginError:
    """Return the indicator that a plug-in is, or one made of its class."""
    whose = plugin.distribution, plugin.name
    made = plugin.value
    try:
        made = made() if isinstance(made, type) else made
        wrong = tuple(indicator_faults(made))
    except Exception as error:  # noqa: BLE001 - a plug-in is anybody's code
        what = f"its indicator cannot be made: {type(error).__name__}: {shown(error)}"
        failure = PluginError(*whose, what, plugin.version)
        failure.__cause__ = error
        return failure
    if wrong or not isinstance(made, Indicator):
        said = wrong[0].message if wrong else "it is no indicator"
        return PluginError(*whose, said, plugin.version)
    return made


def indicator_of(using: Indicator | str) -> Indicator:
    """Return an indicator as it is, or the one of a name: of ours, or else installed.

    Raises:
        NotFoundError: nothing has this name, with the nearest that there are.
        PluginError: the plug-in of this name failed.
        InvalidValueError: what was given is neither a name nor an indicator.
    """
    if isinstance(using, str):
        return INDICATORS[using] if using in INDICATORS else _of_plugin(using)
    wrong = tuple(indicator_faults(using))
    if wrong:
        raise InvalidValueError("indicator", wrong)
    return using


def _of_plugin(name: str) -> Indicator:
    plugins = installed_indicators()
    if name in plugins.found:
        return plugins.found[name]
    for failure in plugins.failed:
        if name in (failure.name, f"{failure.distribution}:{failure.name}"):
            raise failure
    known = (*INDICATORS, *plugins.found)
    raise NotFoundError("indicator", name, nearest(name, known) or known)


def indicator_faults(held: object) -> Iterator[Issue]:
    """Yield an issue for each thing that an indicator must have and *held* has not."""
    if isinstance(held, type) or not callable(held):
        made = "it is a class" if isinstance(held, type) else "it cannot be called"
        yield _no_indicator(made, held)
        return
    for name in ("name", "version"):
        text = getattr(held, name, None)
        if not isinstance(text, str) or not text.strip():
            yield _no_indicator(f"its `{name}` is no text", held)
    for name, kind in (("requires", str), ("limits", LimitSpec)):
        many = getattr(held, name, None)
        if not isinstance(many, tuple) or not all(isinstance(x, kind) for x in many):
            words = "texts" if kind is str else "limits"
            yield _no_indicator(f"its `{name}` are no tuple of {words}", held)


def _no_indicator(what: str, held: object) -> Issue:
    said = f"{shown(held)} is no indicator: {what}."
    fix = "call it to make one" if isinstance(held, type) else ""
    return codes.NO_INDICATOR.issue(said, path="using", value=held, fix=fix)


def lacking(indicator: Indicator, view: IndicatorView) -> tuple[str, ...]:
    """Return what an indicator requires and a view does not have.

    Activities and revenue are there as a ledger, or as snapshots in the model.
    """
    counts = view.model.counts()
    hours = Basis.EFFORT_HOURS
    there = {
        "activities": view.activities is not None
        or any(each.basis is hours for each in view.of(AllocationSnapshot)),
        "revenue": view.revenue is not None or bool(view.of(RevenueSnapshot)),
    }
    return tuple(
        name for name in indicator.requires if not there.get(name, counts.get(name))
    )
