import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from attrs import frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from missionkit.domain.declaration import value
from missionkit.domain.display import as_html, as_text, in_words, title_of
from missionkit.domain.ext import Ext
from missionkit.domain.ids import NeedId, StakeholderId
from missionkit.domain.kinds import KINDS
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.spec import Spec
from missionkit.domain.stakeholder import Need, Stakeholder
from missionkit.domain.values import (
    Contribution,
    Descriptor,
    DescriptorScale,
    Money,
    Period,
)
from missionkit.testing.strategies import elements, models
from tests.domain.bets import Bet, BetId, Odds

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "&lt;b&gt; &amp; '",
    "</td></table>",
    "a\nb\tc",
    "{{ 7 * 7 }} ${7*7} %s",
    "x" * 5000,
]
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ufeff]"
)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.texts: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def parsed(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    tags.close()
    return tags


def harmless(html: str) -> bool:
    tags = parsed(html)
    known = {"table", "thead", "tbody", "tr", "th", "td"}
    return set(tags.names) <= known and tags.attributes <= {"scope"}


def test_an_element_reads_as_a_heading_and_its_filled_fields() -> None:
    need = Need(
        id=NeedId("warm"),
        statement="A warm home",
        stakeholder=StakeholderId("tenants"),
        importance=0.9,
        tags=("a", "b"),
    )

    assert str(need) == (
        "need warm\n"
        "  id           warm\n"
        "  statement    A warm home\n"
        "  stakeholder  tenants\n"
        "  importance   0.9\n"
        "  tags         a; b"
    )


def test_an_element_is_a_table_in_a_notebook() -> None:
    html = as_html(Need(id=NeedId("warm"), statement="A <b>warm</b> home"))

    assert parsed(html).texts == [
        "need",
        "id",
        "warm",
        "statement",
        "A <b>warm</b> home",
    ]
    assert harmless(html)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(text: str) -> None:
    need = Need(id=NeedId("n"), statement=text.strip(), notes=text)
    model = Model([need])

    for html in (as_html(need), model._repr_html_()):
        assert harmless(html)
    for line in as_text(need).splitlines()[1:]:
        assert line.startswith("  ")
        assert len(line) < 230


@pytest.mark.parametrize("spec", KINDS, ids=lambda spec: spec.kind)
@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_element_can_be_shown(spec: Spec, data: st.DataObject) -> None:
    element = data.draw(elements(spec.cls))  # type: ignore[type-var]  # of any kind
    text = str(element)

    assert text.startswith(f"{spec.kind} ")
    assert not UNSEEN.search(text)
    assert harmless(as_html(element))
    assert title_of(element)


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(models(max_size=6))
def test_every_model_can_be_shown(model: Model) -> None:
    assert str(len(model)) in repr(model)
    assert f"{len(model)} element" in str(model)
    assert harmless(model._repr_html_())


def test_a_title_is_the_naming_text_or_the_id() -> None:
    assert title_of(Need(id=NeedId("n"), statement="x")) == "x"
    assert title_of(Opaque(kind="acme.bet", id="b")) == "b"
    assert title_of(Bet(id=BetId("b"), name="A bet")) == "A bet"


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (None, "nothing"),
        (True, "yes"),
        (False, "no"),
        (3, "3"),
        (0.5, "0.5"),
        (Decimal("1.50"), "1.50"),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, 3, tzinfo=UTC), "2026-01-02 03:00:00+00:00"),
        ("a\n b", "a b"),
        (("a", "b"), "a; b"),
        (frozenset({"b", "a"}), "a, b"),
        (Ext({"a": 1}), "Ext({'a': 1})"),
        (Period(date(2026, 1, 1)), "2026-01-01 to …"),
        (Money(Decimal(5), "EUR"), "5, EUR"),
        (Odds(by="Ann", chance=0.5), "Ann, 0.5"),
    ],
    ids=range(15),
)
def test_values_are_written_for_a_reader(held: object, words: str) -> None:
    assert in_words(held) == words


def test_values_in_values_are_written_in_one_line() -> None:
    scale = DescriptorScale(
        name="s",
        steps=(Descriptor(name="low"), Descriptor(name="high", satisfaction=9)),
    )

    assert in_words(scale) == "s, low; high, 9"
    assert in_words((Contribution(target="g", weight=-5),)) == "g, -5"  # type: ignore[arg-type]  # an id


def test_a_value_without_filled_fields_is_its_name_alone() -> None:
    @frozen(kw_only=True)
    @value
    class Blank:
        size: int | None = 3

    assert str(Blank()) == "Blank"
    assert str(Blank(size=None)) == "Blank\n  size  nothing"


def test_a_set_is_shown_in_a_fixed_order() -> None:
    words = frozenset({"customer", "society", "employee"})
    tenant = Stakeholder(id=StakeholderId("t"), name="T", stakes=words)

    assert "customer, employee, society" in str(tenant)


def test_opaque_says_why_no_more_is_known() -> None:
    assert str(Opaque(kind="acme.bet", id="b")) == "acme.bet b (its class is not here)"
    assert str(Opaque(kind="need", id="n", erased=True)) == "need n (erased)"
