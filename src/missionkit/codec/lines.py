"""Lines and columns of places in a text."""

from typing import Final

from missionkit.issue import Source

_STRETCH: Final = 2**14


class Lines:
    """Turns offsets into lines and columns, counted from 1.

    Known for each stretch of the text are the line ends before it, and where the last
    of them stands: a list of all line ends can take more memory than the text.
    """

    def __init__(self, text: str, file: str = "") -> None:
        self._text = text
        self._file = file
        self._counts, self._ends = [0], [-1]
        for start in range(0, len(text), _STRETCH):
            end = start + _STRETCH
            self._counts.append(self._counts[-1] + text.count("\n", start, end))
            self._ends.append(max(self._ends[-1], text.rfind("\n", start, end)))

    def source(self, at: int) -> Source:
        """Return where the character at offset *at* stands."""
        stretch = min(at // _STRETCH, len(self._ends) - 1)
        start = stretch * _STRETCH
        line = self._counts[stretch] + self._text.count("\n", start, at) + 1
        end = max(self._ends[stretch], self._text.rfind("\n", start, at))
        return Source(file=self._file, line=line, column=at - end)
