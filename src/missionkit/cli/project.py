"""The settings of the project in which the command runs, and where they stand."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen

from missionkit.cli.codes import UNKNOWN_SETTING, UNREADABLE_SETTINGS, WRONG_SETTING
from missionkit.cli.settings import KEYS, NOTHING, Settings, UnfitError
from missionkit.errors import DocumentError, InvalidValueError
from missionkit.formats.file import read_bytes
from missionkit.issue import Issue, Source, did_you_mean
from missionkit.markup import one_line, shown

_NAME: Final = "pyproject.toml"
_TABLE: Final = ("tool", "missionkit")
_LARGEST: Final = 2**18
_BARE: Final = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED: Final = rf"{_BARE}(?:[ \t]*\.[ \t]*{_BARE})*"
_LINE: Final = re.compile(
    rf"[ \t]*(?:\[[ \t]*(?P<table>{_DOTTED})[ \t]*\]|(?P<key>{_DOTTED})[ \t]*=)"
)
# The reader takes room for each pair of steps of a key: a page of dots would fill the
# memory. It is looked for where a word begins, and nothing is tried twice.
_ENDLESS: Final = re.compile(rf"(?<![A-Za-z0-9_-])(?>{_BARE}[ \t]*+\.[ \t]*+){{100}}")
_PLACE: Final = re.compile(r"\(at line (\d+), column (\d+)\)")


@frozen(kw_only=True)
class Project:
    """What the file of a project says of a check; without one, nothing."""

    file: str = ""
    text: str = ""
    settings: Settings = NOTHING

    def source(self, *keys: str) -> Source:
        """Return the file and, where it is plain, the line in which a key stands."""
        found = _numbers(self.text).get((*_TABLE, *keys), ())
        if len(found) != 1 and len(keys) > 1:
            return self.source(*keys[:-1])
        return Source(file=self.file, line=found[0] if len(found) == 1 else None)

    def placed(self, error: InvalidValueError) -> InvalidValueError:
        """Return an error with the place of what the project's file is to blame for."""
        known = dict(self._steps())
        places = (known.get(_named(issue)) for issue in error.issues)
        issues = tuple(
            issue.at(self.source(*steps) if steps else None)
            for issue, steps in zip(error.issues, places, strict=True)
        )
        return InvalidValueError(error.kind, issues)

    def _steps(self) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
        """Yield the way to each thing that is said, by its setting and as it is shown.

        What is listed has no line of its own.
        """
        for key in KEYS:
            held = getattr(self.settings, key)
            if isinstance(held, Mapping | tuple):
                own = isinstance(held, Mapping)
                yield from (
                    ((key, shown(each)), (key, each) if own else (key,))
                    for each in held
                )

    def leaving(self, options: Settings) -> "Project":
        """Return the same file, with what *options* leave in force of its settings."""
        return evolve(self, settings=self.settings.beside(options))


def _named(issue: Issue) -> tuple[str, str]:
    """Return the setting that an issue is about, and what in it, as it is shown."""
    key, _, name = issue.path.partition("[")
    return key, name.removesuffix("]") or issue.value


def project_here() -> Project:
    """Return what the settings say that hold where the command runs."""
    try:
        return project_at(Path.cwd())
    except FileNotFoundError:  # the folder was removed meanwhile
        return Project()


def project_at(folder: Path) -> Project:
    """Return what the nearest file with settings says, upward from a folder.

    Raises:
        DocumentError: a file on the way is not sound, or has an unknown setting.
    """
    for place in (folder, *folder.parents):
        path = place / _NAME
        if _is_file(path):
            called = _NAME if place == folder else one_line(str(path))
            project = project_in(read_bytes(path, name=called), called)
            if project is not None:
                return project
    return Project()


def _is_file(path: Path) -> bool:
    with suppress(OSError, ValueError):  # what cannot be looked at is not ours
        return path.is_file()
    return False


def project_in(data: bytes, called: str = _NAME) -> Project | None:
    """Return what a ``pyproject.toml`` says of a check; None where it says nothing.

    Raises:
        DocumentError: it is not sound TOML, or has an unknown setting.
    """
    if _TABLE[1].encode() not in data:
        return None  # also where it is not sound: it is nothing of ours
    text, whole = _parsed(data, called)
    tool = whole.get(_TABLE[0])
    table = tool.get(_TABLE[1]) if isinstance(tool, dict) else None
    if table is None:
        return None
    project = Project(file=called, text=text)
    if not isinstance(table, dict):
        issue = WRONG_SETTING.issue(
            "tool.missionkit must be a table.",
            path=".".join(_TABLE),
            value=table,
            source=project.source(),
        )
        raise DocumentError((issue,))
    faults = tuple(_faults(project, table))
    if faults:
        raise DocumentError(faults)
    settings = Settings(**{key: KEYS[key](value) for key, value in table.items()})
    return evolve(project, settings=settings)


def _parsed(data: bytes, called: str) -> tuple[str, dict[str, Any]]:
    try:
        text = data.decode()
        said = _too_much(text)
        if not said:
            return text, tomllib.loads(text)
    except RecursionError:
        said = "it is nested too deeply"
    except ValueError as error:  # of its form, its encoding, or a number in it
        said = one_line(str(error))
    hit = _PLACE.search(said)
    place = Source(
        file=called,
        line=int(hit[1]) if hit else None,
        column=int(hit[2]) if hit else None,
    )
    message = f"{called} cannot be read as TOML: {said}."
    raise DocumentError((UNREADABLE_SETTINGS.issue(message, source=place),))


def _too_much(text: str) -> str:
    if len(text) > _LARGEST:
        return f"it has more than {_LARGEST} letters"
    return "a key has more than 100 parts" if _ENDLESS.search(text) else ""


def _faults(project: Project, table: dict[str, Any]) -> Iterator[Issue]:
    for key, value in table.items():
        path, source = ".".join((*_TABLE, key)), project.source(key)
        if key not in KEYS:
            yield UNKNOWN_SETTING.issue(
                f"There is no setting {shown(key)}.",
                path=path,
                source=source,
                value=key,
                fix=did_you_mean(key, KEYS) or f"use one of {', '.join(KEYS)}",
            )
            continue
        try:
            KEYS[key](value)
        except UnfitError as error:
            said = f"{key} must be {error}."
            yield WRONG_SETTING.issue(said, path=path, source=source, value=value)


@lru_cache(maxsize=4)
def _numbers(text: str) -> Mapping[tuple[str, ...], list[int]]:
    """Return the numbers of the lines that name a table or a key, by its path."""
    found: dict[tuple[str, ...], list[int]] = {}
    for number, path in _lines(text):
        found.setdefault(path, []).append(number)
    return found


def _lines(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the number and the path of each line that names a table or a key."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        hit = _LINE.match(line)
        if hit is None:
            table = () if line.lstrip().startswith("[[") else table
        elif hit["table"]:
            table = _steps(hit["table"])
            yield number, table
        else:
            yield number, (*table, *_steps(hit["key"]))


def _steps(dotted: str) -> tuple[str, ...]:
    return tuple(each.strip("\"'") for each in re.findall(_BARE, dotted))
