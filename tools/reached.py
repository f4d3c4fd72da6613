"""Names the places that report or raise and that no test has reached.

python -m tools.reached        reads the coverage data of the last run of the tests
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import coverage

SOURCE = Path(__file__).parents[1] / "src" / "missionkit"


def sites(path: Path) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of each statement that reports or raises."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.stmt) or isinstance(node, _WITH_A_BODY):
            continue
        if _speaks(node):
            yield node.lineno, node.end_lineno or node.lineno


_WITH_A_BODY = (
    ast.FunctionDef
    | ast.ClassDef
    | ast.If
    | ast.For
    | ast.While
    | ast.With
    | ast.Try
    | ast.Match
)


def _speaks(node: ast.AST) -> bool:
    return isinstance(node, ast.Raise) or any(map(_reports, ast.walk(node)))


def _reports(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "issue"
    )


def unreached(data: coverage.CoverageData) -> Iterator[str]:
    """Yield each place that was not run, as file and line."""
    run = {
        str(Path(name).resolve()): set(data.lines(name) or ())
        for name in data.measured_files()
    }
    for path in sorted(SOURCE.rglob("*.py")):
        lines = run.get(str(path.resolve()), set())
        for first, last in sites(path):
            if lines.isdisjoint(range(first, last + 1)):
                yield f"{path.relative_to(SOURCE.parent)}:{first}"


def main() -> int:
    """Print the places that no test has reached; 1 where there are any."""
    measured = coverage.Coverage()
    measured.load()
    found = list(unreached(measured.get_data()))
    for place in found:
        print(f"{place}: no test makes this report or raise")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
