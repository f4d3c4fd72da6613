"""A distribution that offers ranking methods, good ones and bad ones."""

from tests.offers import Site

MODULE = """
    from missionkit.ports.part import SHARE, Combine, Part

    class Mean:
        name = "acme.mean"
        version = "1"
        requires = ()
        limits = ()

        def __init__(self, options):
            self.options = options

        def values(self, shares, missing, /):
            print("what a plug-in prints")
            return [0.5] * len(self.options.names)

        def __call__(self, view, /):
            part = Part(name="half", value=0.5, refs=("x",))
            return view.scored(self, [part], combine=Combine.SUM, scale=SHARE)

    def broken(options):
        raise ValueError("no such thing")

    number = 7
    """


def install(site: Site, **points: str) -> None:
    site.module("acme_rankers", MODULE)
    named = {
        name.replace("_", "."): f"acme_rankers:{to}" for name, to in points.items()
    }
    site.install("acme-rankers", named, group="missionkit.rankers")
