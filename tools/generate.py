"""Writes, or with ``--check`` compares, every source that is derived.

python -m tools.generate [--check]
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from missionkit.report.codebook import codebook
from missionkit.report.reference import reference
from tools.calibrate.page import page as calibration
from tools.draft_methods import draft_methods
from tools.examples import rule_examples, sound_example
from tools.root_names import root_module, root_stub

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "missionkit"
WRITTEN: dict[Path, Callable[[], str]] = {
    PACKAGE / "domain" / "draft_methods.py": draft_methods,
    PACKAGE / "__init__.py": root_module,
    PACKAGE / "__init__.pyi": root_stub,
    PACKAGE / "report" / "examples" / "sound.json": sound_example,
    PACKAGE / "report" / "examples" / "rules.json": rule_examples,
    ROOT / "docs" / "reference" / "kinds.md": reference,
    ROOT / "docs" / "reference" / "codes.md": codebook,
    ROOT / "docs" / "explanation" / "calibration.md": calibration,
}


def formatted(source: str, name: str) -> str:
    """Return *source* in the house's format."""
    for command in (
        ["check", "--select", "I,F401,RUF022", "--fix-only", "-q"],
        ["format", "-q"],
    ):
        done = subprocess.run(  # noqa: S603 - our own linter
            [sys.executable, "-m", "ruff", *command, "--stdin-filename", name, "-"],
            input=source,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            cwd=ROOT,
        )
        source = done.stdout
    return source


def main(arguments: list[str]) -> int:
    """Write what is derived; with ``--check`` only say what is not current."""
    stale = 0
    for path, make in WRITTEN.items():
        source = make()
        if path.suffix in {".py", ".pyi"}:
            source = formatted(source, str(path))
        if path.exists() and path.read_text(encoding="utf-8") == source:
            continue
        stale += 1
        print(f"{path.relative_to(ROOT)} is not current")
        if "--check" not in arguments:
            path.write_text(source, encoding="utf-8", newline="\n")
    return stale if "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
