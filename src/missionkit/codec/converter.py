"""The fast way between plain values and elements: functions generated once a class.

A reader made here only answers yes or no: it raises for what is wrong, and the walker
of `missionkit.codec.faults` then names every fault.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, assert_never

from attrs import AttrsInstance, fields_dict, frozen

from missionkit.codec.leaves import (
    LEAF_READERS,
    LEAF_WRITERS,
    Reader,
    Writer,
    choice_reader,
    read_ext,
    read_text,
    read_trimmed,
    write_ext,
)
from missionkit.domain.kinds import Kinds
from missionkit.domain.marks import NotBlank
from missionkit.domain.spec import (
    Choice,
    DeclarationError,
    FieldSpec,
    Foreign,
    Leaf,
    Many,
    Nested,
    Reference,
    Shape,
    Spec,
    spec_of,
)

_TAKEN: Final = frozenset({"attrs", "cl", "converter", "typevar_map"})

Record = dict[str, Any]
"""One JSON object."""


@frozen
class Converter:
    """Reads and writes the elements of some kinds, each by a function of its own."""

    readers: Mapping[str, Callable[[Record], Any]]
    writers: Mapping[str, Callable[[Any], Record]]


@cache
def converter_for(kinds: Kinds) -> Converter:
    """Return the converter of *kinds*; it is made once."""
    # Imported here: cattrs takes longer to load than everything else together.
    from cattrs import Converter as Cattrs  # noqa: PLC0415 - heavy

    makers = _Makers(Cattrs(detailed_validation=False))
    return Converter(
        readers={spec.kind: makers.reader(spec) for spec in kinds},
        writers={spec.kind: makers.writer(spec) for spec in kinds},
    )


@cache
def value_writer(cls: type) -> Callable[[Any], Record]:
    """Return the function that writes a value that stands for itself."""
    from cattrs import Converter as Cattrs  # noqa: PLC0415 - heavy

    return _Makers(Cattrs(detailed_validation=False)).writer(spec_of(cls))


def leaf_reader(shape: Leaf) -> Reader:
    """Return the reader of a leaf; text that must not be blank is trimmed."""
    trimmed = any(isinstance(rule, NotBlank) for rule in shape.rules)
    return read_trimmed if trimmed else LEAF_READERS[shape.type]


class _Makers:
    """Makes the functions of each class, and of the values inside it, once."""

    def __init__(self, converter: Any) -> None:  # noqa: ANN401 - cattrs is not imported here
        self._converter = converter
        self._made: dict[tuple[str, type], Callable[[Any], Any]] = {}

    def reader(self, spec: Spec) -> Callable[[Record], Any]:
        from cattrs.gen import make_dict_structure_fn, override  # noqa: PLC0415 - heavy

        if ("read", spec.cls) not in self._made:
            _refuse_taken(spec)
            hooks: Record = {
                item.name: override(struct_hook=self._field_reader(item))
                for item in spec.fields
            }
            self._made["read", spec.cls] = make_dict_structure_fn(
                spec.cls,
                self._converter,
                _cattrs_forbid_extra_keys=True,
                _cattrs_detailed_validation=False,
                **hooks,
            )
        return self._made["read", spec.cls]

    def writer(self, spec: Spec) -> Callable[[Any], Record]:
        from cattrs.gen import (  # noqa: PLC0415 - heavy
            make_dict_unstructure_fn_from_attrs,
            override,
        )

        if ("write", spec.cls) not in self._made:
            attributes = fields_dict(spec.cls)
            hooks: Record = {
                item.name: override(unstruct_hook=self._field_writer(item))
                for item in spec.fields
            }
            self._made["write", spec.cls] = make_dict_unstructure_fn_from_attrs(
                [attributes[item.name] for item in spec.fields],
                spec.cls,
                self._converter,
                _cattrs_omit_if_default=True,
                **hooks,
            )
        return self._made["write", spec.cls]

    def _field_reader(self, item: FieldSpec) -> Reader:
        read = self._shape_reader(item.shape)
        return _or_none(read) if item.optional else read

    def _shape_reader(self, shape: Shape) -> Reader:
        match shape:
            case Leaf():
                return leaf_reader(shape)
            case Choice(enum=cls):
                return choice_reader(cls)
            case Reference():
                return read_text
            case Foreign():
                return read_ext
            case Nested(cls=cls):
                return self._nested_reader(cls)
            case Many(container=container, item=inner):
                return _many_reader(container, self._shape_reader(inner))
        assert_never(shape)

    def _nested_reader(self, cls: type[AttrsInstance]) -> Reader:
        read = self.reader(spec_of(cls))

        def nested(value: object, _: object = None) -> object:
            if type(value) is not dict:
                raise TypeError
            return read(value)

        return nested

    def _field_writer(self, item: FieldSpec) -> Writer:
        write = self._shape_writer(item.shape)
        return _or_none(write) if item.optional and write is not _same() else write

    def _shape_writer(self, shape: Shape) -> Writer:
        match shape:
            case Leaf(type=kind):
                return LEAF_WRITERS.get(kind) or _same()
            case Choice() | Reference():
                return _same()
            case Foreign():
                return write_ext
            case Nested(cls=cls):
                return self.writer(spec_of(cls))
            case Many(container=container, item=inner):
                return _many_writer(container, self._shape_writer(inner))
        assert_never(shape)


def _refuse_taken(spec: Spec) -> None:
    taken = [name for name in spec.by_name if name in _TAKEN]
    if taken:
        where = f"{spec.cls.__name__}.{taken[0]}"
        raise DeclarationError(
            f"{where}: cattrs has this name itself; rename the field"
        )


def _same() -> Writer:
    # The one function that cattrs' generated code knows it need not call.
    from cattrs.fns import identity  # noqa: PLC0415 - heavy

    return identity


def _or_none(convert: Reader) -> Reader:
    def optional(value: object, _: object = None) -> object:
        return None if value is None else convert(value)

    return optional


def _many_reader(container: type, read: Reader) -> Reader:
    def many(value: object, _: object = None) -> object:
        if type(value) is not list:
            raise TypeError
        found = container([read(item) for item in value])
        if len(found) < len(value):
            raise ValueError
        return found

    return many


def _many_writer(container: type, write: Writer) -> Writer:
    if container is tuple:
        return lambda value: [write(item) for item in value]
    return lambda value: sorted(map(write, value), key=_order)


def _order(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)
