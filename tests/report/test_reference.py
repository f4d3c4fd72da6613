"""The reference follows from the declarations, third parties' ones as well."""

from pathlib import Path

from missionkit.domain.kinds import KINDS
from missionkit.report.reference import reference
from tests.codec.vendors import WITH_BETS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "kinds.md"


def section(page: str, name: str) -> str:
    """Return what the page says of one class."""
    return page.partition(f"## {name}\n")[2].partition("\n## ")[0]


def test_the_page_in_the_docs_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference()


def test_every_kind_and_each_of_its_fields_is_on_the_page() -> None:
    page = reference()
    for spec in KINDS:
        told = section(page, spec.cls.__name__)
        assert f"`{spec.plural}`" in told
        assert all(f"| `{item.name}` |" in told for item in spec.fields)
        for rule in spec.invariants:
            assert f"`{rule.code.code}`" in told


def test_a_field_tells_what_it_holds_and_why() -> None:
    need = section(reference(), "Need")

    assert "| `id` | id | required |  |" in need
    assert "one of `proposed`, `accepted`, `declined`, `met`, `withdrawn`" in need
    assert "| `importance` | number, from 0 to 1 | expected |" in need
    assert "link `holds_need`, part of the line of sight" in need
    assert "- `MK-DOM-016`: a declined need says why." in need


def test_a_third_partys_kind_is_told_like_our_own() -> None:
    (bet,) = [spec for spec in WITH_BETS if spec.kind == "acme.bet"]
    told = section(reference(WITH_BETS), bet.cls.__name__)

    assert all(f"`{item.name}`" in told for item in bet.fields)


def test_the_table_has_four_cells_in_every_row() -> None:
    rows = [line for line in reference().splitlines() if line.startswith("|")]

    assert {line.replace("\\|", "").count("|") for line in rows} == {5}
