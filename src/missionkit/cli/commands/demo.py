"""``missionkit demo``: the review pack of the sample organization."""

from missionkit.cli.terminal import Path, say
from missionkit.report.pack import pack
from missionkit.samples import SAMPLE_DAY, sample, sample_ledgers


def command(*, out: Path = "missionkit-demo") -> None:
    """Write the review pack of a sample organization, and say what stands in it.

    Args:
        out: The folder to write into; it is made where it is missing.
    """
    activities, revenue = sample_ledgers()
    made = pack(sample(), on=SAMPLE_DAY, activities=activities, revenue=revenue)
    page, *_ = made.save(out)
    say(page)
    say(made.summary)
