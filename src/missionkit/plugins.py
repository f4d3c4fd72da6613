"""Plug-ins: what installed distributions offer, read when it is asked for.

A distribution offers something by an entry point of the group ``missionkit.rules``,
``missionkit.stores`` and so on. Nothing is read before somebody asks. A plug-in is
code, and may do whatever code can; one that fails is named, and harms no other.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import metadata
from operator import attrgetter
from typing import Final

from attrs import evolve, frozen

from missionkit.errors import NotFoundError, PluginError
from missionkit.issue import nearest
from missionkit.markup import shown

GROUPS: Final = (
    "stores",
    "scorers",
    "rankers",
    "detectors",
    "indicators",
    "rules",
    "guards",
    "workflows",
    "formats",
    "kinds",
)
"""What can be plugged in."""

_FILE: Final = "entry_points.txt"
_SEPARATORS: Final = re.compile(r"[-_.]+")


@frozen(kw_only=True)
class Plugin:
    """Something that a distribution offers; `value` is what its entry point names.

    Where two share a name, or missionkit has it itself, each is ``distribution:name``.
    """

    name: str
    distribution: str
    version: str
    value: object


@frozen(kw_only=True)
class Installed:
    """The plug-ins of a group, by distribution and name.

    `failed` tells of those that could not be loaded, `clashes` of those that are found
    under a longer name because they share their own.
    """

    group: str
    found: tuple[Plugin, ...] = ()
    failed: tuple[PluginError, ...] = ()
    clashes: tuple[PluginError, ...] = ()


@frozen
class _Offer:
    """An entry point that is declared, and was not loaded yet."""

    distribution: str
    version: str
    name: str
    entry: metadata.EntryPoint

    def failure(self, what: str, cause: BaseException | None = None) -> PluginError:
        error = PluginError(self.distribution, self.name, what, self.version)
        error.__cause__ = cause
        return error


def installed(group: str, *, own: Iterable[str] = ()) -> Installed:
    """Return the plug-ins of a group; *own* are the names that missionkit has itself.

    Raises `NotFoundError` with the nearest names for a group that is not known.
    """
    if group not in GROUPS:
        raise NotFoundError("group of plug-ins", group, nearest(group, GROUPS))
    declared = tuple(_declared(f"missionkit.{group}"))
    offers, clashes = _told_apart([e for e in declared if isinstance(e, _Offer)], own)
    loaded = (*map(_loaded, offers),)
    return Installed(
        group=group,
        found=tuple(each for each in loaded if isinstance(each, Plugin)),
        failed=tuple(e for e in (*declared, *loaded) if isinstance(e, PluginError)),
        clashes=clashes,
    )


def _declared(group: str) -> Iterator[_Offer | PluginError]:
    for name in sorted({_name_of(each) for each in _offering(group)}):
        try:
            # Where it is installed twice, this is the one that can be imported.
            found = metadata.distribution(name)
            offers = _offers(found, group)
        except Exception as error:  # noqa: BLE001 - one that is damaged harms no other
            what = f"its plug-ins cannot be read: {type(error).__name__}"
            failure = PluginError(name, group, what)
            failure.__cause__ = error
            yield failure
            continue
        yield from offers


def _offering(group: str) -> Iterator[metadata.Distribution]:
    """Yield the distributions that may have a plug-in; the others are not read."""
    for each in metadata.distributions():
        try:
            if f"[{group}]" in (each.read_text(_FILE) or ""):
                yield each
        except Exception:  # noqa: BLE001, S112 - what cannot be read offers nothing
            continue


def _name_of(distribution: metadata.Distribution) -> str:
    try:
        name = str(distribution.metadata["Name"] or "")
    except Exception:  # noqa: BLE001 - told below, when nothing is found by its name
        name = ""
    return _SEPARATORS.sub("-", name).lower() or f"in {distribution.locate_file('')}"


def _offers(distribution: metadata.Distribution, group: str) -> tuple[_Offer, ...]:
    name, version = str(distribution.name), str(distribution.version or "")
    entries = set(distribution.entry_points.select(group=group))
    ordered = sorted(entries, key=attrgetter("name", "value"))
    return tuple(_Offer(name, version, entry.name, entry) for entry in ordered)


def _told_apart(
    offers: Iterable[_Offer], own: Iterable[str]
) -> tuple[tuple[_Offer, ...], tuple[PluginError, ...]]:
    """Return the offers, each under a name of its own, and which had to be renamed."""
    offers = tuple(offers)
    times = Counter(offer.name for offer in offers) + Counter(set(own))
    told, clashes = [], []
    for offer in offers:
        if times[offer.name] == 1:
            told.append(offer)
            continue
        longer = f"{offer.distribution}:{offer.name}"
        what = f"its name is taken, too, by {_others(offer, offers)}; it is {longer!r}"
        told.append(evolve(offer, name=longer))
        clashes.append(offer.failure(what))
    return tuple(told), tuple(clashes)


def _others(offer: _Offer, offers: Iterable[_Offer]) -> str:
    same = (o for o in offers if o.name == offer.name and o is not offer)
    return ", ".join(sorted({o.distribution for o in same})) or "missionkit"


def _loaded(offer: _Offer) -> Plugin | PluginError:
    try:
        return Plugin(
            name=offer.name,
            distribution=offer.distribution,
            version=offer.version,
            value=offer.entry.load(),
        )
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:  # noqa: BLE001 - also one that wants to end us
        said = f"{type(error).__name__}: {shown(error)}".rstrip(": ")
        what = f"{shown(offer.entry.value)} cannot be imported ({said})"
        return offer.failure(what, error)


def distribution_of(module: str) -> str:
    """Return the name of the installed distribution a module is from, or nothing.

    It reads what is installed, and is meant for naming who is to blame.
    """
    top = module.partition(".")[0]
    if top in sys.stdlib_module_names:
        return ""
    try:
        names = sorted(set(metadata.packages_distributions().get(top, ())))
        # Several distributions can share one name at the top.
        owners = names if len(names) == 1 else [n for n in names if _holds(n, module)]
    except Exception:  # noqa: BLE001 - whatever is installed, the blame goes on
        return ""
    return owners[0] if len(owners) == 1 else ""


def _holds(distribution: str, module: str) -> bool:
    parts = tuple(module.split("."))
    paths = {path.with_suffix("").parts for path in metadata.files(distribution) or ()}
    return parts in paths or (*parts, "__init__") in paths
