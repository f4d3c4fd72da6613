"""The indicators there are: every module of `indicators`, and what is installed."""

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from missionkit.domain.conduct import AllocationSnapshot, Basis, RevenueSnapshot
from missionkit.drift import codes, indicators
from missionkit.errors import InvalidValueError, PluginError
from missionkit.issue import Issue
from missionkit.ports.catalog import Catalog, method_faults
from missionkit.ports.indicator import Indicator, IndicatorView


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
    found, failed = _CATALOG.installed()
    return InstalledIndicators(found=found, failed=failed)


def indicator_of(using: Indicator | str) -> Indicator:
    """Return an indicator as it is, or the one of a name: of ours, or else installed.

    Raises:
        NotFoundError: nothing has this name, with the nearest that there are.
        PluginError: the plug-in of this name failed.
        InvalidValueError: what was given is neither a name nor an indicator.
    """
    return _CATALOG.named(using) if isinstance(using, str) else _checked(using)


def indicator_faults(held: object) -> Iterator[Issue]:
    """Yield an issue for each thing that an indicator must have and *held* has not."""
    return method_faults(held, _CATALOG.noun, codes.NO_INDICATOR)


def _checked(held: Any) -> Indicator:  # noqa: ANN401 - whatever somebody gives
    if wrong := tuple(indicator_faults(held)):
        raise InvalidValueError("indicator", wrong)
    indicator: Indicator = held
    return indicator


def _taken(value: object) -> Indicator:
    """Return the indicator that a plug-in is, or one made of its class."""
    return _checked(value() if isinstance(value, type) else value)


_CATALOG: Final = Catalog(
    group="indicators", noun="indicator", own=INDICATORS, taken=_taken
)


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
