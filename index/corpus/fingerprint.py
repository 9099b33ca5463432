"""Fingerprints that tell whether an article is the one that was stored."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from index.article import Article, Certainty, Original


def original_digest(original: Original) -> bytes:
    """The sha256 of what came in."""
    return _digest("original 1", original.data, original.media_type, original.encoding)


def article_digest(article: Article, original: bytes) -> bytes:
    """The sha256 of everything that an article holds, its repairs, and the digest of its original.

    Two articles with the same digest are the same for every reader; when they were stored does not count.
    Raises UnicodeEncodeError where a text holds a lone surrogate.
    """
    return _digest(
        "article 1",
        article.id,
        article.title,
        article.lead,
        article.body,
        article.tags,
        article.url,
        article.source,
        article.origin,
        article.category,
        article.notice,
        article.related,
        None if article.published is None else article.published.isoformat(),
        article.script.value,
        article.region_hint,
        tuple(
            (
                None if repair.part is None else repair.part.value,
                repair.start,
                repair.length,
                repair.original_start,
                repair.original_length,
                repair.before,
                repair.after,
                repair.rule,
            )
            for repair in article.repairs
        ),
        original,
        *_added(article),
    )


def entry_digest(sequence: int, article_id: bytes, action: bytes, article: bytes | None, at: bytes) -> bytes:
    """The sha256 of an entry of the journal, all columns as they are stored.

    Another journal has another entry under the same number: `at` tells even the same article apart.
    """
    return _digest("entry 1", sequence, article_id, action, article, at)


def _added(article: Article) -> Iterator[tuple[object, ...]]:
    """What articles have held since the second schema, each under its name and only where it says something.

    So articles stored before keep the fingerprint that they were stored with.
    """
    document = article.document
    certainties = tuple(repair.certainty for repair in article.repairs)
    if any(certainty is not Certainty.EVIDENT for certainty in certainties):
        yield "certainty", tuple(certainty.value for certainty in certainties)
    for name, value in (
        ("number", document.number),
        ("agency", document.agency),
        ("level", None if document.level is None else document.level.value),
        ("type", document.type),
        ("signed", None if document.signed is None else document.signed.isoformat()),
        ("effective", None if document.effective is None else document.effective.isoformat()),
    ):
        if value is not None:
            yield name, value
    if article.regions:
        yield "regions", tuple((tag.code, tag.relation.value, repr(tag.weight)) for tag in article.regions)
    if article.topics:
        yield "topics", tuple((tag.name, repr(tag.weight), tag.evidence) for tag in article.topics)


def _digest(*fields: object) -> bytes:
    encoded: list[bytes] = []
    _encode(fields, encoded)
    return sha256(b"".join(encoded)).digest()


def _encode(value: object, encoded: list[bytes]) -> None:
    """Each value after its kind and length, so that no two lists of fields give the same bytes.

    Every article that is shown goes through here, so that it appends to one list, the commonest kind first.
    """
    if isinstance(value, str):
        data = value.encode("utf-8")
        encoded += (b"s%d:" % len(data), data)
    elif value is None:
        encoded.append(b"n")
    elif isinstance(value, int):
        encoded.append(b"i%d;" % value)
    elif isinstance(value, bytes):
        encoded += (b"b%d:" % len(value), value)
    elif isinstance(value, Sequence):
        encoded.append(b"l%d:" % len(value))
        for item in value:
            _encode(item, encoded)
    else:
        raise TypeError(f"no fingerprint for {type(value).__name__}")
