import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from missionkit.domain.digest import digest_of
from missionkit.domain.ext import Ext
from missionkit.domain.ids import (
    NeedId,
    ObservationId,
    PartyId,
    SalienceRatingId,
    StakeholderId,
    SuccessMeasureId,
)
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.measure import Observation
from missionkit.domain.opaque import Opaque
from missionkit.domain.spec import Spec
from missionkit.domain.stakeholder import Need, NeedKind, SalienceRating, Stakeholder
from missionkit.testing.strategies import elements
from tests.domain.bets import Bet, BetId, Outcome

KINDS_AND_THEIRS = KINDS | Kinds([Bet])
WARM = Need(id=NeedId("warm"), statement="A warm home")


def reading(number: str) -> Observation:
    return Observation(
        id=ObservationId("o"), measure=SuccessMeasureId("m"), value=Decimal(number)
    )


@pytest.mark.parametrize("spec", KINDS_AND_THEIRS, ids=lambda spec: spec.kind)
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_equal_elements_have_equal_digests(spec: Spec, data: st.DataObject) -> None:
    kind: Any = spec.cls
    one = data.draw(elements(kind))
    same = kind(**{item.name: getattr(one, item.name) for item in spec.fields})
    other = data.draw(elements(kind, id=one.id))

    assert same == one
    assert digest_of(same) == digest_of(one)
    if all(
        getattr(one, i.name) == getattr(other, i.name) for i in spec.fields if i.content
    ):
        assert digest_of(other) == digest_of(one)
    else:
        assert digest_of(other) != digest_of(one)


@pytest.mark.parametrize("spec", KINDS_AND_THEIRS, ids=lambda spec: spec.kind)
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_progress_changes_no_digest(spec: Spec, data: st.DataObject) -> None:
    kind: Any = spec.cls
    one = data.draw(elements(kind))
    progress = {item.name: item.default for item in spec.fields if not item.content}
    needed = {name for rule in spec.invariants for name in rule.fields}
    if needed.isdisjoint(progress):
        assert digest_of(evolve(one, **progress)) == digest_of(one)


def test_progress_is_told_apart_from_content() -> None:
    bet = Bet(id=BetId("b"), name="x", lesson="y")

    assert digest_of(evolve(bet, outcome=Outcome.LOST)) == digest_of(bet)
    assert digest_of(evolve(bet, lesson="z")) != digest_of(bet)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", "1.00"),
        ("100", "1e2"),
        ("0", "-0.000"),
        ("1e39", "1" + 39 * "0"),
        ("0.5", ".50"),
    ],
)
def test_equal_decimals_have_equal_digests(one: str, other: str) -> None:
    assert digest_of(reading(one)) == digest_of(reading(other))


@pytest.mark.parametrize(("one", "other"), [("1", "1.01"), ("1", "10"), ("1", "-1")])
def test_different_decimals_have_different_digests(one: str, other: str) -> None:
    assert digest_of(reading(one)) != digest_of(reading(other))


def test_whole_numbers_and_fractions_that_are_equal_have_equal_digests() -> None:
    assert digest_of(evolve(WARM, importance=1)) == digest_of(
        evolve(WARM, importance=1.0)
    )
    assert digest_of(evolve(WARM, importance=0)) != digest_of(WARM)
    assert digest_of(evolve(WARM, ext=Ext({"a": 1}))) == digest_of(
        evolve(WARM, ext=Ext({"a": 1.0}))
    )
    assert digest_of(evolve(WARM, ext=Ext({"a": 1}))) != digest_of(
        evolve(WARM, ext=Ext({"a": True}))
    )


def test_the_same_instant_in_another_notation_has_the_same_digest() -> None:
    def at(zone: timezone) -> SalienceRating:
        return SalienceRating(
            id=SalienceRatingId("s"),
            stakeholder=StakeholderId("t"),
            rater=PartyId("p"),
            at=datetime(2026, 1, 1, tzinfo=zone),
        )

    assert digest_of(at(UTC)) == digest_of(at(timezone(timedelta(0), "Z")))


def test_defaults_that_are_written_out_change_nothing() -> None:
    said = Need(
        id=NeedId("warm"),
        statement="A warm home",
        kind=NeedKind.NEED,
        tags=(),
        notes="",
    )

    assert digest_of(said) == digest_of(WARM)


def test_the_kind_and_the_order_of_a_tuple_are_content() -> None:
    tenant = Stakeholder(id=StakeholderId("warm"), name="A warm home")

    assert digest_of(tenant) != digest_of(WARM)
    assert digest_of(evolve(WARM, tags=("a", "b"))) != digest_of(
        evolve(WARM, tags=("b", "a"))
    )


def test_what_is_not_known_has_no_digest() -> None:
    assert digest_of(Opaque(kind="acme.bet", id="b", data=Ext({"a": 1}))) is None


def test_a_digest_is_the_same_in_every_process_and_release() -> None:
    code = (
        "from missionkit.domain.digest import digest_of;"
        "from missionkit.domain.stakeholder import Stakeholder;"
        "from missionkit.domain.ext import Ext;"
        "print(digest_of(Stakeholder(id='t', name='T',"
        "stakes=frozenset({'customer', 'society', 'employee', 'other'}),"
        "ext=Ext({'b': 1, 'a': [1.5, None, {'d': True, 'c': 'x'}]}))))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
        )
        .stdout.decode()
        .strip()
        for seed in ("0", "1", "2", "3")
    }

    written = (
        r'["stakeholder",{"ext":{"map":{"a":[{"number":"1.5"},null,{"map":{"c":"x",'
        r'"d":true}}],"b":{"number":"1"}}},"id":"t","name":"T",'
        r'"stakes":{"set":["\"customer\"","\"employee\"","\"other\"","\"society\""]}}]'
    )
    assert outputs == {sha256(written.encode()).hexdigest()}


def test_dates_and_texts_that_read_alike_differ() -> None:
    day = evolve(reading("1"), at=date(2026, 1, 1))

    assert digest_of(day) != digest_of(evolve(reading("1"), notes="2026-01-01"))
