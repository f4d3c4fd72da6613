"""What a section sees: a model with everything that was found out about it."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Final, TypeVar

from attrs import define

from missionkit.domain.declaration import Element
from missionkit.domain.model import Model, in_force
from missionkit.domain.role import RoleAssignment
from missionkit.markup import one_line
from missionkit.ports.format import Imported
from missionkit.report.lines import Carriers, NeedLine, need_lines
from missionkit.rules.check import CheckResult
from missionkit.trace.coverage import Coverage

E = TypeVar("E", bound=Element)
_WIDE: Final = 90


@define(kw_only=True, eq=False)
class PackView:
    """A model on a day, with what the rules and the trace say of it.

    Where *people* is false, `model` has the ids of parties in place of their names.
    """

    model: Model
    on: date
    checked: CheckResult
    coverage: Coverage
    imported: Imported | None = None
    people: bool = False

    def title(self, ref: str) -> str:
        """Return the text that names an element; the id where nothing is there."""
        return self.model.title(ref) if ref in self.model else ref

    @property
    def source(self) -> str:
        """Return the name of the document; its folder is nobody's business."""
        name = self.imported.source if self.imported else ""
        return name.replace("\\", "/").rpartition("/")[2] or "a document"

    def in_force(self, kind: type[E]) -> tuple[E, ...]:
        """Return the elements of a kind that hold on the day."""
        return in_force(self.model, kind, on=self.on)

    @cached_property
    def carriers(self) -> Carriers:
        """Which objectives and processes carry the line of sight."""
        return Carriers.of(self.model, self.on)

    @cached_property
    def lines(self) -> tuple[NeedLine, ...]:
        """The line of sight of each need, the most important first."""
        return need_lines(self.model, self.carriers)

    @cached_property
    def assignments(self) -> Mapping[str, tuple[RoleAssignment, ...]]:
        """The roles that are played on the day, by what they are played for."""
        found: dict[str, list[RoleAssignment]] = {}
        for assignment in self.in_force(RoleAssignment):
            found.setdefault(assignment.on or "", []).append(assignment)
        return {ref: tuple(held) for ref, held in found.items()}


def listed(titles: Iterable[str], most: int = 3) -> str:
    """Return the first titles, shortened, and how many more there are.

    >>> listed(["a.", "b", "c", "d"], most=2)
    '“a”, “b” and 2 more'
    """
    given = list(titles)
    shown = [f"“{clipped(title.rstrip('.'), _WIDE)}”" for title in given[:most]]
    if len(given) > most:
        return f"{', '.join(shown)} and {len(given) - most} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def clipped(text: str, width: int) -> str:
    """Return *text* on one line, cut after a word where it is longer than *width*.

    >>> clipped("A home that is warm in winter", 20)
    'A home that is warm…'
    """
    line = one_line(text[: width * 20])
    if len(line) <= width:
        return line
    kept = line[: width - 1]
    return f"{kept[: kept.rfind(' ')] if ' ' in kept[width // 2 :] else kept}…"


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun.

    >>> plural(1, "need"), plural(2, "process", "processes")
    ('1 need', '2 processes')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"
