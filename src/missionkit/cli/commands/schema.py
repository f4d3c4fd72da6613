"""``missionkit schema``: the JSON Schema of documents."""

import json

from missionkit.codec.schema import json_schema


def command() -> None:
    """Print the JSON Schema of missionkit documents."""
    print(json.dumps(json_schema(), indent=2))
