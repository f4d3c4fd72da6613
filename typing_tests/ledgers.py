"""What a ledger holds decides what it is summed to."""

from datetime import date
from typing import assert_type

import missionkit as mk

effort = mk.read_ledger("work.csv", mk.ActivityRecord, {"on": "Day"})
assert_type(effort, mk.Ledger[mk.ActivityRecord])
revenue = mk.read_ledger([{"on": "2026-01-31"}], mk.RevenueRecord, currency="GBP")
assert_type(revenue, mk.Ledger[mk.RevenueRecord])
assert_type(
    mk.read_ledger(lambda: [{"on": 1}], mk.ActivityRecord), mk.Ledger[mk.ActivityRecord]
)

assert_type(mk.summarize(effort), tuple[mk.AllocationSnapshot, ...])
assert_type(mk.summarize(revenue, by=mk.quarter), tuple[mk.RevenueSnapshot, ...])
assert_type(mk.periods(date.min, date.max, by=mk.year), tuple[mk.Period, ...])

mk.read_ledger("work.csv", mk.Need)  # type: ignore[type-var]  # no record
mk.read_ledger(5, mk.ActivityRecord)  # type: ignore[arg-type]  # no source
mk.keep_effort(revenue)  # type: ignore[arg-type]  # receipts have no hours
