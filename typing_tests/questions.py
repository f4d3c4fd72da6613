"""The questions one asks of a model, as a type checker sees them."""

from datetime import date
from typing import assert_type

import missionkit as mk

model = mk.sample()
assert_type(model, mk.Model)
assert_type(mk.check(model, on=date(2026, 11, 2)), mk.CheckResult)
assert_type(mk.why(model, "warm-homes"), mk.Trace)
assert_type(mk.impact(model, "warm-homes"), mk.Impact)
assert_type(mk.coverage(model), mk.Coverage)
assert_type(mk.load(b"{}"), mk.Imported)
assert_type(
    mk.in_force(model, mk.CoreIntent, on=date(2026, 1, 1)), tuple[mk.CoreIntent, ...]
)
assert_type(mk.loads("{}").issues, tuple[mk.Issue, ...])

mk.check(model, on="2026-11-02")  # type: ignore[arg-type]
mk.in_force(model, mk.CoreIntent)  # type: ignore[call-arg]
