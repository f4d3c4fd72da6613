"""What a section sees: a model with everything that was found out about it."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final, TypeVar

from attrs import define

from missionkit.domain.declaration import Element
from missionkit.domain.display import title_of
from missionkit.domain.model import Model, in_force
from missionkit.domain.role import RoleAssignment
from missionkit.domain.stakeholder import Stakeholder
from missionkit.issue import Issue, Severity
from missionkit.ports.format import Imported
from missionkit.report.drifted import Drifted
from missionkit.report.lines import Carriers, NeedLine, need_lines
from missionkit.report.origin import Origin, origin_of
from missionkit.report.ranking import Act, acts
from missionkit.report.results import Result, results_of
from missionkit.report.wording import listed
from missionkit.review.state import CycleState
from missionkit.rules.check import CheckResult
from missionkit.rules.codes import tracing as codes
from missionkit.rules.standing import GateStanding
from missionkit.trace.coverage import Coverage

E = TypeVar("E", bound=Element)
_NAMED: Final = 3
_ACTS: Final = 7


@define(kw_only=True, eq=False)
class PackView:
    """A model on a day, with what the rules and the trace say of it.

    Where *people* is false, no text of `model` names a party or a person. `standing`
    are the gates of the stages, judged for `cycle`, the review that is under way;
    `review` tells where that stands. `drifted` is what became of the figures.
    """

    model: Model
    on: date
    checked: CheckResult
    coverage: Coverage
    imported: Imported | None = None
    people: bool = False
    standing: tuple[GateStanding, ...] = ()
    cycle: str = ""
    provenance: str = ""
    review: CycleState | None = None
    drifted: Drifted | None = None

    def title(self, ref: str) -> str:
        """Return the text that names an element; the id where nothing is there."""
        found = self.model.find(ref)
        return ref if found is None else title_of(found)

    def named(self, refs: Sequence[str], most: int = _NAMED) -> str:
        """Return the titles of the first elements and how many more there are."""
        return listed([self.title(ref) for ref in refs[:most]], len(refs[most:]))

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
    def results(self) -> Mapping[str, Sequence[Result]]:
        """The results of the measures, by the id of what they measure."""
        objectives = self.carriers.objectives.values()
        ends = {str(o.id): o.period.end for o in objectives if o.period}
        return results_of(self.model, ends, self.on)

    @cached_property
    def origin(self) -> Origin:
        """What is known of the document from which the model came."""
        return origin_of(self.model, self.imported, self.on)

    @cached_property
    def owed_to_format(self) -> tuple[Issue, ...]:
        """What was found only because the format has no place for what is missing."""
        found = self.checked.by_code() if self.origin.format else {}
        return tuple(found.get(codes.OBJECTIVE_WITHOUT_PROCESS.code, ()))

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """What to do first, at most seven things, the gravest and weightiest first.

        Without needs that is to record them. What a format has no place for is left
        out, for the plan is not to blame.
        """
        owed = {issue.code for issue in self.owed_to_format}
        found = self.checked.by_code().items()
        groups = {code: issues for code, issues in found if code not in owed}
        first = () if self.lines else (self._record_needs(),)
        rest = acts(self.model, groups, _ACTS - len(first), self.lines)
        return (*first, *rest)

    def _record_needs(self) -> Act:
        return Act(
            said="Record what the stakeholders need",
            code="",
            severity=Severity.ERROR,
            why="work that answers nobody's need cannot be told from work that does",
            refs=tuple(each.id for each in self.model.of(Stakeholder)),
            messages=(),
            weight=0,
        )

    @property
    def nothing_asked(self) -> bool:
        """Whether no rule was asked, so that it means nothing that nothing is found."""
        return self.checked.asked == 0

    def about(self, act: Act, most: int = _NAMED) -> str:
        """Return what an act is about: its elements, or what is said of the whole."""
        root = self.model.root
        if root is None or list(act.refs) != [root.id]:
            return self.named(act.refs, most)
        said = " ".join(f"{message.rstrip('.')}." for message in act.messages[:most])
        more = len(act.messages[most:])
        return f"{said} And {more} more." if more else said

    @cached_property
    def assignments(self) -> Mapping[str, tuple[RoleAssignment, ...]]:
        """The roles that are played on the day, by what they are played for."""
        found: dict[str, list[RoleAssignment]] = {}
        for assignment in self.in_force(RoleAssignment):
            found.setdefault(assignment.on or "", []).append(assignment)
        return {ref: tuple(held) for ref, held in found.items()}
