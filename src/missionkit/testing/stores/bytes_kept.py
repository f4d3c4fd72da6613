"""The contract: every byte is kept as it was given."""

import json
from typing import Final

import pytest
from attrs import evolve

from missionkit.domain.history import Commit, Payload
from missionkit.ports.store import Store
from missionkit.testing.stores.making import SALT, commits
from missionkit.testing.stores.opening import Opened, held

S = "harbour"
MEGABYTE: Final = 1_000_000
DATA: Final = {
    "empty": b"",
    "nul": b"\0",
    "nul-inside": b"a\0b\0",
    "not-utf-8": b"\xff\xfe\x80",
    "every-byte": bytes(range(256)),
    "spaces-around": b"  {} \n\n",
    "spaces-inside": b'{"b": 1,  "a": 2}',
    "repeated-keys": b'{"a":1,"a":2}',
    "line-ends": b"a\r\nb\rc\n",
    "end-of-file": b"a\x1ab",
    "marked": b"\xef\xbb\xbf{}",
    "accents": "Hafenmühle ❄ 港".encode(),
    "two-forms": "é e\N{COMBINING ACUTE ACCENT}".encode(),
    "sql": b"'); DROP TABLE commits; --",
    "number": b"0012",
    "large-number": b"12345678901234567890123",
    "null": b"null",
    "compressible": b"\0" * MEGABYTE,
    "large": bytes(range(256)) * (MEGABYTE // 256),
}
WHY: Final = {
    "accents": "Beschluß des Vorstands ❄",
    "spaces": "  spaces around ",
    "lines": "one\ntwo\r\nthree",
    "separator": "one\u2028two",
    "nul": "a\0b",
    "quotes": 'it\'s "so"; --',
    "beyond": "\N{GRINNING FACE}",
    "large": "why " * (MEGABYTE // 4),
}


def _cases(known: dict[str, object]) -> list[object]:
    return [pytest.param(value, id=name) for name, value in known.items()]


class ByteCases(Opened):
    """What is read is what was written, byte for byte."""

    @pytest.mark.parametrize("data", _cases({**DATA}))
    def test_a_payload_is_kept(self, store: Store, data: bytes) -> None:
        new = commits(S, data=[data])
        store.append(S, new, expected=0)

        assert held(store, S) == list(new)

    @pytest.mark.parametrize(
        "salt", _cases({"empty": b"", "nul": b"\0" * 16, "long": SALT * 8})
    )
    def test_a_salt_is_kept(self, store: Store, salt: bytes) -> None:
        new = _with(commits(S)[0], Payload(salt, b"{}"))
        store.append(S, [new], expected=0)

        assert held(store, S) == [new]

    @pytest.mark.parametrize("why", _cases({**WHY}))
    def test_a_header_is_kept(self, store: Store, why: str) -> None:
        new = commits(S, 2, why=why)
        store.append(S, new, expected=0)

        assert [c.header for c in held(store, S)] == [c.header for c in new]

    @pytest.mark.parametrize("indent", [None, 2])
    def test_a_header_is_not_written_anew(
        self, store: Store, indent: int | None
    ) -> None:
        # As another version may write it: other spaces, another order, escapes.
        facts = json.loads(commits(S, why="Beschluß")[0].header)
        text = json.dumps(dict(reversed(facts.items())), indent=indent)
        new = evolve(commits(S)[0], header=text.encode() + b"\n")
        store.append(S, [new], expected=0)

        assert [(c.header, c.hash) for c in held(store, S)] == [(new.header, new.hash)]

    @pytest.mark.parametrize("number", [0, 1, 2, 50])
    def test_as_many_payloads_are_kept_as_were_given(
        self, store: Store, number: int
    ) -> None:
        new = commits(S, data=[b"%d" % n for n in range(number)])
        store.append(S, new, expected=0)

        assert [len(commit.payloads) for commit in held(store, S)] == [number]
        assert held(store, S) == list(new)

    def test_equal_payloads_stay_two(self, store: Store) -> None:
        new = commits(S, 2, data=[b"{}", b"{}"])
        store.append(S, new, expected=0)

        assert held(store, S) == list(new)

    @pytest.mark.parametrize("gone", [(0,), (1,), (0, 1)])
    def test_a_payload_that_was_disposed_of_stays_so(
        self, store: Store, gone: tuple[int, ...]
    ) -> None:
        made = commits(S)[0]
        left = [None if n in gone else p for n, p in enumerate(made.payloads)]
        new = _with(made, *left)
        store.append(S, [new], expected=0)

        assert held(store, S) == [new]


def _with(commit: Commit, *payloads: Payload | None) -> Commit:
    return evolve(commit, payloads=payloads)
