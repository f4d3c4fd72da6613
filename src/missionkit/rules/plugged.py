"""The rules that other distributions bring along as plug-ins."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import ModuleType
from typing import Any, Final

from attrs import define, evolve, field, frozen

from missionkit.errors import PluginError
from missionkit.issue import Code, Issue, Severity
from missionkit.markup import shown
from missionkit.plugins import Installed, Plugin, installed
from missionkit.ports.rule import LimitSpec, RuleEntry, RuleView
from missionkit.rules.book import BOOK
from missionkit.rules.codes import plugins as codes

_MOST: Final = 10_000
_RESERVED: Final = "MK-"
_OURS: Final = "missionkit"
REPORTED: Final = (codes.RULE_FAILED, codes.NO_RULE, codes.TAKEN, codes.NOT_LOADED)
"""What is reported of plug-ins, and not of a model."""


@frozen
class Plugged:
    """The rules of plug-ins, and what is wrong with the plug-ins that have none."""

    entries: tuple[RuleEntry, ...] = ()
    issues: tuple[Issue, ...] = ()

    def rules(self) -> tuple[RuleEntry, ...]:
        """Return the rules, and one of ours that reports the issues."""

        def plug_ins(_: RuleView) -> Iterator[Issue]:
            yield from self.issues

        return (*self.entries, RuleEntry(rule=plug_ins, codes=REPORTED))


def installed_rules(
    *, beside: Iterable[RuleEntry] | None = None
) -> tuple[RuleEntry, ...]:
    """Return the rules of all plug-ins, to be asked *beside* others, those of the book.

    ``rules=(*mk.BOOK, *mk.installed_rules())`` asks ours and theirs. The last rule is
    always ours: it reports each plug-in that cannot be loaded, holds no rule, or has a
    code or a limit that is taken.
    """
    return plugged(beside=beside).rules()


def plugged(
    plugins: Installed | None = None, *, beside: Iterable[RuleEntry] | None = None
) -> Plugged:
    """Return the rules of plug-ins, of all unless told, and what is wrong with some."""
    plugins = plugins or installed("rules")
    gathered = _Gathered(issues=[_not_loaded(error) for error in plugins.failed])
    for entry in BOOK if beside is None else beside:
        gathered.keep(entry, _OURS)
    for plugin in plugins.found:
        gathered.take(plugin)
    return Plugged(tuple(gathered.entries), tuple(gathered.issues))


def _not_loaded(error: PluginError) -> Issue:
    whose = f"{error.distribution} {error.version}".rstrip()
    said = f"Plug-in {shown(error.name)} of {whose} was not loaded: {error.what}."
    return codes.NOT_LOADED.issue(said, value=error.what)


@define
class _Gathered:
    """The rules that can be asked, what they report, and what is wrong with others."""

    issues: list[Issue]
    entries: list[RuleEntry] = field(factory=list)
    owners: dict[str, str] = field(factory=dict)
    limits: dict[str, tuple[LimitSpec, str]] = field(factory=dict)

    def keep(self, entry: RuleEntry, owner: str) -> None:
        """Note what the codes and the limits of a rule stand for."""
        for code in entry.codes:
            self.owners.setdefault(code.code, owner)
        for limit in entry.limits:
            self.limits.setdefault(limit.name, (limit, owner))

    def take(self, plugin: Plugin) -> None:
        """Add the rules of a plug-in that are some, and are told apart from others."""
        entries, wrong = _read(plugin.value)
        for entry in entries:
            taken = tuple(self.taken(entry, _called(plugin)))
            self.issues += taken
            if not taken:
                self.keep(entry, _called(plugin))
                self.entries.append(evolve(entry, distribution=plugin.distribution))
        if wrong:
            more = f" (and {len(wrong) - 1} more like it)" if wrong[1:] else ""
            said = f"Plug-in {_called(plugin)} {wrong[0]}{more}."
            self.issues.append(codes.NO_RULE.issue(said, value=plugin.value))

    def taken(self, entry: RuleEntry, owner: str) -> Iterator[Issue]:
        """Yield an issue for each code and limit that stands for something else."""
        for code in dict.fromkeys(code.code for code in entry.codes):
            whose = self.owners.get(code, owner)
            whose = _OURS if code.startswith(_RESERVED) else whose
            if whose != owner:
                yield _taken(f"the code {shown(code)}", owner, whose, code)
        for limit in entry.limits:
            known, whose = self.limits.get(limit.name, (limit, owner))
            if known != limit:
                what = f"the limit {shown(limit.name)}"
                yield _taken(what, owner, whose, limit.name)


def _called(plugin: Plugin) -> str:
    """Return how messages call a plug-in."""
    return f"{shown(plugin.name)} of {plugin.distribution} {plugin.version}".rstrip()


def _taken(what: str, owner: str, whose: str, value: str) -> Issue:
    said = f"Plug-in {owner} uses {what}, which is taken by {whose}."
    return codes.TAKEN.issue(said, value=value)


def _items(value: object) -> list[object]:
    """Return what a plug-in holds, at most a few more than are read."""
    alone = isinstance(value, RuleEntry | str | bytes | Mapping) or callable(value)
    if alone or not isinstance(value, Iterable):
        return [value]
    return list(islice(value, _MOST + 1))


def _read(value: object) -> tuple[tuple[RuleEntry, ...], tuple[str, ...]]:
    """Return the rules that a plug-in holds, and what is wrong with the rest of it."""
    try:
        items = _items(value)
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:  # noqa: BLE001 - a plug-in may do anything here
        return (), (f"failed with {type(error).__name__} while it listed its rules",)
    wrong = [fault for fault in map(why_no_rule, items[:_MOST]) if fault]
    if len(items) > _MOST:
        wrong.insert(0, f"lists more than {_MOST} rules; the rest was not read")
    return tuple(_entry(item) for item in items[:_MOST] if not why_no_rule(item)), (
        *wrong,
    )


def _entry(item: Any) -> RuleEntry:  # noqa: ANN401 - proved to be a rule
    return item if isinstance(item, RuleEntry) else RuleEntry(rule=item)


def why_no_rule(item: object) -> str:
    """Return why something is no rule, or nothing."""
    if isinstance(item, RuleEntry):
        return next(_faults_of(item), "")
    if isinstance(item, type):
        return f"holds the class {item.__name__}, which is no rule"
    if callable(item):
        return ""
    if isinstance(item, ModuleType):
        return f"holds the module {item.__name__}, not the rules in it"
    return f"holds {shown(item)} ({type(item).__name__}), which is no rule"


def _faults_of(entry: RuleEntry) -> Iterator[str]:
    """Yield what is wrong with a rule, which has the types that its author gave it."""
    if isinstance(entry.rule, type) or not callable(entry.rule):
        yield "holds a rule that cannot be called"
    for name, kind, is_one in (
        ("codes", "codes", _is_code),
        ("limits", "limits", _is_limit),
    ):
        held: object = getattr(entry, name)
        if not isinstance(held, tuple) or not all(map(is_one, held)):
            yield f"holds a rule whose `{name}` are no tuple of {kind}"


def _is_code(held: object) -> bool:
    if not isinstance(held, Code) or not isinstance(held.severity, Severity):
        return False
    return all(isinstance(text, str) for text in (held.code, held.reason, held.fix))


def _is_limit(held: object) -> bool:
    return isinstance(held, LimitSpec)
