"""The port of indicators: a model and its ledgers go in, series come out.

An indicator names what it needs: ``activities`` or ``revenue``, each as a ledger or as
snapshots of one in the model, or kinds of the model. Where that is not there, it is not
asked, and the report says so.
"""

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from attrs import field, frozen

from missionkit.domain.conduct import ActivityRecord, Ledger, RevenueRecord
from missionkit.domain.model import Model
from missionkit.domain.values import Period
from missionkit.ports.rule import LimitSpec, RuleView
from missionkit.ports.series import Series


@frozen(kw_only=True)
class IndicatorView(RuleView):
    """What an indicator sees: a model, ledgers, and the periods to give figures for.

    `periods` follow each other; they are months unless the caller chose otherwise.
    The lookups are those of rules.
    """

    model: Model = field(factory=Model)
    activities: Ledger[ActivityRecord] | None = None
    revenue: Ledger[RevenueRecord] | None = None
    periods: tuple[Period, ...] = ()
    season: int = 12


@runtime_checkable
class Indicator(Protocol):
    """What makes figures of what an organization did."""

    @property
    def name(self) -> str:
        """Return the name; one of a third party is written ``vendor.name``."""

    @property
    def version(self) -> str:
        """Return the version; it changes with every change of a figure."""

    @property
    def requires(self) -> tuple[str, ...]:
        """Return what it needs, of ``activities``, ``revenue`` and the kinds."""

    @property
    def limits(self) -> tuple[LimitSpec, ...]:
        """Return the limits that it asks the view for, each with its default."""

    def __call__(self, view: IndicatorView, /) -> Iterable[Series]:
        """Return one series, or one for each thing that it tells apart.

        There is one point for each period of the view. A period without data has a
        point without a value, and the reason. A unit that begins with "share" means a
        number from 0 to 1. Each series bears the name of the indicator, and a title of
        its own. Equal views give equal series, in whatever order records and elements
        come. Never raise for content.
        """
        ...
