"""How a workflow reads: its stages, its moves and who may do what, one a line."""

from collections.abc import Iterator, Sequence

from missionkit.domain.review import CycleStatus
from missionkit.domain.stages import Move, Permission, Stage, WorkflowRole
from missionkit.markup import columns


def told(
    stages: Sequence[Stage],
    ends: Sequence[str],
    moves: Sequence[Move],
    roles: Sequence[WorkflowRole],
    permissions: Sequence[Permission],
) -> str:
    """Return the parts of a workflow below its name; a part without lines is left out.

    A move tells the way that it leads, and what it takes.
    """
    acts = (("", _words(each.act), _either(each.roles)) for each in permissions)
    parts = (
        (
            "Stages",
            columns(("", each.key, each.label, *_gates(each)) for each in stages),
        ),
        ("Ends", columns(("", end) for end in ends)),
        ("Moves", columns(("", m.event, _way(m), "; ".join(_takes(m))) for m in moves)),
        ("Roles", columns(("", r.name, _players(r)) for r in roles)),
        ("Who may do what else", columns(acts)),
    )
    return "\n\n".join(f"{name}\n{lines}" for name, lines in parts if lines)


def _players(role: WorkflowRole) -> str:
    return f"played by {role.parties}" if role.parties else ""


def _words(name: str) -> str:
    return name.replace("_", " ")


def _either(roles: Sequence[str]) -> str:
    return " or ".join(roles) or "nobody"


def _gates(stage: Stage) -> Iterator[str]:
    for gate, word in ((stage.entry, "enter"), (stage.exit, "leave")):
        count = len(gate.rules)
        yield f"{count} rule{'' if count == 1 else 's'} to {word}" if count else ""


def _way(move: Move) -> str:
    """Return where a move leads; one that stays tells the status after it."""
    target = move.target or str(move.then or "as before")
    if move.when == (CycleStatus.DRAFT,):
        return f"{CycleStatus.DRAFT} → {target}"
    usual = move.when == (CycleStatus.ACTIVE,)
    status = "" if usual else f" ({' or '.join(move.when)})"
    return f"{move.source or 'any stage'}{status} → {target}"


def _takes(move: Move) -> Iterator[str]:
    if move.causes:
        yield f"for {' or '.join(move.causes)}"
    if move.guards:
        yield f"guarded by {', '.join(move.guards)}"
    if move.approvals:
        yield f"{move.approvals} approval{'' if move.approvals == 1 else 's'} of each"
    if move.target is not None and not move.gated:
        yield "past the gates"
    if move.roles:
        yield f"by {_either(move.roles)}"
