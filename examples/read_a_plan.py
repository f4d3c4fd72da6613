"""Read a plan that strangers wrote, in StratML, and ask it three questions.

python examples/read_a_plan.py [plan.xml]
"""

import sys
from datetime import date

import missionkit as mk

PLAN = b"""<?xml version="1.0" encoding="UTF-8"?>
<StrategicPlan xmlns="urn:ISO:std:iso:17469:tech:xsd:stratml_core">
  <Name>Plan of the Lamplighters</Name>
  <StrategicPlanCore>
    <Organization>
      <Name>The Lamplighters</Name>
      <Identifier>_lamplighters</Identifier>
      <Stakeholder StakeholderTypeType="Generic_Group">
        <Name>People who walk home at night</Name>
      </Stakeholder>
    </Organization>
    <Vision><Description>Nobody walks home in the dark.</Description></Vision>
    <Mission><Description>To light the paths between houses.</Description></Mission>
    <Goal>
      <Name>Lit paths</Name>
      <Description>Every path that is used after dark is lit.</Description>
      <Identifier>_lit-paths</Identifier>
      <SequenceIndicator>1</SequenceIndicator>
      <Objective>
        <Name>Forty lamps</Name>
        <Description>Forty lamps are put up by November.</Description>
        <Identifier>_forty-lamps</Identifier>
        <SequenceIndicator>1.1</SequenceIndicator>
      </Objective>
    </Goal>
  </StrategicPlanCore>
</StrategicPlan>
"""


def main(path: str | None = None) -> None:
    """Print what a plan holds, where its line breaks, and what is missing."""
    try:
        imported = mk.load(path or PLAN)
    except mk.DocumentError as error:  # it names what is wrong, and the line
        sys.exit(str(error))
    model = imported.model
    print(model)
    print(f"{len(imported.issues)} repairs, {len(imported.lost)} losses while reading")

    for objective in model.of(mk.Objective)[:1]:
        print()
        print(mk.why(model, objective.id))

    print()
    print(mk.coverage(model, on=date(2026, 11, 2)))

    print()
    found = mk.check(model, on=date(2026, 11, 2))
    for code, issues in found.by_code().items():
        print(f"{code}  {len(issues):3}  for example: {issues[0].message}")


if __name__ == "__main__":
    main(*sys.argv[1:2])
