"""Codes of processes: who plays a part, how they came into use, how they are kept."""

from typing import Final

from missionkit.domain.care import CareFunction
from missionkit.issue import Code, Severity

OWNER_PERFORMS_ALONE: Final = Code(
    "MK-PRC-001",
    Severity.WARNING,
    "an owner who does all the work alone has nobody to coach, and nobody who follows",
    "assign a role of the kind performer on the process to another party, too",
    act="Let somebody else than the owner perform the process, too",
    by="owner",
)
NEVER_HANDED_OVER: Final = Code(
    "MK-PRC-002",
    Severity.WARNING,
    "an engineer who keeps a process never designs the next one",
    "add a handover to the owner, with the day on which it was accepted",
    act="Hand each process over to its owner",
    by="engineer",
)
HANDOVER_INCOMPLETE: Final = Code(
    "MK-PRC-003",
    Severity.WARNING,
    "an owner needs knowledge, documents, training and measures to keep a process",
    "deliver what is missing, and add it to `delivered`",
    act="Deliver what is missing in handovers",
    by="engineer",
)
HANDOVER_TO_ANOTHER: Final = Code(
    "MK-PRC-004",
    Severity.WARNING,
    "what the owner did not accept, the owner does not answer for",
    "hand the process over to its owner, or correct `to_party`",
    act="Hand processes over to those who own them",
    by="engineer",
)
COACH_WITHOUT_PERFORMERS: Final = Code(
    "MK-PRC-005",
    Severity.WARNING,
    "a process that nobody performs gives nothing to anybody",
    "assign a role of the kind performer on the process to an active party",
    act="Say who performs each process",
    by="coach",
)
COACH_GONE: Final = Code(
    "MK-PRC-006",
    Severity.WARNING,
    "performers whose coach left do not know whom to ask, and results go unwatched",
    "assign a role of the kind coach on the process; to the owner, if nobody else is",
    act="Name a coach where the last one left",
    by="owner",
)
PERFORMER_UNTRAINED: Final = Code(
    "MK-PRC-007",
    Severity.WARNING,
    "training comes before performing: nobody steers what they were never shown",
    "train the party, and name it in `parties` of a training of the process or role",
    act="Train everybody who performs a process",
    by="coach",
)
PERFORMER_WITHOUT_METRIC: Final = Code(
    "MK-PRC-008",
    Severity.WARNING,
    "people who are to manage themselves need a measure to steer by",
    "add a measure `of` the process, or of an objective that it achieves",
    act="Give performers a measure to steer by",
    by="owner",
)
MANAGER_OF_PEOPLE: Final = Code(
    "MK-PRC-009",
    Severity.WARNING,
    "process management looks after the process, and people look after themselves",
    "assign the role on the process that is to be looked after",
    act="Let managers look after processes, not people",
    by="sponsor",
)
PUBLISHED_WITHOUT_ANSWER: Final = Code(
    "MK-PRC-010",
    Severity.ERROR,
    "the five questions are answered before a process is published",
    "answer the question in `brief`, or take the rung back",
    act="Answer the questions of design before processes are published",
    by="engineer",
)
ANSWER_SAYS_NOTHING: Final = Code(
    "MK-PRC-011",
    Severity.ADVICE,
    "five questions that get one answer, or one word each, were not thought about",
    "answer the question itself, in a sentence",
    act="Answer each question of design in a sentence of its own",
    by="engineer",
)
DESIGNED_BEFORE_OBJECTIVE: Final = Code(
    "MK-PRC-012",
    Severity.WARNING,
    "objectives come before design: what is designed first is designed for nothing",
    "let the process achieve the objective it was designed for, or review its design",
    act="Set objectives before processes are designed",
    by="planner",
)
NOT_DOCUMENTED: Final = Code(
    "MK-PRC-013",
    Severity.WARNING,
    "a process is documented before it is put to work",
    "name the document in `evidence` of the rung 'published'",
    act="Document processes before they are put to work",
    by="engineer",
)
NOT_VERIFIED: Final = Code(
    "MK-PRC-014",
    Severity.WARNING,
    "a process is verified before full operation",
    "name in `evidence` of the rung 'commissioned' what showed that it works",
    act="Show that processes work before relying on them",
    by="engineer",
)
TRAINED_LATE: Final = Code(
    "MK-PRC-015",
    Severity.WARNING,
    "performers are trained before a process is in full operation",
    "record the training that came before, or correct the day of the rung",
    act="Train performers before a process is commissioned",
    by="engineer",
)
MEASURED_LATE: Final = Code(
    "MK-PRC-016",
    Severity.WARNING,
    "whether a process works is seen only by measures that were there from the start",
    "record the target or reading that came before, or correct the day of the rung",
    act="Have measures in place before a process is commissioned",
    by="engineer",
)
DOCUMENTATION_LAPSED: Final = Code(
    "MK-PRC-017",
    Severity.WARNING,
    "documents that nobody looks at tell how the work was done once",
    "compare the documents with the work, and record it as care of the process",
    act="Bring the documents of processes up to date",
    by="owner",
)
RESOURCES_LAPSED: Final = Code(
    "MK-PRC-018",
    Severity.WARNING,
    "what a process needs changes, and what it was given stays as it was",
    "assess and allocate its resources, and record it as care of the process",
    act="Assess again what processes need",
    by="owner",
)
FEEDBACK_LAPSED: Final = Code(
    "MK-PRC-019",
    Severity.WARNING,
    "only customers know whether they got what they need, and they have to be asked",
    "ask those whom the process serves, and record what they said",
    act="Ask customers again",
    by="owner",
)
BENCHMARKING_LAPSED: Final = Code(
    "MK-PRC-020",
    Severity.WARNING,
    "whoever looks only at themselves takes what they do for the best there is",
    "compare the process with others, and record it",
    act="Compare processes with those of others again",
    by="owner",
)
BEST_PRACTICE_LAPSED: Final = Code(
    "MK-PRC-021",
    Severity.WARNING,
    "the best way to do something is found again and again, or lost",
    "look at the practices of the process, and record it",
    act="Look at best practices again",
    by="owner",
)
TRAINING_LAPSED: Final = Code(
    "MK-PRC-022",
    Severity.WARNING,
    "what was learned wears off, and who came later never learned it",
    "train the performers of the process, and record it",
    act="Train performers again",
    by="coach",
)
LAPSED: Final = {
    CareFunction.DOCUMENTATION: DOCUMENTATION_LAPSED,
    CareFunction.RESOURCES: RESOURCES_LAPSED,
    CareFunction.CUSTOMER_FEEDBACK: FEEDBACK_LAPSED,
    CareFunction.BENCHMARKING: BENCHMARKING_LAPSED,
    CareFunction.BEST_PRACTICE: BEST_PRACTICE_LAPSED,
    CareFunction.TRAINING: TRAINING_LAPSED,
}
"""What is reported for each function of process management that has lapsed."""
NEVER_CARED_FOR: Final = Code(
    "MK-PRC-023",
    Severity.ADVICE,
    "each of the six functions keeps a process from decaying in a way of its own",
    "do it, and record it as care of the process",
    act="Take up the functions of process management that were never performed",
    by="owner",
)
PRACTICE_NOT_REVIEWED: Final = Code(
    "MK-PRC-024",
    Severity.WARNING,
    "a practice stays the best one only as long as somebody asks whether it is",
    "review the practice and fill `reviewed`, or replace it",
    act="Review best practices",
    by="owner",
)
BENCHMARK_STALE: Final = Code(
    "MK-PRC-025",
    Severity.WARNING,
    "competition does not stand still",
    "compare again, and add a benchmark of the same measure",
    act="Renew comparisons with others",
    by="owner",
)
CHART_NOT_REVIEWED: Final = Code(
    "MK-PRC-026",
    Severity.WARNING,
    "a process chart that is not looked at shows an organization that was",
    "look at the chart, and record care of documentation for no process in particular",
    act="Look at the process chart at least every six months",
    by="manager",
)
CAUSE_UNKNOWN: Final = Code(
    "MK-PRC-027",
    Severity.WARNING,
    "a problem of which nobody knows the cause comes back",
    "find the cause and fill `cause`",
    act="Find the causes of problems under investigation",
    by="coach",
)
NOTHING_FOLLOWS: Final = Code(
    "MK-PRC-028",
    Severity.WARNING,
    "a cause that is known and left in place is accepted",
    "address the investigation by an action or a decision, or add a practice",
    act="Remove the causes that investigations found",
    by="owner",
)
COMPLAINT_NOT_ANSWERED: Final = Code(
    "MK-PRC-029",
    Severity.WARNING,
    "customers who complain still hope, and those who hear nothing leave",
    "investigate it; or address it by an action or a decision",
    act="Answer complaints",
    by="owner",
)
TOO_MUCH_MANAGEMENT: Final = Code(
    "MK-PRC-030",
    Severity.WARNING,
    "process management is a cost that no customer sees: keep it to a minimum",
    "drop or simplify the largest of these activities",
    act="Reduce the effort of process management",
    by="manager",
)
TOO_MUCH_WASTE: Final = Code(
    "MK-PRC-031",
    Severity.WARNING,
    "waste neither serves a customer nor holds the work together",
    "remove the activities of the class waste, or what makes them necessary",
    act="Remove waste from processes",
    by="owner",
)
ROLE_UNUSED: Final = Code(
    "MK-PRC-032",
    Severity.ADVICE,
    "a role that nobody plays and that answers for nothing only fills the matrix",
    "assign the role to somebody, give it a letter, or remove it",
    act="Use or remove roles that are idle",
    by="engineer",
)
