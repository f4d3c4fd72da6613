"""Who is told of a commit, after it is stored."""

import warnings
from collections.abc import Callable
from logging import getLogger

from missionkit.domain.history import Commit
from missionkit.errors import InvalidValueError
from missionkit.history import codes
from missionkit.markup import shown

Listener = Callable[[str, Commit], None]
"""Is told the stream and the commit, after it is stored."""


class Listeners:
    """The listeners of one workspace, in the order in which they came."""

    def __init__(self) -> None:
        """Begin with none."""
        self._all: list[Listener] = []

    def add(self, listener: Listener) -> None:
        """Let one more be told.

        Raises:
            InvalidValueError: it cannot be called.
        """
        given: object = listener
        if not callable(given):
            said = "A listener is a function of a stream and a commit."
            issue = codes.WRONG_QUESTION.issue(
                said, path="listener", value=given, fix="give a function"
            )
            raise InvalidValueError("listener", (issue,))
        self._all.append(listener)

    def tell(self, stream: str, commit: Commit | None) -> None:
        """Tell all of a commit, if there is one; a failure becomes a warning."""
        if commit is None:
            return
        failed = []
        for listener in tuple(self._all):
            try:
                listener(stream, commit)
            except Exception as error:  # noqa: BLE001 - the commit is stored already
                failed.append(shown(error))
        for each in failed:
            said = f"a listener failed after a commit to {stream}: {each}"
            try:
                warnings.warn(said, RuntimeWarning, stacklevel=2)
            except RuntimeWarning:
                getLogger(__name__).warning(said)
