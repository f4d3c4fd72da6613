"""The reference of codes: what each means, what to do, and an example of it."""

from collections.abc import Iterator
from itertools import groupby

from missionkit.report.example import Example, sound
from missionkit.report.explain import Explanation, explanations
from missionkit.report.reference import fenced

_INTRODUCTION = (
    "Every code that missionkit reports, with its reason, its remedy and an example."
    " `missionkit explain CODE` says the same, and `missionkit explain CODE --example`"
    " prints the whole document. The examples of rules are the sound sample at the end"
    " of this page with one fault in it, and show only what differs."
)


def codebook() -> str:
    """Return a page in Markdown: every code by its family, and the sound sample."""
    parts = ["# Codes", _INTRODUCTION]
    for family, found in groupby(explanations(), key=_family):
        parts.append(f"## {family}")
        for each in found:
            parts += _told(each)
    parts += ["## The sound sample", "A check finds nothing in it."]
    parts.append(fenced("json", sound()))
    return "\n\n".join(parts) + "\n"


def _family(each: Explanation) -> str:
    return each.code.rpartition("-")[0]


def _told(each: Explanation) -> Iterator[str]:
    yield f"### {each.code}"
    by = f", for the {each.by.replace('_', ' ')}" if each.by else ""
    yield f"*{each.severity}{by}*: {each.reason}."
    yield f"What to do: {each.fix}."
    needs = ["a day"] * each.needs_on + ["a cycle"] * each.needs_cycle
    if needs:
        yield f"Judged only with {' and '.join(needs)}."
    if each.limits:
        yield "\n".join(
            f"- limit `{limit.name}`, {limit.default:g}: {limit.meaning}"
            for limit in each.limits
        )
    if each.example:
        yield from _shown(each.example)


def _shown(example: Example) -> Iterator[str]:
    said = f"Such as {example.said}"
    yield f"{said}:"
    yield fenced("json" if example.changed else "text", example.shown)
    if example.commands:
        found = ": found while it is read" if example.read else ""
        yield f"Try `{'`, then `'.join(example.commands)}`{found}."
