"""Options that are written in one word: lists of codes, and names with a value."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from missionkit.cli.codes import WRONG_OPTION
from missionkit.cli.settings import Settings
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue
from missionkit.markup import shown

T = TypeVar("T")


def settings_from(  # noqa: PLR0913 - the options of one command
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severity: Iterable[str] = (),
    limit: Iterable[str] = (),
    strict: bool | None = None,
    plugins: bool | None = None,
) -> Settings:
    """Return what the options of a check say.

    Raises:
        InvalidValueError: one is not written as it should be; all are named.
    """
    faults: list[Issue] = []
    said = Settings(
        select=_listed("--select", select, faults),
        ignore=_listed("--ignore", ignore, faults),
        severities=_paired("--severity", severity, "CODE=LEVEL", str, faults),
        limits=_paired("--limit", limit, "NAME=NUMBER", _number, faults),
        strict=strict,
        plugins=plugins,
    )
    if faults:
        raise InvalidValueError("check", tuple(faults))
    return said


def _parts(given: Iterable[str]) -> tuple[str, ...]:
    every = (part.strip() for text in given for part in text.split(","))
    return tuple(dict.fromkeys(filter(None, every)))


def _listed(
    option: str, given: Iterable[str], faults: list[Issue]
) -> tuple[str, ...] | None:
    given = tuple(given)
    parts = _parts(given)
    if given and not parts:
        faults.append(_fault(option, given[0], "MK-TRC or MK-TRC,MK-RSP-014"))
    return parts or None


def _paired(
    option: str,
    given: Iterable[str],
    form: str,
    read: Callable[[str], T],
    faults: list[Issue],
) -> Mapping[str, T] | None:
    given = tuple(given)
    parts = _parts(given)
    if given and not parts:
        faults.append(_fault(option, given[0], form))
    pairs: dict[str, T] = {}
    for part in parts:
        name, sign, value = (word.strip() for word in part.partition("="))
        try:
            pairs[name] = read(value)
        except ValueError:
            sign = ""
        if not (name and sign and value):
            faults.append(_fault(option, part, form))
    return pairs or None


def _number(text: str) -> float:
    try:
        return int(text)
    except ValueError:
        return float(text)


def _fault(option: str, given: str, form: str) -> Issue:
    said = f"{option} {shown(given)} is not written as {form}."
    return WRONG_OPTION.issue(said, path=option, value=given)
