"""A table whose rows a reader can choose, without a script: the page's style hides.

Each filter is a select; the style knows its options and the classes of rows by number.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from missionkit.markup import Html, join, tag
from missionkit.report.blocks import Grid

FILTERS: Final = 3
OPTIONS: Final = 20


@frozen
class Filter:
    """What rows can be chosen by: a word for it, and what it is for each row."""

    label: str
    of_rows: Sequence[str]

    @property
    def options(self) -> list[str]:
        """What can be chosen, in the order of the alphabet; no more than fit."""
        return sorted(set(self.of_rows))[:OPTIONS]


@frozen
class Filtered:
    """A table with filters above it."""

    grid: Grid
    filters: Sequence[Filter]

    @property
    def html(self) -> Html:
        """See `Written.html`."""
        chosen = [
            _select(number, each) for number, each in enumerate(self.filters[:FILTERS])
        ]
        bar = tag("p", *chosen, class_="filters")
        return tag(
            "div", bar, self.grid.with_classes(self._classes()), class_="filtered"
        )

    def _classes(self) -> list[str]:
        places = [
            {option: at for at, option in enumerate(each.options)}
            for each in self.filters
        ]
        return [
            " ".join(
                f"f{number}-{places[number].get(each.of_rows[row], OPTIONS)}"
                for number, each in enumerate(self.filters)
            )
            for row in range(len(self.grid.rows))
        ]

    @property
    def markdown(self) -> str:
        """Return the whole table: there is nothing to choose in a text."""
        return self.grid.markdown


def _select(number: int, of: Filter) -> Html:
    options = [tag("option", "all", value="all")]
    options += [
        tag("option", each, value=str(at)) for at, each in enumerate(of.options)
    ]
    return tag(
        "label", f"{of.label} ", tag("select", join(options), class_=f"f{number}")
    )


def style() -> str:
    """Return the rules that hide the rows which are not chosen.

    >>> style().splitlines()[0]
    '.filtered:has(.f0 [value="0"]:checked) tbody tr:not(.f0-0){display:none}'
    """
    return "\n".join(_rules())


def _rules() -> Iterator[str]:
    for number in range(FILTERS):
        for at in range(OPTIONS):
            chosen = f'.filtered:has(.f{number} [value="{at}"]:checked)'
            yield f"{chosen} tbody tr:not(.f{number}-{at}){{display:none}}"
