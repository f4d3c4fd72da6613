"""The five questions that tell a career from a job, and the shape of their answers."""

from enum import StrEnum
from typing import Any

from attrs import frozen


class Question(StrEnum):
    """What a career offers, and a job does not."""

    REFLECTION = "reflection"
    COMPLEX_ARENAS = "complex_arenas"
    LEARNING = "learning"
    OWN_CUSTOMERS = "own_customers"
    AUTONOMY = "autonomy"


class Answer(StrEnum):
    """Whether something is offered, as far as it is known."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not known"


@frozen(kw_only=True)
class Offer:
    """One answer, why it is so, and the ids of what shows it."""

    question: Question
    answer: Answer
    reason: str
    evidence: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "question": self.question.value,
            "answer": self.answer.value,
            "reason": self.reason,
            "evidence": list(self.evidence),
        }

    def row(self) -> tuple[str, ...]:
        """Return its cells in a table."""
        words = self.question.replace("_", " ")
        return words, self.answer.value, self.reason, ", ".join(self.evidence)
