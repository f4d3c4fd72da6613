"""The rule book: every rule of missionkit; a family adds its file and its line here."""

from typing import Final

from missionkit.ports.rule import RuleEntry
from missionkit.rules import completeness, passes, responsibility, structure, tracing

BOOK: Final[tuple[RuleEntry, ...]] = (
    *completeness.RULES,
    *tracing.RULES,
    *responsibility.RULES,
    *structure.RULES,
    *passes.RULES,
)
"""Every rule, family by family. A tuple: more can be added to it in a check."""
