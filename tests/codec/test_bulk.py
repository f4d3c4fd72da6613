import gc
from collections.abc import Iterator
from threading import Barrier, Thread

import pytest

from missionkit.codec.bulk import bulk


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_the_collector_is_paused_inside_and_resumed_after() -> None:
    with bulk():
        assert not gc.isenabled()

    assert gc.isenabled()


def test_only_the_outermost_block_resumes_it() -> None:
    with bulk():
        with bulk():
            pass
        assert not gc.isenabled()

    assert gc.isenabled()


def test_a_collector_that_was_off_before_stays_off() -> None:
    gc.disable()

    with bulk():
        pass

    assert not gc.isenabled()


def test_an_error_inside_resumes_it() -> None:
    with pytest.raises(ValueError, match="inside"), bulk():
        raise ValueError("inside")

    assert gc.isenabled()


def test_the_last_of_many_threads_resumes_it() -> None:
    seen: list[bool] = []
    together = Barrier(4, timeout=10)

    def load() -> None:
        with bulk():
            together.wait()
            seen.append(gc.isenabled())
            together.wait()

    threads = [Thread(target=load) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == [False] * 4
    assert gc.isenabled()
