from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missionkit.domain.draft import draft
from missionkit.domain.ext import NO_EXT, Ext
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.party import Party, PartyKind
from missionkit.domain.stakeholder import Need, StakeholderKind
from missionkit.issue import Issue
from missionkit.ports.format import Imported, Lost
from missionkit.report.pack import Pack, pack
from missionkit.report.people import hiding, without_names
from missionkit.rules.check import check
from missionkit.samples import SAMPLE_DAY, sample
from missionkit.testing.strategies import models
from missionkit.trace.coverage import coverage

DAY = date(2026, 11, 21)


def known(*names: str) -> Model:
    """Return a model in which persons are known as party-1, party-2 and so on."""
    with draft("Trust") as d:
        for at, name in enumerate(names, 1):
            d.party(name, id=f"party-{at}")
    return d.model


def texts(made: Pack) -> str:
    return f"{made.html}\n{made.markdown}\n{made.issues_json}\n{made.summary}"


def test_the_id_of_a_party_stands_for_its_name_also_of_a_unit() -> None:
    with draft("Trust") as d:
        d.party("Ann Smith", id="party-1")
        d.party("Repairs", id="party-2", kind=PartyKind.UNIT)
        d.need("Repairs in time", id="n")
    hidden, _ = without_names(d.model)

    assert [party.name for party in hidden.of(Party)] == ["party-1", "party-2"]
    assert hidden.title("n") == "Repairs in time"


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("ann smith wrote; Ann agreed", "party-1 wrote; party-2 agreed"),
        ("ANN  SMITH's, (Ann)", "party-1's, (party-2)"),
        ("Ann\u00a0Smith\nAnn", "party-1\nparty-2"),
        ("Bob and Bo", "Bob and party-3"),
        (
            "the part Starting of Department: Art",
            "the part Starting of Department: party-4",
        ),
        ("ART is art", "party-4 is art"),
        ("Ann Smithson, Annex, Anna_Ann", "party-2 Smithson, Annex, Anna_Ann"),
        ("D. O'Neil-Day and d.o`neil", "party-5 and d.o`neil"),
        ("Ren\u00e9 or Rene\u0301, not Rene", "party-6 or party-6, not Rene"),
        ("王小明说", "party-7说"),
        ("राम, रामायण", "party-8, रामायण"),
        ("C++ -- X", "C++ -- X"),
        ("AIIM wrote", "AIIM wrote"),
        ("", ""),
    ],
)
def test_whole_names_are_hidden_the_longest_first(said: str, hidden: str) -> None:
    names = ("Ann Smith", "Ann", "Bo", "Art", "D. O'Neil-Day", "Ren\u00e9", "王小明")
    model = known(*names, "राम", "X", "--", "AIIM")

    assert hiding(model).text(said) == hidden


def test_thousands_of_names_are_found_in_one_walk_over_a_text() -> None:
    hide = hiding(known(*(f"Ann Ann Number{at}" for at in range(5000))))

    assert hide.text("Ann " * 20_000 + "Number4999").endswith("Ann party-5000")


def test_names_are_hidden_in_every_text_of_the_pack_and_in_ids() -> None:
    with draft("Trust") as d:
        d.party("Jane Q. Secret", id="jane-q-secret-2")
        d.party("Zoe", id="party-9")
        holder = d.stakeholder("Jane Q. Secret", id="jane-q-secret")
        zoe = d.stakeholder("Zoe", id="zoe")
        d.need("Jane Q. Secret wants heat", stakeholder=holder, importance=1)
        d.need("Quiet", stakeholder=zoe, notes="JANE Q. SECRET said so")
        d.core_intent("A home for Jane  Q. Secret", vision="Warm homes")
        d.goal("Jane Q. Secret " * 20 + "is warm")
    made = pack(d.model, on=DAY)

    assert "secret" not in texts(made).lower()
    assert "zoe" not in texts(made).lower()
    assert "party-1 wants heat" in made.html
    assert "Jane Q. Secret wants heat" in pack(d.model, on=DAY, people=True).html


def test_a_stakeholder_who_is_a_person_is_hidden_and_a_group_is_not() -> None:
    with draft("Trust") as d:
        d.stakeholder("Gary Cole", id="gary-cole", kind=StakeholderKind.PERSON)
        d.stakeholder("The Tenants", id="the-tenants")
        d.need("Gary Cole and the tenants want heat", id="n")
    hidden, _ = without_names(d.model)

    assert hidden.title("n") == "stakeholder-1 and the tenants want heat"
    assert hidden.title("stakeholder-1") == "stakeholder-1"
    assert hidden.title("the-tenants") == "The Tenants"


def test_the_name_of_an_organization_stays() -> None:
    with draft("Ann Smith Trust") as d:
        d.party("Ann Smith Trust", id="party-1")
        d.need("Ann Smith Trust pays", id="n")
    hidden, _ = without_names(d.model)

    assert hidden.title("n") == "Ann Smith Trust pays"


def test_links_follow_ids_that_were_replaced() -> None:
    with draft("Trust") as d:
        d.party("Ann Smith", id="party-1")
        d.stakeholder("Ann Smith", id="ann-smith")
        d.need("Heat", id="heat-for-ann-smith", stakeholder="ann-smith")
        d.need("Taken", id="need-1")
    model = d.model.with_(Opaque(kind="acme.bet", id="bet-of-ann-smith"))
    hidden, _ = without_names(model)

    assert hidden.title("need-2") == "Heat"
    assert {need.stakeholder for need in hidden.of(Need)} == {"stakeholder-1", None}
    assert hidden.find("acme-bet-1") is not None


def test_a_text_stays_as_long_as_its_field_allows() -> None:
    with draft("Trust") as d:
        d.party("Al", id="party-123456")
        d.stakeholder("Al " * 166 + "Al", id="n")
    hidden, _ = without_names(d.model)

    assert hidden.title("n").startswith("party-123456 party-123456")
    assert len(hidden.title("n")) <= 500


def test_foreign_data_are_without_names_or_not_there() -> None:
    with draft("Trust") as d:
        d.party("Ann Smith", id="party-1")
        d.party("Bo", id="party-of-somebody")
        d.need("Heat", id="n", ext={"acme": {"by": ["Ann Smith", 1, None]}})
        d.need("Quiet", id="m", ext={"acme": "Bo " * 300_000})
    hidden, _ = without_names(d.model)

    assert hidden["n"].ext == Ext({"acme": {"by": ["party-1", 1, None]}})
    assert hidden["m"].ext == NO_EXT


def test_what_was_affirmed_stays_affirmed() -> None:
    with draft("Trust") as d:
        d.party("Ann Smith", id="party-1")
        d.stakeholder("Ann Smith", id="ann-smith")
        d.need("Heat", id="heat", stakeholder="ann-smith")
    digest = d.model.digest("ann-smith")
    assert digest is not None
    d.affirmation(
        source="heat",
        field="stakeholder",
        target="ann-smith",
        digest=digest,
        by="party-1",
        on=DAY,
    )
    hidden, _ = without_names(d.model)
    told, quiet = (
        [(m.name, m.value) for m in coverage(model, on=DAY).metrics]
        for model in (d.model, hidden)
    )

    assert told == quiet


def test_what_an_import_says_is_without_names() -> None:
    model = known("Ann Smith", "Ann")
    with draft("Trust") as d:
        d.party("Ann Smith", id="party-1")
        d.party("Ann", id="party-2")
        d.stakeholder("Ann Smith", id="ann-smith")
    model = d.model
    said = Issue(
        code="MK-XML-001",
        message="Ann Smith is read as 'ann-smith'?",
        value="'Ann'",
        fix="ask Ann",
        ref="ann-smith",
    )
    lost = Lost("Plan/Submitter", "Ann Smith", "no place for Ann")
    _, hidden = without_names(
        model, Imported(model, (said,), (lost,), "plan of Ann.xml")
    )

    assert hidden is not None
    (issue,) = hidden.issues
    assert issue.message == "party-1 is read as 'stakeholder-1'?"
    assert (issue.value, issue.fix) == ("'party-2'", "ask party-2")
    assert issue.ref == "stakeholder-1"
    assert hidden.lost == (Lost("Plan/Submitter", "party-1", "no place for party-2"),)
    assert hidden.source == "plan of party-2.xml"


def test_the_findings_are_the_same_with_and_without_names() -> None:
    hidden, _ = without_names(sample())

    assert [issue.code for issue in check(hidden, on=SAMPLE_DAY).issues] == [
        issue.code for issue in check(sample(), on=SAMPLE_DAY).issues
    ]


def test_the_page_says_what_is_hidden_and_what_cannot_be() -> None:
    quiet, told = (pack(sample(), on=DAY, people=named).html for named in (False, True))

    assert "What cannot be hidden: a name that is written differently" in quiet
    assert "What cannot be hidden" not in told


@settings(max_examples=40)
@given(models(), st.data())
def test_any_model_can_be_told_without_names(model: Model, data: st.DataObject) -> None:
    titles = [model.title(ref) for ref in model.ids()] or ["Ann"]
    name = data.draw(st.sampled_from(titles))
    fits = len(name) <= 60 and name.isprintable()
    person = Party(id="party-someone", name=name if fits else "Ann")  # type: ignore[arg-type]  # any text
    hidden, _ = without_names(model.with_(person))

    assert len(hidden) == len(model.with_(person))
