"""One reading of one plan: the drafts of elements, and who is known by what name."""

import re
from collections.abc import Mapping
from typing import Any, Final

from attrs import Factory, define

from missionkit.domain.declaration import Entity
from missionkit.domain.ext import NO_EXT, Ext
from missionkit.domain.ids import slug
from missionkit.domain.model import Model
from missionkit.domain.spec import spec_of
from missionkit.errors import DocumentError, InvalidValueError
from missionkit.formats import codes
from missionkit.formats.stratml.identifiers import Identifiers
from missionkit.formats.stratml.ledger import Ledger
from missionkit.formats.stratml.texts import line
from missionkit.formats.stratml.vocabulary import is_placeholder
from missionkit.formats.xmltree import Node

NAMESPACE: Final = "stratml"
_LONGEST_STAND_IN: Final = 80
_TOKEN: Final = re.compile(r"[0-9a-f]{8}-|\d{6}", re.IGNORECASE)


@define(eq=False)
class Draft:
    """An element to be: its class, id and fields, and the parts of the plan it is of.

    Each part comes with the path under which its rest is kept in `ext`.
    """

    cls: type[Entity]
    id: str
    fields: dict[str, Any]
    parts: list[tuple[Node, str]]

    def accept(self, field: str, value: object) -> bool:
        """Fill *field*, if it is not filled yet; return whether it holds *value*."""
        return bool(self.fields.setdefault(field, value) == value)


@define(eq=False)
class Session:
    """What is known while a plan is read; no id is made of the name of a person."""

    ledger: Ledger
    identifiers: Identifiers
    meaningful: set[Node]
    persons: frozenset[str] = frozenset()
    drafts: dict[str, Draft] = Factory(dict)
    made: dict[Node, str] = Factory(dict)
    named: dict[tuple[type[Entity], str], Draft] = Factory(dict)
    related: dict[tuple[str, str], Draft] = Factory(dict)
    relationships: list[tuple[str, Node]] = Factory(list)
    root: str = ""
    _next: dict[str, int] = Factory(dict)
    _unnamed: dict[str, int] = Factory(dict)

    def add(
        self, cls: type[Entity], title: str, node: Node | None, /, **fields: object
    ) -> Draft:
        """Start an element made of *node*; its id comes from *title*."""
        draft = Draft(cls, self._new_id(cls, title), fields, [])
        self.drafts[draft.id] = draft
        if node is not None:
            self.belongs(node, draft, "")
        return draft

    def named_draft(self, cls: type[Entity], name: str) -> tuple[Draft, bool]:
        """Return the draft of a kind so named, and whether it is a new one."""
        title = "" if name in self.persons else name
        found = self.named.get((cls, name))
        if found is not None:
            return found, False
        draft = self.named[cls, name] = self.add(cls, title, None, name=name)
        return draft, True

    def belongs(self, node: Node, draft: Draft, start: str) -> None:
        """Make *node* a part of *draft*; what is left of it is kept under *start*."""
        self.ledger.built.add(node)
        self.made[node] = draft.id
        draft.parts.append((node, start))
        for child in self.ledger.children(node, "Identifier"):
            if not child.all_text().strip():
                message = f"the Identifier of {node.name} is empty"
                self.ledger.report(codes.NO_IDENTIFIER, message, child)

    def _new_id(self, cls: type[Entity], name: str) -> str:
        """Return an id like `domain.ids.new_id`, which counts from the start."""
        stem = slug(name)
        if stem and stem not in self.drafts:
            return stem
        kind: type = cls
        first = 2 if stem else 1
        stem = stem or slug(spec_of(kind).kind)
        number = self._next.get(stem, first)
        while (found := f"{stem}-{number}") in self.drafts:
            number += 1
        self._next[stem] = number + 1
        return found

    def name_of(self, node: Node, label: str) -> str:
        """Return the name of *node*, or what stands in for it, which is reported."""
        return self.ledger.line(node, "Name") or self.stand_in(node, label)

    def stand_in(self, node: Node, label: str) -> str:
        """Return a name for a nameless element, and report that it has none."""
        name = self.described(node) or self._numbered(node, label)
        message = f"{node.name} has no name; it is called '{name}'"
        self.ledger.report(codes.UNNAMED, message, node)
        return name

    def described(self, node: Node) -> str:
        """Return the first words of the description of *node*, or nothing."""
        for child in self.ledger.children(node, "Description"):
            said = child.all_text()
            if said.strip() and not is_placeholder(said.strip()):
                words = line(said)
                if len(words) <= _LONGEST_STAND_IN:
                    return words
                cut = words[:_LONGEST_STAND_IN]
                return f"{cut.rpartition(' ')[0] or cut}…"
        return ""

    def _numbered(self, node: Node, label: str) -> str:
        for child in self.ledger.children(node, "Identifier", "SequenceIndicator"):
            said = line(child.all_text())[:_LONGEST_STAND_IN].strip()
            if said and not is_placeholder(said) and not _TOKEN.search(said):
                return f"Unnamed {label} {said}"
        number = self._unnamed[label] = self._unnamed.get(label, 0) + 1
        return f"Unnamed {label} {number}"

    def model(self) -> Model:
        """Return the model of all drafts, with what was not read in their `ext`."""
        return Model([self._element(draft) for draft in self.drafts.values()])

    def _element(self, draft: Draft) -> Entity:
        kept: dict[str, str] = {}
        starts: set[str] = set()
        for node, wanted in draft.parts:
            # Two parts of one name may stand in different places of the plan.
            start = f"/{node.path}" if wanted in starts else wanted
            starts.add(start)
            kept |= self.ledger.rest(node, start)
        try:
            return draft.cls(id=draft.id, ext=_ext(kept), **draft.fields)
        except InvalidValueError as exc:
            raise self._refused(draft, exc) from exc

    def _refused(self, draft: Draft, exc: InvalidValueError) -> DocumentError:
        place = self.ledger.place(
            draft.parts[0][0] if draft.parts else self.ledger.root
        )
        return DocumentError(tuple(issue.at(place) for issue in exc.issues))


def _ext(kept: Mapping[str, str]) -> Ext:
    return Ext({NAMESPACE: dict(kept)}) if kept else NO_EXT
