"""Pictures of the trace links as DOT text, for Graphviz and its kin."""

from collections.abc import Iterable, Iterator

from missionkit.domain.model import Model, refuse_no_model
from missionkit.formats.drawing import drawn
from missionkit.trace.sketch import Sketch
from missionkit.trace.why import Trace


def dot(
    model: Model,
    *,
    kinds: Iterable[type | str] | None = None,
    trace: Trace | None = None,
) -> str:
    """Return a directed graph in DOT of the trace links of *model*.

    *kinds* draws all elements of some kinds, given as classes or by name; *trace* only
    what an answer of `why` passes through. Labels are quoted texts, never HTML.
    """
    refuse_no_model(model, "dot")
    return "\n".join(_lines(drawn(model, kinds=kinds, trace=trace))) + "\n"


def _lines(picture: Sketch) -> Iterator[str]:
    yield "digraph {"
    yield '    graph [rankdir="LR", charset="UTF-8"]'
    yield '    node [shape="box"]'
    for box in picture.boxes:
        label = rf"{escaped(box.kind)}\n{escaped(box.title)}"
        yield f'    {box.name} [label="{label}"]'
    for arrow in picture.arrows:
        style = ', style="dashed"' if arrow.hurts else ""
        label = escaped(arrow.label)
        yield f'    {arrow.source} -> {arrow.target} [label="{label}"{style}]'
    yield "}"


def escaped(text: str) -> str:
    r"""Return *text* as part of a quoted label that shows it as it is.

    Graphviz reads escapes that begin with a backslash, and entities as in HTML.

    >>> escaped('50 % "more" \\N & <b>')
    '50 % \\"more\\" \\\\N &amp; <b>'
    """
    return text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
