"""A workspace driven by a state machine, beside plain dicts that say what is right."""

from datetime import timedelta
from typing import Any

from attrs import field, frozen
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.stakeholder import Need
from missionkit.errors import ConflictError, ModelError, NotFoundError
from tests.history.streams import Clock, opened

WHO: Any = {"by": "chair", "why": "as drawn"}
REFS = [f"n{number}" for number in range(6)]
NAMES = ("statement", "importance", "notes")
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "statement": st.sampled_from(["a", "b"]),
        "importance": st.sampled_from([None, 0.1, 0.9]),
        "notes": st.sampled_from(["", "x", "y"]),
    },
)

Plain = dict[str, dict[str, Any] | None]  # None stands for an element that is erased


@frozen
class Line:
    """What a stream should be: its states from nothing on, and what it was one with."""

    states: list[Plain]
    instants: list[Any]
    gone: set[str]
    bases: dict[str, tuple[str, int]]
    taken: dict[str, int] = field(factory=dict)
    anew: list[tuple[set[str], str]] = field(factory=list)

    def own(self, target: str, after: int) -> set[str]:
        """Return what was put since a version and did not come from *target*."""
        since = self.anew[after:]
        return {ref for refs, origin in since if origin != target for ref in refs}


def lost(base: Plain, ours: Plain, theirs: Plain, own: set[str]) -> bool:
    """Return whether something is erased here that was changed there."""
    return any(
        base[ref] != theirs[ref] if base[ref] else ref in own
        for ref in base.keys() & ours.keys() & theirs.keys()
        if ours[ref] is None and theirs[ref]
    )


def moved(base: Plain, ours: Plain, theirs: Plain) -> bool:
    """Return whether they did anything; to erase is nothing."""
    return any(
        (ref in base) != (ref in theirs)
        if None in (ours.get(ref, 0), theirs.get(ref, 0))
        else base.get(ref, 0) != theirs.get(ref, 0)
        for ref in {*base, *theirs}
    )


def plain_of(model: Model) -> Plain:
    found: Plain = {}
    for element in model:
        if isinstance(element, Opaque):
            found[element.id] = None
        else:
            assert isinstance(element, Need)
            found[element.id] = {name: getattr(element, name) for name in NAMES}
    return found


def three_way(base: Plain, ours: Plain, theirs: Plain) -> Plain | None:
    """Return what both sides come to, or None where they meet."""
    result: Plain = {}
    for ref in {*base, *ours, *theirs}:
        sides: list[Any] = [side.get(ref, "absent") for side in (base, ours, theirs)]
        old, my, their = sides
        kept: Any
        if None in (my, their):  # to erase is no change, and is not undone
            was, here, there = (side != "absent" for side in sides)
            kept = "absent"
            if here and (there or not was):
                kept = my
            elif there and not was:
                kept = their
        elif their in (my, old):
            kept = my
        elif my == old:
            kept = their
        elif any(not isinstance(side, dict) for side in sides):
            return None
        else:
            kept = {}
            for name in NAMES:
                a, b, c = (side[name] for side in sides)
                if b not in (a, c) and c != a:
                    return None
                kept[name] = c if b == a else b
        if kept != "absent":
            result[ref] = kept
    return result


class WorkspaceMachine(RuleBasedStateMachine):
    """Edits, looks back, undoes, forks, merges and erases; refusals change nothing."""

    @initialize()
    def begin(self) -> None:
        self.clock = Clock()
        self.ws = opened(clock=self.clock)
        self.lines: dict[str, Line] = {}
        self.checkpoint = str(self.ws.checkpoint())
        with self.ws.edit("main", create=True, **WHO) as d:
            d.need("a", id="n0")
        self.lines["main"] = Line([{}], [], set(), {})
        self.went("main", {"n0": {"statement": "a", "importance": None, "notes": ""}})

    def went(self, stream: str, state: Plain, origin: str = "") -> None:
        line = self.lines[stream]
        before = line.states[-1]
        put = {ref for ref in state if state[ref] and state[ref] != before.get(ref)}
        line.anew.append((put, origin))
        line.gone.update(line.states[-1].keys() - state.keys())
        line.gone.difference_update(state)
        line.states.append(state)
        line.instants.append(self.clock.at)

    def stream(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.lines)), label="stream")

    @rule(data=st.data(), ref=st.sampled_from(REFS), fields=FIELDS)
    def put(self, data: st.DataObject, ref: str, fields: dict[str, Any]) -> None:
        stream = self.stream(data)
        line, now = self.lines[stream], self.lines[stream].states[-1]
        state = dict(now)
        try:
            with self.ws.edit(stream, **WHO) as d:
                if now.get(ref):
                    d.set(ref, **fields)
                    state[ref] = {**(now[ref] or {}), **fields}
                elif ref not in now:
                    given = {
                        "statement": "new",
                        "importance": None,
                        "notes": "",
                        **fields,
                    }
                    d.need(id=ref, **given)
                    state[ref] = given
        except ModelError:
            assert ref in line.gone
        else:
            assert ref in now or ref not in line.gone
            if state != now:
                self.went(stream, state)

    @rule(data=st.data(), ref=st.sampled_from(REFS))
    def remove(self, data: st.DataObject, ref: str) -> None:
        stream = self.stream(data)
        now = self.lines[stream].states[-1]
        if ref in now:
            with self.ws.edit(stream, **WHO) as d:
                d.remove(ref)
            self.went(stream, {k: v for k, v in now.items() if k != ref})

    @rule(
        data=st.data(),
        ref=st.sampled_from(REFS),
        mine=FIELDS,
        theirs=FIELDS,
        rebase=st.booleans(),
    )
    def collide(
        self,
        data: st.DataObject,
        ref: str,
        mine: dict[str, Any],
        theirs: dict[str, Any],
        *,
        rebase: bool,
    ) -> None:
        stream = self.stream(data)
        now = self.lines[stream].states[-1]
        if not now.get(ref):
            return
        old = now[ref] or {}
        other = {**now, ref: {**old, **theirs}}
        ours = {**now, ref: {**old, **mine}}
        try:
            with self.ws.edit(stream, **WHO, rebase=rebase) as d:
                with self.ws.edit(stream, **WHO) as e:
                    e.set(ref, **theirs)
                if other != now:
                    self.went(stream, other)
                d.set(ref, **mine)
        except ConflictError:
            assert other != now != ours
            assert not rebase or three_way(now, other, ours) is None
            return
        merged = three_way(now, other, ours)
        assert merged is not None
        assert rebase or now in (other, ours)
        if ours != now and merged != other:
            self.went(stream, merged)

    @rule(data=st.data())
    def revert(self, data: st.DataObject) -> None:
        stream = self.stream(data)
        line = self.lines[stream]
        version = data.draw(st.integers(1, len(line.states) - 1), label="version")
        before, after = line.states[version - 1 : version + 1]
        wanted = three_way(after, line.states[-1], before)
        put, _ = line.anew[version - 1]
        if any(ref in before and after.get(ref, 0) is None for ref in put):
            wanted = None  # nobody knows any more what was there
        found = self.ws.revert(stream, version, **WHO)
        if found.model is None:
            added = set() if wanted is None else wanted.keys() - line.states[-1].keys()
            assert wanted is None or not added <= before.keys()
        else:
            assert wanted is not None
            if wanted != line.states[-1]:
                self.went(stream, wanted)

    @precondition(lambda self: len(self.lines) < 4)
    @rule(data=st.data())
    def fork(self, data: st.DataObject) -> None:
        source = self.stream(data)
        target = f"s{len(self.lines)}"
        self.ws.fork(source, target, **WHO)
        now = self.lines[source].states[-1]
        base = (source, len(self.lines[source].states) - 1)
        self.lines[target] = Line([{}], [], set(), {source: base})
        self.lines[source].bases[target] = base
        self.lines[target].taken[source] = base[1]
        self.went(target, dict(now), source)

    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        source, target = self.stream(data), self.stream(data)
        base = self.lines[target].bases.get(source)
        if base is None:
            try:
                self.ws.merge(source, target, **WHO)
            except NotFoundError:
                return
            raise AssertionError(source, target)
        now, theirs = self.lines[target].states[-1], self.lines[source].states[-1]
        stream, version = base
        before = self.lines[stream].states[version]
        own = self.lines[source].own(target, self.lines[target].taken.get(source, 0))
        unseen = {r for r in before if r in theirs and not before[r]} - own
        seen = {**theirs, **dict.fromkeys(unseen)}
        wanted = three_way(before, now, seen)
        if lost(before, now, seen, own):
            wanted = None
        reused = (wanted or {}).keys() & self.lines[target].gone - now.keys()
        found = self.ws.merge(source, target, **WHO)
        assert bool(found) == (wanted is not None and not reused)
        if found and wanted is not None and moved(before, now, seen):
            self.went(target, wanted, source)
            base = (source, len(self.lines[source].states) - 1)
            self.lines[target].taken[source] = base[1]
            self.lines[target].bases[source] = base
            self.lines[source].bases[target] = base

    @rule(data=st.data(), ref=st.sampled_from(REFS))
    def dispose(self, data: st.DataObject, ref: str) -> None:
        stream = self.stream(data)
        line = self.lines[stream]
        if not any(ref in state for state in line.states):
            return
        if self.ws.dispose(stream, ref, **WHO) is None:
            assert not any(state.get(ref) for state in line.states)
            return
        for state in line.states:
            if ref in state:
                state[ref] = None
        line.states.append(dict(line.states[-1]))
        line.instants.append(self.clock.at)
        line.anew.append((set(), ""))

    @rule(minutes=st.integers(-3_000, 3_000))
    def wait(self, minutes: int) -> None:
        self.clock.at += timedelta(minutes=minutes)

    @rule()
    def keep_a_checkpoint(self) -> None:
        self.checkpoint = str(self.ws.checkpoint())

    @rule(data=st.data(), days=st.integers(-3, 3))
    def look_back(self, data: st.DataObject, days: int) -> None:
        stream = self.stream(data)
        line = self.lines[stream]
        for version, state in enumerate(line.states[1:], 1):
            assert plain_of(self.ws.model(stream, version=version)) == state
        day = (self.clock.at + timedelta(days=days)).date()
        count = 0
        while count < len(line.instants) and line.instants[count].date() <= day:
            count += 1
        if count:
            found = self.ws.model(stream, known=day)
            assert plain_of(found) == line.states[count]

    @invariant()
    def every_stream_is_what_it_should_be(self) -> None:
        for name, line in getattr(self, "lines", {}).items():
            assert plain_of(self.ws.model(name)) == line.states[-1]
            assert self.ws.version(name) == len(line.states) - 1

    @invariant()
    def verification_finds_nothing(self) -> None:
        if hasattr(self, "ws"):
            assert self.ws.verify(against=self.checkpoint)


TestWorkspaceMachine = WorkspaceMachine.TestCase
TestWorkspaceMachine.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
