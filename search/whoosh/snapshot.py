"""One state of the index, over all its segments."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.article import Part
from index.generation import Generation, Manifest
from index.generation_hold import GenerationHold
from search.deadline import Deadline
from search.engine import Explanation, Matches, WordCounts
from search.plan import Node, Plan
from search.ranking import Ranking
from search.whoosh.columns import Columns
from search.whoosh.executor import Execution
from search.whoosh.explain import Explainer
from search.whoosh.matching import Matching
from search.whoosh.reading import Frequencies, Mask, Numbers, SegmentReader
from search.whoosh.scoring import Scoring
from search.whoosh.sets import DocumentSet
from search.whoosh.words import WordPostings


@dataclass(frozen=True, slots=True)
class OpenSegment:
    """A segment as a commit has it: the name of its file, which never changes, and which documents live, None
    where all do."""

    name: str
    reader: SegmentReader
    live: Mask | None


class WhooshSnapshot:
    """An immutable state of the index; documents are numbered over all segments. Laws: `Snapshot`.

    What costs something to make is made when it is first asked for. Two threads may both make it; they make
    the same.
    """

    def __init__(
        self,
        generation: Generation,
        manifest: Manifest,
        segments: Sequence[OpenSegment],
        ranking: Ranking,
        former: Columns | None = None,
        *,
        hold: GenerationHold | None = None,
    ) -> None:
        """`former` are the columns of the state before, where there is one of the same generation. `hold`
        keeps its folder."""
        self.hold = hold
        self.folder = generation.folder
        self.manifest = manifest
        self.generation = generation.name_of(manifest)
        self.committed = manifest.committed
        self.sequence = manifest.sequence
        self.average_length = manifest.average_length
        self.ranking = ranking
        self.segments = tuple(segments)
        self.columns = _columns(self.segments, former)
        self._live: DocumentSet | None = None
        self._norms: Frequencies | None = None
        self._character_norms: dict[tuple[Part, ...], Frequencies] = {}

    def search(self, plan: Plan, deadline: Deadline) -> Matches:
        return Execution(self, deadline).run(plan)

    def explain(self, query: Node, article_id: str, deadline: Deadline) -> Explanation | None:
        documents = self._documents([article_id])
        if not len(documents):
            return None
        return Explainer(self, documents, deadline).explain(query)

    def explain_each(
        self, query: Node, ids: Iterable[str], deadline: Deadline
    ) -> Iterator[tuple[str, Explanation | None]]:
        for name in ids:
            yield name, self.explain(query, name, deadline)

    def scores(self, query: Node, ids: Iterable[str], deadline: Deadline) -> dict[str, float]:
        matching = Matching(self, deadline)
        documents = self._documents(ids)
        documents = documents[matching.find(query).holds(documents)]
        scores = Scoring(self, matching).scores(query, documents)
        values = [0.0] * len(documents) if scores is None else scores.tolist()
        return dict(zip(self.columns.ids.ids_of(documents.tolist()), values, strict=True))

    def _documents(self, ids: Iterable[str]) -> Numbers:
        """The live documents with these ids, rising."""
        found = {document for name in ids for document in self.columns.ids.documents_of(name)}
        documents = np.array(sorted(found), dtype=np.intp)
        return documents if self.live is None else documents[self.live.holds(documents)]

    def words_with(self, prefix: str) -> int:
        readers = self.columns.readers
        spans = [reader.words_with(prefix) for reader in readers]
        if len(readers) == 1:
            return spans[0][1] - spans[0][0]
        return len(
            {
                reader.word_text(ordinal)
                for reader, span in zip(readers, spans, strict=True)
                for ordinal in range(*span)
            }
        )

    def count_words(self, words: Iterable[str]) -> WordCounts:
        readers = self.columns.readers
        return WordCounts(
            self.columns.count, {word: sum(_count(word, reader) for reader in readers) for word in words}
        )

    def words(self) -> Iterator[tuple[str, int]]:
        readers = self.columns.readers
        if len(readers) == 1:
            yield from _counted(readers[0])
            return
        counts: Counter[str] = Counter()
        for reader in readers:
            for word, count in _counted(reader):
                counts[word] += count
        yield from counts.items()

    @property
    def live(self) -> DocumentSet | None:
        """The documents that are not deleted; None where all are live."""
        if self._live is None and any(segment.live is not None for segment in self.segments):
            self._live = DocumentSet.masked(np.concatenate([_live(segment) for segment in self.segments]))
        return self._live

    @property
    def norms(self) -> Frequencies:
        """k1 * (1 - b + b * length / average length) of each document (BM25)."""
        norms = self._norms
        if norms is None:
            self._norms = norms = self._normed(self.columns.lengths, self.average_length)
        return norms

    def character_norms(self, parts: tuple[Part, ...]) -> Frequencies:
        """The same for characters of these parts."""
        norms = self._character_norms.get(parts)
        if norms is None:
            lengths = self.columns.characters(parts)
            # Without any character there is no pair that could be scored.
            average = max(float(lengths.mean()), 1.0) if len(lengths) else 1.0
            norms = self._character_norms[parts] = self._normed(lengths, average)
        return norms

    def _normed(self, lengths: NDArray[np.uint32], average: float) -> Frequencies:
        k1, b = self.ranking.k1, self.ranking.b
        return (k1 * (1 - b + b * (lengths / average))).astype(np.float32)

    def matches(self, node: Node, make: Callable[[], DocumentSet]) -> DocumentSet:
        return self.columns.matches.get(node, make)

    def postings(self, word: str) -> WordPostings:
        return self.columns.postings(word)


def _columns(segments: tuple[OpenSegment, ...], former: Columns | None) -> Columns:
    if former is not None and former.names == tuple(segment.name for segment in segments):
        return former
    return Columns([(segment.name, segment.reader) for segment in segments], former)


def _live(segment: OpenSegment) -> Mask:
    return np.ones(segment.reader.count, dtype=np.bool_) if segment.live is None else segment.live


def _count(word: str, reader: SegmentReader) -> int:
    ordinal = reader.word(word)
    return reader.word_count(ordinal) if ordinal >= 0 else 0


def _counted(reader: SegmentReader) -> Iterator[tuple[str, int]]:
    """The words of a segment, each with how many of its documents hold it."""
    for ordinal in range(*reader.words_with("")):
        yield reader.word_text(ordinal), reader.word_count(ordinal)
