"""Where free text names a party, so that people can see what erasing does not reach."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from missionkit.codec.stored import Stored, record
from missionkit.codec.writing import record_of
from missionkit.domain.history import Commit
from missionkit.domain.kinds import Kinds
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.errors import NotFoundError
from missionkit.history.folding import changed
from missionkit.markup import one_line, shortened

_SHORTEST: Final = 3
_WORD: Final = re.compile(r"\w+")


@frozen(kw_only=True)
class Mention:
    """A text that holds a name, or a word of it: of which element, and where in it.

    `version` is the commit that wrote it; None for the model as it is now. The reason
    of a commit has the path `why` and who made it has `by`; both are of no element.
    A key of `ext` has the path of what it stands for.
    """

    ref: str
    path: str
    text: str
    found: str
    version: int | None = None

    def __str__(self) -> str:
        """Return the place, and the text shortened."""
        where = " ".join(part for part in (self.ref, self.path) if part)
        when = "" if self.version is None else f"commit {self.version}: "
        return one_line(f"{when}{where}: {shortened(self.text)}")


def names_of(party: str, commits: Iterable[Commit], kinds: Kinds) -> tuple[str, ...]:
    """Return the names that a party has or had, as far as they are not erased.

    Raises:
        NotFoundError: no commit put such a party.
    """
    names: dict[str, None] = {}
    known = False
    for commit in commits:
        for ref, held in changed(commit):
            if ref == party and held is not None and held.kind in _parties(kinds):
                known = True
                named = record(held, kinds).get("name")
                if isinstance(named, str):
                    names[named] = None
    if not known:
        raise NotFoundError("party in the history", party)
    return tuple(names)


def mentioned_now(model: Model, party: str, names: Iterable[str]) -> Iterator[Mention]:
    """Yield each text of a model that holds one of some names, or a word of one."""
    finders = _finders(names)
    for element in model:
        if element.id != party:
            _, fields = record_of(element, model.kinds)
            yield from _mentions(element.id, fields, finders, None)


def mentioned_before(
    commits: Iterable[Commit], party: str, names: Iterable[str], kinds: Kinds
) -> Iterator[Mention]:
    """Yield each text that any commit wrote and that holds one of some names."""
    finders = _finders(names)
    for commit in commits:
        at = commit.facts.sequence
        said = {"by": commit.facts.actor, "why": commit.facts.why}
        yield from _mentions("", said, finders, at)
        for ref, held in changed(commit):
            if ref != party and isinstance(held, Stored):
                yield from _mentions(ref, record(held, kinds), finders, at)


def _parties(kinds: Kinds) -> tuple[str, ...]:
    return (kinds.by_class[Party],) if Party in kinds else ()


def _finders(names: Iterable[str]) -> list[re.Pattern[str]]:
    """Return what finds each whole name, and then each longer word of it."""
    names = tuple(_composed(name) for name in names if name.strip())
    words = (word for name in names for word in _WORD.findall(name))
    parts = (word for word in words if len(word) >= _SHORTEST)
    return [
        re.compile(rf"(?<!\w){re.escape(part)}(?!\w)", re.IGNORECASE)
        for part in dict.fromkeys((*names, *parts))
    ]


def _mentions(
    ref: str, fields: object, finders: list[re.Pattern[str]], version: int | None
) -> Iterator[Mention]:
    for path, text in _texts("", fields):
        composed = _composed(text)
        hit = next(filter(None, (find.search(composed) for find in finders)), None)
        if hit:
            yield Mention(ref=ref, path=path, text=text, found=hit[0], version=version)


def _composed(text: str) -> str:
    """Return *text* with each letter and its accents as one, however it was typed."""
    return unicodedata.normalize("NFC", text)


def _texts(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            where = f"{path}.{name}" if path else name
            # Names of fields are ours; keys below `ext` are written by people.
            if ".ext." in f".{where}":
                yield where, name
            yield from _texts(where, inner)
    elif isinstance(value, list | tuple):
        for at, inner in enumerate(value):
            yield from _texts(f"{path}[{at}]", inner)
