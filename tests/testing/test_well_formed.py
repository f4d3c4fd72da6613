"""What the contracts let pass as sound HTML, and what they do not."""

import pytest

from missionkit.testing.well_formed import WellFormed

SVG = '<svg xmlns="http://www.w3.org/2000/svg" role="img">{}</svg>'


@pytest.mark.parametrize(
    "page",
    [
        "<p>Words</p>",
        '<table><tr><th scope="col">Head</th></tr></table>',
        SVG.format('<rect width="3" class="mk-bar"></rect>'),
    ],
)
def test_tables_and_drawings_are_sound(page: str) -> None:
    WellFormed().feed(page)


@pytest.mark.parametrize(
    "page",
    [
        "<script>alert(1)</script>",
        "<p><b>Words</p></b>",
        '<p class="mk">Words</p>',
        '<p style="color: red">Words</p>',
        SVG.format("<script>alert(1)</script>"),
        SVG.format('<rect onload="alert(1)"></rect>'),
        SVG.format('<image href="https://x.example/x.png"></image>'),
        SVG.format('<rect fill="url(https://x.example)"></rect>'),
        SVG.format('<a title="javascript:alert(1)"></a>'),
    ],
)
def test_what_runs_loads_or_is_not_closed_in_order_is_refused(page: str) -> None:
    with pytest.raises(AssertionError):
        WellFormed().feed(page)
