"""For every rule a small model that it finds wanting, and the mended twin of it."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TypeAlias, TypeVar

from attrs import frozen

from missionkit.domain.draft import Draft
from missionkit.domain.model import Model
from missionkit.domain.process import ReleaseLadder, ReleaseState, ReleaseStep
from missionkit.rules.check import CheckResult, check

DAY = date(2026, 6, 30)
T = TypeVar("T")


@frozen
class Twin:
    """Which of two models is told: the one with the fault, or its mended twin."""

    mended: bool

    def __call__(self, broken: T, mended: T) -> T:
        return mended if self.mended else broken


Story: TypeAlias = Callable[[Draft, Twin], object]


@frozen(kw_only=True)
class Case:
    """What a story tells: a model with one fault, at an element and a path."""

    code: str
    ref: str
    path: str = ""
    on: date | None = None
    cycle: str | None = None
    story: Story

    def model(self, *, mended: bool) -> Model:
        d = Draft()
        self.story(d, Twin(mended))
        return d.model

    def judged(self, model: Model) -> CheckResult:
        """Return what a check finds; a gate is judged only where it is asked for."""
        gate = self.code.startswith("MK-GAT")
        select = (self.code,) if gate else None
        return check(model, on=self.on, cycle=self.cycle, select=select)


CASES: list[Case] = []


def case(
    code: str,
    ref: str,
    path: str = "",
    on: date | None = None,
    cycle: str | None = None,
) -> Callable[[Story], Story]:
    def keep(story: Story) -> Story:
        told = Case(code=code, ref=ref, path=path, on=on, cycle=cycle, story=story)
        CASES.append(told)
        return story

    return keep


def told(story: Callable[[Draft], object]) -> Model:
    """Return the model that a story of one telling makes."""
    d = Draft()
    story(d)
    return d.model


def retired(on: date = date(2026, 1, 1)) -> ReleaseLadder:
    first = ReleaseStep(state=ReleaseState.DEVELOPED, on=date(2025, 1, 1))
    return ReleaseLadder(steps=(first, ReleaseStep(state=ReleaseState.RETIRED, on=on)))


for found in sorted((Path(__file__).parent / "stories").glob("*.py")):
    import_module(f"tests.rules.stories.{found.stem}")
