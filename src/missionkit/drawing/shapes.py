"""The few shapes that pictures are made of."""

from collections.abc import Iterable
from decimal import Decimal

from missionkit.markup import Html, shortened, tag


def frame(  # noqa: PLR0913 - what every picture is, by keyword
    drawn: Iterable[Html],
    *,
    wide: float,
    tall: float,
    said: str,
    class_: str,
    title: str = "",
    style: str = "",
    fixed: bool = False,
) -> Html:
    """Return a picture as SVG, with what it shows in words.

    One with a *title* stands by itself, one without in a line of text. Where it is
    *fixed*, it is as wide as it says, unless there is less room.
    """
    head = ("title", title), ("desc", said), ("style", Html(style))
    return tag(
        "svg",
        *(tag(name, held) for name, held in head if title),
        *drawn,
        xmlns="http://www.w3.org/2000/svg" if title else None,
        viewBox=f"0 0 {wide:g} {tall:g}",
        width=f"{wide:g}" if fixed else None,
        role="img",
        aria_label=f"{title}. {said}" if title else said,
        class_=class_,
    )


def rect(  # noqa: PLR0913 - a box has four numbers
    x: float,
    y: float,
    wide: float,
    tall: float,
    class_: str,
    *,
    corner: str | None = None,
) -> Html:
    """Return a box."""
    place = {"x": f"{x:g}", "y": f"{y:g}", "width": f"{wide:g}", "height": f"{tall:g}"}
    return tag("rect", **place, rx=corner, class_=class_)


def words(x: float, y: float, said: str, class_: str | None = None) -> Html:
    """Return one line of text that begins at a place."""
    return tag("text", said, x=f"{x:g}", y=f"{y:g}", class_=class_)


def number(value: Decimal) -> str:
    """Return a number as people write it, without an exponent unless it is huge.

    >>> number(Decimal("1E+3")), number(Decimal("2.50"))
    ('1000', '2.50')
    """
    huge = abs(value.adjusted()) > 20  # noqa: PLR2004 - as many digits as one can read
    return shortened(str(value) if huge else f"{value:f}")
