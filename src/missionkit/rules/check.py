"""`check`: every rule of the book, judged on one model."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Final, TypeAlias

from missionkit.codec.bulk import bulk
from missionkit.domain.checking import shape_faults
from missionkit.domain.codes import WRONG_TYPE
from missionkit.domain.intent import Limit
from missionkit.domain.model import Model, refuse_no_model
from missionkit.domain.review import ReviewCycle
from missionkit.domain.spec import Leaf
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue, Severity
from missionkit.ports.rule import Judgment, NotJudged, Rule, RuleEntry, RuleView
from missionkit.rules.asking import judgments
from missionkit.rules.book import BOOK
from missionkit.rules.codes import limits as limit_codes
from missionkit.rules.codes import plugins as plugin_codes
from missionkit.rules.codes import selection as selection_codes
from missionkit.rules.limits import limits_of, refused_limits
from missionkit.rules.result import CheckResult
from missionkit.rules.selection import Selection
from missionkit.rules.waivers import Waived, Waivers, unknown_codes

__all__ = ["CheckResult", "check"]

Found: TypeAlias = tuple[RuleEntry, Iterable[Judgment]]


def check(  # noqa: PLR0913 - options of one question, by keyword
    model: Model,
    *,
    on: date | None = None,
    limits: Mapping[str, float] | None = None,
    rules: Iterable[RuleEntry | Rule] | None = None,
    cycle: ReviewCycle | str | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    severities: Mapping[str, Severity | str] | None = None,
) -> CheckResult:
    """Return what is wrong with a model, what may be, and what would help.

    The *rules* are those of the book unless given. Without *on*, what depends on the
    day is listed as not judged, and without *cycle* what is about one review. *limits*
    replace those of the root organization, which replace the rules' own. *select*,
    *ignore* and *severities* hold codes or how they begin (``"MK-TRC"``); the longest
    decides. Unless selected, the gates of the stages (``"MK-GAT"``) are not asked. A
    rule that raises becomes an issue, and the others are asked all the same. What a
    waiver in force covers is set apart.

    Raises:
        InvalidValueError: there is no model, `on` is no date, a limit is unknown or no
            number, or a code or severity is unknown.
        NotFoundError: there is no such cycle.
    """
    refuse_no_model(model, "check")
    entries = entries_of(rules)
    wanted = Selection(select=select, ignore=ignore, severities=severities or {})
    _refuse(entries, wanted, on, limits or {})
    if isinstance(cycle, str):
        cycle = model.get(ReviewCycle, cycle)
    used, doubts = limits_of(model, entries, limits or {})
    view = RuleView(model=model, on=on, limits=used, cycle=cycle)
    with bulk():
        doubts += tuple(unknown_codes(model, (*BOOK, *entries)))
        asked = ((e, judgments(e, view)) for e in entries if wanted.asks(e))
        found = chain(((_OWN, doubts),), asked)
        judged = tuple(_weighed(found, wanted, Waivers.of(model, on)))
        return CheckResult(
            issues=tuple(each for each in judged if isinstance(each, Issue)),
            waived=tuple(each for each in judged if isinstance(each, Waived)),
            not_judged=tuple(each for each in judged if isinstance(each, NotJudged)),
            checked=len(model),
            limits=tuple(Limit(name=name, value=value) for name, value in used.items()),
            selection=wanted,
            on=on,
            cycle=cycle.id if cycle else None,
        )


_OWN: Final = RuleEntry(
    rule=lambda _: (),
    codes=(
        limit_codes.UNKNOWN_LIMIT,
        selection_codes.WAIVED_CODE_UNKNOWN,
        plugin_codes.RULE_FAILED,
    ),
)
"""What a check itself finds doubtful about limits and waivers."""


def entries_of(rules: Iterable[RuleEntry | Rule] | None) -> tuple[RuleEntry, ...]:
    """Return rules as entries, those of the book where none are given.

    A plain function is an entry without codes. Raises `InvalidValueError` for what is
    no collection of rules, such as one rule alone.
    """
    if rules is None:
        return BOOK
    if callable(rules) or not isinstance(rules, Iterable):
        said = "rules must be a collection of rules."
        issue = WRONG_TYPE.issue(said, path="rules", value=rules, fix="write (rule,)")
        raise InvalidValueError("check", (issue,))
    return tuple(map(_as_entry, rules))


def _as_entry(rule: RuleEntry | Rule) -> RuleEntry:
    return rule if isinstance(rule, RuleEntry) else RuleEntry(rule=rule)


def _refuse(
    entries: tuple[RuleEntry, ...],
    wanted: Selection,
    on: date | None,
    limits: Mapping[str, float],
) -> None:
    """Raise one error that names everything wrong with what was asked."""
    day = () if on is None else shape_faults(Leaf(date), on, "on")
    known = wanted.faults((*BOOK, *entries, _OWN))
    faults = (*day, *refused_limits(entries, limits), *known)
    if faults:
        raise InvalidValueError("check", faults)


def _weighed(
    asked: Iterable[Found], wanted: Selection, waivers: Waivers
) -> Iterator[Judgment | Waived]:
    """Yield what is wanted of what was found, graded, and set apart where waived."""
    for entry, found in asked:
        kept: dict[str, bool] = {}  # one rule may find the same again and again
        for each in found:
            if each.code not in kept:
                kept[each.code] = wanted.keeps(each, entry)
            if not kept[each.code]:
                continue
            if isinstance(each, NotJudged):
                yield each
                continue
            issue = wanted.graded(each)
            waived = waivers.covering(issue)
            if not isinstance(waived, Waived):
                yield issue
            if waived is not None:
                yield waived
