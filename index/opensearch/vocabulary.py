"""The list of words that a generation has beside it: Lucene does not list those of a field.

It only grows: a word stays when the last article with it is deleted. Each word has the journal entry that
brought it, so that the list of an older state is known too.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

import msgspec
from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from index.opensearch.errors import ClusterRefused, ClusterUnavailable, GenerationRetired
from index.opensearch.failures import as_ours, may_pass, shortened
from index.opensearch.generations import Generation
from index.opensearch.patience import Patience

WORD: Final = "word"
FIRST_SEEN: Final = "first_seen"
"""The journal entry that brought the word."""

MAX_WORD: Final = 5_000
"""Code points of the longest word that is listed: the cluster takes no value of more than 32,766 bytes."""

SENT_AT_ONCE: Final = 5_000
"""Words of one batch, about 500 kB."""

REMEMBERED: Final = 500_000
"""Words that a writer knows to be in the list, some 60 MB; beyond it begins anew, and they are sent once
more, which changes nothing."""

TIMEOUT: Final = 90.0
"""Seconds that a batch may take."""

_CONFLICT: Final = 409
_NO_INDEX: Final = "index_not_found_exception"


def vocabulary_index(generation: Generation) -> str:
    """The name of a generation's list."""
    return f"{generation.prefix}-words-{generation.index.rpartition('-')[2]}"


def vocabulary_alias(generation: Generation) -> str:
    """The name that the list is written under: gone with it."""
    return f"{vocabulary_index(generation)}-w"


def vocabulary_body(generation: Generation, replicas: int) -> dict[str, Any]:
    """What the list is created with. One shard has room for all words."""
    return {
        "settings": {"number_of_shards": 1, "number_of_replicas": replicas, "refresh_interval": "-1"},
        "mappings": {
            "dynamic": "strict",
            "properties": {WORD: {"type": "keyword"}, FIRST_SEEN: {"type": "long"}},
        },
        "aliases": {vocabulary_alias(generation): {}},
    }


class VocabularySender:
    """The words of articles on their way to the list. Not for use by several threads."""

    def __init__(self, client: OpenSearch, generation: Generation, patience: Patience) -> None:
        self._client = client
        self._generation = generation
        self._patience = patience
        self._known: set[str] = set()
        self._waiting: dict[str, int] = {}

    def saw(self, words: Iterable[str], sequence: int) -> None:
        """An article that came with this journal entry has these words; may send some: raises what `flush`
        does."""
        for word in words:
            if word not in self._known and 0 < len(word) <= MAX_WORD:
                self._waiting.setdefault(word, sequence)
        if len(self._waiting) >= SENT_AT_ONCE:
            self._send()

    def flush(self) -> None:
        """Send all that waits, and return when readers can see it.

        Raises ClusterUnavailable when the patience is at its end, ClusterRefused and GenerationRetired.
        """
        self._send()
        self._patience.attempt(self._refresh)

    def _send(self) -> None:
        if self._waiting:
            words = tuple(self._waiting.items())
            self._patience.attempt(lambda: self._request(words))
            if len(self._known) + len(words) > REMEMBERED:
                self._known.clear()
            self._known.update(self._waiting)
            self._waiting.clear()

    def _request(self, words: Sequence[tuple[str, int]]) -> None:
        body = b"".join(_lines(word, sequence) for word, sequence in words)
        alias = vocabulary_alias(self._generation)
        try:
            with as_ours():
                answer = self._client.bulk(
                    body=body, index=alias, params={"require_alias": "true"}, request_timeout=TIMEOUT
                )
        except NotFoundError:
            raise GenerationRetired(alias) from None
        for (word, _), item in zip(words, answer["items"], strict=True):
            result = item["create"]
            if result.get("error", {}).get("type") == _NO_INDEX:
                raise GenerationRetired(alias)
            _check(word, result)

    def _refresh(self) -> None:
        index = vocabulary_index(self._generation)
        try:
            with as_ours():
                answer = self._client.indices.refresh(index=index, request_timeout=TIMEOUT)
        except NotFoundError:
            raise GenerationRetired(index) from None
        if answer["_shards"]["failed"]:
            raise ClusterUnavailable(f"{index} cannot show what was written")


def _lines(word: str, sequence: int) -> bytes:
    """A word that is in the list stays as it is: it was there first."""
    key = sha256(word.encode("utf-8", "surrogatepass")).hexdigest()
    return _line({"create": {"_id": key}}) + _line({WORD: word, FIRST_SEEN: sequence})


def _check(word: str, result: Mapping[str, Any]) -> None:
    """Raises ClusterUnavailable where a word has to be sent again, and ClusterRefused where it cannot be."""
    status, error = int(result["status"]), result.get("error", {})
    if status < 300 or status == _CONFLICT:
        return
    kind = str(error.get("type", ""))
    reason = shortened(f"the word {word!r}: {kind}: {error.get('reason', '')}")
    if may_pass(status, kind):
        raise ClusterUnavailable(reason)
    raise ClusterRefused(reason)


def _line(value: object) -> bytes:
    return msgspec.json.encode(value) + b"\n"
