"""A first model, typed in ten minutes: what is there, and what is missing?

python examples/first_model.py
"""

from datetime import date

import missionkit as mk

with mk.draft("Ferry Lane Repair Cafe", currency="GBP") as d:
    neighbors = d.stakeholder("Neighbors", stakes={"customer", "society"})
    volunteers = d.stakeholder("Volunteers", stakes={"employee"})

    mended = d.need(
        "Things that work again instead of being thrown away",
        stakeholder=neighbors,
        importance=0.9,
        status=mk.NeedStatus.ACCEPTED,
    )
    learn = d.need(
        "To learn a craft from one another",
        stakeholder=volunteers,
        importance=0.7,
        status=mk.NeedStatus.ACCEPTED,
    )

    intent = d.core_intent("Nothing in our streets is thrown away that can be mended")
    goal = d.goal("Mending is what one does first", intent=intent)
    seven = d.objective(
        "Seven of ten things leave the cafe mended",
        needs=[mended],
        goal=goal,
        period=mk.Period(date(2026, 1, 1), date(2026, 12, 31)),
    )
    d.success_measure("Things mended", of=seven, direction="higher", unit="%")
    saturday = d.process("Saturday cafe", achieves=[seven], family="demand_fulfillment")

print(d.model)

print()
print(mk.why(d.model, saturday.id))

print()
print("What hangs on the objective:")
print(mk.impact(d.model, seven.id))

print()
errors = mk.check(d.model, on=date(2026, 6, 1)).errors
print(f"{len(errors)} errors, the first ones are:")
for issue in errors[:3]:
    print(f"  {issue.code}  {issue.message}  -> {issue.fix}")
print(f"Nobody answers {learn.statement!r} yet.")
