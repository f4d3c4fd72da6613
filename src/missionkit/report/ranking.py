"""What to do first: the issues in groups, the gravest and weightiest before others."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from missionkit.domain.model import Model
from missionkit.domain.stakeholder import Need
from missionkit.issue import Issue, Severity
from missionkit.report.acts import act_on
from missionkit.report.inline import Tone
from missionkit.report.lines import Break, NeedLine, weight_of
from missionkit.rules.codes import responsibility, tracing
from missionkit.rules.selection import family_of
from missionkit.trace.lines import lines_of
from missionkit.trace.reach import reached

_RANK: Final = {severity: rank for rank, severity in enumerate(Severity)}
TONES: Final = {
    Severity.ERROR: Tone.BAD,
    Severity.WARNING: Tone.WARN,
    Severity.ADVICE: Tone.PLAIN,
}
_MOST_STEPS: Final = 300_000  # walking from each of many thousands takes minutes
_PER_ELEMENT: Final = 0.1
_FAMILIES: Final = ("MK-TRC", "MK-RSP", "MK-STR")
# At which break of a line the elements of an issue stand.
_CUTS: Final = {
    tracing.NEED_WITHOUT_OBJECTIVE.code: Break.OBJECTIVE,
    tracing.NEED_WITH_DROPPED_OBJECTIVES.code: Break.OBJECTIVE,
    tracing.OBJECTIVE_WITHOUT_GOAL.code: Break.MISSION,
    tracing.GOAL_WITHOUT_INTENT.code: Break.MISSION,
    tracing.OBJECTIVE_WITHOUT_PROCESS.code: Break.PROCESS,
    responsibility.NOT_ONE_OWNER.code: Break.PERFORMER,
    responsibility.NOBODY_RESPONSIBLE.code: Break.PERFORMER,
}


@frozen(kw_only=True)
class Act:
    """One thing to do, with the elements it is about, the weightiest first.

    `why` is empty where each element has a reason of its own, and `code` where no rule
    asks for it.
    """

    said: str
    code: str
    severity: Severity
    why: str
    refs: Sequence[str]
    messages: Sequence[str]
    weight: float


def acts(
    model: Model,
    groups: Mapping[str, Sequence[Issue]],
    most: int,
    lines: Sequence[NeedLine] = (),
) -> list[Act]:
    """Return at most *most* acts: by severity, by family, then by what is cut off.

    A need that is cut off, first in *lines*, goes before every other; then counts how
    much hangs on the elements: the importance of the needs that they serve, and a tenth
    for each element that is linked to the mission or the stakeholders through them.
    """
    weight = _Weights(model, _refs(groups), lines)
    ranked = [_act(code, issues, weight) for code, issues in groups.items()]
    ranked.sort(key=lambda act: (_RANK[act.severity], _order(act, weight)))
    return ranked[:most]


def _order(act: Act, weight: "_Weights") -> tuple[int, int, float, str]:
    family = family_of(act.code)
    rank = _FAMILIES.index(family) if family in _FAMILIES else len(_FAMILIES)
    cut = min((weight.cut(act.code, ref) for ref in act.refs), default=weight.uncut)
    return rank, cut, -act.weight, act.code


def _refs(groups: Mapping[str, Sequence[Issue]]) -> Iterator[str]:
    issues = [issue for group in groups.values() for issue in group if issue.ref]
    issues.sort(key=lambda issue: _RANK[issue.severity])
    yield from dict.fromkeys(issue.ref for issue in issues)


def _act(code: str, issues: Sequence[Issue], weight: "_Weights") -> Act:
    gravest = min(issues, key=lambda issue: _RANK[issue.severity])
    refs = dict.fromkeys(issue.ref for issue in issues if issue.ref)
    return Act(
        said=act_on(gravest),
        code=code,
        severity=gravest.severity,
        why=gravest.why if len({issue.why for issue in issues}) == 1 else "",
        refs=sorted(
            refs, key=lambda ref: (weight.cut(code, ref), -weight.of(ref), ref)
        ),
        messages=tuple(dict.fromkeys(issue.message for issue in issues)),
        weight=sum(map(weight.of, refs)),
    )


class _Weights:
    """How much hangs on elements; those beyond the bound weigh nothing.

    What is cut off at an element are the needs, by their place among the lines, that
    break in the way that its issue tells.
    """

    def __init__(
        self, model: Model, refs: Iterator[str], needs: Sequence[NeedLine]
    ) -> None:
        lines = lines_of(model)
        weights = {lines.number(need.id): weight_of(need) for need in model.of(Need)}
        places = {lines.number(line.need.id): at for at, line in enumerate(needs)}
        ways = [(steps, lines.back(toward)) for toward, steps in lines.steps.items()]
        both = [steps for pair in ways for steps in pair]
        self.uncut: Final = len(needs)
        self._needs = needs
        self._found: dict[str, float] = {}
        self._served: dict[str, list[int]] = {}
        left = _MOST_STEPS
        for ref in refs:
            if left <= 0 or ref not in model:
                continue
            start = (lines.number(ref),)
            seen = {at for steps in both for at in reached(steps, start)}
            served = sum(weights.get(at, 0) for at in seen)
            self._found[ref] = served + _PER_ELEMENT * len(seen)
            self._served[ref] = sorted(places[at] for at in seen & places.keys())
            left -= len(seen)

    def of(self, ref: str) -> float:
        """Return what hangs on an element."""
        return self._found.get(ref, 0)

    def cut(self, code: str, ref: str) -> int:
        """Return the place of the first need that is cut off at an element."""
        stop = _CUTS.get(code)
        cut = (at for at in self._served.get(ref, ()) if stop in self._needs[at].breaks)
        return next(cut, self.uncut)
