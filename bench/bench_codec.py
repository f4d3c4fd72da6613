"""Loading and dumping 100,000 entities, beside pydantic, stix2 and pystac.

python -m pytest bench/bench_codec.py -s

Each does its own like of the same: pydantic has frozen, strict models that forbid
unknown fields, with the same bounds. Printed is the CPU time per entity; a ratio is
the median of the ratios inside each round, in which all take turns. stix2 and pystac
are so much slower that they get fewer entities.
"""

# ruff: noqa: PLC0415 - a peer that is not installed is left out

import gc
import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from enum import StrEnum
from statistics import median
from time import process_time
from typing import Any

import pytest
from attrs import frozen

from missionkit.codec.bulk import bulk
from missionkit.codec.document import dumps, loads
from missionkit.codec.limits import Limits
from missionkit.domain.ids import NeedId, StakeholderId
from missionkit.domain.model import Model
from missionkit.domain.stakeholder import Need, NeedStatus, Stakeholder

ENTITIES = 100_000
ROUNDS = 3
HOLDERS = 1_000
ROOMY = Limits(size=2**30, nodes=10**8)


@frozen
class Peer:
    """One library: how it loads and dumps a document of so many entities."""

    name: str
    entities: int
    text: str
    load: Callable[[str], object]
    dump: Callable[[Any], object]


def needs(count: int) -> Model:
    """Return a model of needs with ten fields, each third one with tags."""
    holders = [
        Stakeholder(id=StakeholderId(f"s{n}"), name=f"Holder {n}")
        for n in range(HOLDERS)
    ]
    return Model(
        [
            *holders,
            *(
                Need(
                    id=NeedId(f"n{n}"),
                    statement=f"Need number {n}",
                    stakeholder=StakeholderId(f"s{n % HOLDERS}"),
                    status=NeedStatus.ACCEPTED,
                    decided_reason="it was weighed against the others",
                    importance=n % 100 / 100,
                    success_hint="fewer complaints",
                    tags=("housing", "winter") if n % 3 == 0 else (),
                    notes="noted in the interview",
                )
                for n in range(count - HOLDERS)
            ),
        ]
    )


def ours(count: int) -> Peer:
    text = dumps(needs(count))
    return Peer(
        "missionkit", count, text, lambda t: loads(t, limits=ROOMY).model, dumps
    )


def pydantic_strict(count: int) -> Peer:
    from pydantic import BaseModel, ConfigDict, Field

    class Frozen(BaseModel):
        model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    class Kind(StrEnum):
        NEED = "need"
        EXPECTATION = "expectation"

    class Status(StrEnum):
        PROPOSED = "proposed"
        ACCEPTED = "accepted"

    id_rule = Field(pattern="^[a-z0-9][a-z0-9-]{0,63}$")

    class PydanticHolder(Frozen):
        id: str = id_rule
        name: str = Field(min_length=1, max_length=500)

    class PydanticNeed(Frozen):
        id: str = id_rule
        statement: str = Field(min_length=1, max_length=100_000)
        kind: Kind = Kind.NEED
        stakeholder: str | None = Field(
            default=None, pattern=id_rule.metadata[0].pattern
        )
        status: Status = Status.PROPOSED
        decided_reason: str | None = None
        importance: float | None = Field(default=None, ge=0, le=1)
        success_hint: str = Field(default="", max_length=100_000)
        tags: tuple[str, ...] = ()
        notes: str = Field(default="", max_length=100_000)

    class Document(Frozen):
        schema_: str = Field(alias="schema")
        stakeholders: tuple[PydanticHolder, ...]
        needs: tuple[PydanticNeed, ...]

    return Peer(
        "pydantic, frozen, strict, forbid",
        count,
        dumps(needs(count)),
        Document.model_validate_json,
        lambda value: value.model_dump_json(
            by_alias=True, exclude_defaults=True, indent=2
        ),
    )


def stix(count: int) -> Peer:
    import stix2

    made = [
        stix2.Identity(name=f"Need number {n}", description="noted", roles=["holder"])
        for n in range(count)
    ]
    text = stix2.Bundle(objects=made).serialize()
    return Peer("stix2", count, text, stix2.parse, lambda value: value.serialize())


def stac(count: int) -> Peer:
    from datetime import UTC, datetime

    import pystac

    when = datetime(2026, 1, 1, tzinfo=UTC)
    made = [
        pystac.Item(f"n{n}", None, None, when, {"title": f"Need number {n}"})
        for n in range(count)
    ]
    text = json.dumps(pystac.ItemCollection(made).to_dict())
    return Peer(
        "pystac",
        count,
        text,
        lambda value: pystac.ItemCollection.from_dict(json.loads(value)),
        lambda value: json.dumps(value.to_dict()),
    )


def peers(count: int) -> Iterator[Peer]:
    """Yield the peers that are installed."""
    few = count // 5
    for make, size in ((pydantic_strict, count), (stix, few), (stac, few)):
        try:
            yield make(size)
        except ImportError as missing:
            print(f"  ({missing.name} is not installed)")


def microseconds(
    act: Callable[[Any], object], given: object, entities: int
) -> tuple[float, object]:
    """Return the CPU time per entity, and the result."""
    gc.collect()
    start = process_time()
    result = act(given)
    return (process_time() - start) / entities * 1e6, result


def measured(all_peers: list[Peer], pause: Callable[[], Any]) -> list[dict[str, float]]:
    """Return, round by round, the figures of each peer's load and dump."""
    rounds = []
    for _ in range(ROUNDS):
        figures = {}
        for peer in all_peers:
            with pause():
                took, value = microseconds(peer.load, peer.text, peer.entities)
                figures[f"load {peer.name}"] = took
                took, _ = microseconds(peer.dump, value, peer.entities)
                figures[f"dump {peer.name}"] = took
                del value
        rounds.append(figures)
    return rounds


def report(rounds: list[dict[str, float]]) -> None:
    for name in rounds[0]:
        own = f"{name.partition(' ')[0]} missionkit"
        ratio = median(figures[name] / figures[own] for figures in rounds)
        took = median(figures[name] for figures in rounds)
        print(f"  {name:40} {took:9.2f} µs   {ratio:6.2f} x ours")


@pytest.mark.timeout(1_200)
def test_loading_and_dumping_100_000_entities() -> None:
    all_peers = [ours(ENTITIES), *peers(ENTITIES)]
    print("\nentities:", *(f"{peer.name} {peer.entities:,};" for peer in all_peers))
    print("collector as each user has it (ours pauses it inside):")
    report(measured(all_peers, nullcontext))
    print("collector paused for all:")
    report(measured(all_peers, bulk))
