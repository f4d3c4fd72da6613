"""A file system whose files lie in a folder, with oddities of other file systems.

Run by itself it serves until it is unmounted or killed. What befalls which call stands
in a file of JSON, which may change meanwhile.
"""

import errno
import json
import os
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from tests.fault.odd_files import key_of

_STATE: Final = (
    *("st_atime_ns", "st_ctime_ns", "st_mtime_ns", "st_gid", "st_ino"),
    *("st_mode", "st_nlink", "st_size", "st_uid"),
)


class OddFiles:
    """The files of a folder. Names may be *folded*, and no longer than some bytes."""

    use_ns = True

    def __init__(
        self, folder: Path, trouble: Path, *, folds: bool, longest: int
    ) -> None:
        self._folder = folder
        self._trouble = trouble
        self._folds = folds
        self._longest = longest

    def befall(self, operation: str) -> None:
        """Wait, or fail, as the file says."""
        trouble = self._asked()
        time.sleep(trouble.get("pause", 0))
        if operation in trouble.get("operations", ()):
            raise OSError(trouble["errno"], "as it was asked")

    def _asked(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads(self._trouble.read_bytes())
        except FileNotFoundError:
            return {}
        return found

    def _real(self, path: str) -> str:
        found = str(self._folder)
        for name in path.split("/")[1:]:
            if len(name.encode("utf-8", "surrogateescape")) > self._longest:
                raise OSError(errno.ENAMETOOLONG, "as it was asked")
            found = f"{found}/{self._name_in(found, name) if self._folds else name}"
        return found

    def _name_in(self, folder: str, name: str) -> str:
        with suppress(OSError):
            for there in os.listdir(folder):  # noqa: PTH208 - text is all it takes
                if key_of(there) == key_of(name):
                    return there
        return unicodedata.normalize("NFD", name)

    def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
        self.befall("getattr")
        found = os.lstat(self._real(path)) if fh is None else os.fstat(fh)
        return {name.removesuffix("_ns"): getattr(found, name) for name in _STATE}

    def readdir(self, path: str, fh: int) -> Iterator[tuple[str, dict[str, int], int]]:  # noqa: ARG002
        self.befall("readdir")
        folder = self._real(path)
        for name in (".", "..", *os.listdir(folder)):  # noqa: PTH208
            found = os.lstat(f"{folder}/{name}")
            yield name, {"st_ino": found.st_ino, "st_mode": found.st_mode}, 0

    def mkdir(self, path: str, mode: int) -> int:
        self.befall("mkdir")
        os.mkdir(self._real(path), mode)  # noqa: PTH102
        return 0

    def rmdir(self, path: str) -> int:
        self.befall("rmdir")
        os.rmdir(self._real(path))  # noqa: PTH106
        return 0

    def unlink(self, path: str) -> int:
        self.befall("unlink")
        os.unlink(self._real(path))  # noqa: PTH108
        return 0

    def rename(self, old: str, new: str) -> int:
        self.befall("rename")
        os.rename(self._real(old), self._real(new))  # noqa: PTH104
        return 0

    def link(self, target: str, source: str) -> int:
        self.befall("link")
        os.link(self._real(source), self._real(target))
        return 0

    def create(self, path: str, mode: int, fi: Any = None) -> int:  # noqa: ANN401, ARG002
        self.befall("create")
        return os.open(self._real(path), os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)

    def open(self, path: str, flags: int) -> int:
        self.befall("open")
        return os.open(self._real(path), flags & os.O_ACCMODE)

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:  # noqa: ARG002
        self.befall("read")
        return os.pread(fh, size, offset)

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:  # noqa: ARG002
        self.befall("write")
        return os.pwrite(fh, data, offset)

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        self.befall("truncate")
        os.truncate(self._real(path) if fh is None else fh, length)
        return 0

    def fsync(self, path: str, datasync: int, fh: int) -> int:  # noqa: ARG002
        self.befall("fsync")
        os.fsync(fh)
        return 0

    def fsyncdir(self, path: str, datasync: int, fh: int) -> int:  # noqa: ARG002
        self.befall("fsyncdir")
        return 0

    def chmod(self, path: str, mode: int) -> int:
        os.chmod(self._real(path), mode)  # noqa: PTH101
        return 0

    def utimens(self, path: str, times: Any = None) -> int:  # noqa: ANN401
        os.utime(self._real(path), ns=times)
        return 0

    def release(self, path: str, fh: int) -> int:  # noqa: ARG002
        os.close(fh)
        return 0

    def statfs(self, path: str) -> dict[str, Any]:  # noqa: ARG002
        found = os.statvfs(self._folder)
        names = ("f_bavail", "f_bfree", "f_blocks", "f_bsize", "f_frsize", "f_files")
        return {name: getattr(found, name) for name in names}


def main(beneath: str, place: str, trouble: str, folds: str, longest: str) -> None:
    """Serve."""
    from mfusepy import FUSE  # noqa: PLC0415 - where there is no FUSE nobody serves

    files = OddFiles(
        Path(beneath), Path(trouble), folds=bool(folds), longest=int(longest)
    )
    FUSE(
        files,
        place,
        foreground=True,
        nothreads=True,
        use_ino=True,
        hard_remove=True,
        attr_timeout=0,
        entry_timeout=0,
        negative_timeout=0,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
