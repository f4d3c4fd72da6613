import pickle
import subprocess
import sys
from typing import Annotated, Any, NewType

import pytest
from attrs import frozen

from missionkit.domain.declaration import Entity, entity, invariant, value
from missionkit.domain.ext import NO_EXT, Ext
from missionkit.domain.ids import AnyId, NeedId
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.marks import Between, Link, Naming, Validity
from missionkit.domain.role import RoleAssignment
from missionkit.domain.spec import DeclarationError
from missionkit.domain.stakeholder import Need, Stakeholder
from missionkit.domain.values import Line, Period
from tests.domain.bets import Bet, Odds, Wager


def test_kinds_are_found_by_name_class_and_plural() -> None:
    assert KINDS["need"].cls is Need
    assert KINDS.get("ned") is None
    assert KINDS.get("need") is KINDS["need"]
    assert KINDS.stored_as("needs") is KINDS["need"]
    assert KINDS.stored_as("need") is None
    assert KINDS.by_class[Need] == "need"
    assert KINDS["need"].id_type is NeedId
    assert list(KINDS.by_id_type.values()) == [spec.kind for spec in KINDS]
    assert KINDS.nearest("ned") == ("need",)
    assert "need" in KINDS
    assert Need in KINDS
    assert Bet not in KINDS
    assert len(KINDS) == len(list(KINDS)) == len(KINDS.classes)


def test_kinds_can_be_added_and_the_old_ones_stay() -> None:
    more = KINDS | {Bet}

    assert more["acme.bet"].cls is Bet
    assert "acme.bet" not in KINDS
    assert more.classes == (*KINDS.classes, Bet)
    assert more != KINDS
    assert more == KINDS | [Bet] == KINDS | Kinds([Bet])
    assert hash(more) == hash(KINDS | [Bet])
    assert more | KINDS == more | [Bet] == more
    assert KINDS != "kinds"


def test_a_set_of_kinds_is_added_in_a_fixed_order() -> None:
    assert (KINDS | {Wager, Bet}).classes == (*KINDS.classes, Bet, Wager)
    assert (KINDS | [Wager, Bet]).classes == (*KINDS.classes, Wager, Bet)


def test_the_order_of_kinds_does_not_depend_on_the_hash_seed() -> None:
    code = "from tests.domain.bets import *; from missionkit.domain.kinds import KINDS"
    code += "; print(KINDS | {Wager, Bet})"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("0", "1", "2")
    }

    assert len(outputs) == 1


def test_kinds_pickle_by_the_names_of_their_classes() -> None:
    kinds = Kinds([Need]) | {Bet}

    assert pickle.loads(pickle.dumps(kinds)) == kinds  # noqa: S301 - our own
    assert b"stakeholder" in pickle.dumps(Kinds([Need]))
    assert repr(kinds) == "Kinds(need, acme.bet)"


def test_targets_are_the_kinds_that_are_there() -> None:
    stakeholder = KINDS["need"].by_name["stakeholder"]
    anything = KINDS["role_assignment"].by_name["on"]

    assert KINDS.targets(stakeholder) == frozenset({"stakeholder"})
    assert KINDS.targets(anything) is None
    assert KINDS.targets(KINDS["need"].by_name["tags"]) is None
    assert Kinds([Need]).targets(stakeholder) == frozenset()
    assert KINDS["role_assignment"].cls is RoleAssignment


# ---- what cannot be a kind -----------------------------------------------------------

OddId = NewType("OddId", str)


@frozen(kw_only=True)
@entity("need")
class OtherNeed(Entity):
    id: OddId


@frozen(kw_only=True)
@entity("odd", plural="needs")
class OtherPlural(Entity):
    id: OddId


@frozen(kw_only=True)
@entity("odd")
class BorrowedId(Entity):
    id: NeedId


@frozen(kw_only=True)
@entity("odd")
class TextId(Entity):
    note: str = ""


@frozen(kw_only=True)
@entity("odd")
class NoTags:
    id: OddId
    ext: Ext = NO_EXT


@frozen(kw_only=True)
@entity("odd")
class BadDefault(Entity):
    id: OddId
    share: Annotated[int, Between(0, 1)] = 2


@frozen(kw_only=True)
@entity("odd")
class ListDefault(Entity):
    id: OddId
    links: tuple[NeedId, ...] = []  # type: ignore[assignment]  # the slip that is tested


@frozen(kw_only=True)
@entity("odd")
class LinkOfText(Entity):
    id: OddId
    note: Annotated[str, Link("notes")] = ""


@frozen(kw_only=True)
@entity("odd")
class OptionalNaming(Entity):
    id: OddId
    title: Annotated[str, Naming()] = ""


@frozen(kw_only=True)
@entity("odd")
class NamingNumber(Entity):
    id: OddId
    number: Annotated[int, Naming()]


@frozen(kw_only=True)
@entity("odd")
class TwoNames(Entity):
    id: OddId
    one: Annotated[Line, Naming()]
    two: Annotated[Line, Naming()]


@frozen(kw_only=True)
@entity("odd")
class ValidityOfText(Entity):
    id: OddId
    since: Annotated[str, Validity()] = ""


@frozen(kw_only=True)
@entity("odd")
class RuleOfNothing(Entity):
    id: OddId

    @invariant("ODD-001", "it is odd", fields=("nothing",))
    def _odd(self) -> bool:
        return True


@frozen(kw_only=True)
@value
class Node:
    inner: "tuple[Node, ...]" = ()


@frozen(kw_only=True)
@entity("odd")
class Tree(Entity):
    id: OddId
    top: tuple[Node, ...] = ()


REFUSED = {
    "not declared": ([int], "int is not declared"),
    "no class": ([5], "is not declared"),
    "a value": ([Odds], "Odds is a value, not a kind"),
    "id without a type": ([TextId], "id"),
    "two of one name": ([Need, OtherNeed], "two classes are named 'need'"),
    "two of one plural": ([Need, OtherPlural], "two kinds are stored as 'needs'"),
    "two of one id": ([Need, BorrowedId], "two kinds have ids of NeedId"),
    "no tags": ([NoTags], "NoTags lacks tags, notes"),
    "unsound default": ([BadDefault], "BadDefault.share: its default is unsound"),
    "list as default": ([ListDefault], "ListDefault.links: its default is unsound"),
    "link of text": ([LinkOfText], "LinkOfText.note: only ids of elements"),
    "optional name": ([OptionalNaming], "OptionalNaming.title: only a text"),
    "number as name": ([NamingNumber], "NamingNumber.number: only a text"),
    "two names": ([TwoNames], "TwoNames: only one field can be Naming"),
    "validity of text": ([ValidityOfText], "ValidityOfText.since: only a Period"),
    "rule of nothing": ([RuleOfNothing], "RuleOfNothing._odd names no field"),
    "value in itself": ([Tree], "Node holds values of its own class"),
}


@pytest.mark.parametrize(("classes", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_a_kind_is_refused_when_it_is_read(
    classes: list[Any], words: str
) -> None:
    with pytest.raises(DeclarationError, match=words):
        Kinds(classes)


def test_kinds_of_a_third_party_may_refer_to_any_kind() -> None:
    TagId = NewType("TagId", str)

    @frozen(kw_only=True)
    @entity("acme.tag", level=2)
    class Tag(Entity):
        id: TagId
        of: Annotated[AnyId, Link("tags")]
        period: Annotated[Period | None, Validity()] = None

    kinds = Kinds([Stakeholder]) | {Tag}
    assert kinds["acme.tag"].level == 2
    assert kinds.targets(kinds["acme.tag"].by_name["of"]) is None
