import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from missionkit.domain.draft import draft
from missionkit.domain.ids import GoalId
from missionkit.domain.model import Model
from missionkit.domain.plan import Goal
from missionkit.domain.values import Contribution
from missionkit.errors import InvalidValueError
from missionkit.formats.mermaid import escaped, mermaid
from missionkit.markup import one_line, shortened
from missionkit.testing.strategies import models
from missionkit.trace.why import why

NASTY = [
    'a"]; click n1 href "javascript:alert(1)"',
    "%%{init: {'theme': 'dark'}}%%",
    "end",
    "subgraph x",
    "$$x^2$$",
    "$$$x$$$$",
    "classDef default fill:#f00;",
    "style n1 fill:#f00;",
    "`**markdown**`",
    "1. a list",
    "- a list",
    "fa:fa-car",
    "<img src=x onerror=alert(1)>",
    "#quot; &quot; #35;",
    "ﬂ°°35¶ß",
    "a --> b",
    "two\nlines | bar",
    "back\\slash\\",
    "---\ntitle: x\n---",
]
LINE = re.compile(
    r'flowchart LR|    n\d+\["[\w #;]+<br/>[\w #;]+"\]'
    r'|    n\d+ (-->|-\.->)\|"[\w #;]+"\| n\d+'
)


def titled(title: str) -> Model:
    return Model([Goal(id=GoalId("goal"), statement=title)])


def read_back(text: str) -> str:
    """Return the title of the only box, its numbered characters read."""
    found = re.fullmatch(r'flowchart LR\n    n1\["goal<br/>(.*)"\]\n', text)
    assert found is not None
    said = re.sub(r"#(\d+);", lambda hit: chr(int(hit[1])), found[1])
    return said.replace("\u2060", "")


def test_a_flowchart_has_a_box_an_element_and_an_arrow_a_link() -> None:
    with draft("T") as d:
        need = d.need("A warm home", stakeholder=d.stakeholder("Tenants"))
        aim = d.objective("EPC C", needs=[need])
        d.process("Repairs", achieves=[aim])

    assert mermaid(d.model) == (
        "flowchart LR\n"
        '    n1["stakeholder<br/>Tenants"]\n'
        '    n2["need<br/>A warm home"]\n'
        '    n3["objective<br/>EPC C"]\n'
        '    n4["process<br/>Repairs"]\n'
        '    n1 -->|"holds need"| n2\n'
        '    n2 -->|"satisfied by"| n3\n'
        '    n4 -->|"achieves"| n3\n'
    )


@pytest.mark.parametrize("title", NASTY)
def test_no_title_can_say_anything_to_mermaid(title: str) -> None:
    text = mermaid(titled(title))

    assert all(LINE.fullmatch(line) for line in text.splitlines())
    assert read_back(text) == shortened(one_line(title), 80)


@given(st.text(max_size=120))
@example("$$")
@example("\u2060")
def test_any_title_is_refused_or_stays_in_its_box(title: str) -> None:
    try:
        model = titled(title)
    except InvalidValueError:
        return
    assert read_back(mermaid(model)) == shortened(one_line(title), 80).replace(
        "\u2060", ""
    )


@given(models(max_size=20))
def test_every_line_of_any_model_has_the_one_form(model: Model) -> None:
    lines = mermaid(model).splitlines()

    assert all(LINE.fullmatch(line) for line in lines)


def test_kinds_and_answers_can_be_drawn_alone() -> None:
    with draft("T") as d:
        d.goal("G", id="goal", intent=d.core_intent("M"))
        d.goal("H", id="other")

    assert mermaid(d.model, kinds=["core_intent"]).count("\n") == 2
    assert mermaid(d.model, trace=why(d.model, "goal")).count("\n") == 4


def test_an_arrow_that_hurts_is_dotted() -> None:
    with draft("T") as d:
        goal = d.goal("G")
        d.process("W", contributions=[Contribution(target=goal.id, weight=-5)])

    assert 'n2 -.->|"contributes #45;5"| n1' in mermaid(d.model)


def test_letters_of_all_scripts_are_left_as_they_are() -> None:
    assert escaped("Wohnung Ü 家 7") == "Wohnung Ü 家 7"
    assert escaped("a.b") == "a#46;b"


def test_the_strings_of_others_stay_in_their_box(data_dir: Path) -> None:
    folder = data_dir / "hostile" / "strings"
    for path in sorted(folder.glob("*.json")):
        for title in json.loads(path.read_text(encoding="utf-8")):
            try:
                model = titled(title)
            except InvalidValueError:
                continue
            assert all(LINE.fullmatch(line) for line in mermaid(model).splitlines())
