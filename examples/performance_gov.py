"""How far the targets of US agencies came: performance_gov.py [target.json]."""

import json
import sys
from decimal import Decimal
from pathlib import Path

import missionkit as mk


class Progress:
    name, version, limits = "us.progress", "1", ()
    requires = ("success_measure", "observation")

    def __call__(self, view: mk.ScoreView, /) -> mk.Score:
        it = view.model.get(mk.SuccessMeasure, str(view.subject))
        read = view.referring(mk.Observation, "measure").get(it.id, ())
        start, end = it.baseline, next((each.value for each in it.targets), None)
        now, value = next((each.value for each in read), None), None
        facts = (("start", start), ("target", end), ("current value", now))
        why = " and ".join(f"no {name}" for name, fact in facts if fact is None)
        if start is not None and end is not None and now is not None:
            way = end - start
            value, why = (float((now - start) / way), "") if way else (None, "no way")
        part = mk.Part(name="way", value=value, because=why, refs=(it.id,))
        scale = mk.Scale(name="share of the way, not cut off")
        return view.scored(self, [part], combine=mk.Combine.SUM, scale=scale)


file = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).with_suffix(".json")
records, agreed = json.loads(file.read_text(encoding="utf-8")), 0
for number, record in enumerate(records, 1):
    with mk.draft("The agency") as d:
        given = {k: Decimal(v) for k, v in record.items() if k[:6] == "value_" and v}
        ref = f"{record['related_goal_id'].lower()}-{number}"
        name, start = " ".join(record["indicator"].split()), given.get("value_start")
        it = d.success_measure(name, id=ref, baseline=start)
        if (target := given.get("value_target")) is not None:
            d.set(it, targets=[mk.TargetSetting(value=target)])
        if (now := given.get("value_current")) is not None:
            d.observation(measure=it, value=now)
    score = mk.score(d.model, using=Progress(), subject=it)
    said = record["progress_pct"]
    if score.value is None:
        print(f"{ref}: {score.missing[0].because}; published {said}")
    elif round(score.value - float(said), 6):
        print(f"{ref}: {score.value}; published {said}")
    else:
        agreed += 1
print(f"{agreed} of {len(records)} are as published")
