"""What the table says of peers is what they do themselves, asked as users ask them."""

from importlib import import_module
from math import e, log
from typing import Any

import pytest

from missionkit.drift.shares import jensen_shannon_distance
from tools.calibrate.cells import MIX, SeriesCell, series_parts

np = pytest.importorskip("numpy")
ruptures = pytest.importorskip("ruptures")
pytest.importorskip("river")
pytest.importorskip("scipy")

CELLS = [cell for part in series_parts() for cell in part]


def penalty(values: Any) -> float:  # noqa: ANN401 - an array
    return 3 * float(np.diff(values).var(mean=0)) / 2 * log(len(values))


@pytest.mark.parametrize("cell", CELLS[::5], ids=str)
def test_pelt_and_binary_segmentation_alarm_as_they_do_by_themselves(
    cell: SeriesCell,
) -> None:
    from tools.calibrate.peers import judged_series  # noqa: PLC0415 - once it is there

    for run in range(4):
        values = np.array(cell.values(run))
        alarms, scores = judged_series(cell.values(run))
        pelt = ruptures.Pelt(model="l2", jump=1).fit(values)
        binseg = ruptures.Binseg(model="l2", jump=1).fit(values)

        found = {
            "PELT": len(pelt.predict(pen=penalty(values))) > 1,
            "Binseg": len(binseg.predict(pen=penalty(values))) > 1,
        }
        assert {name: alarms[name] for name in found} == found
        usual = 3 * log(cell.length)
        assert {name: scores[name] > usual for name in found} == found


def test_a_smaller_delta_of_adwin_never_alarms_more() -> None:
    from tools.calibrate.peers import judged_series  # noqa: PLC0415 - likewise

    drift: Any = import_module("river.drift")
    values = SeriesCell(noise="independent", length=60, shift=3, at="half").values(2)
    _, scores = judged_series(values)
    deviation = float(np.sqrt(np.diff(values).var(mean=0) / 2))

    def alarms(halved: int) -> bool:
        detector = drift.ADWIN(
            delta=0.99 * 2.0 ** (1 - halved),
            clock=1,
            grace_period=2,
            min_window_length=1,
        )
        for value in values:
            detector.update((value - values[0]) / deviation)
            if detector.drift_detected:
                return True
        return False

    assert scores["ADWIN"] > 1
    assert [alarms(halved) for halved in range(1, 20)] == [
        halved <= scores["ADWIN"] for halved in range(1, 20)
    ]


def test_distances_of_mixes_are_those_of_their_definitions() -> None:
    from tools.calibrate.peers import judged_mix  # noqa: PLC0415 - likewise

    before, after = (35, 20, 15, 12, 10, 8), (25, 20, 15, 12, 10, 18)
    alarms, figures = judged_mix((before, after))
    psi = (0.25 - 0.35) * log(0.25 / 0.35) + (0.18 - 0.08) * log(0.18 / 0.08)

    assert sum(MIX) == pytest.approx(1)
    assert figures["PSI, floor 0.0001"] == pytest.approx(psi)
    assert not alarms["PSI, floor 0.0001"]
    own = jensen_shannon_distance(before, after, base=e)
    assert figures["Jensen-Shannon"] == pytest.approx(own)
