"""Every process and how current each function of its care is: the whole on one page."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from attrs import frozen

from missionkit.domain.care import CareFunction
from missionkit.domain.model import Model
from missionkit.errors import NotFoundError
from missionkit.issue import nearest
from missionkit.markup import columns, table
from missionkit.ports.rule import NO_LIMITS
from missionkit.processes.acts import acts_of
from missionkit.processes.asking import limits_in_use, refuse_unsound
from missionkit.processes.currency import (
    CARE_LIMITS,
    CareState,
    FunctionCurrency,
    ProcessCurrency,
    currency_of,
)
from missionkit.processes.release import standing

_FUNCTIONS: Final = tuple(each.replace("_", " ") for each in CareFunction)


@frozen(kw_only=True)
class CareOverview:
    """How current the care for each process is on a day; retired ones are left out."""

    on: date
    processes: tuple[ProcessCurrency, ...]

    def __iter__(self) -> Iterator[ProcessCurrency]:
        """Yield the processes in the order of their ids."""
        return iter(self.processes)

    def __len__(self) -> int:
        """Return how many processes there are."""
        return len(self.processes)

    def __getitem__(self, process: str) -> ProcessCurrency:
        """Return one process by its id, or raise `NotFoundError`."""
        for each in self.processes:
            if each.process == process:
                return each
        known = (str(each.process) for each in self.processes)
        name = str(process)
        raise NotFoundError("process", name, nearest(name, known))

    def counts(self) -> dict[CareState, int]:
        """Return how many functions are in each state, over all processes."""
        held = [each.state for process in self for each in process]
        return {state: held.count(state) for state in CareState}

    def of(self, state: CareState) -> tuple[tuple[str, FunctionCurrency], ...]:
        """Return each function in a state, with the id of its process."""
        return tuple(
            (str(process.process), each)
            for process in self.processes
            for each in process.of(state)
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "on": self.on.isoformat(),
            "counts": {state.value: n for state, n in self.counts().items()},
            "processes": [each.as_dict() for each in self.processes],
        }

    def to_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def __str__(self) -> str:
        """Return one line for each process: the state of each of its functions."""
        return f"{self._told()}\n{columns((self._head(), *self._rows()))}"

    def _repr_html_(self) -> str:
        return table(self._head(), self._rows())

    def _told(self) -> str:
        counts = self.counts().items()
        return ", ".join(f"{number} {state}" for state, number in counts)

    def _head(self) -> tuple[str, ...]:
        return (f"care on {self.on}", *_FUNCTIONS)

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for process in self.processes:
            yield (process.title, *map(_cell, process))


def _cell(each: FunctionCurrency) -> str:
    day = f" {each.due}" if each.due else ""
    return f"{each.state}{day}"


def care_overview(
    model: Model, *, on: date, limits: Mapping[str, float] = NO_LIMITS
) -> CareOverview:
    """Return how current the care for every process is on a day.

    Processes that were retired by then are left out. Limits are those given, the
    organization's own, or the usual ones.

    Raises:
        InvalidValueError: *on* is no date, or a limit is none.
    """
    refuse_unsound("care_overview", model, on)
    used = limits_in_use("care_overview", CARE_LIMITS, model, limits)
    acts = acts_of(model)
    return CareOverview(
        on=on,
        processes=tuple(
            currency_of(model, each, acts.get(each.id, ()), on, used)
            for each in standing(model, on)
        ),
    )
