from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, assume, find, given, settings
from hypothesis import strategies as st

from missionkit.domain.declaration import Element
from missionkit.domain.draft import Draft, draft
from missionkit.domain.ext import Ext
from missionkit.domain.ids import AnyId, GoalId, PartyId, RelationId
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.links import LinkUse, links_of
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.party import Party
from missionkit.domain.relation import Relation
from missionkit.domain.review import Affirmation
from missionkit.domain.spec import FieldSpec, Many, Nested, Reference, Spec, spec_of
from missionkit.domain.values import Contribution
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue
from missionkit.testing.strategies import models
from missionkit.trace.affirming import affirm
from missionkit.trace.standing import State, affirmed_links

DAY, NEXT = date(2026, 3, 31), date(2026, 4, 1)
LOOKER = Party(id=PartyId("the-one-who-looks"), name="Looker")


def linking(cls: type) -> Iterator[tuple[str, FieldSpec]]:
    """Yield the fields of a class below which a link is declared, and that link."""
    for item in spec_of(cls).fields:
        shape = item.shape.item if isinstance(item.shape, Many) else item.shape
        if isinstance(shape, Nested):
            yield from ((item.name, inner) for _, inner in linking(shape.cls))
        elif isinstance(shape, Reference) and item.name != "id":
            yield item.name, item


FIELDS = [(spec, name, item) for spec in KINDS for name, item in linking(spec.cls)]


def around(spec: Spec, item: FieldSpec) -> Kinds:
    """Return a kind, those that the link may lead to, and what all of them ask for."""
    ends = sorted(KINDS.targets(item) or {"need"})
    found = [spec.cls, *(KINDS[kind].cls for kind in ends)]
    for cls in found:
        for name, inner in linking(cls):
            if spec_of(cls).by_name[name].required and inner.required:
                end = KINDS[max(KINDS.targets(inner) or {"need"})].cls
                found += [end] if end not in found else []
    return Kinds([*found, Party, Affirmation])


def affirmed(model: Model, element: Element | str, field: str, on: date = DAY) -> Model:
    return affirm(model, element, field, by=LOOKER, on=on, why="Read again")


def changed(model: Model, ref: str) -> Model:
    element: Any = model[ref]
    return model.with_(evolve(element, notes=f"{element.notes} and more".strip()))


def state(model: Model, ref: str, path: str) -> State:
    return next(link.state for link in affirmed_links(model, ref) if link.path == path)


def prove(model: Model, element: Element, use: LinkUse, field: str) -> None:
    """Affirm a link by its field, change its target, affirm it again."""
    once = affirmed(model, element, field)
    made = [each for each in once.of(Affirmation) if each.id not in model]
    assert use.target in {each.target for each in made}
    assert all(each.digest == model.digest(each.target) for each in made)
    assert state(once, element.id, use.path) is State.AFFIRMED
    later = changed(once, use.target)
    # Whoever refers to itself has changed as well.
    assert state(later, element.id, use.path) is State.SUSPECT
    for day in (DAY, NEXT):
        mended = affirmed(later, element.id, field, day)
        assert state(mended, element.id, use.path) is State.AFFIRMED


@pytest.mark.parametrize(
    ("spec", "field", "item"),
    FIELDS,
    ids=[f"{spec.kind}-{name}-{item.name}" for spec, name, item in FIELDS],
)
def test_a_link_of_any_field_is_affirmed_then_suspect_then_mended(
    spec: Spec, field: str, item: FieldSpec
) -> None:
    def uses(model: Model) -> Iterator[tuple[Element, LinkUse]]:
        cls: Any = spec.cls
        for element in model.of(cls):
            for use in links_of(element):
                if use.item is item and use.path.startswith(field):
                    yield element, use

    model = find(
        models(around(spec, item), min_size=3, max_size=8),
        lambda model: any(uses(model)),
        settings=settings(
            max_examples=500,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    ).with_(LOOKER)

    for element, use in uses(model):
        prove(model, element, use, field)
        prove(model, element, use, use.path)


@given(models(min_size=1), st.data())
def test_what_is_affirmed_of_any_model_changes_nothing_else(
    model: Model, data: st.DataObject
) -> None:
    links = [(e, use) for e in model for use in links_of(e)]
    assume(links)
    element, use = data.draw(st.sampled_from(links))
    model = model.with_(LOOKER)
    later = affirmed(model, element, use.path, date.max)

    (made,) = [each for each in later if each.id not in model]
    assert later.without(made.id) == model
    assert later == affirmed(model, element, use.path, date.max)
    assert state(later, element.id, use.path) is State.AFFIRMED


def homes() -> Draft:
    with draft("Trust", id="trust") as d:
        d.party("The chair", id="chair")
        d.need("Warm", id="warm")
        d.need("Dry", id="dry")
        d.goal("Homes", id="homes")
        d.objective(
            "Insulate",
            id="insulate",
            needs=["warm", "dry"],
            contributions=(Contribution(target=GoalId("homes"), weight=50),),
        )
    return d


def made_by(field: str, d: Draft | None = None) -> list[tuple[str, str, str]]:
    model = (d or homes()).model
    later = affirm(model, "insulate", field, by="chair", on=DAY, why="Read again")
    return [(e.id, e.field, e.target) for e in later.of(Affirmation)]


def faults_of(
    model: Model, source: str = "insulate", field: object = "needs", **more: object
) -> list[Issue]:
    how: dict[str, Any] = {"by": "chair", "on": DAY, "why": "Read again", **more}
    with pytest.raises(InvalidValueError) as caught:
        affirm(model, source, field, **how)  # type: ignore[arg-type]  # refused
    assert caught.value.kind == "affirmation"
    return list(caught.value.issues)


def test_each_target_of_a_field_is_affirmed() -> None:
    assert made_by("needs") == [
        ("affirmed-insulate-dry", "needs", "dry"),
        ("affirmed-insulate-warm", "needs", "warm"),
    ]


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("needs[1]", "dry"),
        ("contributions", "homes"),
        ("contributions[0]", "homes"),
        ("contributions[0].target", "homes"),
    ],
)
def test_a_path_affirms_what_it_leads_to(path: str, target: str) -> None:
    field = path.partition("[")[0]

    assert made_by(path) == [(f"affirmed-insulate-{target}", field, target)]


def test_what_was_given_is_kept() -> None:
    model = homes().model
    later = affirm(model, "insulate", "needs[0]", by="chair", on=DAY, why="Asked")
    (made,) = later.of(Affirmation)

    assert (made.source, made.by, made.on, made.why) == (
        "insulate",
        "chair",
        DAY,
        "Asked",
    )
    assert made.digest == model.digest("warm")


def test_two_links_of_one_field_to_one_target_are_affirmed_once() -> None:
    d = homes()
    twice = (Contribution(target=GoalId("homes"), weight=weight) for weight in (1, 2))
    d.set("insulate", contributions=twice)

    assert made_by("contributions", d) == [
        ("affirmed-insulate-homes", "contributions", "homes")
    ]


def test_an_id_that_is_taken_is_not_used_again() -> None:
    d = homes()
    d.need("Taken", id="affirmed-insulate-dry")
    assert made_by("needs[1]", d)[0][0] == "affirmed-insulate-dry-2"


def test_long_ids_make_ids_that_are_told_apart() -> None:
    d = homes()
    long = [f"{'n' * 60}-{number}" for number in range(3)]
    for ref in long:
        d.need("N", id=ref)
    d.set("insulate", needs=long)
    stem = f"affirmed-insulate-{'n' * 18}"

    assert [ref for ref, _, _ in made_by("needs", d)] == [
        stem,
        f"{stem}-2",
        f"{stem}-3",
    ]


def test_all_that_is_wrong_is_told_at_once() -> None:
    found = faults_of(homes().model, "insulat", by="chiar", on="today", why=" ")

    assert [(issue.code, issue.path) for issue in found] == [
        ("MK-STR-025", "source"),
        ("MK-STR-025", "by"),
        ("MK-DOM-001", "on"),
        ("MK-DOM-002", "why"),
    ]
    assert "'insulate'" in found[0].fix
    assert "'chair'" in found[1].fix


@pytest.mark.parametrize(
    ("field", "code", "message", "fix"),
    [
        ("nedes", "MK-DOM-008", "'insulate' has no field 'nedes'.", "'needs'"),
        ("zzz", "MK-DOM-008", "'insulate' has no field 'zzz'.", "field"),
        ("statement", "MK-TRC-012", "holds no link in statement", "needs, goal"),
        ("id", "MK-TRC-012", "holds no link in id", "needs, goal"),
        ("goal", "MK-TRC-012", "'insulate' holds no link at 'goal'.", "fill it"),
        ("needs[2]", "MK-TRC-012", "no link at 'needs[2]'.", "'needs[1]'"),
        ("contributions[0].weight", "MK-TRC-012", "no link at", "contributions[0].t"),
        ("contributions[0].targ", "MK-TRC-012", "no link at", "contributions[0].t"),
        ("", "MK-DOM-008", "has no field ''", "field"),
        ("\u202e" * 200, "MK-DOM-008", "has no field", "field"),
        (7, "MK-DOM-001", "field must be text, got 7 (int).", "type"),
    ],
    ids=str,
)
def test_a_field_that_holds_no_link_is_refused(
    field: object, code: str, message: str, fix: str
) -> None:
    (issue,) = faults_of(homes().model, field=field)

    assert (issue.code, issue.path) == (code, "field")
    assert message in issue.message
    assert fix in issue.fix
    assert len(issue.message) < 300


def test_what_can_hold_no_link_at_all_has_no_nearest_field() -> None:
    d = homes()
    (issue,) = faults_of(d.model, "chair", "name")

    assert (issue.code, issue.fix) == (
        "MK-TRC-012",
        "name a field that holds a link, and fill it first",
    )


def test_only_a_party_can_affirm() -> None:
    d = homes()
    d.add(Opaque(kind="party", id=AnyId("gone"), erased=True))
    (other,) = faults_of(d.model, by="warm")
    (gone,) = faults_of(d.model, by="gone")

    assert (other.code, other.message) == (
        "MK-STR-002",
        "by must name a party, but 'warm' is a need.",
    )
    assert (gone.code, gone.path) == ("MK-TRC-013", "by")


def test_what_nobody_can_read_is_not_affirmed() -> None:
    d = homes()
    d.add(Opaque(kind="acme.bet", id=AnyId("bet"), data=Ext({})))
    d.add(
        Relation(
            id=RelationId("r"), source=AnyId("bet"), target=AnyId("warm"), kind="k"
        )
    )
    (target,) = faults_of(d.model, "r", "source")
    (source,) = faults_of(d.model, "bet", "on")

    assert (target.code, target.path, target.value) == ("MK-TRC-013", "source", "'bet'")
    assert (source.code, source.path) == ("MK-TRC-013", "source")
    assert [i.path for i in faults_of(d.model, "bet", 7)] == ["source", "field"]


def test_an_older_affirmation_is_refused_since_it_would_change_nothing() -> None:
    model = affirm(homes().model, "insulate", "needs[0]", by="chair", on=NEXT, why="A")
    (issue,) = faults_of(model)

    assert issue.code == "MK-TRC-014"
    assert issue.message == "needs[0] of 'insulate' was affirmed on 2026-04-01 already."


def test_a_draft_is_no_model() -> None:
    d = homes()
    with pytest.raises(InvalidValueError, match=r"pass its \.model"):
        affirm(d, "insulate", "needs", by="chair", on=DAY, why="A")  # type: ignore[arg-type]  # refused
