import ast
from datetime import date

import pytest

import missionkit as mk
from tools.draft_methods import draft_methods
from tools.generate import PACKAGE


def methods(source: str) -> str:
    """Return the class in a module's source, whatever its layout is."""
    classes = [n for n in ast.parse(source).body if isinstance(n, ast.ClassDef)]
    return ast.dump(classes[0])


def test_the_typed_methods_are_current() -> None:
    path = PACKAGE / "domain" / "draft_methods.py"

    assert methods(path.read_text(encoding="utf-8")) == methods(draft_methods())


@pytest.mark.parametrize("spec", mk.KINDS, ids=lambda spec: str(spec.kind))
def test_there_is_a_method_for_every_kind(spec: mk.Spec) -> None:
    assert callable(getattr(mk.Draft, spec.kind))


def test_links_take_elements_and_ids() -> None:
    with mk.draft("Trust") as d:
        tenants = d.stakeholder("Tenants")
        warm = d.need("Warm homes", stakeholder=tenants)
        dry = d.need("Dry homes", stakeholder="tenants")
        both = d.objective("Insulate", needs=[warm, dry.id])

    assert d.model.get(mk.Need, "dry-homes").stakeholder == "tenants"
    assert both.needs == ("warm-homes", "dry-homes")


def test_words_become_members_and_lists_become_tuples() -> None:
    d = mk.Draft()
    need = d.need("  Warm homes\r\n", status="accepted", tags=["a", "b"])
    tenants = d.stakeholder("Tenants", stakes=["customer", "customer"])

    assert need.statement == "Warm homes"
    assert need.status is mk.NeedStatus.ACCEPTED
    assert need.tags == ("a", "b")
    assert tenants.stakes == frozenset({"customer"})


def test_foreign_data_may_be_a_plain_mapping() -> None:
    d = mk.Draft()
    ext = mk.Ext({"acme": {"rank": 1}})

    assert d.need("One", ext={"acme": {"rank": 1}}).ext == ext
    assert d.need("Two", ext=ext).ext is ext


def test_foreign_data_that_are_no_mapping_are_refused() -> None:
    with pytest.raises(mk.InvalidValueError, match="ext must be an Ext"):
        mk.Draft().need("One", ext=3)  # type: ignore[arg-type]  # on purpose


def test_ids_are_made_from_names_and_never_taken_twice() -> None:
    d = mk.Draft()

    assert [d.need("Warm!").id for _ in range(3)] == ["warm", "warm-2", "warm-3"]
    assert d.need("暖かい家").id == "need-1"
    assert d.need("寒い家").id == "need-2"
    assert d.need("Warm", id="mine").id == "mine"


def test_a_party_is_never_named_by_its_id() -> None:
    d, tokens = mk.Draft(), iter(["7f3k", "7f3k"])
    e = mk.Draft(token=lambda: next(tokens))

    assert [d.party("Ana Ruiz").id, d.party("Ben Ode").id] == ["party-1", "party-2"]
    assert [e.party("Ana").id, e.party("Ben").id] == ["party-7f3k", "party-7f3k-2"]


def test_every_fault_of_an_element_is_told_at_once() -> None:
    with pytest.raises(mk.InvalidValueError) as caught:
        mk.Draft().need(" ", importance=7, status="acepted")

    assert [(i.path, i.code) for i in caught.value.issues] == [
        ("statement", "MK-DOM-002"),
        ("status", "MK-DOM-007"),
        ("importance", "MK-DOM-002"),
    ]
    assert caught.value.issues[1].fix == "did you mean 'accepted'?"


def test_what_is_missing_is_named() -> None:
    with pytest.raises(mk.InvalidValueError, match="measure is missing"):
        mk.Draft().make(mk.Observation)


def test_an_unknown_field_is_named_with_the_nearest() -> None:
    d = mk.Draft()
    need = d.need("Warm")

    with pytest.raises(mk.InvalidValueError, match="did you mean 'importance'"):
        d.set(need, importnace=0.5)
    with pytest.raises(mk.InvalidValueError, match="no field 'q'"):
        d.make(mk.Need, "Warm", q=1)


def test_set_changes_an_element_and_checks_it() -> None:
    d = mk.draft("Trust")
    need = d.need("Warm")

    assert d.set(need, importance=0.5, tags=["x"]) == d.model["warm"]
    with pytest.raises(mk.InvalidValueError, match="importance"):
        d.set("warm", importance=2)
    assert d.model.get(mk.Need, "warm").importance == 0.5


def test_an_id_cannot_be_changed() -> None:
    d = mk.Draft()
    need = d.need("Warm")

    with pytest.raises(mk.InvalidValueError, match="cannot be changed"):
        d.set(need, id="cold")
    assert d.set(need, id="warm", notes="same") == d["warm"]


def test_what_others_refer_to_is_not_removed() -> None:
    d = mk.draft("Trust")
    tenants = d.stakeholder("Tenants")
    need = d.need("Warm", stakeholder=tenants)

    with pytest.raises(mk.ModelError, match="stakeholder of 'warm'"):
        d.remove(tenants)
    d.remove(need, tenants)
    assert len(d.model) == 1


def test_an_unknown_id_is_not_found() -> None:
    d = mk.Draft()
    d.need("Warm")

    with pytest.raises(mk.NotFoundError, match="did you mean 'warm'"):
        d["warn"]


def test_add_takes_elements_as_they_are_but_no_id_twice() -> None:
    d = mk.Draft()
    need = mk.Need(id=mk.NeedId("warm"), statement="Warm")
    d.add(need)

    assert list(d) == [need]
    with pytest.raises(mk.ModelError, match="taken already"):
        d.add(need)


def test_structural_faults_come_together_at_the_end_of_the_block() -> None:
    def block() -> None:
        with mk.draft("Trust") as d:
            d.need("Warm", stakeholder="nobody")
            d.goal("Grow", intent="nothing")

    with pytest.raises(mk.ModelError) as caught:
        block()
    assert {i.ref for i in caught.value.issues} == {"warm", "grow"}


def test_a_failing_block_keeps_its_own_error() -> None:
    def block() -> None:
        with mk.draft("Trust") as d:
            d.need("Warm", stakeholder="nobody")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        block()


def test_a_draft_goes_on_from_a_model() -> None:
    before = mk.draft("Trust").model
    d = mk.Draft(before)

    assert d.model is before
    d.need("Warm")
    assert len(d.model) == len(before) + 1


def test_values_are_passed_through() -> None:
    d = mk.Draft()
    period = mk.Period(date(2026, 1, 1), date(2026, 12, 31))

    assert d.objective("Insulate", period=period).period is period


def test_an_opaque_element_cannot_be_set() -> None:
    d = mk.Draft(mk.Model([mk.Opaque(kind="acme.bet", id="b")]))

    with pytest.raises(mk.InvalidValueError, match=r"class of 'acme\.bet'"):
        d.set("b", notes="x")


def test_an_element_that_is_no_reference_is_refused_by_the_constructor() -> None:
    with pytest.raises(mk.InvalidValueError, match="stakeholder must be an id"):
        mk.Draft().make(mk.Need, "Warm", stakeholder=7)


def test_foreign_data_that_are_no_json_are_refused_in_our_words() -> None:
    with pytest.raises(mk.InvalidValueError, match=r"MK-DOM-035.*a key must be text"):
        mk.Draft().need("One", ext={1: 2})  # type: ignore[dict-item]  # on purpose


def test_the_same_id_twice_in_one_call_is_refused() -> None:
    d = mk.Draft()
    one = mk.Need(id=mk.NeedId("a"), statement="One")

    with pytest.raises(mk.ModelError, match="is the id of 2 elements"):
        d.add(one, mk.Need(id=mk.NeedId("a"), statement="Two"))
    assert list(d) == []


def test_the_same_element_twice_is_removed_once() -> None:
    d = mk.Draft()
    need = d.need("Warm")
    d.remove(need, need.id)

    assert list(d) == list(d.model) == []


@pytest.mark.parametrize("stranger", [5, None, mk.Period(date(2026, 1, 1))])
def test_what_is_no_element_is_refused_and_changes_nothing(stranger: object) -> None:
    d = mk.Draft()

    with pytest.raises(mk.ModelError, match="MK-STR-004"):
        d.add(stranger)  # type: ignore[arg-type]  # on purpose
    with pytest.raises(mk.NotFoundError):
        d[stranger]  # type: ignore[index]  # on purpose
    assert list(d) == list(d.model) == []


def test_what_cannot_be_in_a_set_is_refused_by_the_constructor() -> None:
    with pytest.raises(mk.InvalidValueError, match="stakes must be a frozenset"):
        mk.Draft().stakeholder("A", stakes=[["x"]])  # type: ignore[list-item]  # on purpose
