"""What the command about processes tells of one: from its brief to those it serves."""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from missionkit.cli.parts import Findings, Lacking, Line, Part, Rows, Shown, Told
from missionkit.cli.processes import Asking
from missionkit.domain.care import Benchmark, Investigation, Practice
from missionkit.domain.measure import SuccessMeasure
from missionkit.domain.process import DesignBrief, Process
from missionkit.domain.role import Delivery, Handover
from missionkit.domain.spec import spec_of
from missionkit.markup import columns, table
from missionkit.processes.currency import CARE_LIMITS, care_of
from missionkit.processes.matrix import MATRIX_LIMITS, responsibility_matrix
from missionkit.processes.playing import played
from missionkit.processes.service import service_of
from missionkit.processes.sipoc import sipocs
from missionkit.processes.splitting import SPLIT_HEAD, EffortSplit
from missionkit.report.measured import amount_said
from missionkit.report.results import results_of


@frozen
class _Effort:
    """The effort of one process."""

    split: EffortSplit

    def __str__(self) -> str:
        return columns((SPLIT_HEAD, self.split.row()))

    def _repr_html_(self) -> str:
        return table(SPLIT_HEAD, (self.split.row(),))

    def as_dict(self) -> dict[str, object]:
        return self.split.as_dict()


def one_process(asking: Asking, process: Process) -> Told:
    """Return all that is known of a process on the day, a part for each question."""
    model, on = asking.model, asking.on
    limits = asking.limited(CARE_LIMITS)
    parts: dict[str, Shown] = {
        "What it is": _facts(asking, process),
        "Design brief": _brief(process),
        "Release": _ladder(asking, process),
        "Handover": _handovers(asking, process),
        "Roles": _roles(asking, process),
        "Responsibility": _letters(asking, process),
        "SIPOC": _sipoc(asking, process),
        "Measures": _measures(asking, process),
        "Care": care_of(model, process, on=on, limits=limits),
        "Practices": _practices(asking, process),
        "Problems": _problems(asking, process),
        "Effort": _effort(asking, process),
        "Service": service_of(model, process, on=on),
        "Findings": Findings(asking.about(process.id)),
    }
    return Told(
        ref=process.id,
        title=process.name,
        on=on,
        issues=asking.about(process.id),
        parts=tuple(Part(title=title, body=body) for title, body in parts.items()),
    )


def _facts(asking: Asking, process: Process) -> Rows:
    title = asking.model.title
    facts = {
        "family": process.family,
        "level": process.level,
        "critical": "yes" if process.critical else "no",
        "part of": title(process.parent) if process.parent else None,
        "purpose": process.purpose,
        "achieves": tuple(map(title, process.achieves)),
        "realizes": tuple(map(title, process.realizes)),
    }
    return Rows(
        tuple(
            {"fact": name, "said": held or Lacking("✕ not said")}
            for name, held in facts.items()
        ),
        "",
    )


def _brief(process: Process) -> Rows:
    """Return the five questions, as the declaration asks them, with their answers."""
    brief = process.brief or DesignBrief()
    rows = (
        {
            "question": field.expected,
            "answer": getattr(brief, field.name) or Lacking("✕ none"),
        }
        for field in spec_of(DesignBrief).fields
    )
    return Rows(tuple(rows), "")


def _ladder(asking: Asking, process: Process) -> Rows:
    steps = process.release.steps if process.release else ()
    rows = (
        {
            "rung": step.state,
            "on": step.on,
            "evidence": tuple(map(asking.model.title, step.evidence))
            or Lacking("none"),
        }
        for step in steps
        if step.on <= asking.on
    )
    return Rows(tuple(rows), "✕ nobody says how it came into use")


def _handovers(asking: Asking, process: Process) -> Rows:
    rows = (
        {
            "on": each.on or Lacking("✕ not said"),
            "delivered": tuple(d for d in Delivery if d in each.delivered)
            or Lacking("✕ none"),
            "lacking": tuple(d for d in Delivery if d not in each.delivered),
            "accepted": each.accepted
            if each.accepted and each.accepted <= asking.on
            else Lacking("✕ not accepted"),
            **_between(asking, each),
        }
        for each in asking.model.of(Handover)
        if each.process == process.id and (each.on or asking.on) <= asking.on
    )
    return Rows(tuple(rows), "✕ it was not handed over")


def _between(asking: Asking, handover: Handover) -> dict[str, object]:
    if not asking.people:
        return {}
    ends = {"from": handover.from_party, "to": handover.to_party}
    title = asking.model.title
    return {name: title(party) if party else None for name, party in ends.items()}


def _roles(asking: Asking, process: Process) -> Rows:
    model = asking.model
    found: dict[str, list[str]] = {}
    for each in played(model, asking.on):
        if str(each.on) == process.id:
            found.setdefault(each.role, []).append(each.party)
    rows = (
        {
            "role": model.title(role),
            "played by": tuple(map(model.title, parties))
            if asking.people
            else len(parties),
        }
        for role, parties in found.items()
    )
    return Rows(tuple(rows), "✕ nobody plays a role in it")


def _letters(asking: Asking, process: Process) -> Shown:
    limits = asking.limited(MATRIX_LIMITS)
    matrix = responsibility_matrix(asking.model, on=asking.on, limits=limits)
    about = {process.id, *(r.ref for r in matrix if r.part_of == process.id)}
    rows = (
        {
            "what": row.title,
            "role": matrix.titles[role],
            "letter": row.cell(role),
            "remarks": tuple(each.fault.value for each in matrix.about(row.ref)),
        }
        for row in matrix
        if row.ref in about
        for role in row.letters
    )
    return Rows(tuple(rows), "✕ no role has anything to do with it")


def _sipoc(asking: Asking, process: Process) -> Shown:
    every = sipocs(asking.model, on=asking.on)
    found = (each for each in every if each.process == process.id)
    return next(found, Line(("it is retired",)))


def _measures(asking: Asking, process: Process) -> Rows:
    results = results_of(asking.model, {}, asking.on)
    measured = (process.id, *process.achieves)
    rows = (
        {
            "measure": each.measure.name,
            "of": asking.model.title(ref),
            "target": amount_said(each.target, each.measure.unit or "")
            if each.target
            else Lacking("✕ none"),
            "last": amount_said(each.readings[-1], each.measure.unit or "")
            if each.readings
            else Lacking("✕ none"),
            "standing": each.standing.value[0],
        }
        for ref in measured
        for each in results.get(ref, ())
    )
    return Rows(tuple(rows), "✕ it has no measure, nor has an objective of it")


def _practices(asking: Asking, process: Process) -> Rows:
    rows = [*_kept(asking, process), *_compared(asking, process)]
    return Rows(tuple(rows), "none is recorded")


def _kept(asking: Asking, process: Process) -> Iterator[dict[str, object]]:
    for each in asking.model.of(Practice):
        if each.process == process.id and (each.since or asking.on) <= asking.on:
            days = (each.since, each.reviewed)
            yield _dated(asking, "practice", each.name, days)


def _compared(asking: Asking, process: Process) -> Iterator[dict[str, object]]:
    for each in asking.model.of(Benchmark):
        measure = asking.model.find(each.measure) if each.measure else None
        of = measure.of if isinstance(measure, SuccessMeasure) else None
        if process.id in (each.process, of) and (each.on or asking.on) <= asking.on:
            said = f"{each.name}: {each.value} at {each.peer or 'a peer'}"
            yield _dated(asking, "benchmark", said, (each.on, None))


def _dated(
    asking: Asking, kind: str, said: str, days: tuple[date | None, date | None]
) -> dict[str, object]:
    known = [day if day and day <= asking.on else None for day in days]
    return {"kind": kind, "what": said, "since": known[0], "reviewed": known[1]}


def _problems(asking: Asking, process: Process) -> Rows:
    rows = (
        {
            "on": each.on or Lacking("✕ not said"),
            "problem": each.problem,
            "cause": each.cause or Lacking("✕ not known"),
        }
        for each in asking.model.of(Investigation)
        if each.process == process.id and (each.on or asking.on) <= asking.on
    )
    return Rows(tuple(rows), "no problem was investigated")


def _effort(asking: Asking, process: Process) -> Shown:
    every = asking.effort().processes
    found = (_Effort(each) for each in every if each.process == process.id)
    return next(found, Rows((), "nobody says how much effort it takes"))
