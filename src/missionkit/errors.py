"""Everything missionkit raises on purpose.

MissionKitError
    InvalidValueError (ValueError)      a value breaks its own declaration
    ModelError                          elements that do not make a sound model
    DocumentError (ValueError)          a document does not hold what it should
        UnsafeDocumentError             it holds what may harm
        LimitError                      it is larger or deeper than allowed
    NotFoundError (LookupError)         nothing is there under this name
    RefusedError                        an act is not allowed; carries the `Verdict`
    ConflictError                       somebody else committed first
    CommitUnknownError                  nobody can say whether the commit is stored
    StoreError                          a store failed
        StoreBusyError                  others hold it; try again
        StoreFullError                  no room is left
        StoreUnavailableError           it cannot be reached
        StoreVersionError               it was written by another version
        CorruptStoreError               what it holds is damaged
    PluginError                         a plug-in failed, named with its distribution
    MissingExtraError (ImportError)     an optional library is not installed

Every error takes facts, makes its text from them, and survives pickling.
"""

from attrs import define, field

from missionkit.issue import Issue, Verdict

_LISTED = 20


class MissionKitError(Exception):
    """Base of every error here, so that one ``except`` catches all."""


def _listed(issues: tuple[Issue, ...]) -> str:
    shown = [str(issue) for issue in issues[:_LISTED]]
    if len(issues) > _LISTED:
        shown.append(f"… and {len(issues) - _LISTED} more")
    return "\n".join(shown)


@define
class InvalidValueError(MissionKitError, ValueError):
    """A value breaks its own declaration; `issues` names every fault of it."""

    kind: str
    issues: tuple[Issue, ...]

    def __str__(self) -> str:
        """Return the faults, one after another."""
        return f"{self.kind}: " + _listed(self.issues)


@define
class ModelError(MissionKitError):
    """Elements that do not make a sound model; `issues` names every fault."""

    issues: tuple[Issue, ...]

    def __str__(self) -> str:
        """Return the faults, one after another."""
        return _listed(self.issues)


@define
class DocumentError(MissionKitError, ValueError):
    """A document does not hold what it should; `issues` names every fault."""

    issues: tuple[Issue, ...]

    def __str__(self) -> str:
        """Return the faults, one after another."""
        return _listed(self.issues)


@define
class UnsafeDocumentError(DocumentError):
    """A document holds what may harm its reader, such as a DTD."""


@define
class LimitError(DocumentError):
    """A document is larger, deeper or longer than is allowed."""


@define
class NotFoundError(MissionKitError, LookupError):
    """Nothing is there under this name."""

    what: str
    name: str
    nearest: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return what was looked for, and the nearest names."""
        hint = f"; did you mean {' or '.join(map(repr, self.nearest))}?"
        return f"there is no {self.what} {self.name!r}{hint if self.nearest else ''}"


@define
class RefusedError(MissionKitError):
    """An act is not allowed; `verdict` says why."""

    verdict: Verdict

    def __str__(self) -> str:
        """Return the reasons."""
        return str(self.verdict)


@define
class ConflictError(MissionKitError):
    """Somebody else committed first; `theirs` are the ids of their commits.

    `issues` say who changed what meanwhile, and what of it touches this change.
    """

    expected: int
    found: int
    theirs: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()

    def __str__(self) -> str:
        """Return which version was expected, which one was found, and what changed."""
        said = f"expected version {self.expected}, but the store has {self.found}"
        return "\n".join([said, *map(str, self.issues)])


@define
class CommitUnknownError(MissionKitError):
    """Nobody can say whether the commit is stored; try it again with the same id."""

    commit_id: str

    def __str__(self) -> str:
        """Return the commit's id and the way out."""
        return f"commit {self.commit_id} may or may not be stored: send it again"


@define
class StoreError(MissionKitError):
    """A store failed; `committed` says whether the write took effect, if known."""

    what: str
    committed: bool | None = field(default=False)

    def __str__(self) -> str:
        """Return what failed, and whether anything was written."""
        word = {True: "written", False: "nothing was written", None: "not known"}
        return f"{self.what} ({word[self.committed]})"


@define
class StoreBusyError(StoreError):
    """Others hold the store; trying again may help."""


@define
class StoreFullError(StoreError):
    """No room is left where the store is kept."""


@define
class StoreUnavailableError(StoreError):
    """The store cannot be reached."""


@define
class StoreVersionError(StoreError):
    """The store was written by another version of missionkit."""


@define
class CorruptStoreError(StoreError):
    """What the store holds is damaged."""


@define
class PluginError(MissionKitError):
    """A plug-in failed; nothing else was harmed."""

    distribution: str
    name: str
    what: str
    version: str = ""

    def __str__(self) -> str:
        """Return the plug-in, its distribution and what it did."""
        whose = f"{self.distribution} {self.version}".rstrip()
        return f"plug-in {self.name!r} of {whose}: {self.what}"


@define
class MissingExtraError(MissionKitError, ImportError):
    """An optional library is not installed."""

    extra: str

    def __str__(self) -> str:
        """Return the one command that installs it."""
        return f'this needs an extra: pip install "missionkit[{self.extra}]"'
