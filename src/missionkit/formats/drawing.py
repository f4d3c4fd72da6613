"""What the pictures as text share: what is asked to be drawn is looked at first."""

from collections.abc import Iterable, Iterator
from typing import NoReturn

from missionkit.domain.checking import shape_faults
from missionkit.domain.model import Model
from missionkit.domain.spec import Leaf, Many, Nested, Shape
from missionkit.errors import InvalidValueError, NotFoundError
from missionkit.markup import shown
from missionkit.trace.sketch import Sketch, sketch
from missionkit.trace.why import Trace


def drawn(
    model: Model, *, kinds: Iterable[type | str] | None, trace: Trace | None
) -> Sketch:
    """Return the boxes and arrows of a picture.

    Raises:
        InvalidValueError: *kinds* are no collection, or *trace* is no answer of `why`.
        NotFoundError: a kind is unknown, or an element of *trace* is not in *model*.
    """
    wanted = None if kinds is None else tuple(_asked(model, kinds))
    if trace is not None and not isinstance(trace, Trace):
        _refuse(Nested(Trace), trace, "trace")
    return sketch(model, kinds=wanted, trace=trace)


def _asked(model: Model, kinds: object) -> Iterator[type | str]:
    if isinstance(kinds, str | bytes) or not isinstance(kinds, Iterable):
        _refuse(Many(tuple, Leaf(str)), kinds, "kinds")
    for kind in kinds:
        if not isinstance(kind, type | str):
            said = shown(kind)
            raise NotFoundError("kind", said, model.kinds.nearest(said))
        yield kind


def _refuse(shape: Shape, value: object, path: str) -> NoReturn:
    raise InvalidValueError("picture", tuple(shape_faults(shape, value, path)))
