"""The codes of trouble with documents."""

from missionkit.issue import Code, Severity

_ERROR = Severity.ERROR

ENCODING = Code(
    "MK-DOC-001",
    _ERROR,
    "a document is UTF-8 text, so that every program reads the same letters",
    "save the file as UTF-8",
)
EMPTY = Code(
    "MK-DOC-002",
    _ERROR,
    "an empty file is mostly the trace of a write that failed",
    "look for the whole file, or begin with {}",
)
SYNTAX = Code(
    "MK-DOC-003",
    _ERROR,
    "only text that follows the rules of JSON has one meaning",
    "mend the place that is named",
)
DUPLICATE_KEY = Code(
    "MK-DOC-004",
    _ERROR,
    "of two values under one key, one would be lost in silence",
    "keep one of the two, or name one of them otherwise",
)
UNSAFE_CHARACTER = Code(
    "MK-DOC-005",
    _ERROR,
    "characters that cannot be seen or stored can deceive a reader or break a program",
    "take the character out",
)
TOO_LARGE = Code(
    "MK-DOC-006",
    _ERROR,
    "a bound on size keeps a hostile file from filling the memory",
    "split the document, or pass larger limits if you trust its source",
)
TOO_DEEP = Code(
    "MK-DOC-007",
    _ERROR,
    "a bound on depth keeps a hostile file from exhausting the stack",
    "write the document flatter; elements refer to each other by id",
)
TOO_MANY = Code(
    "MK-DOC-008",
    _ERROR,
    "a bound on the number of values keeps a hostile file from filling the memory",
    "split the document, or pass larger limits if you trust its source",
)
TOO_LONG = Code(
    "MK-DOC-009",
    _ERROR,
    "a single text or number of this length is nearly always a mistake or an attack",
    "shorten it, or pass larger limits if you trust its source",
)
NO_NUMBER = Code(
    "MK-DOC-010",
    _ERROR,
    "not-a-number and the infinities have no place in JSON, nor in a score",
    "write a number, or leave the field out where it is not known",
)
NUMBER_RANGE = Code(
    "MK-DOC-011",
    _ERROR,
    "programs that read JSON keep such a number only roughly, and so change it",
    "write it with fewer digits, as text, or in a larger unit",
)
WRONG_TYPE = Code(
    "MK-DOC-012",
    _ERROR,
    "a value is taken as it is written, never guessed from another type",
    "write the value in the form that is asked for",
)
MISSING = Code(
    "MK-DOC-013",
    _ERROR,
    "an element cannot be made without its required fields",
    "add the field",
)
UNKNOWN_FIELD = Code(
    "MK-DOC-014",
    _ERROR,
    "a field that nobody reads is a slip of the finger or a loss",
    "take the field out, or load with lenient=True to keep it in `ext`",
)
UNKNOWN_VALUE = Code(
    "MK-DOC-015",
    _ERROR,
    "only the values that are named have a meaning here",
    "write one of the values that are named",
)
BAD_FORMAT = Code(
    "MK-DOC-016",
    _ERROR,
    "one way to write a value keeps everybody from reading it in two ways",
    "write the value in the form that is asked for",
)
REPEATED = Code(
    "MK-DOC-017",
    _ERROR,
    "in a list without an order, the same value twice says no more than once",
    "take one of the two out",
)
NO_OBJECT = Code(
    "MK-DOC-018",
    _ERROR,
    "a document is one JSON object with an array for each kind of element",
    'begin with {"schema": "missionkit/1"}',
)
NO_SCHEMA = Code(
    "MK-DOC-019",
    _ERROR,
    "the schema's number tells how the document is to be read",
    'add "schema": "missionkit/1" at the top',
)
OTHER_SCHEMA = Code(
    "MK-DOC-020",
    _ERROR,
    "a document of another schema would be misread",
    'write "schema": "missionkit/1" if it is such a document',
)
NEWER_SCHEMA = Code(
    "MK-DOC-021",
    _ERROR,
    "a newer schema may say what this release cannot understand",
    "install a newer release of missionkit",
)
UNKNOWN_KEY = Code(
    "MK-DOC-022",
    _ERROR,
    "elements under a key that nobody reads would be lost",
    "use the name of a kind, or load with lenient=True to leave it out",
)
WRONG_ROOT = Code(
    "MK-DOC-023",
    _ERROR,
    "the organization at the top tells whose model this is",
    "name the one organization that has no parent, or leave the key out",
)
ABSENT_KIND = Code(
    "MK-DOC-024",
    Severity.WARNING,
    "elements of a kind whose class is absent are kept as they are, but not checked",
    "pass the class: kinds=mk.KINDS | {ThatClass}",
)
MOVED_FIELD = Code(
    "MK-DOC-025",
    Severity.ADVICE,
    'unknown fields are kept in `ext["unknown"]` when a document is loaded leniently',
    "give the field the name that is meant, or leave it where it is",
)
LEFT_OUT = Code(
    "MK-DOC-026",
    Severity.ADVICE,
    "there is no element that could keep what stands at the top of a document",
    "take the key out, or give it the name of a kind",
)
MIGRATED = Code(
    "MK-DOC-027",
    Severity.ADVICE,
    "the document was written for an earlier schema and was brought up to date",
    "save it again to keep the new form",
)
MORE_FAULTS = Code(
    "MK-DOC-029",
    _ERROR,
    "a document with so many faults is better mended in steps",
    "mend the faults that are listed, then load again",
)
MORE_REMARKS = Code(
    "MK-DOC-030",
    Severity.ADVICE,
    "a list of so many remarks helps nobody, and fills the memory",
    "look to the remarks that are listed, then load again",
)
YAML_SYNTAX = Code(
    "MK-DOC-031",
    _ERROR,
    "only text that follows the rules of YAML has one meaning",
    "mend the place that is named",
)
YAML_ALIAS = Code(
    "MK-DOC-032",
    _ERROR,
    "a value that stands in many places can grow without end, and hides what is meant",
    "write the value out in each place; elements refer to each other by id",
)
YAML_MERGE = Code(
    "MK-DOC-033",
    _ERROR,
    "a merge key puts fields into an element that nobody sees there",
    "write the fields out",
)
YAML_TAG = Code(
    "MK-DOC-034",
    _ERROR,
    "a tag asks the reader to make something else of a value than what stands there",
    "take the tag out; put text that begins with ! in quotes",
)
YAML_KEY = Code(
    "MK-DOC-035",
    _ERROR,
    "keys are names, and a name is text in every form of a document",
    "put the key in quotes, or give it a name",
)
YAML_SEVERAL = Code(
    "MK-DOC-036",
    _ERROR,
    "one file holds one model, so that nothing in it is overlooked",
    "put each document into a file of its own",
)
YAML_DIRECTIVE = Code(
    "MK-DOC-037",
    _ERROR,
    "a directive changes the meaning of the lines that follow it",
    "take the line that begins with % out",
)
YAML_TOO_LARGE = Code(
    "MK-DOC-038",
    _ERROR,
    "YAML is slow to read, so that a bound on its size keeps a reader from waiting",
    "write it as JSON, which may be larger, or split it",
)
