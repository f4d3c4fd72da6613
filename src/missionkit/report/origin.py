"""What the document was from which a model came: its name, its end, what it lacks."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from attrs import frozen

from missionkit.domain.model import Model
from missionkit.domain.process import Process
from missionkit.domain.stakeholder import Need
from missionkit.formats import codes
from missionkit.formats.stratml.vocabulary import is_placeholder
from missionkit.issue import Issue
from missionkit.markup import one_line
from missionkit.ports.format import Imported
from missionkit.report.wording import plural

STRATML: Final = "stratml"
# What a format has no place for: nobody who wrote such a document left it out.
_LACKS: Final = {STRATML: ("StratML", (Need, Process))}
_NAME: Final = re.compile(r"/[^/]+/Name")
_START: Final = re.compile(r"/[^/]+/AdministrativeInformation/StartDate")
_END: Final = re.compile(r"/[^/]+/AdministrativeInformation/EndDate")
_STEP: Final = re.compile(r"([^/\[]+)(?:\[\d+\])?$")
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORDS: Final = {"performance indicator": "measure"}


@frozen(kw_only=True)
class Origin:
    """What is known of a document; what it does not say is empty.

    `format` is empty where the model holds all that its format has no place for.
    """

    format: str = ""
    name: str = ""
    ended: date | None = None
    unnamed: tuple[str, ...] = ()


def origin_of(model: Model, imported: Imported | None, on: date) -> Origin:
    """Return what is known of the document that *model* came from, on a day."""
    if imported is None:
        return Origin()
    kept = model.root.ext if model.root else {}
    for namespace, (title, lacks) in _LACKS.items():
        held = kept.get(namespace)
        if isinstance(held, Mapping):
            return Origin(
                format="" if any(map(model.of, lacks)) else title,
                name=_name(held),
                ended=_ended(held, on),
                unnamed=tuple(_unnamed(imported.issues)),
            )
    return Origin(unnamed=tuple(_unnamed(imported.issues)))


def _name(held: Mapping[str, object]) -> str:
    name = one_line(_first(held, _NAME))
    return "" if is_placeholder(name) else name


def _ended(held: Mapping[str, object], on: date) -> date | None:
    """Return when the time of a plan ended, if it did; one that never began did not."""
    start, end = _day(_first(held, _START)), _day(_first(held, _END))
    if end is None or end >= on or (start and start > end):
        return None
    return end


def _first(held: Mapping[str, object], path: re.Pattern[str]) -> str:
    found = (str(said) for at, said in held.items() if path.fullmatch(at))
    return next(found, "")


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        return None


def _unnamed(issues: tuple[Issue, ...]) -> Iterator[str]:
    """Yield how many elements of each kind the document leaves without a name."""
    found = (_STEP.search(i.path) for i in issues if i.code == codes.UNNAMED.code)
    kinds = Counter(_word(hit[1]) if hit else "element" for hit in found)
    yield from (plural(count, kind) for kind, count in sorted(kinds.items()))


def _word(name: str) -> str:
    said = _HUMP.sub(" ", name).lower()
    return next((word for end, word in _WORDS.items() if said.endswith(end)), said)
