"""Pictures of the trace links as Mermaid text, for Markdown pages and wikis."""

from collections.abc import Iterable, Iterator

from missionkit.domain.model import Model
from missionkit.trace.sketch import Arrow, Sketch, sketch
from missionkit.trace.why import Trace


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
    return "\n".join(_lines(sketch(model, kinds=kinds, trace=trace))) + "\n"


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
    # Two dollars begin a formula even when numbered: a word joiner keeps them apart.
    apart = text.replace("$$", "$\u2060$").replace("$$", "$\u2060$")
    return "".join(c if c.isalnum() or c == " " else f"#{ord(c)};" for c in apart)
