"""What a responsibility matrix is: its rows, its letters, and what is wrong with it."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from attrs import frozen

from missionkit.domain.role import Letter
from missionkit.errors import NotFoundError
from missionkit.issue import nearest
from missionkit.markup import columns, one_line, table


class MatrixFault(StrEnum):
    """What may be wrong with a row or a column of the matrix."""

    NO_LETTER = "no letter"
    NO_ACCOUNTABLE = "no A"
    SEVERAL_ACCOUNTABLE = "several A"
    NO_RESPONSIBLE = "no R"
    MANY_CONSULTED = "many C"
    SEVERAL_LETTERS = "several letters"
    BOTTLENECK = "bottleneck"
    UNUSED = "unused role"


@frozen(kw_only=True)
class MatrixRemark:
    """One thing that is wrong: what, about which row or role, and how many."""

    fault: MatrixFault
    ref: str
    said: str
    value: int = 0

    def __str__(self) -> str:
        """Return it in words."""
        return self.said

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "fault": self.fault.value,
            "ref": self.ref,
            "said": self.said,
            "value": self.value,
        }


@frozen(kw_only=True)
class MatrixRow:
    """What is answered for, and the letters of the roles, by their ids.

    `part_of` is the process of an activity.
    """

    ref: str
    title: str
    kind: str
    part_of: str | None
    letters: Mapping[str, tuple[Letter, ...]]

    def roles(self, letter: Letter) -> tuple[str, ...]:
        """Return the roles that have a letter."""
        return tuple(role for role, held in self.letters.items() if letter in held)

    def cell(self, role: str) -> str:
        """Return the letters of a role, as they stand in the matrix."""
        return "/".join(self.letters.get(role, ()))

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "ref": self.ref,
            "title": self.title,
            "kind": self.kind,
            "part_of": self.part_of,
            "letters": {role: list(held) for role, held in self.letters.items()},
        }


@frozen(kw_only=True)
class ResponsibilityMatrix:
    """Rows of processes and activities, columns of roles, and what is wrong with them.

    `roles` are those with a letter, `titles` the names of all roles by id.
    """

    on: date
    roles: tuple[str, ...]
    titles: Mapping[str, str]
    rows: tuple[MatrixRow, ...]
    remarks: tuple[MatrixRemark, ...]

    def __iter__(self) -> Iterator[MatrixRow]:
        """Yield the rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.rows)

    def __getitem__(self, ref: str) -> MatrixRow:
        """Return one row by the id of what it is about, or raise `NotFoundError`."""
        for row in self.rows:
            if row.ref == ref:
                return row
        name = str(ref)
        raise NotFoundError("row", name, nearest(name, (row.ref for row in self.rows)))

    def about(self, ref: str) -> tuple[MatrixRemark, ...]:
        """Return what is wrong with a row or a role."""
        return tuple(each for each in self.remarks if each.ref == ref)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "on": self.on.isoformat(),
            "roles": [{"id": ref, "title": self.titles[ref]} for ref in self.roles],
            "rows": [row.as_dict() for row in self.rows],
            "remarks": [each.as_dict() for each in self.remarks],
        }

    def to_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def __str__(self) -> str:
        """Return the matrix, and what is wrong with it below."""
        grid = columns((self._head(), *self._rows()))
        return "\n".join((grid, *(f"✕ {one_line(str(each))}" for each in self.remarks)))

    def _repr_html_(self) -> str:
        return table(self._head(), self._rows())

    def _head(self) -> tuple[str, ...]:
        names = (self.titles[ref] for ref in self.roles)
        return (f"responsibility on {self.on}", *names, "remarks")

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for row in self.rows:
            title = f"  {row.title}" if row.part_of else row.title
            remarks = ", ".join(each.fault.value for each in self.about(row.ref))
            yield title, *map(row.cell, self.roles), remarks
