"""The JSON form in which articles come in."""

import re
from typing import Final

import msgspec

from index.readers.refusal import Refusal, RefusedRecord

MAX_TEXT: Final = 2_000_000
"""Code points that the text of one article may have (the team's reliability notes)."""


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One article as a JSON object; null and empty strings mean that the source does not say.

    Either `title` or `text` holds something. `published` is YYYY-MM-DD or an ISO 8601 date and time.
    `origin` is the name of the data set that the record belongs to, `written_by` who wrote the article
    (来源 inside a page) where `source` published it. `notice` and `related` are kept and never searched.
    """

    id: str | None = None
    title: str | None = None
    lead: str | None = None
    text: str | None = None
    url: str | None = None
    source: str | None = None
    written_by: str | None = None
    published: str | None = None
    region: str | None = None
    origin: str | None = None
    tags: tuple[str, ...] | None = None
    category: tuple[str, ...] | None = None
    notice: str | None = None
    related: tuple[str, ...] | None = None


_DECODER = msgspec.json.Decoder(Record)

_LONE_SURROGATE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]", re.DOTALL
)


def decode_record(line: bytes) -> Record:
    """The record in one line of JSON; raises RefusedRecord with the key that is wrong."""
    try:
        record = _DECODER.decode(line)
    except msgspec.ValidationError as error:
        raise _refused(line, error) from error
    except UnicodeDecodeError as error:
        raise RefusedRecord(Refusal.BAD_ENCODING, "the line is not UTF-8; save the file as UTF-8") from error
    except msgspec.DecodeError as error:
        if _LONE_SURROGATE.search(line):
            explanation = "half of a surrogate pair (such as \\ud800) is no character; take it out"
            raise RefusedRecord(Refusal.BAD_TEXT, explanation) from error
        raise RefusedRecord(Refusal.INVALID_JSON, f"{error}; each line holds one JSON object") from error
    return _checked(record)


def _refused(line: bytes, error: msgspec.ValidationError) -> RefusedRecord:
    try:
        keys = msgspec.json.decode(line, type=dict[str, msgspec.Raw]).keys()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return RefusedRecord(Refusal.BAD_VALUE, str(error))
    unknown = sorted(keys - set(Record.__struct_fields__))
    if not unknown:
        return RefusedRecord(Refusal.BAD_VALUE, str(error))
    names = ", ".join(unknown[:10])
    known = ", ".join(Record.__struct_fields__)
    return RefusedRecord(Refusal.UNKNOWN_KEY, f"{names}; rename or take out what is not one of: {known}")


def _checked(record: Record) -> Record:
    for key, text in (("title", record.title), ("lead", record.lead), ("text", record.text)):
        if text and len(text) > MAX_TEXT:
            raise too_long(f"`{key}`", text)
    if not any(text and not text.isspace() for text in (record.title, record.text)):
        raise RefusedRecord(Refusal.EMPTY, "`title` and `text` are both empty; one of them is needed")
    return record


def too_long(name: str, text: str) -> RefusedRecord:
    """The refusal of a text above MAX_TEXT."""
    explanation = f"{name} has {len(text):,} code points; split it into articles of at most {MAX_TEXT:,}"
    return RefusedRecord(Refusal.TEXT_TOO_LONG, explanation)
