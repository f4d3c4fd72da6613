"""The spheres around the intent: how far each is in harmony, and which pulls which."""

from collections.abc import Iterator, Mapping, Sequence
from math import cos, hypot, pi, sin
from typing import Final

from attrs import frozen

from missionkit.domain.review import IntentPart
from missionkit.drawing.fitting import fitted
from missionkit.drawing.shapes import frame, rect, words
from missionkit.drift.spheres import SphereMap, SpherePull
from missionkit.markup import Html, tag

_WIDE: Final = 960
_BOX: Final = 216
_TALL: Final = 78
_MOST: Final = 10
_BOLD: Final = 14.5  # bold letters of 13 are as wide
_BEND: Final = 22

_STYLE: Final = """
.mk-spheres{font-family:system-ui,sans-serif;background:var(--paper,#fff)}
.mk-spheres text{fill:var(--ink,#1c2733);font-size:13px}
.mk-spheres text.mk-name{font-weight:600}
.mk-spheres text.mk-small{font-size:12px;fill:var(--faint,#5b6875)}
.mk-spheres text.mk-middle{text-anchor:middle}
.mk-spheres .mk-box{fill:var(--paper,#fff);stroke:var(--ink,#1c2733);stroke-width:1.5}
.mk-spheres .mk-intent{fill:var(--band,#f1f4f7);stroke:var(--accent,#1f5f8b);
stroke-width:3}
.mk-spheres .mk-below{stroke:var(--bad,#b3261e);stroke-width:3;stroke-dasharray:7 4}
.mk-spheres .mk-pull{fill:none;stroke:var(--line,#6d7b88)}
.mk-spheres .mk-unknown{stroke-dasharray:3 4}
.mk-spheres .mk-point{fill:var(--line,#6d7b88)}
.mk-spheres .mk-chip{fill:var(--paper,#fff);stroke:var(--rule,#d5dce3)}
"""


@frozen
class _Spot:
    """A box: its middle."""

    x: float
    y: float


def sphere_picture(found: SphereMap) -> Html:
    """Return the spheres in a ring around the intent as SVG, with their pull.

    In each box stand the newest ratings against mission, vision and values; a box with
    a dashed edge has one below zero. An arrow leads from a sphere to what it bears on:
    the thicker the stronger, with the strength beside it, dashed where it is not known.
    At most ten spheres are drawn, those with most arrows first.
    """
    shown = _chosen(found)
    if not shown:
        return Html("")
    centers = sorted({each.to for each in found.pulls} - set(found.spheres))[:1]
    spots = _placed(shown, centers)
    drawn = (
        *(part for each in found.pulls for part in _arrow(each, spots)),
        *(part for ref in centers for part in _intent(found, ref, spots[ref])),
        *(part for ref in shown for part in _sphere(found, ref, spots[ref])),
    )
    return frame(
        drawn,
        wide=_WIDE,
        tall=_height(len(shown)),
        title="Spheres of operation",
        said=_said(found, len(shown)),
        style=_STYLE,
        class_="mk-spheres",
    )


def _chosen(found: SphereMap) -> tuple[str, ...]:
    if len(found.spheres) <= _MOST:
        return found.spheres
    ends: dict[str, int] = {}
    for pull in found.pulls:
        for end in (pull.sphere, pull.to):
            ends[end] = ends.get(end, 0) + 1
    ranked = sorted(found.spheres, key=lambda ref: -ends.get(ref, 0))[:_MOST]
    return tuple(ref for ref in found.spheres if ref in ranked)


def _height(count: int) -> float:
    return 460 + 34 * max(0, count - 4)


def _placed(shown: Sequence[str], centers: Sequence[str]) -> Mapping[str, _Spot]:
    """Return the middle of each box: in a ring, the intent within."""
    tall = _height(len(shown))
    wide, high = (_WIDE - _BOX) / 2 - 4, (tall - _TALL) / 2 - 4
    found = {ref: _Spot(_WIDE / 2, tall / 2) for ref in centers}
    for at, ref in enumerate(shown):
        turn = 2 * pi * at / len(shown) - pi / 2
        found[ref] = _Spot(
            round(_WIDE / 2 + wide * cos(turn), 1),
            round(tall / 2 + high * sin(turn), 1),
        )
    return found


def _box(spot: _Spot, look: str) -> Html:
    left, top = spot.x - _BOX / 2, spot.y - _TALL / 2
    return rect(left, top, _BOX, _TALL, look, corner="8")


def _intent(found: SphereMap, ref: str, spot: _Spot) -> Iterator[Html]:
    yield _box(spot, "mk-intent")
    lines = fitted(_called(found, ref), _BOX - 20, _BOLD, 3)
    top = spot.y + 5 - (len(lines) - 1) * 8.5
    for at, line in enumerate(lines):
        yield words(spot.x, top + at * 17, line, "mk-name mk-middle")


def _sphere(found: SphereMap, ref: str, spot: _Spot) -> Iterator[Html]:
    rated = {part: found.of(ref, part) for part in IntentPart}
    below = any(held and held[0].rating < 0 for held in rated.values())
    yield _box(spot, "mk-box mk-below" if below else "mk-box")
    left, top = spot.x - _BOX / 2 + 10, spot.y - _TALL / 2
    for line in fitted(_called(found, ref), _BOX - 20, _BOLD, 1):
        yield words(left, top + 20, line, "mk-name")
    for at, (part, held) in enumerate(rated.items()):
        said = f"{held[0].rating:+d}" if held else "not rated"
        sign = "✕ " if held and held[0].rating < 0 else ""
        opinion = " (opinion)" if held and held[0].opinion else ""
        line = f"{sign}{part}: {said}{opinion}"
        yield words(left, top + 37 + at * 15, line, "mk-small")


def _arrow(pull: SpherePull, spots: Mapping[str, _Spot]) -> Iterator[Html]:
    """Yield a bent arrow, so that it does not lie on the one that leads back."""
    if pull.sphere == pull.to or not {pull.sphere, pull.to} <= spots.keys():
        return
    source, target = spots[pull.sphere], spots[pull.to]
    far = hypot(target.x - source.x, target.y - source.y) or 1
    bend = _Spot(
        (source.x + target.x) / 2 - (target.y - source.y) / far * _BEND,
        (source.y + target.y) / 2 + (target.x - source.x) / far * _BEND,
    )
    start, end = _edge(source, bend), _edge(target, bend)
    width = 1.5 if pull.strength is None else 1 + 4 * abs(pull.strength)
    way = f"M{_xy(start)}Q{_xy(bend)} {_xy(end)}"
    look = "mk-pull mk-unknown" if pull.strength is None else "mk-pull"
    yield tag("path", d=way, class_=look, stroke_width=f"{width:.1f}")
    yield _point(bend, end)
    middle = _Spot(
        (start.x + 2 * bend.x + end.x) / 4, (start.y + 2 * bend.y + end.y) / 4
    )
    label = "?" if pull.strength is None else f"{pull.strength:.2g}"
    yield rect(round(middle.x - 16, 1), round(middle.y - 9, 1), 32, 18, "mk-chip")
    yield words(round(middle.x, 1), round(middle.y + 4, 1), label, "mk-small mk-middle")


def _xy(spot: _Spot) -> str:
    return f"{spot.x:.1f} {spot.y:.1f}"


def _edge(box: _Spot, toward: _Spot) -> _Spot:
    """Return where a line from the middle of a box leaves it."""
    dx, dy = toward.x - box.x, toward.y - box.y
    wide, tall = _BOX / 2 + 3, _TALL / 2 + 3
    part = min(
        wide / abs(dx) if dx else float("inf"), tall / abs(dy) if dy else float("inf")
    )
    return _Spot(box.x + dx * min(part, 1), box.y + dy * min(part, 1))


def _point(bend: _Spot, end: _Spot) -> Html:
    """Return the head of an arrow."""
    dx, dy = end.x - bend.x, end.y - bend.y
    far = hypot(dx, dy) or 1
    ux, uy = dx / far, dy / far
    left = end.x - 13 * ux - 6 * uy, end.y - 13 * uy + 6 * ux
    right = end.x - 13 * ux + 6 * uy, end.y - 13 * uy - 6 * ux
    way = (
        f"M{end.x:.1f} {end.y:.1f}L{left[0]:.1f} {left[1]:.1f}"
        f"L{right[0]:.1f} {right[1]:.1f}Z"
    )
    return tag("path", d=way, class_="mk-point")


def _called(found: SphereMap, ref: str) -> str:
    return next((each.title for each in found.places if each.id == ref), ref)


def _said(found: SphereMap, shown: int) -> str:
    """Return what the picture shows, for those who cannot see it."""
    pulls = "; ".join(
        f"{_called(found, each.sphere)} {each.kind} {_called(found, each.to)}"
        f"{'' if each.strength is None else f' ({each.strength:.2g})'}"
        for each in found.pulls
    )
    left = len(found.spheres) - shown
    more = f" {left} more spheres are not drawn." if left else ""
    return (
        f"{len(found.spheres)} spheres. {pulls or 'No sphere bears on another'}.{more}"
    )
