"""What the acts of one workspace share: store and kinds, writer, listeners, turns."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from missionkit.domain.kinds import Kinds
from missionkit.domain.model import Model
from missionkit.history.edit import Edit
from missionkit.history.folding import State
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
        self._last: tuple[str, Model] | None = None

    def model(self, state: State) -> Model:
        """Return the model that is there; the one that was read last, where it is that.

        To read a model costs most of an act, and one is often asked for again: whether
        something may be done, and then to do it. The hash of the last commit stands for
        all that led to it, and an erasure is a commit, too.
        """
        last = self._last
        if last is None or last[0] != state.hash:
            last = self._last = (state.hash, state.model(self.kinds))
        return last[1]

    def begun(self, state: State) -> Edit:
        """Return a draft of what is there."""
        return self.writer.begun(state, self.model(state))
