"""The review pack: what the people who decide need to see, in one page."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Final

from attrs import evolve, field, frozen

from missionkit.domain.conduct import ActivityRecord, Ledger, RevenueRecord
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.model import Model
from missionkit.domain.review import ReviewCycle
from missionkit.domain.workflow import Workflow
from missionkit.formats.file import write_bytes
from missionkit.issue import Issue, Severity
from missionkit.markup import tag
from missionkit.ports.format import Imported
from missionkit.ports.guard import Guard
from missionkit.ports.rule import Rule, RuleEntry
from missionkit.report.drifted import drifted
from missionkit.report.page import html_page, markdown_page
from missionkit.report.people import hiding, without_names
from missionkit.report.section import sections_of
from missionkit.report.summary import summary
from missionkit.report.view import PackView
from missionkit.review.setting import Settings
from missionkit.review.state import cycle_state
from missionkit.rules.check import judged
from missionkit.rules.question import question
from missionkit.rules.standing import gates, under_way
from missionkit.trace.coverage import coverage

PAGE: Final = "index.html"
MARKDOWN: Final = "pack.md"
ISSUES: Final = "issues.json"


@frozen(kw_only=True)
class Pack:
    """A review pack: one page, the same as Markdown, the issues as JSON.

    `summary` says in ten lines of text what stands in it.
    """

    html: str = field(repr=False)
    markdown: str = field(repr=False)
    issues_json: str = field(repr=False)
    summary: str

    def __str__(self) -> str:
        """Return the summary."""
        return self.summary

    def _repr_html_(self) -> str:
        return tag("pre", self.summary)

    def save(self, folder: str | PathLike[str]) -> tuple[Path, ...]:
        """Write the three files, whole or not at all, and return their paths.

        The page comes first. The folder is made where it is missing.

        Raises:
            StoreError: the files cannot be written; none of them was changed.
        """
        place = Path(folder)
        files = {PAGE: self.html, MARKDOWN: self.markdown, ISSUES: self.issues_json}
        write_bytes({place / name: text.encode() for name, text in files.items()})
        return tuple(place / name for name in files)


def pack(  # noqa: PLR0913 - options of one question, by keyword
    model: Model,
    *,
    on: date,
    imported: Imported | None = None,
    people: bool = False,
    limits: Mapping[str, float] | None = None,
    cycle: ReviewCycle | str | None = None,
    rules: Iterable[RuleEntry | Rule] | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = (),
    severities: Mapping[str, Severity | str] | None = None,
    workflows: Iterable[Workflow] | Workflow | None = None,
    guards: Mapping[str, Guard] | None = None,
    activities: Ledger[ActivityRecord] | None = None,
    revenue: Ledger[RevenueRecord] | None = None,
) -> Pack:
    """Return the review pack of *model*, judged on a day.

    *imported* is what `load` returned, to tell what was mended and what was lost.
    People are not named unless *people* is true: ids stand for parties, and for the
    names of persons in every text. *limits* replace those of the rules. The gates of
    the stages are judged for *cycle*, or for the review that is under way. *rules*,
    *select*, *ignore* and *severities* are those of `check`, *workflows* and *guards*
    those by which reviews run, beside ours. What became of the figures is told from the
    ledgers *activities* and *revenue*, or where there are none from the snapshots of
    the model, as by `find_drift`.

    Raises:
        InvalidValueError: *on* is no date, a limit is unknown or no number, or an
            argument is of a wrong type; all are named.
        NotFoundError: there is no such cycle.
    """
    asked = question(
        "pack",
        model,
        timely=True,
        on=on,
        limits=limits,
        rules=rules,
        cycle=cycle,
        select=select,
        ignore=ignore,
        severities=severities,
    )
    # Chosen before names are hidden, which may give it another id.
    chosen = asked.cycle or under_way(model)
    named = str(chosen.id) if chosen else ""
    figures = drifted(
        model, on=on, activities=activities, revenue=revenue, people=people
    )
    if not people:
        named = hiding(model).ids.get(named, named)
        model, imported = without_names(model, imported)
    review = model.get(ReviewCycle, named) if named else None
    how = Settings(
        rules=asked.entries, limits=limits or {}, severities=severities or {}
    )
    how |= {"workflows": workflows} if workflows is not None else {}
    how |= {"guards": guards} if guards is not None else {}
    state = cycle_state(model, review, on=on, **how) if review else None
    workflow = state.workflow if state else FOUR_STAGES  # None: it is not here
    view = PackView(
        model=model,
        on=on,
        checked=judged(evolve(asked, model=model, cycle=review)),
        standing=gates(
            model,
            on=on,
            limits=limits,
            cycle=review,
            rules=asked.entries,
            workflow=workflow,
        )
        if workflow
        else (),
        cycle=review.id if review else "",
        provenance=workflow.provenance if workflow else "",
        coverage=coverage(model, on=on),
        imported=imported,
        people=people,
        review=state,
        drifted=figures,
    )
    return _made(view)


def _made(view: PackView) -> Pack:
    sections = sections_of(view)
    title = (
        view.model.root.name if view.model.root else "An organization without a name"
    )
    subtitle = f"Strategic review pack, as of {view.on.isoformat()}"
    issues = {
        **view.checked.as_dict(),
        "stages": [gate.as_dict() for gate in view.standing],
        "imported": _imported(view),
        "drift": view.drifted.report.as_dict() if view.drifted else None,
    }
    return Pack(
        html=html_page(title, subtitle, sections),
        markdown=markdown_page(title, subtitle, sections),
        issues_json=json.dumps(issues, ensure_ascii=False, indent=2) + "\n",
        summary=summary(view, title),
    )


def _imported(view: PackView) -> dict[str, object] | None:
    imported = view.imported
    if imported is None:
        return None
    return {
        "source": view.source,
        "issues": [_told(issue, view.source) for issue in imported.issues],
        "lost": [
            {"path": lost.path, "value": lost.value, "why": lost.why}
            for lost in imported.lost
        ],
    }


def _told(issue: Issue, source: str) -> dict[str, object]:
    """Return an issue without the folder in which the document was."""
    return issue.at(issue.source and evolve(issue.source, file=source)).as_dict()
