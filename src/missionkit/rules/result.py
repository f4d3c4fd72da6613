"""What a check found: ordered, grouped, filtered, shown."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from textwrap import indent
from typing import Final

from attrs import field, frozen

from missionkit.domain.intent import Limit
from missionkit.issue import Code, Issue, Severity
from missionkit.markup import Html, columns, join, one_line, table, tag
from missionkit.ports.rule import NotJudged
from missionkit.rules.selection import Selection
from missionkit.rules.waivers import Waived

_LISTED: Final = 20
_RANK: Final = {severity: rank for rank, severity in enumerate(Severity)}
_WAIVED_HEAD: Final = ("waived", "element", "what", "why it was allowed", "until")
_HEAD: Final = ("code", "severity", "element", "what", "why", "what to do")


def _rank(issue: Issue) -> tuple[int, str, str, str, str]:
    return _RANK[issue.severity], issue.code, issue.ref, issue.path, issue.message


def _ordered(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    return tuple(sorted(issues, key=_rank))


def _ordered_waived(found: Iterable[Waived]) -> tuple[Waived, ...]:
    return tuple(sorted(found, key=lambda each: _rank(each.issue)))


def _by_code(found: Iterable[NotJudged]) -> tuple[NotJudged, ...]:
    return tuple(sorted(found, key=lambda each: (each.code, each.why, each.refs)))


@frozen(kw_only=True)
class CheckResult:
    """The issues of a model: errors first, then by code, element and path.

    `waived` are those that a waiver in force allows. `not_judged` lists what could not
    be said, and why. `checked` counts the elements that were looked at, and `asked` the
    rules, where that is known; `limits`, `selection`, `on` and `cycle` are those that
    were used.
    """

    issues: tuple[Issue, ...] = field(default=(), converter=_ordered)
    waived: tuple[Waived, ...] = field(default=(), converter=_ordered_waived)
    not_judged: tuple[NotJudged, ...] = field(default=(), converter=_by_code)
    checked: int = 0
    asked: int | None = None
    limits: tuple[Limit, ...] = ()
    selection: Selection = field(factory=Selection)
    on: date | None = None
    cycle: str | None = None

    @property
    def clean(self) -> bool:
        """Whether no issue was found, not even advice; also where no rule was asked."""
        return not self.issues

    @property
    def errors(self) -> tuple[Issue, ...]:
        """What is wrong."""
        return self._of_severity(Severity.ERROR)

    @property
    def warnings(self) -> tuple[Issue, ...]:
        """What may be wrong."""
        return self._of_severity(Severity.WARNING)

    @property
    def advice(self) -> tuple[Issue, ...]:
        """What would help."""
        return self._of_severity(Severity.ADVICE)

    def _of_severity(self, severity: Severity) -> tuple[Issue, ...]:
        return tuple(issue for issue in self.issues if issue.severity is severity)

    def of(self, code: str | Code) -> tuple[Issue, ...]:
        """Return the issues with a code."""
        wanted = code.code if isinstance(code, Code) else code
        return tuple(issue for issue in self.issues if issue.code == wanted)

    def for_(self, ref: str) -> tuple[Issue, ...]:
        """Return the issues of one element."""
        return tuple(issue for issue in self.issues if issue.ref == ref)

    def by_code(self) -> Mapping[str, tuple[Issue, ...]]:
        """Return the issues in groups, those with errors first."""
        return _grouped((issue.code, issue) for issue in self.issues)

    def by_ref(self) -> Mapping[str, tuple[Issue, ...]]:
        """Return the issues by the element they are about, in the order of ids."""
        return _grouped(
            sorted(((i.ref, i) for i in self.issues), key=lambda pair: pair[0])
        )

    def counts(self) -> Mapping[Severity, int]:
        """Return how many issues there are of each severity."""
        return {severity: len(self._of_severity(severity)) for severity in Severity}

    def as_dict(self) -> dict[str, object]:
        """Return the result as JSON values."""
        return {
            "on": self.on.isoformat() if self.on else None,
            "cycle": self.cycle,
            "checked": self.checked,
            "asked": self.asked,
            "counts": {
                severity.value: count for severity, count in self.counts().items()
            },
            "limits": {str(limit.name): limit.value for limit in self.limits},
            "selection": self.selection.as_dict(),
            "issues": [issue.as_dict() for issue in self.issues],
            "waived": [each.as_dict() for each in self.waived],
            "not_judged": [each.as_dict() for each in self.not_judged],
        }

    def to_json(self) -> str:
        """Return the result as a JSON document."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def __repr__(self) -> str:
        """Return how many issues there are."""
        return f"<CheckResult: {self._headline()}>"

    def __str__(self) -> str:
        """Return how many issues there are, and the first 20 of each code."""
        parts = [self._headline(), *map(_as_text, self.by_code().values())]
        for title, found in (("waived", self.waived), ("not judged", self.not_judged)):
            lines = [f"  {one_line(str(each))}" for each in found]
            parts += ["\n".join([title, *lines])] if lines else []
        return "\n\n".join(parts)

    def _repr_html_(self) -> Html:
        rows = [row for group in self.by_code().values() for row in _rows(group)]
        missed = [
            (each.code, each.why, len(each.refs) or "") for each in self.not_judged
        ]
        allowed = [
            (w.issue.code, w.issue.ref, w.issue.message, w.waiver.why, w.waiver.until)
            for w in self.waived
        ]
        parts = [tag("p", self._headline())]
        parts += [table(_HEAD, rows)] if rows else []
        parts += [table(_WAIVED_HEAD, allowed)] if allowed else []
        parts += [table(("not judged", "why", "elements"), missed)] if missed else []
        return tag("div", *parts)

    def _headline(self) -> str:
        day = f", judged on {self.on}" if self.on else ""
        day = f", {len(self.waived)} waived{day}" if self.waived else day
        checked = _counted(self.checked, "element")
        if self.asked == 0:
            day = f"; no rule was asked{day}"
        elif self.asked and self.selection.narrows:
            day = f"; {_counted(self.asked, 'rule')} asked{day}"
        if self.clean:
            return f"no issues in {checked}{day}"
        where = len({issue.ref for issue in self.issues if issue.ref})
        each = ", ".join(
            f"{count} {severity}"
            if severity is Severity.ADVICE
            else _counted(count, severity)
            for severity, count in self.counts().items()
            if count
        )
        found = _counted(len(self.issues), "issue")
        return f"{found} in {where} of {checked}: {each}{day}"


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _grouped(pairs: Iterable[tuple[str, Issue]]) -> Mapping[str, tuple[Issue, ...]]:
    found: dict[str, list[Issue]] = {}
    for key, issue in pairs:
        found.setdefault(key, []).append(issue)
    return {key: tuple(issues) for key, issues in found.items()}


def _as_text(group: tuple[Issue, ...]) -> str:
    first = group[0]
    same_why = len({issue.why for issue in group}) == 1
    same_fix = len({issue.fix for issue in group}) == 1
    rows = [
        (issue.ref, issue.message if same_why else f"{issue.message} ({issue.why})")
        for issue in group[:_LISTED]
    ]
    lines = [f"{first.code} {first.severity}: {len(group)}"]
    lines += [f"  why  {one_line(first.why)}"] if same_why and first.why else []
    lines += [f"  fix  {one_line(first.fix)}"] if same_fix and first.fix else []
    lines.append(indent(columns(rows), "    "))
    if len(group) > _LISTED:
        lines.append(f"    and {len(group) - _LISTED} more")
    return "\n".join(lines)


def _rows(group: tuple[Issue, ...]) -> Iterator[tuple[object, ...]]:
    for issue in group[:_LISTED]:
        place = join(
            [tag("code", part) for part in (issue.ref, issue.path) if part], " "
        )
        yield issue.code, issue.severity, place, issue.message, issue.why, issue.fix
    if len(group) > _LISTED:
        more = f"and {len(group) - _LISTED} more"
        yield group[0].code, group[0].severity, "", more, "", ""
