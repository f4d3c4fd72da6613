# ruff: noqa: ANN401 - JSON values of any type

import json
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from missionkit.codec.document import dumps, loads
from missionkit.codec.limits import Limits
from missionkit.domain.declaration import Entity, entity, invariant
from missionkit.domain.ext import Ext
from missionkit.domain.ids import (
    AnyId,
    NeedId,
    ObjectiveId,
    ObservationId,
    OrganizationId,
    RelationId,
    StakeholderId,
    SuccessMeasureId,
)
from missionkit.domain.intent import Organization
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.measure import Observation, SuccessMeasure
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.plan import Objective
from missionkit.domain.relation import Relation
from missionkit.domain.spec import DeclarationError
from missionkit.domain.stakeholder import Need, NeedStatus, Stakeholder
from missionkit.domain.values import Period
from missionkit.errors import DocumentError
from missionkit.issue import Issue
from missionkit.samples import sample
from missionkit.testing.strategies import models
from tests.codec.models import chance
from tests.codec.vendors import WITH_BETS

MODEL = Model(
    [
        Need(
            id=NeedId("warm"),
            statement="A home that is warm in winter",
            stakeholder=StakeholderId("tenants"),
            importance=0.9,
            tags=("housing", "winter"),
        ),
        Need(id=NeedId("dry"), statement='"Dry" walls, été', status=NeedStatus.MET),
        Organization(id=OrganizationId("harbour"), name="Harbour Housing Trust"),
        Stakeholder(
            id=StakeholderId("tenants"),
            name="Tenants",
            stakes=frozenset({"society", "customer"}),
            ext=Ext({"crm": {"rank": 1}}),
        ),
        Objective(
            id=ObjectiveId("insulate"),
            statement="Insulate every block",
            needs=(NeedId("warm"),),
            period=Period(date(2026, 1, 1), date(2026, 12, 31)),
        ),
    ]
)
TEXT = """\
{
  "schema": "missionkit/1",
  "organization": "harbour",
  "organizations": [
    {
      "id": "harbour",
      "name": "Harbour Housing Trust"
    }
  ],
  "stakeholders": [
    {
      "id": "tenants",
      "name": "Tenants",
      "stakes": [
        "customer",
        "society"
      ],
      "ext": {
        "crm": {
          "rank": 1
        }
      }
    }
  ],
  "needs": [
    {
      "id": "dry",
      "statement": "\\"Dry\\" walls, été",
      "status": "met"
    },
    {
      "id": "warm",
      "statement": "A home that is warm in winter",
      "stakeholder": "tenants",
      "importance": 0.9,
      "tags": [
        "housing",
        "winter"
      ]
    }
  ],
  "objectives": [
    {
      "id": "insulate",
      "statement": "Insulate every block",
      "needs": [
        "warm"
      ],
      "period": {
        "start": "2026-01-01",
        "end": "2026-12-31"
      }
    }
  ]
}
"""


def document(**arrays: object) -> str:
    return json.dumps({"schema": "missionkit/1", **arrays})


def refused(text: str | bytes, **options: Any) -> tuple[Issue, ...]:
    with pytest.raises(DocumentError) as caught:
        loads(text, source="plan.json", **options)
    return caught.value.issues


def places(text: str, **options: Any) -> list[str]:
    return [f"{i.code} {i.path} {i.source}" for i in refused(text, **options)]


def test_the_document_form_is_as_promised() -> None:
    assert dumps(MODEL) == TEXT
    assert loads(TEXT).model == MODEL
    assert loads(TEXT.encode()).model == MODEL


def test_the_sample_organization_survives_the_round_trip() -> None:
    model = sample()
    text = dumps(model)

    assert loads(text).model == model
    assert dumps(loads(text).model) == text


def test_a_document_can_be_written_on_one_line() -> None:
    text = dumps(MODEL, indent=None)

    assert text.count("\n") == 1
    assert loads(text).model == MODEL


def test_an_empty_model_is_a_document_too() -> None:
    assert dumps(Model()) == '{\n  "schema": "missionkit/1"\n}\n'
    assert loads(dumps(Model())).model == Model()


def test_what_was_loaded_tells_its_source_and_kinds() -> None:
    imported = loads(TEXT, source="plan.json", kinds=WITH_BETS)

    assert (imported.source, imported.issues, imported.lost) == ("plan.json", (), ())
    assert imported.model.kinds is WITH_BETS


@given(models())
def test_any_model_survives_the_round_trip_unchanged(model: Model) -> None:
    text = dumps(model)
    again = loads(text)

    assert again.model == model
    assert again.issues == ()
    assert dumps(again.model) == text
    assert [e.id for e in again.model] == [e.id for e in model]


@given(models(WITH_BETS))
def test_a_third_partys_kind_survives_it_too(model: Model) -> None:
    assert loads(dumps(model), kinds=WITH_BETS).model == model


@given(models(WITH_BETS))
def test_without_its_class_a_kind_is_kept_and_written_back_unchanged(
    model: Model,
) -> None:
    text = dumps(model)
    opened = loads(text)
    bets = {element.id for element in model if type(element).__name__ == "Bet"}

    assert {element.id for element in opened.model.opaque} == bets
    assert [issue.code for issue in opened.issues] == ["MK-DOC-024"] * bool(bets)
    assert dumps(opened.model) == text
    assert loads(dumps(opened.model), kinds=WITH_BETS).model == model


@given(models(), st.integers(0, 2**32))
def test_permuting_a_document_changes_nothing(model: Model, seed: int) -> None:
    random = chance(seed)
    arrays = list(json.loads(dumps(model)).items())
    random.shuffle(arrays)
    shuffled = {}
    for key, held in arrays:
        if isinstance(held, list):
            random.shuffle(held)
            held = [_shuffled(record, random) for record in held]  # noqa: PLW2901
        shuffled[key] = held
    again = loads(json.dumps(shuffled)).model

    assert again == model
    assert dumps(again) == dumps(model)


def _shuffled(record: dict[str, Any], random: Random) -> dict[str, Any]:
    items = list(record.items())
    random.shuffle(items)
    return dict(items)


def test_vendors_kinds_come_last_by_name_whatever_the_order_of_kinds() -> None:
    both = document(
        **{"zoo.cat": [{"id": "c"}], "acme.bat": [{"id": "b"}], "needs": []}
    )

    assert list(json.loads(dumps(loads(both).model))) == [
        "schema",
        "acme.bat",
        "zoo.cat",
    ]


def test_an_absent_kind_is_warned_of_once_with_its_place() -> None:
    text = document(**{"acme.bets": [{"id": "b"}, {"id": "c", "x": [1.50, None]}]})
    imported = loads(text, source="f", kinds=WITH_BETS)
    (issue,) = imported.issues

    assert (issue.code, issue.path, str(issue.source)) == (
        "MK-DOC-024",
        '["acme.bets"]',
        "f:1:28",
    )
    assert "acme.bet'" in issue.fix
    assert imported.model.opaque[1].data == Ext({"id": "c", "x": [1.5, None]})


def test_other_elements_can_link_to_one_whose_class_is_absent() -> None:
    relation = {"id": "r", "source": "b", "target": "w"}
    arrays = {"needs": [{"id": "w", "statement": "x"}], "relations": [relation]}
    text = document(**arrays, **{"acme.bet": [{"id": "b"}]})

    assert len(loads(text).model) == 3


@pytest.mark.parametrize(
    "record", [7, "b", None, [], {}, {"id": 7}, {"id": "B"}, {"id": "../x"}]
)
def test_an_element_of_an_absent_kind_has_an_id(record: object) -> None:
    assert places(document(**{"acme.bet": [record]})) == [
        'MK-DOC-012 ["acme.bet"][0] plan.json:1:41'
    ]


def nested(depth: int) -> str:
    deep: object = 0
    for _ in range(depth):
        deep = [deep]
    return document(**{"acme.bet": [{"id": "b", "x": deep}]})


def test_an_element_of_an_absent_kind_may_be_as_deep_as_a_document() -> None:
    model = loads(nested(61)).model

    assert loads(dumps(model)).model == model


def test_an_element_of_an_absent_kind_is_not_too_deep() -> None:
    (issue,) = refused(nested(70), limits=Limits(depth=100))

    assert (issue.code, issue.path) == ("MK-DOC-012", '["acme.bet"][0]')


def test_an_element_of_an_absent_kind_may_have_nothing_but_an_id() -> None:
    model = Model([Opaque(kind="acme.bet", id="b")])

    assert loads(dumps(model)).model == model


def test_what_was_erased_keeps_its_kind_and_id() -> None:
    model = Model(
        [
            Need(
                id=NeedId("warm"),
                statement="Warm",
                stakeholder=StakeholderId("tenants"),
            ),
            Opaque(kind="stakeholder", id=AnyId("tenants"), erased=True),
            Opaque(kind="acme.bet", id=AnyId("b"), erased=True),
            Opaque(kind="acme.bet", id=AnyId("a"), erased=True),
        ]
    )
    text = dumps(model)

    assert [record["id"] for record in json.loads(text)["erased"]] == [
        "a",
        "b",
        "tenants",
    ]
    assert loads(text).model == model


@pytest.mark.parametrize(
    "record", [7, {}, {"id": "a"}, {"kind": "need"}, {"kind": "Need", "id": "a"},
               {"kind": "need", "id": "a", "x": 1}, {"kind": 7, "id": "a"}]
)  # fmt: skip
def test_what_was_erased_has_nothing_else(record: object) -> None:
    assert places(document(erased=[record])) == ["MK-DOC-012 erased[0] plan.json:1:39"]


def test_opaque_data_without_the_id_get_it_back() -> None:
    model = Model(
        [
            Opaque(kind="acme.bet", id=AnyId("b")),
            Opaque(kind="acme.bet", id=AnyId("c"), data=Ext({"x": 1})),
        ]
    )

    assert json.loads(dumps(model))["acme.bet"] == [{"id": "b"}, {"id": "c", "x": 1}]


def test_all_faults_come_at_once_in_the_order_of_the_document() -> None:
    text = """{"schema": "missionkit/1",
 "organization": "harbour",
 "stakeholders": [{"id": "tenants", "name": "Tenants"}],
 "needs": [{"id": "warm", "statement": "Warm", "stakeholder": "tenant"},
           {"id": "warm", "statement": "Dry", "importance": 90},
           {"id": "calm", "stakeholder": "tennants", "importnce": 0.1}],
 "objectives": 7,
 "gaols": []}"""

    assert places(text) == [
        "MK-STR-025 needs[0].stakeholder plan.json:4:63",
        "MK-STR-001 needs[1].id plan.json:5:19",
        "MK-DOM-002 needs[1].importance plan.json:5:61",
        "MK-DOC-013 needs[2] plan.json:6:12",
        "MK-STR-025 needs[2].stakeholder plan.json:6:42",
        "MK-DOC-014 needs[2].importnce plan.json:6:54",
        "MK-DOC-012 objectives plan.json:7:16",
        "MK-DOC-022 gaols plan.json:8:2",
    ]


def test_every_fault_says_what_why_and_what_to_do() -> None:
    text = document(needs=[{"id": "w", "statement": "x", "status": "decliend"}])

    assert str(refused(text)[0]) == (
        "MK-DOC-015 error: status must be one of proposed, accepted, declined, met, "
        "withdrawn, got 'decliend'.\n"
        "  at   needs[0].status (plan.json:1:78)\n"
        "  why  only the values that are named have a meaning here\n"
        "  fix  did you mean 'declined'?"
    )


def test_a_link_to_a_faulty_element_is_not_blamed() -> None:
    need = {"id": "warm", "statement": "x", "stakeholder": "tenants"}
    holder = {"id": "tenants", "name": 7, "representative": 7}

    assert [
        p.split()[1] for p in places(document(needs=[need], stakeholders=[holder]))
    ] == [
        "stakeholders[0].name",
        "stakeholders[0].representative",
    ]


def test_a_fault_of_nobody_in_particular_stands_at_the_top() -> None:
    halves = Kinds(cls for cls in KINDS.classes if cls is not Relation)
    relation = Relation(
        id=RelationId("r"),
        source=AnyId("a"),
        target=AnyId("b"),
    )

    assert "relations" not in dumps(Model(kinds=halves))
    assert relation.id == "r"
    assert places(document(relations=[]), kinds=halves) == [
        "MK-DOC-022 relations plan.json:1:28"
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "MK-DOC-018  plan.json:1:1"),
        ("text", "MK-DOC-018  plan.json:1:1"),
        (7, "MK-DOC-018  plan.json:1:1"),
        (None, "MK-DOC-018  plan.json:1:1"),
        ({}, "MK-DOC-019  plan.json:1:1"),
        ({"schema": None}, "MK-DOC-020 schema plan.json:1:12"),
        ({"schema": 1}, "MK-DOC-020 schema plan.json:1:12"),
        ({"schema": "missionkit/1.0"}, "MK-DOC-020 schema plan.json:1:12"),
        ({"schema": "missionkit/01"}, "MK-DOC-020 schema plan.json:1:12"),
        ({"schema": "missionkit/1\n"}, "MK-DOC-020 schema plan.json:1:12"),
        ({"schema": "stratml/1"}, "MK-DOC-020 schema plan.json:1:12"),
        ({"schema": "missionkit/2"}, "MK-DOC-021 schema plan.json:1:12"),
        ({"schema": "missionkit/999999"}, "MK-DOC-021 schema plan.json:1:12"),
    ],
)
def test_a_document_names_its_schema(value: object, said: str) -> None:
    assert places(json.dumps(value)) == [said]


def test_a_newer_schema_is_refused_by_name() -> None:
    (issue,) = refused('{"schema": "missionkit/7", "news": []}')

    assert "'missionkit/7'" in issue.message
    assert "newer release" in issue.fix


@pytest.mark.parametrize(
    ("organization", "organizations", "sound"),
    [
        ("harbour", [{"id": "harbour", "name": "H"}], True),
        ("port", [{"id": "harbour", "name": "H"}], False),
        ("unit", [{"id": "harbour", "name": "H"},
                  {"id": "unit", "name": "U", "parent": "harbour"}], False),
        ("harbour", [], False),
        (7, [], False),
        (None, [], True),
        ([], [{"id": "harbour", "name": "H"}], False),
    ],
    ids=range(7),
)  # fmt: skip
def test_the_organization_named_at_the_top_is_the_root(
    organization: object,
    organizations: list[object],
    sound: bool,  # noqa: FBT001
) -> None:
    text = document(organization=organization, organizations=organizations)

    if sound:
        loads(text)
    else:
        assert places(text) == ["MK-DOC-023 organization plan.json:1:44"]


def test_lenient_keeps_unknown_fields_in_ext_and_says_so() -> None:
    need = {"id": "warm", "statement": "x", "owner": {"name": "Ana"}, "x y": 1}
    measure = {
        "id": "m",
        "name": "Rent",
        "frequency": {"every": 1, "unit": "month", "day": 3},
        "targets": [{"value": "1", "mood": "good"}],
        "ext": {"unknown": {"old": 1}, "crm": {}},
    }
    text = document(needs=[need], success_measures=[measure])
    imported = loads(text, lenient=True)

    assert imported.model["warm"].ext == Ext(
        {"unknown": {"owner": {"name": "Ana"}, '["x y"]': 1}}
    )
    assert imported.model["m"].ext == Ext(
        {
            "unknown": {"old": 1, "frequency.day": 3, "targets[0].mood": "good"},
            "crm": {},
        }
    )
    assert [(i.code, i.severity.value, i.path) for i in imported.issues] == [
        ("MK-DOC-025", "advice", "needs[0].owner"),
        ("MK-DOC-025", "advice", 'needs[0]["x y"]'),
        ("MK-DOC-025", "advice", "success_measures[0].frequency.day"),
        ("MK-DOC-025", "advice", "success_measures[0].targets[0].mood"),
    ]
    assert loads(dumps(imported.model)).model == imported.model


def test_lenient_reports_what_no_element_could_keep_as_lost() -> None:
    text = document(gaols=[{"id": "g"}], needs=[])
    imported = loads(text, lenient=True, source="f")
    (lost,) = imported.lost

    assert (lost.path, lost.value, str(lost.source)) == (
        "gaols",
        '[{"id": "g"}]',
        "f:1:28",
    )
    assert [(i.code, i.path) for i in imported.issues] == [("MK-DOC-026", "gaols")]


@pytest.mark.parametrize(
    ("record", "codes"),
    [
        ({"statement": 7, "x": 1}, ["MK-DOC-012"]),
        ({"x": 1, "ext": []}, ["MK-DOC-012", "MK-DOC-014"]),
        ({"x": 1, "ext": {"unknown": 7}}, ["MK-DOC-014"]),
        ({"x": 1, "ext": {"unknown": {"x": 2}}}, ["MK-DOC-014"]),
        ({"id": 7}, ["MK-DOC-012"]),
    ],
    ids=range(5),
)  # fmt: skip
def test_lenient_forgives_nothing_else_and_overwrites_nothing(
    record: dict[str, Any], codes: list[str]
) -> None:
    need = {"id": "w", "statement": "x", **record}
    found = refused(document(needs=[need]), lenient=True)

    assert sorted(issue.code for issue in found) == codes


def test_reading_stops_after_as_many_faults_as_asked_for() -> None:
    needs = [{"id": f"n{n}", "stakeholder": "nobody"} for n in range(50)]

    dangling = [{"id": f"n{n}", "statement": "x", "stakeholder": "y"} for n in range(9)]
    half = document(
        needs=dangling, objectives=[{"id": "o", "statement": "x", "needs": ["x", "y"]}]
    )
    found = refused(half, limits=Limits(faults=10))
    assert [i.code for i in found] == ["MK-STR-025"] * 10 + ["MK-DOC-029"]
    for key, code in (("needs", 13), ("erased", 12), ("acme.bet", 12)):
        records = needs if key == "needs" else [7] * 50
        found = refused(
            document(**{key: records, "gaols": []}), limits=Limits(faults=10)
        )
        assert [i.code for i in found] == [f"MK-DOC-0{code}"] * 10 + ["MK-DOC-029"]


def test_text_is_tidied_when_it_is_loaded() -> None:
    need = {"id": "w", "statement": "  Warm\r\nand dry ", "notes": " kept "}
    loaded = loads(document(needs=[need])).model.get(Need, "w")

    assert (loaded.statement, loaded.notes) == ("Warm\nand dry", " kept ")


def test_an_explicit_null_stands_for_an_optional_field_only() -> None:
    need = {"id": "w", "statement": "x", "importance": None}

    assert loads(document(needs=[need])).model.get(Need, "w").importance is None
    assert places(document(needs=[{**need, "status": None}]))[0].startswith(
        "MK-DOC-013"
    )


def test_running_out_of_memory_is_not_taken_for_a_fault() -> None:
    @frozen(kw_only=True)
    @entity("acme.hog")
    class Hog(Entity):
        """Takes more than there is."""

        id: AnyId

        @invariant("ACME-HOG-001", "there is memory left", fields=("id",))
        def _takes_all(self) -> bool:
            raise MemoryError

    with pytest.raises(MemoryError):
        loads(document(**{"acme.hog": [{"id": "a"}]}), kinds=KINDS | {Hog})


def test_equal_models_give_equal_text() -> None:
    def model(whole: float, value: str, ext: dict[str, Any]) -> Model:
        bet = {**ext, "id": "b", "stake": ext}
        need = Need(id=NeedId("w"), statement="x", importance=whole, ext=Ext(ext))
        measure = SuccessMeasure(id=SuccessMeasureId("m"), name="Heat")
        seen = Observation(
            id=ObservationId("o"), measure=measure.id, value=Decimal(value)
        )
        opaque = Opaque(kind="acme.bet", id=AnyId("b"), data=Ext(bet))
        return Model([need, measure, seen, opaque])

    one = model(1, "1.0", {"a": [1, {"c": 0, "d": 2}], "b": 1})
    other = model(1.0, "1.00", {"b": 1.0, "a": [1.0, {"d": 2, "c": -0.0}]})

    assert one == other
    assert dumps(one) == dumps(other)
    assert loads(dumps(one)).model == one


def test_vendors_kinds_are_written_by_name_with_and_without_their_class() -> None:
    bet = {
        "name": "B",
        "stake": {"currency": "EUR", "amount": "1"},
        "odds": [{"on": "2026-01-01", "chance": 1}],
        "id": "b",
    }
    text = document(**{"acme.bet": [bet]})
    known = dumps(loads(text, kinds=WITH_BETS).model)

    assert dumps(loads(text).model) == known
    assert list(json.loads(known)["acme.bet"][0]) == ["id", "name", "odds", "stake"]


def test_a_document_has_so_many_arrays_at_most() -> None:
    text = document(**{f"acme.k{n}": [] for n in range(999)})

    assert len(loads(text).issues) == 999
    (issue,) = refused(text, limits=Limits(arrays=999))
    assert (issue.code, issue.path, str(issue.source)) == (
        "MK-DOC-008",
        "",
        "plan.json:1:1",
    )
    assert "Limits(arrays=1000)" in issue.fix


def test_remarks_beyond_the_limit_are_counted_and_not_listed() -> None:
    needs = [{"id": f"n{n}", "statement": "x", "y": n} for n in range(50)]
    imported = loads(document(needs=needs), lenient=True, limits=Limits(faults=10))

    assert [i.code for i in imported.issues] == ["MK-DOC-025"] * 10 + ["MK-DOC-030"]
    assert "40 more" in imported.issues[-1].message
    assert imported.model["n49"].ext == Ext({"unknown": {"y": 49}})


def test_too_many_unknown_fields_in_one_element_are_faults_for_lenient_too() -> None:
    need = {"id": "w", "statement": "x", **{f"x{n}": n for n in range(11)}}
    found = refused(document(needs=[need]), lenient=True, limits=Limits(faults=10))

    assert [i.code for i in found] == ["MK-DOC-014"] * 10 + ["MK-DOC-029"]


def test_after_many_unknown_names_no_near_one_is_looked_for() -> None:
    found = refused(document(**{f"need{n}": [] for n in range(200)}))

    assert sum("did you mean" in issue.fix for issue in found) == 100


def test_foreign_data_as_deep_as_can_be_survive_with_and_without_the_class() -> None:
    deep: object = 0
    for _ in range(31):
        deep = [deep]
    bet = {
        "id": "b",
        "name": "B",
        "stake": {"amount": "1", "currency": "EUR"},
        "odds": [{"chance": 1, "on": "2026-01-01"}],
        "ext": {"a": deep},
    }
    model = loads(document(**{"acme.bet": [bet]}), kinds=WITH_BETS).model

    assert dumps(loads(dumps(model)).model) == dumps(model)


def test_long_foreign_text_survives() -> None:
    ext = Ext({"a": "\n" * 999_999})
    model = Model([Need(id=NeedId("w"), statement="x", ext=ext)])

    assert loads(dumps(model)).model == model


def test_a_field_with_a_name_of_cattrs_own_is_refused() -> None:
    @frozen(kw_only=True)
    @entity("acme.pump")
    class Pump(Entity):
        """Has a field whose name is taken."""

        id: AnyId
        converter: str = ""

    with pytest.raises(DeclarationError, match=r"Pump\.converter"):
        loads(document(**{"acme.pump": []}), kinds=KINDS | {Pump})
