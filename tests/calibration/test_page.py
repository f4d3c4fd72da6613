"""The page shows every cell of the table, and says what the table says."""

from tools.calibrate.counting import parts
from tools.calibrate.page import page
from tools.calibrate.table import read

PAGE = page()


def lines(title: str) -> list[str]:
    """Return the rows of the table under a title."""
    (section,) = (s for s in PAGE.split("\n## ") if s.startswith(title + "\n"))
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    assert {row.count("|") for row in rows} == {rows[0].count("|")}
    return rows[2:]


def test_every_cell_has_its_place() -> None:
    assert len(lines("Alarms of nothing")) == 7 * 4
    for title in (
        "Shifts that are seen",
        "Beside the best peer",
        "Beside a peer that makes the same promise",
    ):
        assert len(lines(title)) == 7 * 4 * 2
    assert len(lines("Mixes")) == 4 * 4
    assert len(list(parts())) == 7 * 4 + 4


def test_figures_are_those_of_the_table() -> None:
    table = read()
    row = table["series"][0]
    share = f"{100 * row['ours']['1']['drift'] / table['runs']:.1f}"
    pelt = f"{100 * row['peers']['PELT'] / table['runs']:.1f}"

    first = [cell.strip() for cell in lines("Alarms of nothing")[0].split("|")]
    assert first[1:3] == [row["noise"], str(row["length"])]
    assert first[4].startswith(share + " (")
    assert first[5] == pelt


def test_every_reason_is_told_with_its_cells() -> None:
    reasons = {
        beside["why"]
        for row in (*read()["series"], *read()["mix"])
        for beside in row.get("beside", {}).values()
        if "why" in beside
    }

    assert all(f"- {why}\n" in PAGE for why in reasons)
