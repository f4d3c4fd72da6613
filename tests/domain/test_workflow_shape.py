"""Broken definitions of workflows, each with what is said of it, and how fast."""

from itertools import pairwise

import attrs
import pytest

import missionkit as mk
from missionkit.domain.review import CycleStatus as S
from missionkit.domain.stages import Renamed
from missionkit.domain.workflow_words import Hints

A, B, C = (mk.Stage(key=key, label=key.upper()) for key in "abc")
LIFE = mk.lifecycle("a")
WITHOUT = {
    event: tuple(move for move in LIFE if move.event != event)
    for event in ("open", "block", "unblock", "suspend", "resume")
}
CHAIN = (
    mk.Move(event="go", source="a", target="b"),
    mk.Move(event="done", source="b", target="closed"),
)
SOUND = {"name": "w", "stages": (A, B), "moves": (*LIFE, *CHAIN)}


def move(
    event: str, source: str | None = None, target: str | None = None, **more: object
) -> mk.Move:
    return mk.Move(event=event, source=source, target=target, **more)  # type: ignore[arg-type]


def plus(*moves: mk.Move, **more: object) -> dict[str, object]:
    """Return the sound workflow's fields with more moves."""
    return {"moves": (*LIFE, *CHAIN, *moves), **more}


def faults(**given: object) -> list[tuple[str, str, str]]:
    """Return what is said of a definition: codes, paths, messages."""
    with pytest.raises(mk.InvalidValueError) as caught:
        mk.Workflow(**{**SOUND, **given})  # type: ignore[arg-type]
    return [(issue.code, issue.path, issue.message) for issue in caught.value.issues]


# Each definition, and every fault of it: the code's number, the path, the message.
BROKEN: dict[str, tuple[dict[str, object], list[tuple[int, str, str]]]] = {
    "two stages with one key": (
        {"stages": (A, B, A)},
        [
            (
                1,
                "stages[2].key",
                "The key 'a' is used a second time: stages[0].key has it too.",
            )
        ],
    ),
    "an end called like a stage": (
        {"ends": ("closed", "b")},
        [
            (
                1,
                "ends[1]",
                "The key 'b' is used a second time: stages[1].key has it too.",
            )
        ],
    ),
    "an end named twice": (
        {"ends": ("closed", "closed")},
        [(1, "ends[1]", "The key 'closed' is used a second time: ends[0] has it too.")],
    ),
    "a target that is not there": (
        plus(move("skip", "a", "bb")),
        [(2, "moves[8].target", "a -skip-> bb leads to 'bb', which is not there.")],
    ),
    "a source that is not there": (
        plus(move("skip", "aa", "b")),
        [(2, "moves[8].source", "aa -skip-> b leads from 'aa', which is not there.")],
    ),
    "both not there": (
        plus(move("skip", "aa", "bb")),
        [
            (
                2,
                "moves[8].source",
                "aa -skip-> bb leads from 'aa', which is not there.",
            ),
            (2, "moves[8].target", "aa -skip-> bb leads to 'bb', which is not there."),
        ],
    ),
    "no moves at all": (
        {"moves": ()},
        [(3, "moves", "No move leads from a draft into a stage.")],
    ),
    "no way in": (
        {"moves": (*WITHOUT["open"], *CHAIN)},
        [(3, "moves", "No move leads from a draft into a stage.")],
    ),
    "two ways in": (
        plus(move("begin", target="b", when=(S.DRAFT,))),
        [
            (
                3,
                "moves[8].target",
                "A review begins in two stages: draft -open-> a, and draft -begin-> b.",
            )
        ],
    ),
    "a stage that nothing leads to": (
        {"stages": (A, B, C), "moves": (*LIFE, *CHAIN, move("on", "c", "closed"))},
        [(4, "stages[2]", "draft -open-> a, and no way leads on to stage 'c'.")],
    ),
    "two stages that lead only to each other": (
        {
            "stages": (A, B, C, mk.Stage(key="d", label="D")),
            "moves": (*LIFE, *CHAIN, move("on", "c", "d"), move("on", "d", "c")),
        },
        [
            (4, "stages[2]", "draft -open-> a, and no way leads on to stage 'c'."),
            (4, "stages[3]", "draft -open-> a, and no way leads on to stage 'd'."),
        ],
    ),
    "an end that nothing leads to": (
        {"ends": ("closed", "declined")},
        [(4, "ends[1]", "draft -open-> a, and no way leads on to end 'declined'.")],
    ),
    "a stage that nothing leads on from": (
        {"stages": (A, B, C), "moves": (*LIFE, *CHAIN, move("stray", "a", "c"))},
        [
            (
                5,
                "stages[2]",
                "draft -open-> a -stray-> c, and nothing leads on to an end.",
            )
        ],
    ),
    "a circle without a way out": (
        {
            "stages": (A, B, C, mk.Stage(key="d", label="D")),
            "moves": (
                *LIFE,
                *CHAIN,
                move("stray", "a", "c"),
                move("on", "c", "d"),
                move("on", "d", "c"),
            ),
        },
        [
            (
                5,
                "stages[2]",
                (
                    "draft -open-> a -stray-> c, and from there only to 'd', never to"
                    " an end."
                ),
            ),
            (
                5,
                "stages[3]",
                (
                    "draft -open-> a -stray-> c -on-> d, and from there only to 'c',"
                    " never to an end."
                ),
            ),
        ],
    ),
    "a trap and nothing more": (
        {
            "stages": (A, B, C),
            "moves": (LIFE[0], *CHAIN, move("stray", "a", "c")),
        },
        [
            (
                5,
                "stages[2]",
                "draft -open-> a -stray-> c, and nothing leads on to an end.",
            )
        ],
    ),
    "only a cancel leads out": (
        {"stages": (A,), "moves": LIFE},
        [
            (4, "ends[0]", "draft -open-> a, and no way leads on to end 'closed'."),
            (5, "stages[0]", "draft -open-> a, and nothing leads on to an end."),
        ],
    ),
    "what is blocked stays so": (
        {"moves": (*WITHOUT["unblock"], *CHAIN)},
        [
            (
                5,
                "stages[0]",
                "draft -open-> a -block-> a (blocked), and nothing leads on to an end.",
            ),
            (
                5,
                "stages[1]",
                (
                    "draft -open-> a -go-> b -block-> b (blocked), and nothing leads on"
                    " to an end."
                ),
            ),
        ],
    ),
    "what is suspended in one stage stays so": (
        {
            "moves": (
                *WITHOUT["resume"],
                *CHAIN,
                move("resume", "a", when=(S.SUSPENDED,)),
            )
        },
        [
            (
                5,
                "stages[1]",
                (
                    "draft -open-> a -go-> b -suspend-> b (suspended), and nothing"
                    " leads on to an end."
                ),
            )
        ],
    ),
    "the only way out is shadowed": (
        {
            "moves": (
                *LIFE,
                CHAIN[0],
                move("done", "b", "a"),
                move("done", target="closed", priority=1),
                move("done", "a", "b", priority=0),
            )
        },
        [
            (
                7,
                "moves[8]",
                (
                    "'done' is never made: draft -open-> a, and there moves[9] always"
                    " goes first."
                ),
            ),
            (4, "ends[0]", "draft -open-> a, and no way leads on to end 'closed'."),
            (
                5,
                "stages[0]",
                "draft -open-> a, and from there only to 'b', never to an end.",
            ),
            (
                5,
                "stages[1]",
                "draft -open-> a -go-> b, and from there only to 'a', never to an end.",
            ),
        ],
    ),
    "one event, two moves": (
        plus(move("go", "a", "closed")),
        [
            (
                6,
                "moves[8].priority",
                "draft -open-> a, and from there 'go' leads to 'b' and to 'closed'.",
            )
        ],
    ),
    "one event, the same move again": (
        plus(CHAIN[0]),
        [
            (
                6,
                "moves[8].priority",
                "draft -open-> a, and from there 'go' leads to 'b' and to 'b'.",
            )
        ],
    ),
    "one event from any stage, too": (
        plus(move("done", target="a")),
        [
            (
                6,
                "moves[8].priority",
                (
                    "draft -open-> a -go-> b, and from there 'done' leads to 'closed'"
                    " and to 'a'."
                ),
            )
        ],
    ),
    "two causes may be given at once": (
        plus(
            move("redo", "b", "a", causes=("late",)),
            move("redo", "b", "b", causes=("wrong",)),
        ),
        [
            (
                6,
                "moves[9].priority",
                (
                    "draft -open-> a -go-> b, and from there 'redo' leads to 'a' and to"
                    " 'b'."
                ),
            )
        ],
    ),
    "one event opens twice": (
        plus(move("open", target="a", when=(S.DRAFT,), guards=("early",))),
        [
            (
                6,
                "moves[8].priority",
                "draft, and from there 'open' leads to 'a' and to 'a'.",
            )
        ],
    ),
    "another move always goes first": (
        plus(move("go", "a", "closed", priority=1)),
        [
            (
                7,
                "moves[8]",
                (
                    "'go' is never made: draft -open-> a, and there moves[6] always"
                    " goes first."
                ),
            )
        ],
    ),
    "its causes are all taken": (
        plus(
            move("redo", "b", "a", causes=("late",), priority=1),
            move("redo", "b", "b", causes=("wrong",), priority=2),
            move("redo", "b", "closed", causes=("wrong", "late"), priority=3),
        ),
        [
            (
                7,
                "moves[10]",
                (
                    "'redo' is never made: draft -open-> a -go-> b, and there moves[8]"
                    " or moves[9] always goes first."
                ),
            )
        ],
    ),
    "a status that is never reached": (
        {"moves": (*WITHOUT["block"], *CHAIN)},
        [
            (
                7,
                "moves[1]",
                "'unblock' is never made: draft, but no review is ever blocked.",
            )
        ],
    ),
    "a status that one stage never has": (
        {
            "moves": (
                LIFE[0],
                *CHAIN,
                move("block", "a", then=S.BLOCKED),
                move("unblock", "a", when=(S.BLOCKED,), then=S.ACTIVE),
                move("unblock", "b", when=(S.BLOCKED,), then=S.ACTIVE),
            )
        },
        [
            (
                7,
                "moves[5]",
                (
                    "'unblock' is never made: draft -open-> a -go-> b, but no review in"
                    " 'b' is ever blocked."
                ),
            )
        ],
    ),
    "a limit that leads nowhere": (
        {"stages": (attrs.evolve(A, max_days=10), B)},
        [
            (
                8,
                "stages[0].overdue",
                "After 10 days nothing leads on from 'a' (draft -open-> a).",
            )
        ],
    ),
    "a limit without days": (
        {"stages": (A, attrs.evolve(B, overdue="done"))},
        [
            (
                8,
                "stages[1].max_days",
                (
                    "Stage 'b' is overdue after no number of days (draft -open-> a"
                    " -go-> b)."
                ),
            )
        ],
    ),
    "a limit to an event from elsewhere": (
        {"stages": (attrs.evolve(A, max_days=10, overdue="done"), B)},
        [
            (
                8,
                "stages[0].overdue",
                (
                    "'done', due when 'a' lasts too long, does not lead on from there"
                    " (draft -open-> a)."
                ),
            )
        ],
    ),
    "a move after the end": (
        plus(move("reopen", target="a", when=(S.CLOSED,))),
        [
            (
                9,
                "moves[8].when[0]",
                (
                    "reopen leads on from a review that is closed: draft -open-> a"
                    " -go-> b -done-> closed -reopen->."
                ),
            )
        ],
    ),
    "a move after all was canceled": (
        plus(move("revive", target="a", when=(S.ACTIVE, S.CANCELED), priority=2)),
        [
            (
                9,
                "moves[8].when[1]",
                (
                    "revive leads on from a review that is canceled: draft -cancel->"
                    " canceled -revive->."
                ),
            )
        ],
    ),
    "a permission said twice": (
        {
            "permissions": (
                mk.Permission(act=mk.ReviewAct.WAIVE, roles=("sponsor",)),
                mk.Permission(act=mk.ReviewAct.WAIVE, roles=("owner",)),
            )
        },
        [
            (
                10,
                "permissions[1].act",
                (
                    "Who may do 'waive' is told a second time: permissions[0] tells it"
                    " too."
                ),
            )
        ],
    ),
    "a role declared twice": (
        {
            "roles": (
                mk.WorkflowRole(name="board"),
                mk.WorkflowRole(name="board", parties=3),
            )
        },
        [
            (
                10,
                "roles[1].name",
                "The role 'board' is told a second time: roles[0] tells it too.",
            )
        ],
    ),
    "a migration from a later version": (
        {"migrations": (mk.Migration(version=1),)},
        [(11, "migrations[0].version", "Version 1 comes not before version 1.")],
    ),
    "two migrations from one version": (
        {
            "version": 2,
            "migrations": (mk.Migration(version=1), mk.Migration(version=1)),
        },
        [
            (
                11,
                "migrations[1].version",
                "Reviews of version 1 go on in two ways: migrations[0] says so too.",
            )
        ],
    ),
    "a migration to a stage that is not there": (
        {
            "version": 2,
            "migrations": (
                mk.Migration(version=1, stages=(Renamed(before="old", now="bb"),)),
            ),
        },
        [
            (
                11,
                "migrations[0].stages[0].now",
                "Stage 'old' is to become 'bb', which is not there.",
            )
        ],
    ),
    "a migration of one stage to two": (
        {
            "version": 2,
            "migrations": (
                mk.Migration(
                    version=1,
                    stages=(
                        Renamed(before="old", now="a"),
                        Renamed(before="old", now="b"),
                    ),
                ),
            ),
        },
        [
            (
                11,
                "migrations[0].stages[1].before",
                "Stage 'old' is to become two stages.",
            )
        ],
    ),
    "an end that is active": (
        plus(move("stop", "a", "closed", then=S.ACTIVE)),
        [
            (
                12,
                "moves[8].then",
                "stop is followed by active: at an end a review is over.",
            )
        ],
    ),
    "a stage that is closed": (
        plus(move("stop", "a", "b", then=S.CLOSED)),
        [
            (
                12,
                "moves[8].then",
                "stop is followed by closed: a stage is entered active.",
            )
        ],
    ),
    "it stays as nobody knows what": (
        plus(move("note", "a")),
        [
            (
                12,
                "moves[8].then",
                "note: only a suspended review has a status to go back to.",
            )
        ],
    ),
    "a draft again": (
        plus(move("undo", "a", then=S.DRAFT)),
        [
            (
                12,
                "moves[8].then",
                "undo is followed by draft: what was opened is no draft again.",
            )
        ],
    ),
    "closed without an end": (
        plus(move("stop", "a", then=S.CLOSED)),
        [
            (
                12,
                "moves[8].then",
                (
                    "stop is followed by closed: a review is closed at an end, so name"
                    " it as the target."
                ),
            )
        ],
    ),
    "active in no stage": (
        plus(move("begin", when=(S.DRAFT,), then=S.ACTIVE)),
        [
            (
                12,
                "moves[8].then",
                (
                    "begin is followed by active: a draft is in no stage yet, so name"
                    " the one it enters."
                ),
            ),
        ],
    ),
    "a draft in a stage": (
        plus(move("begin", "b", "a", when=(S.DRAFT,))),
        [
            (
                12,
                "moves[8].source",
                "begin leads on from 'b', but a draft is in no stage yet.",
            )
        ],
    ),
    "nothing is changed": (
        plus(move("wait", when=(S.ACTIVE, S.BLOCKED), then=S.BLOCKED)),
        [(13, "moves[8].when[1]", "any stage (blocked) -wait-> any stage (blocked).")],
    ),
    "several faults at once": (
        {
            "stages": (A, B, B, attrs.evolve(C, max_days=1)),
            "ends": ("closed", "declined"),
            "moves": (*LIFE, *CHAIN, move("go", "a", "closed"), move("note")),
        },
        [
            (
                1,
                "stages[2].key",
                "The key 'b' is used a second time: stages[1].key has it too.",
            ),
            (
                12,
                "moves[9].then",
                "note: only a suspended review has a status to go back to.",
            ),
            (
                6,
                "moves[8].priority",
                "draft -open-> a, and from there 'go' leads to 'b' and to 'closed'.",
            ),
            (8, "stages[3].overdue", "After 1 days nothing leads on from 'c'."),
            (4, "stages[3]", "draft -open-> a, and no way leads on to stage 'c'."),
            (4, "ends[1]", "draft -open-> a, and no way leads on to end 'declined'."),
        ],
    ),
}


def test_there_are_thirty_broken_definitions_at_least() -> None:
    assert len(BROKEN) >= 30


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_definition_is_refused_with_every_fault_of_it(name: str) -> None:
    given, wanted = BROKEN[name]

    assert faults(**given) == [
        (f"MK-WFL-{n:03}", path, said) for n, path, said in wanted
    ]


def test_the_sound_one_is_accepted() -> None:
    assert mk.Workflow(**SOUND).stage("a") is A  # type: ignore[arg-type]


def test_the_nearest_name_is_told() -> None:
    with pytest.raises(mk.InvalidValueError, match="did you mean 'closed'"):
        mk.Workflow(**{**SOUND, **plus(move("stop", "a", "close"))})  # type: ignore[arg-type]


def test_a_long_way_is_cut_in_the_middle() -> None:
    keys = [f"s{at}" for at in range(20)]
    stages = tuple(mk.Stage(key=key, label=key) for key in keys)
    steps = (move("go", one, other) for one, other in pairwise(keys))
    moves = (*mk.lifecycle("s0"), *steps, move("done", "s0", "closed"))

    *_, (_, path, said) = faults(stages=stages, moves=moves)

    assert path == "stages[19]"
    assert said == (
        "draft -open-> s0 -go-> s1 -go-> s2 -go-> s3 … -go-> s16 -go-> s17 -go-> s18"
        " -go-> s19, and nothing leads on to an end."
    )


def test_one_stage_may_treat_an_event_in_its_own_way() -> None:
    own = move("correct", "b", "b", priority=1)
    any_stage = move("correct", target="a", priority=2)
    workflow = mk.Workflow(**{**SOUND, **plus(own, any_stage)})  # type: ignore[arg-type]

    assert workflow.step(mk.Position("b", S.ACTIVE), "correct") is own
    assert workflow.step(mk.Position("a", S.ACTIVE), "correct") is any_stage


def test_a_limit_may_lead_to_a_stop() -> None:
    stages = (attrs.evolve(A, max_days=10, overdue="block"), B)

    assert mk.Workflow(**{**SOUND, "stages": stages}).stages == stages  # type: ignore[arg-type]


def test_a_draft_may_be_turned_down_at_once() -> None:
    turned = move("decline", target="declined", when=(S.DRAFT,))
    workflow = mk.Workflow(**{**SOUND, **plus(turned, ends=("closed", "declined"))})  # type: ignore[arg-type]

    assert workflow.after(mk.Position(), turned) == mk.Position(None, S.CLOSED)


def test_approvals_are_counted_from_nought() -> None:
    with pytest.raises(mk.InvalidValueError, match="approvals must be at least 0"):
        move("go", "a", "b", approvals=-1)


def test_hints_name_a_few_of_many_and_look_for_the_nearest_only_so_often() -> None:
    hints = Hints(f"stage {at}" for at in range(500))

    assert hints.some.endswith("stage 7 …")
    assert hints("stagee 7").startswith("did you mean")
    assert [hints("stagee 7") for _ in range(30)][-1] == f"use one of {hints.some}"
    assert Hints(())("a") == ""


KEYS = [f"s{at}" for at in range(500)]
LONG = (
    *mk.lifecycle("s0"),
    *(move("complete", a, b) for a, b in pairwise((*KEYS, "closed"))),
)
MANY = {
    "sound": tuple(
        move(f"e{n}", KEYS[n % 500], KEYS[n * 7 % 500]) for n in range(4_500)
    ),
    "in doubt": (move("x", "s1", "s2"),) * 4_500,
    "never made": tuple(move("x", "s1", "s2", priority=n) for n in range(4_500)),
    "by causes": tuple(
        move("x", "s1", "s2", priority=n, causes=(f"c{n}",)) for n in range(4_500)
    ),
    "to nowhere": tuple(move("x", "s1", f"s{n}x") for n in range(4_500)),
}


@pytest.mark.timeout(60)  # it is far from that, unless each is asked of each
@pytest.mark.parametrize(
    ("name", "wanted"), [(each, each in ("sound", "by causes")) for each in MANY]
)
def test_five_hundred_stages_and_five_thousand_moves_take_no_time(
    *, name: str, wanted: bool
) -> None:
    stages = tuple(mk.Stage(key=key, label=key) for key in KEYS)
    try:
        mk.Workflow(name="w", stages=stages, moves=(*LONG, *MANY[name]))
        sound = True
    except mk.InvalidValueError:
        sound = False

    assert sound is wanted


def wide(stages: int, moves: int) -> dict[str, object]:
    """Return a workflow with many moves from any stage, each to a stage of its own."""
    keys = [f"s{number}" for number in range(stages)]
    return {
        "stages": tuple(mk.Stage(key=key, label=key) for key in keys),
        "moves": (
            *mk.lifecycle("s0"),
            *(move(f"to-{key}", target=key) for key in keys[:moves]),
            move("end", target="closed"),
        ),
    }


@pytest.mark.timeout(60)
def test_more_places_than_can_be_proved_in_time_are_refused_at_once() -> None:
    found = faults(**wide(5000, 5000))

    assert [(code, path) for code, path, _ in found] == [("MK-WFL-014", "moves")]
    assert "200,000 are allowed" in found[0][2]


def test_what_is_just_small_enough_is_proved() -> None:
    # nine places for the moves of every review and the end in each stage, and `open`
    fits = wide(400, 490)
    mk.Workflow(name="w", **fits)  # type: ignore[arg-type]


@pytest.mark.timeout(60)
def test_the_way_to_a_fault_is_short_however_far_it_is() -> None:
    keys = [f"s{number}" for number in range(10_000)]
    ring = [move("go", one, two) for one, two in pairwise([*keys, keys[0]])]
    found = faults(
        stages=tuple(mk.Stage(key=key, label=key) for key in keys),
        moves=(*mk.lifecycle("s0"), *ring),
    )

    (far,) = (said for code, path, said in found if path == "stages[9000]")
    assert far.startswith(
        "draft -open-> s0 -go-> s1 -go-> s2 -go-> s3 … -go-> s8997 -go-> s8998"
        " -go-> s8999 -go-> s9000, and from there only to 's9001'"
    )
