"""The review cycle in the pack: strip, moves, approvals, agenda, corrections."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from missionkit.domain.draft import Draft
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.model import Model
from missionkit.domain.review import (
    AgendaItem,
    Approval,
    Artifact,
    ArtifactStatus,
    CycleStatus,
    ReviewCycle,
    StageRun,
)
from missionkit.domain.stages import Move, Stage
from missionkit.domain.workflow import Workflow
from missionkit.report.pack import pack
from missionkit.report.pictures.stage_strip import Return, Standing, Step, stage_strip
from missionkit.report.sections import cycle as section
from missionkit.review import cycle_state
from missionkit.testing.sound import DAY, sound_model
from tests.report.test_sections import view_of
from tests.workspace.approvals import FREE

CYCLE = "review-2026"


def told(model: Model, *, people: bool = False, **settings: Any) -> str:  # noqa: ANN401
    view = view_of(model, people=people)
    view.review = cycle_state(model, CYCLE, on=DAY, **settings)
    found = section.section(view)
    assert found is not None
    assert found.html
    return found.markdown.replace("\\", "")


def free(**fields: Any) -> Draft:  # noqa: ANN401 - any field
    d = Draft()
    given = {"stage": "look", "status": "active"} | fields
    d.review_cycle("Quick look", id=CYCLE, workflow="free", **given)
    return d


def test_without_a_review_there_is_no_section() -> None:
    assert section.section(view_of(Model())) is None
    assert "## The review cycle" not in pack(Model(), on=DAY).markdown


def test_the_pack_tells_where_the_review_stands() -> None:
    page = pack(sound_model("review"), on=DAY)

    assert "## The review cycle" in page.markdown
    assert "**Review of 2026** is in the stage “Review performance" in page.markdown
    assert 'class="mk-strip"' in page.html
    for stage in FOUR_STAGES.stages[:-1]:
        assert f"{stage.label}: done 2026-06-" in page.markdown
    assert "7 of 7** artifacts approved" in page.markdown


def test_a_review_whose_id_tells_a_name_is_found_when_names_are_hidden() -> None:
    d = Draft()
    d.party("Mary Smith", id="party-m4ry", kind="person")
    d.review_cycle("Review", id="review-by-mary-smith")
    model = d.model
    cycle = model.get(ReviewCycle, "review-by-mary-smith")

    pages = [pack(model, on=DAY, cycle=each) for each in (cycle, str(cycle.id), None)]

    assert len({page.markdown for page in pages}) == 1
    assert "**Review** is a draft: nobody has opened it yet." in pages[0].markdown
    assert not any("mary" in page.html.casefold() for page in pages)


def test_moves_that_lead_on_come_first_with_what_has_to_be_done_before() -> None:
    model = sound_model("review")
    item = model.get(AgendaItem, f"{CYCLE}-risks")
    text = told(model.with_(evolve(item, disposition=None)))
    moves = [line for line in text.splitlines() if line.startswith("| **")]

    assert moves[0].startswith("| **complete** | closed | ✕ ")
    assert "in the way MK-GAT-028" in moves[0]
    assert "Before **complete**:" in text
    assert "has no disposition. — record what was done" in text
    assert "| **correct** for process incapable | Develop the processes" in text
    assert "### Open on the agenda\n\n- risks Whether the answers" in text


def test_people_are_named_only_where_the_pack_names_people() -> None:
    model = sound_model("review")

    assert "Chair" not in told(model)
    text = told(model, people=True)
    assert "| sponsor (Chair of the cooperative) |" in text
    assert "2026-06-12 by Chair of the cooperative" in text


def test_what_is_stale_says_what_changed() -> None:
    model = sound_model("review")
    tree = model.get(Artifact, f"{CYCLE}-objective-tree")
    ref = tree.covers[0]
    d = Draft(model)
    d.set(ref, statement="Else")
    text = told(d.model)

    assert "| direct | ✕ stale | 2026-06-12 | changed: “Else” |" in text
    assert "△ **1** stale approval" in text


def test_what_stands_otherwise_is_told_in_its_own_words() -> None:
    model = sound_model("review")
    plan = model.get(Artifact, f"{CYCLE}-improvement-plan")
    back = told(model.with_(evolve(plan, status=ArtifactStatus.DRAFT)))
    # An approval that was not made by a review does not pin what is covered later.
    more = evolve(plan, covers=(*plan.covers, "oven-fails"))  # type: ignore[arg-type]
    (given,) = (a for a in model.of(Approval) if a.artifact == plan.id)
    digest = model.with_(more).digest(plan.id) or ""
    pins = tuple(
        evolve(pin, digest=digest) if pin.of == plan.id else pin
        for pin in given.digests
    )
    unknown = told(model.with_(more, evolve(given, digests=pins)))

    assert "△ approved once, now draft" in back
    assert "△ cannot be compared" in unknown
    assert "cannot be compared: “The old oven fails" in unknown
    assert "| · submitted | not yet |" in back


def test_corrections_loops_and_the_advice_are_told() -> None:
    d = free()
    for day, (stage, number) in enumerate(
        [(s, n) for n in (1, 2, 3, 4) for s in ("look", "decide")], 1
    ):
        d.stage_run(
            id=f"r{day}",
            cycle=CYCLE,
            stage=stage,
            pass_number=number,
            status="superseded",
            entered=date(2026, 6, day),
            reason=f"Reason {day}" if day < 7 else "",
        )
    d.set(CYCLE, stage="decide")
    text = told(d.model, workflows=(TWO,))

    assert "for the 4th time" in text
    assert "3 times back from decide to look: ask what" in text
    assert "| 2026-06-03 | Decide → Look | Reason 3 |" in text
    assert "no reason given" in text
    assert "Look: pass 4, to be gone through again" in text


TWO = Workflow(
    name="free",
    stages=(
        Stage(key="look", label="Look", max_days=10, overdue="late"),
        Stage(key="decide", label="Decide"),
    ),
    moves=(
        *FREE.moves[:-1],
        Move(event="complete", source="look", target="decide"),
        Move(event="complete", source="decide", target="closed"),
        Move(event="late", source="look", target="decide"),
        Move(event="back", source="decide", target="look", gated=False),
    ),
)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": "draft", "stage": None}, "is a draft: nobody has opened it yet."),
        ({"status": "blocked"}, "is in the stage “Look”, and is ✕ blocked."),
        ({"status": "closed"}, "was closed."),
        ({"status": "canceled"}, "was canceled."),
    ],
    ids=["draft", "blocked", "closed", "canceled"],
)
def test_the_first_sentence_says_where_it_stands(
    fields: dict[str, Any], words: str
) -> None:
    assert f"**Quick look** {words}" in told(free(**fields).model, workflows=(TWO,))


def test_a_stage_that_is_overdue_or_stopped_is_marked() -> None:
    d = free()
    entered = date(2026, 6, 1)
    d.stage_run(
        id="r", cycle=CYCLE, stage="look", status="in_progress", entered=entered
    )
    late = told(d.model, workflows=(TWO,))
    d.set(CYCLE, status=CycleStatus.SUSPENDED)
    stopped = told(d.model, workflows=(TWO,))
    d.set(CYCLE, status=CycleStatus.CLOSED)
    d.set("r", left=date(2026, 6, 5), status="completed")
    over = told(d.model, workflows=(TWO,))

    assert "since 2026-06-01, and ✕ overdue since 2026-06-12." in late
    assert "Look: suspended, since 2026-06-01; Decide: not entered yet." in stopped
    assert "| **resume** | as it was | ✓ nothing in the way | anybody |" in stopped
    assert "was closed on 2026-06-05." in over


def test_roles_that_nobody_plays_are_told() -> None:
    d = Draft()
    d.review_cycle("Alone", id=CYCLE, stage="understand", status="active")
    moves = (
        *FOUR_STAGES.moves,
        Move(event="nobody", source="understand", then=CycleStatus.BLOCKED),
    )
    lone = evolve(FOUR_STAGES, moves=moves)
    text = told(d.model, people=True, workflows=(lone,))

    assert "✕ nobody plays a role for it | facilitator (nobody)" in text
    assert "| **nobody** | blocked | ✕ nobody plays a role for it | nobody |" in text


def test_what_is_waived_is_counted() -> None:
    model = sound_model("review")
    item = model.get(AgendaItem, f"{CYCLE}-risks")
    d = Draft(model.with_(evolve(item, evidence=())))
    d.waiver(
        code="MK-GAT-028",
        on=item.id,
        granted_by="party-c4r0",
        requested_by="party-m4n5",
        why="So",
        until=DAY,
    )

    assert "△ nothing in the way, 1 waived" in told(d.model)


def test_an_unknown_workflow_is_told_and_the_records_with_it() -> None:
    d = Draft(sound_model("review"))
    d.set(CYCLE, workflow="other", stage=None)
    d.stage_run(id="back", cycle=CYCLE, stage="a", entered=DAY)
    text = told(d.model)

    assert "✕ The workflow 'other' is not here." in text
    assert "### What the review made" in text
    page = pack(d.model, on=DAY)
    assert "is not here" in page.markdown


def test_a_pack_takes_workflows_and_guards() -> None:
    d = free()
    page = pack(d.model, on=DAY, workflows=(TWO,), guards={})

    assert "is in the stage “Look”" in page.markdown
    assert "### Decide" in page.markdown


def test_what_was_taken_over_says_what_of_it_is_open() -> None:
    d = Draft(sound_model("review"))
    text = told(d.model)
    assert "| **A second baker learns the oven** | △ open |" in text
    assert "| **Report of the review of 2025** | to be looked at |" in text
    d.set("second-baker", status="canceled")
    assert "| **A second baker learns the oven** | ✓ settled |" in told(d.model)


def test_an_item_without_a_code_is_told_by_its_title() -> None:
    d = free()
    d.agenda_item("Prices", id="prices", cycle=CYCLE)

    assert "### Open on the agenda\n\n- Prices\n" in told(d.model, workflows=(TWO,))


def test_the_second_time_is_a_word() -> None:
    d = free()
    d.stage_run(id="r", cycle=CYCLE, stage="look", pass_number=2)

    text = told(d.model, workflows=(TWO,))
    assert "for the second time" in text
    assert "Look: pass 2, since ?" in text
    assert isinstance(d.model.get(ReviewCycle, CYCLE), ReviewCycle)
    assert isinstance(d.model.get(StageRun, "r"), StageRun)


def test_a_strip_has_a_box_for_each_stage_and_an_arc_for_each_way_back() -> None:
    steps = [Step(f"<b>{n}</b>", kind, "x") for n, kind in enumerate(Standing)]
    svg = stage_strip("Strip", steps, [Return(2, 0, 1), Return(1, 1, 3)])

    assert svg.count('class="mk-box') == len(steps)
    assert svg.count('class="mk-back"') == 2
    assert ">once<" in svg
    assert ">3 times<" in svg
    assert "<b>" not in svg


def test_many_stages_stand_in_rows_and_ways_between_rows_are_left_out() -> None:
    steps = [Step(f"Stage {n}", Standing.WAITING) for n in range(7)]
    svg = stage_strip("Strip", steps, [Return(6, 0, 1), Return(6, 5, 1)])

    assert svg.count('class="mk-back"') == 1
    assert "Stage 6: waiting" in svg
    assert stage_strip("None", [], [])
