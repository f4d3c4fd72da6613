"""The contract of detectors passes a good one, and fails each one that is broken."""

import pickle
import random
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count, product
from math import comb
from statistics import median
from typing import Any, ClassVar

import pytest
from attrs import evolve, frozen

from missionkit.domain.review import Shift
from missionkit.errors import InvalidValueError
from missionkit.markup import Html
from missionkit.ports.detector import Detector, DetectorView
from missionkit.ports.finding import DriftVerdict, Finding
from missionkit.testing.detectors import DetectorContract, calm, series_of, stepped
from missionkit.testing.well_formed import WellFormed

DRIFT, CALM, UNSURE = (
    DriftVerdict.DRIFT,
    DriftVerdict.NO_DRIFT,
    DriftVerdict.NOT_ENOUGH_DATA,
)


@cache
def ranks(first: int, second: int) -> tuple[int, ...]:
    """Return in how many orders of both halves so many pairs are turned round."""
    ways = [1] + [0] * (first * second)
    for i in range(1, first + 1):
        for u in range(len(ways) - 1, second + i - 1, -1):
            ways[u] -= ways[u - second - i]
        for u in range(i, len(ways)):
            ways[u] += ways[u - i]
    return tuple(ways)


def cut(first: int, second: int, level: float) -> int:
    """Return how many of the ordered differences the interval leaves out at an end."""
    below, ways = 0, ranks(first, second)
    for u, n in enumerate(ways):
        below += n
        if below > level / 2 * comb(first + second, first):
            return u
    return len(ways) // 2


@frozen
class Halves:
    """Whether the later half of a figure lies off the earlier one, at whatever point.

    The interval is that of Hodges and Lehmann, exact for independent points.
    """

    name: ClassVar[str] = "acme.halves"
    version: ClassVar[str] = "1"

    def __call__(self, view: DetectorView, /) -> Finding:
        values = view.series.values
        before, after = values[: len(values) // 2], values[len(values) // 2 :]
        out = cut(len(before), len(after), view.level) if before else 0
        if not out:
            reason = f"{len(values)} points cannot tell at this level"
            return self.found(view, UNSURE, reason=reason)
        apart = sorted(b - a for a, b in product(before, after))
        low, effect, high = apart[out - 1], median(apart), apart[-out]
        size = view.least or 0
        off = (low > 0 or high < 0) and abs(effect) >= size
        hidden = not off and max(abs(low), abs(high)) >= size > 0
        return self.found(
            view,
            DRIFT if off else UNSURE if hidden else CALM,
            reason="a shift of that size could be hidden" if hidden else "",
            effect=effect,
            low=low,
            high=high,
            visible=(high - low) * 0.7 or None,
            since=view.series.known[len(before)].start if off else None,
        )

    def found(self, view: DetectorView, verdict: DriftVerdict, **facts: Any) -> Finding:  # noqa: ANN401
        of = view.series
        return Finding(
            indicator=of.indicator,
            title=of.title,
            unit=of.unit,
            refs=of.refs,
            verdict=verdict,
            level=view.level,
            points=len(of.known),
            method=self.name,
            version=self.version,
            **facts,
        )


class TestHalves(DetectorContract):
    @pytest.fixture
    def detector(self) -> Detector:
        return Halves()


class TestCounted(DetectorContract):
    """A detector of counts is not asked about shifts of the unit."""

    own_zero = True

    @pytest.fixture
    def detector(self) -> Detector:
        return Counted()

    @pytest.fixture
    def views(self) -> list[DetectorView]:
        return [DetectorView(series=series_of([3, 1, 4, 1, 5, 9] * 3))]


# ---- broken twins --------------------------------------------------------------------

TURNS = count()


@frozen
class Counted(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        if any(x < 0 or x % 1 for x in view.series.values):
            return self.found(view, UNSURE, reason="no counts")
        return super().__call__(view)


class Nameless(Halves):
    name = " "


class Fickle(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        return evolve(super().__call__(view), statistic=float(next(TURNS)))


class Gambling(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        return evolve(super().__call__(view), statistic=random.random())  # noqa: S311


class Changing(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        object.__setattr__(view, "seed", next(TURNS) + 100)
        return super().__call__(view)


class Absolute(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        found = super().__call__(view)
        values = view.series.values
        if found.verdict is UNSURE or not values or min(values) > -100:
            return found
        return evolve(found, verdict=UNSURE, reason="too low")


class Unscaled(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        found = super().__call__(view)
        return evolve(found, visible=1.0) if found.visible else found


class OneSided(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        found = super().__call__(view)
        if found.direction is Shift.DOWN:
            return evolve(found, verdict=CALM, since=None)
        return found


class Rash(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        found = super().__call__(view)
        if found.verdict is UNSURE and len(view.series.known) == 3:
            return evolve(found, verdict=CALM, reason="", effect=0, low=0, high=0)
        return found


class Nervous(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        found = super().__call__(view)
        return evolve(found, verdict=DRIFT) if found.effect == 0 else found


class Imputing(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        return evolve(super().__call__(view), points=len(view.series.points))


class Silent(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        return evolve(super().__call__(view), visible=None)


class Raising(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        values = view.series.values
        if values:
            sum(x**2 for x in values)  # squares of large numbers
        return super().__call__(view)


class Renamed(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        return evolve(super().__call__(view), method="acme.other")


class Unpointed(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        found = super().__call__(view)
        return found if found.low is None else evolve(found, low=99)


class Unsure(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        found = super().__call__(view)
        return evolve(found, p_value=0.5) if found.verdict is DRIFT else found


class Undated(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        found = super().__call__(view)
        if found.verdict is not DRIFT:
            return found
        return evolve(found, since=view.series.points[0].end)


class Contrary(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        return super().__call__(evolve(view, level=0.9 if view.level < 0.01 else 0.01))


class Asleep(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        found = super().__call__(view)
        return evolve(found, verdict=CALM) if found.verdict is DRIFT else found


class Alarming(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        return evolve(super().__call__(evolve(view, level=0.5)), level=view.level)


class Unpickled(Halves):
    def __reduce__(self) -> Any:  # noqa: ANN401 - as pickle has it
        raise pickle.PicklingError("no")


class _Loud(Finding):
    def _repr_html_(self) -> Html:
        return Html("<script>alert()</script>")


class Scripted(Halves):
    def __call__(self, view: DetectorView, /) -> Finding:
        found = super().__call__(view)
        names = [item.name for item in Finding.__attrs_attrs__]
        return _Loud(**{name: getattr(found, name) for name in names})


TWINS: dict[type[Halves], str] = {
    Nameless: "a_name_and_a_version",
    Fickle: "equal_views_give_equal_findings",
    Gambling: "chance_comes_from_the_seed",
    Changing: "it_changes_nothing",
    Absolute: "a_constant_added",
    Unscaled: "the_unit_of_the_values",
    OneSided: "with_their_sign_reversed",
    Rash: "too_few_points",
    Nervous: "values_that_never_move",
    Imputing: "points_without_a_value",
    Silent: "the_smallest_shift_that_could_be_seen",
    Raising: "it_never_raises",
    Renamed: "what_made_it_and_of_what",
    Unpointed: "an_effect_within_its_interval",
    Unsure: "a_shift_that_the_level_allows",
    Undated: "the_month_of_a_shift",
    Contrary: "a_stricter_level",
    Asleep: "that_everybody_sees",
    Alarming: "no_more_often_than_the_level_says",
    Unpickled: "survive_pickling",
    Scripted: "tells_itself",
}
VIEWS = DetectorContract.views.__wrapped__(DetectorContract())  # type: ignore[attr-defined]  # pytest's


def cases() -> Iterator[tuple[str, Callable[..., None]]]:
    for name, held in vars(DetectorContract).items():
        if name.startswith("test_"):
            yield name, held


def failures(detector: Detector, words: str = "") -> list[str]:
    """Return which cases of the contract a detector does not pass."""
    contract, failed = DetectorContract(), []
    for name, case in cases():
        if words not in name:
            continue
        views = [evolve(view) for view in VIEWS]
        given: dict[str, Any] = {"detector": detector, "views": views}
        code = case.__code__
        wanted = code.co_varnames[1 : code.co_argcount]
        try:
            if "findings" in wanted:
                given["findings"] = [detector(view) for view in views]
            case(contract, **{key: given[key] for key in wanted})
        except Exception:  # noqa: BLE001 - any failure is one
            failed.append(name)
    return failed


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: str(twin.__name__))
def test_a_detector_that_breaks_a_promise_is_found_out(twin: type[Halves]) -> None:
    assert failures(twin(), TWINS[twin])


def test_the_good_twin_passes_all() -> None:
    assert failures(Halves()) == []


def test_every_promise_has_a_twin_that_breaks_it_or_cannot_be_built() -> None:
    # A finding without a reason where one is due, or with one where none is, is not.
    proved_by_construction = {
        "test_a_reason_is_given_where_data_cannot_tell_and_only_there",
    }
    told = {name for name, _ in cases() if any(word in name for word in TWINS.values())}

    assert {name for name, _ in cases()} - told == proved_by_construction


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("p_value", 1.5),
        ("p_value", float("nan")),
        ("effect", float("nan")),
        ("low", float("inf")),
        ("verdict", "drift"),
        ("reason", "without cause"),
    ],
)
def test_a_finding_that_cannot_be_is_not_built(name: str, value: Any) -> None:  # noqa: ANN401
    found = Halves()(DetectorView(series=series_of(calm(24, 1))))
    with pytest.raises(InvalidValueError):
        evolve(found, **{name: value})


def test_a_detector_answers_in_three_ways() -> None:
    halves = Halves()
    shifted = halves(DetectorView(series=series_of(stepped(24, 12, 3, 1))))
    hidden = halves(DetectorView(series=series_of(calm(24, 1)), least=0.01))

    assert shifted.verdict is DRIFT
    assert shifted.since == series_of([0] * 24).points[12].start
    assert halves(DetectorView(series=series_of(calm(24, 2)))).verdict is CALM
    assert (hidden.verdict, bool(hidden.visible)) == (UNSURE, True)


def test_calm_series_are_what_they_are_said_to_be() -> None:
    values = calm(4000, 3)
    mean = sum(values) / len(values)

    assert abs(mean) < 0.06
    assert 0.9 < sum((x - mean) ** 2 for x in values) / len(values) < 1.1
    assert all(x * 64 % 1 == 0 for x in values)
    assert calm(10, 3) == values[:10]
    assert calm(10, 4) != values[:10]


@pytest.mark.parametrize("html", ["<script></script>", '<p class="x"></p>', "<p></b>"])
def test_html_that_is_not_sound_is_refused(html: str) -> None:
    with pytest.raises(AssertionError):
        WellFormed().feed(html)
