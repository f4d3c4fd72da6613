"""The indicators that are found: our own, and those of plug-ins."""

import pickle
from datetime import date

import pytest
from attrs import evolve

import missionkit as mk
from missionkit.drift.figure import Figure
from missionkit.drift.indicator_catalog import (
    INDICATORS,
    indicator_of,
    installed_indicators,
    lacking,
)
from missionkit.errors import InvalidValueError, NotFoundError, PluginError
from missionkit.ports.indicator import Indicator
from tests.drift.conducted import organization, sales, view, work
from tests.offers import Site, site

__all__ = ["site"]

GROUP = "missionkit.indicators"
MODULE = """
    from missionkit.ports.series import Series

    class Calm:
        name = "acme.calm"
        version = "1"
        requires = ()
        limits = ()

        def __call__(self, view):
            return [Series(indicator=self.name, title="Calm", unit="calm")]

    class Bare:
        def __call__(self, view):
            return ()

    class Costly:
        def __init__(self, price):
            self.price = price

    calm = Calm()
    number = 7
    """
WANTED = """
    client-churn client-concentration client-concentration-normalized client-fit
    client-fit-unknown easy-clients-fit-less easy-unfit-revenue effective-clients
    effort-for-purpose effort-off-mission effort-on-mission
    effort-on-mission-by-process effort-on-mission-by-role effort-on-mission-by-sphere
    effort-on-mission-by-stakeholder effort-on-mission-weighted effort-unknown
    gross-revenue-retention largest-client monthly-recurring-revenue
    net-revenue-retention new-client-fit plan-jensen-shannon-distance
    plan-jensen-shannon-divergence plan-total-variation recurring-share revenue-churn
    three-largest-clients
    """


def install(site: Site, **points: str) -> None:
    site.module("acme_indicators", MODULE)
    named = {
        name.replace("_", "."): f"acme_indicators:{to}" for name, to in points.items()
    }
    site.install("acme-indicators", named, group=GROUP)


def test_these_are_ours() -> None:
    assert sorted(INDICATORS) == WANTED.split()
    for name, indicator in INDICATORS.items():
        assert indicator_of(name) is indicator
        assert isinstance(indicator, Indicator)
        assert pickle.loads(pickle.dumps(indicator)) == indicator  # noqa: S301 - our own


@pytest.mark.parametrize("to", ["Calm", "calm"])
def test_a_plug_in_is_an_indicator_or_a_class_of_one(site: Site, to: str) -> None:
    install(site, acme_calm=to)

    assert [each.title for each in indicator_of("acme.calm")(view())] == ["Calm"]
    assert set(installed_indicators().found) == {"acme.calm"}
    assert installed_indicators().failed == ()


@pytest.mark.parametrize(
    ("to", "what"),
    [
        ("Bare", "its `name` is no text"),
        ("Costly", "its indicator cannot be made: TypeError"),
        ("number", "it cannot be called"),
        ("nothing", "cannot be imported"),
    ],
)
def test_one_that_fails_is_named_and_harms_no_other(
    site: Site, to: str, what: str
) -> None:
    install(site, acme_bad=to, acme_calm="calm")

    (error,) = installed_indicators().failed
    assert what in str(error)
    assert set(installed_indicators().found) == {"acme.calm"}
    with pytest.raises(PluginError, match="acme-indicators"):
        indicator_of("acme.bad")
    assert indicator_of("acme.calm").name == "acme.calm"


def test_a_name_that_is_not_there_brings_the_nearest() -> None:
    with pytest.raises(NotFoundError) as error:
        indicator_of("client-chrn")
    assert error.value.nearest[0] == "client-churn"


def test_a_failure_of_another_name_is_passed_over(site: Site) -> None:
    install(site, acme_bad="number")

    with pytest.raises(NotFoundError):
        indicator_of("acme.good")


class Half:
    """What is called like an indicator, and is none."""

    name = "half"
    version = "1"
    requires = ("need", 3)
    limits = (3,)

    def __call__(self, seen: mk.IndicatorView) -> tuple[str, ...]:
        return tuple(seen.limits)


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (7, "it cannot be called"),
        (Half, "it is a class"),
        (Half(), "its `requires` are no tuple of texts"),
    ],
)
def test_what_is_no_indicator_is_refused(held: object, said: str) -> None:
    with pytest.raises(InvalidValueError) as error:
        indicator_of(held)  # type: ignore[arg-type]  # that is the point
    issue = error.value.issues[0]
    assert said in issue.message
    assert issue.code == "MK-DRF-070"


def test_an_indicator_of_ones_own_is_taken_as_it_is() -> None:
    own = Figure(name="acme.calm", make=lambda _: ())

    assert indicator_of(own) is own


def test_what_is_there_is_not_lacking() -> None:
    model = organization()
    paid, done = sales(), work()
    needs = INDICATORS["effort-on-mission"], INDICATORS["client-fit"]

    assert [lacking(each, view(model)) for each in needs] == [
        ("activities",),
        ("revenue", "client_profile"),
    ]
    full = view(model, activities=done, revenue=paid)
    assert [lacking(each, full) for each in needs] == [(), ("client_profile",)]
    assert lacking(needs[0], evolve(full, model=mk.Model())) == ("core_intent",)


def test_snapshots_stand_for_a_ledger() -> None:
    day = mk.month(date(2026, 1, 1))
    hours = mk.AllocationSnapshot(id=mk.AllocationSnapshotId("h"), period=day)
    spend = evolve(hours, basis=mk.Basis.SPEND)
    paid = mk.RevenueSnapshot(id=mk.RevenueSnapshotId("r"), period=day)
    model = organization()
    effort, churn = INDICATORS["effort-on-mission"], INDICATORS["client-churn"]

    assert lacking(effort, view(model.with_(hours))) == ()
    assert lacking(effort, view(model.with_(spend))) == ("activities",)
    assert lacking(churn, view(model.with_(paid))) == ()
