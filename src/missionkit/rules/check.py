"""`check`: every rule of the book, judged on one model."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from attrs import frozen

from missionkit.codec.bulk import bulk
from missionkit.domain.intent import Limit
from missionkit.domain.model import Model
from missionkit.domain.review import ReviewCycle
from missionkit.issue import Issue, Severity
from missionkit.ports.rule import Judgment, NotJudged, Rule, RuleEntry, RuleView
from missionkit.rules.asking import judgments
from missionkit.rules.book import BOOK
from missionkit.rules.limits import limits_of
from missionkit.rules.plugged import REPORTED
from missionkit.rules.question import OWN, Question, question
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
    ignore: Iterable[str] | None = (),
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
            number, a code or severity is unknown, or an argument is of a wrong type;
            all are named.
        NotFoundError: there is no such cycle.
    """
    return judged(
        question(
            "check",
            model,
            on=on,
            limits=limits,
            rules=rules,
            cycle=cycle,
            select=select,
            ignore=ignore,
            severities=severities,
        )
    )


def judged(asked: Question) -> CheckResult:
    """Return what the rules find, as it was asked of them."""
    model, wanted = asked.model, asked.wanted
    used, doubts = limits_of(model, asked.entries, asked.limits)
    view = RuleView(
        model=model,
        on=asked.on,
        limits=used,
        cycle=asked.cycle,
        workflow=asked.workflow,
    )
    entries = tuple(entry for entry in asked.entries if wanted.asks(entry))
    with bulk():
        doubts += tuple(unknown_codes(model, (*BOOK, *asked.entries, OWN)))
        answers = ((entry, judgments(entry, view)) for entry in entries)
        weighing = _Weighing(asked, view)
        found = tuple(weighing.weighed(chain(((OWN, doubts),), answers)))
        return CheckResult(
            issues=tuple(each for each in found if isinstance(each, Issue)),
            waived=tuple(each for each in found if isinstance(each, Waived)),
            not_judged=tuple(each for each in found if isinstance(each, NotJudged)),
            checked=len(model),
            asked=sum(map(_judges, entries)),
            limits=tuple(Limit(name=name, value=value) for name, value in used.items()),
            selection=wanted,
            on=asked.on,
            cycle=asked.cycle.id if asked.cycle else None,
        )


def _judges(entry: RuleEntry) -> bool:
    """Return whether a rule judges the model; one of ours only reports plug-ins."""
    return entry.codes != REPORTED


@frozen
class _Weighing:
    """What becomes of what was found: by what is wanted, and by what is waived."""

    asked: Question
    view: RuleView

    @cached_property
    def _usual(self) -> Waivers:
        return Waivers.of(self.asked.model, self.asked.on)

    @cached_property
    def _at_gate(self) -> Waivers:
        return Waivers.at_gate(self.view)

    def weighed(self, asked: Iterable[Found]) -> Iterator[Judgment | Waived]:
        """Yield what is wanted of what was found, graded, and set apart where waived.

        What is judged only where it is asked for is judged as at a gate.
        """
        wanted = self.asked.wanted
        for entry, found in asked:
            at_gate = self.asked.at_gate or entry.on_request
            kept: dict[str, bool] = {}  # one rule may find the same again and again
            for each in found:
                if each.code not in kept:
                    kept[each.code] = wanted.keeps(each, entry)
                if kept[each.code]:
                    waivers = self._at_gate if at_gate else self._usual
                    yield from _apart(each, wanted, waivers)


def _apart(
    found: Judgment, wanted: Selection, waivers: Waivers
) -> Iterator[Judgment | Waived]:
    if isinstance(found, NotJudged):
        yield found
        return
    issue = wanted.graded(found)
    waived = waivers.covering(issue)
    if not isinstance(waived, Waived):
        yield waivers.told(issue)
    if waived is not None:
        yield waived
