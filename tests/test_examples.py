"""The examples run as they are given: each script, and the notebook cell by cell."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
SCRIPTS = sorted(EXAMPLES.glob("*.py"))
NOTEBOOKS = sorted((EXAMPLES / "notebooks").glob("*.ipynb"))
SAID = {
    "drift_of_clients.py": (
        "recurs fell from 100% to 65% from April 2025 on; most of it: Quay Festival",
        "Effective number of clients fell from 13.2 clients to 9.51 clients",
        "This is adaptation: it was decided before",
        "It was decided after the fact",
    ),
    "drift_of_purpose.py": (
        "Effort on the mission fell from 89% to 80% from July 2025 on",
        'Films of the crew +10 points (driven by "Everybody films what they do")',
        "This is adaptation: it was decided before",
        "It was decided after the fact",
    ),
    "first_model.py": ("Ferry Lane Repair Cafe: 10 elements", "MK-TRC-001"),
    "grant_review.py": (
        "approve is for panelist",
        "nobody approves what is their own",
        "has 2 of the 3 approvals that count",
        "ended: awarded",
    ),
    "iso_review_of_a_site.py": (
        "'Decided: which resources are…' has no disposition",
        "ended: signed with 17 items",
    ),
    "okr_quarter.py": (
        "'Riders come back for repairs' has 0 key results",
        "The quarter ends on 2026-03-31",
        "ended: graded",
    ),
    "performance_gov.py": (
        "900apg3102-6: no current value; published 0",
        "900apg3103-7: no target; published 0",
        "900apg3103-8: no start; published 0",
        "900apg3103-9: no start and no target and no current value; published 0",
        "900apg3103-10: no way; published 0",
        "5 of 10 are as published",
    ),
    "process_life.py": (
        "speaks  MK-PRC-022",
        "silent  MK-PRC-028",
        "The management share fell from 9 % to 6 %, because 'Read the order box'",
    ),
    "read_a_plan.py": ("The Lamplighters", "the line is broken", "need coverage"),
    "two_cycles.py": ("no change detected in",),
    "third_party_kind.py": (
        "statement must be",
        "odds must be",
        "bets are weighed by their odds",
        "the same model: True",
        "written back unchanged: True",
    ),
}


def run(
    script: Path, folder: Path, *arguments: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", str(script), *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONIOENCODING": "utf-8",
        },
    )


def test_what_every_script_says_is_known() -> None:
    assert {script.name for script in SCRIPTS} == set(SAID)


@pytest.mark.parametrize(
    "name", ["grant_review.py", "iso_review_of_a_site.py", "okr_quarter.py"]
)
def test_a_custom_review_is_told_in_less_than_sixty_lines(name: str) -> None:
    assert len((EXAMPLES / name).read_text(encoding="utf-8").splitlines()) < 60


def test_the_score_of_published_targets_is_told_in_forty_lines() -> None:
    text = (EXAMPLES / "performance_gov.py").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip()]
    assert sum(not line.startswith(("import", "from", '"""')) for line in lines) <= 40


def test_progress_is_as_published_wherever_one_can_be_computed(
    data_dir: Path, tmp_path: Path
) -> None:
    path = "plans_kpi/performance_gov/target_shown_agencies.json"
    if not (data_dir / path).is_file():
        pytest.skip(f"the folder of third-party files has no {path}")

    ended = run(EXAMPLES / "performance_gov.py", tmp_path, str(data_dir / path))

    *exceptions, last = ended.stdout.splitlines()
    assert last == "116 of 198 are as published"
    assert len(exceptions) == 198 - 116
    # every one lacks something in the file, where the publisher writes 0
    assert all(": no " in line and "published 0" in line for line in exceptions)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_script_says_what_it_promises_and_writes_nothing(
    script: Path, tmp_path: Path
) -> None:
    ended = run(script, tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    assert [word for word in SAID[script.name] if word not in ended.stdout] == []
    assert list(tmp_path.iterdir()) == []


def test_a_plan_can_be_given_and_a_wrong_one_is_refused_without_a_traceback(
    tmp_path: Path,
) -> None:
    plan = tmp_path / "plan.xml"
    plan.write_bytes(
        b'<StrategicPlan xmlns="urn:ISO:std:iso:17469:tech:xsd:stratml_core">'
        b"<Name>Plan of the Tinsmiths</Name><StrategicPlanCore><Organization>"
        b"<Name>The Tinsmiths</Name></Organization></StrategicPlanCore>"
        b"</StrategicPlan>"
    )
    script = EXAMPLES / "read_a_plan.py"
    assert "The Tinsmiths" in run(script, tmp_path, str(plan)).stdout
    plan.write_bytes(b"<StrategicPlan>")
    refused = run(script, tmp_path, str(plan))
    assert refused.returncode == 1
    assert "MK-" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.stem)
def test_a_notebook_runs_from_top_to_bottom(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reason = "nbclient and ipykernel are not installed; the docs session has them"
    pytest.importorskip("ipykernel", reason=reason)
    nbclient = pytest.importorskip("nbclient", reason=reason)
    nbformat = pytest.importorskip("nbformat", reason=reason)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    book = nbformat.read(notebook, as_version=4)
    where = {"metadata": {"path": str(tmp_path)}}
    done = nbclient.NotebookClient(book, timeout=60, resources=where).execute()
    shown = [cell for cell in done.cells if cell.get("outputs")]
    assert len(shown) >= 7


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.stem)
def test_a_notebook_is_kept_without_outputs(notebook: Path) -> None:
    text = notebook.read_text(encoding="utf-8")
    assert text.count('"outputs": []') == text.count('"cell_type": "code"') >= 8
    assert text.count('"execution_count": null') == text.count('"cell_type": "code"')
