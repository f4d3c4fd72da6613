import pytest

from missionkit.domain.draft import draft
from missionkit.domain.model import Model
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue, Severity
from missionkit.ports.rule import RuleEntry
from missionkit.rules.book import BOOK
from missionkit.rules.check import CheckResult, check
from missionkit.rules.plugged import installed_rules, plugged
from tests.offers import RULES, Site, site

__all__ = ["site"]

HEAD = """
    from missionkit.issue import Code, Issue, Severity
    from missionkit.ports.rule import LimitSpec, RuleEntry
    A = Code("ACME-001", Severity.WARNING, "why", "fix")
    B = Code("ACME-002", Severity.WARNING, "why", "fix")

    def rule(view):
        yield A.issue("found.")
    """


def long_need() -> Model:
    with draft("Trust") as d:
        d.need("A home that is warm in winter", id="warm")
    return d.model


def judged() -> CheckResult:
    return check(long_need(), rules=(*BOOK, *installed_rules()))


def offered(site: Site, value: str) -> tuple[tuple[RuleEntry, ...], tuple[Issue, ...]]:
    """Return the rules, and what is wrong, where one plug-in holds a value."""
    site.module("offered_rules", f"{HEAD}\n    OFFER = {value}\n")
    site.install("acme-rules", {"acme": "offered_rules:OFFER"})
    found = plugged()
    return found.entries, found.issues


def test_without_plug_ins_a_check_finds_what_it_finds_without() -> None:
    (ours,) = installed_rules()

    assert ours.distribution == ""
    assert judged() == check(long_need())
    with pytest.raises(InvalidValueError):
        check(Model(), ignore=["MK-PLG-004"])
    assert check(Model(), rules=installed_rules(), ignore=["MK-PLG-004"]).clean


def test_the_rules_of_a_plug_in_are_asked_beside_ours(site: Site) -> None:
    site.module("acme_asked", RULES)
    site.install("acme-rules", {"acme": "acme_asked:RULES"})

    found = judged()

    (issue,) = found.of("ACME-001")
    assert (issue.ref, issue.severity) == ("warm", Severity.WARNING)
    assert {limit.name: limit.value for limit in found.limits}["need_letters"] == 10
    assert set(check(long_need()).issues) < set(found.issues)
    assert [entry.distribution for entry in installed_rules()] == ["acme-rules", ""]


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ("rule", 1),
        ("RuleEntry(rule=rule, codes=(A,))", 1),
        ("[rule, RuleEntry(rule=rule, codes=(A,))]", 2),
        ("(each for each in [rule])", 1),
        ("{RuleEntry(rule=rule)}", 1),
        ("type('Asked', (), {'__call__': lambda self, view: ()})()", 1),
        ("()", 0),
    ],
)
def test_a_plug_in_holds_a_rule_or_several(site: Site, value: str, count: int) -> None:
    entries, issues = offered(site, value)

    assert len(entries) == count
    assert {entry.distribution for entry in entries} <= {"acme-rules"}
    assert issues == ()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("5", "holds 5 (int), which is no rule"),
        ("None", "holds None (NoneType), which is no rule"),
        ("'rules'", "holds 'rules' (str), which is no rule"),
        ("b'rules'", "(bytes), which is no rule"),
        ("{'acme': rule}", "holds 1 item (dict), which is no rule"),
        ("RuleEntry", "holds the class RuleEntry, which is no rule"),
        ("__import__('json')", "holds the module json, not the rules in it"),
        ("[rule, 1, 2, 3]", "holds 1 (int), which is no rule (and 2 more like it)"),
        ("(1 / 0 for n in [1])", "failed with ZeroDivisionError while it listed"),
        ("(exit() for n in [1])", "failed with SystemExit while it listed"),
        ("__import__('itertools').repeat(rule)", "lists more than 10000 rules"),
        ("RuleEntry(rule=5)", "holds a rule that cannot be called"),
        ("RuleEntry(rule=RuleEntry)", "holds a rule that cannot be called"),
        ("RuleEntry(rule=rule, codes=A)", "whose `codes` are no tuple of codes"),
        ("RuleEntry(rule=rule, codes=[A])", "whose `codes` are no tuple of codes"),
        ("RuleEntry(rule=rule, codes=('A',))", "whose `codes` are no tuple of codes"),
        (
            "RuleEntry(rule=rule, codes=(Code('A', 'grave', '', ''),))",
            "whose `codes` are no tuple of codes",
        ),
        (
            "RuleEntry(rule=rule, codes=(Code(1, Severity.ERROR, '', ''),))",
            "whose `codes` are no tuple of codes",
        ),
        ("RuleEntry(rule=rule, limits=(5,))", "whose `limits` are no tuple of limits"),
    ],
)
def test_what_is_no_rule_is_named_with_its_distribution(
    site: Site, value: str, said: str
) -> None:
    _, (issue,) = offered(site, value)

    assert (issue.code, issue.severity) == ("MK-PLG-002", Severity.ERROR)
    assert issue.message.startswith("Plug-in 'acme' of acme-rules 1.2 ")
    assert said in issue.message
    assert "a rule, a `RuleEntry`, or a tuple of them" in issue.fix


@pytest.mark.parametrize("error", ["KeyboardInterrupt", "MemoryError"])
def test_what_is_no_fault_of_a_plug_in_passes(site: Site, error: str) -> None:
    listed = f"(exec('raise {error}') for n in [1])"

    with pytest.raises((KeyboardInterrupt, MemoryError)):
        offered(site, listed)


def test_what_is_a_rule_beside_what_is_none_is_asked(site: Site) -> None:
    entries, issues = offered(site, "[rule, 1]")

    assert len(entries) == 1
    assert [each.code for each in issues] == ["MK-PLG-002"]
    assert judged().of("MK-PLG-002") == issues


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            "RuleEntry(rule=rule, codes=(Code('MK-TRC-001', Severity.ERROR, '', ''),))",
            "the code 'MK-TRC-001', which is taken by missionkit",
        ),
        (
            "RuleEntry(rule=rule, codes=(Code('MK-NEW-001', Severity.ERROR, '', ''),))",
            "the code 'MK-NEW-001', which is taken by missionkit",
        ),
        (
            "RuleEntry(rule=rule, limits=(LimitSpec('consulted_roles', 9, 'x'),))",
            "the limit 'consulted_roles', which is taken by missionkit",
        ),
    ],
)
def test_a_code_or_limit_of_ours_is_refused(site: Site, value: str, said: str) -> None:
    entries, issues = offered(site, value)

    (issue,) = issues
    assert entries == ()
    assert issue.code == "MK-PLG-003"
    assert said in issue.message
    assert judged().of("MK-PLG-003") == (issue,)


def test_of_two_with_one_code_the_first_is_asked(site: Site) -> None:
    site.module("one_code", f"{HEAD}\n    R = RuleEntry(rule=rule, codes=(A, A))\n")
    site.install("ape", {"it": "one_code:R"})
    site.install("bat", {"it": "one_code:R", "that": "one_code:rule"})

    found = plugged()

    assert [entry.distribution for entry in found.entries] == ["ape", "bat"]
    (issue,) = found.issues
    assert issue.message == (
        "Plug-in 'bat:it' of bat 1.2 uses the code 'ACME-001', "
        "which is taken by 'ape:it' of ape 1.2."
    )


def test_rules_of_one_plug_in_may_share_a_code_and_a_limit(site: Site) -> None:
    shared = "RuleEntry(rule=rule, codes=(A,), limits=(LimitSpec('x', 1, 'x'),))"

    entries, issues = offered(site, f"({shared}, {shared})")

    assert (len(entries), issues) == (2, ())


def test_one_that_was_not_loaded_is_an_issue_and_harms_no_other(site: Site) -> None:
    site.module("acme_sound", RULES)
    site.install("acme-rules", {"acme": "acme_sound:RULES"})
    site.install("bad-rules", {"bad": "nowhere_at_all:RULES"}, version="0.1")

    found = judged()

    assert found.of("ACME-001")
    (issue,) = found.of("MK-PLG-004")
    assert issue.message == (
        "Plug-in 'bad' of bad-rules 0.1 was not loaded: 'nowhere_at_all:RULES' cannot "
        "be imported (ModuleNotFoundError: No module named 'nowhere_at_all')."
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise ValueError('no')", "failed with ValueError"),
        ("raise SystemExit(0)", "failed with SystemExit"),
        ("return 5", "failed with TypeError"),
        (
            "yield Issue(code='A', message='m', severity='grave')",
            "yielded an issue whose severity is 'grave'",
        ),
        (
            "yield Issue(code='A', message=None)",
            "yielded an issue whose message is None, no text",
        ),
        (
            "yield Issue(code=1, message='m')",
            "yielded an issue whose code is 1, no text",
        ),
        ("yield 'a word'", "yielded a str, not an Issue"),
    ],
)
def test_a_rule_that_fails_is_named_with_its_distribution(
    site: Site, body: str, said: str
) -> None:
    site.module("failing_rule", f"{HEAD}\n    def fails(view):\n        {body}\n")
    site.install("acme-rules", {"acme": "failing_rule:fails"})

    found = judged()

    (issue,) = found.of("MK-PLG-001")
    assert issue.message == f"Rule failing_rule.fails of acme-rules {said}."
    assert set(found.issues) == {issue, *check(long_need()).issues}
