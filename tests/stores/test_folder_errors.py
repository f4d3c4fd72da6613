import errno
import os
import pickle

import pytest

from missionkit.errors import (
    CorruptStoreError,
    StoreError,
    StoreFullError,
    StoreUnavailableError,
)
from missionkit.stores.folder.errors import ours, translated

# Written a second time, from what the numbers mean.
MEANING = {
    errno.ENOSPC: StoreFullError,
    errno.EDQUOT: StoreFullError,
    errno.EFBIG: StoreFullError,
    errno.EROFS: StoreUnavailableError,
    errno.EACCES: StoreUnavailableError,
    errno.EPERM: StoreUnavailableError,
    errno.EMFILE: StoreUnavailableError,
    errno.ENFILE: StoreUnavailableError,
    errno.EIO: StoreUnavailableError,
    errno.ELOOP: CorruptStoreError,
    errno.ENOENT: StoreUnavailableError,
    errno.ENOTDIR: CorruptStoreError,
    errno.EISDIR: CorruptStoreError,
    errno.ENAMETOOLONG: StoreError,
    errno.ENOLCK: StoreUnavailableError,
    errno.ENOSYS: StoreUnavailableError,
    errno.EOPNOTSUPP: StoreUnavailableError,
    errno.EMLINK: StoreUnavailableError,
    errno.EXDEV: StoreUnavailableError,
    errno.EINVAL: StoreError,
    0: StoreError,
}


@pytest.mark.parametrize(
    ("number", "kind"), MEANING.items(), ids=[errno.errorcode.get(n) for n in MEANING]
)
def test_an_error_of_the_system_becomes_ours(
    number: int, kind: type[StoreError]
) -> None:
    with pytest.raises(StoreError) as caught, ours():
        raise OSError(number, os.strerror(number), "00000001.json")
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - just made

    assert type(caught.value) is kind
    assert caught.value.committed is False
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.__cause__.errno == number
    assert "'00000001.json'" in str(caught.value)
    assert str(copy) == str(caught.value)


def test_an_error_without_a_number_is_ours_too() -> None:
    assert translated(OSError("odd")).what == "the store failed (odd)"


def test_what_is_there_in_spite_of_an_error_is_said() -> None:
    assert translated(OSError(errno.EIO, "no"), committed=True).committed is True


def test_a_name_is_shown_so_that_it_can_be_seen() -> None:
    said = str(translated(OSError(errno.EIO, "no", "a\u202eb")))

    assert "\u202e" not in said
