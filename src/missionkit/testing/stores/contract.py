"""The contract of stores as one class to inherit."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from missionkit.testing.stores.appending import AppendCases, RetryCases
from missionkit.testing.stores.bytes_kept import ByteCases
from missionkit.testing.stores.disposing import DisposalCases, DisposalOfSnapshotsCases
from missionkit.testing.stores.lasting import CloseCases, LastingCases
from missionkit.testing.stores.machine import StoreMachine
from missionkit.testing.stores.opening import MakeStore
from missionkit.testing.stores.reading import NameCases, ReadCases
from missionkit.testing.stores.snapshotting import SnapshotCases
from missionkit.testing.stores.threading_cases import ThreadCases


class StoreContract(
    AppendCases,
    RetryCases,
    ReadCases,
    NameCases,
    ByteCases,
    SnapshotCases,
    DisposalCases,
    DisposalOfSnapshotsCases,
    LastingCases,
    CloseCases,
    ThreadCases,
):
    """Every case that a store has to pass, one to a sentence of `Store`.

    Inherit it under a name that pytest collects, and give it a fixture `make_store`:
    a callable that opens the same place again and again, which is empty when a test
    begins. What a store cannot do by its kind is skipped with the reason: it may lack
    the abilities `Snapshots` and `Disposal`, and `lasting` is False where nothing is
    left once it is closed.
    """

    def test_it_holds_what_a_dict_would(self, make_store: MakeStore) -> None:
        lasting = self.lasting

        class Machine(StoreMachine):
            def __init__(self) -> None:
                super().__init__(make_store, lasting=lasting)

        run_state_machine_as_test(
            Machine,
            settings=settings(
                max_examples=30,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow],
            ),
        )
