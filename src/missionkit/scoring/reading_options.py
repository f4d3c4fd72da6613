"""From what a caller has to a table of options; all that is wrong is named at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import compress
from math import fsum, isfinite, isnan
from numbers import Real
from typing import Any, Final, TypeAlias, get_args
from unicodedata import normalize

from missionkit.domain.checking import shape_faults
from missionkit.domain.measure import Direction
from missionkit.domain.spec import Leaf
from missionkit.domain.values import Line
from missionkit.errors import InvalidValueError
from missionkit.issue import Code, Issue, did_you_mean
from missionkit.markup import shown
from missionkit.ports.options import (
    LARGEST,
    Criterion,
    Numbered,
    Numbers,
    Options,
    ends,
)
from missionkit.ports.part import MissingPolicy
from missionkit.scoring import codes

Table: TypeAlias = Mapping[str, Any]
"""Options and what each has for each criterion, or criteria and their columns."""

_TEXT: Final = Leaf(str, get_args(Line)[1:])
_SAID: Final = {
    "higher": Direction.HIGHER,
    "lower": Direction.LOWER,
}
_MANY: Final = 20_000
_WORST: Final = 100


def options_of(
    held: object,
    weights: object = None,
    directions: object = None,
    names: object = None,
    *,
    policy: MissingPolicy = MissingPolicy.SKIP,
) -> Options:
    """Return the table of options that a caller's values are.

    Where an option that lacks a number has no place, its others are no ends either.

    Raises:
        InvalidValueError: something is no table, no number, no weight, no direction;
            all is named.
    """
    reader = _Reader()
    called, columns = reader.table(held, names)
    known = reader.directions(directions, tuple(columns))
    given = reader.weights(weights, tuple(columns))
    if reader.found:
        raise InvalidValueError("rank", tuple(reader.found))
    shares = shares_of(given.values())
    rows = _counted(tuple(columns.values()), policy)
    return Options(
        names=called,
        criteria=tuple(
            _criterion(name, values, rows, given[name], share, known[name])
            for (name, values), share in zip(columns.items(), shares, strict=True)
        ),
    )


def shares_of(weights: Iterable[float]) -> list[float]:
    """Return the part of each weight in all of them; 0 where all are."""
    held = list(weights)
    largest = max(held, default=0.0)
    if not largest:
        return [0.0] * len(held)
    whole = fsum(each / largest for each in held)
    return [each / largest / whole for each in held]


def _counted(
    columns: Sequence[Numbers], policy: MissingPolicy
) -> Sequence[bool] | None:
    """Return which rows count, or None where all do."""
    gaps = any(not is_array(column) and None in column for column in columns)
    if policy is not MissingPolicy.FAIL or not gaps:
        return None
    return [None not in row for row in zip(*columns, strict=True)]


def _criterion(  # noqa: PLR0913, PLR0917 - the facts of one thing
    name: str,
    values: Numbers,
    rows: Sequence[bool] | None,
    weight: float,
    share: float,
    direction: Direction,
) -> Criterion:
    if is_array(values):
        from missionkit.scoring.arrays import ends_of  # noqa: PLC0415 - of the extra

        low, high, length = ends_of(values)
    else:
        counted = values if rows is None else tuple(compress(values, rows))
        low, high, length = ends(counted)
    return Criterion(
        name=name,
        weight=weight,
        share=share,
        direction=direction,
        low=low,
        high=high,
        length=length,
        values=values,
    )


def _is_column(held: object) -> bool:
    if is_array(held):
        return getattr(held, "ndim", 0) == 1
    return isinstance(held, Sequence) and not isinstance(held, str | bytes)


def is_array(held: object) -> bool:
    """Return whether something is an array of numpy, or knows how to become one."""
    return hasattr(held, "__array__") and hasattr(held, "dtype")


class _Reader:
    """Reads what was given, and keeps what is wrong."""

    def __init__(self) -> None:
        self.found: list[Issue] = []

    def table(
        self, held: object, names: object
    ) -> tuple[Sequence[str], dict[str, Numbers]]:
        """Return the names of the options, and a column for each criterion."""
        if not isinstance(held, Mapping):
            self._wrong(codes.NO_OPTIONS, f"{shown(held)} is no table.", "", held)
            return (), {}
        if held and all(isinstance(row, Mapping) for row in held.values()):
            if names is not None:
                said = "The options of a mapping have their names in it."
                self._wrong(codes.NO_OPTIONS, said, "names", names, "leave names out")
            return self._rows(held)
        return self._columns(held, names)

    def _rows(
        self, held: Mapping[Any, Mapping[Any, Any]]
    ) -> tuple[Sequence[str], dict[str, Numbers]]:
        called = [name for name in held if self._named(name, "options")]
        self._apart(called, "options")
        criteria = dict.fromkeys(key for row in held.values() for key in row)
        sound = [key for key in criteria if self._named(key, "criteria")]
        columns: dict[str, Numbers] = {}
        for key in sound:
            cells = (held[name].get(key) for name in called)
            columns[key] = self._column(key, cells, called)
        return tuple(called), _as_arrays(columns)

    def _columns(
        self, held: Mapping[Any, Any], names: object
    ) -> tuple[Sequence[str], dict[str, Numbers]]:
        sized: dict[str, Any] = {}
        for key, column in held.items():
            if not self._named(key, "criteria"):
                continue
            if _is_column(column):
                sized[key] = column
            else:
                said = f"{shown(column)} is no column, and no row."
                self._wrong(codes.NO_OPTIONS, said, f"[{shown(key)}]", column)
        called = self._called(names, sized)
        for key, column in sized.items():
            if len(column) != len(called):
                said = f"It has {len(column):,} entries for {len(called):,} options."
                path = f"[{shown(key)}]"
                self._wrong(codes.UNEQUAL_COLUMNS, said, path, len(column))
        if self.found:
            return called, dict.fromkeys(sized, ())
        return called, self._read(sized, called)

    def _read(
        self, sized: Mapping[str, Any], called: Sequence[str]
    ) -> dict[str, Numbers]:
        """Return the numbers of columns: as arrays, if all are and nothing lacks."""
        if sized and all(is_array(column) for column in sized.values()):
            from missionkit.scoring.arrays import whole_columns  # noqa: PLC0415 - of the extra

            arrays = whole_columns(sized.values())
            if arrays is not None:
                return dict(zip(sized, arrays, strict=True))
        plain: dict[str, Numbers] = {
            key: self._column(key, _unpacked(column), called)
            for key, column in sized.items()
        }
        return _as_arrays(plain)

    def _called(self, names: object, columns: Mapping[str, Any]) -> Sequence[str]:
        if names is None:
            return Numbered(max(map(len, columns.values()), default=0))
        if not isinstance(names, Sequence) or isinstance(names, str | bytes):
            said = f"{shown(names)} are no names."
            self._wrong(codes.NO_OPTIONS, said, "names", names, "give a list of names")
            return Numbered(max(map(len, columns.values()), default=0))
        sound = [self._named(name, f"names[{at}]") for at, name in enumerate(names)]
        if all(sound):
            self._apart(names, "names")
        return tuple(names)

    def _apart(self, names: Iterable[str], path: str) -> None:
        """Name the options that cannot be told from an earlier one."""
        seen: set[str] = set()
        for at, name in enumerate(names):
            looks = name if name.isascii() else normalize("NFC", name)
            if looks in seen:
                said = f"Another option is called {shown(name)}."
                self._wrong(codes.SAME_OPTION, said, f"{path}[{at}]", name)
            seen.add(looks)

    def _column(
        self, key: str, cells: Iterable[Any], called: Sequence[str]
    ) -> tuple[float | None, ...]:
        values = []
        for at, cell in enumerate(cells):
            number = _number(cell)
            if cell is not None and number is None:
                said = f"{shown(cell)} is no number that can be compared."
                path = f"[{shown(called[at])}][{shown(key)}]"
                self._wrong(codes.NO_NUMBER, said, path, cell)
            values.append(number)
        return tuple(values)

    def directions(
        self, held: object, criteria: tuple[str, ...]
    ) -> dict[str, Direction]:
        """Return the direction of each criterion; higher is better if none is said."""
        known = dict.fromkeys(criteria, Direction.HIGHER)
        for key, said in self._about(held, criteria, "directions"):
            word = str(said) if isinstance(said, str) else ""
            if word in _SAID:
                known[key] = _SAID[word]
                continue
            path = f"directions[{shown(key)}]"
            near = did_you_mean(word, _SAID)
            what = f"{shown(said)} is no direction."
            self._wrong(codes.NO_DIRECTION, what, path, said, near)
        return known

    def weights(self, held: object, criteria: tuple[str, ...]) -> dict[str, float]:
        """Return the weight of each criterion; where none is given, all weigh 1."""
        if held is None:
            return dict.fromkeys(criteria, 1.0)
        given: dict[str, float] = dict.fromkeys(criteria, 0.0)
        named = dict(self._about(held, criteria, "weights"))
        for key, weight in named.items():
            number = _number(weight)
            if number is None or number < 0:
                said = f"{shown(weight)} is no weight."
                self._wrong(codes.NO_WEIGHT, said, f"weights[{shown(key)}]", weight)
            else:
                given[key] = number
        for key in criteria if isinstance(held, Mapping) else ():
            if key not in named:
                said = f"{shown(key)} has no weight, though others have."
                self._wrong(codes.NO_WEIGHT, said, f"weights[{shown(key)}]", None)
        return given

    def _about(
        self, held: object, criteria: tuple[str, ...], where: str
    ) -> Iterator[tuple[str, object]]:
        """Yield what is said of each criterion that there is."""
        if held is None:
            return
        if not isinstance(held, Mapping):
            said = f"{shown(held)} does not say which criterion it is about."
            fix = "give a mapping of criteria"
            self._wrong(codes.UNKNOWN_CRITERION, said, where, held, fix)
            return
        for key, said in held.items():
            if key in criteria:
                yield key, said
                continue
            near = did_you_mean(str(key), criteria)
            what = f"There is no criterion {shown(key)}."
            path = f"{where}[{shown(key)}]"
            self._wrong(codes.UNKNOWN_CRITERION, what, path, key, near)

    def _named(self, name: object, path: str) -> bool:
        faults = tuple(shape_faults(_TEXT, name, path))
        self.found.extend(faults[: max(0, _WORST - len(self.found))])
        return not faults

    def _wrong(
        self, code: Code, said: str, path: str, value: object, fix: str = ""
    ) -> None:
        if len(self.found) < _WORST:
            self.found.append(code.issue(said, path=path, value=value, fix=fix))


def _number(cell: object) -> float | None:
    """Return a number that can be compared, or None."""
    if type(cell) is float:
        number = cell
    elif isinstance(cell, bool) or not isinstance(cell, Real | Decimal):
        return None
    else:
        try:
            number = float(cell)
        except (OverflowError, ValueError):  # too large, or a signaling NaN
            return None
    return number if isfinite(number) and abs(number) <= LARGEST else None


def _unpacked(column: Any) -> Iterable[Any]:  # noqa: ANN401 - any value is meant
    """Return the cells of a column; in an array what is not a number is missing."""
    if not is_array(column):
        return tuple(column)
    cells: list[Any] = column.tolist()
    # An array has no other way to say that it does not know.
    return [None if isinstance(each, float) and isnan(each) else each for each in cells]


def _as_arrays(columns: dict[str, Numbers]) -> dict[str, Numbers]:
    """Return columns as arrays where they are many and numpy is installed."""
    many = sum(map(len, columns.values())) >= _MANY
    if not many or any(None in column for column in columns.values()):
        return columns
    try:
        from missionkit.scoring.arrays import array_of  # noqa: PLC0415 - of the extra
    except ImportError:
        return columns
    return {key: array_of(column) for key, column in columns.items()}
