"""From the plain values of a document to a model, or to every fault of the document."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any, Final

from attrs import define, evolve, field

from missionkit.codec import codes
from missionkit.codec.converter import Record, converter_for
from missionkit.codec.faults import Fault, unknown_fields, walked
from missionkit.codec.leaves import foreign
from missionkit.codec.locate import Place
from missionkit.codec.migrations import CURRENT, SCHEMA, migrated
from missionkit.codec.path import Path, path_parts, path_text
from missionkit.codec.text import refuse
from missionkit.codec.writing import ERASED, is_vendors
from missionkit.domain.codes import DUPLICATE_ID
from missionkit.domain.declaration import Element
from missionkit.domain.ids import AnyId, is_id
from missionkit.domain.kinds import Kinds
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.spec import Spec
from missionkit.errors import DocumentError, ModelError
from missionkit.issue import Issue, did_you_mean
from missionkit.ports.format import Imported, Lost

Find = Callable[[Iterable[Path]], Mapping[Path, Place]]
"""Tells where paths stand in the text that the values were read from."""

_UNKNOWN: Final = "unknown"
_KIND: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*").fullmatch


@define(kw_only=True)
class Reading:
    """Reads one document; whatever its text was written in, *find* knows the places."""

    kinds: Kinds
    lenient: bool
    most: int
    find: Find
    faults: list[Fault] = field(factory=list)
    remarks: list[Fault] = field(factory=list)
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
            issues=self._placed(self.remarks),
            lost=tuple(_lost(path, value, places) for path, value in self.lost),
            source=source,
        )

    def _document(self, values: object) -> Record:
        if not isinstance(values, dict):
            issue = codes.NO_OBJECT.issue("the document is no object.", value=values)
            refuse(self._placed([Fault(issue, ())]))
        try:
            document, number = migrated(values)
        except DocumentError as error:
            faults = [Fault(issue, path_parts(issue.path)) for issue in error.issues]
            refuse(self._placed(faults))
        if number < CURRENT:
            said = f"read as 'missionkit/{number}' and brought to {SCHEMA!r}."
            self.remarks.append(Fault(codes.MIGRATED.issue(said), ("schema",)))
        for key, held in document.items():
            self._array(key, held)
        return document

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
        near = did_you_mean(key, [spec.plural for spec in self.kinds])
        said = f"a document has no array {key!r}."
        if not self.lenient:
            issue = codes.UNKNOWN_KEY.issue(said, fix=near)
            self._fault(issue, (key,), at_key=True)
            return
        issue = codes.LEFT_OUT.issue(f"{key!r} was left out.", fix=near)
        self.remarks.append(Fault(issue, (key,), at_key=True))
        self.lost.append(((key,), held))

    def _elements(self, spec: Spec, records: list[Any]) -> None:
        read, plural = converter_for(self.kinds).readers[spec.kind], spec.plural
        for position, record in enumerate(records):
            path = (plural, position)
            try:
                element = read(record)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 - the walker finds out what it was
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
            record = self._moved(spec, record, path)
        found, faults = walked(spec, record, path, self.most - len(self.faults))
        self.faults += faults
        # What refers to the element must not be blamed for the element's own faults.
        ref = _ref(record)
        element: Element | None = found
        return element or (Opaque(kind=spec.kind, id=ref) if ref else None)

    def _moved(self, spec: Spec, record: Record, path: Path) -> Record:
        """Return the record with what is unknown moved to `ext`."""
        unknown = list(unknown_fields(spec, record))
        ext = record.get("ext", {})
        if not unknown or not isinstance(ext, dict):
            return record
        record = deepcopy(record)
        space = record.setdefault("ext", {}).setdefault(_UNKNOWN, {})
        for way in unknown:
            if not isinstance(space, dict) or path_text(way) in space:
                continue
            holder: Any = record
            for step in way[:-1]:
                holder = holder[step]
            space[path_text(way)] = holder.pop(way[-1])
            said = f"{path_text(way)} is unknown; it is kept in ext[{_UNKNOWN!r}]."
            issue = codes.MOVED_FIELD.issue(said)
            self.remarks.append(Fault(issue, (*path, *way), at_key=True))
        return record

    def _erased(self, records: list[Any]) -> None:
        for position, record in enumerate(records):
            if self._is_enough:
                return
            path: Path = (ERASED, position)
            kind, ref = _kind(record), _ref(record)
            if kind and ref and len(record) == len(("kind", "id")):
                self._keep(Opaque(kind=kind, id=ref, erased=True), path)
            else:
                said = "what is erased has a kind, an id and nothing else."
                self._fault(codes.WRONG_TYPE.issue(said, value=record), path)

    def _opaque(self, kind: str, records: list[Any]) -> None:
        known = [spec.plural for spec in self.kinds if is_vendors(spec.plural)]
        said = f"{len(records)} of kind {kind!r} are kept, but not checked."
        issue = codes.ABSENT_KIND.issue(said, fix=did_you_mean(kind, known))
        self.remarks.append(Fault(issue, (kind,), at_key=True))
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
                data = foreign(record)
            except ValueError as error:
                self._fault(codes.WRONG_TYPE.issue(f"{error}.", value=record), path)
            else:
                self._keep(Opaque(kind=kind, id=ref, data=data), path)

    def _model(self, document: Record) -> Model:
        if self._is_enough:
            return Model(kinds=self.kinds)
        try:
            model = Model(self.elements, kinds=self.kinds)
        except ModelError as error:
            where: dict[str, list[Path]] = {}
            for element, path in zip(self.elements, self.paths, strict=True):
                where.setdefault(element.id, []).append(path)
            self.faults += (_structural(issue, where) for issue in error.issues)
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
    def _is_enough(self) -> bool:
        return len(self.faults) >= self.most

    def _fault(self, issue: Issue, path: Path, *, at_key: bool = False) -> None:
        self.faults.append(Fault(issue, path, at_key))

    def _placed(self, faults: list[Fault]) -> tuple[Issue, ...]:
        """Return the issues with path and place, in the order of the document."""
        if not faults:
            return ()
        places = self.find(fault.path for fault in faults)
        issues = [
            evolve(
                fault.issue,
                path=path_text(places[fault.path].path),
                source=places[fault.path].key
                if fault.at_key
                else places[fault.path].value,
            )
            for fault in faults
        ]
        return tuple(sorted(issues, key=_order))

    def _more(self) -> Iterator[Issue]:
        if self._is_enough:
            said = f"there are at least {self.most} faults; no more were looked for."
            yield codes.MORE_FAULTS.issue(said)


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


def _order(issue: Issue) -> tuple[int, int, str, str]:
    place = issue.source
    line, column = (place.line or 0, place.column or 0) if place else (0, 0)
    return line, column, issue.code, issue.message
