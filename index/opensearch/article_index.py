"""The index of the articles themselves: its names, its fields, and what it says of itself.

It is no generation of what is searched: articles are the same whatever analyzer there is, so a rebuild leaves
it alone, and readers of every generation read the newest state of an article, as they do from the database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec
from opensearchpy import OpenSearch

from index.decoding import Converter
from index.errors import Cause, PolicySearchError
from index.opensearch.generations import Generation, indexes, write_meta

FORMAT: Final = "articles-1"
"""Of documents, mapping and `_meta`: an index of another one is made anew."""

TIMEOUT: Final = 60.0
"""Seconds for one request of whoever writes."""

ID: Final = "id"
SEQUENCE: Final = "seq"
KEY: Final = "key"
KIND: Final = "kind"
CLUSTER: Final = "cluster"
ADDED: Final = "added"
PUBLISHED: Final = "published"
ORDER: Final = "order"
TITLE: Final = "title"
REPAIRED: Final = "repaired"
DATA: Final = "data"
FAULT: Final = "fault"
OTHERS: Final = "others"
EARLIEST: Final = "earliest"

MAX_TITLE: Final = 8_000
"""Code points of a title that is listed: the cluster sorts by no value of more than 32,766 bytes."""


class ArticlesMissing(PolicySearchError):
    """Nothing has been written yet that articles could be read from."""

    kind = "articles-missing"
    cause = Cause.UNAVAILABLE

    def __init__(self, alias: str) -> None:
        super().__init__(
            f"the search cluster has no articles under {alias} yet; index on the machine that ingests, and "
            "wait until it is done"
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A journal entry: its number, and what tells it from that of another journal (`Journal.entry`)."""

    sequence: int
    fingerprint: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyState:
    """What an index of articles holds: the journal up to the first of `recent`, behind which older programs
    kept former commits.

    `copies` is what the copies in it were found by (`CopySource.copies_found`), None where some of them may
    have been found since.
    """

    format: str = FORMAT
    recent: tuple[Entry, ...] = ()
    copies: str | None = None

    @property
    def newest(self) -> Entry:
        """The journal entry that is covered; number 0 before the first commit."""
        return self.recent[0] if self.recent else Entry(0, None)

    def then(self, entry: Entry, copies: str | None) -> "CopyState":
        """After one more commit."""
        return replace(self, recent=(entry,), copies=copies)


_COPY_STATE: Final = Converter(CopyState)


@dataclass(frozen=True, slots=True)
class FoundCopy:
    """An index of articles that is there; `state` is None where that cannot be read, or is of another format.

    `is_read`: the alias of the readers leads to it.
    """

    generation: Generation
    state: CopyState | None
    is_read: bool


def articles_alias(prefix: str) -> str:
    """The name under which readers find the articles."""
    return f"{prefix}-articles"


def article_generation(prefix: str, number: int) -> Generation:
    """The index of articles with this number: `P-articles-000007`."""
    return Generation(articles_alias(prefix), number)


def article_key(article_id: str) -> str:
    """What the document of an article is known by. Those of other things begin with other words."""
    return f"article:{article_id}"


def original_key(article_id: str) -> str:
    """What the document of an original is known by."""
    return f"original:{article_id}"


def cluster_key(number: int) -> str:
    """What the document of a cluster of copies is known by."""
    return f"cluster:{number}"


def find_copies(client: OpenSearch, prefix: str, timeout: float = TIMEOUT) -> tuple[FoundCopy, ...]:
    """All indexes of articles of a prefix, the newest first; `timeout` is in seconds.

    Raises ClusterUnavailable and ClusterRefused.
    """
    alias = articles_alias(prefix)
    found = (
        FoundCopy(
            generation,
            _state(body.get("mappings", {}).get("_meta", {})),
            alias in body.get("aliases", {}),
        )
        for generation, body in indexes(client, alias, timeout)
    )
    return tuple(sorted(found, key=lambda one: -one.generation.number))


def read_state(client: OpenSearch, prefix: str, timeout: float) -> CopyState:
    """What the index says of itself that readers read; `timeout` is in seconds.

    Raises ArticlesMissing, also where a newer program wrote it, ClusterUnavailable and ClusterRefused.
    """
    read = next((one.state for one in find_copies(client, prefix, timeout) if one.is_read), None)
    if read is None:
        raise ArticlesMissing(articles_alias(prefix))
    return read


def write_state(client: OpenSearch, generation: Generation, state: CopyState) -> None:
    """Replace what an index says of itself, in one step.

    Raises ClusterUnavailable, ClusterRefused and the client's NotFoundError.
    """
    write_meta(client, generation, msgspec.to_builtins(state))


def index_body(shards: int, replicas: int, aliases: Iterable[str]) -> dict[str, Any]:
    """What an index of articles is created with."""
    keyword = {"type": "keyword", "norms": False}
    # What is in it is handed out with the document, and never searched by.
    only_kept = {"type": "keyword", "index": False, "doc_values": False}
    number = {"type": "long"}
    kept_number = {**number, "index": False, "doc_values": False}
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            # A commit refreshes; documents that are asked for by their names are the newest at any time.
            "refresh_interval": "-1",
            "translog.durability": "request",
            "gc_deletes": "1h",
            # The best compression would take a quarter off, and reading ten articles twice as long or more
            # (2026-11-28, 1,467 pages: 8.3 and 11.0 kB each, 5.2 to 8.2 and 2.9 ms).
            "codec": "default",
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": msgspec.to_builtins(CopyState()),
            "properties": {
                KIND: keyword,
                REPAIRED: {"type": "boolean"},
                **dict.fromkeys((KEY, ORDER), number),
                **dict.fromkeys((SEQUENCE, CLUSTER, OTHERS), kept_number),
                PUBLISHED: keyword,
                TITLE: {"type": "keyword", "index": False},
                **dict.fromkeys((ID, ADDED, FAULT, EARLIEST), only_kept),
                DATA: {"type": "binary"},
            },
        },
        "aliases": {alias: {} for alias in aliases},
    }


def _state(meta: Mapping[str, Any]) -> CopyState | None:
    try:
        state = _COPY_STATE.convert(meta)
    except msgspec.ValidationError:
        return None
    return state if state.format == FORMAT else None
