"""What a check is asked for, by the options of the command or by the project's file.

The file is the nearest ``pyproject.toml`` with a table ``[tool.missionkit]``, upward
from the folder the command runs in. It holds data; nothing in it names code to run.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from attrs import field, fields, frozen

from missionkit.markup import one_line, shortened, shown

_WIDE: Final = 400
_EXACT: Final = 53  # so many bits of a whole number does a float keep


class UnfitError(Exception):
    """A value has not the form of its setting; the text says which form that is."""


def _codes(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise UnfitError('a list of codes, such as ["MK-TRC", "MK-RSP-014"]')
    return tuple(value)


def _levels(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(
        isinstance(v, str) for v in value.values()
    ):
        raise UnfitError('a table of severities, such as { MK-TRC-006 = "error" }')
    return value


def _numbers(value: object) -> Mapping[str, float]:
    if not isinstance(value, dict) or not all(map(_is_number, value.values())):
        raise UnfitError("a table of numbers, such as { consulted_roles = 5 }")
    return value


def _is_number(value: object) -> bool:
    if isinstance(value, int) and not isinstance(value, bool):
        return value.bit_length() <= _EXACT
    return isinstance(value, float)


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise UnfitError("true or false")
    return value


def _read_by(reader: Callable[[object], object]) -> Any:  # noqa: ANN401 - as `field`
    return field(default=None, metadata={"reader": reader})


@frozen(kw_only=True)
class Settings:
    """What a check is asked for; None is what was not said.

    The names of the fields are the keys of the table.
    """

    select: tuple[str, ...] | None = _read_by(_codes)
    ignore: tuple[str, ...] | None = _read_by(_codes)
    severities: Mapping[str, str] | None = _read_by(_levels)
    limits: Mapping[str, float] | None = _read_by(_numbers)
    strict: bool | None = _read_by(_switch)
    plugins: bool | None = _read_by(_switch)

    def beside(self, options: "Settings") -> "Settings":
        """Return what *options* leave in force: they beat these settings.

        What is selected by an option is judged, whatever is ignored here.
        """
        left: dict[str, Any] = {
            name: _less(held, getattr(options, name)) for name, held in _said(self)
        }
        if options.select is not None:
            left.pop("ignore", None)
        return Settings(**left)

    def __or__(self, more: "Settings") -> "Settings":
        """Return both together; of what is said in both, *more* holds."""
        both = dict(_said(self))
        for name, held in _said(more):
            known = both.get(name)
            both[name] = {**known, **held} if isinstance(known, Mapping) else held
        return Settings(**both)

    def as_dict(self) -> dict[str, object]:
        """Return what was said as JSON values."""
        return {n: list(h) if isinstance(h, tuple) else h for n, h in _said(self)}

    def __str__(self) -> str:
        """Return what was said in one line, or nothing."""
        said = "; ".join(f"{name} {_in_words(held)}" for name, held in _said(self))
        return shortened(one_line(said), _WIDE)


NOTHING: Final = Settings()
KEYS: Final[Mapping[str, Callable[[object], Any]]] = {
    each.name: each.metadata["reader"] for each in fields(Settings)
}
"""How the value of each key is read; a reader raises `UnfitError`."""


def _said(settings: Settings) -> Iterator[tuple[str, Any]]:
    for name in KEYS:
        held = getattr(settings, name)
        if held is not None:
            yield name, held


def _less(held: object, option: object) -> object:
    if isinstance(held, Mapping) and isinstance(option, Mapping):
        return {key: value for key, value in held.items() if key not in option} or None
    return held if option is None else None


def _plain(value: object) -> str:
    return str(value) if isinstance(value, str) else shown(value)


def _in_words(held: object) -> str:
    if isinstance(held, bool):
        return "on" if held else "off"
    if isinstance(held, Mapping):
        return ", ".join(f"{key} = {_plain(value)}" for key, value in held.items())
    return ", ".join(map(str, held)) if isinstance(held, tuple) and held else "nothing"
