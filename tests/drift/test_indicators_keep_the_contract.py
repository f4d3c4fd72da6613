"""Every indicator of ours keeps the contract that those of third parties inherit."""

import pytest

from missionkit.drift.indicator_catalog import INDICATORS
from missionkit.ports.indicator import Indicator
from missionkit.testing.indicators import IndicatorContract


@pytest.mark.parametrize("name", sorted(INDICATORS))
class TestOurs(IndicatorContract):
    @pytest.fixture
    def indicator(self, name: str) -> Indicator:
        return INDICATORS[name]
