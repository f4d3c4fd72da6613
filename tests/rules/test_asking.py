"""Whatever a rule yields or raises: it is named, and the others are asked."""

from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import pytest

from missionkit.domain.model import Model
from missionkit.issue import Code, Issue, Severity, Source
from missionkit.ports.rule import NotJudged, RuleEntry, RuleView
from missionkit.rules.check import check
from missionkit.rules.result import CheckResult
from missionkit.rules.standing import gates
from tests.rules.cases import told

ONE = told(lambda d: d.need("Warm", id="warm", status="accepted"))
LONG = Code("ACME-001", Severity.WARNING, "long names tire", "shorten the name")


class StrangeError(BaseException):
    pass


class MuteError(Exception):
    def __str__(self) -> str:
        raise SystemExit(3)


class StrangerError(Exception):
    def __str__(self) -> str:
        raise StrangeError


class Word(str):
    __slots__ = ()

    def __str__(self) -> str:
        raise SystemExit(4)


class Unspeakable:
    def __str__(self) -> str:
        raise StrangeError


def issue(**said: Any) -> Issue:  # noqa: ANN401 - whatever a rule may write
    return Issue(**{"code": "ACME-001", "message": "No.", **said})


def missed(code: Any = "A", why: Any = "w", refs: Any = ()) -> NotJudged:  # noqa: ANN401 - as above
    return NotJudged(code, why, refs)


def asked(judgment: object) -> CheckResult:
    def odd(_: RuleView) -> Iterator[Any]:
        yield LONG.issue("Before.")
        yield judgment

    return check(ONE, rules=(odd, well))


def well(_: RuleView) -> Iterator[Issue]:
    yield LONG.issue("Asked all the same.")


@pytest.mark.parametrize(
    ("judgment", "said"),
    [
        (missed(code=None), "a NotJudged whose code is None, no text"),
        (missed(code=5), "a NotJudged whose code is 5, no text"),
        (missed(code=""), "a NotJudged without a code"),
        (missed(why=None), "a NotJudged whose why is None, no text"),
        (missed(refs=5), "a NotJudged whose refs are 5, no tuple of ids"),
        (missed(refs="warm"), "a NotJudged whose refs are 'warm', no tuple of ids"),
        (missed(refs=("a", 5)), "a NotJudged whose refs are 2 items, no tuple of ids"),
        (missed(refs=["a"]), "a NotJudged whose refs are 1 item, no tuple of ids"),
        (missed(why="\x1b[31m"), "a NotJudged that holds U+001B in a text"),
        (missed(refs=("\ud800",)), "a NotJudged that holds U+D800 in a text"),
        (issue(code=""), "an issue without a code"),
        (issue(code=None), "an issue whose code is None, no text"),
        (issue(message=b"no"), "an issue whose message is b'no', no text"),
        (issue(why=7), "an issue whose why is 7, no text"),
        (issue(restates=None), "an issue whose restates is None, no text"),
        (issue(severity="error"), "an issue whose severity is 'error'"),
        (issue(message="\ud800"), "an issue that holds U+D800 in a text"),
        (issue(why="a\x00b"), "an issue that holds U+0000 in a text"),
        (issue(fix="\x9b"), "an issue that holds U+009B in a text"),
        (issue(ref="\udfff"), "an issue that holds U+DFFF in a text"),
        (issue(source="a file"), "an issue whose source is 'a file'"),
        (issue(source=Source(file="a\x07")), "an issue whose source is a\\u0007"),
        (issue(source=Source(line="7")), "an issue whose source is 7"),  # type: ignore[arg-type]  # as said
        (issue(source=Source(column=True)), "an issue whose source is True"),
        (issue(source=Source(cell=None)), "an issue whose source is"),  # type: ignore[arg-type]  # as said
        (None, "a NoneType, not an Issue"),
        (ValueError("no"), "a ValueError, not an Issue"),
    ],
)
def test_what_nobody_could_show_is_named(judgment: object, said: str) -> None:
    found = asked(judgment)

    (failed,) = found.of("MK-PLG-001")
    start = f"Rule {__name__}.asked.<locals>.odd yielded {said}"
    assert failed.message.rstrip(". ").startswith(start[:100].rstrip())
    assert [each.message for each in found.of(LONG)] == [
        "Asked all the same.",
        "Before.",
    ]
    assert found.to_json()
    assert found._repr_html_()


def test_a_text_of_a_class_of_its_own_becomes_a_plain_one() -> None:
    found = asked(issue(message=Word("Hm."), code=Word("ACME-002")))

    (only,) = found.of("ACME-002")
    assert (type(only.message), type(only.code)) == (str, str)
    (why,) = asked(missed(why=Word("so"))).not_judged
    assert type(why.why) is str


def test_lines_tabs_and_joiners_of_a_text_are_no_fault() -> None:
    found = asked(issue(message="a\n\tb", why="\u0646\u200c\u0627"))

    assert found.of("MK-PLG-001") == ()


def raising(error: BaseException) -> Callable[[RuleView], NoReturn]:
    def raises(_: RuleView) -> NoReturn:
        raise error

    return raises


@pytest.mark.parametrize(
    ("error", "value"),
    [
        (StrangeError("odd"), "odd"),
        (GeneratorExit(), ""),
        (SystemExit("bye"), "bye"),
        (MuteError(), "MuteError"),
        (StrangerError(), "StrangerError"),
        (type("A\nB\x1b", (Exception,), {})(), ""),
    ],
    ids=lambda each: type(each).__name__.encode("unicode_escape").decode(),
)
def test_whatever_a_rule_raises_is_an_issue(error: BaseException, value: str) -> None:
    found = check(ONE, rules=(raising(error), well))

    (failed,) = found.of("MK-PLG-001")
    assert failed.message.isprintable()
    assert failed.value.strip("'") == value
    assert found.of(LONG)


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_what_is_no_fault_of_a_rule_passes(error: type[BaseException]) -> None:
    class Late(Exception):  # noqa: N818 - an exception of a test
        def __str__(self) -> str:
            raise error

    for rule in (raising(error()), raising(Late())):
        with pytest.raises(error):
            check(ONE, rules=(rule,))


def test_a_rule_whose_name_cannot_be_told_is_named_as_such() -> None:
    class Nameless:
        def __getattr__(self, name: str) -> NoReturn:
            raise RuntimeError(name)

        def __call__(self, _: RuleView) -> NoReturn:
            raise ValueError

    (failed,) = check(ONE, rules=(RuleEntry(rule=Nameless(), codes=(LONG,)),)).issues

    assert failed.message == "Rule without a name failed with ValueError."


def test_a_name_on_many_lines_stays_on_one() -> None:
    rule = raising(ValueError())
    rule.__qualname__ = "a\nb\x1b" * 90
    rule.__module__ = 7  # type: ignore[assignment]  # as a careless author may

    found = check(ONE, rules=(RuleEntry(rule=rule, codes=(LONG,)),))

    assert found.of("MK-PLG-001")[0].message.isprintable()
    assert found.not_judged[0].why.isprintable()


def test_a_rule_in_need_of_a_day_is_named_where_it_has_no_code() -> None:
    entry = RuleEntry(rule=well, needs_on=True)

    assert [m.code for m in check(ONE, rules=(entry,)).not_judged] == [
        f"{__name__}.well"
    ]


def test_gates_of_nothing_stay_open_though_a_rule_is_strange() -> None:
    assert all(gate.open is None for gate in gates(Model(), rules=(well,)))


def test_a_rule_without_an_end_is_stopped_and_the_others_are_asked() -> None:
    def endless(_: RuleView) -> Iterator[Issue]:
        while True:
            yield LONG.issue("Again.")

    found = check(ONE, rules=(RuleEntry(rule=endless, codes=(LONG,)), well))

    most = 10_000 + 50 * len(ONE)
    (stopped,) = found.of("MK-PLG-001")
    said = f"endless was stopped after {most} findings: it found no end."
    assert stopped.message.endswith(said)
    assert str(most) in stopped.value
    assert [each.code for each in found.not_judged] == [LONG.code]
    assert f"was stopped after {most} findings" in found.not_judged[0].why
    kept = [each.message for each in found.of(LONG)]
    assert len(kept) == most + 1  # what it found is kept, as long as it was asked
    assert kept.count("Asked all the same.") == 1


def test_a_rule_that_ends_in_time_is_not_stopped() -> None:
    for many in (9_999, 10_049):
        found = check(ONE, rules=(lambda _, n=many: [LONG.issue("Hm.")] * n,))

        assert len(found.of(LONG)) == many
        assert not found.of("MK-PLG-001")


def test_a_gate_is_not_opened_by_a_rule_without_an_end() -> None:
    def endless(_: RuleView) -> Iterator[NotJudged]:
        while True:
            yield missed(code=LONG.code)

    found = check(ONE, rules=(RuleEntry(rule=endless, codes=(LONG,)),))

    assert found.of("MK-PLG-001")
    assert not found.clean
