"""What is public: every name, its signature, and where it is typed."""

import ast
import inspect
import os
import re
from enum import Enum
from pathlib import Path
from typing import NewType

import pytest

import missionkit as mk

GOLDEN = Path(__file__).with_name("public_api.txt")
REWRITE = "MISSIONKIT_REWRITE"
PLAIN = re.compile(
    r"\b(?:typing|collections\.abc|datetime|decimal|pathlib[\w.]*|missionkit[\w.]*)\."
)
"""Where a type is defined, which differs between Pythons and says nothing."""
ROOMS = {
    path.stem
    for path in Path(mk.__file__).parent.iterdir()
    if not path.name.startswith("_") and path.name != "py.typed"
}


def described(name: str) -> str:
    """Say what a public name is: a class, function, id type or value."""
    found = getattr(mk, name)
    if isinstance(found, NewType):
        return f"{name}: id"
    if isinstance(found, type) and issubclass(found, Enum):
        return f"{name}: {', '.join(str(member.value) for member in found)}"
    if inspect.isclass(found) or inspect.isfunction(found):
        return f"{name}{signature(found)}"
    return f"{name}: {type(found).__name__}"


def signature(found: object) -> str:
    """Return a signature with the types as they are written in an annotation."""
    try:
        given = inspect.signature(found)  # type: ignore[arg-type]  # tried
    except ValueError:
        return "(…)"
    parts = [PLAIN.sub("", str(shown(item))) for item in given.parameters.values()]
    back = (
        ""
        if given.return_annotation in (None, given.empty)
        else (f" -> {PLAIN.sub('', inspect.formatannotation(given.return_annotation))}")
    )
    for kind, mark in (("KEYWORD_ONLY", "*"), ("POSITIONAL_ONLY", "/")):
        held = [i for i in given.parameters.values() if i.kind.name == kind]
        if held and not any(
            i.kind is i.VAR_POSITIONAL for i in given.parameters.values()
        ):
            at = [*given.parameters.values()].index(held[0 if mark == "*" else -1])
            parts.insert(at if mark == "*" else at + 1, mark)
    return f"({', '.join(parts)}){back}"


def shown(item: inspect.Parameter) -> inspect.Parameter:
    """Return a parameter whose default is shown only where it is short and stable."""
    plain = item.default in (None, "", (), frozenset()) or isinstance(
        item.default, bool | int | str
    )
    return item if plain or item.default is item.empty else item.replace(default=...)


def test_every_public_name_has_the_signature_that_was_promised() -> None:
    now = "".join(f"{described(name)}\n" for name in mk.__all__)
    if os.environ.get(REWRITE):
        GOLDEN.write_text(now, encoding="utf-8", newline="\n")

    assert now == GOLDEN.read_text(encoding="utf-8"), f"set {REWRITE}=1 to accept"


def test_the_stub_and_the_root_name_the_same() -> None:
    stub = Path(mk.__file__).with_suffix(".pyi").read_text(encoding="utf-8")
    imported = [
        alias.asname
        for node in ast.parse(stub).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]

    assert sorted(imported, key=str) == mk.__all__
    assert dir(mk) == mk.__all__


@pytest.mark.parametrize("name", mk.__all__)
def test_no_public_name_is_the_name_of_a_room(name: str) -> None:
    assert name not in ROOMS


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_like_it"):
        mk.nothing_like_it  # type: ignore[attr-defined]  # noqa: B018 - on purpose


@pytest.mark.parametrize("name", mk.__all__)
def test_every_public_class_and_function_is_described(name: str) -> None:
    found = getattr(mk, name)

    if inspect.isclass(found) or inspect.isfunction(found):
        assert inspect.getdoc(found)
