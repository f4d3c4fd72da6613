"""The whole organization, to which an issue belongs that no single element has."""

from missionkit.ports.rule import RuleView


def root_of(view: RuleView) -> str:
    """Return the id of the root organization, or nothing."""
    return str(view.model.root.id) if view.model.root else ""


def whose(view: RuleView) -> str:
    """Return whose something is, as a message says it, or nothing."""
    return f" of {view.titled(view.model.root)}" if view.model.root else ""
