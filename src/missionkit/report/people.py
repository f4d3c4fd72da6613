"""Keep people's names out of a pack that others will read."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import count
from typing import Any, Final

from attrs import evolve, field, frozen

from missionkit.domain.checking import shape_faults
from missionkit.domain.declaration import Element
from missionkit.domain.display import title_of
from missionkit.domain.ext import NO_EXT, Ext, Json
from missionkit.domain.ids import slug
from missionkit.domain.intent import Organization
from missionkit.domain.marks import Matches
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.party import Party, PartyKind
from missionkit.domain.spec import (
    Foreign,
    Leaf,
    Many,
    Nested,
    Reference,
    Shape,
    spec_of,
)
from missionkit.domain.stakeholder import Stakeholder, StakeholderKind
from missionkit.domain.structure import kind_of
from missionkit.issue import Issue
from missionkit.ports.finding import Finding
from missionkit.ports.format import Imported, Lost

_SHORTEST: Final = 2
# Scripts that set no space between words, or none before an ending: each letter is a
# word of its own there, or no name would ever be found.
_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af"
# Signs that belong to the letter before them, though Python takes them for no letters.
_SIGNS: Final = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u065f\u0900-\u0963\u0966-\u0dff\u200c\u200d"
)
_WORD: Final = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[\w{_SIGNS}])+|[^\w\s]")
_ID: Final = re.compile(r"(?<![\w-])[a-z0-9]+-[a-z0-9-]+(?![\w-])")


@frozen
class Hiding:
    """What is put in the place of names, of ids that tell one, and of codes.

    `words` leads from word to word of the names, and at the end of each, under the
    empty word, to the name and what stands for it.
    """

    words: dict[str, Any] = field(repr=False)
    ids: Mapping[str, str]
    codes: Mapping[str, str] = field(factory=dict, repr=False)

    def text(self, said: str) -> str:
        """Return a text with ids in the place of names, the longest name first.

        The time it takes does not depend on how many names there are.
        """
        if not self.words:
            return said
        words = [(_key(hit[0]), hit.start(), hit.end()) for hit in _WORD.finditer(said)]
        parts: list[str] = []
        done = at = 0
        while at < len(words):
            found = self._longest(said, words, at)
            if found:
                stands, after = found
                parts += said[done : words[at][1]], stands
                done = words[after - 1][2]
            at = found[1] if found else at + 1
        return self._without_ids("".join(parts) + said[done:])

    def _longest(
        self, said: str, words: list[tuple[str, int, int]], start: int
    ) -> tuple[str, int] | None:
        """Return what stands for the name that begins here, and where it ends."""
        found, branch, at = None, self.words, start
        while at < len(words) and (branch := branch.get(words[at][0], {})):
            at += 1
            name, stands = branch.get("", ("", ""))
            if name and _is_meant(name, said[words[start][1] : words[at - 1][2]]):
                found = stands, at
        return found

    def _without_ids(self, said: str) -> str:
        if not self.ids:
            return said
        return _ID.sub(lambda hit: self.ids.get(hit[0], hit[0]), said)

    def element(self, element: Element) -> Element:
        """Return an element without names in its texts and ids."""
        if isinstance(element, Opaque):
            return evolve(element, id=self.ids.get(element.id, element.id))
        hidden: Element = self._value(element)
        if isinstance(hidden, Party):
            # Also the name of a unit: a reader cannot tell it from that of a person.
            return evolve(hidden, name=hidden.id)
        return hidden

    def _value(self, value: Any) -> Any:  # noqa: ANN401 - any declared value
        cls: type = type(value)
        changed = {}
        for item in spec_of(cls).fields:
            held = getattr(value, item.name)
            hidden = held if held is None else self._shaped(item.shape, held)
            if hidden != held:
                changed[item.name] = hidden
        return evolve(value, **changed) if changed else value

    def _shaped(self, shape: Shape, held: Any) -> Any:  # noqa: ANN401 - any field's value
        match shape:
            case Leaf(type=kind) if kind is str:
                return self._fitting(shape, held)
            case Reference():
                return self.ids.get(held, held)
            case Nested():
                return self._value(held)
            case Many(container=container, item=item):
                return container(self._shaped(item, each) for each in held)
            case Foreign():
                return self._foreign(held)
        return held

    def _foreign(self, held: Ext) -> Ext:
        """Return foreign data without names; none where they grow too large."""
        with suppress(ValueError):
            return Ext({key: self._json(each) for key, each in held.items()})
        return NO_EXT

    def _json(self, held: Json) -> object:
        match held:
            case str():
                return self.text(held)
            case tuple():
                return [self._json(each) for each in held]
            case Ext():
                return {key: self._json(each) for key, each in held.items()}
        return held

    def _fitting(self, shape: Leaf, held: str) -> str:
        """Return a text without names that still fits its field."""
        if any(isinstance(rule, Matches) for rule in shape.rules):
            return self.codes.get(held, held)
        hidden = self.text(held)
        if hidden != held and any(shape_faults(shape, hidden, "")):
            return hidden[: len(held)].rstrip()  # an id may be longer than the name
        return hidden

    def issue(self, issue: Issue) -> Issue:
        """Return an issue without names."""
        return evolve(
            issue,
            message=self.text(issue.message),
            fix=self.text(issue.fix),
            value=self.text(issue.value),
            ref=self.ids.get(issue.ref, issue.ref),
        )

    def finding(self, finding: Finding) -> Finding:
        """Return a finding without names."""
        hidden: Finding = self._value(finding)
        return hidden

    def lost(self, lost: Lost) -> Lost:
        """Return a loss without names."""
        return evolve(lost, value=self.text(lost.value), why=self.text(lost.why))


def without_names(
    model: Model, imported: Imported | None = None
) -> tuple[Model, Imported | None]:
    """Return a model, and what was said of its import, without the names of people.

    It is done before anything is made of the model, so that every text of a pack is
    made of texts without names, also where it is cut, broken or drawn.
    """
    hide = hiding(model)
    hidden = _pinned_anew(model, {each: hide.element(each) for each in model})
    if imported is None:
        return hidden, None
    return hidden, evolve(
        imported,
        model=hidden,
        issues=tuple(map(hide.issue, imported.issues)),
        lost=tuple(map(hide.lost, imported.lost)),
        source=hide.text(imported.source),
    )


def _pinned_anew(model: Model, hidden: Mapping[Element, Element]) -> Model:
    """Return the elements that were hidden, with the digests of what they now say.

    Else what was affirmed or approved would look as if it had been changed since.
    """
    now = Model(hidden.values(), kinds=model.kinds)
    digests = {
        model.digest(old.id): now.digest(new.id)
        for old, new in hidden.items()
        if old is not new
    }
    pins = {old: new for old, new in digests.items() if old and new}
    again = Hiding({}, {}, pins)
    return now.with_(*map(again.element, now)) if pins else now


def hiding(model: Model) -> Hiding:
    """Return what hides the names of the people in *model*.

    These are the parties and the stakeholders that are persons. A name that is also
    that of an organization stays, and so do a single letter and what looks like an
    acronym: AIIM may be called a performer, and is nobody.
    """
    people = tuple(_people(model))
    ids = _ids_without(model, people)
    words: dict[str, Any] = {}
    for name, ref in people:
        branch = words
        for word in _WORD.findall(name):
            branch = branch.setdefault(_key(word), {})
        branch.setdefault("", (name, ids.get(ref, ref)))
    return Hiding(words, ids)


def _people(model: Model) -> Iterator[tuple[str, str]]:
    """Yield the name and id of everybody who is a person."""
    known = {each.name for each in model.of(Organization)}
    persons: Iterable[Party | Stakeholder] = (
        *(p for p in model.of(Party) if p.kind is PartyKind.PERSON),
        *(s for s in model.of(Stakeholder) if s.kind is StakeholderKind.PERSON),
    )
    for person in persons:
        if person.name not in known and _is_personal(person.name):
            yield person.name, person.id


def _is_personal(name: str) -> bool:
    acronym = len(name) > _SHORTEST and name.isupper() and name.isalnum()
    return len(name) >= _SHORTEST and any(map(str.isalnum, name)) and not acronym


def _ids_without(model: Model, people: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return a neutral id for each id that tells the name of a person."""
    names = {name for name, _ in people}
    slugs = {slug(name) for name in names}
    longest = max((found.count("-") + 1 for found in slugs), default=0)
    numbers: dict[str, Iterator[int]] = {}
    ids: dict[str, str] = {}
    for element in model:
        if _tells(element, names) or not slugs.isdisjoint(_parts(element.id, longest)):
            stem = slug(kind_of(element, model.kinds) or "element")
            free = (f"{stem}-{n}" for n in numbers.setdefault(stem, count(1)))
            ids[element.id] = next(ref for ref in free if ref not in model)
    return ids


def _tells(element: Element, names: Container[str]) -> bool:
    """Return whether an element is called by a name, and its id made of it."""
    title = title_of(element)
    return title in names and element.id.startswith(slug(title) or " ")


def _parts(ref: str, longest: int) -> Iterator[str]:
    """Yield the parts of an id that have several words: one may mean anything."""
    words = ref.split("-")
    for start in range(len(words)):
        for end in range(start + 2, min(start + longest, len(words)) + 1):
            yield "-".join(words[start:end])


def _is_meant(name: str, said: str) -> bool:
    """Return whether a word is a name: Will is one, and will is none.

    Several words are a name in any case, for their sequence tells.
    """
    if len(name.split()) > 1:
        return True
    as_written = unicodedata.normalize("NFC", name)
    return unicodedata.normalize("NFC", said) in {as_written, as_written.upper()}


def _key(word: str) -> str:
    """Return what is the same for a word in any case, and in any way to write signs."""
    plain = word if word.isascii() else unicodedata.normalize("NFC", word)
    return plain.casefold()
