"""One rule is asked: whatever it does, the others can be asked all the same."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from missionkit.markup import one_line, shortened
from missionkit.plugins import distribution_of
from missionkit.ports.rule import Judgment, NotJudged, RuleEntry, RuleView
from missionkit.rules.codes import plugins as codes
from missionkit.rules.soundness import UnsoundError, sound

_NO_DAY: Final = "it depends on the day: pass on="
_NO_CYCLE: Final = "it is about one review, and none was named"
_WIDE: Final = 100
# What finds more than this goes on without an end: the longest of our own rules finds
# something in each empty field of each element.
_FEW: Final = 10_000
_OF_EACH: Final = 50


def judgments(entry: RuleEntry, view: RuleView) -> Iterator[Judgment]:
    """Yield what a rule found; a rule that raises becomes an issue that names it.

    So does one that finds more than there can be; it is stopped.
    """
    lacks = _lacks(entry, view)
    if lacks:
        names = [code.code for code in entry.codes] or [name_of(entry)]
        yield from (NotJudged(name, lacks) for name in names)
        return
    found, error = _answers(entry, view)
    yield from found
    if error is not None:
        yield from _failed(entry, error)


def _lacks(entry: RuleEntry, view: RuleView) -> str:
    if entry.needs_cycle and view.cycle is None:
        return _NO_CYCLE
    return _NO_DAY if entry.needs_on and view.on is None else ""


def _answers(
    entry: RuleEntry, view: RuleView
) -> tuple[list[Judgment], BaseException | None]:
    """Return what a rule found, and what it raised in the end, if it did."""
    found: list[Judgment] = []
    most = _FEW + _OF_EACH * len(view.model)
    try:
        for each in islice(entry.rule(view), most):
            found.append(sound(each))  # noqa: PERF401 - what was found is kept
        if len(found) == most:
            return found, _EndlessError(most)
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:  # noqa: BLE001 - the others go on
        return found, error
    return found, None


class _EndlessError(Exception):
    """A rule yields more than there can be; its argument is how much was taken."""


def _failed(entry: RuleEntry, error: BaseException) -> Iterator[Judgment]:
    name = name_of(entry)
    source = entry.distribution or _distribution_of(entry)
    whose = f" of {source}" if source else ""
    text = text_of(error)
    unsound = isinstance(error, UnsoundError)
    said = f"yielded {text}" if unsound else f"failed with {type(error).__name__}"
    what = "failed"
    if isinstance(error, _EndlessError):
        what = f"was stopped after {text} findings"
        said = f"{what}: it found no end"
    yield codes.RULE_FAILED.issue(f"Rule {name}{whose} {_line(said)}.", value=text)
    for code in entry.codes:
        yield NotJudged(code.code, f"the rule {name} {what}")


def name_of(entry: RuleEntry) -> str:
    """Return how messages call a rule, whatever its author called it."""
    try:
        return _line(entry.name)
    except Exception:  # noqa: BLE001 - a rule of its own class may not tell its name
        return "without a name"


def _distribution_of(entry: RuleEntry) -> str:
    try:
        return distribution_of(entry.module)
    except Exception:  # noqa: BLE001 - as its name
        return ""


def _line(text: str) -> str:
    return shortened(one_line(text), _WIDE)


def text_of(error: BaseException) -> str:
    """Return what an error says, in one line that is not long."""
    try:
        return _line(str(error))
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException:  # noqa: BLE001 - an error of a rule may not even have a text
        return type(error).__name__
