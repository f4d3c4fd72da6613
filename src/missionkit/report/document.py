"""The documents that a review hands on: written from the model, for who uses them."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from os import PathLike
from pathlib import Path
from pkgutil import iter_modules
from typing import Final, Protocol, cast

from attrs import field, frozen

from missionkit.domain.checking import refuse_no_day
from missionkit.domain.model import Model, refuse_no_model
from missionkit.domain.review import ReviewCycle
from missionkit.errors import NotFoundError
from missionkit.formats.file import write_bytes
from missionkit.issue import nearest
from missionkit.markup import tag
from missionkit.report import documents
from missionkit.report.blocks import Section
from missionkit.report.document_origin import about
from missionkit.report.document_view import DocumentView
from missionkit.report.page import html_page, markdown_page
from missionkit.report.people import hiding, without_names
from missionkit.rules.standing import last_review

_NO_NAME: Final = "An organization without a name"


class DocumentModule(Protocol):
    """What a module in ``documents`` holds."""

    KEY: str
    TITLE: str
    CONSUMERS: tuple[str, ...]

    def sections(self, view: DocumentView, /) -> Iterator[Section]:
        """Yield the sections of the document."""
        ...


@frozen(kw_only=True)
class Document:
    """A document that a review hands on, as a page and as Markdown.

    `consumers` are the keys of the processes, or of the stage, that it goes to.
    """

    key: str
    title: str
    consumers: tuple[str, ...]
    html: str = field(repr=False)
    markdown: str = field(repr=False)

    def __str__(self) -> str:
        """Return it as Markdown."""
        return self.markdown

    def _repr_html_(self) -> str:
        return tag("pre", self.markdown)

    def save(self, folder: str | PathLike[str]) -> tuple[Path, ...]:
        """Write the page and the Markdown, both or none, and return their paths.

        The folder is made where it is missing.

        Raises:
            StoreError: the files cannot be written; none of them was changed.
        """
        place = Path(folder)
        files = {f"{self.key}.html": self.html, f"{self.key}.md": self.markdown}
        write_bytes({place / name: text.encode() for name, text in files.items()})
        return tuple(place / name for name in files)


def document(
    model: Model,
    key: str,
    *,
    on: date,
    cycle: ReviewCycle | str | None = None,
    people: bool = False,
) -> Document:
    """Return a document of a review, written from *model* as of a day.

    Without *cycle* it is of the review that is under way, or else of the last one.
    What is missing is said where it is missing. People are not named unless *people*
    is true, as in the pack.

    Raises:
        InvalidValueError: there is no model, or *on* is no date.
        NotFoundError: there is no such document, or no such review.
    """
    refuse_no_model(model, "document")
    refuse_no_day(on, "document")
    module = document_named(key)
    named = cycle.id if isinstance(cycle, ReviewCycle) else cycle
    review = last_review(model) if named is None else model.get(ReviewCycle, named)
    ref = str(review.id) if review else ""
    if not people:
        ref = hiding(model).ids.get(ref, ref)
        model, _ = without_names(model)
    ours = model.get(ReviewCycle, ref) if review else None
    return _made(module, DocumentView(model=model, on=on, review=ours, people=people))


def _made(module: DocumentModule, view: DocumentView) -> Document:
    origin = about(view, module.KEY, module.CONSUMERS)
    sections = (*module.sections(view), origin)
    root = view.model.root
    whose = root.name if root else _NO_NAME
    subtitle = f"{whose}, as of {view.on.isoformat()}"
    return Document(
        key=module.KEY,
        title=module.TITLE,
        consumers=module.CONSUMERS,
        html=html_page(module.TITLE, subtitle, sections),
        markdown=markdown_page(module.TITLE, subtitle, sections),
    )


def document_named(key: str) -> DocumentModule:
    """Return the module of a document, or raise `NotFoundError`."""
    known = document_modules()
    for name, module in known.items():
        if name == key:
            return module
    raise NotFoundError("document", str(key), nearest(str(key), known))


@cache
def document_modules() -> Mapping[str, DocumentModule]:
    """Return what documents there are, by their keys: every module is one."""
    names = sorted(found.name for found in iter_modules(documents.__path__))
    modules = (import_module(f"{documents.__name__}.{name}") for name in names)
    found = [cast("DocumentModule", module) for module in modules]
    return {module.KEY: module for module in found}
