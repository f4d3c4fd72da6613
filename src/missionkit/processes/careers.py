"""Whether a role is a career or a job: five questions, answered from process facts.

They are asked of roles, and never of the people who play them: no party is read. A role
offers something where each process it plays a part in does.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from attrs import frozen

from missionkit.domain.declaration import Element, id_of
from missionkit.domain.model import Model
from missionkit.domain.role import Role
from missionkit.errors import NotFoundError
from missionkit.issue import nearest
from missionkit.markup import columns, one_line, table
from missionkit.processes.answers import Answer, Offer, Question
from missionkit.processes.asking import refuse_unsound
from missionkit.processes.offers import OFFERS, Facts

_HEAD: Final = ("question", "answer", "why", "evidence")
_NAMED: Final = 3
_NO_PROCESS: Final = "it plays a part in no process on the day"


@frozen(kw_only=True)
class RoleCareer:
    """What one role offers on a day to whoever plays it, each answer with its reason.

    `processes` are the ids of those in which it plays a part.
    """

    role: str
    title: str
    on: date
    processes: tuple[str, ...]
    offers: tuple[Offer, ...]

    def __iter__(self) -> Iterator[Offer]:
        """Yield the answers in the order of the questions."""
        return iter(self.offers)

    def __len__(self) -> int:
        """Return how many questions there are."""
        return len(self.offers)

    def __getitem__(self, question: str) -> Offer:
        """Return the answer to one question, or raise `NotFoundError`."""
        for each in self.offers:
            if each.question == question:
                return each
        known = (each.question.value for each in self.offers)
        name = str(question)
        raise NotFoundError("question of careers", name, nearest(name, known))

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "role": self.role,
            "title": self.title,
            "on": self.on.isoformat(),
            "processes": list(self.processes),
            "offers": [each.as_dict() for each in self.offers],
        }

    def to_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def __str__(self) -> str:
        """Return one line for each question."""
        rows = (each.row() for each in self)
        head = one_line(f"{self.title} on {self.on}")
        return f"{head}\n{columns([_HEAD, *rows])}"

    def _repr_html_(self) -> str:
        head = (f"{self.title} on {self.on}", *_HEAD[1:])
        return table(head, (each.row() for each in self))


@frozen(kw_only=True)
class Careers:
    """What every role with a part in a process offers; in the order of their ids."""

    on: date
    roles: tuple[RoleCareer, ...]

    def __iter__(self) -> Iterator[RoleCareer]:
        """Yield the roles."""
        return iter(self.roles)

    def __len__(self) -> int:
        """Return how many roles there are."""
        return len(self.roles)

    def __getitem__(self, role: str) -> RoleCareer:
        """Return one role by its id, or raise `NotFoundError`."""
        for each in self.roles:
            if each.role == role:
                return each
        known = (each.role for each in self.roles)
        name = str(role)
        raise NotFoundError("role in a process", name, nearest(name, known))

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "on": self.on.isoformat(),
            "roles": [each.as_dict() for each in self.roles],
        }

    def to_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def __str__(self) -> str:
        """Return one line for each role: its five answers."""
        return columns((self._head(), *self._rows()))

    def _repr_html_(self) -> str:
        return table(self._head(), self._rows())

    def _head(self) -> tuple[str, ...]:
        words = (each.replace("_", " ") for each in Question)
        return (f"roles on {self.on}", *words)

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for role in self.roles:
            yield (role.title, *(each.answer.value for each in role))


def careers(model: Model, *, on: date) -> Careers:
    """Return what each role with a part in a process offers on a day.

    Raises:
        InvalidValueError: *on* is no date.
    """
    refuse_unsound("careers", model, on)
    facts = Facts(model, on)
    roles = (each for each in model.of(Role) if facts.processes_of(each.id))
    return Careers(on=on, roles=tuple(_career(facts, each) for each in roles))


def career_of(model: Model, role: Element | str, *, on: date) -> RoleCareer:
    """Return what one role offers on a day; not known where it is in no process.

    Raises:
        NotFoundError: there is no such role; the nearest ids are named.
        InvalidValueError: *on* is no date.
    """
    refuse_unsound("career_of", model, on)
    return _career(Facts(model, on), model.get(Role, id_of(role)))


def _career(facts: Facts, role: Role) -> RoleCareer:
    processes = facts.processes_of(role.id)
    return RoleCareer(
        role=role.id,
        title=role.name,
        on=facts.on,
        processes=processes,
        offers=tuple(_offer(facts, role, each, processes) for each in Question),
    )


def _offer(
    facts: Facts, role: Role, question: Question, processes: tuple[str, ...]
) -> Offer:
    """Return one answer for a role: that of its processes together."""
    if not processes:
        return Offer(question=question, answer=Answer.NOT_KNOWN, reason=_NO_PROCESS)
    found = {ref: OFFERS[question](facts, role, ref) for ref in processes}
    given = {each.answer for each in found.values()}
    answer = next(
        each for each in (Answer.NO, Answer.NOT_KNOWN, Answer.YES) if each in given
    )
    telling = {ref: each for ref, each in found.items() if each.answer is answer}
    reasons = dict.fromkeys(each.reason for each in telling.values())
    where = _where(facts, tuple(telling), len(processes))
    evidence = dict.fromkeys(ref for each in found.values() for ref in each.evidence)
    return Offer(
        question=question,
        answer=answer,
        reason=f"{'; '.join(reasons)}{where}",
        evidence=tuple(evidence),
    )


def _where(facts: Facts, telling: tuple[str, ...], count: int) -> str:
    """Return of which processes a reason holds; nothing where it is all of them."""
    if len(telling) == count:
        return ""
    named = [facts.model.title(ref) for ref in telling[:_NAMED]]
    more = len(telling) - len(named)
    rest = [f"and {more} more"] if more else []
    return f" ({len(telling)} of {count} processes: {', '.join((*named, *rest))})"
