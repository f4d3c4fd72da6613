"""What the acts of one workspace share: store and kinds, writer, listeners, turns."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from missionkit.domain.kinds import Kinds
from missionkit.history.writing import Writer
from missionkit.ports.store import Store
from missionkit.workspace.listening import Listeners
from missionkit.workspace.turns import Turns


def now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


class Desk:
    """Where the acts of a workspace are done."""

    def __init__(
        self,
        store: Store,
        kinds: Kinds,
        clock: Callable[[], datetime],
        token: Callable[[int], bytes],
    ) -> None:
        """Begin with nobody who listens."""
        self.store: Final = store
        self.kinds: Final = kinds
        self.writer: Final = Writer(store, kinds, clock, token)
        self.listeners: Final = Listeners()
        self.turns: Final = Turns()
