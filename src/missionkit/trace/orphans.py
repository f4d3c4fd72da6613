"""What nobody has linked to anything that it is for."""

from missionkit.domain.declaration import Element
from missionkit.domain.kinds import Kinds
from missionkit.domain.model import Model
from missionkit.domain.spec import Spec
from missionkit.errors import NotFoundError
from missionkit.trace.lines import lines_of
from missionkit.trace.mending import ways_on
from missionkit.trace.toward import Toward


def orphans(model: Model, kind: type | str | None = None) -> tuple[Element, ...]:
    """Return the elements that no trace link leads on from, in the model's order.

    Only kinds that a trace link can lead on from are looked at: one of them where
    *kind* is given, as a class or by its name, and otherwise all that have a name of
    their own. Raises `NotFoundError` for a kind that the model does not know.
    """
    lines = lines_of(model)
    asked = _asked(model.kinds, kind)
    return tuple(
        element
        for element in model
        if lines.kinds[number := lines.numbers[element.id]] in asked
        and not any(lines.steps[toward].after(number) for toward in Toward)
    )


def _asked(kinds: Kinds, kind: type | str | None) -> set[str]:
    able = {kind for toward in Toward for kind in ways_on(kinds, toward)}
    if kind is not None:
        return able & {spec_named(kinds, kind).kind}
    return {kind for kind in able if kinds[kind].naming is not None}


def spec_named(kinds: Kinds, kind: type | str) -> Spec:
    """Return the specification of a kind by its class or its name."""
    name = kinds.by_class.get(kind, kind.__name__) if isinstance(kind, type) else kind
    spec = kinds.get(name)
    if spec is None:
        raise NotFoundError("kind", name, kinds.nearest(name))
    return spec
