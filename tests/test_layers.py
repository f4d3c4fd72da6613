"""The house keeps its floors, and what is heavy or impure keeps to its rooms."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import missionkit

ROOT = Path(missionkit.__file__).parent

# The floors of the house, from the top. Rooms that are not built yet may be listed.
FLOOR = {
    "__main__": 12,  # starts the command
    "": 11,  # missionkit/__init__.py
    "cli": 11,
    "testing": 10,
    "workspace": 9,
    "report": 9,
    "samples": 9,
    "review": 8,
    "rules": 7,
    "history": 6,
    "stores": 6,
    "formats": 6,
    "scoring": 6,
    "drift": 6,
    "processes": 6,
    "codec": 5,
    "trace": 5,
    "ports": 4,
    "domain": 3,
    "plugins": 3,
    "errors": 2,
    "issue": 1,
    "drawing": 1,
    "markup": 0,
}
# Clock, randomness, environment, logging, files: nothing below this floor has them.
PURE_BELOW = 9
IMPURE = {
    "asyncio",
    "glob",
    "locale",
    "logging",
    "os",
    "pathlib",
    "platform",
    "random",
    "secrets",
    "shutil",
    "socket",
    "subprocess",
    "tempfile",
    "time",
    "urllib",
    "uuid",
}
IMPURE_CALLS = {"now", "utcnow", "today", "open", "input", "print", "breakpoint"}
# Paths and streams are their arguments; installed metadata is what plug-ins are.
EXEMPT = {"stores", "formats", "plugins"}
# A generator that is given its seed is arithmetic; nothing else of `random` is asked.
SEEDED = {
    "missionkit.drift.mix.find": {"random"},
    "missionkit.drift.lasting.runway": {"random"},
    "missionkit.scoring.rank_intervals": {"random"},
}
# Third-party and standard modules that only one room may import.
ROOMS_OF = {
    "cattrs": {"codec"},
    "networkx": {"trace", "rules", "report"},
    "numpy": {"drift", "scoring"},
    "cyclopts": {"cli"},
    "rich": {"cli"},
    "hypothesis": {"testing"},
    "pytest": {"testing"},
    "sqlalchemy": {"stores"},
    "sqlite3": {"stores"},
}
# These are imported where they are used, so that importing missionkit stays light. A
# module of a store is itself imported only where its store is used.
ONLY_INSIDE_FUNCTIONS = {"cattrs", "networkx"}


def sources() -> dict[str, Path]:
    """Map each module to its file; interfaces of types count as well."""
    found = {}
    for path in sorted((*ROOT.rglob("*.py"), *ROOT.rglob("*.pyi"))):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        name = ".".join(parts).removesuffix(".__init__")
        found[f"{name} (types)" if path.suffix == ".pyi" else name] = path
    return found


SOURCES = sources()


def room(module: str) -> str:
    return module.partition(" ")[0].partition(".")[2].partition(".")[0]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def names(node: ast.AST) -> Iterator[str]:
    """Yield what an import statement names, as modules and as names of modules."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        assert not node.level, "relative imports hide the room"
        source = node.module or ""
        inner = [f"{source}.{alias.name}" for alias in node.names]
        known = [name for name in inner if name in SOURCES]
        yield from known
        if len(known) < len(inner):
            yield source


def inside(module: str) -> set[str]:
    """Return the modules of ours that a module imports, deferred or for types."""
    return {
        name
        for node in ast.walk(tree(SOURCES[module]))
        for name in names(node)
        if name.partition(".")[0] == "missionkit"
    }


def at_import(module: ast.Module) -> Iterator[ast.AST]:
    """Yield the nodes that run when a module is imported."""
    waiting: list[ast.AST] = [module]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            waiting += node.orelse
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += ast.iter_child_nodes(node)


def foreign(nodes: Iterator[ast.AST]) -> set[str]:
    return {name.partition(".")[0] for node in nodes for name in names(node)}


every = pytest.mark.parametrize("module", SOURCES)
PURE = [
    module
    for module in SOURCES
    if FLOOR[room(module)] < PURE_BELOW and room(module) not in EXEMPT
]


@every
def test_every_module_lives_on_a_floor(module: str) -> None:
    assert room(module) in FLOOR


@every
def test_imports_between_rooms_go_down(module: str) -> None:
    floor = FLOOR[room(module)]
    upward = [
        target
        for target in inside(module)
        if room(target) != room(module) and FLOOR[room(target)] >= floor
    ]

    assert upward == []


@every
def test_nothing_imports_the_root(module: str) -> None:
    assert "missionkit" not in inside(module)


def test_imports_make_no_circle() -> None:
    graph = {module: inside(module) for module in SOURCES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_the_root_imports_only_what_is_there() -> None:
    for module in SOURCES:
        assert inside(module) <= set(SOURCES)


@pytest.mark.parametrize("module", PURE)
def test_below_the_workspace_is_no_clock_no_chance_and_no_file(module: str) -> None:
    source = tree(SOURCES[module])
    calls = [node.func for node in ast.walk(source) if isinstance(node, ast.Call)]
    called = {getattr(call, "attr", getattr(call, "id", "")) for call in calls}

    assert foreign(ast.walk(source)) & IMPURE == SEEDED.get(module, set())
    assert called & IMPURE_CALLS == set()


@every
def test_a_library_keeps_to_its_rooms(module: str) -> None:
    used = foreign(ast.walk(tree(SOURCES[module])))

    assert [n for n in used & set(ROOMS_OF) if room(module) not in ROOMS_OF[n]] == []


@every
def test_heavy_libraries_are_imported_where_they_are_used(module: str) -> None:
    assert foreign(at_import(tree(SOURCES[module]))) & ONLY_INSIDE_FUNCTIONS == set()


def test_importing_missionkit_stays_light() -> None:
    heavy = {
        *ONLY_INSIDE_FUNCTIONS,
        "numpy",
        "hypothesis",
        "pytest",
        "logging",
        "asyncio",
    }
    code = f"""
import sys
before = set(sys.modules)  # a run that is measured has more
import missionkit
missionkit.Need
print({heavy} & (set(sys.modules) - before))
"""
    output = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        cwd=ROOT.parent,
        text=True,
    ).stdout

    assert output.strip() == "set()"


# ---- the test itself -----------------------------------------------------------------


def test_a_deferred_import_and_one_for_types_count() -> None:
    code = """
if TYPE_CHECKING:
    import missionkit.cli
def late():
    from missionkit import errors
    from missionkit.domain import kinds
"""
    found = {name for node in ast.walk(ast.parse(code)) for name in names(node)}

    assert found == {"missionkit.cli", "missionkit.errors", "missionkit.domain.kinds"}


def test_what_a_function_imports_is_not_imported_at_once() -> None:
    code = """
import attrs
if TYPE_CHECKING:
    import cattrs
else:
    import json
class Reader:
    import sqlite3
    def late(self):
        import networkx
"""

    assert foreign(at_import(ast.parse(code))) == {"attrs", "json", "sqlite3"}
