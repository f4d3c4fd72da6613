"""Agendas of reviews, as versioned data: structures of standards in our own words."""

from typing import Final

from missionkit.domain.ids import AgendaId
from missionkit.domain.review import Agenda, AgendaEntry


def _entries(*rows: tuple[str, str]) -> tuple[AgendaEntry, ...]:
    return tuple(AgendaEntry(code=code, title=title) for code, title in rows)


MANAGEMENT_REVIEW: Final = Agenda(
    id=AgendaId("agenda-iso-9001-2015"),
    name="Management review",
    version="2015",
    origin="Follows the order of ISO 9001:2015: inputs 9.3.2, outputs 9.3.3",
    entries=_entries(
        ("9.3.2.a", "What became of the actions of earlier reviews"),
        ("9.3.2.b", "What changed outside and inside"),
        ("9.3.2.c1", "Satisfaction of customers and other stakeholders"),
        ("9.3.2.c2", "How far objectives are met"),
        ("9.3.2.c3", "How processes perform and whether results conform"),
        ("9.3.2.c4", "What went wrong and what was corrected"),
        ("9.3.2.c5", "What monitoring and measuring shows, and its trends"),
        ("9.3.2.c6", "What audits found"),
        ("9.3.2.c7", "How suppliers and partners perform"),
        ("9.3.2.d", "Whether resources suffice"),
        ("9.3.2.e", "Whether the answers to risks and opportunities work"),
        ("9.3.2.f", "What could be improved"),
        ("9.3.3.a", "Decided: what is to be improved"),
        ("9.3.3.b", "Decided: what is to change in the management system"),
        ("9.3.3.c", "Decided: which resources are needed"),
    ),
)

MANAGEMENT_REVIEW_2024: Final = Agenda(
    id=AgendaId("agenda-iso-9001-2024"),
    name="Management review with climate",
    version="2015+A1:2024",
    origin="Follows ISO 9001:2015 with its amendment of 2024",
    entries=(
        *MANAGEMENT_REVIEW.entries,
        *_entries(
            ("4.1.climate", "Whether climate change matters to us"),
            ("4.2.climate", "What stakeholders ask of us because of climate change"),
        ),
    ),
)

AGENDAS: Final = (MANAGEMENT_REVIEW, MANAGEMENT_REVIEW_2024)
"""Every agenda that missionkit brings along."""
