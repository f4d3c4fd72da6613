"""Pictures of the trace links as Mermaid text, for Markdown pages and wikis."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from missionkit.domain.model import Model, refuse_no_model
from missionkit.formats.drawing import drawn
from missionkit.trace.sketch import Arrow, Sketch
from missionkit.trace.why import Trace

# Mermaid looks for formulas ($$), icons (fa:fa-car) and its own marks for numbered
# characters only after it has read the numbers: a word joiner keeps these apart.
_READ_LATER: Final = re.compile(
    r"(?<=\$)(?=\$)|(?<=\w:)(?=[A-Za-z])|(?<=\ufb02)(?=\xb0)|(?<=\xb6)(?=\xdf)"
)


def mermaid(
    model: Model,
    *,
    kinds: Iterable[type | str] | None = None,
    trace: Trace | None = None,
) -> str:
    """Return a Mermaid flowchart of the trace links of *model*.

    *kinds* draws all elements of some kinds, given as classes or by name; *trace* only
    what an answer of `why` passes through. Everything of a text that could mean
    something to Mermaid is written as the number of its character. Renderers refuse
    very large pictures, by default from 500 arrows on.
    """
    refuse_no_model(model, "mermaid")
    return "\n".join(_lines(drawn(model, kinds=kinds, trace=trace))) + "\n"


def _lines(picture: Sketch) -> Iterator[str]:
    yield "flowchart LR"
    for box in picture.boxes:
        yield f'    {box.name}["{escaped(box.kind)}<br/>{escaped(box.title)}"]'
    for arrow in picture.arrows:
        yield f"    {arrow.source} {_line(arrow)} {arrow.target}"


def _line(arrow: Arrow) -> str:
    return f'{"-.->" if arrow.hurts else "-->"}|"{escaped(arrow.label)}"|'


def escaped(text: str) -> str:
    """Return *text* with all but letters, digits and spaces as numbered characters.

    >>> escaped('warm "homes"; end')
    'warm #34;homes#34;#59; end'
    """
    apart = _READ_LATER.sub("\u2060", text)
    return "".join(c if c.isalnum() or c == " " else f"#{ord(c)};" for c in apart)
