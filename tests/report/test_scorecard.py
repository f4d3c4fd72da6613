"""The scorecard of the pack: every number with its parts, its gaps and its method."""

from missionkit.domain.draft import Draft, draft
from missionkit.domain.model import Model
from missionkit.domain.review import MaturityRating
from missionkit.ports.part import SHARE, Combine, Part
from missionkit.ports.score import Score
from missionkit.report.page import html_page
from missionkit.report.sections import scorecard
from missionkit.samples import sample
from missionkit.scoring.catalog import SCORERS
from tests.report.pages import assert_harmless, assert_rectangular
from tests.report.test_sections import view_of


def test_every_method_has_a_line_and_every_score_its_parts() -> None:
    made = scorecard.section(view_of(sample()))

    assert made is not None
    text = made.markdown
    for name in SCORERS.keys() - {"radar", "enterprise-capability"}:
        assert f"| {name} |" in text
    assert "| radar |" not in text
    assert "Nothing was assessed by: enterprise-capability, radar." in text
    assert "### okr: " in text
    assert "| Part | Value | Weight | Counts | Because | Evidence |" in text
    assert "| Missing | Why | Evidence |" in text
    assert "it has no baseline" in text
    assert "Method okr, version 1, made by sum; policy for what is missing: skip." in (
        text
    )
    assert_harmless(html_page("Scores", "as of today", [made]))
    assert_rectangular(text)


def test_a_model_of_levels_has_a_line_where_anything_was_assessed_by_it() -> None:
    with draft("Trust", id="trust") as d:
        repairs = d.process("Repairs", id="repairs")
        d.need("Warm homes", id="warm")
        rated = MaturityRating(component="purpose", level=1, percent=90)
        d.maturity_assessment(on=repairs, scheme="RADAR", ratings=[rated])
    made = scorecard.section(view_of(d.model))

    assert made is not None
    text = made.markdown
    assert "| radar | no value |" in text
    assert "Nothing was assessed by: process-enablers, enterprise-capability." in text


def test_an_organization_of_which_nothing_is_known_has_no_scorecard() -> None:
    assert scorecard.section(view_of(Model())) is None


def test_what_is_longer_than_a_board_reads_is_counted() -> None:
    with_many = Draft()
    for n in range(60):
        with_many.success_measure(f"Measure {n:02}", id=f"m{n}")
    refs = tuple(f"m{n}" for n in range(60))
    parts = tuple(
        Part(name=f"Part {n}", value=1.0, weight=1 / 60, refs=(ref,))
        for n, ref in enumerate(refs)
    )
    gaps = tuple(Part(name=f"Gap {ref}", because="lost", refs=(ref,)) for ref in refs)
    score = Score(
        value=1.0,
        scale=SHARE,
        combine=Combine.SUM,
        parts=parts,
        missing=gaps,
        method="acme.all",
        version="1",
    )

    blocks = scorecard._blocks(view_of(with_many.model), score)
    text = "".join(block.markdown for block in blocks)

    assert "And 20 more parts." in text
    assert "And 20 more are missing." in text
    assert "as it stands" in text


def test_the_parts_of_what_is_no_sum_show_what_they_do_instead() -> None:
    parts = (Part(name="Only", value=0.5, refs=("x",)),)
    score = Score(
        value=0.5,
        scale=SHARE,
        combine=Combine.MIN,
        parts=parts,
        method="acme.least",
        version="1",
    )

    blocks = list(scorecard._blocks(view_of(Model()), score))

    assert "| Only | 0.5 | 1 |  " in "".join(block.markdown for block in blocks)
