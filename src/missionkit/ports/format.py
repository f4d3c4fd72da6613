"""The port of foreign formats: bytes come in as a model, a model goes out as bytes.

A format reports what it could not carry. Reading mends what is plainly meant, says so
in an issue, and keeps what no field of ours holds in `ext`; writing does the same for
what the format has no place for. Nothing is dropped in silence.
"""

from typing import Protocol, runtime_checkable

from attrs import frozen

from missionkit.domain.model import Model
from missionkit.issue import Issue, Source


@frozen
class Lost:
    """One thing that was not carried over: where it stood, what it said, and why.

    `value` is empty where nothing was said there.
    """

    path: str
    value: str = ""
    why: str = ""
    source: Source | None = None

    def __str__(self) -> str:
        """Return the place, the value if there is one, and the reason."""
        said = f" {self.value!r}" if self.value else ""
        return f"{self.source or ''} {self.path}{said}: {self.why}".strip()


@frozen
class Imported:
    """A model that was read, with what was mended and what was lost on the way."""

    model: Model
    issues: tuple[Issue, ...] = ()
    lost: tuple[Lost, ...] = ()
    source: str = ""


@frozen
class Exported:
    """A document that was written, with what it had no place for."""

    data: bytes
    lost: tuple[Lost, ...] = ()


@runtime_checkable
class Format(Protocol):
    """A foreign format; a module with these names is one."""

    @property
    def name(self) -> str:
        """Return the name by which users ask for the format."""
        ...

    def read(self, data: bytes, *, source: str = "") -> Imported:
        """Return the model that *data* holds; `source` names it in issues.

        Raises:
            DocumentError: nothing sensible can be made of it; the issues say where.
        """
        ...

    def write(self, model: Model) -> Exported:
        """Return *model* in this format."""
        ...
