from missionkit.domain.draft import Draft
from tests.rules.cases import Twin, case


@case("MK-CPL-001", "warm", "importance")
def _expected_field(d: Draft, twin: Twin) -> None:
    d.need("Warm", id="warm", stakeholder="them", importance=twin(None, 0.9))
    d.stakeholder("They", id="them", stakes={"customer"})
