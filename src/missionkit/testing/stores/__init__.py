"""The contract of stores: whoever writes one inherits the proof that it keeps it."""

from missionkit.testing.stores.contract import StoreContract
from missionkit.testing.stores.machine import StoreMachine
from missionkit.testing.stores.making import commits

__all__ = ["StoreContract", "StoreMachine", "commits"]
