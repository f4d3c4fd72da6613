"""The values that formats exchange."""

from missionkit.formats import stratml
from missionkit.issue import Source
from missionkit.ports.format import Lost


def test_a_loss_names_its_place_its_value_and_the_reason() -> None:
    lost = Lost("Plan/Goal", "x", "no field holds it", Source(file="p.xml", line=3))

    assert str(lost) == "p.xml:3 Plan/Goal 'x': no field holds it"
    assert str(Lost("Plan/Goal", why="it is empty")) == "Plan/Goal: it is empty"


def test_a_module_can_be_a_format() -> None:
    assert stratml.name == "stratml"
    assert callable(stratml.read)
