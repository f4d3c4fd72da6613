"""What is wrong with a store, and what came of mending it, as people read it."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from missionkit.issue import Issue, Severity
from missionkit.markup import Html, columns, join, one_line, shown, table, tag
from missionkit.ports.store import Aside


@frozen(kw_only=True)
class StreamReport:
    """How many commits of a stream are sound, from the first on, of how many.

    What follows on those cannot be relied on, whether it can be read or not. *plan* is
    what a repair would do, or nothing.
    """

    stream: str
    sound: int
    found: int
    issues: tuple[Issue, ...] = ()
    plan: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {
            "stream": self.stream,
            "sound": self.sound,
            "found": self.found,
            "issues": [issue.as_dict() for issue in self.issues],
            "plan": self.plan,
        }


@frozen(kw_only=True)
class StoreReport:
    """What is wrong with a store, stream by stream; true where nothing is damaged.

    `issues` are about the store as a whole, `plan` is what a repair would do about
    them, and `aside` what lies in quarantine. `mendable` is whether the store can be
    repaired at all.
    """

    streams: tuple[StreamReport, ...]
    issues: tuple[Issue, ...] = ()
    plan: tuple[str, ...] = ()
    aside: tuple[Aside, ...] = ()
    mendable: bool = True

    @property
    def every(self) -> tuple[Issue, ...]:
        """What is wrong, of the store as a whole first, then of each stream."""
        return (*self.issues, *(i for each in self.streams for i in each.issues))

    @property
    def plans(self) -> tuple[str, ...]:
        """What a repair would do."""
        return (*self.plan, *(each.plan for each in self.streams if each.plan))

    def __bool__(self) -> bool:
        """Return whether nothing is damaged; advice and warnings are no damage."""
        return all(issue.severity is not Severity.ERROR for issue in self.every)

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {
            "sound": bool(self),
            "mendable": self.mendable,
            "streams": [each.as_dict() for each in self.streams],
            "issues": [issue.as_dict() for issue in self.issues],
            "plan": list(self.plans),
            "quarantine": [{"stream": e.stream, "place": e.place} for e in self.aside],
        }

    def to_html(self) -> Html:
        """Return it as HTML; every text is escaped."""
        issues = [(i.code, i.severity, i.message, _where(i)) for i in self.every]
        parts = [
            tag("p", self._said()),
            table(_STREAMS, self._rows()),
            table(("code", "severity", "what", "where"), issues) if issues else "",
            _listed("A repair would:", self.plans),
            _listed("In quarantine:", map(_lies, self.aside)),
        ]
        return join(parts)

    def _repr_html_(self) -> Html:
        return self.to_html()

    def __str__(self) -> str:
        """Return what is sound, what is not and where, and what to do."""
        lines = [self._said(), columns([_STREAMS, *self._rows()])]
        lines += map(str, self.every)
        lines += [one_line(f"a repair would {plan}") for plan in self.plans]
        lines += [one_line(f"in quarantine: {_lies(each)}") for each in self.aside]
        return "\n".join(lines)

    def _said(self) -> str:
        sound = sum(each.sound for each in self.streams)
        found = sum(each.found for each in self.streams)
        of = f"{sound} of {_some(found, 'commit')} of"
        said = f"{of} {_some(len(self.streams), 'stream')} can be relied on"
        return f"{'sound' if self else 'damaged'}: {said}"

    def _rows(self) -> Iterator[tuple[object, ...]]:
        for each in self.streams:
            yield each.stream, each.sound, each.found


@frozen(kw_only=True)
class StoreRepair:
    """What was done to mend a store, and how it is now; true where it is sound."""

    done: tuple[str, ...]
    before: StoreReport
    after: StoreReport

    def __bool__(self) -> bool:
        """Return whether nothing is damaged any longer."""
        return bool(self.after)

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {
            "done": list(self.done),
            "before": self.before.as_dict(),
            "after": self.after.as_dict(),
        }

    def to_html(self) -> Html:
        """Return it as HTML; every text is escaped."""
        said = self.done or ("Nothing had to be done.",)
        return join([_listed("Done:", said), self.after.to_html()])

    def _repr_html_(self) -> Html:
        return self.to_html()

    def __str__(self) -> str:
        """Return what was done, and how the store is now."""
        said = [one_line(each) for each in self.done] or ["nothing had to be done"]
        return "\n".join([*said, str(self.after)])


_STREAMS = ("stream", "sound commits", "of")


def _lies(each: Aside) -> str:
    what = (
        f"commits of {shown(each.stream)}, in" if each.stream else "what was damaged,"
    )
    return f"{what} {each.place}"


def _some(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def _where(issue: Issue) -> str:
    return " ".join(str(part) for part in (issue.path, issue.source) if part)


def _listed(head: str, said: Iterable[str]) -> Html:
    lines = [tag("li", each) for each in said]
    return join([tag("p", head), tag("ul", *lines)]) if lines else Html()
