"""Elements, models and drafts, as a type checker sees them."""

from typing import assert_type

from attrs import evolve

import missionkit as mk

need = mk.Need(id=mk.NeedId("warm"), statement="A warm home")
assert_type(need.id, mk.NeedId)
assert_type(need.importance, float | None)

# Ids of different kinds cannot be swapped, nor plain text used in their place.
mk.Need(id=mk.GoalId("warm"), statement="A warm home")  # type: ignore[arg-type]
mk.Need(id="warm", statement="A warm home")  # type: ignore[arg-type]
mk.Goal(id=mk.GoalId("g"), statement="Grow", intent=need.id)  # type: ignore[arg-type]

# What evolve changes is checked like what a constructor takes.
evolve(need, importance=0.5)
evolve(need, importance="high")  # type: ignore[arg-type]
evolve(need, importnace=0.5)  # type: ignore[call-arg]

# Elements are frozen.
need.statement = "Another"  # type: ignore[misc]

model = mk.Model([need])
assert_type(model.get(mk.Need, "warm"), mk.Need)
assert_type(model.of(mk.Goal), tuple[mk.Goal, ...])
assert_type(model["warm"], mk.Element)
assert_type(model.with_(need), mk.Model)

with mk.draft("Trust") as d:
    tenants = d.stakeholder("Tenants", stakes={"customer"})
    assert_type(tenants, mk.Stakeholder)
    assert_type(d.need("Warm", stakeholder=tenants), mk.Need)
    d.need("Warm", stakeholder=need)  # type: ignore[arg-type]
    d.need("Warm", importnace=1)  # type: ignore[call-arg]
    assert_type(d.make(mk.Goal, "Grow"), mk.Goal)
