"""The JSON form in which articles come in."""

import json
import re
from collections import Counter
from typing import Final

import msgspec

from index.article import DATASET_TAG
from index.decoding import UNDECODABLE
from index.readers.refusal import Refusal, RefusedRecord

MAX_TEXT: Final = 2_000_000
"""Code points that the searched texts of one article may have together, and those that are only kept (the
team's reliability notes). Each entry of a list counts one more, as what parts it from the next."""

MAX_TITLE: Final = 1_000
"""Code points of a title. The longest of 107,000 real ones has 151; a longer text is in the wrong place."""

MAX_NAME: Final = 200
"""Code points of a name: an id, a time, who published or wrote, a region, a data set, a tag, an entry of a
category. The longest real one has 35; a line of tags on a page has at most this."""

MAX_URL: Final = 2_048
"""Code points of an address: as many as a site map may give one (sitemaps.org)."""

_LONGEST: Final = {
    "id": MAX_NAME,
    "title": MAX_TITLE,
    "url": MAX_URL,
    "source": MAX_NAME,
    "written_by": MAX_NAME,
    "published": MAX_NAME,
    "region": MAX_NAME,
    "origin": MAX_NAME,
    "tags": MAX_NAME,
    "category": MAX_NAME,
}
"""By key; of a list, for each entry."""


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One article as a JSON object; null and empty strings mean that the source does not say.

    One of `title`, `lead` and `text` holds something. `published` is YYYY-MM-DD or an ISO 8601 date and time.
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
ANY_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
"""Leaves the values of an object, whatever keys it has, as they are written."""

_PAIRS = json.JSONDecoder(object_pairs_hook=tuple)

_LONE_SURROGATE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]", re.DOTALL
)


def decode_record(line: bytes) -> Record:
    """The record in one line of JSON; raises RefusedRecord with the key that is wrong."""
    try:
        record = _DECODER.decode(line)
    except UNDECODABLE as error:
        raise refused_json(line, error) from error
    check_keys(line)
    return checked(record)


def refused_json(line: bytes, error: Exception) -> RefusedRecord:
    """The refusal of a line that could not be decoded, for what msgspec said of it."""
    if isinstance(error, msgspec.ValidationError):
        return _refused(line, error)
    if isinstance(error, UnicodeDecodeError):
        return RefusedRecord(Refusal.BAD_ENCODING, "the line is not UTF-8; save the file as UTF-8")
    if _LONE_SURROGATE.search(line):
        explanation = "half of a surrogate pair (such as \\ud800) is no character; take it out"
        return RefusedRecord(Refusal.BAD_TEXT, explanation)
    return RefusedRecord(Refusal.INVALID_JSON, f"{error}; each article is one JSON object")


def check_keys(line: bytes) -> None:
    """Raise RefusedRecord where a key stands in this JSON object twice: one of the two would be lost."""
    try:
        pairs: tuple[tuple[str, object], ...] = _PAIRS.decode(line.decode())
    except (ValueError, RecursionError) as error:  # a number of more than 4,300 digits, or too many brackets
        raise RefusedRecord(Refusal.INVALID_JSON, f"{error}; each article is one JSON object") from error
    repeated = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]
    if repeated:
        names = ", ".join(repeated[:10])
        raise RefusedRecord(Refusal.REPEATED_KEY, f"{names}; an object holds a key once")


def _refused(line: bytes, error: msgspec.ValidationError) -> RefusedRecord:
    try:
        keys = ANY_OBJECT.decode(line).keys()
    except UNDECODABLE:
        return RefusedRecord(Refusal.BAD_VALUE, str(error))
    unknown = sorted(keys - set(Record.__struct_fields__))
    if not unknown:
        return RefusedRecord(Refusal.BAD_VALUE, str(error))
    names = ", ".join(unknown[:10])
    known = ", ".join(Record.__struct_fields__)
    return RefusedRecord(Refusal.UNKNOWN_KEY, f"{names}; rename or take out what is not one of: {known}")


def checked(record: Record) -> Record:
    """The record itself; raises RefusedRecord where a text is too long, or where there is none."""
    _check_lengths(record)
    if not any(text and not text.isspace() for text in (record.title, record.lead, record.text)):
        raise RefusedRecord(Refusal.EMPTY, "`title`, `lead` and `text` are all empty; one of them is needed")
    return record


def _check_lengths(record: Record) -> None:
    """Raise RefusedRecord for the first text that is too long.

    What an article is made of passes again when it comes back from an export: a data set counts as the tag
    that it becomes.
    """
    for key, most in _LONGEST.items():
        value: str | tuple[str, ...] | None = getattr(record, key)
        for text in (value,) if isinstance(value, str) else value or ():
            if len(text) > most:
                raise too_long(f"`{key}`", len(text), most)
    origin = () if record.origin is None else (DATASET_TAG + record.origin,)
    searched = _length(record.title, record.lead, record.text) + _listed(record.tags, origin)
    if searched > MAX_TEXT:
        raise too_long("what is searched (`title`, `lead`, `text` and `tags`)", searched, MAX_TEXT)
    kept = _length(record.notice) + _listed(record.category, record.related)
    if kept > MAX_TEXT:
        raise too_long("what is only kept (`notice`, `category` and `related`)", kept, MAX_TEXT)


def _length(*texts: str | None) -> int:
    return sum(len(text or "") for text in texts)


def _listed(*lists: tuple[str, ...] | None) -> int:
    return sum(len(entry) + 1 for entries in lists for entry in entries or ())


def too_long(name: str, length: int, most: int) -> RefusedRecord:
    """The refusal of a text of more code points than `most`."""
    explanation = f"{name} has {length:,} code points; shorten it, or split the article, to at most {most:,}"
    return RefusedRecord(Refusal.TEXT_TOO_LONG, explanation)
