"""The figures by which the Turing benchmark compares change points with annotations.

G. J. J. van den Burg, C. K. I. Williams, *An Evaluation of Change Point Detection
Algorithms*, 2020, section 5: several people annotate a series, each as he sees it. A
change point is the place of the first point of a segment; 0 always is one.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import fsum
from typing import Final

MARGIN: Final = 5

Annotations = Mapping[str, Iterable[int]]


def found_of(true: Iterable[int], given: Iterable[int], margin: int = MARGIN) -> int:
    """Return how many of the *true* change points are near one that was *given*.

    Each one given counts for one at most, and for the nearest that is left.
    """
    left = set(given)
    found = 0
    for place in sorted(true):
        near = min(left, key=lambda other: (abs(place - other), other), default=None)
        if near is not None and abs(place - near) <= margin:
            left.remove(near)
            found += 1
    return found


def f1(annotated: Annotations, given: Iterable[int], margin: int = MARGIN) -> float:
    """Return the F1 score: precision over all annotators, recall as their average."""
    people = [{0, *places} for places in annotated.values()]
    places = {0, *given}
    precision = found_of(set().union(*people), places, margin) / len(places)
    recall = fsum(found_of(own, places, margin) / len(own) for own in people)
    recall /= len(people)
    return 2 * precision * recall / (precision + recall)


def covering(annotated: Annotations, given: Iterable[int], length: int) -> float:
    """Return how well segments cover those of the annotators, on average, from 0 to 1.

    Each annotated segment counts by its length, and by how much of what it and the best
    segment given cover together they share.
    """
    parts = segments(given, length)
    covered = [
        fsum(len(own) * max(_alike(own, part) for part in parts) for own in truth)
        for truth in (segments(places, length) for places in annotated.values())
    ]
    return fsum(covered) / len(covered) / length


def segments(places: Iterable[int], length: int) -> list[range]:
    """Return the segments between change points."""
    return [range(a, b) for a, b in pairwise(sorted({0, *places, length}))]


def _alike(one: range, other: range) -> float:
    shared = min(one.stop, other.stop) - max(one.start, other.start)
    return max(shared, 0) / (len(one) + len(other) - max(shared, 0))
