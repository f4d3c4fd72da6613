"""A draft that becomes a commit."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from missionkit.domain.draft import Draft
from missionkit.domain.history import Commit
from missionkit.domain.model import Model
from missionkit.issue import Issue


class Edit(Draft):
    """A draft of what a stream holds; when the block ends, its change is one commit.

    `commit` is then that commit, or None where nothing was changed. `advice` says what
    might be better, such as that nobody knows who acts. `used` are the ids of what was
    removed before, which nothing new may have.
    """

    def __init__(
        self,
        model: Model,
        *,
        token: Callable[[], str],
        used: AbstractSet[str] = frozenset(),
    ) -> None:
        """Begin from *model*; *token* makes the ids of parties."""
        super().__init__(model, token=token)
        self.before = model
        self.used = used
        self.commit: Commit | None = None
        self.advice: tuple[Issue, ...] = ()

    def become(self, model: Model) -> None:
        """Hold another model."""
        self._held = {element.id: element for element in model}
        self._kinds, self._frozen = model.kinds, model
