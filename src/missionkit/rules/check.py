"""`check`: every rule of the book, judged on one model."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from missionkit.codec.bulk import bulk
from missionkit.domain.checking import shape_faults
from missionkit.domain.intent import Limit
from missionkit.domain.model import Model, refuse_no_model
from missionkit.domain.spec import Leaf
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue
from missionkit.markup import one_line, shortened
from missionkit.ports.rule import Judgment, NotJudged, Rule, RuleEntry, RuleView
from missionkit.rules import codes
from missionkit.rules.book import BOOK
from missionkit.rules.limits import limits_of, refused_limits
from missionkit.rules.result import CheckResult

__all__ = ["CheckResult", "check"]

_NO_DAY: Final = "it depends on the day: pass on="


def check(
    model: Model,
    *,
    on: date | None = None,
    limits: Mapping[str, float] | None = None,
    rules: Iterable[RuleEntry | Rule] = BOOK,
) -> CheckResult:
    """Return what is wrong with a model, what may be, and what would help.

    Without *on*, what depends on the day is listed as not judged. *limits* replace
    those of the root organization, which replace the rules' own. A rule that raises
    becomes an issue, and the others are asked all the same.

    Raises:
        InvalidValueError: there is no model, `on` is no date, or a limit is unknown or
            no number.
    """
    refuse_no_model(model, "check")
    entries = tuple(map(_as_entry, rules))
    faults = (*_day_faults(on), *refused_limits(entries, limits or {}))
    if faults:
        raise InvalidValueError("check", faults)
    used, issues = limits_of(model, entries, limits or {})
    with bulk():
        judged = [*issues, *_all(entries, RuleView(model=model, on=on, limits=used))]
        return CheckResult(
            issues=tuple(each for each in judged if isinstance(each, Issue)),
            not_judged=tuple(each for each in judged if isinstance(each, NotJudged)),
            checked=len(model),
            limits=tuple(Limit(name=name, value=value) for name, value in used.items()),
            on=on,
        )


def _all(entries: Iterable[RuleEntry], view: RuleView) -> Iterator[Judgment]:
    for entry in entries:
        yield from _judged(entry, view)


def _as_entry(rule: RuleEntry | Rule) -> RuleEntry:
    return rule if isinstance(rule, RuleEntry) else RuleEntry(rule=rule)


def _day_faults(on: date | None) -> Iterable[Issue]:
    return () if on is None else shape_faults(Leaf(date), on, "on")


def _judged(entry: RuleEntry, view: RuleView) -> Iterator[Judgment]:
    if entry.needs_on and view.on is None:
        names = [code.code for code in entry.codes] or [entry.name]
        yield from (NotJudged(name, _NO_DAY) for name in names)
        return
    try:
        for judgment in entry.rule(view):
            yield _sound(judgment)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a rule does, the others go on
        yield from _failed(entry, error)


def _sound(judgment: object) -> Judgment:
    if isinstance(judgment, Issue | NotJudged):
        return judgment
    raise TypeError(f"it yielded a {type(judgment).__name__}, not an Issue")


def _failed(entry: RuleEntry, error: Exception) -> Iterator[Judgment]:
    yield codes.RULE_FAILED.issue(
        f"Rule {entry.name} failed with {type(error).__name__}.",
        value=_text_of(error),
    )
    for code in entry.codes:
        yield NotJudged(code.code, f"the rule {entry.name} failed")


def _text_of(error: Exception) -> str:
    try:
        return shortened(one_line(str(error)))
    except Exception:  # noqa: BLE001 - an error of a rule may not even have a text
        return type(error).__name__
