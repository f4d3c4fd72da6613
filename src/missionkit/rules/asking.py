"""One rule is asked: whatever it does, the others can be asked all the same."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Final

from attrs import fields

from missionkit.issue import Issue, Severity
from missionkit.markup import one_line, shortened, shown
from missionkit.plugins import distribution_of
from missionkit.ports.rule import Judgment, NotJudged, RuleEntry, RuleView
from missionkit.rules.codes import plugins as codes

_NO_DAY: Final = "it depends on the day: pass on="
_NO_CYCLE: Final = "it is about one review, and none was named"

_PLAIN: Final = {str}
_TEXTS: Final = attrgetter(*(each.name for each in fields(Issue) if each.type is str))


def judgments(entry: RuleEntry, view: RuleView) -> Iterator[Judgment]:
    """Yield what a rule found; a rule that raises becomes an issue that names it."""
    lacks = _lacks(entry, view)
    if lacks:
        names = [code.code for code in entry.codes] or [entry.name]
        yield from (NotJudged(name, lacks) for name in names)
        return
    try:
        for judgment in entry.rule(view):
            yield _sound(judgment)
    except MemoryError:
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001 - the others go on
        yield from _failed(entry, error)


def _lacks(entry: RuleEntry, view: RuleView) -> str:
    if entry.needs_cycle and view.cycle is None:
        return _NO_CYCLE
    return _NO_DAY if entry.needs_on and view.on is None else ""


def _sound(judgment: object) -> Judgment:
    """Return what a rule yielded; raise TypeError for what nobody could show."""
    if isinstance(judgment, NotJudged):
        return judgment
    if not isinstance(judgment, Issue):
        raise TypeError(f"it yielded a {type(judgment).__name__}, not an Issue")
    if not isinstance(judgment.severity, Severity):
        raise TypeError(f"its issue has no severity, but {shown(judgment.severity)}")
    texts = _TEXTS(judgment)
    if {*map(type, texts)} != _PLAIN and not all(isinstance(t, str) for t in texts):
        raise TypeError("its issue says something in what is no text")
    return judgment


def _failed(entry: RuleEntry, error: BaseException) -> Iterator[Judgment]:
    source = entry.distribution or distribution_of(entry.module)
    whose = f" of {source}" if source else ""
    yield codes.RULE_FAILED.issue(
        f"Rule {entry.name}{whose} failed with {type(error).__name__}.",
        value=_text_of(error),
    )
    for code in entry.codes:
        yield NotJudged(code.code, f"the rule {entry.name} failed")


def _text_of(error: BaseException) -> str:
    try:
        return shortened(one_line(str(error)))
    except Exception:  # noqa: BLE001 - an error of a rule may not even have a text
        return type(error).__name__
