"""``missionkit demo``: the review pack of the sample organization."""

from missionkit.cli.terminal import Path, say
from missionkit.report.pack import pack
from missionkit.samples import SAMPLE_DAY, sample


def command(*, out: Path = "missionkit-demo") -> None:
    """Write the review pack of a sample organization, and say what stands in it.

    Args:
        out: The folder to write into; it is made where it is missing.
    """
    made = pack(sample(), on=SAMPLE_DAY)
    page, *_ = made.save(out)
    say(page)
    say(made.summary)
