"""Whether management is kept to the minimum that holds, and waste is low."""

from collections.abc import Iterator
from typing import Final

from missionkit.domain.process import Activity
from missionkit.ports.rule import Judgment, LimitSpec, RuleEntry, RuleView
from missionkit.processes.effort import (
    EFFORT_LIMITS,
    MANAGEMENT_SHARE,
    ManagementEffort,
    management_effort,
)
from missionkit.processes.numbers import told_apart
from missionkit.rules.codes import processes as codes
from missionkit.rules.facts.whole import root_of, whose

WASTE: Final = LimitSpec(
    "waste_share", 0.3, "how large waste may be by all effort of a process"
)


def _effort(view: RuleView) -> ManagementEffort | None:
    """Return what effort goes into; None where no activity tells."""
    limits = {spec.name: view.limit(spec.name) for spec in EFFORT_LIMITS}
    told = view.of(Activity)
    return management_effort(view.model, on=view.day, limits=limits) if told else None


def management_above_its_limit(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue where management takes more effort than the limit allows.

    It is necessary effort by value-adding effort. As long as nobody sets a limit, how
    much is too much is nobody's opinion, and nothing is judged.
    """
    if not view.limit(MANAGEMENT_SHARE.name):
        return
    effort = view.once(_effort)
    if effort is not None and effort.is_within is False:
        largest = effort.management[0].title
        limit = view.limit(MANAGEMENT_SHARE.name)
        share, most = told_apart(effort.share or 0, limit)
        yield codes.TOO_MUCH_MANAGEMENT.issue(
            f"Management{whose(view)} takes {share} of value-adding effort,"
            f" more than {most}.",
            ref=root_of(view),
            value=f"{effort.share:.4f}",
            fix=f"drop or simplify the largest of these activities: {largest!r}",
        )


def waste_above_its_limit(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each process in use of whose effort too much is waste."""
    limit = view.limit(WASTE.name)
    effort = view.once(_effort)
    for each in effort.processes if effort else ():
        share = each.waste_ratio
        if each.process is not None and share is not None and share > limit:
            wasted, most = told_apart(share, limit)
            yield codes.TOO_MUCH_WASTE.issue(
                f"{view.named(each.process)} wastes {wasted} of its effort,"
                f" more than {most}.",
                ref=each.process,
                value=f"{share:.4f}",
            )


RULES: Final = (
    RuleEntry(
        rule=management_above_its_limit,
        codes=(codes.TOO_MUCH_MANAGEMENT,),
        needs_on=True,
        limits=EFFORT_LIMITS,
    ),
    RuleEntry(
        rule=waste_above_its_limit,
        codes=(codes.TOO_MUCH_WASTE,),
        needs_on=True,
        limits=(WASTE, *EFFORT_LIMITS),
    ),
)
