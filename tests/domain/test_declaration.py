import gc
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, NewType, NoReturn
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve, exceptions, field, frozen
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.characters import LONGEST_TEXT, plain, safe
from missionkit.domain.checking import (
    MOST_DIGITS,
    faults_of,
    shape_faults,
    sound_decimal,
)
from missionkit.domain.compiled import _expression, compiled_check
from missionkit.domain.declaration import HOOK, Entity, entity, invariant, value
from missionkit.domain.ext import LARGEST_INT, NO_EXT, Ext
from missionkit.domain.ids import NeedId, OrganizationId, PartyId, StakeholderId
from missionkit.domain.intent import Organization
from missionkit.domain.kinds import Kinds
from missionkit.domain.marks import (
    AtLeast,
    Between,
    Link,
    Matches,
    Naming,
    NotBlank,
    NotEmpty,
    OneLine,
    Validity,
)
from missionkit.domain.spec import DeclarationError, Many, declared_class, spec_of
from missionkit.domain.stakeholder import Need, NeedKind, NeedStatus, Stakeholder
from missionkit.domain.values import Period
from missionkit.errors import InvalidValueError

SampleId = NewType("SampleId", str)


class Shade(StrEnum):
    LIGHT = "light"
    DARK = "dark"


class Other(StrEnum):
    LIGHT = "light"


@frozen(kw_only=True)
@value
class Part:
    size: int


@frozen(kw_only=True)
@entity("test.sample")
class Sample(Entity):
    """One field of every shape and rule."""

    id: SampleId
    text: str = ""
    said: Annotated[str, NotBlank()] = "x"
    line: Annotated[str, OneLine()] = ""
    code: Annotated[str, Matches("[A-Z]{3}", "three letters")] = "EUR"
    flag: bool = False
    whole: int = 0
    few: Annotated[int, Between(1, 3)] = 1
    much: Annotated[int, AtLeast(5)] = 5
    number: float = 0.0
    ratio: Annotated[float, Between(0, 1)] = 0.0
    exact: Decimal = Decimal(0)
    amount: Annotated[Decimal, AtLeast(0)] = Decimal(0)
    day: date = date(2026, 1, 1)
    instant: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    shade: Shade = Shade.LIGHT
    part: Part = Part(size=1)
    link: NeedId | None = None
    links: tuple[NeedId, ...] = ()
    either: NeedId | PartyId | None = None
    some: Annotated[tuple[int, ...], NotEmpty()] = (1,)
    words: frozenset[Annotated[str, NotBlank()]] = frozenset()
    parts: tuple[Part, ...] = ()

    @invariant("TST-001", "few is not 3 where whole is -1", fields=("few", "whole"))
    def _not_both(self) -> bool:
        return not (self.few == 3 and self.whole == -1)


class Text(str):
    __slots__ = ()


class Whole(int):
    pass


class Day(date):
    pass


def boom(*_: object, **__: object) -> NoReturn:
    raise RuntimeError("boom")


def hostile(base: type, *given: object) -> object:
    names = "__str__ __repr__ __len__ __eq__ __hash__ __iter__ __getitem__ __format__"
    body = dict.fromkeys([*names.split(), "__contains__", "__lt__", "__bool__"], boom)
    return type("Hostile", (base,), body)(*given)


Pretender = type(
    "Pretender",
    (),
    {"__class__": property(boom), "__str__": boom, "__repr__": boom},
)


class Unhashable:
    __hash__ = None  # type: ignore[assignment]


class HostileZone(tzinfo):
    utcoffset = dst = tzname = boom


LISBON = ZoneInfo("Europe/Lisbon")
SOUND = [
    ("text", ""),
    ("text", "two\nlines\tand a tab"),
    ("text", "x" * LONGEST_TEXT),
    ("text", "\u05e2\u05d1\u200f and \ud55c\uad6d and \U0001f600"),
    ("said", "x y"),
    ("line", "x" * 500),
    ("line", "naïve‌ text"),
    ("code", "ABC"),
    ("flag", True),
    ("whole", LARGEST_INT),
    ("whole", -LARGEST_INT),
    ("few", 3),
    ("much", 5),
    ("number", 1e308),
    ("number", 5),
    ("ratio", 1),
    ("ratio", 0),
    ("exact", Decimal("-0.0000000001")),
    ("exact", Decimal("9" * MOST_DIGITS)),
    ("exact", Decimal("1e39")),
    ("exact", Decimal("1e-40")),
    ("amount", Decimal("-0")),
    ("day", date.min),
    ("day", date.max),
    ("instant", datetime.max.replace(tzinfo=UTC)),
    ("instant", datetime(2026, 1, 1, tzinfo=timezone(timedelta(0), "Z"))),
    ("instant", datetime(2026, 1, 1, tzinfo=LISBON)),
    ("shade", Shade.DARK),
    ("part", Part(size=2)),
    ("link", None),
    ("link", "a-1"),
    ("link", "x" * 64),
    ("links", ("a", "b")),
    ("either", "a"),
    ("some", (1, 1)),
    ("words", frozenset({"a"})),
    ("parts", (Part(size=1), Part(size=1))),
    ("tags", ("a",)),
    ("ext", Ext({"a": 1})),
]
WRONG_TYPE, BROKEN_RULE, MISSING = "MK-DOM-001", "MK-DOM-002", "MK-DOM-003"
UNSAFE_TEXT, BAD_ID, REPEATED, UNKNOWN = (
    "MK-DOM-004",
    "MK-DOM-005",
    "MK-DOM-006",
    "MK-DOM-007",
)
HIDDEN = (
    "\u200b\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
)
HARMFUL = (
    "\x00\x07\x0b\x0c\x0d\x1b\x7f\x85\x9f\ufeff\ufdd0\ufffe\uffff"
    "\U0001fffe\U0010ffff\ud800\udfff"
)
FAULTY: list[tuple[str, object, str]] = [
    ("text", None, WRONG_TYPE),
    ("text", 1, WRONG_TYPE),
    ("text", b"x", WRONG_TYPE),
    ("text", Text("x"), WRONG_TYPE),
    ("text", Shade.LIGHT, WRONG_TYPE),
    ("text", ["x"], WRONG_TYPE),
    ("text", "x" * (LONGEST_TEXT + 1), UNSAFE_TEXT),
    *((f, f"a{c}b", UNSAFE_TEXT) for c in HARMFUL for f in ("text", "said", "line")),
    ("said", "", BROKEN_RULE),
    ("said", " ", BROKEN_RULE),
    ("said", " x", BROKEN_RULE),
    ("said", "x\n", BROKEN_RULE),
    ("said", "x\u00a0", BROKEN_RULE),
    ("line", "a\nb", BROKEN_RULE),
    ("line", "a\tb", BROKEN_RULE),
    ("line", "x" * 501, BROKEN_RULE),
    *(("line", f"a{c}b", BROKEN_RULE) for c in HIDDEN),
    ("code", "eur", BROKEN_RULE),
    ("code", "EURO", BROKEN_RULE),
    ("code", "EUR\n", BROKEN_RULE),
    ("flag", 1, WRONG_TYPE),
    ("flag", "true", WRONG_TYPE),
    ("flag", None, WRONG_TYPE),
    ("whole", True, WRONG_TYPE),
    ("whole", 1.0, WRONG_TYPE),
    ("whole", "1", WRONG_TYPE),
    ("whole", Whole(1), WRONG_TYPE),
    ("whole", LARGEST_INT + 1, WRONG_TYPE),
    ("whole", -(10**5000), WRONG_TYPE),
    ("few", 0, BROKEN_RULE),
    ("few", 4, BROKEN_RULE),
    ("few", True, WRONG_TYPE),
    ("few", 2.0, WRONG_TYPE),
    ("much", 4, BROKEN_RULE),
    ("number", True, WRONG_TYPE),
    ("number", math.nan, WRONG_TYPE),
    ("number", math.inf, WRONG_TYPE),
    ("number", -math.inf, WRONG_TYPE),
    ("number", LARGEST_INT + 1, WRONG_TYPE),
    ("number", Decimal(1), WRONG_TYPE),
    ("number", "0.5", WRONG_TYPE),
    ("ratio", 1.0000001, BROKEN_RULE),
    ("ratio", -0.1, BROKEN_RULE),
    ("ratio", math.nan, WRONG_TYPE),
    ("ratio", True, WRONG_TYPE),
    ("exact", 1, WRONG_TYPE),
    ("exact", 1.5, WRONG_TYPE),
    ("exact", Decimal("NaN"), WRONG_TYPE),
    ("exact", Decimal("sNaN"), WRONG_TYPE),
    ("exact", Decimal("Infinity"), WRONG_TYPE),
    ("exact", Decimal("1e40"), WRONG_TYPE),
    ("exact", Decimal("1e999999"), WRONG_TYPE),
    ("exact", Decimal("1e-41"), WRONG_TYPE),
    ("exact", Decimal("1e-999999"), WRONG_TYPE),
    ("exact", Decimal("9" * (MOST_DIGITS + 1)), WRONG_TYPE),
    ("amount", Decimal("-0.01"), BROKEN_RULE),
    ("day", datetime(2026, 1, 1, tzinfo=UTC), WRONG_TYPE),
    ("day", "2026-01-01", WRONG_TYPE),
    ("day", Day(2026, 1, 1), WRONG_TYPE),
    ("instant", datetime(2026, 1, 1), WRONG_TYPE),  # noqa: DTZ001 - naive on purpose
    ("instant", datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=1))), WRONG_TYPE),
    ("instant", datetime(2026, 7, 1, tzinfo=LISBON), WRONG_TYPE),
    ("instant", datetime(2026, 7, 1, tzinfo=HostileZone()), WRONG_TYPE),
    ("instant", date(2026, 1, 1), WRONG_TYPE),
    ("shade", "light", UNKNOWN),
    ("shade", Other.LIGHT, UNKNOWN),
    ("shade", None, UNKNOWN),
    ("shade", 3, UNKNOWN),
    ("part", 3, WRONG_TYPE),
    ("part", {"size": 1}, WRONG_TYPE),
    ("link", "", BAD_ID),
    ("link", "A", BAD_ID),
    ("link", "-a", BAD_ID),
    ("link", "a b", BAD_ID),
    ("link", "a\n", BAD_ID),
    ("link", "é", BAD_ID),
    ("link", "x" * 65, BAD_ID),
    ("link", 3, BAD_ID),
    ("link", Text("a"), BAD_ID),
    ("links", ["a"], WRONG_TYPE),
    ("links", ("a", "a"), REPEATED),
    ("links", ("a", "b", "a"), REPEATED),
    ("links", (None,), BAD_ID),
    ("either", "A", BAD_ID),
    ("some", (), BROKEN_RULE),
    ("some", [1], WRONG_TYPE),
    ("some", (1, "2"), WRONG_TYPE),
    ("words", {"a"}, WRONG_TYPE),
    ("words", ("a",), WRONG_TYPE),
    ("words", frozenset({""}), BROKEN_RULE),
    ("words", None, WRONG_TYPE),
    ("parts", (3,), WRONG_TYPE),
    ("parts", iter(()), WRONG_TYPE),
    ("tags", ["a"], WRONG_TYPE),
    ("notes", None, WRONG_TYPE),
    ("ext", {}, WRONG_TYPE),
    *((f, hostile(str, "x"), WRONG_TYPE) for f in ("text", "said", "line", "ext")),
    *((f, hostile(list), WRONG_TYPE) for f in ("text", "links", "words", "day")),
    *((f, Pretender(), WRONG_TYPE) for f in ("text", "links", "words", "exact")),
    ("whole", hostile(int, 1), WRONG_TYPE),
    ("number", hostile(float, 1.0), WRONG_TYPE),
    ("links", hostile(tuple), WRONG_TYPE),
    ("links", (Pretender(),), BAD_ID),
    ("links", (Unhashable(),), BAD_ID),
    ("link", hostile(str, "x"), BAD_ID),
    ("shade", hostile(str, "light"), UNKNOWN),
    ("words", frozenset({Pretender()}), WRONG_TYPE),
]


def numbered(cases: Sequence[tuple[Any, ...]]) -> list[str]:
    return [f"{case[0]}-{at}" for at, case in enumerate(cases)]


def refused(build: Callable[[], object]) -> InvalidValueError:
    with pytest.raises(InvalidValueError) as caught:
        build()
    assert str(caught.value)
    return caught.value


def sample(**given: object) -> Sample:
    build: Any = Sample
    made: Sample = build(id=SampleId("s"), **given)
    return made


@pytest.mark.parametrize(("name", "good"), SOUND, ids=numbered(SOUND))
def test_what_is_declared_is_taken_as_it_is(name: str, good: object) -> None:
    assert getattr(sample(**{name: good}), name) is good


@pytest.mark.parametrize(
    ("name", "bad", "code"),
    FAULTY,
    ids=numbered(FAULTY),
)
def test_what_is_not_declared_is_refused_with_its_place(
    name: str, bad: object, code: str
) -> None:
    issue, *more = refused(lambda: sample(**{name: bad})).issues

    assert more == []
    assert (issue.code, issue.ref) == (code, "s")
    assert issue.path.partition("[")[0] == name
    assert issue.message.startswith(issue.path)
    assert issue.why
    assert issue.fix


@pytest.mark.parametrize("bad", ["", None, 1, "A", hostile(str, "x")], ids=[*"abcde"])
def test_an_element_without_a_sound_id_is_refused(bad: object) -> None:
    build: Any = Sample
    error = refused(lambda: build(id=bad))

    assert error.kind == "test.sample"
    assert [(i.code, i.path, i.ref) for i in error.issues] in (
        [(BAD_ID, "id", "")],
        [(MISSING, "id", "")],
    )


def test_all_faults_are_named_at_once_in_the_order_of_the_fields() -> None:
    error = refused(
        lambda: sample(text=1, few=9, links=("A", "b", "b"), parts=(1, Part(size=1), 2))
    )

    assert [(i.path, i.code) for i in error.issues] == [
        ("text", WRONG_TYPE),
        ("few", BROKEN_RULE),
        ("links[0]", BAD_ID),
        ("links[2]", REPEATED),
        ("parts[0]", WRONG_TYPE),
        ("parts[2]", WRONG_TYPE),
    ]


def test_rules_over_fields_are_judged_when_the_fields_are_sound() -> None:
    (issue,) = refused(lambda: sample(few=3, whole=-1)).issues
    assert (issue.code, issue.path, issue.ref) == ("TST-001", "few", "s")
    assert (issue.message, issue.fix) == (
        "few is not 3 where whole is -1.",
        "change few",
    )

    (issue,) = refused(lambda: sample(few=3, whole=-1.0)).issues
    assert issue.path == "whole"


def test_the_nearest_word_is_offered() -> None:
    (issue,) = refused(lambda: sample(shade="darc")).issues
    assert issue.fix == "did you mean 'dark'?"

    (issue,) = refused(lambda: sample(shade="x")).issues
    assert issue.fix == "use one of light, dark"


def test_the_faults_of_a_frozenset_have_a_fixed_order() -> None:
    error = refused(lambda: sample(words=frozenset({" b", " a", " c"})))

    assert [(i.path, i.value) for i in error.issues] == [
        ("words[0]", "' a'"),
        ("words[1]", "' b'"),
        ("words[2]", "' c'"),
    ]


def test_an_element_is_frozen() -> None:
    made: Any = sample()

    with pytest.raises(exceptions.FrozenInstanceError):
        made.text = "x"
    with pytest.raises(exceptions.FrozenInstanceError):
        del made.text


def test_evolve_checks_again() -> None:
    assert evolve(sample(), few=2).few == 2
    (issue,) = refused(lambda: evolve(sample(), few=4)).issues
    assert issue.path == "few"


def test_a_missing_argument_is_an_error_of_the_program() -> None:
    build: Any = Sample

    with pytest.raises(TypeError, match="id"):
        build()
    with pytest.raises(TypeError, match="txt"):
        build(id="s", txt="")


def test_none_in_a_required_field_is_called_missing() -> None:
    bad: Any = None

    (issue,) = refused(lambda: Need(id=NeedId("n"), statement=bad)).issues
    assert (issue.code, issue.message) == (MISSING, "statement is missing.")


def test_the_check_is_compiled_on_the_first_construction_only() -> None:
    @frozen(kw_only=True)
    @value
    class Fresh:
        size: int

    first = vars(Fresh)[HOOK]
    Fresh(size=1)
    second = vars(Fresh)[HOOK]
    Fresh(size=2)

    assert first is not second
    assert vars(Fresh)[HOOK] is second is compiled_check(Fresh)


@pytest.mark.parametrize("used_before", [False, True])
def test_a_plain_subclass_is_checked_as_what_it_inherits(*, used_before: bool) -> None:
    @frozen(kw_only=True)
    @value
    class Above:
        size: int

    class Below(Above):
        pass

    if used_before:
        Above(size=1)
    assert Below(size=1).size == 1
    bad: Any = "1"
    assert [i.path for i in refused(lambda: Below(size=bad)).issues] == ["size"]
    assert declared_class(Below) is Above
    assert declared_class(int) is int
    with pytest.raises(DeclarationError, match="Below is not declared"):
        spec_of(Below)


def test_a_declared_subclass_keeps_the_rules_that_it_inherits() -> None:
    OurNeedId = NewType("OurNeedId", str)

    @frozen(kw_only=True)
    @entity("acme.need")
    class OurNeed(Need):
        id: OurNeedId  # type: ignore[assignment]  # a type of its own
        price: Annotated[int, AtLeast(0)] = 0

    (issue,) = refused(
        lambda: OurNeed(id=OurNeedId("n"), statement="x", status=NeedStatus.DECLINED)
    ).issues
    assert issue.code == "MK-DOM-016"
    assert [item.name for item in spec_of(OurNeed).fields][:2] == ["id", "price"]


def test_a_rule_that_is_defined_again_takes_the_place_of_the_inherited_one() -> None:
    @frozen(kw_only=True)
    @value
    class Lax(Period):
        def _ordered(self) -> bool:
            return False

    backwards = Lax(start=date(2026, 2, 1), end=date(2026, 1, 1))
    assert "MK-DOM-013" not in {rule.code.code for rule in spec_of(Lax).invariants}
    assert backwards.start


def test_the_slow_reader_finds_nothing_in_what_the_fast_check_lets_through() -> None:
    assert list(faults_of(sample())) == []


TEXTS = st.text(st.characters(exclude_categories=[]), max_size=4)


@given(TEXTS)
def test_fast_check_and_slow_reader_agree_on_every_text(text: str) -> None:
    for name in ("text", "said", "line", "code", "link"):
        shape = spec_of(Sample).by_name[name].shape
        faults = list(shape_faults(shape, text, name))
        if faults:
            error = refused(lambda name=name: sample(**{name: text}))  # type: ignore[misc]
            assert [evolve(i, ref="") for i in error.issues] == faults
        else:
            assert getattr(sample(**{name: text}), name) == text


@given(TEXTS)
def test_safe_and_plain_look_at_each_character(text: str) -> None:
    assert safe(text) == all(map(safe, text))
    assert plain(text) == all(map(plain, text))


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_a_sound_decimal_can_be_written_out(number: Decimal) -> None:
    if sound_decimal(number):
        assert len(f"{number:f}".strip("-").replace(".", "")) <= 2 * MOST_DIGITS + 1


def test_the_garbage_collector_finds_no_circle_in_an_element() -> None:
    gc.collect()
    made = [sample() for _ in range(10)]
    del made

    assert gc.collect() == 0


# ---- declarations that make no sense -------------------------------------------------


def declared(hint: object, default: object = ..., **more: object) -> type:
    make: Any = field
    given = make(**more) if default is ... else make(default=default, **more)
    body: dict[str, Any] = {
        "__annotations__": {"x": hint},
        "x": given,
        "__module__": __name__,
    }
    made: type = frozen(kw_only=True)(value(type("Odd", (), body)))
    return made


BAD_FIELDS: Mapping[str, tuple[Callable[[], type], str]] = {
    "dict": (lambda: declared(dict[str, int]), "is no type that a field can have"),
    "list": (lambda: declared(list[int]), "is no type that a field can have"),
    "any": (lambda: declared(Any), "is no type that a field can have"),
    "object": (lambda: declared(object), "is no type that a field can have"),
    "bytes": (lambda: declared(bytes), "is no type that a field can have"),
    "bare tuple": (lambda: declared(tuple), "is no type that a field can have"),
    "pair": (lambda: declared(tuple[int, str]), "a tuple holds one type"),
    "undeclared class": (lambda: declared(Unhashable), "is no type"),
    "union of texts": (lambda: declared(int | str), "only types of ids"),
    "new type of a number": (lambda: declared(NewType("N", int)), "only types of ids"),
    "collection of collections": (
        lambda: declared(tuple[tuple[int, ...], ...]),
        "a collection of collections",
    ),
    "converter": (lambda: declared(int, converter=int), "no alias, converter"),
    "validator": (lambda: declared(int, validator=lambda *_: None), "no alias"),
    "alias": (lambda: declared(int, alias="y"), "no alias, converter"),
    "not in init": (lambda: declared(int, 1, init=False), "no alias, converter"),
    "factory": (lambda: declared(tuple[int, ...], factory=tuple), "plain frozen value"),
    "rule of texts on a number": (
        lambda: declared(Annotated[int, NotBlank()]),
        "cannot be text that is not blank",
    ),
    "rule of numbers on a text": (
        lambda: declared(Annotated[str, Between(0, 1)]),
        "cannot be from 0 to 1",
    ),
    "rule of numbers on a truth": (
        lambda: declared(Annotated[bool, AtLeast(0)]),
        "at least 0",
    ),
    "rule of collections on a text": (
        lambda: declared(Annotated[str, NotEmpty()]),
        "cannot be at least one",
    ),
    "rule on an id": (
        lambda: declared(Annotated[NeedId, NotBlank()]),
        "cannot be text",
    ),
    "rule on words": (lambda: declared(Annotated[Shade, NotBlank()]), "cannot be text"),
    "rule of somebody else": (
        lambda: declared(Annotated[int, Odd()]),
        "missionkit's marks",
    ),
    "unknown name": (lambda: declared("Nowhere"), "Nowhere"),
}


class Odd:
    def expression(self, name: str) -> str:
        return f"{name} % 2"


@pytest.mark.parametrize(("make", "words"), BAD_FIELDS.values(), ids=BAD_FIELDS)
def test_a_field_that_nothing_can_be_derived_from_is_refused(
    make: Callable[[], type], words: str
) -> None:
    with pytest.raises(DeclarationError, match=words) as caught:
        spec_of(make())
    assert "Odd" in str(caught.value)


def test_a_collection_of_collections_has_no_check() -> None:
    leaf = spec_of(Sample).by_name["some"].shape

    with pytest.raises(DeclarationError, match="collection of collections"):
        _expression(Many(tuple, leaf), "v", {})


def test_what_is_not_declared_has_no_specification() -> None:
    odd: Any = 5

    for undeclared in (int, Unhashable, odd):
        with pytest.raises(DeclarationError, match="is not declared"):
            spec_of(undeclared)


def test_entity_above_frozen_is_refused() -> None:
    @value
    class Bare:
        size: int

    with pytest.raises(DeclarationError, match="@entity below @frozen"):
        spec_of(Bare)


@pytest.mark.parametrize(
    "kind", ["", "Bet", "1bet", "a b", "acme.", ".bet", "a-b", "é"]
)
def test_a_kind_is_named_in_lower_case(kind: str) -> None:
    with pytest.raises(ValueError, match="named in lower case"):
        entity(kind)


def test_annotations_written_as_text_are_read() -> None:
    shape = spec_of(declared("tuple[int, ...]")).by_name["x"].shape

    assert isinstance(shape, Many)


def test_marks_of_others_are_left_alone() -> None:
    assert (
        spec_of(declared(Annotated[int, "any remark"])).by_name["x"].optional is False
    )


def test_a_rule_stands_inside_or_outside_of_the_option() -> None:
    for hint in (Annotated[int | None, AtLeast(1)], Annotated[int, AtLeast(1)] | None):
        made: Any = declared(hint, None)
        assert made(x=None).x is None
        assert made(x=1).x == 1
        assert refused(lambda made=made: made(x=0)).issues[0].code == BROKEN_RULE  # type: ignore[misc]


def test_a_rule_of_items_may_stand_outside_of_the_collection() -> None:
    made: Any = declared(Annotated[tuple[int, ...], NotEmpty(), AtLeast(1)])

    assert made(x=(1,)).x == (1,)
    assert refused(lambda: made(x=())).issues[0].path == "x"
    assert refused(lambda: made(x=(1, 0))).issues[0].path == "x[1]"


def test_link_and_other_marks_are_read_from_the_declaration() -> None:
    item = spec_of(Need).by_name["stakeholder"]

    assert item.link == Link("holds_need", reverse=True, trace=True)
    assert (item.optional, item.required, item.content) == (True, False, True)
    assert item.expected == "a need without a holder cannot be weighed or answered"
    assert spec_of(Stakeholder).by_name["stakes"].doc.startswith("customer, share")
    assert spec_of(Need).naming is spec_of(Need).by_name["statement"]
    assert spec_of(Period).naming is None
    assert (spec_of(Period).name, spec_of(Need).name) == ("Period", "need")
    assert (spec_of(Period).id_type, spec_of(Need).id_type) == (None, NeedId)


def test_words_of_a_kind_are_compared_with_their_members() -> None:
    assert NeedKind("need") is NeedKind.NEED
    assert Naming() == Naming()
    assert Validity() == Validity()
    assert StakeholderId("a") == "a"
    assert Ext() == NO_EXT


UpsideId = NewType("UpsideId", str)


@pytest.mark.parametrize("name", ["\u200e", "\u200d", "a\u061cb", "a\xad", "a\ufff9"])
def test_a_name_that_hides_something_or_shows_nothing_is_refused(name: str) -> None:
    with pytest.raises(InvalidValueError, match="none hidden"):
        Organization(id=OrganizationId("o"), name=name)


def test_a_name_may_join_letters_and_pictures() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"

    assert Organization(id=OrganizationId("o"), name=family).name == family


def test_a_decorator_in_the_wrong_place_is_refused() -> None:
    with pytest.raises(TypeError, match="below @frozen"):

        @entity("acme.upside")
        @frozen(kw_only=True)
        class Upside(Entity):
            id: UpsideId


def test_a_collection_is_empty_and_never_none() -> None:
    @frozen(kw_only=True)
    @entity("acme.upside")
    class Upside(Entity):
        id: UpsideId
        needs: tuple[NeedId, ...] | None = None

    with pytest.raises(DeclarationError, match="empty, not None"):
        Kinds([Upside])


@pytest.mark.parametrize(
    ("kind", "plural"),
    [
        ("acme.upside", "erased"),
        ("upside", "schema"),
        ("acme.upside", "upsides"),
        ("upside", "acme.upsides"),
        ("upside", "Up sides"),
    ],
)
def test_an_array_has_a_name_that_tells_its_kind(kind: str, plural: str) -> None:
    @frozen(kw_only=True)
    @entity(kind, plural=plural)
    class Upside(Entity):
        id: UpsideId

    with pytest.raises(DeclarationError, match="is stored as"):
        Kinds([Upside])
