"""The spheres of operation: how each stands to the intent, and which pulls which."""

from typing import Final

from missionkit.drift.spheres import sphere_map
from missionkit.report.blocks import Bullets, Figure, Grid, Paragraph, Section
from missionkit.report.inline import Written
from missionkit.report.pictures.spheres import sphere_picture
from missionkit.report.view import PackView

ORDER: Final = 25
_MOST: Final = 60
_HEAD: Final = ("Sphere", "How", "Bears on", "Strength")
_HOW: Final = (
    "An arrow leads from a sphere to what it bears on, the thicker the stronger. In"
    " each box stand the newest ratings against mission, vision and values, from -100"
    " to 100; a dashed edge means that one of them is below zero."
)


def section(view: PackView) -> Section | None:
    """Return the map; None where no sphere was rated and none bears on another."""
    found = sphere_map(view.model, on=view.on)
    if not (found.ratings or found.pulls):
        return None
    rows = [
        (
            view.title(each.sphere),
            each.kind,
            view.title(each.to),
            "not said" if each.strength is None else f"{each.strength:.2f}",
        )
        for each in found.pulls[:_MOST]
    ]
    rounds = [" → ".join(map(view.title, circle)) for circle in found.circles[:_MOST]]
    blocks: list[Written] = [Figure(sphere_picture(found), _HOW)]
    if rows:
        blocks.append(Grid(_HEAD, rows))
    if found.pulls[_MOST:]:
        blocks.append(Paragraph(f"And {len(found.pulls) - _MOST} more."))
    if rounds:
        said = "In a circle, so that nobody can change one of them alone:"
        blocks += [Paragraph(said), Bullets(rounds)]
    return Section(title="Spheres of operation", id="spheres", blocks=blocks)
