"""What a manager would do about an issue: one sentence, for one element or for many."""

from collections.abc import Mapping
from functools import cache

from missionkit.issue import Issue
from missionkit.report.explain import explanations


def act_on(issue: Issue) -> str:
    """Return what to do about an issue, in a manager's words where its code has any."""
    plain = issue.fix.replace("`", "")
    known = _acts().get(issue.code)
    return known or plain[:1].upper() + plain[1:] or issue.message


@cache
def _acts() -> Mapping[str, str]:
    return {each.code: each.act for each in explanations()}
