from missionkit.domain.draft import Draft
from missionkit.domain.intent import Limit
from tests.rules.cases import Twin, case


@case("MK-LIM-001", "trust", "limits[0].name")
def _unknown_limit(d: Draft, twin: Twin) -> None:
    name = twin("consulted_rolls", "consulted_roles")
    d.organization("Trust", id="trust", limits=(Limit(name=name, value=2),))
