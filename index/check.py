"""Finds what is wrong in a data folder: in the articles, in the index, and between the two."""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from index.corpus.check import check_corpus
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.errors import (
    CorpusDamaged,
    EngineAway,
    GenerationDamaged,
    GenerationMissing,
    GenerationStale,
    StorageFailed,
)
from index.writer import IndexContents, IndexStore

NAMED_IDS = 5
"""How many articles a finding names; it counts all."""

RESTORE = "restore a backup into a new folder with `policy-search restore FILE --data FOLDER`"
"""What to do about a database that is damaged: it cannot be made anew, as an index can."""


class Place(StrEnum):
    """Where something is wrong."""

    ARTICLES = "articles"
    INDEX = "index"
    COPIES = "copies"
    """In one of several copies of the index: nothing else finds or mends it."""
    SERVED = "served"
    """In what machines without a data folder read beside the index."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be."""

    place: Place
    detail: str


Differences = Callable[[], Iterator[str]]
"""What differs from what is stored where an index covers all of it, beside which articles that index has."""

NO_DIFFERENCES: Final[Mapping[Place, Differences]] = MappingProxyType({})


def check_folder(
    folder: DataFolder, store: IndexStore, differences: Mapping[Place, Differences] = NO_DIFFERENCES
) -> Iterator[Finding]:
    """Everything that is wrong in a data folder; nothing if all is well. `differences` are asked for by the
    place where they are.

    But for bringing an older schema up to date it writes nothing and takes no lock, so others may store and
    index meanwhile; that articles stored before are not indexed yet is a finding. A damaged article is one of
    the articles' findings, and the index may hold it or not. Each says where it is, and how to mend it.
    Raises CorpusMissing, CorpusTooNew, CorpusOutdated, CorpusUnavailable.
    """
    damaged: set[str] = set()
    for problem in check_corpus(folder):
        if problem.article_id is None:
            yield _in_database(folder, problem.reason)
        else:
            damaged.add(problem.article_id)
            yield Finding(
                Place.ARTICLES,
                f"article {problem.article_id}: {problem.reason}; ingest it again, or {RESTORE}",
            )
    try:
        with CorpusReader.open(folder) as articles:
            # In this order: what is stored while the index is read cannot look like something it lacks.
            stored = articles.holdings()
            indexed = store.verify()
            newest = articles.last_sequence()
            entry = articles.entry(indexed.sequence)
    except CorpusDamaged as error:
        yield _in_database(folder, error.reason)
        return
    except (GenerationMissing, GenerationDamaged, GenerationStale, StorageFailed) as error:
        yield Finding(Place.INDEX, str(error))
        return
    if not stored.sequence <= indexed.sequence <= newest:
        yield Finding(
            Place.INDEX, f"it covers the journal up to {indexed.sequence} of {max(stored.sequence, newest)}"
        )
    elif indexed.entry != entry:
        yield Finding(
            Place.INDEX,
            f"it was made from another journal, whose entry {indexed.sequence} is not the one that is there; "
            "run `policy-search rebuild`",
        )
    elif indexed.sequence == stored.sequence:
        yield from _differences(stored.ids, indexed, damaged)
        try:
            for place, differing in differences.items():
                yield from (Finding(place, detail) for detail in differing())
        except EngineAway as error:
            yield Finding(Place.INDEX, str(error))


def _in_database(folder: DataFolder, reason: str) -> Finding:
    return Finding(Place.ARTICLES, f"{folder.articles.name}: {reason}; {RESTORE}")


def _differences(stored: frozenset[str], indexed: IndexContents, damaged: Set[str]) -> Iterator[Finding]:
    for what, ids in (
        ("lacks", stored - indexed.ids - damaged),
        ("holds, though they are not stored,", indexed.ids - stored),
    ):
        if ids:
            named = ", ".join(sorted(ids)[:NAMED_IDS]) + (", …" if len(ids) > NAMED_IDS else "")
            yield Finding(Place.INDEX, f"it {what} {len(ids)} articles: {named}; run `policy-search rebuild`")
