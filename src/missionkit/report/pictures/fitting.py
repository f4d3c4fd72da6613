"""Text that fits a box."""

from missionkit.drawing.fitting import fitted, width

__all__ = ["fitted", "width"]
