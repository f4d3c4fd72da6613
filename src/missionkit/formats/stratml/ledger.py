"""What of a plan has been read, so that nothing of it can vanish.

A reader takes texts, words and whole elements out of the plan through the ledger.
Whatever is not taken below an element that was built goes into its `ext` by `rest`;
whatever even `rest` did not see is found by `sweep` and listed as lost.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeVar

from attrs import Factory, define

from missionkit.formats import codes
from missionkit.formats.stratml.texts import line, prose, spelled, squeezed
from missionkit.formats.stratml.vocabulary import (
    KNOWN,
    SPACES,
    is_placeholder,
)
from missionkit.formats.xmltree import Node
from missionkit.issue import Code, Issue, Source, did_you_mean
from missionkit.ports.format import Lost

T = TypeVar("T")
Accept = Callable[[str], bool]
IS_EMPTY: Final = "it is empty"
IS_MARK_UP: Final = "it is mark-up inside a text, which was read"
NOT_SEEN: Final = "nothing was made of it"
_MOST_NAMED: Final = 5


def _always(_: str) -> bool:
    return True


@define(eq=False)
class Ledger:
    """The issues and losses of one reading, and the marks of what was read.

    An element is *built* when something of the model was made of it, *entered* when
    it only held what was read, and its text is *taken* when a field has it.
    """

    source: str
    root: Node
    issues: list[Issue] = Factory(list)
    lost: list[Lost] = Factory(list)
    built: set[Node] = Factory(set)
    entered: set[Node] = Factory(set)
    taken: set[Node] = Factory(set)
    seen: set[Node] = Factory(set)
    words: set[tuple[Node, str]] = Factory(set)
    unknown: dict[str, list[Node]] = Factory(dict)

    def place(self, node: Node) -> Source:
        """Return where *node* starts."""
        return Source(file=self.source, line=node.line, column=node.column)

    def report(
        self, code: Code, message: str, node: Node, *, fix: str = "", value: str = ""
    ) -> None:
        """Note an issue at *node*; *value* is the text found there, if it matters."""
        place = self.place(node)
        issue = (
            code.issue(message, path=node.path, fix=fix, source=place, value=value)
            if value
            else code.issue(message, path=node.path, fix=fix, source=place)
        )
        self.issues.append(issue)

    def is_ours(self, node: Node) -> bool:
        """Return whether *node* belongs to the plan's own language."""
        return node.namespace == self.root.namespace or node.namespace in SPACES

    def children(self, node: Node, *names: str) -> Iterator[Node]:
        """Yield the children so named that nothing was made of yet."""
        for child in node.children:
            if (
                child.name in names
                and self.is_ours(child)
                and child not in self.taken
                and child not in self.built
            ):
                yield child

    def text(
        self,
        node: Node,
        *names: str,
        fit: Callable[[str], str] = prose,
        accept: Accept = _always,
    ) -> str:
        """Take the first text of the children so named, and return it fit for a field.

        It is taken only where *accept* says that the field holds all of it.
        """
        result = ""
        for child in self.children(node, *names):
            inner = self._inner(child)
            said = inner.all_text().strip()
            if self._is_left(child, said, result) or not (fitted := fit(said)):
                continue
            result = fitted
            if self._whole(child, fitted, said) and accept(fitted):
                self.take(inner)
                self.entered.add(child)
        return result

    def _is_left(self, child: Node, said: str, result: str) -> bool:
        """Return whether a text stays where it is, which is reported."""
        if is_placeholder(said):
            message = f"{child.name} holds a placeholder"
            self.report(codes.PLACEHOLDER, message, child, value=said)
        elif result and said:
            message = f"there is more than one {child.name} in {_parent(child)}"
            self.report(codes.REPEATED, message, child, value=said)
        else:
            return False
        return True

    def line(self, node: Node, *names: str, accept: Accept = _always) -> str:
        """Take the first text of the children so named, as one line."""
        return self.text(node, *names, fit=line, accept=accept)

    def own_text(self, node: Node) -> str:
        """Take the text that stands in *node* itself, and return it fit for a field."""
        said = _own_text(node)
        fitted = "" if is_placeholder(said) else prose(said)
        if fitted and self._whole(node, fitted, said):
            self.taken.add(node)
        return fitted

    def _inner(self, child: Node) -> Node:
        """Return the Name in *child*, where it holds its text in one, or *child*."""
        if not child.text.strip():
            for inner in self.children(child, "Name"):
                return inner
        return child

    def _whole(self, child: Node, fitted: str, said: str) -> bool:
        if squeezed(fitted) == squeezed(said):
            return True
        message = f"{child.name} was shortened, or freed of hidden characters"
        self.report(codes.CHANGED_TEXT, message, child, value=said)
        return False

    def take(self, node: Node) -> None:
        """Mark the text of *node* as read; mark-up in it is lost, its text is not."""
        self.taken.add(node)
        for inner in node.walk():
            if inner is not node:
                self.taken.add(inner)
                self.lose(inner, _tag(inner), IS_MARK_UP)

    def word(self, node: Node, attribute: str, words: Mapping[str, T]) -> T | None:
        """Take what an attribute says, where it is one of *words*."""
        said = node.attributes.get(attribute, "").strip()
        if said in words:
            self.words.add((node, attribute))
            return words[said]
        if said:
            message = f"{attribute} of {node.name} is not a word of the standard"
            fix = did_you_mean(said, words) or f"use one of {', '.join(words)}"
            self.report(codes.UNKNOWN_WORD, message, node, fix=fix, value=said)
        return None

    def lose(self, node: Node, value: str, why: str, step: str = "") -> None:
        """List something as lost; *step* is an attribute of *node*, if it is one."""
        path = node.path + step
        self.lost.append(Lost(path, squeezed(value), why, self.place(node)))

    def rest(self, node: Node, start: str = "") -> dict[str, str]:
        """Return all in *node* that was not taken, by its path from *start*."""
        kept: dict[str, str] = {}
        self._keep(node, start, kept)
        return kept

    def _keep(self, node: Node, path: str, kept: dict[str, str]) -> bool:
        """Put what is left of *node* into *kept*; return whether it held anything."""
        self.seen.add(node)
        before = len(kept)
        self._keep_attributes(node, path, kept)
        if node not in self.taken and (own := _own_text(node)):
            kept[path or "text()"] = self._spelled(node, own)
        here = [
            c in self.built or self._keep_child(c, path, kept) for c in node.children
        ]
        read = node in self.built or node in self.taken
        if read or len(kept) > before:
            return True
        if not any(here):
            self.lose(node, "", IS_EMPTY)
        elif node not in self.entered:
            kept[path] = ""  # it only held what was read
        return any(here)

    def _keep_child(self, child: Node, path: str, kept: dict[str, str]) -> bool:
        ours = self.is_ours(child)
        name = child.name if ours else spelled(child.qualified)
        step = f"{name}[{child.nth}]" if child.nth > 1 else name
        if not ours or (child.name not in KNOWN and child not in self.entered):
            self.unknown.setdefault(name, []).append(child)
        return self._keep(child, f"{path}/{step}" if path else step, kept)

    def _spelled(self, node: Node, said: str) -> str:
        """Return *said* as `ext` accepts it: harmful characters become escapes."""
        result = spelled(said)
        if result != said:
            message = f"hidden characters in {node.name} are written as escapes"
            self.report(codes.CHANGED_TEXT, message, node, value=said)
        return result

    def _keep_attributes(self, node: Node, path: str, kept: dict[str, str]) -> None:
        for name, value in node.attributes.items():
            if (node, name) in self.words:
                continue
            self.words.add((node, name))
            if value.strip():
                step = spelled(f"@{name}")
                said = self._spelled(node, value.strip())
                kept[f"{path}/{step}" if path else step] = said
            else:
                self.lose(node, "", IS_EMPTY, f"/@{name}")

    def sweep(self) -> None:
        """List as lost whatever nobody has read or kept, and report what was lost."""
        for node in self.root.walk():
            if node not in self.taken and node not in self.seen:
                self.lose(node, _own_text(node) or _tag(node), NOT_SEEN)
            for name, value in node.attributes.items():
                if (node, name) not in self.words:
                    self.lose(node, value, NOT_SEEN, f"/@{name}")
        self.lost.sort(key=_position)
        self._report_unknown()
        self._report_lost()

    def _report_unknown(self) -> None:
        for name, nodes in self.unknown.items():
            top = [
                n
                for n in nodes
                if n.parent is None or n.parent.name not in self.unknown
            ]
            if top:
                times = f" ({len(top)} times)" if len(top) > 1 else ""
                message = f"{name} in {_parent(top[0])} is not known{times}"
                self.report(codes.UNKNOWN_ELEMENT, message, top[0])

    def _report_lost(self) -> None:
        empty = [lost for lost in self.lost if lost.why == IS_EMPTY]
        for lost in self.lost:
            if lost.why != IS_EMPTY:
                message = f"{_last_name(lost.path)} was lost: {lost.why}"
                issue = codes.LOST.issue(message, path=lost.path, source=lost.source)
                self.issues.append(issue)
        if empty:
            names = Counter(_last_name(lost.path) for lost in empty)
            most = ", ".join(
                f"{n} {name}" for name, n in names.most_common(_MOST_NAMED)
            )
            message = (
                f"{len(empty)} empty elements and attributes were left out: {most}"
            )
            first = empty[0]
            issue = codes.EMPTY.issue(message, path=first.path, source=first.source)
            self.issues.append(issue)


def _own_text(node: Node) -> str:
    pieces = (node.text, *(child.tail for child in node.children))
    return " ".join(piece.strip() for piece in pieces if piece.strip())


def _tag(node: Node) -> str:
    return f"<{node.name}>"


def _parent(node: Node) -> str:
    return node.parent.name if node.parent else "the document"


def _last_name(path: str) -> str:
    return path.rpartition("/")[2].partition("[")[0]


def _position(lost: Lost) -> tuple[int, int]:
    place = lost.source
    return (place.line or 0, place.column or 0) if place else (0, 0)
