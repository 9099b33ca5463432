"""Compares an index in a cluster with the journal, and the copies of its shards with each other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from opensearchpy import OpenSearch

from index.article import Part
from index.errors import GenerationMissing
from index.opensearch.failures import as_ours
from index.opensearch.generations import find_all, searched
from index.opensearch.mapping import ID, PAIR_FIELDS, SEQUENCE, WORD_COUNT, WORDS, character_field
from index.opensearch.terms import SENTINEL
from index.opensearch.whole_search import TIMEOUT, search_whole

RANGE: Final = 5_000
"""Articles of which one digest is made: as many as are read one by one where it differs."""

RANGES: Final = 40
"""Digests of one request: the cluster compares each article with the bounds of all of them."""

NAMED: Final = 5
"""How many articles a finding names; it counts all."""

FREQUENT: Final = ("的", "一", "年", "国", "会", "0", "1", "2", "a", "e")
"""Characters that words begin with, and texts hold, in many articles: copies that know as many articles for
each of them hold the same terms, as good as certainly."""

SENTINEL_TERM: Final = SENTINEL.partition("|")[0]

Entries = Sequence[tuple[str, int]]
"""Ids in the order of their code points, with the numbers of the newest journal entries."""

NextEntries = Callable[[str, int], Entries]
"""The entries of the next so many articles behind an id; `CorpusReader.newest_entries` is one."""


@dataclass(frozen=True, slots=True)
class _Copy:
    """A copy of a shard of an index, on the node with this id."""

    index: str
    shard: int
    node: str
    is_primary: bool

    @property
    def preference(self) -> str:
        """What makes the cluster ask just this copy."""
        return f"_shards:{self.shard}|_only_nodes:{self.node}"

    def __str__(self) -> str:
        return f"{'first' if self.is_primary else 'other'} copy of shard {self.shard} on node {self.node}"


def differences(client: OpenSearch, prefix: str, following: NextEntries) -> Iterator[str]:
    """What differs between the journal and the index that is searched, or between the copies of a shard;
    nothing where the two agree.

    To be asked while nothing is indexed, and the index covers the whole journal: it compares what is there.
    That articles are missing, or too many, is not told once more (`IndexStore.verify`): only those are that
    are there in another state. Raises ClusterUnavailable and ClusterRefused; nothing where there is no index.
    """
    try:
        index = searched(find_all(client, prefix)).generation.index
    except GenerationMissing:
        return
    yield from _other_states(client, index, following)
    yield from other_copies(client, index)


def _other_states(client: OpenSearch, index: str, following: NextEntries) -> Iterator[str]:
    """Articles that are not in their newest state, found by a digest for each range of ids."""
    for ranges in _ranges(following):
        answers = _digests(client, index, ranges)
        for (after, entries, until), digest in zip(ranges, answers, strict=True):
            if digest != _Digest.of(entries):
                yield from _stale(client, index, after, entries, until)


@dataclass(frozen=True, slots=True)
class _Digest:
    """Of the journal entries of a range of articles: what differs where any article of it does, as good as
    certainly, for an entry belongs to one article, and an older state has a lower one."""

    articles: int
    total: int
    lowest: int
    highest: int

    @classmethod
    def of(cls, entries: Entries) -> "_Digest":
        numbers = [number for _, number in entries]
        return cls(len(numbers), sum(numbers), min(numbers, default=0), max(numbers, default=0))


_Range = tuple[str, Entries, str | None]
"""Behind an id, the entries there, and the last id; None: to the end, whatever lies there."""


def _ranges(following: NextEntries) -> Iterator[tuple[_Range, ...]]:
    """All ids, in some ranges at once."""
    waiting: list[_Range] = []
    after = ""
    while entries := following(after, RANGE):
        is_last = len(entries) < RANGE
        waiting.append((after, entries, None if is_last else entries[-1][0]))
        after = entries[-1][0]
        if len(waiting) == RANGES:
            yield tuple(waiting)
            waiting.clear()
    if waiting:
        yield tuple(waiting)


def _digests(client: OpenSearch, index: str, ranges: Sequence[_Range]) -> list[_Digest]:
    bounds = [{"range": {ID: _bounds(after, until)}} for after, _, until in ranges]
    body = {
        "size": 0,
        "aggs": {
            "ranges": {"filters": {"filters": bounds}, "aggs": {"entries": {"stats": {"field": SEQUENCE}}}}
        },
    }
    buckets = search_whole(client, index, body)["aggregations"]["ranges"]["buckets"]
    return [_digest(bucket["entries"]) for bucket in buckets]


def _digest(stats: Mapping[str, Any]) -> _Digest:
    """The cluster adds in double precision, which is exact up to 2^53: for the articles of a range, with
    entries up to a trillion."""
    return _Digest(
        int(stats["count"]), int(stats["sum"] or 0), int(stats["min"] or 0), int(stats["max"] or 0)
    )


def _bounds(after: str, until: str | None) -> dict[str, str]:
    return {"gt": after} if until is None else {"gt": after, "lte": until}


def _stale(client: OpenSearch, index: str, after: str, entries: Entries, until: str | None) -> Iterator[str]:
    there = dict(_read(client, index, after, until))
    stale = [name for name, number in entries if there.get(name, number) != number]
    if stale:
        named = ", ".join(stale[:NAMED]) + (", …" if len(stale) > NAMED else "")
        yield f"it holds {len(stale)} articles in another state than the newest: {named}"


def _read(client: OpenSearch, index: str, after: str, until: str | None) -> Iterator[tuple[str, int]]:
    """The ids in a range, each with the entry that its state is of."""
    body: dict[str, Any] = {
        "size": RANGE,
        "_source": False,
        "sort": [{ID: "asc"}],
        "docvalue_fields": [SEQUENCE],
    }
    while True:
        query = {"range": {ID: _bounds(after, until)}}
        hits = search_whole(client, index, body | {"query": query})["hits"]["hits"]
        if not hits:
            return
        for hit in hits:
            yield hit["sort"][0], int(hit["fields"][SEQUENCE][0])
        after = hits[-1]["sort"][0]


def other_copies(client: OpenSearch, index: str) -> Iterator[str]:
    """Copies that do not hold what the others of their shard hold."""
    for copies in _copies(client, index):
        told = [(copy, _terms(client, copy)) for copy in copies]
        for (one, of_one), (other, of_other) in pairwise(told):
            differing = sorted(name for name, count in of_one.items() if of_other[name] != count)
            if differing:
                first = differing[0]
                yield (
                    f"the {one} and the {other} of {index} do not hold the same: {first} is in "
                    f"{of_one[first]:,} and {of_other[first]:,} articles, and of {len(differing) - 1} other "
                    "terms the counts differ too; run `policy-search rebuild`"
                )
        for copy, counts in told:
            if counts[_WITH_WORDS] != counts[_ALL]:
                yield (
                    f"the {copy} of {index} knows the words of {counts[_WITH_WORDS]:,} articles, and holds "
                    f"{counts[_ALL]:,}; run `policy-search rebuild`"
                )


_ALL: Final = "any article"
_WITH_WORDS: Final = f"the mark of {WORDS}"


def _terms(client: OpenSearch, copy: _Copy) -> dict[str, int]:
    """How many articles of a copy have each of some terms, by the name of the term."""
    asked: dict[str, dict[str, Any]] = {_ALL: {"match_all": {}}}
    for field in (WORDS, *PAIR_FIELDS.values()):
        asked[f"the mark of {field}"] = {"term": {field: SENTINEL_TERM}}
    for field in (WORDS, *map(character_field, Part)):
        for text in FREQUENT:
            asked[f"{text}… in {field}"] = {"prefix": {field: text}}
    asked[f"a {WORD_COUNT}"] = {"exists": {"field": WORD_COUNT}}
    body = {"size": 0, "aggs": {"terms": {"filters": {"filters": asked}}}}
    answer = search_whole(client, copy.index, body, copy.preference)
    buckets: dict[str, Any] = answer["aggregations"]["terms"]["buckets"]
    return {name: int(bucket["doc_count"]) for name, bucket in buckets.items()}


def _copies(client: OpenSearch, index: str) -> Iterator[tuple[_Copy, ...]]:
    """The copies that are in service, shard by shard."""
    with as_ours():
        answer = client.search_shards(index=index, request_timeout=TIMEOUT)
    for group in answer["shards"]:
        started = (copy for copy in group if copy["state"] == "STARTED")
        yield tuple(_Copy(index, copy["shard"], copy["node"], copy["primary"]) for copy in started)
