"""The store of the how-to keeps the contract, when pytest is run as the page says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import missionkit

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-store.md"


def test_the_store_of_the_page_passes_the_whole_contract(tmp_path: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    ours = [block for block in blocks if "MyStore" not in block]
    (tmp_path / "test_store.py").write_text("\n".join(ours), encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    output = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        check=False,
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(missionkit.__file__).parents[1])},
        text=True,
    ).stdout
    counts = {
        word: int(n) for n, word in re.findall(r"(\d+) (passed|skipped|failed)", output)
    }

    assert counts.get("failed", 0) == 0, output
    assert counts["passed"] >= 100
    assert counts["skipped"] < counts["passed"]
