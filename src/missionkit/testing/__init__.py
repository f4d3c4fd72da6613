"""What test suites of tools built on missionkit need: strategies, and contracts."""

import pytest

# So that an assert of a contract that fails elsewhere shows what it compared.
pytest.register_assert_rewrite(
    "missionkit.testing.stores",
    "missionkit.testing.scorers",
    "missionkit.testing.detectors",
    "missionkit.testing.indicators",
    "missionkit.testing.well_formed",
)
