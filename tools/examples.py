"""Writes the examples of rules: the sound sample, and what each fault changes in it."""

import json
from typing import Any

from missionkit.codec.document import dumps
from missionkit.domain.model import Model
from missionkit.testing.fault import Broken
from missionkit.testing.faults import FAULTS
from missionkit.testing.sound import sound_model


def sound_example() -> str:
    """Return the document of the sound sample."""
    return dumps(sound_model("review"))


def rule_examples() -> str:
    """Return for each code of a rule what its fault changes, as JSON."""
    model = sound_model("review")
    found = {code: fault.break_(model) for code, fault in FAULTS.items()}
    told = {
        code: {"does": FAULTS[code].does, **_told(broken)}
        for code, broken in found.items()
        if broken is not None
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _told(broken: Broken) -> dict[str, Any]:
    facts = {
        "remove": [ref for ref in broken.changed if ref not in broken.model],
        "put": _put(broken.model, frozenset(broken.changed)),
        "on": broken.on.isoformat(),
        "cycle": broken.cycle,
        "limits": dict(broken.limits),
        "besides": list(broken.entails),
    }
    return {name: held for name, held in facts.items() if held}


def _put(model: Model, refs: frozenset[str]) -> dict[str, list[Any]]:
    kept = {
        plural: [each for each in held if each["id"] in refs]
        for plural, held in json.loads(dumps(model)).items()
        if isinstance(held, list)
    }
    return {plural: held for plural, held in kept.items() if held}
