"""What the commands about stores share: how one is opened, and how results print."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Literal, Protocol, TypeAlias

from attrs import frozen
from cyclopts import Parameter

from missionkit.cli.streams import write
from missionkit.cli.terminal import Path, say
from missionkit.errors import NotFoundError
from missionkit.markup import Html
from missionkit.report.blocks import Section
from missionkit.report.page import html_page
from missionkit.stores.opening import is_database
from missionkit.stores.opening import opened as at
from missionkit.workspace import Workspace

Stream: TypeAlias = Annotated[str, Parameter(allow_leading_hyphen=True)]
"""The name of a stream."""

Kept: TypeAlias = Annotated[str | None, Parameter(allow_leading_hyphen=True)]
"""The path of a checkpoint, where there is one; a lone hyphen is standard input."""

Form: TypeAlias = Literal["text", "json", "html"]


class Result(Protocol):
    """What a command about a store finds."""

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        ...

    def to_html(self) -> Html:
        """Return it as HTML, escaped."""
        ...


@frozen
class _Block:
    """A piece of a page that is HTML already."""

    html: Html
    markdown: str = ""


@contextmanager
def opened(place: Path) -> Iterator[Workspace]:
    """Yield the workspace of a store that is there; not a byte of it is changed."""
    # What is no path at all must be refused, too.
    if not is_database(place) and not os.path.exists(place):  # noqa: PTH110 - as said
        raise NotFoundError("store", place)
    with Workspace(store=at(place, read_only=True)) as workspace:
        yield workspace


def show(found: Result, form: Form, *, title: str, stream: str) -> None:
    """Print a result in the form that is asked for."""
    if form == "json":
        show_json(found.as_dict())
    elif form == "html":
        section = Section(title=title, id="found", blocks=(_Block(found.to_html()),))
        write(html_page(title, stream, [section]).encode())
    else:
        say(found)


def show_json(values: object) -> None:
    """Print JSON values as a document."""
    write(f"{json.dumps(values, ensure_ascii=False, indent=2)}\n".encode())
