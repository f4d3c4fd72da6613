from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import missionkit
from missionkit.errors import NotFoundError
from missionkit.issue import Code, Severity
from missionkit.report.explain import (
    Explanation,
    code_modules,
    explain,
    explanations,
)
from missionkit.rules.families.tracing import MISSED_READINGS
from tests.codec.vendors import WITH_BETS

ROOT = Path(missionkit.__file__).parent


def declared() -> list[tuple[str, str]]:
    """Return each code with the module that declares it, once for each declaration."""
    found = []
    for path in sorted((*ROOT.rglob("codes.py"), *ROOT.rglob("codes/*.py"))):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(("missionkit", *parts))
        found += [
            (value.code, name)
            for value in vars(import_module(name)).values()
            if isinstance(value, Code) and f'"{value.code}"' in path.read_text("utf-8")
        ]
    return found


def test_a_code_is_explained_with_reason_and_remedy() -> None:
    assert str(explain("MK-TRC-004")) == (
        """\
MK-TRC-004 error
  why      without a measure nobody can say whether the objective is reached
  fix      add a success measure `of` the objective
  act      Give every objective a measure
  by       planner
  from     rules
  such as  this fault: move the only measure of an objective over to a process
  try      missionkit explain MK-TRC-004 --example > example.json
           missionkit check example.json --on 2026-06-30 --cycle review-2026"""
    )


def test_the_limits_of_a_rule_and_its_need_of_a_day_are_told() -> None:
    assert str(explain("MK-TRC-007")).splitlines()[5:7] == [
        "  day      judged on a day only: pass on=",
        "  limit    missed_readings = 2: " + MISSED_READINGS.meaning,
    ]


def test_an_invariant_is_explained_with_its_class_and_fields() -> None:
    found = explain("MK-DOM-016")

    assert found == Explanation(
        code="MK-DOM-016",
        severity="error",
        reason="a declined need says why",
        fix="fill decided_reason",
        where="Need: status, decided_reason",
    )
    assert explain("MK-WFL-001").where == "domain"


@pytest.mark.parametrize("written", ["mk-trc-004", "  MK-TRC-004\n"])
def test_case_and_white_space_do_not_matter(written: str) -> None:
    assert explain(written).code == "MK-TRC-004"


def test_an_unknown_code_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="'MK-TRC-004'") as caught:
        explain("MK-TRC-O04")

    assert caught.value.name == "MK-TRC-O04"


@pytest.mark.parametrize("wrong", ["", "x" * 100_000, 7, None])
def test_what_is_no_code_is_an_error_of_ours(wrong: Any) -> None:  # noqa: ANN401
    with pytest.raises(NotFoundError):
        explain(wrong)


def test_an_invariant_of_a_third_party_is_explained_with_its_kinds() -> None:
    assert explain("ACME-BET-001", kinds=WITH_BETS).where == "Bet: won, odds"
    with pytest.raises(NotFoundError):
        explain("ACME-BET-001")


def test_every_code_that_a_room_declares_is_known() -> None:
    known = {each.code for each in explanations()}

    assert {code for code, _ in declared()} <= known
    assert "MK-STR-025" in known


def test_no_code_is_declared_twice() -> None:
    invariants = [each.code for each in explanations() if ":" in each.where]
    codes = Counter([*(code for code, _ in declared()), *invariants])

    assert [code for code, count in codes.items() if count > 1] == []


def test_every_code_has_a_reason_a_remedy_and_a_severity() -> None:
    for each in explanations():
        assert each.reason, each.code
        assert each.fix, each.code
        assert each.severity in set(Severity)


def test_explanations_come_in_the_order_of_the_codes() -> None:
    codes = [each.code for each in explanations()]

    assert codes == sorted(codes)


def test_markup_is_escaped_in_the_page() -> None:
    each = Explanation(
        code="ACME-001", severity="error", reason="a < b", fix="<b>", where="acme"
    )

    assert "<td>a &lt; b</td>" in each._repr_html_()
    assert "<td>&lt;b&gt;</td>" in each._repr_html_()


def test_codes_are_found_at_any_depth_and_a_room_that_cannot_be_used_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room, text in {
        "deep_house": "",
        "deep_house/one": "",
        "deep_house/one/two": "",
        "deep_house/absent": "",
    }.items():
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").write_text(text, "utf-8")
    (tmp_path / "deep_house/one/two/codes.py").write_text("A = 1\n", "utf-8")
    (tmp_path / "deep_house/one/other.py").write_text("A = 1\n", "utf-8")
    (tmp_path / "deep_house/absent/codes.py").write_text("import no_such\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    found = code_modules(tmp_path / "deep_house", "deep_house")

    assert [module.__name__ for module in found] == ["deep_house.one.two.codes"]
