# Ids are plain texts here, and wrong values are passed on purpose.
# mypy: disable-error-code="arg-type"

from typing import Any

import pytest

from missionkit.domain.model import Model
from missionkit.domain.review import AgendaItem, Disposition, Evidence
from missionkit.errors import NotFoundError, RefusedError
from missionkit.review import DisposeAgendaItem, can, dispose_agenda_item
from tests.review.scenes import AT, LATER, changed, codes, scene

SEEN = Disposition.CONSIDERED


def disposed(
    item: AgendaItem | str,
    disposition: Disposition = SEEN,
    **given: Any,  # noqa: ANN401 - the rest of it
) -> Model:
    model = given.pop("model", None) or scene()
    given = {"summary": "Seen", "by": "clerk", "at": AT, "why": "Session 1", **given}
    return dispose_agenda_item(model, "review", item, disposition, **given)


@pytest.mark.parametrize("item", ["risks", "item-risks"])
def test_an_item_is_named_by_its_code_or_its_id(item: str) -> None:
    after = disposed(item, evidence=["log"])

    assert changed(scene(), after) == {"item-risks", "log"}
    assert after.get(AgendaItem, "item-risks") == AgendaItem(
        id="item-risks",
        title="Risks",
        code="risks",
        cycle="review",
        disposition=SEEN,
        summary="Seen",
        evidence=("log",),
    )
    assert after.get(Evidence, "log").supports == ("open", "item-risks")


def test_an_item_is_made_where_the_agenda_has_none() -> None:
    after = disposed("audit")

    assert changed(scene(), after) == {"review-audit"}
    assert after.get(AgendaItem, "review-audit").title == "Audit"


def test_an_item_may_be_disposed_of_again_and_keeps_its_evidence() -> None:
    new = Evidence(id="minutes", locator="minutes.pdf")
    model = disposed("risks", evidence="log")
    item = model.get(AgendaItem, "item-risks")
    deferred = Disposition.DEFERRED
    after = disposed(item, deferred, deferred_to=LATER, evidence=new, model=model)

    found = after.get(AgendaItem, "item-risks")
    assert found.disposition is deferred
    assert found.deferred_to == LATER
    assert found.evidence == ("log", "minutes")
    assert disposed("risks", model=after).get(AgendaItem, found.id).deferred_to is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"item": "riks"}, ["MK-WFL-081"]),
        ({"item": "item-else"}, ["MK-WFL-082"]),
        ({"item": "loose"}, ["MK-WFL-082"]),
        ({"item": "twice"}, ["MK-WFL-081"]),
        ({"disposition": Disposition.DEFERRED}, ["MK-WFL-083"]),
        (
            {
                "disposition": Disposition.DEFERRED,
                "deferred_to": AT.date().replace(2025),
            },
            ["MK-WFL-083"],
        ),
        ({"deferred_to": LATER}, ["MK-WFL-083"]),
        ({"evidence": (Evidence(id="open", locator="x"),)}, ["MK-WFL-090"]),
    ],
)
def test_what_cannot_be_disposed_of_is_refused(
    given: dict[str, Any], expected: list[str]
) -> None:
    model = scene().with_(
        AgendaItem(id="loose", title="Loose"),
        AgendaItem(id="one", title="One", code="twice", cycle="review"),
        AgendaItem(id="two", title="Two", code="twice", cycle="review"),
    )
    act = DisposeAgendaItem(
        **{"item": "risks", "disposition": SEEN, "summary": "Seen", **given}
    )

    assert codes(can(model, "review", act, by="clerk", at=AT)) == expected


def test_the_nearest_item_is_named_and_so_is_evidence_that_is_not_there() -> None:
    with pytest.raises(RefusedError, match="did you mean 'risks'"):
        disposed("riks")
    with pytest.raises(NotFoundError, match="evidence"):
        disposed("risks", evidence=["lag"])


def test_a_review_without_an_agenda_has_no_items_to_make() -> None:
    model = scene(agenda=None)

    assert codes(
        can(
            model,
            "review",
            DisposeAgendaItem(item="audit", disposition=SEEN, summary="Seen"),
            by="clerk",
            at=AT,
        )
    ) == ["MK-WFL-081"]
