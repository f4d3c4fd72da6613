"""Rows 75 to 99: types and values, in documents and in constructors."""

from decimal import Decimal
from typing import Any, NoReturn

import missionkit as mk
from tests.catalog.entry import Apart, Entry, Kept, Refused, document, loaded, need, raw

AT = "needs[0].importance"
MONTH = "organizations[0].fiscal_year_start"
BUDGET = "courses_of_action[0].budget"
DIGEST = "allocation_snapshots[0].source_digest"
WRONG = mk.InvalidValueError
DEEP = 10_000


def started(month: object) -> str:
    return document(
        organizations=[{"id": "o", "name": "O", "fiscal_year_start": month}]
    )


def leading(value: object) -> str:
    return document(success_measures=[{"id": "m", "name": "M", "leading": value}])


def budget(**money: object) -> str:
    return document(courses_of_action=[{"id": "c", "name": "C", "budget": money}])


def digested(text: str) -> str:
    return document(allocation_snapshots=[{"id": "a", "source_digest": text}])


def weights(*given: float) -> list[str]:
    """Return what the rules say of the parts of one goal with these weights."""
    with mk.draft("O") as d:
        top = d.goal("Top")
        for at, weight in enumerate(given):
            d.goal(f"Part {at}", parent=top, weight=weight)
    return [issue.message for issue in mk.check(d.model).of("MK-STR-024")]


def made(**fields: Any) -> mk.Need:  # noqa: ANN401 - of the wrong type on purpose
    return mk.Need(**{"id": "n", "statement": "s", **fields})


def drafted(**fields: Any) -> mk.Need:  # noqa: ANN401 - as above
    with mk.draft("O") as d:
        return d.need(**{"id": "n", "statement": "s", **fields})


def boom(*_: object) -> NoReturn:
    raise RuntimeError("this code must not be run")


class Liar(str):
    """Text that says of itself that it is everything, and fails when it is used."""

    __slots__ = ()
    __str__ = __repr__ = __format__ = __len__ = __iter__ = __getitem__ = boom

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash("n")


for name in ("strip", "replace", "encode", "isprintable", "isascii", "upper", "lower"):
    setattr(Liar, name, boom)


class Yes(int):
    """A number that is as small and as large as is asked for."""

    __slots__ = ()
    __str__ = __repr__ = __format__ = boom

    def __eq__(self, other: object) -> bool:
        return True

    def __le__(self, other: object) -> bool:
        return True

    __ge__ = __lt__ = __gt__ = __le__

    def __hash__(self) -> int:
        return 0


def deep() -> list[object]:
    found: list[object] = []
    for _ in range(DEEP):
        found = [found]
    return found


def deep_objects() -> dict[str, object]:
    found: dict[str, object] = {}
    for _ in range(DEEP):
        found = {"a": found}
    return found


def mutated_tags() -> tuple[str, ...]:
    tags = ["a"]
    element = drafted(tags=tags)
    tags.append("b")
    return element.tags


def mutated_ext() -> object:
    ranks: list[object] = [1]
    element = drafted(ext={"v": ranks})
    ranks.append(2)
    return element.ext["v"]


MODEL = mk.Model([made()])
ROWS: tuple[Entry, ...] = (
    *(
        Refused(75, repr(month), started(month), "MK-DOC-012", path=MONTH, said="whole")
        for month in ("12", " 7 ", "1_000", "\u0663")
    ),
    Refused(76, "true, whole", started(month=True), "MK-DOC-012", path=MONTH),
    Refused(76, "true", raw("true"), "MK-DOC-012", path=AT, said="a number"),
    Refused(76, "false", raw("false"), "MK-DOC-012", path=AT),
    Refused(76, "made", lambda: made(importance=True), "MK-DOM-001", WRONG),
    Refused(77, "1.9", started(1.9), "MK-DOC-012", path=MONTH),
    Refused(77, "1.0", started(1.0), "MK-DOC-012", path=MONTH, said="without quotes"),
    *(
        Refused(78, repr(v), leading(v), "MK-DOC-012", said="true or false")
        for v in ("false", "0", 0, 1, "no")
    ),
    Refused(79, "null", need(statement=None), "MK-DOC-013", path="needs[0].statement"),
    Refused(79, "not given", document(needs=[{"id": "n"}]), "MK-DOC-013"),
    Refused(79, "made", lambda: made(statement=None), "MK-DOM-003", WRONG, "statement"),
    Refused(80, "123", need(statement=123), "MK-DOC-012", said="must be text, got 123"),
    Refused(81, "text", need(tags="123"), "MK-DOC-012", path="needs[0].tags"),
    Refused(81, "mapping", need(tags={"a": 1}), "MK-DOC-012", path="needs[0].tags"),
    Refused(81, "made of text", lambda: made(tags="123"), "MK-DOM-001", WRONG, "tags"),
    Apart(82, "no field is a tuple of fixed length"),
    Refused(83, '"nan"', need(importance="nan"), "MK-DOC-012", path=AT),
    *(
        Refused(83, v, raw(v), "MK-DOC-010", path=AT)
        for v in ("NaN", "Infinity", "-Infinity")
    ),
    *(
        Refused(83, f"made {v}", lambda v=v: made(importance=float(v)), code, WRONG)  # type: ignore[misc]
        for v, code in (
            ("nan", "MK-DOM-001"),
            ("inf", "MK-DOM-001"),
            ("-inf", "MK-DOM-001"),
        )
    ),
    Kept(
        84, "-0.0", lambda: mk.dumps(MODEL.with_(made(importance=-0.0))).count("-"), 0
    ),
    Kept(84, "5e-324", loaded(raw("5e-324"), "n", "importance"), 5e-324),
    Refused(84, "the largest", raw("1.7976931348623157e308"), "MK-DOM-002", path=AT),
    Kept(
        84,
        "the largest where it fits",
        lambda: made(ext=mk.Ext({"v": 1.7976931348623157e308})).ext["v"],
        1.7976931348623157e308,
    ),
    Refused(85, "-0.0001", raw("-0.0001"), "MK-DOM-002", path=AT, said="you mean 0?"),
    Refused(
        85, "1.0000001", raw("1.0000001"), "MK-DOM-002", path=AT, said="you mean 1?"
    ),
    Refused(85, "100", raw("100"), "MK-DOM-002", path=AT, said="you mean 1?"),
    Refused(85, "85 %", raw("85"), "MK-DOM-002", path=AT, said="you mean 0.85?"),
    Refused(85, "150", raw("150"), "MK-DOM-002", path=AT, said="from 0 to 1"),
    Kept(86, "within 1e-9 of 1", lambda: weights(0.5, 0.5 - 1e-10), []),
    Kept(
        86, "0.9999999", lambda: "0.9999999" in weights(0.5, 0.4999999)[0], wanted=True
    ),
    Kept(86, "1.02", lambda: "1.02" in weights(0.5, 0.52)[0], wanted=True),
    Kept(86, "0", lambda: len(weights(0.0, 0.0)), 1),
    Refused(86, "negative", lambda: weights(1.5, -0.5), "MK-DOM-002", WRONG, "weight"),
    Kept(
        87,
        "1.10",
        lambda: mk.loads(budget(amount="1.10", currency="EUR")).model["c"].budget,  # type: ignore[attr-defined]
        mk.Money(Decimal("1.10"), "EUR"),
    ),
    *(
        Refused(
            87,
            amount[:9],
            budget(amount=amount, currency="EUR"),
            code,
            error,
            f"{BUDGET}.amount",
        )
        for amount, code, error in (
            ("1e3", "MK-DOC-016", mk.DocumentError),
            ("NaN", "MK-DOC-016", mk.DocumentError),
            ("Infinity", "MK-DOC-016", mk.DocumentError),
            ("1" * 41, "MK-DOM-001", mk.DocumentError),
            ("2" * 101, "MK-DOC-009", mk.LimitError),
        )
    ),
    Refused(88, "no currency", budget(amount="1"), "MK-DOC-013", path=BUDGET),
    Refused(
        88,
        "XXX",
        budget(amount="1", currency="XXX"),
        "MK-DOM-011",
        path=f"{BUDGET}.currency",
        said="ISO 4217",
    ),
    Refused(
        88, "eur", budget(amount="1", currency="eur"), "MK-DOM-002", said="such as EUR"
    ),
    Refused(
        88,
        "3 decimals for JPY",
        budget(amount="1.001", currency="JPY"),
        "MK-DOM-012",
        path=f"{BUDGET}.amount",
    ),
    Refused(89, "case", need(status="Proposed"), "MK-DOC-015", said="mean 'proposed'?"),
    Refused(89, "typo", need(status="acepted"), "MK-DOC-015", said="mean 'accepted'?"),
    Refused(89, "index", need(status=0), "MK-DOC-015", path="needs[0].status"),
    Refused(
        89, "other words", need(status="vorgeschlagen"), "MK-DOC-015", said="one of"
    ),
    Refused(
        90, "stkeholder", need(stkeholder="s"), "MK-DOC-014", said="'stakeholder'?"
    ),
    Refused(90, "x-", need(**{"x-rank": 1}), "MK-DOC-014", said="lenient=True"),
    Kept(90, "ext", loaded(need(ext={"v": 1}), "n", "ext"), mk.Ext({"v": 1})),
    *(
        Refused(91, key, need(**{key: "x"}), "MK-DOC-014", said=f"no field '{key}'")
        for key in (
            "__class__",
            "__proto__",
            "constructor",
            "__init__",
            "$ref",
            "@type",
        )
    ),
    Refused(92, "no kind", document(erased=[{"id": "x"}]), "MK-DOC-012"),
    Refused(
        92,
        "an unknown kind",
        document(erased=[{"id": "x", "kind": "ned"}]),
        "MK-DOC-015",
        path="erased[0].kind",
        said="did you mean 'need'?",
    ),
    Kept(92, "a vendor's", document(erased=[{"id": "x", "kind": "acme.bet"}])),
    Refused(92, "array", document(neds=[]), "MK-DOC-022", said="did you mean 'needs'?"),
    Refused(92, "of another kind", need(goal="g"), "MK-DOC-014", path="needs[0].goal"),
    Apart(93, "no field holds bytes; evidence is referred to, and has a digest"),
    Refused(94, "braces", need(id="{6ba7b810}"), "MK-DOM-005"),
    Refused(94, "upper case", need(id="01ARZ3NDEK"), "MK-DOM-005"),
    Kept(
        94, "lower case is a plain id", document(parties=[{"id": "8zz", "name": "P"}])
    ),
    Refused(95, "upper case", digested("A" * 64), "MK-DOM-002", path=DIGEST),
    Refused(95, "63 digits", digested("0" * 63), "MK-DOM-002", path=DIGEST),
    Refused(95, "SHA-1", digested("0" * 40), "MK-DOM-002", said="SHA-256"),
    *(
        Refused(
            96,
            type(thing).__name__,
            lambda thing=thing: made(statement=thing),  # type: ignore[misc]
            "MK-DOM-001",
            WRONG,
            "statement",
            f"({type(thing).__name__})",
        )
        for thing in (int, boom, iter(()), object(), b"x", 1 + 2j)
    ),
    Refused(96, "in ext", lambda: mk.Ext({"a": boom}), "MK-DOM-035", WRONG, "ext"),
    Refused(96, "as element", lambda: mk.Model([boom]), "MK-STR-004", mk.ModelError),  # type: ignore[list-item]
    Refused(97, "id", lambda: made(id=Liar("m")), "MK-DOM-005", WRONG, "id", "(Liar)"),
    Refused(97, "text", lambda: made(statement=Liar("s")), "MK-DOM-001", WRONG),
    Refused(
        97, "item", lambda: made(tags=(Liar("s"),)), "MK-DOM-001", WRONG, "tags[0]"
    ),
    Refused(97, "number", lambda: made(importance=Yes(7)), "MK-DOM-001", WRONG),
    Refused(97, "choice", lambda: made(status=Liar("met")), "MK-DOM-007", WRONG),
    Refused(
        97, "drafted choice", lambda: drafted(status=Liar("x")), "MK-DOM-007", WRONG
    ),
    Kept(97, "drafted text", lambda: type(drafted(statement=Liar("s")).statement), str),
    Kept(97, "drafted id", lambda: type(drafted(id=Liar("m")).id), str),
    Kept(97, "in ext", lambda: type(mk.Ext({"a": Liar("x")})["a"]), str),
    Kept(97, "is it there", lambda: Liar("x") in MODEL, wanted=False),
    Kept(97, "found", lambda: MODEL[Liar("n")], made()),
    Refused(97, "look-up", lambda: MODEL[Liar("x")], "", mk.NotFoundError),
    Refused(97, "get", lambda: MODEL.get(mk.Need, Liar("x")), "", mk.NotFoundError),
    Refused(97, "why", lambda: mk.why(MODEL, Liar("x")), "", mk.NotFoundError),
    Refused(98, "lists", lambda: mk.Ext({"a": deep()}), "MK-DOM-035", WRONG, "ext"),
    Refused(98, "objects", lambda: mk.Ext(deep_objects()), "MK-DOM-035", WRONG, "ext"),
    Refused(98, "drafted", lambda: drafted(ext=deep_objects()), "MK-DOM-035", WRONG),
    Refused(98, "text", lambda: made(statement=deep()), "MK-DOM-001", WRONG),
    Refused(98, "tags", lambda: drafted(tags=deep()), "MK-DOM-001", WRONG, "tags[0]"),
    Refused(99, "constructor", lambda: made(tags=["a"]), "MK-DOM-001", WRONG, "tags"),
    Kept(99, "draft", mutated_tags, ("a",)),
    Kept(99, "foreign data", mutated_ext, (1,)),
)
