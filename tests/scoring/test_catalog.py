"""The methods that are found: our own, and those of plug-ins."""

import pytest

from missionkit.domain.draft import draft
from missionkit.errors import NotFoundError, PluginError
from missionkit.scoring.catalog import SCORERS, installed_scorers, scorer_of
from missionkit.scoring.score import score
from tests.offers import Site, site

__all__ = ["site"]

GROUP = "missionkit.scorers"
MODULE = """
    from missionkit.ports.part import SHARE, Combine, Part

    class Half:
        name = "acme.half"
        version = "1"
        requires = ()
        limits = ()

        def __call__(self, view):
            part = Part(name="half", value=0.5, refs=("trust",))
            return view.scored(self, [part], combine=Combine.SUM, scale=SHARE)

    class Bare:
        def __call__(self, view):
            return None

    class Costly:
        def __init__(self, price):
            self.price = price

    half = Half()
    number = 7
    """
with draft("Trust", id="trust") as d:
    d.need("Warm homes", id="warm")
MODEL = d.model


def install(site: Site, **points: str) -> None:
    site.module("acme_scorers", MODULE)
    named = {
        name.replace("_", "."): f"acme_scorers:{to}" for name, to in points.items()
    }
    site.install("acme-scorers", named, group=GROUP)


def test_each_of_our_methods_is_found_by_its_name() -> None:
    for name, scorer in SCORERS.items():
        assert scorer_of(name) is scorer
        assert scorer.name == name


@pytest.mark.parametrize("to", ["Half", "half"])
def test_a_plug_in_is_a_scorer_or_a_class_of_one(site: Site, to: str) -> None:
    install(site, acme_half=to)

    assert score(MODEL, using="acme.half").value == 0.5
    assert set(installed_scorers().found) == {"acme.half"}
    assert installed_scorers().failed == ()


def test_a_name_that_is_taken_is_found_with_its_distribution(site: Site) -> None:
    install(site, coverage="Half")

    assert scorer_of("coverage") is SCORERS["coverage"]
    assert scorer_of("acme-scorers:coverage").name == "acme.half"


@pytest.mark.parametrize(
    ("to", "what"),
    [
        ("Bare", "its `name` is no text"),
        ("Costly", "its scorer cannot be made: TypeError"),
        ("number", "it cannot be called"),
        ("nothing", "cannot be imported"),
    ],
)
def test_a_plug_in_that_fails_is_named_and_harms_no_other(
    site: Site, to: str, what: str
) -> None:
    install(site, acme_half="half", acme_other=to)

    assert set(installed_scorers().found) == {"acme.half"}
    assert len(installed_scorers().failed) == 1
    assert score(MODEL, using="acme.half").value == 0.5
    for name in ("acme.other", "acme-scorers:acme.other"):
        with pytest.raises(PluginError) as caught:
            scorer_of(name)
        assert what in caught.value.what
        assert caught.value.distribution == "acme-scorers"


def test_who_asks_for_none_that_is_there_learns_which_there_are(site: Site) -> None:
    install(site, acme_half="half", acme_other="nothing")
    with pytest.raises(NotFoundError) as caught:
        scorer_of("acme.hal")

    assert "acme.half" in caught.value.nearest
