"""By what an act is judged: workflows, guards, rules, limits."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, TypedDict, Unpack

from attrs import field, frozen

from missionkit.domain.codes import WRONG_TYPE
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.workflow import Workflow
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue, Severity, did_you_mean
from missionkit.markup import shown
from missionkit.ports.guard import Guard
from missionkit.ports.rule import NO_LIMITS, Rule, RuleEntry
from missionkit.review import codes
from missionkit.review.guards import GUARDS
from missionkit.rules.book import BOOK
from missionkit.rules.limits import refused_limits
from missionkit.rules.plugged import why_no_rule
from missionkit.rules.question import OWN
from missionkit.rules.selection import Selection

WORKFLOWS: Final = (FOUR_STAGES,)
"""The workflows that missionkit brings along."""
_NO_GRADES: Final[Mapping[str, Severity | str]] = MappingProxyType({})


class Settings(TypedDict, total=False):
    """What may be passed by keyword to every act.

    *workflows* are those that reviews may follow, *guards* those that workflows name,
    beside the ones that missionkit brings along; *rules*, *limits* and *severities* are
    those of `check`. Nothing new gets an id in *used*, such as those of what was
    removed.
    """

    workflows: Iterable[Workflow] | Workflow
    guards: Mapping[str, Guard]
    rules: Iterable[RuleEntry | Rule]
    limits: Mapping[str, float]
    severities: Mapping[str, Severity | str]
    used: Iterable[str]


@frozen(kw_only=True)
class Setting:
    """By what acts are judged."""

    workflows: tuple[Workflow, ...] = WORKFLOWS
    guards: Mapping[str, Guard] = field(default=GUARDS, hash=False)
    rules: tuple[RuleEntry, ...] = BOOK
    limits: Mapping[str, float] = field(default=NO_LIMITS, hash=False)
    severities: Mapping[str, Severity | str] = field(default=_NO_GRADES, hash=False)
    used: Collection[str] = frozenset()

    @cached_property
    def rules_by_code(self) -> Mapping[str, tuple[int, ...]]:
        """Where among the rules those stand that may find what has a code."""
        found: dict[str, list[int]] = {}
        for at, entry in enumerate(self.rules):
            for code in entry.codes:
                found.setdefault(code.code, []).append(at)
        return {code: tuple(places) for code, places in found.items()}


_PLAIN: Final = Setting()


def setting_of(**given: Unpack[Settings]) -> Setting:
    """Return what was given, with what missionkit brings along where nothing was.

    Raises:
        InvalidValueError: a setting is unknown or of a wrong type; all are named.
    """
    faults: list[Issue] = []
    setting = setting_read(given, faults)
    if faults:
        raise InvalidValueError("settings", tuple(faults))
    return setting


def setting_read(given: Mapping[str, Any], faults: list[Issue]) -> Setting:
    """Return what was given as a setting; add to *faults* what cannot be used."""
    faults += _unknown(given)
    asked = {name: value for name, value in given.items() if value is not None}
    read: dict[str, Any] = {
        name: take(asked[name], faults)
        for name, take in _TAKEN.items()
        if name in asked
    }
    setting = Setting(**read) if read else _PLAIN
    if read.keys() & {"limits", "severities"}:
        faults += refused_limits(setting.rules, setting.limits)
        wanted = Selection(severities=setting.severities)
        faults += wanted.faults((*BOOK, *setting.rules, OWN))
    return setting


def _unknown(given: Iterable[str]) -> Iterator[Issue]:
    known = tuple(Settings.__annotations__)
    for name in given:
        if name not in known:
            yield codes.UNKNOWN_SETTING.issue(
                f"There is no setting {shown(name)}.",
                path=name,
                value=name,
                fix=did_you_mean(name, known) or f"use one of {', '.join(known)}",
            )


def _wrong(path: str, wanted: str, value: object, fix: str) -> Issue:
    got = f"{shown(value)} ({type(value).__name__})"
    said = f"{path} must be {wanted}, got {got}."
    return WRONG_TYPE.issue(said, path=path, value=value, fix=fix)


def _items(
    name: str, given: object, faults: list[Issue], *, of: str = ""
) -> tuple[Any, ...]:
    if isinstance(given, Iterable) and not isinstance(given, str | bytes | Mapping):
        return tuple(given)
    fix = f"write {name}=(…,)"
    faults.append(_wrong(name, f"a collection of {of or name}", given, fix))
    return ()


def _workflows(given: object, faults: list[Issue]) -> tuple[Workflow, ...]:
    """Return the workflows; one alone may be given as it is."""
    items = (
        (given,) if isinstance(given, Workflow) else _items("workflows", given, faults)
    )
    found: dict[tuple[str, int], Workflow] = {}
    for at, each in enumerate(items):
        path = f"workflows[{at}]"
        if not isinstance(each, Workflow):
            fix = "pass workflows, such as FOUR_STAGES"
            faults.append(_wrong(path, "a workflow", each, fix))
            continue
        held = found.setdefault((each.name, each.version), each)
        if held != each:
            said = f"Two workflows are version {each.version} of {shown(each.name)}."
            fix = "give one of the two another version"
            issue = codes.UNKNOWN_SETTING.issue(
                said, path=path, value=each.name, fix=fix
            )
            faults.append(issue)
    return tuple(found.values())


def _guards(given: object, faults: list[Issue]) -> Mapping[str, Guard]:
    """Return the guards by name, beside those that missionkit brings along."""
    held = _pairs("guards", "functions by the names of guards")(given, faults)
    for name, guard in held.items():
        path = f"guards[{shown(name)}]"
        if not isinstance(name, str):
            fix = "write the name as text"
            faults.append(_wrong(path, "named by a text", name, fix))
        elif isinstance(guard, type) or not callable(guard):
            fix = "pass a function of a view"
            faults.append(_wrong(path, "a function", guard, fix))
    return {**GUARDS, **held}


def _rules(given: object, faults: list[Issue]) -> tuple[RuleEntry, ...]:
    """Return rules as entries; a plain function is an entry without codes."""
    found = []
    for at, rule in enumerate(_items("rules", given, faults)):
        why = why_no_rule(rule)
        if why:
            path, fix = f"rules[{at}]", "pass functions of a view, or rule entries"
            said = f"{path} {why}."
            faults.append(WRONG_TYPE.issue(said, path=path, value=rule, fix=fix))
        else:
            found.append(rule if isinstance(rule, RuleEntry) else RuleEntry(rule=rule))
    return tuple(found)


def _used(given: object, faults: list[Issue]) -> frozenset[str]:
    items = _items("used", given, faults, of="ids")
    for at, ref in enumerate(items):
        if not isinstance(ref, str):
            faults.append(_wrong(f"used[{at}]", "an id", ref, "write the id as text"))
    return frozenset(ref for ref in items if isinstance(ref, str))


def _pairs(name: str, what: str) -> Callable[[object, list[Issue]], Mapping[Any, Any]]:
    def taken(given: object, faults: list[Issue]) -> Mapping[Any, Any]:
        if isinstance(given, Mapping):
            return dict(given)
        faults.append(_wrong(name, what, given, f"write {name}={{name: …}}"))
        return {}

    return taken


_TAKEN: Final[Mapping[str, Callable[[object, list[Issue]], object]]] = {
    "workflows": _workflows,
    "guards": _guards,
    "rules": _rules,
    "limits": _pairs("limits", "numbers by the names of limits"),
    "severities": _pairs("severities", "severities by codes"),
    "used": _used,
}
