"""How a text, number, date or word is written in a document: one way each.

Every reader takes a JSON value and returns the domain's, or raises ValueError saying
what is wanted. Nothing is ever guessed from another type.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from missionkit.codec import codes
from missionkit.domain.ext import DEEPEST, LARGEST_INT, Ext, NoJsonError, ext_of
from missionkit.issue import Code

Reader = Callable[..., Any]
"""Takes what JSON holds, and the type cattrs names; returns what the domain holds."""
Writer = Callable[[Any], Any]
"""Takes what the domain holds and returns what JSON holds."""

DATE: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
INSTANT: Final = (
    rf"{DATE}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\.[0-9]{{1,6}})?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})"
)
DECIMAL: Final = r"-?(0|[1-9][0-9]*)(\.[0-9]+)?"
_LONGEST_DECIMAL: Final = 100
_IS_DATE: Final = re.compile(DATE).fullmatch
_IS_INSTANT: Final = re.compile(INSTANT).fullmatch
_IS_DECIMAL: Final = re.compile(DECIMAL).fullmatch


class UnfitError(ValueError):
    """What JSON holds does not fit; `wanted` says what would, `fix` how to write it."""

    def __init__(self, code: Code, wanted: str, fix: str = "") -> None:
        super().__init__(code, wanted, fix)
        self.code = code
        self.wanted = wanted
        self.fix = fix


def tidy(text: str) -> str:
    """Return *text* with each line end as one line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(value: object, _: object = None) -> str:
    """Return text with plain line ends."""
    if type(value) is not str:
        raise UnfitError(codes.WRONG_TYPE, "text", "write it in double quotes")
    return tidy(value) if "\r" in value else value


def read_trimmed(value: object, _: object = None) -> str:
    """Return text with plain line ends and no white space around it."""
    return read_text(value).strip()


def read_bool(value: object, _: object = None) -> bool:
    """Return a truth value."""
    if type(value) is not bool:
        fix = "write true or false, without quotes"
        raise UnfitError(codes.WRONG_TYPE, "true or false", fix)
    return value


def read_int(value: object, _: object = None) -> int:
    """Return a whole number."""
    if type(value) is not int:
        fix = "write it in digits such as 12, without quotes"
        raise UnfitError(codes.WRONG_TYPE, "a whole number", fix)
    return value


def read_float(value: object, _: object = None) -> float:
    """Return a number; a whole one stays whole."""
    if type(value) is not float and type(value) is not int:
        fix = "write it in digits such as 0.5 or 12, without quotes"
        raise UnfitError(codes.WRONG_TYPE, "a number", fix)
    return value


def read_decimal(value: object, _: object = None) -> Decimal:
    """Return a number that is kept digit by digit."""
    if type(value) is not str:
        fix = 'write it as text, such as "12.50"'
        raise UnfitError(codes.WRONG_TYPE, "a decimal number as text", fix)
    if len(value) > _LONGEST_DECIMAL:
        raise UnfitError(codes.TOO_LONG, "a decimal number of at most 40 digits")
    if not _IS_DECIMAL(value):
        fix = 'write it in plain digits, such as "12.50"'
        raise UnfitError(codes.BAD_FORMAT, "a decimal number as text", fix)
    return Decimal(value)


def read_date(value: object, _: object = None) -> date:
    """Return a day."""
    if type(value) is not str:
        fix = 'write it as text, such as "2026-03-12"'
        raise UnfitError(codes.WRONG_TYPE, "a date as text", fix)
    if not _IS_DATE(value):
        raise UnfitError(codes.BAD_FORMAT, "a date", "write it as YYYY-MM-DD")
    try:
        return date.fromisoformat(value)
    except ValueError:
        fix = "write a day that the calendar has"
        raise UnfitError(codes.BAD_FORMAT, "a date", fix) from None


def read_instant(value: object, _: object = None) -> datetime:
    """Return an instant in UTC."""
    if type(value) is not str:
        fix = 'write it as text, such as "2026-03-12T09:30:00Z"'
        raise UnfitError(codes.WRONG_TYPE, "an instant as text", fix)
    if not _IS_INSTANT(value):
        fix = "write it as YYYY-MM-DDTHH:MM:SSZ; the zone is needed"
        raise UnfitError(codes.BAD_FORMAT, "an instant", fix)
    try:
        return datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError):
        fix = "write a time that the calendar and the clock have"
        raise UnfitError(codes.BAD_FORMAT, "an instant", fix) from None


def read_ext(value: object, _: object = None) -> Ext:
    """Return foreign data."""
    if type(value) is not dict:
        raise UnfitError(codes.WRONG_TYPE, "an object of namespaces", "write it in {}")
    try:
        return foreign(value)
    except NoJsonError as error:
        said = f"plain JSON: {error}"
        raise UnfitError(
            codes.WRONG_TYPE, said, "write it flatter or simpler"
        ) from None


def foreign(value: dict[str, object], *, depth: int = DEEPEST) -> Ext:
    """Return foreign data with plain line ends; raise `NoJsonError` for other data."""
    try:
        return ext_of(value, depth=depth)
    except NoJsonError:
        tidied = {key: _tidied(inner) for key, inner in value.items()}
        return ext_of(tidied, depth=depth)


def _tidied(value: object) -> object:
    if isinstance(value, dict):
        return {key: _tidied(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_tidied(inner) for inner in value]
    return tidy(value) if isinstance(value, str) else value


def choice_reader(cls: type[StrEnum]) -> Reader:
    """Return the reader of a word of an enumeration."""
    words = {str(member): member for member in cls}

    def read(value: object, _: object = None) -> StrEnum:
        if type(value) is str and value in words:
            return words[value]
        raise UnfitError(codes.UNKNOWN_VALUE, f"one of {', '.join(words)}")

    return read


LEAF_READERS: Final[dict[type, Reader]] = {
    str: read_text,
    bool: read_bool,
    int: read_int,
    float: read_float,
    Decimal: read_decimal,
    date: read_date,
    datetime: read_instant,
}


def write_float(value: float) -> float:
    """Return a whole number without a point, so that 1 and 1.0 are written alike."""
    whole = -LARGEST_INT <= value <= LARGEST_INT and value == int(value)
    return int(value) if whole else value


def write_decimal(value: Decimal) -> str:
    """Return the number in plain digits, without zeros that change nothing."""
    if not value:
        return "0"
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def write_instant(value: datetime) -> str:
    """Return the instant with a Z for UTC."""
    return f"{value.replace(tzinfo=None).isoformat()}Z"


LEAF_WRITERS: Final[dict[type, Writer]] = {
    float: write_float,
    Decimal: write_decimal,
    date: date.isoformat,
    datetime: write_instant,
}


def write_ext(value: object) -> Any:  # noqa: ANN401 - any JSON value
    """Return foreign data as plain dicts and lists; equal data are written alike."""
    match value:
        case Ext() | dict():
            return {key: write_ext(value[key]) for key in sorted(value)}
        case tuple() | list():
            return [write_ext(item) for item in value]
        case float():
            return write_float(value)
    return value
