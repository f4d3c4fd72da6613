"""Foreign data, kept through every round trip and never understood."""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any, Final, TypeAlias, cast
from unicodedata import normalize

from missionkit.domain.characters import harmless
from missionkit.domain.codes import NO_JSON
from missionkit.errors import InvalidValueError
from missionkit.markup import shown

Json: TypeAlias = "bool | int | float | str | tuple[Json, ...] | Ext | None"

DEEPEST: Final = 32
RECORD_DEPTH: Final = 62
"""How deep a whole element may be, of which foreign data are a part."""
LARGEST_INT: Final = 2**53
MOST_VALUES: Final = 100_000
MOST_LETTERS: Final = 1_000_000


class NoJsonError(ValueError):
    """Something is no JSON value, too large or too deep; the text says what."""


class Ext(Mapping[str, Json]):
    """A frozen, hashable mapping of JSON values; lists become tuples.

    Unlike in a dict, ``1`` and ``True`` differ, so that equal means: equal as JSON.

    >>> Ext({"vendor": {"rank": [1, 2]}})["vendor"]["rank"]
    (1, 2)
    """

    __slots__ = ("_items", "_key")
    _items: dict[str, Json]
    _key: tuple[object, ...]

    def __init__(
        self, items: Mapping[str, object] | None = None, *, depth: int = DEEPEST
    ) -> None:
        """Freeze *items*; raise `InvalidValueError` where they are no JSON."""
        try:
            _freeze(self, items or {}, depth)
        except NoJsonError as error:
            said = f"ext must hold plain JSON: {error}."
            issue = NO_JSON.issue(said, path="ext")
            raise InvalidValueError("Ext", (issue,)) from None

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"Ext is frozen: {name} cannot be set")

    def __getitem__(self, key: str) -> Json:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Ext):
            return self._key == other._key
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._key)

    def __repr__(self) -> str:
        return f"Ext({self._items!r})"

    def __reduce__(self) -> tuple[Any, tuple[dict[str, object]]]:
        return _thawing, (cast("dict[str, object]", thawed(self)),)

    def merged(self, items: Mapping[str, object]) -> "Ext":
        """Return a copy in which *items* are added, or take the place of old ones."""
        return Ext({**self._items, **items})


def ext_of(items: Mapping[str, object], *, depth: int = DEEPEST) -> Ext:
    """Return *items* frozen, or raise `NoJsonError`, whose text a reader can use."""
    ext = Ext.__new__(Ext)
    _freeze(ext, items, depth)
    return ext


def _thawing(items: dict[str, object]) -> Ext:
    return Ext(items, depth=RECORD_DEPTH)


def thawed(value: Json) -> object:
    """Return *value* as the plain dicts and lists that a JSON library writes."""
    if isinstance(value, Ext):
        return {key: thawed(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [thawed(inner) for inner in value]
    return value


def _freeze(ext: Ext, items: Mapping[str, object], depth: int) -> None:
    _become(ext, _Freezing(whole=depth > DEEPEST).mapping(items, depth))


def _become(ext: Ext, frozen: dict[str, Json]) -> None:
    key = ("map", *((name, _key_of(frozen[name])) for name in sorted(frozen)))
    object.__setattr__(ext, "_items", frozen)
    object.__setattr__(ext, "_key", key)


class _Freezing:
    """Freezes values and counts them: lists that share one list grow without end."""

    def __init__(self, *, whole: bool) -> None:
        # A whole element was read from a document, which has bounds of its own.
        more = 100 if whole else 1
        self._left = MOST_VALUES * more
        self._letters = MOST_LETTERS * more

    def mapping(self, items: Mapping[str, object], depth: int) -> dict[str, Json]:
        if not depth:
            raise NoJsonError(f"nested more than {DEEPEST} deep")
        frozen = {}
        for key in items:
            if type(key) is not str:
                raise NoJsonError(f"a key must be text, got {shown(key)}")
            frozen[self.text(key)] = self.value(items[key], depth - 1)
        if len({normalize("NFC", key) for key in frozen}) < len(frozen):
            raise NoJsonError("two keys look the same")
        return frozen

    def text(self, text: str) -> str:
        self._letters -= len(text)
        if self._letters < 0:
            raise NoJsonError(f"it holds more than {MOST_LETTERS:,} characters")
        if not harmless(text):
            raise NoJsonError(f"{shown(text)} holds a character that no text may hold")
        return text

    def value(self, value: object, depth: int) -> Json:
        self._left -= 1
        if self._left < 0:
            raise NoJsonError(f"it holds more than {MOST_VALUES:,} values")
        match value:
            case None | bool():
                return value
            case str():
                return self.text(str.__str__(value))
            case int() if abs(int.__int__(value)) <= LARGEST_INT:
                return int.__int__(value)
            case float() if isfinite(float.__float__(value)):
                return float.__float__(value)
            case Mapping():
                inner = Ext.__new__(Ext)
                _become(inner, self.mapping(value, depth))
                return inner
            case list() | tuple() if depth:
                return tuple(self.value(item, depth - 1) for item in value)
        raise NoJsonError(f"{shown(value)} is no JSON value, too large or too deep")


def _key_of(value: Json) -> tuple[object, ...]:
    if isinstance(value, Ext):
        return value._key  # noqa: SLF001 - of its own class
    if isinstance(value, tuple):
        return ("list", *map(_key_of, value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        whole = value == int(value) and abs(value) <= LARGEST_INT
        return ("number", int(value) if whole else value)
    return (type(value).__name__, value)


NO_EXT: Final = Ext()
