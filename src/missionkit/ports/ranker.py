"""The port of rankers: a table of options goes in, a value of each option comes out.

A ranking method is called with a table and gives the ranker of that table: a class with
a field `options` is one. The ranker is a scorer of each option as well. So what puts an
option in its place can be made again from its parts:

    @frozen(kw_only=True)
    class Worst:
        options: Options
        name = "acme.worst"
        version = "1"
        requires = ()
        limits = ()

        def values(self, shares, missing, /):
            rows = zip(*(each.values for each in self.options.criteria))
            return [None if None in row else min(row) for row in rows]

        def __call__(self, view, /):
            at = self.options.place_of(view.subject)
            parts = [
                Part(name=each.name, value=each.values[at], refs=(each.name,))
                for each in self.options.criteria
            ]
            return view.scored(self, parts, combine=Combine.MIN, scale=Scale(name="x"))
"""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from missionkit.ports.options import Numbers, Options
from missionkit.ports.part import MissingPolicy
from missionkit.ports.scorer import Scorer


@runtime_checkable
class Ranker(Scorer, Protocol):
    """What puts the options of a table in order; asked about one, it says why.

    As a scorer it is asked with the name of an option as the subject. The value of the
    score is that in `values`.
    """

    @property
    def options(self) -> Options:
        """Return the table that it was made of."""

    def values(self, shares: Sequence[float], missing: MissingPolicy, /) -> Numbers:
        """Return the value of each option, if the criteria had these *shares*.

        There is one for each row of the table, the more the better; None of an option
        that has no place. The shares are parts of all weights. The order of options and
        of criteria changes no value, and an option that is better than another by every
        criterion never has less.
        """
        ...


class RankingMethod(Protocol):
    """What makes a ranker of a table: a class, or a function."""

    def __call__(self, *, options: Options) -> Ranker:
        """Return the ranker of the table.

        A method that takes `by` as well is given the normalization a caller asks for.
        """
        ...
