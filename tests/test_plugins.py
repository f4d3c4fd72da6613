import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from missionkit import plugins
from missionkit.errors import NotFoundError, PluginError
from missionkit.plugins import GROUPS, Plugin, distribution_of, installed
from tests.offers import Site, site

__all__ = ["site"]

# The groups of the design, written down a second time.
WANTED = (
    "stores scorers rankers detectors indicators rules guards workflows formats kinds"
)


def told(errors: tuple[PluginError, ...]) -> list[tuple[str, str]]:
    return [(error.distribution, error.name) for error in errors]


def test_the_groups_are_those_that_were_promised() -> None:
    assert " ".join(GROUPS) == WANTED


@pytest.mark.parametrize("group", GROUPS)
def test_where_nothing_is_offered_nothing_is_found(group: str) -> None:
    assert installed(group) == plugins.Installed(group=group)


def test_an_unknown_group_is_refused_with_the_nearest() -> None:
    with pytest.raises(NotFoundError) as caught:
        installed("rule")

    assert caught.value.nearest == ("rules",)


def test_plug_ins_are_found_in_the_order_of_distributions_and_names(site: Site) -> None:
    site.module("offered_here", "ONE, TWO = 1, 2")
    site.install("zebra", {"c": "offered_here:ONE"})
    site.install("Ape_Rules", {"b": "offered_here:TWO", "a": "offered_here:ONE"})
    site.install("elsewhere", {"a": "offered_here:ONE"}, group="missionkit.stores")

    found = installed("rules")

    assert found.found == (
        Plugin(name="a", distribution="Ape_Rules", version="1.2", value=1),
        Plugin(name="b", distribution="Ape_Rules", version="1.2", value=2),
        Plugin(name="c", distribution="zebra", version="1.2", value=1),
    )
    assert found.failed == ()
    assert found.clashes == ()
    assert [each.distribution for each in installed("stores").found] == ["elsewhere"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("raise ValueError('out of order')", "ValueError: out of order"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("import nowhere_at_all", "ModuleNotFoundError: No module named"),
        ("x = = 1", "SyntaxError"),
        ("class E(BaseException): ...\nraise E", "E)"),
        ("def f(): f()\nf()", "RecursionError"),
        ("raise ValueError('\\x1b[2J' + 'x' * 500)", "ValueError: \\u001b[2Jxx"),
        ("", "AttributeError: module 'broken_here' has no attribute 'IT'"),
    ],
    ids=range(8),
)
def test_one_that_cannot_be_imported_is_named_and_harms_no_other(
    site: Site, source: str, said: str
) -> None:
    site.module("broken_here", source)
    site.module("sound_here", "IT = 1")
    site.install("bad", {"it": "broken_here:IT"}, version="0.1")
    site.install("good", {"that": "sound_here:IT"})

    found = installed("rules")

    (error,) = found.failed
    assert [each.distribution for each in found.found] == ["good"]
    assert (error.distribution, error.version, error.name) == ("bad", "0.1", "it")
    assert error.__cause__ is not None
    assert str(error).startswith("plug-in 'it' of bad 0.1: 'broken_here:IT' cannot ")
    assert said in str(error)
    assert len(str(error)) < 250
    assert "\x1b" not in str(error)


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_what_is_no_fault_of_a_plug_in_passes(
    site: Site, error: type[BaseException]
) -> None:
    site.module("passing_here", f"raise {error.__name__}")
    site.install("bad", {"it": "passing_here"})

    with pytest.raises(error):
        installed("rules")


def test_two_of_one_name_are_both_found_and_told_apart(site: Site) -> None:
    site.module("named_here", "ONE, TWO = 1, 2")
    site.install("ape", {"it": "named_here:ONE", "that": "named_here:ONE"})
    site.install("zebra", {"it": "named_here:TWO"})

    found = installed("rules")

    assert [(each.name, each.value) for each in found.found] == [
        ("ape:it", 1),
        ("that", 1),
        ("zebra:it", 2),
    ]
    assert found.failed == ()
    assert [str(each) for each in found.clashes] == [
        "plug-in 'it' of ape 1.2: its name is taken, too, by zebra; it is 'ape:it'",
        "plug-in 'it' of zebra 1.2: its name is taken, too, by ape; it is 'zebra:it'",
    ]


def test_one_with_a_name_of_ours_is_told_apart(site: Site) -> None:
    site.module("ours_here", "ONE = 1")
    site.install("ape", {"csv": "ours_here:ONE"}, group="missionkit.formats")

    found = installed("formats", own=["csv", "dot"])

    assert [each.name for each in found.found] == ["ape:csv"]
    assert "by missionkit" in found.clashes[0].what


def test_of_one_installed_twice_the_one_that_is_imported_counts(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older, names = Site(tmp_path / "older"), {"it": "twice_here:IT"}
    older.install("ape", {**names, "that": "twice_here:IT"}, version="0.9")
    older.install("bat", {"gone": "twice_here:IT"}, version="0.9")
    site.install("ape", names)
    site.install("bat", {"it": "twice_here:IT"}, group="missionkit.stores")
    site.module("twice_here", "IT = 1")
    monkeypatch.setattr(sys, "path", [*sys.path, str(older.folder)])

    found = installed("rules")

    assert [(each.name, each.version) for each in found.found] == [("it", "1.2")]


def test_a_name_that_is_declared_twice_with_one_value_is_one(site: Site) -> None:
    site.module("same_here", "IT = 1")
    site.install("ape", "it = same_here:IT\nit = same_here:IT\n")

    assert [each.name for each in installed("rules").found] == ["it"]


def test_what_is_installed_badly_is_named_or_passed_over(site: Site) -> None:
    site.module("still_here", "IT = 1")
    site.install("good", {"it": "still_here:IT"})
    site.install("garbled", "this is no entry point\n")
    (site.install("nameless", {"it": "still_here:IT"}) / "METADATA").write_text("x: y")
    (site.install("headless", {"it": "still_here:IT"}) / "METADATA").unlink()
    (site.install("latin", {"it": "x"}) / "METADATA").write_bytes(b"Name: \xe9")
    (site.install("encoded", "") / "entry_points.txt").write_bytes(b"[\xff]")

    found = installed("rules")

    assert [each.distribution for each in found.found] == ["good"]
    assert [where.split()[0] for where, _ in told(found.failed)] == ["garbled", "in"]
    assert all("cannot be read" in error.what for error in found.failed)


def test_an_entry_point_that_names_nothing_is_named(site: Site) -> None:
    site.install("odd", {"it": "!!"})

    (error,) = installed("rules").failed
    assert "'!!' cannot be imported" in error.what


def test_importing_missionkit_and_plugins_reads_no_entry_point(site: Site) -> None:
    site.module("loud_here", "print('read')")
    site.install("loud", {"it": "loud_here"})
    code = f"""
import sys
from importlib import metadata
sys.path.insert(0, {str(site.folder)!r})
import missionkit, missionkit.plugins, missionkit.rules.plugged, missionkit.cli
missionkit.check(missionkit.Model())
print("loud_here" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )

    assert done.stdout == "False\n"


def test_the_distribution_of_a_module_is_known(site: Site) -> None:
    made = site.install("shared-a", "", group="x")
    (made / "RECORD").write_text("space/one.py,,\nspace/two/__init__.py,,\n")
    made = site.install("shared-b", "", group="x")
    (made / "RECORD").write_text("space/three.py,,\nb_only.py,,\n")

    assert distribution_of("attrs.validators") == "attrs"
    assert distribution_of("b_only") == "shared-b"
    assert distribution_of("space.one") == "shared-a"
    assert distribution_of("space.two") == "shared-a"
    assert distribution_of("space.three") == "shared-b"


@pytest.mark.parametrize("module", ["json", "__main__", "", "nowhere.at.all", "space"])
def test_a_module_of_no_distribution_has_none(module: str) -> None:
    assert distribution_of(module) == ""


def test_whatever_is_installed_the_blame_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> None:
        raise TypeError

    monkeypatch.setattr(metadata, "packages_distributions", broken)

    assert distribution_of("attrs") == ""
