from datetime import date

import pytest

from missionkit.domain.draft import Draft, draft
from missionkit.domain.model import Model
from missionkit.domain.plan import ObjectiveStatus
from missionkit.domain.process import ReleaseLadder, ReleaseState, ReleaseStep
from missionkit.domain.stakeholder import NeedStatus
from missionkit.domain.values import Period
from missionkit.report.lines import Break, Carriers, NeedLine, need_lines, weight_of

DAY = date(2026, 11, 21)


def line_of(model: Model, on: date = DAY) -> NeedLine:
    (line,) = need_lines(model, Carriers.of(model, on))
    return line


def whole(d: Draft) -> None:
    """Draft one need whose line is whole."""
    need = d.need("Warmth", id="warmth", stakeholder=d.stakeholder("Tenants"))
    goal = d.goal("Heat", intent=d.core_intent("Homes"))
    objective = d.objective("Band C", id="band-c", goal=goal, needs=[need])
    process = d.process("Repairs", id="repairs", achieves=[objective])
    d.role_assignment(id="a", role=d.role("Fitter"), party=d.party("Ann"), on=process)


def test_a_line_is_whole_from_holder_to_mission_and_performer() -> None:
    with draft("Trust") as d:
        whole(d)
    line = line_of(d.model)

    assert line.whole
    assert line.breaks == ()
    assert line.objectives == ("band-c",)
    assert line.processes == ("repairs",)


def test_a_line_names_where_it_stops() -> None:
    cuts: dict[Break, tuple[str, dict[str, object]]] = {
        Break.HOLDER: ("warmth", {"stakeholder": None}),
        Break.OBJECTIVE: ("band-c", {"needs": ()}),
        Break.MISSION: ("band-c", {"goal": None}),
        Break.PROCESS: ("repairs", {"achieves": ()}),
        Break.PERFORMER: ("a", {"on": None}),
    }
    found = {}
    for cut, (ref, fields) in cuts.items():
        with draft("Trust") as d:
            whole(d)
            d.set(ref, **fields)
        found[cut] = line_of(d.model).breaks

    assert found == {cut: (cut,) for cut in cuts}


def test_two_halves_on_two_objectives_are_no_whole_line() -> None:
    with draft("Trust") as d:
        whole(d)
        d.objective("Other", id="other", needs=["warmth"])
        d.set("repairs", achieves=["other"])

    assert line_of(d.model).breaks == (Break.APART,)


def test_a_line_that_stops_at_both_ends_says_so() -> None:
    with draft("Trust") as d:
        d.objective("Band C", needs=[d.need("Warmth")])

    assert line_of(d.model).breaks == (Break.HOLDER, Break.MISSION, Break.PROCESS)


@pytest.mark.parametrize(
    ("period", "breaks"),
    [
        (None, ()),
        (Period(DAY, DAY), ()),
        (Period(date(2026, 11, 22)), (Break.PERFORMER,)),
        (Period(None, date(2026, 11, 20)), (Break.PERFORMER,)),
    ],
    ids=range(4),
)
def test_a_role_counts_on_the_days_on_which_it_is_played(
    period: Period | None, breaks: tuple[Break, ...]
) -> None:
    with draft("Trust") as d:
        whole(d)
        d.set("a", period=period)

    assert line_of(d.model).breaks == breaks


@pytest.mark.parametrize("where", ["part", "activity", "whole", "whole of the whole"])
def test_a_role_on_a_part_or_on_the_whole_counts(where: str) -> None:
    with draft("Trust") as d:
        whole(d)
        top = d.process("Top", id="top")
        above = d.process("Above", id="above", parent=top)
        d.set("repairs", parent=above)
        part = d.process("Part", id="part", parent="repairs")
        activity = d.activity("Visit", id="visit", process="repairs")
        played = {
            "part": part,
            "activity": activity,
            "whole": above,
            "whole of the whole": top,
        }
        d.set("a", on=played[where])

    assert line_of(d.model).whole


def test_a_retired_process_carries_nothing() -> None:
    with draft("Trust") as d:
        whole(d)
        steps = (
            ReleaseStep(state=ReleaseState.DEVELOPED, on=date(2020, 1, 1)),
            ReleaseStep(state=ReleaseState.RETIRED, on=DAY),
        )
        d.set("repairs", release=ReleaseLadder(steps=steps))

    assert line_of(d.model).breaks == (Break.PROCESS,)
    assert line_of(d.model, date(2026, 11, 20)).whole


def test_a_dropped_objective_carries_nothing() -> None:
    with draft("Trust") as d:
        whole(d)
        d.set("band-c", status=ObjectiveStatus.DROPPED)

    assert line_of(d.model).breaks == (Break.OBJECTIVE,)


@pytest.mark.parametrize("status", NeedStatus)
def test_only_needs_that_were_turned_down_are_not_followed(status: NeedStatus) -> None:
    with draft("Trust") as d:
        d.need("Warmth", status=status, decided_reason="Because")
    lines = need_lines(d.model, Carriers.of(d.model, DAY))

    assert bool(lines) is (status not in {NeedStatus.DECLINED, NeedStatus.WITHDRAWN})


def test_the_weightiest_needs_come_first_and_the_unrated_count_half() -> None:
    with draft("Trust") as d:
        d.need("b", importance=0.4)
        d.need("a")
        d.need("c", importance=0.6)
        d.need("d")
    lines = need_lines(d.model, Carriers.of(d.model, DAY))

    assert [line.need.id for line in lines] == ["c", "a", "d", "b"]
    assert weight_of(lines[1].need) == 0.5
