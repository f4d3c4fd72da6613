import pytest

from missionkit.domain.draft import draft
from missionkit.domain.ext import Ext
from missionkit.domain.ids import ObjectiveId, ProcessId
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.plan import Goal
from missionkit.domain.process import Process
from missionkit.errors import NotFoundError
from missionkit.trace.sketch import Arrow, Box, Sketch, sketch
from missionkit.trace.why import why
from tests.trace.plans import harbour


def titles(drawn: Sketch) -> list[str]:
    return [box.title for box in drawn.boxes]


def test_all_that_has_a_level_or_a_trace_link_is_drawn() -> None:
    with draft("T") as d:
        d.goal("Alone")
        d.influencer("Beside")
        d.process("Linked", achieves=[d.objective("Aim")])
        d.process("Free")
    drawn = sketch(d.model)

    assert titles(drawn) == ["Alone", "Aim", "Linked"]
    assert drawn.boxes[0] == Box(name="n1", kind="goal", title="Alone")
    assert drawn.arrows == (Arrow(source="n3", label="achieves", target="n2"),)


def test_an_arrow_follows_the_graph_and_says_its_weight() -> None:
    drawn = sketch(harbour())
    name = {box.title: box.name for box in drawn.boxes}

    def between(one: str, two: str) -> list[Arrow]:
        ends = name[one], name[two]
        return [a for a in drawn.arrows if (a.source, a.target) == ends]

    (held,) = between("Tenants", "A warm home")
    assert held.label == "holds need"
    (helping,) = between("Repairs", "The trust stays solvent")
    assert (helping.label, helping.hurts) == ("contributes +30", False)
    (hurting,) = between("Repairs", "Reserves for six months")
    assert (hurting.label, hurting.hurts) == ("contributes -20", True)


def test_kinds_are_drawn_whole_and_with_the_links_between_them() -> None:
    drawn = sketch(harbour(), kinds=[Goal, "core_intent"])

    assert titles(drawn) == [
        "Decent homes for people on low incomes",
        "Every home is easy to heat",
        "The trust stays solvent",
    ]
    assert [arrow.label for arrow in drawn.arrows] == ["amplifies", "amplifies"]
    with pytest.raises(NotFoundError, match="did you mean 'goal'"):
        sketch(harbour(), kinds=["gaol"])


def test_one_answer_can_be_drawn() -> None:
    model = harbour()
    drawn = sketch(model, trace=why(model, "rent"))

    assert titles(drawn) == ["Tenants", "A fair rent"]
    assert sketch(model, trace=why(model, "rent"), kinds=["need"]).arrows == ()


def test_an_answer_of_another_model_is_refused() -> None:
    with pytest.raises(NotFoundError):
        sketch(Model(), trace=why(harbour(), "rent"))


def test_a_title_is_drawn_on_one_short_line() -> None:
    with draft("T") as d:
        d.goal("one\ntwo " + "x" * 200)
    (title,) = titles(sketch(d.model))

    assert title.startswith("one two xxx")
    assert len(title) == 80


def test_what_has_no_class_here_is_drawn_by_its_id() -> None:
    work = Process(id=ProcessId("work"), name="W", achieves=(ObjectiveId("aim"),))
    erased = Opaque(kind="objective", id="aim", erased=True)
    other = Opaque(kind="acme.thing", id="thing", data=Ext({}))

    assert titles(sketch(Model([work, erased, other]))) == ["aim", "W"]
