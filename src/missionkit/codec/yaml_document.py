"""The document form of a model in YAML, as people write it by hand."""

from missionkit.codec.bulk import bulk
from missionkit.codec.codes import ENCODING, NO_OBJECT, SYNTAX, YAML_TOO_LARGE
from missionkit.codec.document import loads
from missionkit.codec.limits import LARGEST_YAML, LIMITS, Limits
from missionkit.codec.reading import Reading
from missionkit.codec.text import decoded, refuse
from missionkit.codec.writing import document_of
from missionkit.codec.yaml_places import Composed
from missionkit.codec.yaml_writing import yaml_of
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.model import Model, refuse_no_model
from missionkit.errors import DocumentError, MissingExtraError
from missionkit.issue import Source
from missionkit.ports.format import Imported

_JSON_STARTS = ("{", "[", '"')


def yaml_dumps(model: Model) -> str:
    """Return *model* as a YAML document; equal models give equal text.

    It holds what `dumps` writes, in the same order, in block style: text of several
    lines as it is, and in quotes what other programs could take for something else.

    Raises:
        LimitError: the text would be too large to be read again.
    """
    refuse_no_model(model, "yaml_dumps")
    text = yaml_of(document_of(model))
    refuse_size(text, "")
    return text


def yaml_loads(
    data: bytes | str,
    *,
    kinds: Kinds = KINDS,
    lenient: bool = False,
    source: str = "",
    limits: Limits = LIMITS,
) -> Imported:
    """Return the model that a YAML document holds, with what there is to say about it.

    All is as in `loads`; a document that is also sound JSON is read as such. Refused
    besides are anchors, aliases, merge keys, tags, directives, a second document, keys
    that are not text, and what is larger than `LARGEST_YAML`. Numbers are those that
    JSON knows; all else without quotes but null, true and false is text.

    Raises:
        DocumentError: the issues name every fault with path, line and column.
        MissingExtraError: PyYAML is not installed.
    """
    text = decoded(data, limits=limits, source=source)
    if text.lstrip().startswith(_JSON_STARTS):
        try:
            return loads(
                text, kinds=kinds, lenient=lenient, source=source, limits=limits
            )
        except DocumentError as error:
            if all(issue.code != SYNTAX.code for issue in error.issues):
                raise
    with bulk():
        found = yaml_values(text, limits, source)
        if not isinstance(found.values, dict):
            said, fix = "the document has no keys.", "begin with schema: missionkit/1"
            place = found.find([()])[()].value
            issue = NO_OBJECT.issue(said, source=place, fix=fix, value=found.values)
            refuse((issue,))
        reading = Reading(kinds=kinds, lenient=lenient, limits=limits, find=found.find)
        return reading.imported(found.values, source)


def yaml_values(text: str, limits: Limits, source: str) -> Composed:
    """Return the plain values of YAML text, decoded before, and where they stand."""
    refuse_size(text, source)
    if "\0" in text[:2]:
        said = "the text is no UTF-8, but UTF-16 or UTF-32."
        place = Source(file=source, line=1, column=1)
        refuse((ENCODING.issue(said, source=place),))
    try:
        from missionkit.codec.yaml_text import composed  # noqa: PLC0415 - of the extra
    except ImportError as error:
        raise MissingExtraError("yaml") from error
    return composed(text, limits, source)


def refuse_size(text: str, source: str) -> None:
    """Raise `LimitError` for more text than the reader of YAML takes."""
    size = len(text.encode(errors="replace"))
    if size > LARGEST_YAML:
        said = f"YAML of {size} bytes is too large; {LARGEST_YAML} are allowed."
        refuse((YAML_TOO_LARGE.issue(said, source=Source(file=source)),))
