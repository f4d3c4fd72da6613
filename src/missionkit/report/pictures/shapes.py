"""The few shapes that pictures are made of."""

from missionkit.drawing.shapes import frame, number, rect, words

__all__ = ["frame", "number", "rect", "words"]
