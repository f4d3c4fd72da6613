from datetime import date

from missionkit.domain.draft import Draft
from missionkit.domain.review import Affirmation
from tests.rules.approving import approve
from tests.rules.cases import Twin, case


@case("MK-STR-028", "register", "covers[1]")
def _covered_element_changed(d: Draft, twin: Twin) -> None:
    d.need("Dry", id="dry")
    d.need("Warm", id="warm")
    d.artifact("Needs", id="register", covers=("dry", "warm"), status="approved")
    approve(d, "register", "dry", "warm")
    d.set("warm", statement=twin("Cheap warmth", "Warm"))


@case("MK-TRC-011", "insulate", "needs[0]")
def _link_suspect(d: Draft, twin: Twin) -> None:
    d.party("Ann", id="ann")
    d.need("Warm", id="warm")
    d.objective("Insulate", id="insulate", needs=("warm",))
    d.make(
        Affirmation,
        id="looked",
        source="insulate",
        field="needs",
        target="warm",
        digest=d.model.digest("warm"),
        by="ann",
        on=date(2026, 3, 1),
    )
    d.set("warm", statement=twin("Warm and dry", "Warm"))
