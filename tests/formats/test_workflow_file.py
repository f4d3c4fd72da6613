from io import BytesIO
from pathlib import Path

import pytest

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.errors import DocumentError, NotFoundError
from missionkit.formats.workflow_file import load_workflow, save_workflow
from missionkit.formats.workflow_mermaid import workflow_mermaid


@pytest.mark.parametrize("ending", ["json", "yaml", "yml", "JSON"])
def test_what_is_saved_can_be_loaded(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"flow.{ending}"

    assert save_workflow(FOUR_STAGES, str(path)) == path
    assert load_workflow(path) == FOUR_STAGES
    assert load_workflow(BytesIO(path.read_bytes())) == FOUR_STAGES


def test_a_picture_is_saved_as_text(tmp_path: Path) -> None:
    path = save_workflow(FOUR_STAGES, tmp_path / "flow.mmd")

    assert path.read_text(encoding="utf-8") == workflow_mermaid(FOUR_STAGES)


def test_faults_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "flow.yaml"
    path.write_text("schema: missionkit-workflow/1\nname: x\n", encoding="utf-8")

    with pytest.raises(DocumentError, match=r"flow\.yaml:1:1"):
        load_workflow(path)
    with pytest.raises(DocumentError, match="here:1:1"):
        load_workflow(path, name="here")


@pytest.mark.parametrize(("name", "fix"), [("flow.jsn", "did you mean"), ("flow", "")])
def test_a_form_that_nothing_writes_is_refused(
    tmp_path: Path, name: str, fix: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        save_workflow(FOUR_STAGES, tmp_path / name)

    assert fix in caught.value.issues[0].fix
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there_is_told_by_name(tmp_path: Path) -> None:
    save_workflow(FOUR_STAGES, tmp_path / "flow.json")

    with pytest.raises(NotFoundError, match=r"did you mean 'flow\.json'"):
        load_workflow(tmp_path / "flw.json")


@pytest.mark.parametrize(
    "said",
    [
        workflow_mermaid(FOUR_STAGES),
        "---\ntitle: A way\n---\n%% drawn by hand\nflowchart LR\n  a --> b\n",
    ],
)
def test_a_picture_is_no_workflow_to_read(said: str) -> None:
    with pytest.raises(DocumentError, match="is a picture of a workflow") as caught:
        load_workflow(BytesIO(said.encode()), name="flow.mmd")

    (issue,) = caught.value.issues
    assert issue.fix == "give the workflow itself, as .json or .yaml"
    assert issue.source is not None
    assert issue.source.file == "flow.mmd"
    with pytest.raises(DocumentError, match="the document is a picture"):
        load_workflow(BytesIO(said.encode()))
