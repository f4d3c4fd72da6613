"""Every detector of ours keeps the contract that those of third parties inherit."""

import pkgutil
from importlib import import_module
from typing import Final

import pytest

from missionkit.drift import detectors
from missionkit.ports.detector import Detector
from missionkit.testing.detectors import DetectorContract

OURS: Final[dict[str, Detector]] = {
    each.name: each
    for found in pkgutil.iter_modules(detectors.__path__)
    for each in import_module(f"{detectors.__name__}.{found.name}").DETECTORS
}


@pytest.mark.parametrize("name", sorted(OURS))
class TestOurs(DetectorContract):
    @pytest.fixture
    def detector(self, name: str) -> Detector:
        return OURS[name]
