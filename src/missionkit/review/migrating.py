"""A running review goes on by a later version of its workflow."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import ClassVar, Unpack

from attrs import evolve, frozen

from missionkit.domain.declaration import Element
from missionkit.domain.digest import digest_of
from missionkit.domain.history import Actor
from missionkit.domain.model import Model
from missionkit.domain.review import Approval, Artifact, ReviewCycle, StageRun
from missionkit.domain.stages import Migration, ReviewAct
from missionkit.domain.workflow import Workflow
from missionkit.issue import Refusal, RefusalKind
from missionkit.markup import shown
from missionkit.review import codes
from missionkit.review.act import Act, Asked, Plan
from missionkit.review.asking import absent_workflow
from missionkit.review.engine import performed
from missionkit.review.prove import proof_of
from missionkit.review.setting import Setting, Settings


@frozen
class Migrate(Act):
    """The review goes on by the newest version that takes it over."""

    name: ClassVar[str] = ReviewAct.MIGRATE.value

    def workflow(self, cycle: ReviewCycle, setting: Setting) -> Workflow | Refusal:
        """Return the version by which the review goes on, or why there is none."""
        named = [each for each in setting.workflows if each.name == cycle.workflow]
        if not named:
            return absent_workflow(cycle, setting)
        taking = [each for each in named if _taking(each, cycle) is not None]
        if taking:
            return max(taking, key=lambda each: each.version)
        versions = ", ".join(str(each.version) for each in named)
        issue = codes.NO_MIGRATION.issue(
            f"No version of {shown(cycle.workflow)} that is here takes over reviews of"
            f" version {cycle.workflow_version}.",
            ref=cycle.id,
            path="workflow_version",
            value=versions,
        )
        return Refusal(RefusalKind.STAGE, issue)

    def plan(self, asked: Asked) -> Plan:
        """Return what stands against it, and the records under their new names."""
        names = _names(asked.workflow, asked.cycle)
        refusals = (
            *asked.refused_status(ReviewAct.MIGRATE),
            *asked.refused_role(ReviewAct.MIGRATE),
            *_without_place(asked, names),
            *_unsound(asked),
        )
        return Plan(lambda: self._made(asked, names), refusals)

    def _made(self, asked: Asked, names: Mapping[str, str]) -> Iterable[Element]:
        cycle, runs = asked.cycle, _runs(asked, names)
        counted = _counted(runs)
        at = (cycle.stage or "", cycle.pass_number)
        yield evolve(
            cycle,
            workflow_version=asked.workflow.version,
            stage=names.get(cycle.stage or "", cycle.stage),
            pass_number=counted.get(at, cycle.pass_number),
        )
        yield from (new for old, new in runs if new != old)
        made: dict[str, Artifact] = {
            each.id: evolve(each, stage=names[each.stage])
            for each in _artifacts(asked)
            if each.stage is not None and each.stage in names
        }
        yield from made.values()
        yield from _still_approved(asked, made, counted)


def _counted(
    runs: Iterable[tuple[StageRun, StageRun]],
) -> Mapping[tuple[str, int], int]:
    """Return which pass of its new stage each pass of a stage counts as.

    The newest of a stage counts as the newest of what it became: what was approved in
    it need not be approved again.
    """
    found = {(old.stage, old.pass_number): new.pass_number for old, new in runs}
    last = {new.stage: new.pass_number for _, new in sorted(runs, key=_by_number)}
    newest = {old.stage: (old, new) for old, new in sorted(runs, key=_by_number)}
    for old, new in newest.values():
        found[old.stage, old.pass_number] = last[new.stage]
    return found


def _by_number(run: tuple[StageRun, StageRun]) -> int:
    return run[1].pass_number


def _runs(
    asked: Asked, names: Mapping[str, str]
) -> tuple[tuple[StageRun, StageRun], ...]:
    """Return each pass as it was and as it is under the new name of its stage.

    Where several stages became one, its passes are counted anew, in their order: the
    one that goes on is the last.
    """
    current = asked.newest_run(asked.cycle.stage)

    def order(run: StageRun) -> tuple[bool, date, date, int, str]:
        entered, left = run.entered or date.min, run.left or date.max
        return (run is current, entered, left, run.pass_number, run.id)

    before: dict[str, list[StageRun]] = {}
    for run in sorted(asked.runs, key=order):
        before.setdefault(names.get(run.stage, run.stage), []).append(run)
    found = []
    for stage, runs in before.items():
        became_one = len({run.stage for run in runs}) > 1
        for number, run in enumerate(runs, 1):
            count = number if became_one else run.pass_number
            found.append((run, evolve(run, stage=stage, pass_number=count)))
    return tuple(found)


def _still_approved(
    asked: Asked, made: Mapping[str, Artifact], counted: Mapping[tuple[str, int], int]
) -> Iterator[Approval]:
    """Yield the approvals that pin what only got another name or number of its stage.

    Nobody has to look again at what says the same; what was stale before stays so.
    """
    model, own = asked.model, {each.id: each for each in _artifacts(asked)}
    digests: dict[tuple[str, str | None], str | None] = {
        (ref, model.digest(ref)): digest_of(each) for ref, each in made.items()
    }
    for approval in asked.view.of(Approval):
        pins = tuple(
            evolve(pin, digest=digests.get((pin.of, pin.digest)) or pin.digest)
            for pin in approval.digests
        )
        artifact, number = own.get(approval.artifact), approval.pass_number
        if artifact is not None and artifact.stage and number is not None:
            number = counted.get((artifact.stage, number), number)
        now = evolve(approval, digests=pins, pass_number=number)
        if now != approval:
            yield now


def _taking(workflow: Workflow, cycle: ReviewCycle) -> Migration | None:
    """Return how a version takes over reviews of the one by which a review runs."""
    of = cycle.workflow_version
    return next((each for each in workflow.migrations if each.version == of), None)


def _names(workflow: Workflow, cycle: ReviewCycle) -> Mapping[str, str]:
    migration = _taking(workflow, cycle)
    return {each.before: each.now for each in migration.stages} if migration else {}


def _artifacts(asked: Asked) -> tuple[Artifact, ...]:
    return asked.view.referring(Artifact, "cycle").get(asked.cycle.id, ())


def _unsound(asked: Asked) -> Iterator[Refusal]:
    """Yield the refusal for each fault of the new version: no review goes on by it."""
    guards, rules, to = asked.setting.guards, asked.setting.rules, asked.workflow
    for issue in proof_of(to, model=asked.model, guards=guards, rules=rules):
        yield Refusal(RefusalKind.STAGE, issue)


def _without_place(asked: Asked, names: Mapping[str, str]) -> Iterator[Refusal]:
    """Yield the refusal for each stage of the review that has no place any more."""
    held = [asked.cycle.stage]
    held += sorted(each.stage for each in asked.runs)
    held += [each.stage for each in _artifacts(asked)]
    for stage in dict.fromkeys(held):
        if stage is None or asked.workflow.stage(names.get(stage, stage)):
            continue
        keys = ", ".join(each.key for each in asked.workflow.stages)
        issue = codes.NO_MIGRATION.issue(
            f"Version {asked.workflow.version} has no place for stage {shown(stage)}.",
            ref=asked.cycle.id,
            path="stage",
            value=stage,
            fix=f"say in its migration which of {keys} it is now",
        )
        yield Refusal(RefusalKind.STAGE, issue)


def migrate(
    model: Model,
    cycle: ReviewCycle | str,
    *,
    by: str | Actor,
    at: datetime,
    why: str,
    **settings: Unpack[Settings],
) -> Model:
    """Return the model in which a review goes on by a later version of its workflow.

    It is the newest of *workflows* that says how it takes over reviews of the version
    by which this one runs. Its stages, their passes and artifacts get the new names;
    what is approved stays so.

    Raises:
        RefusedError: it may not be migrated; the verdict says why.
        InvalidValueError: an argument is missing or of a wrong type; all are named.
        NotFoundError: there is no such review.
    """
    return performed(model, cycle, Migrate, by=by, at=at, why=why, settings=settings)
