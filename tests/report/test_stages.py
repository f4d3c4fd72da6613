"""The stages in the pack: how each condition of a gate stands, in words."""

from collections.abc import Iterator
from datetime import date

from attrs import evolve

from missionkit.domain.draft import Draft
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.lifecycle import lifecycle
from missionkit.domain.model import Model
from missionkit.domain.stages import Gate, Move, Stage
from missionkit.domain.values import Period
from missionkit.domain.workflow import Workflow
from missionkit.issue import Code, Issue, Severity
from missionkit.ports.rule import Judgment, NotJudged, RuleEntry, RuleView
from missionkit.report.allowed import MOST
from missionkit.report.pack import pack
from missionkit.report.sections import stages
from missionkit.rules.book import BOOK
from missionkit.rules.standing import GateStanding, gates, under_way
from tests.report.test_sections import view_of

DAY = date(2026, 6, 30)
HARD = Code("ACME-GAT-001", Severity.ERROR, "so", "do", act="Do the hard thing")
SOFT = Code("ACME-GAT-002", Severity.WARNING, "so", "do")
DARK = Code("ACME-GAT-003", Severity.ERROR, "so", "do")


def told(*found: Judgment) -> RuleEntry:
    def rule(_: RuleView) -> tuple[Judgment, ...]:
        return found

    return RuleEntry(rule=rule, codes=(HARD, SOFT, DARK), on_request=True)


def workflow_of(gate: Gate) -> Workflow:
    """Return a workflow of one stage, which is left by a gate."""
    return Workflow(
        name="mine",
        stages=(Stage(key="a", label="Begin", exit=gate),),
        moves=(
            *lifecycle("a"),
            Move(event="complete", source="a", target="closed"),
        ),
    )


def standing(*found: Judgment, model: Model | None = None) -> GateStanding:
    gate = Gate(rules=(HARD.code, SOFT.code, DARK.code))
    mine = workflow_of(gate)
    whole = Model() if model is None else model
    (only,) = gates(whole, on=DAY, workflow=mine, rules=(*BOOK, told(*found)))
    return only


def need_with(waived: str = "") -> Model:
    d = Draft()
    d.need("Warm", id="warm")
    if waived:
        chair = d.party("The chair", id="chair")
        until = date(2026, 12, 31)
        d.waiver(
            code=waived,
            on="warm",
            granted_by=chair,
            requested_by=d.party("The clerk", id="clerk"),
            why="later",
            until=until,
        )
    return d.model


def shown(gate: GateStanding, model: Model | None = None, cycle: str = "") -> str:
    view = view_of(Model() if model is None else model)
    view.standing, view.cycle = (gate,), cycle
    section = stages.section(view)
    assert section is not None
    return section.markdown


def test_an_open_gate_says_so_for_each_condition() -> None:
    gate = standing()

    assert gate.open is True
    assert str(gate) == "Begin: the gate is open"
    assert "✓ the gate is open" in shown(gate)
    assert shown(gate).count("✓ holds") == 3


def test_an_error_closes_the_gate_and_a_warning_does_not() -> None:
    hard = standing(HARD.issue("No.", ref="warm"), SOFT.issue("Hm.", ref="warm"))
    soft = standing(SOFT.issue("Hm.", ref="warm"))

    assert (hard.open, soft.open) == (False, True)
    assert hard.failing == (HARD.code,)
    assert str(hard) == "Begin: 1 in the way (ACME-GAT-001)"
    assert "the gate is closed: 1 condition does not hold" in shown(hard, need_with())
    assert "✕ 1 open | “Warm” | ACME\\-GAT\\-001" in shown(hard, need_with()).replace(
        "ACME-GAT", "ACME\\-GAT"
    ).replace("-00", "\\-00")
    assert "△ 1 open" in shown(soft, need_with())


def test_what_is_not_judged_leaves_the_answer_open() -> None:
    gate = standing(NotJudged(DARK.code, "nobody knows", ("warm",)))
    both = standing(HARD.issue("No."), NotJudged(DARK.code, "nobody knows"))

    assert gate.open is None
    assert str(gate) == "Begin: nothing stands in the way, but 1 not judged"
    assert "nothing stands in the way, 1 condition not judged" in shown(gate)
    assert "not judged: nobody knows" in shown(gate)
    assert str(both).endswith("(ACME-GAT-001); 1 not judged")


def test_a_waiver_opens_the_gate_and_is_told() -> None:
    model = need_with(waived=HARD.code)
    gate = standing(HARD.issue("No.", ref="warm"), model=model)

    assert gate.open is True
    assert "△ 1 waived | “Warm”" in shown(gate, model)
    assert gate.as_dict()["waived"]


def test_a_code_that_no_rule_has_is_not_judged_with_the_nearest() -> None:
    gate = Gate(rules=("MK-GAT-999",))
    mine = workflow_of(gate)
    (only,) = gates(Model(), workflow=mine)

    assert only.open is None
    (missed,) = only.result.not_judged
    assert missed.why.startswith("no rule has this code; did you mean 'MK-GAT-0")


def test_a_gate_that_asks_for_nothing_is_open_and_has_no_table() -> None:
    mine = workflow_of(Gate())
    (only,) = gates(Model(), workflow=mine)

    assert only.open is True
    assert "|" not in shown(only)


def test_the_pack_tells_of_all_four_stages_and_of_the_review_under_way() -> None:
    d = Draft()
    d.organization("Bakery", id="bakery")
    for ref, status in (("old", "closed"), ("new", "draft"), ("now", "active")):
        d.review_cycle(f"Review {ref}", id=ref, status=status)
    cycle = under_way(d.model)
    assert cycle is not None
    assert cycle.id == "now"

    text = pack(d.model, on=DAY).markdown

    for stage in FOUR_STAGES.stages:
        assert f"### {stage.label}" in text
    assert "The review “Review now” is under way." in text
    named = pack(d.model, on=DAY, cycle="old").markdown
    assert "“Review old”" in named


def test_without_a_review_under_way_it_is_said_what_follows() -> None:
    d = Draft()
    d.review_cycle("Review", id="old", status="canceled")

    assert under_way(d.model) is None
    assert "No review is under way" in pack(d.model, on=DAY).markdown


def test_a_draft_is_under_way_where_nothing_is_and_the_newest_counts() -> None:
    d = Draft()
    for year in (2025, 2027, 2026):
        period = Period(date(year, 1, 1), date(year, 12, 31))
        d.review_cycle(f"Review {year}", id=f"r{year}", period=period)
    cycle = under_way(d.model)

    assert cycle is not None
    assert cycle.id == "r2027"


def test_a_gate_is_shown_as_a_table_in_a_notebook() -> None:
    html = standing(HARD.issue("<b>", ref="warm"))._repr_html_()

    assert "&lt;b&gt;" in html
    assert "1 in the way" in html


def test_without_gates_there_is_no_section() -> None:
    assert stages.section(view_of(Model())) is None


def test_the_issue_of_a_gate_keeps_its_own_words() -> None:
    issue: Issue = HARD.issue("No.", ref="warm")

    assert standing(evolve(issue)).result.issues == (issue,)


def test_a_rule_that_failed_has_judged_nothing_and_is_named() -> None:
    def broken(_: RuleView) -> Iterator[Judgment]:
        raise KeyError("what?")

    entry = RuleEntry(rule=broken, codes=(HARD,), on_request=True)
    mine = workflow_of(Gate(rules=(HARD.code,)))
    (gate,) = gates(Model(), on=DAY, workflow=mine, rules=(entry,))

    assert (gate.open, gate.failing) == (None, ())
    said = "Begin: nothing stands in the way, but 1 not judged; 1 rule failed"
    assert str(gate) == said
    assert "broken failed with KeyError." in shown(gate)
    assert "MK-PLG-001" in shown(gate).replace("\\", "")


def test_a_fault_beside_a_rule_that_failed_closes_the_gate() -> None:
    def half(_: RuleView) -> Iterator[Judgment]:
        yield HARD.issue("No.")
        raise KeyError

    entry = RuleEntry(rule=half, codes=(HARD, DARK), on_request=True)
    gate = Gate(rules=(HARD.code, DARK.code))
    mine = workflow_of(gate)
    (only,) = gates(Model(), on=DAY, workflow=mine, rules=(entry, entry))

    assert only.open is False
    assert str(only).endswith("(ACME-GAT-001); 4 not judged; 2 rules failed")
    assert "2 rules failed" in shown(only)


def test_a_waiver_is_told_with_who_granted_it_also_beside_what_is_open() -> None:
    model = need_with(waived=HARD.code)
    both = (HARD.issue("No.", ref="warm"), HARD.issue("Never.", ref="chair"))
    text = shown(standing(*both, model=model), model)

    assert "✕ 1 open, 1 waived" in text
    assert "Allowed for a time" in text
    assert "| later | The chair |" in text
    assert "2026\\-12\\-31" in text.replace("2026-12-31", "2026\\-12\\-31")


def test_a_waiver_is_told_beside_what_is_not_judged() -> None:
    model = need_with(waived=HARD.code)
    both = (HARD.issue("No.", ref="warm"), NotJudged(HARD.code, "nobody knows"))

    assert "nobody knows, 1 waived" in shown(standing(*both, model=model), model)


def test_more_than_fits_of_what_was_waived_is_counted() -> None:
    model = need_with(waived=HARD.code)
    many = [HARD.issue(f"No {at:04}.", ref="warm") for at in range(MOST + 7)]
    text = shown(standing(*many, model=model), model)

    assert f"No {MOST - 1:04}." in text
    assert f"No {MOST:04}." not in text
    assert "And 7 more in issues.json." in text.replace("\\", "")
