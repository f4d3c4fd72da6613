"""StratML in: a plan of Part 1 or Part 2, as real files are, becomes a model."""

from typing import Final

from attrs import Factory, define

from missionkit.errors import DocumentError
from missionkit.formats import codes
from missionkit.formats.stratml.dates import find_day, read_dates
from missionkit.formats.stratml.identifiers import Identifiers
from missionkit.formats.stratml.individuals import (
    read_individual,
    read_position,
    read_submitter,
)
from missionkit.formats.stratml.intent import (
    make_organization,
    read_intent,
    read_organization,
    set_period,
)
from missionkit.formats.stratml.ledger import Ledger
from missionkit.formats.stratml.measures import read_indicator, read_relationships
from missionkit.formats.stratml.people import read_stakeholder
from missionkit.formats.stratml.places import sections
from missionkit.formats.stratml.plan import read_goal, read_objective
from missionkit.formats.stratml.session import Session
from missionkit.formats.stratml.texts import line
from missionkit.formats.stratml.vocabulary import (
    DRAFTS,
    INDICATORS,
    NOT_PLANS,
    PLACES,
    ROOTS,
    STANDARD,
    TYPES,
    is_placeholder,
)
from missionkit.formats.xmltree import Document, Node, parse
from missionkit.issue import Source, did_you_mean
from missionkit.ports.format import Imported

_INTENT: Final = frozenset({"Mission", "Vision", "Value"})


@define(eq=False)
class Found:
    """The parts of a plan by name, each with the organization that it stands in."""

    by_name: dict[str, list[tuple[Node, Node | None]]] = Factory(dict)

    def of(self, *names: str) -> list[tuple[Node, Node | None]]:
        """Return the parts of these names."""
        return [part for name in names for part in self.by_name.get(name, ())]


def read(data: bytes, *, source: str = "") -> Imported:
    """Return the model that a StratML document holds; `source` names it in issues.

    What is plainly meant is read, what no field holds is kept in `ext` under
    ``"stratml"``, and each repair and loss is an issue with its line.

    Raises:
        DocumentError: the document is no StratML plan, or not sound XML.
    """
    document = parse(data, source=source)
    _refuse_others(document.root, source)
    session = _prepared(document, source)
    _read_all(session, document.root)
    model = session.model()
    session.ledger.sweep()
    issues = sorted(session.ledger.issues, key=_line_of)
    return Imported(model, tuple(issues), tuple(session.ledger.lost), source)
