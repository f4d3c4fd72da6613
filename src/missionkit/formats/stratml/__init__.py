"""StratML (ISO 17469): strategic plans, performance plans and reports."""

from missionkit.formats.stratml.reading import looks_like, name, read

__all__ = ["looks_like", "name", "read"]
