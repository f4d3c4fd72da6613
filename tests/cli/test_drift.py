"""``missionkit drift``: what it prints, and how it ends."""

import json
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

import missionkit as mk
from missionkit.cli import main
from missionkit.cli.drifting import told
from missionkit.codec.document import dumps, loads
from missionkit.samples import sample
from missionkit.samples.booked import bank_receipts, time_sheets


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run each test in a folder of its own, which has a plan and two tables."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.json").write_text(dumps(sample()), "utf-8")
    (tmp_path / "hours.csv").write_text(time_sheets(), "utf-8")
    (tmp_path / "paid.csv").write_text(bank_receipts(), "utf-8")
    return tmp_path


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> "Ask":
    return Ask(capsys)


class Ask:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *given: str) -> tuple[int, str, str]:
        status = main(["drift", "plan.json", "--on", "2026-11-02", *given])
        out, error = self._capsys.readouterr()
        assert "Traceback" not in out + error
        return status, out, error


BOTH = ("--activities", "hours.csv", "--revenue", "paid.csv")
FESTIVAL = ("--activities", "hours.csv", "--using", "effort-for-purpose")


def test_what_drifted_is_told_with_its_effect_and_what_moved_it(ask: Ask) -> None:
    status, out, _ = ask(*BOTH)

    assert status == 1
    assert "✕ Effort for The harbor festival: drift\n" in out
    assert "  effect 2.1" in out
    assert "% sure: 1.9" in out
    assert ", since 2026-02-01 (2026-02-01 to " in out
    assert "  moved by activity Festival committee: " in out
    assert "✓ Share of revenue that recurs: no drift" in out
    assert "? Effort against plan: total variation: not enough data" in out
    assert "With --raise FILE" in out


def test_rows_that_could_not_be_used_are_told_with_their_reasons(ask: Ask) -> None:
    _, out, _ = ask(*BOTH)

    assert "12 rows could not be used:\n  row 31: hours.csv:32: 'hours' holds" in out


def test_of_many_unused_rows_the_first_are_told(folder: Path, ask: Ask) -> None:
    rows = [f"2026-01-{day:02},Wait,?" for day in range(1, 29)]
    table = "\n".join(("on,what,hours", *rows))
    (folder / "hours.csv").write_text(table, "utf-8")

    status, out, _ = ask(*FESTIVAL)

    assert status == 0
    assert "28 rows could not be used" in out
    assert "  and 8 more" in out


def test_without_tables_the_snapshots_are_asked(ask: Ask) -> None:
    status, out, _ = ask()

    assert status == 0
    assert "✕" not in out
    assert "could not be used" not in out
    assert "--raise" not in out
    assert "a shift needs 12 points with a value, and there are 4" in out


def test_what_is_lacking_is_said(folder: Path, ask: Ask) -> None:
    (folder / "plan.json").write_text('{"schema": "missionkit/1"}', "utf-8")

    status, out, _ = ask("--format", "html")
    assert status == 0
    assert "effort-on-mission: not asked, for there is no activities" in out


def test_json_and_html_hold_the_same_findings(ask: Ask) -> None:
    _, text, _ = ask(*BOTH, "--format", "json")
    _, page, _ = ask(*BOTH, "--format", "html")

    held = json.loads(text)
    assert [each["verdict"] for each in held["findings"]].count("drift") == 4
    assert held["unused"] == len(held["unused_rows"]) == 12
    assert "is no number" in held["unused_rows"][0]["issues"][0]
    assert all(each["title"] in page for each in held["findings"][:3])
    assert "hours.csv:32" in page
    assert "<svg" in page


def test_a_decision_taken_in_time_makes_it_adaptation(folder: Path, ask: Ask) -> None:
    decision = mk.Decision(
        id=mk.DecisionId("festival-first"),
        statement="The festival may have more",
        kind=mk.DecisionKind.COURSE_CORRECTION,
        at=mk.SAMPLE_DAY.replace(month=1),
        covers=(mk.AnyId("harbor-festival"), mk.AnyId("quay-talks")),
    )
    model = sample().with_(decision)
    (folder / "plan.json").write_text(dumps(model), "utf-8")

    _, out, _ = ask(*FESTIVAL)

    assert "◆ Effort for The harbor festival: adaptation" in out
    assert "decided before, 2026-01-02: The festival may have more" in out
    late = "decided after the fact, 2026-01-02: The festival may have more"
    assert late in out  # the talks began to grow in December


def test_a_shift_that_does_not_matter_is_no_drift(ask: Ask) -> None:
    status, out, _ = ask(*FESTIVAL, "--least", "effort-for-purpose=0.2")

    assert status == 0
    assert "✕" not in out


def test_signals_are_written_into_the_document(folder: Path, ask: Ask) -> None:
    status, out, _ = ask(*FESTIVAL, "--raise", "out.json")

    assert status == 1
    assert "out.json: 2 signals to be answered" in out
    model = loads((folder / "out.json").read_text("utf-8")).model
    raised = [s for s in model.of(mk.DriftSignal) if s.at == mk.SAMPLE_DAY]
    assert {s.indicator for s in raised} == {
        "Effort for The harbor festival",
        "Effort for Talks about more on the waterfront",
    }
    found = {each.ref for each in mk.check(model, on=mk.SAMPLE_DAY).issues}
    assert {str(s.id) for s in raised} <= found


def test_one_signal_is_counted_as_one(ask: Ask) -> None:
    only = ("--activities", "hours.csv", "--using", "effort-off-mission")
    _, out, _ = ask(*only, "--raise", "out.json")

    assert "out.json: 1 signal to be answered" in out


def test_periods_can_be_quarters(ask: Ask) -> None:
    _, out, _ = ask(*FESTIVAL, "--by", "quarter", "--season", "1")

    assert "row 31" in out
    assert "Effort for The harbor festival" in out


def test_columns_are_named_for_both_tables_or_for_one(folder: Path, ask: Ask) -> None:
    hours = time_sheets().replace("on,what,hours", "Day,what,Time", 1)
    (folder / "hours.csv").write_text(hours, "utf-8")
    paid = bank_receipts().replace("currency,", "money,", 1)
    (folder / "paid.csv").write_text(paid, "utf-8")

    named = ("--columns", "activities.on=Day", "--columns", "hours=Time")
    status, _, error = ask(*BOTH, *named, "--columns", "currency=money")
    assert status == 1, error
    assert ask(*BOTH, *named, "--currency", "GBP")[0] == 1
    status, _, error = ask(*BOTH)
    assert status == 2
    assert "no column 'on'" in error


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--columns", "hours"), "is not written as FIELD=COLUMN"),
        (("--columns", "hors=Time"), "no field of a record"),
        (("--columns", "activities.hors=Time", *BOTH), "did you mean 'hours'"),
        (("--least", "client-fit"), "is not written as NAME=SHIFT"),
        (("--least", "client-fit=much"), "is not written as NAME=SHIFT"),
        (("--least", "client-fat=1"), "did you mean 'client-fit'"),
        (("--using", "client-fat"), "did you mean 'client-fit'"),
        (("--using", "client-fat", "--no-plugins"), "did you mean 'client-fit'"),
        (("--limit", "unnamed_revnue=0.1"), "did you mean 'unnamed_revenue'"),
        (("--activities", "none.csv"), "none.csv"),
        (("--level", "2"), "level"),
    ],
)
def test_what_makes_no_sense_is_refused(
    given: tuple[str, ...], said: str, ask: Ask
) -> None:
    status, _, error = ask(*given)

    assert status == 2
    assert said in error


def test_limits_of_the_project_are_used_where_a_figure_has_them(
    folder: Path, ask: Ask
) -> None:
    text = "[tool.missionkit.limits]\nunnamed_revenue = 0.0\nconsulted_roles = 5\n"
    (folder / "pyproject.toml").write_text(text, "utf-8")
    fit = ("--revenue", "paid.csv", "--using", "client-fit", "--no-plugins")

    assert ask(*fit)[0] == 0
    assert ask(*fit, "--isolated")[0] == 0


def test_a_shift_of_one_month_or_of_none_is_told_without_a_range() -> None:
    finding = mk.Finding(
        indicator="x",
        title="Warm homes",
        unit="homes",
        verdict=mk.DriftVerdict.DRIFT,
        effect=2.0,
        low=1.0,
        high=3.0,
        method="told",
        version="1",
        drivers=(mk.Driver(dimension="d", name="Ann", before=1, after=3, moved=2),),
    )
    day = date(2026, 2, 1)
    one = evolve(finding, since=day, earliest=day, latest=day)

    assert list(told(finding))[2:] == [
        "  effect 2 (95% sure: 1 to 3)",
        "  moved by d Ann: 2",
    ]
    assert list(told(one))[2] == "  effect 2 (95% sure: 1 to 3), since 2026-02-01"
