"""The ranking methods there are: ours, and what is installed; made of a table."""

from collections.abc import Iterator, Mapping, Sequence
from inspect import Parameter, signature
from math import isfinite
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from missionkit.errors import InvalidValueError, PluginError
from missionkit.issue import Issue
from missionkit.markup import shown
from missionkit.plugins import distribution_of
from missionkit.ports.catalog import Catalog
from missionkit.ports.options import Normalization, Numbers, Options
from missionkit.ports.part import MissingPolicy
from missionkit.ports.ranker import Ranker, RankingMethod
from missionkit.ports.score import Score
from missionkit.ports.scorer import Scorer, ScoreView
from missionkit.scoring import codes
from missionkit.scoring.catalog import scorer_faults
from missionkit.scoring.multi_criteria import Topsis, WeightedSum
from missionkit.scoring.reading_options import options_of

METHODS: Final[Mapping[str, type[WeightedSum | Topsis]]] = MappingProxyType(
    {each.name: each for each in (WeightedSum, Topsis)}
)
"""The ranking methods that missionkit has itself, by name."""


@frozen(kw_only=True)
class InstalledRankers:
    """The ranking methods that plug-ins bring, by name, and plug-ins that failed."""

    found: Mapping[str, RankingMethod]
    failed: tuple[PluginError, ...] = ()


def installed_rankers() -> InstalledRankers:
    """Return the methods of all plug-ins; one that fails is named, and harms no other.

    A name that is taken becomes ``distribution:name``.
    """
    found, failed = _CATALOG.installed()
    return InstalledRankers(found=found, failed=failed)


def _taken(value: Any) -> RankingMethod:  # noqa: ANN401 - whatever a plug-in has
    """Return a method; whether it is one shows when it ranks, here no options."""
    made_of(value, options_of({}), None)
    method: RankingMethod = value
    return method


_CATALOG: Final[Catalog[RankingMethod]] = Catalog(
    group="rankers", noun="ranking method", own=METHODS, taken=_taken
)


def method_of(using: RankingMethod | str) -> RankingMethod:
    """Return a ranking method as it is, or the one of a name: ours, or installed.

    Raises:
        NotFoundError: nothing has this name, with the nearest that there are.
        PluginError: the plug-in of this name failed.
        InvalidValueError: what was given is neither a name nor a ranking method.
    """
    if isinstance(using, str):
        return _CATALOG.named(using)
    wrong = tuple(method_faults(using))
    if wrong:
        raise InvalidValueError("rank", wrong)
    return using


def method_faults(held: object) -> Iterator[Issue]:
    """Yield an issue where *held* makes no ranker of a table."""
    what = fix = ""
    if not callable(held):
        what = "it cannot be called"
    elif not isinstance(held, type) and isinstance(held, Scorer):
        what = "it is made already, and judges what it was made for"
        fix = "give the class of a ranker, or the name of a method"
    elif not _takes(held, "options"):
        what = "it takes no `options`"
    if what:
        said = f"{shown(held)} is no ranking method: {what}."
        yield codes.NO_RANKER.issue(said, path="using", value=held, fix=fix)


def made_of(
    method: RankingMethod, options: Options, by: Normalization | None
) -> Ranker:
    """Return the ranker that a method makes of a table.

    Raises:
        InvalidValueError: the method has no normalization to choose.
        PluginError: a method of a third party failed, or made no ranker.
    """
    wrong = tuple(method_faults(method))
    if by is not None and not wrong and not _takes(method, "by"):
        said = f"{_named(method)} has no normalization to choose."
        fault = codes.NO_NORMALIZATION
        wrong = (fault.issue(said, path="normalization", value=str(by)),)
    if wrong:
        raise InvalidValueError("rank", wrong)
    chosen: dict[str, Any] = {} if by is None else {"by": by}
    try:
        made: object = method(options=options, **chosen)
        faults = [each.message for each in scorer_faults(made)]
        if not faults and not isinstance(made, Ranker):
            faults = [f"{shown(made)} has no `values` or no `options`"]
    except Exception as error:
        what = f"it raised {type(error).__name__}: {shown(error)}"
        raise _failure(method, what) from error
    if faults or not isinstance(made, Ranker):
        raise _failure(method, f"it made no ranker: {faults[0]}")
    return made


def values_of(
    ranker: Ranker, shares: Sequence[float], policy: MissingPolicy
) -> Numbers:
    """Return the values of a ranker's options; of a third party's they are checked.

    Raises:
        PluginError: it raised, or did not give a number or None for each option.
    """
    if isinstance(ranker, WeightedSum | Topsis):
        return ranker.values(shares, policy)
    names = ranker.options.names
    try:
        given: list[Any] = list(ranker.values(shares, policy))
        values = [None if each is None else float(each) for each in given]
    except Exception as error:
        what = f"it raised {type(error).__name__}: {shown(error)}"
        raise _failure(ranker, what) from error
    if len(values) != len(names):
        what = f"it gave {len(values):,} values for {len(names):,} options"
        raise _failure(ranker, what)
    for name, value in zip(names, values, strict=True):
        if value is not None and not isfinite(value):
            what = f"it gave {value} for {shown(name)}, which is no number"
            raise _failure(ranker, what)
    return values


def score_of(
    ranker: Ranker, option: str, value: float | None, policy: MissingPolicy
) -> Score:
    """Return the score of an option, which has the *value* that ranked it.

    Raises:
        PluginError: the ranker of a third party raised, or gave another value.
    """
    view = ScoreView(subject=option, missing=policy)
    if isinstance(ranker, WeightedSum | Topsis):
        return ranker(view)
    try:
        found: object = ranker(view)
    except Exception as error:
        what = f"it raised {type(error).__name__}: {shown(error)}"
        raise _failure(ranker, what) from error
    if not isinstance(found, Score):
        raise _failure(ranker, f"it gave {shown(found)} and no score")
    if not _alike(found.value, value):
        told = f"its score of {shown(option)} is {found.value}, and its value {value}"
        raise _failure(ranker, told)
    return found


def _alike(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _NEAR * max(1.0, abs(one), abs(other))


_NEAR: Final = 1e-12


def _takes(method: object, name: str) -> bool:
    """Return whether a method can be called with an argument of this name."""
    try:
        known = signature(method).parameters.values()  # type: ignore[arg-type]  # it may be no callable
    except (TypeError, ValueError):  # of some that are not written in Python
        return False
    kinds = (Parameter.KEYWORD_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
    named = {each.name for each in known if each.kind in kinds}
    return name in named or any(e.kind is Parameter.VAR_KEYWORD for e in known)


def _named(method: object) -> str:
    """Return what a method calls itself, or is called where it was written."""
    known = (getattr(method, each, None) for each in ("name", "__qualname__"))
    return next((each for each in known if isinstance(each, str)), shown(method))


def _failure(held: object, what: str) -> PluginError:
    made = held if hasattr(held, "__module__") else type(held)
    module = str(getattr(made, "__module__", ""))
    return PluginError(distribution_of(module) or module, _named(held), what)
