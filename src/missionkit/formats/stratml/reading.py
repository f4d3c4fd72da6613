"""StratML in: a plan of Part 1 or Part 2, as real files are, becomes a model."""

from typing import Final

from attrs import Factory, define

from missionkit.codec.bulk import bulk
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
    set_start,
)
from missionkit.formats.stratml.ledger import Ledger
from missionkit.formats.stratml.measures import read_indicator, read_relationships
from missionkit.formats.stratml.people import persons_in, read_stakeholder
from missionkit.formats.stratml.places import look_at_order, sections
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
from missionkit.formats.xmltree import (
    LIMITS,
    Document,
    Limits,
    Node,
    parse,
    root_name,
)
from missionkit.issue import Issue, Source, did_you_mean
from missionkit.ports.format import Imported

name: Final = "stratml"
_INTENT: Final = frozenset({"Mission", "Vision", "Value"})


@define(eq=False)
class Found:
    """The parts of a plan by name, each with the organization that it stands in."""

    by_name: dict[str, list[tuple[Node, Node | None]]] = Factory(dict)

    def of(self, *names: str) -> list[tuple[Node, Node | None]]:
        """Return the parts of these names."""
        return [part for name in names for part in self.by_name.get(name, ())]


def looks_like(data: bytes) -> bool:
    """Return whether *data* starts like a StratML plan; cheap, and never an error."""
    return root_name(data) in ROOTS


def read(data: bytes, *, source: str = "", limits: Limits = LIMITS) -> Imported:
    """Return the model that a StratML document holds; `source` names it in issues.

    What is plainly meant is read, what no field holds is kept in `ext` under
    ``"stratml"``, and each repair and loss is an issue with its line.

    Raises:
        DocumentError: the document is no StratML plan, or not sound XML.
    """
    with bulk():
        document = parse(data, source=source, limits=limits)
        _refuse_others(document.root, source)
        session = _prepared(document, source)
        _read_all(session, document.root)
        model = session.model()
        session.ledger.sweep()
        document.root.release()
    issues = sorted(session.ledger.issues, key=_line_of)
    return Imported(model, tuple(issues), tuple(session.ledger.lost), source)


def _refuse_others(root: Node, source: str) -> None:
    what = NOT_PLANS.get(root.namespace)
    if root.name in ROOTS and not what:
        return
    message = (
        f"the document is {what}, not a plan"
        if what
        else f"the document starts with {root.name}, which no StratML plan does"
    )
    issue = codes.NOT_A_PLAN.issue(
        message,
        path=root.path,
        fix="" if what else did_you_mean(root.name, ROOTS),
        source=Source(file=source, line=root.line, column=root.column),
        value=root.qualified,
    )
    raise DocumentError((issue,))


def _prepared(document: Document, source: str) -> Session:
    """Return a session that knows identifiers and which elements say something."""
    ledger = Ledger(source, document.root)
    persons = frozenset(filter(None, persons_in(document.root)))
    session = Session(ledger, Identifiers(), set(), persons)
    if document.bom:
        message = "the document begins with a byte order mark, which was skipped"
        ledger.report(codes.BYTE_ORDER_MARK, message, document.root)
    _look_at_root(ledger, document.root)
    look_at_order(session)
    for node in document.root.walk():
        session.identifiers.note(node, ledger)
        said = node.text.strip()
        if said and node.name != "SequenceIndicator" and not is_placeholder(said):
            _mark_meaningful(node, session.meaningful)
    return session


def _look_at_root(ledger: Ledger, root: Node) -> None:
    if root.namespace in DRAFTS or root.name not in ROOTS[:2]:
        message = "the document follows a draft that never became a standard"
        ledger.report(codes.DRAFT, message, root, value=root.namespace)
    elif not root.namespace:
        message = f"{root.name} has no namespace; it was read as StratML"
        ledger.report(codes.NAMESPACE, message, root)
    elif root.namespace not in STANDARD:
        message = f"the namespace of {root.name} is not known; it was read as StratML"
        ledger.report(codes.NAMESPACE, message, root, value=root.namespace)
    if root.attributes.get("Type", "").strip() not in TYPES:
        ledger.word(root, "Type", TYPES)  # reports it; a known type is kept in ext


def _mark_meaningful(node: Node, meaningful: set[Node]) -> None:
    above: Node | None = node
    while above is not None and above not in meaningful:
        meaningful.add(above)
        above = above.parent


def _read_all(session: Session, root: Node) -> None:
    found = Found()
    _gather(session, root, None, found)
    ids = _read_organizations(session, root, found)
    intents = _read_intents(session, ids, found)
    _read_dates(session, intents.get(session.root), found)
    _read_people(session, ids, found)
    _read_plan(session, ids, intents, found)
    read_relationships(session)
    session.identifiers.report_dangling(session.ledger)


def _gather(session: Session, node: Node, owner: Node | None, found: Found) -> None:
    for child in sections(session, node, PLACES):
        found.by_name.setdefault(child.name, []).append((child, owner))
        if child.name == "Organization":
            _gather(session, child, child, found)
        elif child.name == "AdministrativeInformation":
            _gather(session, child, owner, found)


def _read_organizations(
    session: Session, root: Node, found: Found
) -> dict[Node | None, str]:
    """Return the id of each organization; that of the first one also for None."""
    ledger = session.ledger
    titles = (line(c.text) for c in root.children if c.name == "Name")
    title = next((t for t in titles if t and not is_placeholder(t)), "")
    ids: dict[Node | None, str] = {}
    for node, owner in found.of("Organization"):
        if node not in session.meaningful:
            continue
        parent = ids.get(owner) or ids.get(None)
        if parent and owner is None:
            message = f"{node.name} became a part of '{parent}'"
            ledger.report(codes.MORE_ORGANIZATIONS, message, node)
        ids[node] = read_organization(session, node, parent, title)
        ids.setdefault(None, ids[node])
    session.root = ids.setdefault(None, "") or make_organization(session, title)
    ids[None] = session.root
    ledger.entered.add(root)
    session.drafts[session.root].parts.append((root, f"/{root.name}"))
    return ids


def _read_intents(
    session: Session, ids: dict[Node | None, str], found: Found
) -> dict[str, str]:
    """Return the id of the core intent of each organization that has one."""
    nodes: dict[str, list[Node]] = {}
    for node, owner in found.of(*sorted(_INTENT)):
        nodes.setdefault(ids.get(owner, session.root), []).append(node)
    intents = {owner: read_intent(session, owner, own) for owner, own in nodes.items()}
    return {owner: intent for owner, intent in intents.items() if intent}


def _read_dates(session: Session, intent: str | None, found: Found) -> None:
    """Let the core intent, if there is one, hold from the start of the plan."""
    ledger = session.ledger
    parts = [node for node, _ in found.of("AdministrativeInformation")]
    for node in parts[1:]:
        message = f"there is more than one {node.name}"
        ledger.report(codes.REPEATED, message, node)
    for node in parts[:1]:
        find_day(ledger, node, "PublicationDate")  # reports what is no date
        start, _ = read_dates(ledger, node, take=("StartDate",) if intent else ())
        if intent and start:
            ledger.entered.add(node)
            set_start(session, intent, start)


def _read_plan(
    session: Session,
    ids: dict[Node | None, str],
    intents: dict[str, str],
    found: Found,
) -> None:
    usual = intents.get(session.root)
    for node, owner in found.of("Goal"):
        read_goal(session, node, intents.get(ids.get(owner, ""), usual))
    for node, _ in found.of("Objective"):
        read_objective(session, node, None)
    for node, _ in found.of(*sorted(INDICATORS)):
        read_indicator(session, node, None)


def _read_people(session: Session, ids: dict[Node | None, str], found: Found) -> None:
    for node, owner in found.of("Stakeholder"):
        read_stakeholder(session, node, ids.get(owner, session.root))
    for node, owner in found.of("Individual"):
        read_individual(session, node, ids.get(owner, session.root))
    for node, _ in found.of("PrototypeIndividual"):
        read_position(session, node)
    for node, _ in found.of("Submitter"):
        read_submitter(session, node)


def _line_of(issue: Issue) -> tuple[int, int]:
    place = issue.source
    return (place.line or 0, place.column or 0) if place else (0, 0)
