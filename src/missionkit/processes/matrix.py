"""The responsibility matrix: which role has what to do with each process and activity.

Every row has exactly one A and at least one R; few roles are consulted about it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from missionkit.domain.model import Model
from missionkit.domain.process import Activity, Process
from missionkit.domain.role import (
    Letter,
    Responsibility,
    Role,
    RoleKind,
)
from missionkit.ports.rule import NO_LIMITS, LimitSpec
from missionkit.processes.asking import limits_in_use, refuse_unsound
from missionkit.processes.matrix_rows import (
    MatrixFault,
    MatrixRemark,
    MatrixRow,
    ResponsibilityMatrix,
)
from missionkit.processes.playing import played
from missionkit.processes.release import standing

CONSULTED: Final = LimitSpec(
    "consulted_roles", 3, "how many roles may be consulted about one thing"
)
ACCOUNTABLE_ROWS: Final = LimitSpec(
    "accountable_rows", 7, "for how many things one role may be accountable"
)
MATRIX_LIMITS: Final = (CONSULTED, ACCOUNTABLE_ROWS)
_DOUBLE: Final = frozenset({Letter.ACCOUNTABLE, Letter.RESPONSIBLE})


def responsibility_matrix(
    model: Model, *, on: date, limits: Mapping[str, float] = NO_LIMITS
) -> ResponsibilityMatrix:
    """Return who answers for what on a day, by role, and what is wrong with it.

    Every process that is there on the day has a row, and all else that a role has a
    letter for. A role is a bottleneck where one and the same people are accountable
    by it for too much. Limits are those given, the organization's own, or the usual.

    Raises:
        InvalidValueError: *on* is no date, or a limit is none.
    """
    refuse_unsound("responsibility_matrix", model, on)
    used = limits_in_use("responsibility_matrix", MATRIX_LIMITS, model, limits)
    rows = tuple(_rows(model, on))
    roles = {role for row in rows for role in row.letters}
    titles = {str(role.id): role.name for role in _by_kind(model.of(Role))}
    titles |= {ref: model.title(ref) for ref in sorted(roles - titles.keys())}
    found = (
        *(each for row in rows for each in _about(row, titles, used)),
        *_bottlenecks(model, on, rows, titles, used),
        *(_unused(ref, title) for ref, title in titles.items() if ref not in roles),
    )
    shown = tuple(ref for ref in titles if ref in roles)
    return ResponsibilityMatrix(
        on=on, roles=shown, titles=titles, rows=rows, remarks=found
    )


def _by_kind(roles: Iterable[Role]) -> list[Role]:
    ranks = tuple(RoleKind)
    return sorted(
        roles,
        key=lambda r: (ranks.index(r.kind) if r.kind else len(ranks), r.id),
    )


def _rows(model: Model, on: date) -> Iterator[MatrixRow]:
    """Yield a row for each process with its activities, then for all else."""
    letters = _letters(model)
    there = standing(model, on)
    within = {str(each.id): each.process for each in model.of(Activity)}
    parts: dict[str, list[str]] = {}
    for ref, process in within.items():
        if ref in letters and process is not None:
            parts.setdefault(str(process), []).append(ref)
    for each in there:
        ref = str(each.id)
        yield _row(model, ref, None, letters.get(ref, {}))
        for part in parts.get(ref, ()):
            yield _row(model, part, ref, letters[part])
    processes = {str(each.id) for each in model.of(Process)}
    for ref, held in letters.items():
        if ref not in processes and not within.get(ref):
            yield _row(model, ref, None, held)


def _row(
    model: Model,
    ref: str,
    part_of: str | None,
    letters: Mapping[str, tuple[Letter, ...]],
) -> MatrixRow:
    return MatrixRow(
        ref=ref,
        title=model.title(ref),
        kind=model.kind_of(ref),
        part_of=part_of,
        letters=letters,
    )


def _letters(model: Model) -> dict[str, dict[str, tuple[Letter, ...]]]:
    """Return the letters by what they are about and role, each in its usual order."""
    found: dict[str, dict[str, set[Letter]]] = {}
    for each in model.of(Responsibility):
        row = found.setdefault(str(each.on), {})
        row.setdefault(str(each.role), set()).add(each.letter)
    return {
        ref: {
            role: tuple(letter for letter in Letter if letter in row[role])
            for role in sorted(row)
        }
        for ref, row in sorted(found.items())
    }


def _about(
    row: MatrixRow, titles: Mapping[str, str], limits: Mapping[str, float]
) -> Iterator[MatrixRemark]:
    def remark(fault: MatrixFault, said: str, value: int = 0) -> MatrixRemark:
        said = f"“{row.title}” has {said}."
        return MatrixRemark(fault=fault, ref=row.ref, said=said, value=value)

    if not row.letters:
        yield remark(MatrixFault.NO_LETTER, "no role that has anything to do with it")
        return
    answering = row.roles(Letter.ACCOUNTABLE)
    named = ", ".join(titles[role] for role in answering)
    many = len(answering)
    if not many:
        yield remark(MatrixFault.NO_ACCOUNTABLE, "no accountable role")
    if many > 1:
        said = f"{many} accountable roles: {named}"
        yield remark(MatrixFault.SEVERAL_ACCOUNTABLE, said, many)
    if not row.roles(Letter.RESPONSIBLE):
        yield remark(MatrixFault.NO_RESPONSIBLE, "no responsible role")
    most, asked = limits[CONSULTED.name], len(row.roles(Letter.CONSULTED))
    if asked > most:
        said = f"{asked} roles to consult, more than {most:g}"
        yield remark(MatrixFault.MANY_CONSULTED, said, asked)
    for role, held in row.letters.items():
        if len(held) > 1 and not _DOUBLE.issuperset(held):
            said = f"several letters for {titles[role]}: {', '.join(held)}"
            yield remark(MatrixFault.SEVERAL_LETTERS, said, len(held))


def _bottlenecks(
    model: Model,
    on: date,
    rows: Iterable[MatrixRow],
    titles: Mapping[str, str],
    limits: Mapping[str, float],
) -> Iterator[MatrixRemark]:
    most = limits[ACCOUNTABLE_ROWS.name]
    players = _players(model, on)
    counted: dict[str, dict[frozenset[str], int]] = {}
    for row in rows:
        for role in row.roles(Letter.ACCOUNTABLE):
            who = _who(players.get(role, {}), row)
            held = counted.setdefault(role, {})
            held[who] = held.get(who, 0) + 1
    for role, title in titles.items():
        value = max(counted.get(role, {}).values(), default=0)
        if value > most:
            said = (
                f"{title} is accountable for {value} things in the same hands,"
                f" more than {most:g}."
            )
            fault = MatrixFault.BOTTLENECK
            yield MatrixRemark(fault=fault, ref=role, said=said, value=value)


def _players(model: Model, on: date) -> dict[str, dict[str, frozenset[str]]]:
    """Return who plays each role on a day, by what it is played for."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for each in played(model, on):
        held = found.setdefault(str(each.role), {})
        on_what = str(each.on or "")
        held[on_what] = held.get(on_what, frozenset()) | {str(each.party)}
    return found


def _who(players: Mapping[str, frozenset[str]], row: MatrixRow) -> frozenset[str]:
    """Return who plays a role for a row: for it, its process, or the whole."""
    for ref in (row.ref, row.part_of or row.ref, ""):
        if ref in players:
            return players[ref]
    return frozenset()


def _unused(ref: str, title: str) -> MatrixRemark:
    said = f"{title} has no letter, so nothing says what the role is for."
    return MatrixRemark(fault=MatrixFault.UNUSED, ref=ref, said=said)
