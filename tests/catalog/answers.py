"""Every public answer that shows itself, made from one model."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import missionkit as mk
from missionkit.issue import Issue, Refusal, RefusalKind, Severity, Source, Verdict
from missionkit.markup import Html, join, one_line, tag
from missionkit.review import cycle_state


def answers(model: mk.Model) -> Iterator[object]:
    """Yield one of each public class that shows itself in a notebook."""
    yield model
    yield from {type(element): element for element in model}.values()
    yield mk.FOUR_STAGES
    yield mk.MANAGEMENT_REVIEW
    checked = mk.check(model, on=mk.SAMPLE_DAY)
    yield checked
    yield from mk.gates(model, on=mk.SAMPLE_DAY)
    for cycle in model.of(mk.ReviewCycle):
        yield cycle_state(model, cycle, on=mk.SAMPLE_DAY)
    yield mk.coverage(model)
    yield from _of_ranking(model.root.name if model.root else "Option")
    yield mk.mission_measures(model, on=mk.SAMPLE_DAY)
    yield mk.document(model, "business-plan", on=mk.SAMPLE_DAY, people=True)
    for kind in (mk.Objective, mk.Process):
        for element in model.of(kind)[:2]:
            yield mk.why(model, element)
            yield mk.impact(model, element)
    yield mk.pack(model, on=mk.SAMPLE_DAY, people=True)
    yield mk.sphere_map(model, on=mk.SAMPLE_DAY)
    yield from _of_processes(model)
    yield from _of_process_charts(model)
    cost = mk.Money(Decimal(4_500_000), "GBP")
    quarters = mk.periods(date(2025, 10, 1), date(2026, 9, 30), by=mk.quarter)
    yield mk.runway(model, cost=cost, half_life=6, periods=quarters)
    report = mk.find_drift(model, on=mk.SAMPLE_DAY)
    yield report
    yield from report.findings
    yield from _of_charts(model.root.name if model.root else "Figure")
    yield mk.explain("MK-CPL-001")
    issue = checked.issues[0] if checked.issues else nasty_issue(str(model))
    yield issue
    yield from _of_history(model)
    refusal = Refusal(RefusalKind.GATE, issue)
    yield Verdict(allowed=False, refusals=(refusal,), waived=(issue,))


def _of_processes(model: mk.Model) -> Iterator[object]:
    """Yield what can be asked about processes: care, effort, careers, customers."""
    day = mk.SAMPLE_DAY
    yield mk.care_overview(model, on=day)
    yield mk.care_of(model, None, on=day)
    yield mk.careers(model, on=day)
    for role in model.of(mk.Role)[:1]:
        yield mk.career_of(model, role, on=day)
    yield mk.service(model, on=day)
    effort = mk.management_effort(model, on=day)
    none = mk.management_effort(mk.Model(), on=day)
    yield effort
    yield mk.compare_effort(effort, none)


def _of_process_charts(model: mk.Model) -> Iterator[object]:
    """Yield the charts of the processes."""
    day = mk.SAMPLE_DAY
    yield mk.process_chart(model, on=day, people=True)
    yield mk.system_chart(model, on=day)
    yield mk.responsibility_matrix(model, on=day)
    yield from mk.sipocs(model, on=day)[:2]


def process_pictures(model: mk.Model) -> Iterator[Html]:
    """Yield the pictures of the charts of the processes."""
    day = mk.SAMPLE_DAY
    yield mk.process_chart_picture(mk.process_chart(model, on=day, people=True))
    yield mk.system_chart_picture(mk.system_chart(model, on=day))
    yield mk.responsibility_matrix_picture(mk.responsibility_matrix(model, on=day))
    yield from map(mk.sipoc_picture, mk.sipocs(model, on=day)[:2])


def _of_ranking(said: str) -> Iterator[object]:
    """Yield what ranking shows, of an option and a criterion with a text as name."""
    name = one_line(said)[:200] or "Option"
    ranking = mk.rank({name: {name: 1.0, "cost": 2.0}, "else": {name: 2.0, "cost": 1}})
    yield ranking
    yield ranking.sensitivity()
    yield ranking.intervals(draws=10)


def _of_charts(said: str) -> Iterator[object]:
    """Yield a series and what it is charted as, with a text as its title."""
    days = [date(2025, month, 1) for month in range(1, 13)]
    values = [3, 5, 4, 6, 4, 5, None, 3, 5, 4, 25, 4]
    points = [
        mk.SeriesPoint(start=day, end=day, value=x, reason="" if x else said)
        for day, x in zip(days, values, strict=True)
    ]
    name = one_line(said)[:200] or "Figure"
    series = mk.Series(indicator=name, title=name, unit=name, points=tuple(points))
    yield series
    for chart in (mk.xmr_chart, mk.nelson_chart, mk.ewma_chart, mk.cusum_chart):
        yield chart(series, baseline=10)
    yield mk.page_hinkley_chart(series)
    yield mk.ChartConstants(2)


def _of_history(model: mk.Model) -> Iterator[object]:
    """Yield what looking back shows; who acted and why are texts of the model."""
    if not len(model):
        return  # nothing was ever committed, so there is nothing to look back at
    said = model.root.name if model.root else "Board"
    with mk.Workspace(":memory:") as ws:
        with ws.edit("harbour", by=said, why=said, create=True) as edit:
            edit.become(model)
        yield ws.history("harbour")
        yield from (ws.blame("harbour", ref) for ref in list(model.ids())[:2])
        yield from _gone_stale(ws, model, said)
        yield ws.dispose_everywhere(list(model.ids())[:1], by=said, why=said)
        report = mk.StoreReport(
            streams=(*mk.check_store(ws.store).streams, _damaged(said)),
            issues=(nasty_issue(said),),
            plan=(said,),
            aside=(mk.Aside(stream=said, place=said), mk.Aside(stream="", place=said)),
        )
        yield report
        yield mk.StoreRepair(done=(said,), before=report, after=report)
    yield from _of_reviews(model, said)
    empty = mk.Model(kinds=model.kinds)
    yield mk.diff(empty, model)
    yield mk.merge(model, empty, model)


def _damaged(said: str) -> mk.StreamReport:
    issues = (nasty_issue(said),)
    return mk.StreamReport(stream=said, sound=1, found=2, issues=issues, plan=said)


def _of_reviews(model: mk.Model, said: str) -> Iterator[object]:
    """Yield the reviews of a stream, which is there as long as they are."""
    ws = mk.Workspace(":memory:")
    with ws.edit("harbour", by=said, why=said, create=True) as edit:
        edit.become(model)
    yield from (ws.review("harbour", cycle) for cycle in model.of(mk.ReviewCycle))


def _gone_stale(ws: mk.Workspace, model: mk.Model, said: str) -> Iterator[object]:
    """Change what was approved, and yield what looking for the reason gives."""
    approved = {approval.artifact for approval in model.of(mk.Approval)}
    for artifact in model.of(mk.Artifact):
        if artifact.id in approved and artifact.cycle is not None:
            with ws.edit("harbour", by=said, why=said) as edit:
                edit.set(artifact, text=said)
            yield from ws.review("harbour", artifact.cycle).stale(on=mk.SAMPLE_DAY)


def nasty_issue(said: str) -> Issue:
    """Return an issue with *said* in each of its texts."""
    return Issue(
        code=said,
        severity=Severity.ERROR,
        message=said,
        why=said,
        fix=said,
        path=said,
        ref=said,
        value=said,
        source=Source(file=said, line=1, column=1, cell=said),
    )


def shown(answer: object) -> Html:
    """Return what a notebook shows of an answer."""
    html = answer._repr_html_()  # type: ignore[attr-defined]  # each of them has it
    return Html(html)


def gallery(model: mk.Model, said: str) -> str:
    """Return a page that shows every answer, the pictures and an issue."""
    pictures = [mk.strategy_map(model, on=mk.SAMPLE_DAY), *process_pictures(model)]
    body = join([*map(shown, answers(model)), *pictures, shown(nasty_issue(said))])
    head = tag("head", tag("meta", charset="utf-8"), tag("title", "Answers"))
    return f"<!doctype html>{tag('html', head, tag('body', body), lang='en')}"
