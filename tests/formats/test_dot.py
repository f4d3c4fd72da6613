import html
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
from missionkit.formats.dot import dot, escaped
from missionkit.markup import one_line, shortened
from missionkit.testing.strategies import models
from missionkit.trace.why import why

NASTY = [
    'a"]; n1 [URL="javascript:alert(1)"',
    "\\N",
    "\\",
    "ends in a backslash\\",
    '\\"',
    "<<b>html</b>>",
    "<b>html</b>",
    "URL=file:///etc/passwd",
    "two\nlines",
    "&quot; &#34; & <",
    "/* a comment */ // another",
    "} digraph {",
]
QUOTED = r'"(?:[^"\\]|\\.)*"'
LINE = re.compile(
    r'digraph \{|\}|    graph \[rankdir="LR", charset="UTF-8"\]'
    r'|    node \[shape="box"\]'
    rf"|    n\d+ \[label={QUOTED}\]"
    rf'|    n\d+ -> n\d+ \[label={QUOTED}(, style="dashed")?\]'
)


def titled(title: str) -> Model:
    return Model([Goal(id=GoalId("goal"), statement=title)])


def read_back(text: str) -> str:
    """Return the title of the only box as Graphviz would show it."""
    found = re.search(rf"    n1 \[label=({QUOTED})\]\n", text)
    assert found is not None
    kind, _, said = found[1][1:-1].partition(r"\n")
    assert kind == "goal"
    return html.unescape(re.sub(r"\\(.)", r"\1", said))


def test_a_graph_has_a_box_an_element_and_an_arrow_a_link() -> None:
    with draft("T") as d:
        need = d.need("A warm home", stakeholder=d.stakeholder("Tenants"))
        aim = d.objective('EPC "C"', needs=[need])
        d.process("W", contributions=[Contribution(target=aim.id, weight=-5)])

    assert dot(d.model) == (
        "digraph {\n"
        '    graph [rankdir="LR", charset="UTF-8"]\n'
        '    node [shape="box"]\n'
        '    n1 [label="stakeholder\\nTenants"]\n'
        '    n2 [label="need\\nA warm home"]\n'
        '    n3 [label="objective\\nEPC \\"C\\""]\n'
        '    n4 [label="process\\nW"]\n'
        '    n1 -> n2 [label="holds need"]\n'
        '    n2 -> n3 [label="satisfied by"]\n'
        '    n4 -> n3 [label="contributes -5", style="dashed"]\n'
        "}\n"
    )


@pytest.mark.parametrize("title", NASTY)
def test_no_title_can_say_anything_to_graphviz(title: str) -> None:
    text = dot(titled(title))

    assert all(LINE.fullmatch(line) for line in text.splitlines())
    assert read_back(text) == shortened(one_line(title), 80)


@given(st.text(max_size=120))
@example("\\")
@example('"')
def test_any_title_is_refused_or_stays_in_its_quotes(title: str) -> None:
    try:
        model = titled(title)
    except InvalidValueError:
        return
    assert read_back(dot(model)) == shortened(one_line(title), 80)


@given(models(max_size=20))
def test_every_line_of_any_model_has_the_one_form(model: Model) -> None:
    assert all(LINE.fullmatch(line) for line in dot(model).splitlines())


def test_kinds_and_answers_can_be_drawn_alone() -> None:
    with draft("T") as d:
        d.goal("G", id="goal", intent=d.core_intent("M"))
        d.goal("H", id="other")

    assert dot(d.model, kinds=["core_intent"]).count("label") == 1
    assert dot(d.model, trace=why(d.model, "goal")).count("label") == 3


def test_letters_of_all_scripts_are_left_as_they_are() -> None:
    assert escaped("Wohnung Ü 家 <7>") == "Wohnung Ü 家 <7>"


def test_the_strings_of_others_stay_in_their_quotes(data_dir: Path) -> None:
    folder = data_dir / "hostile" / "strings"
    for path in sorted(folder.glob("*.json")):
        for title in json.loads(path.read_text(encoding="utf-8")):
            try:
                model = titled(title)
            except InvalidValueError:
                continue
            assert read_back(dot(model)) == shortened(one_line(title), 80)
