from missionkit.domain.draft import draft
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.issue import Issue
from missionkit.ports.format import Imported, Lost
from missionkit.report.people import hiding, import_without_names, without_names


def staffed() -> Model:
    with draft("Trust") as d:
        d.party("Ann Smith", id="party-1")
        d.party("Ann", id="party-2")
        d.party("Bo", id="party-3")
    return d.model


def test_the_id_of_a_party_stands_for_its_name() -> None:
    model = without_names(staffed())

    assert [model.title(ref) for ref in ("party-1", "party-2", "party-3")] == [
        "party-1",
        "party-2",
        "party-3",
    ]
    assert len(model) == len(staffed())


def test_names_are_hidden_in_texts_the_longest_first_and_in_any_case() -> None:
    hide = hiding(staffed().of(Party))

    assert hide("ann smith wrote; Ann agreed") == "party-1 wrote; party-2 agreed"
    assert hide("Bob and Bo") == "Bob and Bo"


def test_where_nobody_is_named_texts_stay() -> None:
    assert hiding(())("Ann") == "Ann"


def test_what_an_import_says_is_without_names() -> None:
    model = staffed()
    said = Issue(code="MK-XML-001", message="Ann Smith?", value="'Ann'", fix="ask Ann")
    lost = Lost("Plan/Submitter", "Ann Smith", "no place for Ann")
    hidden = import_without_names(Imported(model, (said,), (lost,), "plan.xml"), model)

    assert hidden.model == without_names(model)
    assert hidden.issues[0].message == "party-1?"
    assert hidden.issues[0].value == "'party-2'"
    assert hidden.issues[0].fix == "ask party-2"
    assert hidden.lost == (Lost("Plan/Submitter", "party-1", "no place for party-2"),)
    assert hidden.source == "plan.xml"
