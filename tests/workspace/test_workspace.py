"""What a workspace does for who edits, looks back, undoes, forks, merges and erases."""

import asyncio
import pickle
import sqlite3
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from missionkit.domain.history import Actor, Commit
from missionkit.domain.ids import AnyId
from missionkit.domain.kinds import KINDS
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.party import Party
from missionkit.domain.plan import Goal
from missionkit.domain.role import RoleAssignment
from missionkit.domain.stakeholder import Need
from missionkit.errors import (
    CommitUnknownError,
    ConflictError,
    DocumentError,
    InvalidValueError,
    ModelError,
    NotFoundError,
    StoreBusyError,
    StoreError,
    StoreUnavailableError,
)
from missionkit.history import codes
from missionkit.history.edit import Edit
from missionkit.history.past import newest
from missionkit.issue import Code
from missionkit.ports.store import Store
from missionkit.stores.memory import MemoryStore
from missionkit.workspace import Workspace, now
from tests.domain.bets import Bet
from tests.history.streams import NOON, Clock, Held, counted, opened
from tests.messages import complaints

WHO: Any = {"by": "chair", "why": "Board, 12 March"}


@pytest.fixture
def ws() -> Workspace:
    """Give a workspace whose stream harbour holds a need and a party."""
    made = opened()
    with made.edit("harbour", create=True, **WHO) as d:
        d.need("A warm home", id="warm")
        d.party("Ada Okafor", id="party-1")
    return made


def codes_of(error: Any) -> list[str]:  # noqa: ANN401 - any value
    for issue in error.issues:
        assert list(complaints(issue)) == []
    return [issue.code for issue in error.issues]


# Editing


def test_what_is_edited_becomes_one_commit(ws: Workspace) -> None:
    with ws.edit("harbour", **WHO) as d:
        d.set("warm", importance=0.9)
        d.goal("Homes are warm")
    assert d.commit is not None
    facts = d.commit.facts

    assert ws.model("harbour") == d.model
    assert (facts.sequence, facts.actor, facts.why) == (2, "chair", "Board, 12 March")
    assert [c.id for c in facts.changes] == ["warm", "homes-are-warm"]
    assert ws.version("harbour") == 2
    assert ws.streams() == ("harbour",)
    assert ws.streams("q") == ()


def test_an_exception_in_the_block_writes_nothing(ws: Workspace) -> None:
    def broken() -> None:
        with ws.edit("harbour", **WHO) as d:
            d.set("warm", importance=0.9)
            raise KeyError("a mistake of the caller")

    with pytest.raises(KeyError):
        broken()
    assert ws.version("harbour") == 1


def test_what_is_not_sound_writes_nothing(ws: Workspace) -> None:
    def unsound() -> None:
        with ws.edit("harbour", **WHO) as d:
            d.set("warm", stakeholder="nobody")

    with pytest.raises(ModelError):
        unsound()
    assert ws.version("harbour") == 1


def test_nothing_changed_is_no_commit(ws: Workspace) -> None:
    heard: list[Any] = []
    ws.on_commit(lambda *said: heard.append(said))
    with ws.edit("harbour", **WHO) as d:
        d.set("warm", statement="A warm home")
    with ws.edit("other", create=True, **WHO):
        pass

    assert d.commit is None
    assert ws.version("harbour") == 1
    assert ws.streams() == ("harbour",)
    assert heard == []


@pytest.mark.parametrize(
    "ask", ["edit", "model", "history", "blame", "diff", "transact"]
)
def test_an_unknown_stream_is_not_found_and_the_nearest_is_named(
    ws: Workspace, ask: str
) -> None:
    def asked() -> object:
        match ask:
            case "edit":
                with ws.edit("harbor", **WHO) as d:
                    return d
            case "model":
                return ws.model("harbor")
            case "history":
                return ws.history("harbor")
            case "blame":
                return ws.blame("harbor", "warm")
            case "diff":
                return ws.diff("harbor", 0)
        return ws.transact("harbor", Edit.model.fget, **WHO)  # type: ignore[attr-defined]

    with pytest.raises(NotFoundError) as caught:
        asked()
    assert str(caught.value) == ("there is no stream 'harbor'; did you mean 'harbour'?")


@pytest.mark.parametrize(
    ("stream", "by", "why", "found"),
    [
        ("harbour", "", "x", [codes.NO_REASON]),
        ("harbour", "chair", "  ", [codes.NO_REASON]),
        ("harbour", None, None, [codes.NO_REASON, codes.NO_REASON]),
        ("harbour", "chair", "a\x1b[2J", [codes.NO_REASON]),
        ("harbour", "chair", "\ud800", [codes.NO_REASON]),
        ("harbour", "chair", "x" * 100_001, [codes.NO_REASON]),
        ("harbour", Actor(id=""), "x", [codes.NO_REASON]),
        ("Harbour", "chair", "x", [codes.BAD_STREAM]),
        ("../etc", "chair", "x", [codes.BAD_STREAM]),
        ("a//b", "chair", "x", [codes.BAD_STREAM]),
        ("a\n", "chair", "x", [codes.BAD_STREAM]),
        (7, 7, 7, [codes.BAD_STREAM, codes.NO_REASON, codes.NO_REASON]),
        ("/".join("abcdefghi"), "chair", "x", [codes.BAD_STREAM]),
    ],
)
def test_a_commit_says_where_who_and_why(
    ws: Workspace,
    stream: str,
    by: str,
    why: str,
    found: list[Code],
) -> None:
    def edited() -> None:
        with ws.edit(stream, by=by, why=why, create=True) as d:
            d.need("x")

    with pytest.raises(InvalidValueError) as caught:
        edited()
    assert codes_of(caught.value) == [code.code for code in found]
    acts: list[Any] = [ws.revert, ws.fork, ws.merge, ws.dispose]
    for act in acts:
        with pytest.raises(InvalidValueError):
            act(stream, stream, by=by, why=why)


def test_there_is_no_default_actor_and_no_default_reason(ws: Workspace) -> None:
    with pytest.raises(TypeError):
        ws.edit("harbour", why="x")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        ws.edit("harbour", by="x")  # type: ignore[call-arg]


def test_who_acts_may_be_an_actor_and_an_unknown_one_is_advice(ws: Workspace) -> None:
    with ws.edit("harbour", by=Actor(id="party-2"), why="x") as d:
        d.need("x")
    assert codes_of_advice(d) == [codes.UNKNOWN_ACTOR.code]
    assert d.advice[0].fix == "did you mean 'party-1'?"
    with ws.edit("harbour", by="party-1", why="x") as d:
        d.need("y")
    assert codes_of_advice(d) == []


def codes_of_advice(draft: Edit) -> list[str]:
    for issue in draft.advice:
        assert list(complaints(issue)) == []
    return [issue.code for issue in draft.advice]


@pytest.mark.parametrize("roles", [None, (), ("sponsor", "owner")])
def test_to_which_roles_an_actor_was_narrowed_is_recorded(
    ws: Workspace, roles: tuple[str, ...] | None
) -> None:
    who: Any = {"by": Actor(id="party-1", roles=roles), "why": "x"}
    with ws.edit("harbour", **who) as d:
        d.set("warm", notes="x")
    ws.fork("harbour", "harbour/next", **who)
    ws.transact("harbour", lambda d: d.set("warm", notes="y"), **who)
    ws.revert("harbour", 3, **who)
    ws.dispose("harbour", "party-1", **who)
    ws.dispose_everywhere("party-1", **who)
    made = [c for name in ws.streams() for c in ws.store.read(name)][1:]

    assert [commit.facts.roles for commit in made] == [roles] * 6
    assert all((b'"roles"' in commit.header) == (roles is not None) for commit in made)
    assert ws.verify()
    assert ws.model("harbour") == Workspace(store=ws.store).model("harbour")


@pytest.mark.parametrize("roles", [["owner"], "owner", ("",), (1,), ("\ud800",)])
def test_roles_that_are_no_names_are_refused(ws: Workspace, roles: Any) -> None:  # noqa: ANN401 - the point
    with pytest.raises(InvalidValueError) as caught:
        ws.fork("harbour", "x", by=Actor(id="party-1", roles=roles), why="x")

    assert codes_of(caught.value) == [codes.NO_REASON.code]
    assert [issue.path for issue in caught.value.issues] == ["by.roles"]


def test_a_clock_without_a_zone_is_refused() -> None:
    clocks: list[Any] = [lambda: datetime(2026, 1, 1), lambda: None]  # noqa: DTZ001 - the point
    for clock in clocks:
        ws = Workspace(":memory:", clock=clock)

        def edited(ws: Workspace = ws) -> None:
            with ws.edit("harbour", create=True, **WHO) as d:
                d.need("x")

        with pytest.raises(InvalidValueError) as caught:
            edited()
        assert codes_of(caught.value) == [codes.NO_INSTANT.code]


def test_the_real_clock_and_real_tokens_serve() -> None:
    ws = Workspace(":memory:")
    before = now()
    with ws.edit("harbour", create=True, **WHO) as d:
        party = d.party("Ada")

    assert before <= ws.history("harbour").entries[0].header.at <= now()
    assert party.id.startswith("party-")
    assert len(party.id) == len("party-") + 6


def test_an_id_is_not_used_again(ws: Workspace) -> None:
    with ws.edit("harbour", **WHO) as d:
        d.remove("warm")

    def again() -> None:
        with ws.edit("harbour", **WHO) as d:
            d.need("Another thing", id="warm")

    with pytest.raises(ModelError) as caught:
        again()
    assert codes_of(caught.value) == [codes.ID_USED_BEFORE.code]
    with pytest.raises(ModelError):
        ws.transact("harbour", lambda d: d.need("Another", id="warm"), **WHO)
    assert ws.version("harbour") == 2


def test_an_id_is_not_given_to_a_thing_of_another_kind(ws: Workspace) -> None:
    def another() -> None:
        with ws.edit("harbour", **WHO) as d:
            d.remove("warm")
            d.goal("Warm", id="warm")

    with pytest.raises(ModelError) as caught:
        another()
    assert codes_of(caught.value) == [codes.ID_USED_BEFORE.code]


def test_an_id_is_not_given_to_an_unknown_thing_of_another_kind(ws: Workspace) -> None:
    for kind, ref in (("acme.bet", "warm"), ("need", "party-1")):
        draft = ws.model("harbour").without(ref)
        stub = Opaque(kind=kind, id=AnyId(ref), erased=kind == "need")

        with (
            pytest.raises(ModelError) as caught,
            ws.edit("harbour", **WHO) as d,
        ):
            d.become(draft.with_(stub))
        assert codes_of(caught.value) == [codes.ID_USED_BEFORE.code]


def test_an_element_that_is_made_anew_as_the_same_kind_was_changed(
    ws: Workspace,
) -> None:
    with ws.edit("harbour", **WHO) as d:
        d.remove("warm")
        d.need("Said in other words", id="warm")

    (_, last) = ws.history("harbour", "warm")
    assert last.what == "changed"


def test_kinds_of_third_parties_are_kept_where_they_are_given() -> None:
    ws = opened(kinds=KINDS | {Bet})
    with ws.edit("harbour", create=True, **WHO) as d:
        d.make(Bet, "Heat pumps", id="bet")
    assert isinstance(ws.model("harbour")["bet"], Bet)

    other = Workspace(store=ws.store)
    assert isinstance(other.model("harbour")["bet"], Opaque)
    with other.edit("harbour", **WHO) as d:
        d.need("A warm home")
    assert isinstance(ws.model("harbour")["bet"], Bet)

    def added() -> None:
        with other.edit("harbour", **WHO) as d:
            d.make(Bet, "Insulation")

    with pytest.raises(ModelError) as caught:
        added()
    assert "kinds=" in caught.value.issues[0].fix


# Conflicts


def test_a_conflict_says_who_changed_what_and_how_to_go_on(ws: Workspace) -> None:
    def edited(*, rebase: bool) -> None:
        with ws.edit("harbour", **WHO, rebase=rebase) as d:
            with ws.edit("harbour", by="ada", why="Tenants said so") as theirs:
                theirs.set("warm", importance=0.9)
            d.set("warm", importance=0.1)

    with pytest.raises(ConflictError) as caught:
        edited(rebase=False)
    assert (caught.value.expected, caught.value.found) == (1, 2)
    assert caught.value.theirs == (ws.history("harbour").entries[1].header.id,)
    (issue,) = caught.value.issues
    assert issue.message == (
        "'ada' committed 'Tenants said so' meanwhile; also changed here: warm."
    )
    assert (issue.ref, issue.path) == ("warm", "harbour@2")
    assert "rebase=True" in issue.fix
    assert codes_of(caught.value) == [codes.MEANWHILE.code]

    with ws.edit("harbour", **WHO) as d:
        d.set("warm", importance=0.5)
    with pytest.raises(ConflictError) as caught:
        edited(rebase=True)
    assert codes_of(caught.value) == [codes.CONFLICT.code]
    assert caught.value.issues[0].path == "importance"
    assert ws.version("harbour") == 4


def test_rebase_keeps_both_sides_where_they_do_not_meet(ws: Workspace) -> None:
    with ws.edit("harbour", **WHO, rebase=True) as d:
        with ws.edit("harbour", by="ada", why="x") as theirs:
            theirs.set("warm", importance=0.9)
        d.set("warm", notes="both")

    need = ws.model("harbour").get(Need, "warm")
    assert (need.importance, need.notes) == (0.9, "both")
    assert d.model == ws.model("harbour")
    assert ws.version("harbour") == 3
    assert [f.path for f in ws.history("harbour", "warm")[2].fields] == ["notes"]


def test_a_conflict_that_does_not_touch_the_edit_says_so(ws: Workspace) -> None:
    def edited() -> None:
        with ws.edit("harbour", **WHO) as d:
            with ws.edit("harbour", by="ada", why="x") as theirs:
                for number in range(9):
                    theirs.need(f"need {number}")
            d.set("warm", notes="x")

    with pytest.raises(ConflictError) as caught:
        edited()
    (issue,) = caught.value.issues
    assert "not touched here" in issue.message
    assert issue.value == "'need-0, need-1, need-2, need-3, need-4, 4 more'"


def test_expected_is_the_version_that_the_caller_has_seen(ws: Workspace) -> None:
    def edited(expected: Any, *, rebase: bool = False) -> None:  # noqa: ANN401 - any value
        with ws.edit("harbour", **WHO, expected=expected, rebase=rebase) as d:
            d.set("warm", notes=f"after {expected}")

    edited(1)
    for expected in (0, 1):
        with pytest.raises(ConflictError) as caught:
            edited(expected)
        assert (caught.value.expected, caught.value.found) == (expected, 2)
    for expected in (-1, 5, 2**70, 10**5000):
        for rebase in (True, False):
            with pytest.raises(NotFoundError, match="no version of harbour"):
                edited(expected, rebase=rebase)
    for wrong in (True, "1", 1.0):
        with pytest.raises(InvalidValueError) as refused:
            edited(wrong)
        assert codes_of(refused.value) == [codes.WRONG_QUESTION.code]
    assert ws.version("harbour") == 2


def test_an_edit_of_a_version_that_was_seen_is_brought_to_the_newest(
    ws: Workspace,
) -> None:
    with ws.edit("harbour", **WHO) as d:
        d.set("warm", importance=0.9)
    with ws.edit("harbour", **WHO, expected=1, rebase=True) as d:
        assert d.before == ws.model("harbour", version=1)
        d.set("warm", notes="seen before")
    need = ws.model("harbour").get(Need, "warm")
    assert (need.importance, need.notes) == (0.9, "seen before")
    with ws.edit("harbour", **WHO, expected=0, rebase=True) as d:
        d.need("From nothing")
    assert len(ws.model("harbour")) == 3


def test_an_errors_facts_survive_pickling(ws: Workspace) -> None:
    def edited() -> None:
        with ws.edit("harbour", **WHO, expected=0):
            pass

    with pytest.raises(ConflictError) as caught:
        edited()
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301


# Transactions and threads


def test_a_transaction_runs_the_whole_function_again(ws: Workspace) -> None:
    seen: list[float | None] = []

    def change(d: Edit) -> str:
        seen.append(d.model.get(Need, "warm").importance)
        if len(seen) < 3:
            with ws.edit("harbour", by="ada", why="faster") as theirs:
                theirs.set("warm", importance=len(seen) / 10)
        d.set("warm", notes=f"{len(seen)} tries")
        return "done"

    assert ws.transact("harbour", change, **WHO) == "done"
    assert seen == [None, 0.1, 0.2]
    need = ws.model("harbour").get(Need, "warm")
    assert (need.importance, need.notes) == (0.2, "3 tries")


def test_a_transaction_gives_up_after_so_many_tries(ws: Workspace) -> None:
    tries = 0

    def change(d: Edit) -> None:
        nonlocal tries
        tries += 1
        with ws.edit("harbour", by="ada", why="faster") as theirs:
            theirs.set("warm", notes=f"{tries}")
        d.set("warm", notes="never")

    with pytest.raises(ConflictError):
        ws.transact("harbour", change, **WHO, tries=3)
    assert tries == 3
    for wrong in (0, -1, True, "3"):
        with pytest.raises(InvalidValueError) as caught:
            ws.transact("harbour", change, **WHO, tries=wrong)  # type: ignore[arg-type]
        assert codes_of(caught.value) == [codes.WRONG_QUESTION.code]
    assert tries == 3


@pytest.mark.parametrize("place", [":memory:", "file"])
def test_a_thousand_edits_of_eight_threads_lose_nothing(
    place: str, tmp_path: Path
) -> None:
    each, threads = (125, 8) if place == ":memory:" else (10, 8)
    ws = Workspace(place if place == ":memory:" else tmp_path / "harbour.db")
    heard: list[int] = []
    ws.on_commit(lambda _, commit: heard.append(commit.facts.sequence))
    with ws.edit("harbour", create=True, **WHO) as d:
        d.need("Counted", id="n", notes="0")
    start = Barrier(threads)

    def counted_up() -> None:
        start.wait()
        for _ in range(each):
            ws.transact("harbour", _one_more, **WHO)

    with ThreadPoolExecutor(threads) as pool:
        for future in [pool.submit(counted_up) for _ in range(threads)]:
            future.result()

    assert ws.model("harbour").get(Need, "n").notes == str(each * threads)
    assert ws.version("harbour") == each * threads + 1
    assert sorted(heard) == list(range(1, each * threads + 2))
    assert ws.verify()


def _one_more(d: Edit) -> None:
    need = d.model.get(Need, "n")
    d.set(need, notes=str(int(need.notes) + 1))


def test_two_workspaces_on_one_store_lose_nothing() -> None:
    store = MemoryStore()
    both = [Workspace(store=store) for _ in range(2)]
    with both[0].edit("harbour", create=True, **WHO) as d:
        d.need("Counted", id="n", notes="0")

    def counted_up(ws: Workspace) -> None:
        for _ in range(40):
            ws.transact("harbour", _one_more, **WHO, tries=1_000)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(counted_up, both))
    assert both[0].model("harbour").get(Need, "n").notes == "80"


def test_transactions_of_two_streams_that_wait_for_each_other_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("missionkit.workspace.turns._TURN", 0.05)
    ws = opened()
    start = Barrier(2)

    def crossed(pair: tuple[str, str]) -> None:
        mine, other = pair
        with ws._desk.turns.of(mine):
            start.wait(5)
            ws.transact(other, lambda d: d.need("x"), **WHO, create=True)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(crossed, [("a", "b"), ("b", "a")]))
    assert ws.streams() == ("a", "b")


def test_it_serves_asyncio_by_threads() -> None:
    ws = opened()

    def added(name: str) -> None:
        ws.transact("harbour", lambda d: d.need(name), **WHO, create=True)

    async def several() -> None:
        await asyncio.gather(
            *(asyncio.to_thread(added, f"need {n}") for n in range(20))
        )

    asyncio.run(several())
    assert len(ws.model("harbour")) == 20


# Stores that fail


class Failing(MemoryStore):
    """A store that raises what it is told to before or after it has written."""

    def __init__(self) -> None:
        super().__init__()
        self.plan: list[tuple[str, Exception]] = []
        self.sent: list[tuple[str, ...]] = []

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        self.sent.append(tuple(commit.facts.id for commit in commits))
        when, error = self.plan.pop(0) if self.plan else ("", Exception())
        if when == "before":
            raise error
        count = super().append(stream, commits, expected=expected)
        if when == "after":
            raise error
        return count


UNKNOWN = CommitUnknownError("x")


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_commit_of_which_nobody_knows_is_sent_once_more_with_its_id(
    when: str,
) -> None:
    store = Failing()
    store.plan = [(when, UNKNOWN)]
    ws = Workspace(store=store)
    with ws.edit("harbour", create=True, **WHO) as d:
        d.need("x")

    assert store.sent[0] == store.sent[1]
    assert len(store.sent) == 2
    assert ws.version("harbour") == 1


@pytest.mark.parametrize(
    "second", [CommitUnknownError("x"), StoreBusyError("busy"), StoreError("failed")]
)
def test_a_commit_of_which_still_nobody_knows_is_told_so(second: Exception) -> None:
    store = Failing()
    store.plan = [("before", UNKNOWN), ("before", second)]
    ws = Workspace(store=store)

    with pytest.raises(CommitUnknownError):
        ws.transact("harbour", lambda d: d.need("x"), **WHO, create=True)
    assert len(store.sent) == 2


def test_a_commit_of_which_nobody_knew_may_turn_out_to_have_lost() -> None:
    store = Failing()
    ws = Workspace(store=store)
    with ws.edit("harbour", create=True, **WHO) as d:
        d.need("x", id="n")

    def edited() -> None:
        with ws.edit("harbour", **WHO) as d:
            d.set("n", notes="mine")
            with ws.edit("harbour", **WHO) as theirs:
                theirs.set("n", notes="theirs")
            store.plan = [("before", UNKNOWN)]

    with pytest.raises(ConflictError):
        edited()


def test_a_busy_store_is_tried_again_and_another_failure_is_not() -> None:
    store = Failing()
    store.plan = [("before", StoreBusyError("busy"))] * 2
    ws = Workspace(store=store)
    ws.transact("harbour", lambda d: d.need("x"), **WHO, create=True)
    assert len(store.sent) == 3

    store.plan = [("after", StoreBusyError("busy", committed=None))]
    with pytest.raises(StoreBusyError):
        ws.transact("harbour", lambda d: d.need("once"), **WHO)
    assert len(store.sent) == 4
    assert len(ws.model("harbour")) == 2

    store.plan = [("before", StoreUnavailableError("gone"))]
    with pytest.raises(StoreUnavailableError):
        ws.transact("harbour", lambda d: d.need("y"), **WHO)
    assert len(store.sent) == 5


# Looking back


def test_the_past_is_asked_by_version_and_by_what_was_known(ws: Workspace) -> None:
    first = ws.model("harbour")
    with ws.edit("harbour", **WHO) as d:
        d.set("warm", importance=0.9)

    assert ws.model("harbour", version=1) == first
    assert ws.model("harbour", version=2) == ws.model("harbour") != first
    assert ws.model("harbour", known=NOON.date()) == ws.model("harbour")
    east = timezone(timedelta(hours=13))
    with pytest.raises(NotFoundError):
        ws.model("harbour", known=NOON.date(), tz=east)
    with pytest.raises(NotFoundError, match="known on '2025-12-31'"):
        ws.model("harbour", known=date(2025, 12, 31))
    assert str(ws.diff("harbour", 1)) == (
        "~ need warm 'A warm home'\n    importance: nothing → 0.9"
    )
    assert ws.diff("harbour", 0, 1).ids == ("party-1", "warm")
    assert not ws.diff("harbour", 2, 2)


@pytest.mark.parametrize(
    "asked",
    [
        {"version": True},
        {"version": "1"},
        {"version": 1.0},
        {"known": "2026-01-01"},
        {"known": datetime(2026, 1, 1, tzinfo=UTC)},
        {"known": date(2026, 1, 1), "tz": "Europe/Berlin"},
        {"known": date(2026, 1, 1), "version": 1},
    ],
    ids=str,
)
def test_what_is_no_version_and_no_day_is_refused(
    ws: Workspace, asked: dict[str, Any]
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        ws.model("harbour", **asked)
    assert codes_of(caught.value) == [codes.WRONG_QUESTION.code]


@pytest.mark.parametrize("version", [0, -1, 2])
def test_a_version_that_is_not_there_is_not_found(ws: Workspace, version: int) -> None:
    with pytest.raises(NotFoundError):
        ws.model("harbour", version=version)


def test_history_tells_of_the_stream_and_of_one_element(ws: Workspace) -> None:
    with ws.edit("harbour", **WHO) as d:
        d.set("warm", importance=0.9)
    element = ws.model("harbour")["warm"]

    assert len(ws.history("harbour")) == 2
    assert [v.what for v in ws.history("harbour", element)] == ["added", "changed"]
    assert dict(ws.blame("harbour", element).fields)["importance"].sequence == 2
    with pytest.raises(NotFoundError, match="'warm'"):
        ws.history("harbour", "warn")


def test_progress_is_told_while_a_model_is_read(ws: Workspace) -> None:
    told: list[int] = []
    ws.model("harbour", version=1, progress=told.append)
    ws.model("harbour", progress=told.append)
    ws.model("harbour", known=NOON.date(), progress=told.append)

    assert told == [1, 1, 1]


def test_reading_goes_on_from_the_snapshot() -> None:
    ws = opened()
    for number in range(120):
        with ws.edit("harbour", create=True, **WHO) as d:
            d.need(f"need {number}")
    told: list[int] = []

    assert len(ws.model("harbour", progress=told.append)) == 120
    assert told == [20]
    held = ws.store.snapshot("harbour")  # type: ignore[attr-defined]
    assert held.sequence == 100
    assert ws.verify()


def test_a_store_without_snapshots_serves_as_well() -> None:
    class Plain(Held):
        def append(
            self, stream: str, commits: Sequence[Commit], *, expected: int
        ) -> int:
            self.held.setdefault(stream, []).extend(commits)
            return expected + len(commits)

    ws = Workspace(store=Plain(), clock=Clock(), token=counted())
    for number in range(51):
        with ws.edit("harbour", create=True, **WHO) as d:
            d.need(f"need {number}")

    assert len(ws.model("harbour")) == 51
    assert ws.verify(against=ws.checkpoint())
    with pytest.raises(StoreError, match="cannot erase"):
        ws.dispose("harbour", "need-1", **WHO)


@pytest.mark.parametrize(
    "how",
    [
        lambda data: data.replace(b"Ada Okafor", b"Bob Okafor"),
        lambda data: data.replace(b'"salt":"', b'"salt":"00'),
        lambda data: data.replace(b'"salt"', b'"slat"'),
        lambda _: b"[]",
    ],
    ids=["a name", "its salt", "no salt", "none at all"],
)
def test_nothing_is_built_on_a_snapshot_that_was_changed(
    tmp_path: Path, how: Callable[[bytes], bytes]
) -> None:
    with Workspace(tmp_path / "db", clock=Clock(), token=counted()) as ws:
        for number in range(52):
            with ws.edit("harbour", create=True, **WHO) as d:
                if not number:
                    d.party("Ada Okafor", id="party-1")
                d.need(f"need {number}")
        checkpoint = ws.checkpoint()
        assert ws.verify(against=checkpoint)
    db = sqlite3.connect(tmp_path / "db")
    ((data,),) = db.execute("SELECT data FROM snapshots").fetchall()
    assert how(data) != data
    db.execute("UPDATE snapshots SET data = ?", (how(data),))
    db.commit()
    db.close()
    with Workspace(tmp_path / "db", clock=Clock(), token=counted(9_000)) as ws:
        found = ws.verify(against=checkpoint)
        assert [i.code for i in found.issues] == [codes.WRONG_SNAPSHOT.code]
        assert ws.model("harbour").get(Party, "party-1").name == "Ada Okafor"
        for number in range(60):
            with ws.edit("harbour", **WHO) as d:
                d.set("party-1", notes=f"seen {number} times")
        assert ws.model("harbour").get(Party, "party-1").name == "Ada Okafor"
        assert ws.model("harbour") == ws.model("harbour", version=112)
        assert ws.verify(against=checkpoint)


@pytest.mark.parametrize("whole", [True, False], ids=["as it is", "a broken twin"])
def test_a_snapshot_from_before_a_disposal_is_told_and_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, whole: bool
) -> None:
    with Workspace(tmp_path / "db", clock=Clock(), token=counted()) as ws:
        for number in range(52):
            with ws.edit("harbour", create=True, **WHO) as d:
                if not number:
                    d.party("Ada Okafor", id="party-1")
                d.need(f"need {number}")
        with closing(sqlite3.connect(tmp_path / "db")) as db:
            (old,) = db.execute("SELECT * FROM snapshots").fetchall()
        ws.dispose("harbour", "party-1", **WHO)
        with ws.edit("harbour", **WHO) as d:
            d.need("afterwards", id="after")
        checkpoint = ws.checkpoint()
    with closing(sqlite3.connect(tmp_path / "db")) as db:
        db.execute("REPLACE INTO snapshots VALUES (?, ?, ?, ?)", old)
        db.commit()
    if not whole:
        monkeypatch.setattr("missionkit.history.past.reaches_behind", lambda *_: False)

    with Workspace(tmp_path / "db", clock=Clock(), token=counted(9_000)) as ws:
        (issue,) = ws.verify(against=checkpoint).issues
        assert (issue.code, issue.path) == (codes.WRONG_SNAPSHOT.code, "harbour@50")
        assert "is older than a disposal" in issue.message
        assert list(complaints(issue)) == []
        party = ws.model("harbour")["party-1"]
        assert isinstance(party, Opaque) == whole
        if not whole:
            return
        assert ws.model("harbour") == ws.model("harbour", version=54)
        assert ws.checkpoint() == checkpoint
        for number in range(50):
            with ws.edit("harbour", **WHO) as d:
                d.set("after", notes=f"seen {number} times")
        assert ws.verify(against=checkpoint)
    assert b"Ada Okafor" not in (tmp_path / "db").read_bytes()


def test_a_snapshot_is_named_by_its_commit_and_its_digest_cannot_be_guessed() -> None:
    said = []
    for start in (0, 9_000):
        ws = opened(token=counted(start))
        for number in range(50):
            with ws.edit("harbour", create=True, **WHO) as d:
                d.need(f"need {number}")
        *_, last = ws.store.read("harbour")
        (act,) = last.facts.acts
        assert act.startswith("snapshot:")
        said.append(act)

    assert said[0] != said[1]


# Undoing, scenarios


def test_a_commit_is_undone_by_another_commit(ws: Workspace) -> None:
    with ws.edit("harbour", **WHO) as d:
        d.set("warm", importance=0.9)
        d.goal("Homes are warm", id="g")
    with ws.edit("harbour", **WHO) as d:
        d.set("warm", notes="since then")
    before = ws.model("harbour")

    assert ws.revert("harbour", 2, **WHO)
    undone = ws.model("harbour")
    assert "g" not in undone
    assert undone.get(Need, "warm").importance is None
    assert undone.get(Need, "warm").notes == "since then"
    assert ws.revert("harbour", 4, **WHO)
    assert ws.model("harbour") == before
    assert ws.history("harbour").entries[3].header.acts == ("revert:2",)
    assert ws.revert("harbour", 3, **WHO).model is not None
    assert ws.revert("harbour", 3, **WHO)
    assert ws.version("harbour") == 6  # undone once already


def test_what_was_changed_since_is_not_undone(ws: Workspace) -> None:
    with ws.edit("harbour", **WHO) as d:
        d.set("warm", importance=0.9)
    with ws.edit("harbour", **WHO) as d:
        d.set("warm", importance=0.5)
    found = ws.revert("harbour", 2, **WHO)

    assert not found
    assert [issue.path for issue in found.conflicts] == ["importance"]
    assert ws.version("harbour") == 3
    for version in (0, 4, -1):
        with pytest.raises(NotFoundError):
            ws.revert("harbour", version, **WHO)


def test_the_first_commit_can_be_undone(ws: Workspace) -> None:
    assert ws.revert("harbour", 1, **WHO)
    assert len(ws.model("harbour")) == 0
    assert ws.revert("harbour", 2, **WHO)
    assert "warm" in ws.model("harbour")


def test_a_scenario_is_forked_and_brought_back_more_than_once(ws: Workspace) -> None:
    commit = ws.fork("harbour", "harbour/pumps", **WHO)
    assert commit.facts.acts == ("fork:harbour@1",)
    assert ws.model("harbour/pumps") == ws.model("harbour")
    with ws.edit("harbour/pumps", **WHO) as d:
        d.set("warm", importance=0.9)
    with ws.edit("harbour", **WHO) as d:
        d.set("warm", notes="meanwhile")
    assert ws.merge("harbour/pumps", "harbour", **WHO)
    need = ws.model("harbour").get(Need, "warm")
    assert (need.importance, need.notes) == (0.9, "meanwhile")

    with ws.edit("harbour", **WHO) as d:
        d.set("warm", importance=0.8)
    with ws.edit("harbour/pumps", **WHO) as d:
        d.goal("Pumps everywhere", id="g")
    assert ws.merge("harbour/pumps", "harbour", **WHO)
    assert ws.model("harbour").get(Need, "warm").importance == 0.8

    assert ws.merge("harbour", "harbour/pumps", **WHO)
    assert ws.model("harbour/pumps") == ws.model("harbour")
    with ws.edit("harbour/pumps", **WHO) as d:
        d.set("g", notes="once more")
    assert ws.merge("harbour/pumps", "harbour", **WHO)
    assert ws.model("harbour").get(Goal, "g").notes == "once more"
    assert ws.history("harbour").entries[-1].header.acts == ("merge:harbour/pumps@5",)
    version = ws.version("harbour")
    assert ws.merge("harbour/pumps", "harbour", **WHO)
    assert ws.version("harbour") == version


def test_conflicts_of_a_scenario_are_returned_and_nothing_is_written(
    ws: Workspace,
) -> None:
    ws.fork("harbour", "harbour/pumps", **WHO)
    for stream, value in (("harbour/pumps", 0.9), ("harbour", 0.1)):
        with ws.edit(stream, **WHO) as d:
            d.set("warm", importance=value)
    found = ws.merge("harbour/pumps", "harbour", **WHO)

    assert [(i.code, i.path) for i in found.conflicts] == [
        (codes.CONFLICT.code, "importance")
    ]
    assert ws.version("harbour") == 2


def test_a_merge_that_changes_nothing_is_not_made_once_more(ws: Workspace) -> None:
    with ws.edit("harbour", **WHO) as d:
        d.need("Gone soon", id="n")
        d.need("Another", id="m")
    ws.fork("harbour", "harbour/s", **WHO)
    for stream in ("harbour", "harbour/s"):
        with ws.edit(stream, **WHO) as d:
            d.remove("n")
    assert ws.merge("harbour/s", "harbour", **WHO)
    (*_, last) = ws.store.read("harbour")
    assert (last.facts.acts, last.facts.changes) == (("merge:harbour/s@2",), ())
    assert ws.merge("harbour/s", "harbour", **WHO)
    assert ws.version("harbour") == 4
    assert ws.revert("harbour", 3, **WHO)
    with ws.edit("harbour/s", **WHO) as d:
        d.set("m", notes="x")
    assert ws.merge("harbour/s", "harbour", **WHO)
    assert ws.model("harbour").get(Need, "m").notes == "x"
    assert "n" in ws.model("harbour")


@pytest.mark.parametrize("back", [False, True])
def test_a_removal_that_was_undone_in_a_scenario_can_be_merged(
    ws: Workspace, *, back: bool
) -> None:
    source, target = "harbour/s", "harbour"
    ws.fork("harbour", "harbour/s", **WHO)
    if back:
        source, target = target, source
    with ws.edit(source, **WHO) as d:
        d.remove("warm")
    assert ws.merge(source, target, **WHO)
    assert ws.revert(source, ws.version(source), **WHO)
    assert ws.merge(source, target, **WHO)
    assert ws.model(target) == ws.model(source)
    assert "warm" in ws.model(target)


def test_a_merge_does_not_use_an_id_again(ws: Workspace) -> None:
    ws.fork("harbour", "harbour/pumps", **WHO)
    with ws.edit("harbour/pumps", **WHO) as d:
        d.need("Pumps", id="pumps")
    with ws.edit("harbour", **WHO) as d:
        d.need("Other pumps", id="pumps")
    with ws.edit("harbour", **WHO) as d:
        d.remove("pumps")
    found = ws.merge("harbour/pumps", "harbour", **WHO)

    assert found.model is None
    assert [i.code for i in found.conflicts] == [codes.ID_USED_BEFORE.code]


def test_what_is_no_scenario_cannot_be_brought_back(ws: Workspace) -> None:
    with ws.edit("quay", create=True, **WHO) as d:
        d.need("x")

    with pytest.raises(NotFoundError, match="fork from 'harbour'"):
        ws.merge("quay", "harbour", **WHO)
    with pytest.raises(NotFoundError, match="no stream"):
        ws.merge("nowhere", "harbour", **WHO)
    with pytest.raises(NotFoundError, match="no stream"):
        ws.fork("nowhere", "harbour/x", **WHO)
    with pytest.raises(ConflictError):
        ws.fork("harbour", "quay", **WHO)


def test_a_stream_of_which_nothing_is_left_can_be_forked(ws: Workspace) -> None:
    with ws.edit("harbour", **WHO) as d:
        d.remove("warm", "party-1")

    assert ws.fork("harbour", "harbour/empty", **WHO).facts.changes == ()
    assert len(ws.model("harbour/empty")) == 0


def test_a_merge_is_decided_anew_where_others_were_faster(ws: Workspace) -> None:
    ws.fork("harbour", "harbour/pumps", **WHO)
    with ws.edit("harbour/pumps", **WHO) as d:
        d.set("warm", importance=0.9)

    class Faster(Failing):
        """Lets somebody else commit before the first append."""

        def append(
            self, stream: str, commits: Sequence[Commit], *, expected: int
        ) -> int:
            if self.plan:
                self.plan.pop()
                other = Workspace(store=self)
                with other.edit("harbour", by="ada", why="faster") as d:
                    d.set("warm", notes="faster")
            return MemoryStore.append(self, stream, commits, expected=expected)

    store = Faster()
    for name in ws.streams():
        store.append(name, tuple(ws.store.read(name)), expected=0)
    store.plan = [("", UNKNOWN)]
    other = Workspace(store=store)

    assert other.merge("harbour/pumps", "harbour", **WHO)
    need = other.model("harbour").get(Need, "warm")
    assert (need.importance, need.notes) == (0.9, "faster")


# Erasing


def with_secrets(ws: Workspace) -> None:
    for number in range(120):
        with ws.edit("harbour", **WHO) as d:
            d.set("party-1", name=f"Ada Okafor {number}")
            d.set("warm", notes=f"note {number}")
    with ws.edit("harbour", **WHO) as d:
        d.role("Chair", id="chair", kind="sponsor")
        d.role_assignment(id="ra", role="chair", party="party-1", on="warm")


def places(tmp_path: Path) -> Iterator[Workspace]:
    for place in (":memory:", tmp_path / "harbour.db"):
        yield Workspace(place, clock=Clock(), token=counted())


def test_what_is_disposed_of_is_gone_everywhere_and_the_rest_stays(
    tmp_path: Path,
) -> None:
    for ws in places(tmp_path):
        with ws.edit("harbour", create=True, **WHO) as d:
            d.need("A warm home", id="warm")
            d.party("Ada Okafor", id="party-1")
        with_secrets(ws)
        checkpoint, before = str(ws.checkpoint()), ws.model("harbour", version=60)
        digests = [c.hash for c in ws.store.read("harbour")]
        commit = ws.dispose("harbour", "party-1", by="officer", why="asked on 3 May")

        assert commit is not None
        assert (commit.facts.why, commit.facts.actor) == ("asked on 3 May", "officer")
        assert sum(act.startswith("dispose:") for act in commit.facts.acts) == 121
        assert commit.facts.acts[:2] == ("dispose:1:0", "dispose:2:0")
        erased = Opaque(kind="party", id=AnyId("party-1"), erased=True)
        assert ws.model("harbour")["party-1"] == erased
        (assigned,) = ws.model("harbour").of(RoleAssignment)
        assert assigned.party == "party-1"
        old = ws.model("harbour", version=60)
        assert old == before.without("party-1").with_(erased)
        assert old.get(Need, "warm").notes == before.get(Need, "warm").notes
        assert [c.hash for c in ws.store.read("harbour")][:-1] == digests
        assert ws.verify(against=checkpoint)
        assert ws.dispose("harbour", ["party-1"], **WHO) is None
        held = ws.store.snapshot("harbour")  # type: ignore[attr-defined]
        assert held.sequence == ws.version("harbour")
        stored = held.data + b"".join(
            c.header + b"".join(p.salt + p.data for p in c.payloads if p)
            for c in ws.store.read("harbour")
        )
        assert b"Okafor" not in stored
        assert ws.history("harbour", "party-1")[0].what == "erased"
        assert str(ws.blame("harbour", "party-1")) == "party-1: nothing is known"
        ws.close()
    for path in tmp_path.iterdir():
        assert b"Okafor" not in path.read_bytes()
        assert b"note 119" in path.read_bytes()


def test_what_was_erased_stays_so_through_edits_scenarios_and_ways_back(
    ws: Workspace,
) -> None:
    with_secrets(ws)
    ws.dispose("harbour", ws.model("harbour")["party-1"], **WHO)
    with ws.edit("harbour", **WHO) as d:
        d.set("warm", notes="afterwards")
    ws.fork("harbour", "harbour/next", **WHO)
    with ws.edit("harbour", **WHO) as d:
        d.remove("ra", "party-1")
    assert "party-1" not in ws.model("harbour")
    assert ws.revert("harbour", ws.version("harbour"), **WHO)

    assert ws.dispose("harbour/next", "party-1", **WHO) is None
    for stream in ("harbour", "harbour/next"):
        found = ws.model(stream)["party-1"]
        assert isinstance(found, Opaque)
        assert found.erased
        assert Workspace(store=ws.store).model(stream) == ws.model(stream)
    assert ws.verify()

    ws.dispose("harbour/next", ["party-1", "warm"], **WHO)
    assert ws.verify()

    def again() -> None:
        with ws.edit("harbour", **WHO) as d:
            d.remove("ra", "party-1")
            d.add(Party(id="party-1", name="Somebody else"))  # type: ignore[arg-type]

    with pytest.raises(ModelError):
        again()


def test_a_change_of_what_was_erased_meanwhile_is_a_conflict(ws: Workspace) -> None:
    def late() -> None:
        with ws.edit("harbour", rebase=True, **WHO) as d:
            d.set("party-1", name="Ada, married")
            d.set("warm", notes="x")
            ws.dispose("harbour", "party-1", **WHO)

    with pytest.raises(ConflictError) as caught:
        late()
    assert codes_of(caught.value) == [codes.CONFLICT.code]
    assert [i.ref for i in caught.value.issues] == ["party-1"]
    assert ws.version("harbour") == 2


def test_a_change_of_what_was_erased_since_cannot_be_undone(ws: Workspace) -> None:
    with ws.edit("harbour", **WHO) as d:
        d.set("party-1", name="Ada, married")
        d.set("warm", notes="x")
    ws.dispose("harbour", "party-1", **WHO)
    found = ws.revert("harbour", 2, **WHO)

    assert not found
    assert [(i.code, i.ref) for i in found.conflicts] == [
        (codes.CONFLICT.code, "party-1")
    ]
    assert list(complaints(found.conflicts[0])) == []
    assert ws.version("harbour") == 3


def test_what_was_removed_before_can_still_be_erased(ws: Workspace) -> None:
    with ws.edit("harbour", **WHO) as d:
        d.remove("party-1")
    ws.dispose("harbour", "party-1", **WHO)

    assert "party-1" not in ws.model("harbour")
    assert isinstance(ws.model("harbour", version=1)["party-1"], Opaque)


def test_what_never_was_cannot_be_erased_and_nothing_else_is(ws: Workspace) -> None:
    with pytest.raises(NotFoundError, match="did you mean 'party-1'"):
        ws.dispose("harbour", ["warm", "party-2"], **WHO)
    with pytest.raises(NotFoundError):
        ws.dispose("harbor", "warm", **WHO)
    assert ws.dispose("harbour", [], **WHO) is None
    assert ws.version("harbour") == 1


def test_an_erasure_is_decided_anew_where_others_were_faster(ws: Workspace) -> None:
    class Faster(MemoryStore):
        def dispose(self, *given: Any, **options: Any) -> int:  # noqa: ANN401 - any value
            if self.read("harbour", after=1).__length_hint__() == 0:  # type: ignore[attr-defined]
                with Workspace(store=self).edit("harbour", **WHO) as d:
                    d.set("party-1", name="Ada, again")
            return super().dispose(*given, **options)

    store = Faster()
    store.append("harbour", tuple(ws.store.read("harbour")), expected=0)
    other = Workspace(store=store)
    commit = other.dispose("harbour", "party-1", **WHO)

    assert commit is not None
    assert commit.facts.acts[:2] == ("dispose:1:0", "dispose:2:0")
    assert other.verify()


def test_mentions_of_a_party_are_found_and_nothing_is_erased(ws: Workspace) -> None:
    with ws.edit("harbour", by="party-1", why="Ada said it in person") as d:
        d.set("warm", notes="see mail of ms OKAFOR", tags=["Adamant", "okafor-case"])
        d.set("warm", importance=0.5)
        d.goal("Homes", id="g", ext={"acme": {"who": ["x", "Ada"]}})
    with ws.edit("harbour", **WHO) as d:
        d.set("party-1", name="Ada Byrne")
        d.set("warm", notes="byrne")

    def found(**options: Any) -> list[tuple[str, str, str, int | None]]:  # noqa: ANN401 - any value
        return [
            (m.ref, m.path, m.found, m.version)
            for m in ws.find_mentions("harbour", "party-1", **options)
        ]

    assert found() == [
        ("warm", "tags[1]", "okafor", None),
        ("warm", "notes", "byrne", None),
        ("g", "ext.acme.who[1]", "Ada", None),
    ]
    assert found(history=True) == [
        ("", "why", "Ada", 2),
        ("warm", "tags[1]", "okafor", 2),
        ("warm", "notes", "OKAFOR", 2),
        ("g", "ext.acme.who[1]", "Ada", 2),
        ("warm", "tags[1]", "okafor", 3),
        ("warm", "notes", "byrne", 3),
    ]
    assert [str(m) for m in ws.find_mentions("harbour", "party-1", history=True)][
        :2
    ] == [
        "commit 2: why: Ada said it in person",
        "commit 2: warm tags[1]: okafor-case",
    ]
    ws.dispose("harbour", "party-1", **WHO)
    assert found(history=True) == []
    assert ("warm", "notes", "byrne", None) in found(names=["Byrne"])
    assert found(names=["person", "it", " ", ""], history=True) == [
        ("", "why", "person", 2)
    ]
    for wrong in ("warm", "party-9"):
        with pytest.raises(NotFoundError, match="party in the history"):
            ws.find_mentions("harbour", wrong)


def test_where_no_kind_is_a_party_none_is_found() -> None:
    from missionkit.domain.kinds import Kinds  # noqa: PLC0415 - for this test alone

    ws = opened(kinds=Kinds([Need]))
    with ws.edit("harbour", create=True, **WHO) as d:
        d.need("x", id="n")

    with pytest.raises(NotFoundError):
        ws.find_mentions("harbour", "n")


# Listeners, closing


def test_listeners_are_told_after_the_commit_and_cannot_undo_it(ws: Workspace) -> None:
    heard: list[tuple[str, int]] = []

    def listening(stream: str, commit: Commit) -> None:
        heard.append((stream, commit.facts.sequence))
        assert ws.version(stream) == commit.facts.sequence
        raise RuntimeError("a mistake of the listener")

    ws.on_commit(listening)
    with pytest.warns(RuntimeWarning, match="a mistake of the listener"):
        ws.transact("harbour", lambda d: d.need("x"), **WHO)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ws.fork("harbour", "harbour/s", **WHO)
        ws.revert("harbour", 2, **WHO)
        ws.dispose("harbour", "party-1", **WHO)
        ws.dispose("harbour", "party-1", **WHO)
    assert heard == [("harbour", 2), ("harbour/s", 1), ("harbour", 3), ("harbour", 4)]


def test_a_workspace_is_opened_at_a_place_and_closed(tmp_path: Path) -> None:
    with Workspace(tmp_path / "harbour.db") as ws:
        with ws.edit("harbour", create=True, **WHO) as d:
            d.need("A warm home")
        model = ws.model("harbour")
    with pytest.raises(StoreError):
        ws.model("harbour")
    with Workspace(str(tmp_path / "harbour.db")) as again:
        assert again.model("harbour") == model
    for place in ("", tmp_path, tmp_path / "none" / "harbour.db"):
        with pytest.raises(StoreUnavailableError):
            Workspace(place)


def test_a_store_may_be_given() -> None:
    store: Store = MemoryStore()
    assert Workspace(store=store).store is store
    assert newest(store, "harbour").model() == Model()


# What is given wrongly


def test_creating_a_stream_that_is_there_goes_on_with_it(ws: Workspace) -> None:
    with ws.edit("harbour", create=True, **WHO) as d:
        d.set("warm", importance=0.9)
    assert ws.version("harbour") == 2


@pytest.mark.parametrize("stream", [5, None, b"harbour", [], "\ud800"])
def test_what_is_no_text_names_no_stream(ws: Workspace, stream: Any) -> None:  # noqa: ANN401 - any value
    asked: list[Any] = [
        ws.model,
        ws.history,
        ws.version,
        ws.streams,
        lambda name: ws.blame(name, "warm"),
        lambda name: ws.diff(name, 1),
        lambda name: ws.find_mentions(name, "party-1"),
        lambda name: ws.fork(name, "harbour/s", **WHO),
        lambda name: ws.edit(name, **WHO).__enter__(),
    ]
    for ask in asked:
        with pytest.raises(InvalidValueError) as caught:
            ask(stream)
        assert codes_of(caught.value) == [codes.BAD_STREAM.code]


@pytest.mark.parametrize("checkpoint", [5, b"x", [], ""])
def test_what_is_no_checkpoint_is_refused(ws: Workspace, checkpoint: Any) -> None:  # noqa: ANN401 - any value
    with pytest.raises(DocumentError) as caught:
        ws.verify(against=checkpoint)
    assert codes_of(caught.value) == [codes.BAD_CHECKPOINT.code]


def test_an_instant_that_has_no_place_in_utc_is_refused() -> None:
    late = datetime.max.replace(tzinfo=timezone(timedelta(hours=-5)))
    ws = opened(clock=lambda: late)
    with (
        pytest.raises(InvalidValueError) as caught,
        ws.edit("harbour", create=True, **WHO) as d,
    ):
        d.need("x")
    assert codes_of(caught.value) == [codes.NO_INSTANT.code]


def test_tokens_that_repeat_are_told_as_what_they_are(tmp_path: Path) -> None:
    for place in (":memory:", tmp_path / "h.db"):
        ws = Workspace(place, token=lambda size: b"x" * size)
        with ws.edit("harbour", create=True, **WHO) as d:
            d.need("A warm home", id="warm")
        with (
            pytest.raises(InvalidValueError, match="another commit with the id"),
            ws.edit("harbour", **WHO) as d,
        ):
            d.set("warm", importance=0.9)
        ws.close()


def test_a_name_may_be_given_alone_and_what_is_none_is_refused(ws: Workspace) -> None:
    with ws.edit("harbour", **WHO) as d:
        d.set("warm", notes="N m, said Nm")
    (found,) = ws.find_mentions("harbour", "party-1", names="Nm")
    assert (found.path, found.found) == ("notes", "Nm")
    for wrong in (5, None, [5]):
        with pytest.raises(InvalidValueError):
            ws.find_mentions("harbour", "party-1", names=wrong)  # type: ignore[arg-type]


def test_mentions_are_found_in_keys_in_actors_and_however_they_are_typed() -> None:
    ws = opened()
    with ws.edit("harbour", create=True, by="zoë", why="Begun") as d:
        d.party("Zoe\u0308 Brandt", id="party-1")
        d.need("x", id="n", notes="Zoë", ext={"acme": {"Zoe\u0308": {"brandt": 1}}})
        d.need("y", id="brandt", notes="Zoe\u0308")
    now_there = [(m.ref, m.path) for m in ws.find_mentions("harbour", "party-1")]
    assert now_there == [
        ("brandt", "id"),
        ("brandt", "notes"),
        ("n", "notes"),
        ("n", "ext.acme.Zoe\u0308"),
        ("n", "ext.acme.Zoe\u0308.brandt"),
    ]
    before = ws.find_mentions("harbour", "party-1", history=True)
    assert (before[0].ref, before[0].path, before[0].text) == ("", "by", "zoë")


def test_every_listener_is_called_and_no_warning_undoes_an_edit(
    ws: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[int] = []

    def failing(_: str, commit: Commit) -> None:
        raise RuntimeError(f"no {commit.facts.sequence}")

    ws.on_commit(failing)
    ws.on_commit(lambda _, commit: heard.append(commit.facts.sequence))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with ws.edit("harbour", **WHO) as d:
            d.set("warm", importance=0.9)
    assert d.commit is not None
    assert (heard, ws.version("harbour")) == ([2], 2)
    assert "a listener failed after a commit to harbour: no 2" in caplog.text


@pytest.mark.parametrize("listener", [5, None, "print"])
def test_what_cannot_be_called_is_no_listener(ws: Workspace, listener: Any) -> None:  # noqa: ANN401 - any value
    with pytest.raises(InvalidValueError) as caught:
        ws.on_commit(listener)
    assert codes_of(caught.value) == [codes.WRONG_QUESTION.code]
