"""Articles as rows of the database, and back with every byte checked.

Reading connections give text as bytes (see `open_reading`), so that damaged text is found here.
"""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from index.article import (
    Article,
    Certainty,
    DocumentFacts,
    Level,
    Original,
    Part,
    RegionTag,
    Relation,
    Repair,
    Script,
    TopicTag,
)
from index.corpus.fingerprint import article_digest, original_digest
from index.errors import CorpusDamaged

Columns = Mapping[str, object]
"""Values to be stored, by the names of their columns."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Row(Protocol):
    """A stored row, of the database or a copy of one: values by the names of their columns."""

    def __getitem__(self, name: str, /) -> object: ...


def article_row(article: Article) -> Columns:
    """The columns of an article that follow from its content, but for the digests."""
    published, document = article.published, article.document
    return {
        "id": article.id,
        "published": None if published is None else published.isoformat(),
        "published_utc": None if published is None else _microseconds(published),
        "script": article.script.value,
        "region_hint": article.region_hint,
        "url": article.url,
        "source": article.source,
        "origin": article.origin,
        "category": _json(article.category),
        "tags": _json(article.tags),
        "title": article.title,
        "lead": article.lead,
        "body": article.body,
        "notice": article.notice,
        "related": _json(article.related),
        "document_number": document.number,
        "agency": document.agency,
        "level": None if document.level is None else document.level.value,
        "document_type": document.type,
        "signed": None if document.signed is None else document.signed.isoformat(),
        "effective": None if document.effective is None else document.effective.isoformat(),
        "regions": _json([(tag.code, tag.relation.value, tag.weight) for tag in article.regions]),
        "topics": _json([(tag.name, tag.weight, tag.evidence) for tag in article.topics]),
    }


def original_row(key: int, original: Original) -> Columns:
    """The columns of the original of the article with this key; its bytes are compressed."""
    return {
        "key": key,
        "data": zlib.compress(original.data),
        "media_type": original.media_type,
        "encoding": original.encoding,
    }


def repair_rows(key: int, repairs: Sequence[Repair]) -> Iterator[Columns]:
    """The columns of each repair of the article with this key."""
    for number, repair in enumerate(repairs):
        yield {
            "key": key,
            "ord": number,
            "part": None if repair.part is None else repair.part.value,
            "start": repair.start,
            "length": repair.length,
            "original_start": repair.original_start,
            "original_length": repair.original_length,
            "before": repair.before,
            "after": repair.after,
            "rule": repair.rule,
            "certainty": repair.certainty.value,
        }


def article_of(row: Row, repairs: Sequence[Row]) -> Article:
    """The article in these rows; raises CorpusDamaged, which names it, where it is not as it was stored."""
    try:
        article = _article(row, repairs)
        digest = article_digest(article, _bytes(row["original_digest"]))
    except (TypeError, ValueError) as error:
        raise damaged(row["id"], str(error)) from error
    published = article.published
    if digest != row["digest"]:
        raise damaged(row["id"], "its content is not what was stored")
    if row["published_utc"] != (None if published is None else _microseconds(published)):
        raise damaged(row["id"], "its time for sorting is not what was stored")
    return article


def original_of(row: Row) -> Original:
    """The original in this row, checked against its digest in the same row; raises CorpusDamaged."""
    try:
        original = Original(
            zlib.decompress(_bytes(row["data"])), _text(row["media_type"]), _text(row["encoding"])
        )
    except (TypeError, ValueError, zlib.error) as error:
        raise damaged(row["id"], f"its original: {error}") from error
    if original_digest(original) != row["original_digest"]:
        raise damaged(row["id"], "its original is not what was stored")
    return original


def id_of(row: Row) -> str:
    """The id in a row; raises CorpusDamaged where it is no text."""
    try:
        return _text(row["id"])
    except (TypeError, ValueError) as error:
        raise damaged(row["id"], f"its id: {error}") from error


def title_of(row: Row) -> str:
    """The title in a row that holds id and title; raises CorpusDamaged where it is no text."""
    try:
        return _text(row["title"])
    except (TypeError, ValueError) as error:
        raise damaged(row["id"], f"its title: {error}") from error


def published_of(row: Row) -> datetime | None:
    """The time in a row that holds id and published; raises CorpusDamaged where it is no time."""
    try:
        published = _optional_text(row["published"])
        return None if published is None else datetime.fromisoformat(published)
    except (TypeError, ValueError) as error:
        raise damaged(row["id"], f"its time: {error}") from error


def added_of(row: Row) -> datetime:
    """When the article in a row that holds id and added was first stored, aware; raises CorpusDamaged."""
    try:
        added = datetime.fromisoformat(_text(row["added"]))
    except (TypeError, ValueError) as error:
        raise damaged(row["id"], f"when it was added: {error}") from error
    if added.utcoffset() is None:
        raise damaged(row["id"], "when it was added: a time without a time zone")
    return added


def compared_texts_of(row: Row) -> tuple[str, str, str]:
    """Title, lead and body in a row that holds them and id; raises CorpusDamaged where one is no text."""
    try:
        return _text(row["title"]), _text(row["lead"]), _text(row["body"])
    except (TypeError, ValueError) as error:
        raise damaged(row["id"], str(error)) from error


def is_storable(text: str) -> bool:
    """False for a text with a lone surrogate: it has no UTF-8, and SQLite refuses it."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def shown_id(stored: object) -> str:
    """An id as reports show it: bytes that are no UTF-8 are written as escapes."""
    return stored.decode("utf-8", "backslashreplace") if isinstance(stored, bytes) else str(stored)


def damaged(article_id: object, reason: str) -> CorpusDamaged:
    """The error for an article that cannot be given out."""
    return CorpusDamaged(
        f"the stored article {shown_id(article_id)} is damaged ({reason}); "
        "run `policy-search check`, then ingest it again",
        reason,
    )


def _article(row: Row, repairs: Sequence[Row]) -> Article:
    return Article(
        id=_text(row["id"]),
        title=_text(row["title"]),
        lead=_text(row["lead"]),
        body=_text(row["body"]),
        tags=_texts(row["tags"]),
        url=_optional_text(row["url"]),
        source=_optional_text(row["source"]),
        origin=_optional_text(row["origin"]),
        category=_texts(row["category"]),
        notice=_text(row["notice"]),
        related=_texts(row["related"]),
        published=published_of(row),
        script=Script(_text(row["script"])),
        region_hint=_optional_text(row["region_hint"]),
        repairs=tuple(_repair(repair) for repair in repairs),
        document=_document(row),
        regions=tuple(map(_region, _list(row["regions"]))),
        topics=tuple(map(_topic, _list(row["topics"]))),
    )


def _repair(row: Row) -> Repair:
    return Repair(
        part=None if row["part"] is None else Part(_text(row["part"])),
        start=_integer(row["start"]),
        length=_integer(row["length"]),
        original_start=_integer(row["original_start"]),
        original_length=_integer(row["original_length"]),
        before=_text(row["before"]),
        after=_text(row["after"]),
        rule=_text(row["rule"]),
        certainty=Certainty(_text(row["certainty"])),
    )


def _document(row: Row) -> DocumentFacts:
    level = _optional_text(row["level"])
    return DocumentFacts(
        number=_optional_text(row["document_number"]),
        agency=_optional_text(row["agency"]),
        level=None if level is None else Level(level),
        type=_optional_text(row["document_type"]),
        signed=_optional_date(row["signed"]),
        effective=_optional_date(row["effective"]),
    )


def _region(entry: object) -> RegionTag:
    match entry:
        case [str(code), str(relation), float(weight)]:
            return RegionTag(code, Relation(relation), weight)
    raise TypeError("a region is no such")


def _topic(entry: object) -> TopicTag:
    match entry:
        case [str(name), float(weight), list(evidence)] if all(isinstance(word, str) for word in evidence):
            return TopicTag(name, weight, tuple(evidence))
    raise TypeError("a topic is no such")


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _list(value: object) -> list[object]:
    entries = json.loads(_text(value))
    if not isinstance(entries, list):
        raise TypeError("a list is no list")
    return entries


def _texts(value: object) -> tuple[str, ...]:
    entries = _list(value)
    texts = tuple(entry for entry in entries if isinstance(entry, str))
    if len(texts) != len(entries):
        raise TypeError("a list of texts is no such list")
    return texts


def _optional_date(value: object) -> date | None:
    return None if value is None else date.fromisoformat(_text(value))


def _bytes(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise TypeError(f"text or bytes are stored as {type(value).__name__}")
    return value


def _text(value: object) -> str:
    return _bytes(value).decode("utf-8")


def _optional_text(value: object) -> str | None:
    return None if value is None else _text(value)


def _integer(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"a number is stored as {type(value).__name__}")
    return value
