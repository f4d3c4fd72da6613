"""Which rules are asked, and how grave what they find is, as the asker wants it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, TypeGuard

from attrs import evolve, field, frozen

from missionkit.issue import Issue, Severity, did_you_mean
from missionkit.markup import shown
from missionkit.ports.rule import NotJudged, RuleEntry
from missionkit.rules.codes import selection as codes
from missionkit.rules.hints import Hints

_AS_THEY_ARE: Final[Mapping[str, Severity | str]] = MappingProxyType({})
_SEVERITIES: Final = tuple(severity.value for severity in Severity)


def _texts(given: Iterable[str] | None) -> tuple[str, ...]:
    if isinstance(given, set | frozenset):
        given = sorted(given, key=str)
    return (given,) if isinstance(given, str) else tuple(given or ())


def _texts_or_none(given: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if given is None else _texts(given)


def _pairs(given: Mapping[str, Severity | str]) -> tuple[tuple[str, str], ...]:
    return tuple((start, str(grade)) for start, grade in given.items())


@frozen(kw_only=True)
class Selection:
    """Codes, or how they begin: those to ask for, to leave out, to grade anew.

    The longest beginning that fits a code decides. Where nothing is selected, every
    rule is asked but those on request.
    """

    select: tuple[str, ...] | None = field(default=None, converter=_texts_or_none)
    ignore: tuple[str, ...] = field(default=(), converter=_texts)
    severities: tuple[tuple[str, str], ...] = field(
        default=_AS_THEY_ARE, converter=_pairs
    )

    @property
    def narrows(self) -> bool:
        """Whether not all rules are asked that are asked otherwise."""
        return self.select is not None or bool(self.ignore)

    def faults(self, entries: tuple[RuleEntry, ...]) -> Iterator[Issue]:
        """Yield an issue for each code that no rule has, and for each wrong grade."""
        known = _Known(code.code for entry in entries for code in entry.codes)
        # A rule without codes may report under any.
        free = any(not entry.codes for entry in entries)
        for name, starts in (
            ("select", self.select or ()),
            ("ignore", self.ignore),
            ("severities", tuple(start for start, _ in self.severities)),
        ):
            for start in starts:
                if not known.begins_with(start) and not (free and _is_others(start)):
                    yield _unknown_code(name, start, known)
        for start, grade in self.severities:
            if grade not in _SEVERITIES:
                yield _unknown_severity(start, grade)

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values; what was not asked for is left out."""
        facts = {
            "select": None if self.select is None else list(self.select),
            "ignore": list(self.ignore) or None,
            "severities": dict(self.severities) or None,
        }
        return {name: held for name, held in facts.items() if held is not None}

    def asks(self, entry: RuleEntry) -> bool:
        """Return whether a rule is asked: one of its codes is wanted."""
        if not entry.codes:
            return not entry.on_request
        return any(self._wants(code.code, entry) for code in entry.codes)

    def keeps(self, found: Issue | NotJudged, entry: RuleEntry) -> bool:
        """Return whether what a rule found is wanted.

        What it reports beside its own codes, such as that it failed, comes with them.
        """
        if entry.codes and all(found.code != code.code for code in entry.codes):
            return _longest(found.code, self.ignore) is None
        return self._wants(found.code, entry)

    def graded(self, issue: Issue) -> Issue:
        """Return an issue with the severity that is asked for."""
        if not self.severities:
            return issue
        grades = dict(self.severities)
        start = _longest(issue.code, grades)
        return (
            issue if start is None else evolve(issue, severity=Severity(grades[start]))
        )

    def _wants(self, code: str, entry: RuleEntry) -> bool:
        chosen = _longest(code, self.select or ())
        left = _longest(code, self.ignore)
        if chosen is None:
            return self.select is None and not entry.on_request and left is None
        return left is None or len(chosen) > len(left)


def _longest(code: str, starts: Collection[str]) -> str | None:
    if not starts:
        return None
    if code in starts:
        return code
    return max((s for s in starts if _begins(code, s)), key=len, default=None)


def _begins(code: str, start: str) -> bool:
    """Return whether a code begins so: a whole code, or whole parts of one."""
    return code == start or code.startswith(start.rstrip("-") + "-")


def _is_text(start: object) -> TypeGuard[str]:
    return isinstance(start, str) and bool(start.strip("-"))


def _is_others(start: object) -> bool:
    """Return whether a code may be one of a third party: ours begin with MK."""
    return _is_text(start) and not _begins(start, "MK")


def family_of(code: str) -> str:
    """Return how the codes of a code's family begin; a code without parts is its own.

    >>> family_of("MK-TRC-004"), family_of("BET1")
    ('MK-TRC', 'BET1')
    """
    return code.rpartition("-")[0] or code


class _Known:
    """The codes that rules have, how they begin, and what a wrong one may mean."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._codes: Final = frozenset(codes)
        self._begin: Final = {s for code in self._codes for s in _starts(code)}
        self.families: Final = sorted({*map(family_of, self._codes)})
        self.hints: Final = Hints((*self._codes, *self.families))

    def begins_with(self, start: object) -> bool:
        """Return whether a code is *start*, or begins with it as its first parts."""
        if not _is_text(start):
            return False
        return start in self._codes or start.rstrip("-") in self._begin


def _starts(code: str) -> Iterator[str]:
    """Yield how a code begins, part by part: MK-TRC, MK."""
    while "-" in code:
        code = code.rpartition("-")[0]
        yield code


def _unknown_code(name: str, start: object, known: _Known) -> Issue:
    near = known.hints.of(start.upper()) if _is_text(start) else ""
    return codes.UNKNOWN_CODE.issue(
        f"No rule has a code that begins with {shown(start)}.",
        path=name,
        value=start,
        fix=near or f"use a whole code, or one of {', '.join(known.families)}",
    )


def _unknown_severity(start: object, grade: object) -> Issue:
    return codes.UNKNOWN_SEVERITY.issue(
        f"{shown(grade)} is no severity.",
        path=f"severities[{shown(start)}]",
        value=grade,
        fix=did_you_mean(str(grade).lower(), _SEVERITIES),
    )
