import missionkit as mk

CODES = [
    "9.3.2.a",
    "9.3.2.b",
    "9.3.2.c1",
    "9.3.2.c2",
    "9.3.2.c3",
    "9.3.2.c4",
    "9.3.2.c5",
    "9.3.2.c6",
    "9.3.2.c7",
    "9.3.2.d",
    "9.3.2.e",
    "9.3.2.f",
    "9.3.3.a",
    "9.3.3.b",
    "9.3.3.c",
]
ENTRIES = mk.MANAGEMENT_REVIEW_2024.entries


def test_the_agenda_follows_the_order_of_the_standard() -> None:
    assert [entry.code for entry in mk.MANAGEMENT_REVIEW.entries] == CODES


def test_an_agenda_says_inputs_and_outputs_in_words_of_its_own() -> None:
    assert all(entry.title and "shall" not in entry.title for entry in ENTRIES)
    assert len({entry.title for entry in ENTRIES}) == len(ENTRIES)


def test_the_amendment_adds_climate() -> None:
    added = mk.MANAGEMENT_REVIEW_2024.entries[len(CODES) :]

    assert [entry.code for entry in added] == ["4.1.climate", "4.2.climate"]


def test_agendas_are_elements_of_a_model() -> None:
    assert len(mk.Model(mk.AGENDAS)) == len(mk.AGENDAS)
