"""From the plain values of a document to a model, or to every fault of the document."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import define, evolve, field

from missionkit.codec import codes
from missionkit.codec.converter import Record, converter_for
from missionkit.codec.faults import UNKNOWN, Fault, moved, walked
from missionkit.codec.leaves import foreign
from missionkit.codec.limits import Limits
from missionkit.codec.locate import Place
from missionkit.codec.migrations import CURRENT, SCHEMA, migrated
from missionkit.codec.path import Path, path_parts, path_text
from missionkit.codec.placing import Find, placed
from missionkit.codec.text import refuse
from missionkit.codec.writing import ERASED, is_vendors
from missionkit.domain.codes import DUPLICATE_ID
from missionkit.domain.declaration import Element
from missionkit.domain.ext import RECORD_DEPTH, NoJsonError
from missionkit.domain.ids import AnyId, is_id
from missionkit.domain.kinds import Kinds
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.spec import Spec
from missionkit.errors import DocumentError, ModelError
from missionkit.issue import Code, Issue, did_you_mean
from missionkit.ports.format import Imported, Lost

_MOST_HINTS: Final = 100
_KIND: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*").fullmatch


@define(kw_only=True)
class Reading:
    """Reads one document; whatever its text was written in, *find* knows the places."""

    kinds: Kinds
    lenient: bool
    limits: Limits
    find: Find
    faults: list[Fault] = field(factory=list)
    remarks: list[Fault] = field(factory=list)
    unsaid: int = 0
    hints: int = _MOST_HINTS
    lost: list[tuple[Path, object]] = field(factory=list)
    elements: list[Element] = field(factory=list)
    paths: list[Path] = field(factory=list)

    def imported(self, values: object, source: str = "") -> Imported:
        """Return the model, what was remarked and what was left out; or raise."""
        model = self._model(self._document(values))
        if self.faults:
            refuse((*self._placed(self.faults), *self._more()))
        places = self.find(path for path, _ in self.lost) if self.lost else {}
        return Imported(
            model=model,
            issues=(*self._placed(self.remarks), *self._unsaid()),
            lost=tuple(_lost(path, value, places) for path, value in self.lost),
            source=source,
        )

    def _document(self, values: object) -> Record:
        if not isinstance(values, dict):
            issue = codes.NO_OBJECT.issue("the document is no object.", value=values)
            refuse(self._placed([Fault(issue, ())]))
        self._refuse_many(len(values))
        try:
            document, number = migrated(values)
        except DocumentError as error:
            faults = [Fault(issue, path_parts(issue.path)) for issue in error.issues]
            refuse(self._placed(faults))
        if number < CURRENT:
            said = f"read as 'missionkit/{number}' and brought to {SCHEMA!r}."
            self._remark(codes.MIGRATED, said, ("schema",), at_key=False)
        for key, held in document.items():
            self._array(key, held)
        return document

    def _refuse_many(self, keys: int) -> None:
        most = self.limits.arrays
        if keys > most:
            said = f"the document has {keys} keys at its top; {most} are allowed."
            fix = f"{codes.TOO_MANY.fix}: Limits(arrays={keys})"
            refuse(self._placed([Fault(codes.TOO_MANY.issue(said, fix=fix), ())]))

    def _array(self, key: str, held: object) -> None:
        spec = self.kinds.stored_as(key)
        if key in ("schema", "organization") or self._is_enough:
            return
        if spec is None and key != ERASED and not (is_vendors(key) and _KIND(key)):
            self._unknown_key(key, held)
        elif not isinstance(held, list):
            said, fix = f"{key} must be a list.", "write it in []"
            self._fault(codes.WRONG_TYPE.issue(said, fix=fix, value=held), (key,))
        elif spec is not None:
            self._elements(spec, held)
        elif key == ERASED:
            self._erased(held)
        else:
            self._opaque(key, held)

    def _unknown_key(self, key: str, held: object) -> None:
        near = self._near(key, (spec.plural for spec in self.kinds))
        said = f"a document has no array {key!r}."
        if not self.lenient:
            issue = codes.UNKNOWN_KEY.issue(said, fix=near)
            self._fault(issue, (key,), at_key=True)
            return
        self._remark(codes.LEFT_OUT, f"{key!r} was left out.", (key,), fix=near)
        self.lost.append(((key,), held))

    def _elements(self, spec: Spec, records: list[Any]) -> None:
        read, plural = converter_for(self.kinds).readers[spec.kind], spec.plural
        for position, record in enumerate(records):
            path = (plural, position)
            element = _read(read, record)
            if element is None:
                element = self._walked(spec, record, path)
                if self._is_enough:
                    return
            if element is not None:
                self._keep(element, path)

    def _keep(self, element: Element, path: Path) -> None:
        self.elements.append(element)
        self.paths.append(path)

    def _walked(self, spec: Spec, record: object, path: Path) -> Element | None:
        if self.lenient and isinstance(record, dict):
            record, ways = moved(spec, record, self.limits.faults)
            for name, way in ways.items():
                said = f"{name} is unknown; it is kept in ext[{UNKNOWN!r}]."
                self._remark(codes.MOVED_FIELD, said, (*path, *way))
            sound = _read(converter_for(self.kinds).readers[spec.kind], record)
            if sound is not None:
                return sound
        found, faults = walked(spec, record, path, self._left)
        self.faults += faults
        # What refers to the element must not be blamed for the element's own faults.
        ref = _ref(record)
        element: Element | None = found
        return element or (Opaque(kind=spec.kind, id=ref, erased=True) if ref else None)

    def _erased(self, records: list[Any]) -> None:
        for position, record in enumerate(records):
            if self._is_enough:
                return
            path: Path = (ERASED, position)
            kind, ref = _kind(record), _ref(record)
            if kind and kind not in self.kinds and not is_vendors(kind):
                self._unknown_kind(kind, (*path, "kind"))
            elif kind and ref and len(record) == len(("kind", "id")):
                self._keep(Opaque(kind=kind, id=ref, erased=True), path)
            else:
                said = "what is erased has a kind, an id and nothing else."
                self._fault(codes.WRONG_TYPE.issue(said, value=record), path)

    def _unknown_kind(self, kind: str, path: Path) -> None:
        near = self._near(kind, (spec.kind for spec in self.kinds))
        said = f"there is no kind {kind!r}."
        self._fault(codes.UNKNOWN_VALUE.issue(said, fix=near, value=kind), path)

    def _opaque(self, kind: str, records: list[Any]) -> None:
        known = (spec.plural for spec in self.kinds if is_vendors(spec.plural))
        said = f"{len(records)} of kind {kind!r} are kept, but not checked."
        self._remark(codes.ABSENT_KIND, said, (kind,), fix=self._near(kind, known))
        for position, record in enumerate(records):
            if self._is_enough:
                return
            path: Path = (kind, position)
            ref = _ref(record)
            if not ref:
                said = "an element of any kind is an object with an id."
                self._fault(codes.WRONG_TYPE.issue(said, value=record), path)
                continue
            try:
                bare = record.keys() == {"id"}
                data = None if bare else foreign(record, depth=RECORD_DEPTH)
            except NoJsonError as error:
                self._fault(codes.WRONG_TYPE.issue(f"{error}.", value=record), path)
            else:
                self._keep(Opaque(kind=kind, id=ref, data=data), path)

    def _model(self, document: Record) -> Model:
        if self._is_enough:
            return Model(kinds=self.kinds)
        try:
            model = Model(self.elements, kinds=self.kinds)
        except ModelError as error:
            issues = error.issues[: self._left]
            where: dict[str, list[Path]] = {issue.ref: [] for issue in issues}
            for element, path in zip(self.elements, self.paths, strict=True):
                if element.id in where:
                    where[element.id].append(path)
            self.faults += (_structural(issue, where) for issue in issues)
            return Model(kinds=self.kinds)
        root = model.root.id if model.root else None
        if not self.faults and document.get("organization", root) != root:
            said = "organization must name the one that has no parent."
            fix = f"write {root!r}" if root else "leave it out; there is none"
            named = document["organization"]
            issue = codes.WRONG_ROOT.issue(said, fix=fix, value=named)
            self._fault(issue, ("organization",))
        return model

    @property
    def _left(self) -> int:
        return self.limits.faults - len(self.faults)

    @property
    def _is_enough(self) -> bool:
        return self._left <= 0

    def _near(self, name: str, known: Iterable[str]) -> str:
        self.hints -= 1
        return did_you_mean(name, known) if self.hints >= 0 else ""

    def _remark(
        self, code: Code, said: str, path: Path, *, fix: str = "", at_key: bool = True
    ) -> None:
        if len(self.remarks) < self.limits.faults:
            self.remarks.append(Fault(code.issue(said, fix=fix), path, at_key))
        else:
            self.unsaid += 1

    def _unsaid(self) -> Iterator[Issue]:
        if self.unsaid:
            said = f"there are {self.unsaid} more remarks, which are not listed."
            yield codes.MORE_REMARKS.issue(said, value=self.unsaid)

    def _fault(self, issue: Issue, path: Path, *, at_key: bool = False) -> None:
        self.faults.append(Fault(issue, path, at_key))

    def _placed(self, faults: list[Fault]) -> tuple[Issue, ...]:
        return placed(faults, self.find)

    def _more(self) -> Iterator[Issue]:
        if self._is_enough:
            most = self.limits.faults
            said = f"there are at least {most} faults; no more were looked for."
            yield codes.MORE_FAULTS.issue(said, value=most)


def _read(read: Callable[[Record], Element], record: Any) -> Element | None:  # noqa: ANN401 - any JSON value
    """Return the element of a sound record; the walker tells what is wrong."""
    try:
        return read(record)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the walker finds out what it was
        return None


def _structural(issue: Issue, where: Mapping[str, list[Path]]) -> Fault:
    # Of several elements with one id, the last is the one too many, and the model
    # looks at the links of the first.
    last = -1 if issue.code == DUPLICATE_ID.code else 0
    path = where[issue.ref][last]
    return Fault(evolve(issue, ref=""), (*path, *path_parts(issue.path)))


def _ref(record: object) -> AnyId | None:
    ref = record.get("id") if isinstance(record, dict) else None
    return AnyId(ref) if isinstance(ref, str) and is_id(ref) else None


def _kind(record: object) -> str:
    kind = record.get("kind") if isinstance(record, dict) else None
    return kind if isinstance(kind, str) and _KIND(kind) else ""


def _lost(path: Path, value: object, places: Mapping[Path, Place]) -> Lost:
    return Lost(
        path=path_text(path),
        value=json.dumps(value, ensure_ascii=False),
        why="no kind is stored under this name",
        source=places[path].key,
    )
