import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.conduct import ActivityRecord, Ledger
from missionkit.testing.strategies import values


@given(st.lists(values(ActivityRecord), max_size=3))
def test_a_ledger_can_be_read_again_and_again(records: list[ActivityRecord]) -> None:
    ledger = Ledger[ActivityRecord](records)

    assert list(ledger) == list(ledger) == records


def test_a_source_that_is_used_up_is_refused() -> None:
    with pytest.raises(TypeError, match="read more than once"):
        Ledger[ActivityRecord](iter(()))
