"""What is to be done about an issue, in a manager's words, and by which role."""

from collections.abc import Mapping
from functools import cache

from missionkit.issue import Issue
from missionkit.report.explain import Explanation, explanations


def act_on(issue: Issue) -> str:
    """Return what to do about an issue, in a manager's words where its code has any."""
    plain = issue.fix.replace("`", "")
    return asked_by(issue.code) or plain[:1].upper() + plain[1:] or issue.message


def asked_by(code: str) -> str:
    """Return what a code asks for, in a manager's words; nothing for others' codes."""
    found = _explained().get(code)
    return found.act if found else ""


def doer_of(code: str) -> str:
    """Return which kind of role mends what a code tells; nothing where not known."""
    found = _explained().get(code)
    return found.by if found else ""


@cache
def _explained() -> Mapping[str, Explanation]:
    return {each.code: each for each in explanations()}
