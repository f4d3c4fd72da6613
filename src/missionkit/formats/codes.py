"""The codes of the formats room."""

from missionkit.issue import Code, Severity

MALFORMED = Code(
    "MK-XML-001",
    Severity.ERROR,
    "a document that is not well-formed XML cannot be read without guessing",
    "mend the place named here, or export the document again",
)
UNSAFE = Code(
    "MK-XML-002",
    Severity.ERROR,
    "a document type declaration can reach files and addresses and grow without end",
    "remove the DOCTYPE and its entities; plans need none",
)
TOO_LARGE = Code(
    "MK-XML-003",
    Severity.ERROR,
    "a reader without limits can be made to use all memory",
    "split the document, or pass larger `limits` if you trust it",
)
ENCODING = Code(
    "MK-XML-004",
    Severity.ERROR,
    "only encodings that every XML reader understands are accepted",
    "save the document as UTF-8",
)
NOT_A_PLAN = Code(
    "MK-XML-010",
    Severity.ERROR,
    "only a document whose first element is a StratML plan can be read as one",
    "give a document that starts with StrategicPlan or PerformancePlanOrReport",
)
BYTE_ORDER_MARK = Code(
    "MK-XML-011",
    Severity.ADVICE,
    "the mark says nothing in UTF-8, and some readers stumble over it",
    "save the document as UTF-8 without a byte order mark",
)
NAMESPACE = Code(
    "MK-XML-012",
    Severity.WARNING,
    "the namespace tells readers which standard the document follows",
    "declare the namespace of ISO 17469-1 or of StratML Part 2",
)
DRAFT = Code(
    "MK-XML-013",
    Severity.WARNING,
    "this form never became a standard; what goes beyond the standard is kept in ext",
    "export the plan as StratML Part 1 or Part 2",
)
NO_ORGANIZATION = Code(
    "MK-XML-014",
    Severity.WARNING,
    "a model describes an organization, so one was made",
    "name the organization whose plan it is",
)
MORE_ORGANIZATIONS = Code(
    "MK-XML-015",
    Severity.WARNING,
    "a model has one organization at its top, so the others became parts of the first",
    "name one organization, or correct which is part of which",
)
UNNAMED = Code(
    "MK-XML-016",
    Severity.WARNING,
    "people find and discuss things by their names",
    "fill in the name",
)
PLACEHOLDER = Code(
    "MK-XML-017",
    Severity.WARNING,
    "text that a form put there says nothing about this organization",
    "write what is meant, or remove the element",
)
BAD_IDENTIFIER = Code(
    "MK-XML-018",
    Severity.ADVICE,
    "an identifier begins with a letter or _ and holds no white space or colon",
    "put an underscore before it",
)
DUPLICATE_IDENTIFIER = Code(
    "MK-XML-019",
    Severity.WARNING,
    "who refers to an identifier must find one thing",
    "give one of the two another identifier",
)
NO_IDENTIFIER = Code(
    "MK-XML-020",
    Severity.ADVICE,
    "without an identifier nothing can refer to it; it was given an id",
    "fill in the identifier",
)
DANGLING = Code(
    "MK-XML-021",
    Severity.WARNING,
    "a reference to nothing leads nowhere",
    "correct the reference, or add the element that it means",
)
BAD_DATE = Code(
    "MK-XML-022",
    Severity.WARNING,
    "a date that can be read in two ways is not guessed",
    "write the date as year-month-day, such as 2026-03-31",
)
REVERSED_PERIOD = Code(
    "MK-XML-023",
    Severity.WARNING,
    "a period that ends before it starts covers no day, so neither date was used",
    "swap the two dates, or correct one",
)
BAD_NUMBER = Code(
    "MK-XML-024",
    Severity.WARNING,
    "a number with signs or separators can be read in two ways; it was kept as text",
    "write digits with at most one decimal point, such as 1250.5",
)
UNKNOWN_WORD = Code(
    "MK-XML-025",
    Severity.WARNING,
    "only the words of the standard have a meaning",
    "use one of the words of the standard",
)
MISPLACED = Code(
    "MK-XML-026",
    Severity.WARNING,
    "the standard knows the element in another place; it was read where it stands",
    "move the element",
)
UNKNOWN_ELEMENT = Code(
    "MK-XML-027",
    Severity.ADVICE,
    "no part of the model answers to it; it was kept in ext",
    "nothing, unless it should have been read",
)
REPEATED = Code(
    "MK-XML-028",
    Severity.WARNING,
    "the standard has it once; the first was read and the other kept in ext",
    "put both texts into one element",
)
CHANGED_TEXT = Code(
    "MK-XML-029",
    Severity.WARNING,
    "a text was cut, or freed of hidden characters; all of it is kept in ext",
    "shorten the text, or remove the hidden characters",
)
MERGED = Code(
    "MK-XML-030",
    Severity.ADVICE,
    "the same name in several places is read as one and the same",
    "if they are different, give them different names",
)
NO_MISSION = Code(
    "MK-XML-031",
    Severity.WARNING,
    "vision and values need a mission to stand with; its text says that it is missing",
    "write the mission",
)
EMPTY = Code(
    "MK-XML-032",
    Severity.ADVICE,
    "an element without content says nothing, so nothing was made of it",
    "fill it in, or remove it",
)
LOST = Code(
    "MK-XML-033",
    Severity.WARNING,
    "what a reader does not expect must not vanish unseen",
    "look whether it matters",
)
UNKNOWN_CONTENT = Code(
    "MK-DOC-040",
    Severity.ERROR,
    "a file is told by its content, and nothing here reads this one",
    "give a StratML plan (XML) or a missionkit document: JSON, or YAML with the line "
    "schema: missionkit/1",
)
NO_FILE = Code(
    "MK-DOC-041",
    Severity.ERROR,
    "a document is read from one file",
    "name a file",
)
UNREADABLE = Code(
    "MK-DOC-042",
    Severity.ERROR,
    "what the system does not let us read cannot be judged",
    "see whether you may read it",
)
TOO_LONG = Code(
    "MK-DOC-043",
    Severity.ERROR,
    "a bound on size keeps a hostile file from filling the memory",
    "split the document",
)
NO_SOURCE = Code(
    "MK-DOC-044",
    Severity.ERROR,
    "a document comes from a path, from bytes or from a stream",
    "give a path, or the document itself as bytes",
)
UNKNOWN_TARGET = Code(
    "MK-DOC-045",
    Severity.ERROR,
    "the ending of the file's name tells which form is to be written",
    "name a file that ends in one of the known ways",
)
ORDER = Code(
    "MK-XML-034",
    Severity.ADVICE,
    "the standard sets the order of elements; reading does not depend on it",
    "put them into the order of the standard",
)
NO_TABLE = Code(
    "MK-XLS-001",
    Severity.ERROR,
    "only a table with a header says what its numbers mean",
    "save the sheet as CSV, with a header row, quotes closed",
)
UNEQUAL_ROW = Code(
    "MK-XLS-002",
    Severity.ERROR,
    "in a row that is too short or too long, numbers stand under the wrong header",
    "give the row as many cells as the header has; one that is not known is empty",
)
UNNAMED_ROW_OR_COLUMN = Code(
    "MK-XLS-003",
    Severity.ERROR,
    "rows and columns without a name of their own cannot be told apart",
    "give it a name that no other has",
)
NO_CELL_NUMBER = Code(
    "MK-XLS-004",
    Severity.ERROR,
    "only numbers can be compared",
    "write it with a decimal point and nothing else, or leave the cell empty",
)
NO_COLUMN = Code(
    "MK-XLS-005",
    Severity.ERROR,
    "a record is made of what stands in the columns that are named for it",
    "name a column that is there",
)
EMPTY_CELL = Code(
    "MK-XLS-006",
    Severity.WARNING,
    "nothing is guessed for what is not there",
    "fill the cell in, or leave the row out",
)
NO_CELL_DATE = Code(
    "MK-XLS-007",
    Severity.WARNING,
    "a date that can be read in two ways is not guessed",
    "write it as year-month-day, such as 2026-03-31, or say how dates are written",
)
NO_YES_OR_NO = Code(
    "MK-XLS-008",
    Severity.WARNING,
    "only yes and no have a meaning here",
    "write yes or no, true or false, 1 or 0",
)
NO_ROW = Code(
    "MK-XLS-009",
    Severity.WARNING,
    "what cannot be read as a row tells nothing of what was done",
    "mend the row where it was made, and read the source again",
)
