"""What to do first: the issues in groups, the gravest and weightiest before others."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from missionkit.domain.model import Model
from missionkit.domain.stakeholder import Need
from missionkit.issue import Issue, Severity
from missionkit.report.acts import act_on
from missionkit.report.lines import weight_of
from missionkit.trace.lines import lines_of
from missionkit.trace.reach import reached

_RANK: Final = {severity: rank for rank, severity in enumerate(Severity)}
_MOST_STEPS: Final = 300_000  # walking from each of many thousands takes minutes
_PER_ELEMENT: Final = 0.1


@frozen(kw_only=True)
class Act:
    """One thing to do, with the elements it is about, the weightiest first.

    `why` is empty where each element has a reason of its own.
    """

    said: str
    code: str
    severity: Severity
    why: str
    refs: Sequence[str]
    messages: Sequence[str]
    weight: float


def acts(model: Model, groups: Mapping[str, Sequence[Issue]], most: int) -> list[Act]:
    """Return at most *most* acts: by severity, then by how much hangs on the elements.

    What hangs on an element: the importance of the needs that it serves, and a tenth
    for each element that is linked to the mission or the stakeholders through it.
    """
    weight = _Weights(model, _refs(groups))
    ranked = [_act(code, issues, weight) for code, issues in groups.items()]
    ranked.sort(key=lambda act: (_RANK[act.severity], -act.weight, act.code))
    return ranked[:most]


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
        refs=sorted(refs, key=lambda ref: (-weight.of(ref), ref)),
        messages=tuple(dict.fromkeys(issue.message for issue in issues)),
        weight=sum(map(weight.of, refs)),
    )


class _Weights:
    """How much hangs on elements; those beyond the bound weigh nothing."""

    def __init__(self, model: Model, refs: Iterator[str]) -> None:
        lines = lines_of(model)
        needs = {lines.number(need.id): weight_of(need) for need in model.of(Need)}
        ways = [(steps, steps.reversed()) for steps in lines.steps.values()]
        both = [steps for pair in ways for steps in pair]
        self._found: dict[str, float] = {}
        left = _MOST_STEPS
        for ref in refs:
            if left <= 0 or ref not in model:
                continue
            start = (lines.number(ref),)
            seen = {at for steps in both for at in reached(steps, start)}
            served = sum(needs.get(at, 0) for at in seen)
            self._found[ref] = served + _PER_ELEMENT * len(seen)
            left -= len(seen)

    def of(self, ref: str) -> float:
        """Return what hangs on an element."""
        return self._found.get(ref, 0)
