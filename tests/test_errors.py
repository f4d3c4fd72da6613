import pickle

import pytest

from missionkit import errors
from missionkit.errors import (
    CommitUnknownError,
    ConflictError,
    CorruptStoreError,
    DocumentError,
    InvalidValueError,
    LimitError,
    MissingExtraError,
    MissionKitError,
    ModelError,
    NotFoundError,
    PluginError,
    RefusedError,
    StoreBusyError,
    StoreError,
    StoreFullError,
    StoreUnavailableError,
    StoreVersionError,
    UnsafeDocumentError,
)
from missionkit.issue import Issue, Refusal, RefusalKind, Source, Verdict

ISSUE = Issue(
    code="MK-DOM-001",
    message="x must be text, got 1 (int).",
    why="types are declared",
    fix="give text",
    path="x",
    ref="warm",
    value="1",
    source=Source(file="a.json", line=3, column=5),
)
NO = Verdict(allowed=False, refusals=(Refusal(RefusalKind.ROLE, ISSUE),))
SAID = """\
MK-DOM-001 error: x must be text, got 1 (int).
  at   warm x (a.json:3:5)
  why  types are declared
  fix  give text"""

EXAMPLES: list[tuple[MissionKitError, str]] = [
    (InvalidValueError("need", (ISSUE,)), f"need: {SAID}"),
    (ModelError((ISSUE, ISSUE)), f"{SAID}\n{SAID}"),
    (DocumentError((ISSUE,)), SAID),
    (UnsafeDocumentError((ISSUE,)), SAID),
    (LimitError((ISSUE,)), SAID),
    (NotFoundError("need", "wram"), "there is no need 'wram'"),
    (
        NotFoundError("need", "wram", ("warm", "dram")),
        "there is no need 'wram'; did you mean 'warm' or 'dram'?",
    ),
    (RefusedError(NO), SAID),
    (ConflictError(3, 4), "expected version 3, but the store has 4"),
    (ConflictError(3, 4, ("c4",)), "expected version 3, but the store has 4"),
    (
        CommitUnknownError("c1"),
        "commit c1 may or may not be stored: send it again",
    ),
    (StoreError("no disk"), "no disk (nothing was written)"),
    (StoreError("no disk", committed=True), "no disk (written)"),
    (StoreError("no disk", None), "no disk (not known)"),
    (StoreBusyError("locked"), "locked (nothing was written)"),
    (StoreFullError("full"), "full (nothing was written)"),
    (StoreUnavailableError("gone"), "gone (nothing was written)"),
    (StoreVersionError("new"), "new (nothing was written)"),
    (CorruptStoreError("bad"), "bad (nothing was written)"),
    (PluginError("acme", "score", "it failed"), "plug-in 'score' of acme: it failed"),
    (
        MissingExtraError("excel"),
        'this needs an extra: pip install "missionkit[excel]"',
    ),
]
TREE = {
    MissionKitError: Exception,
    InvalidValueError: ValueError,
    DocumentError: ValueError,
    UnsafeDocumentError: DocumentError,
    LimitError: DocumentError,
    NotFoundError: LookupError,
    ModelError: MissionKitError,
    RefusedError: MissionKitError,
    ConflictError: MissionKitError,
    CommitUnknownError: MissionKitError,
    StoreError: MissionKitError,
    StoreBusyError: StoreError,
    StoreFullError: StoreError,
    StoreUnavailableError: StoreError,
    StoreVersionError: StoreError,
    CorruptStoreError: StoreError,
    PluginError: MissionKitError,
    MissingExtraError: ImportError,
}
EVERY = {
    found
    for found in vars(errors).values()
    if isinstance(found, type) and issubclass(found, BaseException)
}


@pytest.mark.parametrize(("error", "text"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_error_makes_its_text_from_facts_and_survives_pickling(
    error: MissionKitError, text: str
) -> None:
    after = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own

    assert (type(after), str(after)) == (type(error), str(error))
    assert str(error) == text
    assert repr(after) == repr(error)
    with pytest.raises(type(error)):
        raise after


def test_every_error_has_an_example_but_the_base() -> None:
    assert {type(error) for error, _ in EXAMPLES} == EVERY - {MissionKitError}


def test_errors_make_one_tree() -> None:
    assert set(TREE) == EVERY
    for error, base in TREE.items():
        assert issubclass(error, base)
        assert issubclass(error, MissionKitError)


def test_the_tree_is_drawn_in_the_docstring() -> None:
    for error in EVERY:
        assert error.__name__ in (errors.__doc__ or "")


def test_a_long_list_of_issues_is_cut() -> None:
    text = str(ModelError((ISSUE,) * 23))

    assert text.count("MK-DOM-001") == 20
    assert text.endswith("… and 3 more")
    assert len(ModelError((ISSUE,) * 23).issues) == 23


def test_hostile_names_are_shown_as_text() -> None:
    assert "\n" not in str(NotFoundError("need", "a\nb\x1b[31m"))
    assert "\x1b" not in str(NotFoundError("need", "a\nb\x1b[31m"))
