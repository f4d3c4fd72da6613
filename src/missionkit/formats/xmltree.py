"""A bounded reader of XML: bytes become a light tree that remembers its lines.

It refuses every document type declaration, so that no entity can grow, and opens no
file and no address. Comments, processing instructions, prefixes and the hints of XML
Schema instances (``xsi:``) are not part of the tree.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NoReturn, cast
from xml.parsers import expat

from attrs import Factory, define, field, frozen

from missionkit.errors import (
    DocumentError,
    InvalidValueError,
    LimitError,
    UnsafeDocumentError,
)
from missionkit.formats.codes import ENCODING, MALFORMED, TOO_LARGE, UNSAFE
from missionkit.issue import Source

MIB = 2**20
_DEEPEST = 100
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_BOM = b"\xef\xbb\xbf"
_ENCODINGS = re.compile(
    r"utf-?8|utf-?16(le|be)?|us-ascii|ascii|iso-8859-\d{1,2}|latin-?1"
    r"|(windows-|cp)125\d|koi8-[ru]",
    re.ASCII | re.IGNORECASE,
)


@frozen(kw_only=True)
class Limits:
    """How large a document may be; lengths are in characters, `size` is in bytes."""

    size: int = 16 * MIB
    depth: int = 64
    elements: int = 200_000
    attributes: int = 100
    attribute: int = MIB // 16
    text: int = MIB
    namespaces: int = 1_000
    name: int = 1_000

    def __attrs_post_init__(self) -> None:
        """Refuse a depth that would exhaust the stack of whoever walks the tree."""
        if self.depth > _DEEPEST:
            said = f"depth may be at most {_DEEPEST}"
            issue = TOO_LARGE.issue(said, path="depth", fix=said, value=self.depth)
            raise InvalidValueError("Limits", (issue,))


LIMITS = Limits()


@define(eq=False)
class Node:
    """One element: its names, its place, what stands in it and right after it.

    `nth` counts it among the elements of its name in its parent, from 1.
    """

    name: str
    namespace: str
    line: int
    column: int
    parent: "Node | None" = field(default=None, repr=False)
    nth: int = 1
    attributes: dict[str, str] = Factory(dict)
    children: list["Node"] = Factory(list)
    text: str = ""
    tail: str = ""
    _path: str = field(default="", init=False, repr=False)

    @property
    def qualified(self) -> str:
        """Return the name with its namespace in braces, if it has one."""
        return f"{{{self.namespace}}}{self.name}" if self.namespace else self.name

    @property
    def path(self) -> str:
        """Return the names from the root to here, such as ``Plan/Goal[2]/Name``.

        The first of several elements of one name goes without a number.
        """
        if not self._path:  # computed once: issues ask for it again and again
            above = f"{self.parent.path}/" if self.parent else ""
            self._path = above + self.step
        return self._path

    @property
    def step(self) -> str:
        """Return the last step of the path: the name, numbered from the second on."""
        return f"{self.name}[{self.nth}]" if self.nth > 1 else self.name

    def walk(self) -> Iterator["Node"]:
        """Yield the element and all below it, in the order of the document."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def release(self) -> None:
        """Cut the ties to the parents, so that the tree's memory is free at once."""
        for node in tuple(self.walk()):
            node.parent = None

    def all_text(self) -> str:
        """Return the text in the element and in all below it, in order."""
        inner = (child.all_text() + child.tail for child in self.children)
        return self.text + "".join(inner)


@frozen(kw_only=True)
class Document:
    """A document that was read: its root, and how its bytes began."""

    root: Node
    bom: bool = False


def parse(data: bytes, *, source: str = "", limits: Limits = LIMITS) -> Document:
    """Return the document that *data* holds; `source` names it in issues.

    Raises:
        UnsafeDocumentError: it has a document type declaration.
        LimitError: it is larger, deeper or longer than `limits` allow.
        DocumentError: it is not well-formed, or in an encoding we do not read.
    """
    return Document(root=_Reader(source, limits).read(data), bom=data.startswith(_BOM))


def root_name(data: bytes) -> str:
    """Return the name of the first element, or nothing where there is none.

    Only what stands before it is read, and no document type declaration.
    """
    names: list[str] = []

    def stop(name: str, *_: object) -> NoReturn:
        names.append(name.rpartition(" ")[2])
        raise StopIteration

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = stop
    parser.StartDoctypeDeclHandler = lambda *_: stop("")
    with suppress(expat.ExpatError, LookupError, ValueError, StopIteration):
        parser.Parse(data, True)  # noqa: FBT003 - expat takes it by position
    return names[0] if names else ""


class _Reader:
    """The handlers of one parse, and the elements that are open."""

    def __init__(self, source: str, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.open: list[Node] = []
        self.names: list[dict[str, int]] = []
        self.encoding = ""
        self.root: Node | None = None
        self.elements = 0
        self.namespaces = 0
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.XmlDeclHandler = self.declaration
        parser.StartDoctypeDeclHandler = self.doctype
        parser.StartNamespaceDeclHandler = self.prefix
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.data

    def read(self, data: bytes) -> Node:
        self.within("size", len(data), "bytes")
        try:
            self.parser.Parse(data, True)  # noqa: FBT003 - expat takes it by position
        except DocumentError:
            raise
        except expat.ExpatError as exc:
            raise self.malformed(exc) from exc
        except (LookupError, ValueError) as exc:  # of the codec behind an encoding
            raise self.not_read() from exc
        return cast("Node", self.root)  # expat refuses a document without an element

    def declaration(self, _: str, encoding: str | None, __: int) -> None:
        self.encoding = encoding or ""
        if encoding and not _ENCODINGS.fullmatch(encoding):
            raise self.not_read()

    def doctype(self, name: str, *_: object) -> None:
        message = "the document has a document type declaration"
        issue = UNSAFE.issue(message, source=self.place(), value=name)
        raise UnsafeDocumentError((issue,))

    def prefix(self, *_: object) -> None:
        self.namespaces += 1
        self.within("namespaces", self.namespaces, "namespace declarations")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        node = Node(local, namespace, *self.position())
        self.elements += 1
        if self.open:
            self.inside(self.open[-1], node)
        else:
            self.root = node
        self.open.append(node)
        self.names.append({})
        self.within("name", len(name), "characters in a name and its namespace")
        self.within("elements", self.elements, "elements")
        self.within("depth", len(self.open), "elements inside one another")
        if attributes:
            self.attributes(node, attributes)

    def inside(self, parent: Node, node: Node) -> None:
        seen = self.names[-1]
        node.nth = seen[node.name] = seen.get(node.name, 0) + 1
        node.parent = parent
        parent.children.append(node)

    def attributes(self, node: Node, found: dict[str, str]) -> None:
        self.within("attributes", len(found), "attributes of one element")
        for name, value in found.items():
            self.within("name", len(name), "characters in a name and its namespace")
            self.within("attribute", len(value), "characters in one attribute")
            namespace, _, local = name.rpartition(" ")
            if namespace != _XSI:
                key = f"{{{namespace}}}{local}" if namespace else local
                node.attributes[key] = value

    def end(self, _: str) -> None:
        self.open.pop()
        self.names.pop()

    def data(self, text: str) -> None:
        node = self.open[-1]
        if node.children:
            last = node.children[-1]
            last.tail += text
            self.within("text", len(last.tail), "characters in one text")
        else:
            node.text += text
            self.within("text", len(node.text), "characters in one text")

    def within(self, limit: str, found: int, what: str) -> None:
        allowed = getattr(self.limits, limit)
        if found > allowed:
            message = f"there are more than {allowed:,} {what}"
            fix = f"split the document, or pass Limits({limit}=...) if you trust it"
            issue = TOO_LARGE.issue(
                message,
                path=self.path(),
                source=self.place(),
                fix=fix,
                value=found,
            )
            raise LimitError((issue,))

    def malformed(self, exc: expat.ExpatError) -> DocumentError:
        said = expat.ErrorString(exc.code)
        place = Source(file=self.source, line=exc.lineno, column=exc.offset + 1)
        issue = MALFORMED.issue(
            f"the document is not well-formed XML: {said}",
            path=self.path(),
            source=place,
        )
        return DocumentError((issue,))

    def not_read(self) -> DocumentError:
        message = "the document declares an encoding that is not read"
        issue = ENCODING.issue(message, source=self.place(), value=self.encoding)
        return DocumentError((issue,))

    def path(self) -> str:
        return self.open[-1].path if self.open else ""

    def place(self) -> Source:
        line, column = self.position()
        return Source(file=self.source, line=line, column=column)

    def position(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
