"""Which documents match a node."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.whoosh.codec.columns import NO_DATE
from search.deadline import Deadline
from search.plan import (
    And,
    AtLeast,
    Characters,
    Constant,
    DateRange,
    Every,
    Keyword,
    Maybe,
    Missing,
    Near,
    Node,
    Not,
    Or,
    Pairs,
    Prefix,
    Recent,
    Word,
)
from search.whoosh.characters import documents_near, documents_with
from search.whoosh.columns import Columns
from search.whoosh.pairs import PairPostings
from search.whoosh.reading import Frequencies, Numbers, SegmentReader, SegmentSet
from search.whoosh.sets import (
    DocumentSet,
    at_least,
    complement,
    difference,
    everything,
    intersection,
    joined,
    nothing,
    union,
)
from search.whoosh.state import State
from search.whoosh.words import WordPostings

_COST = {Word: 0, Keyword: 0, Missing: 0, Constant: 1, Maybe: 1, And: 1, Characters: 2, Near: 3, Pairs: 3}
_OTHER_COST = 1


@dataclass(frozen=True, slots=True)
class _Known:
    """Documents that hold some words, and by word its frequencies beside them."""

    documents: Numbers
    beside: Mapping[str, Frequencies]


class Matching:
    """Finds the documents of nodes in one search; those that are deleted are still among them."""

    def __init__(self, state: State, deadline: Deadline) -> None:
        self._state = state
        self._size = state.columns.count
        self._deadline = deadline
        # By identity: a plan holds its nodes, and hashing a tree costs more than many searches.
        self._found: dict[int, DocumentSet] = {}
        # By identity, of arrays that are held here.
        self._frequencies: dict[int, _Known] = {}
        self._postings: dict[str, WordPostings] = {}

    def find(self, node: Node) -> DocumentSet:
        """The documents that match. Raises SearchTimeout."""
        found = self._found.get(id(node))
        if found is None:
            self._deadline.check()
            found = self._evaluate(node)
            self._found[id(node)] = found
        return found

    def _evaluate(self, node: Node) -> DocumentSet:  # one case for each kind of node
        match node:
            case Word(text):
                return self.postings(text).documents
            case Every():
                return everything(self._size)
            case And(nodes):
                return self._all(nodes)
            case Or(nodes):
                return union([self.find(child) for child in nodes], self._size)
            case AtLeast(count, nodes):
                return at_least(count, [self.find(child) for child in nodes], self._size)
            case Not(child):
                return complement(self.find(child))
            case Maybe(child, _) | Constant(child, _):
                return self.find(child)
            case Pairs():
                found = [postings.documents for postings in self.pair_postings(node)]
                return at_least(node.count, found, self._size)
            case Recent(field):
                dated = DateRange(field, None, None)
                return self._state.matches(dated, lambda: self._read(dated))
            case _:
                return self._state.matches(node, lambda: self._read(node))

    def without_value(self, field: str) -> DocumentSet:
        """The documents without a value of a keyword field. Raises SearchTimeout."""
        node = Missing(field)
        return self._state.matches(node, lambda: self._read(node))

    def postings(self, word: str) -> WordPostings:
        """The documents of a word, deleted ones too."""
        postings = self._postings.get(word)
        if postings is None:
            postings = self._postings[word] = self._state.postings(word)
        return postings

    def pair_postings(self, node: Pairs) -> Sequence[PairPostings]:
        """The documents of each of the pairs, deleted ones too. Raises SearchTimeout."""
        columns, check = self._state.columns, self._deadline.check
        return [columns.pair_postings(pair, node.parts, check) for pair in node.pairs]

    def known_frequencies(self, word: str, documents: Numbers) -> Frequencies | None:
        """The frequencies of a word in documents that were found by it, among others."""
        known = self._frequencies.get(id(documents))
        return None if known is None else known.beside.get(word)

    def _all(self, nodes: tuple[Node, ...]) -> DocumentSet:
        wanted = sorted((node for node in nodes if not isinstance(node, Not)), key=self._cost)
        words = [node for node in wanted if isinstance(node, Word)]
        others = [node for node in wanted if not isinstance(node, Word)]
        found = self._holding(words) if words else everything(self._size)
        for node in others:
            if not len(found):
                return found
            self._deadline.check()
            found = intersection(found, self.find(node))
        for unwanted in (node.node for node in nodes if isinstance(node, Not)):
            if not len(found):
                return found
            found = difference(found, self.find(unwanted))
        return found

    def _holding(self, words: Sequence[Word]) -> DocumentSet:
        """The documents that hold all words, the rarest of which is the first."""
        postings = [self.postings(word.text) for word in words]
        documents = postings[0].documents.documents
        if len(words) == 1:
            return postings[0].documents
        beside = [postings[0].frequencies]
        for one in postings[1:]:
            if not len(documents):
                return nothing(self._size)
            self._deadline.check()
            frequencies = one.frequencies_in(documents)
            (kept,) = frequencies.nonzero()
            if len(kept) < len(documents):
                documents, frequencies = documents[kept], frequencies[kept]
                beside = [known[kept] for known in beside]
            beside.append(frequencies)
        texts = [word.text for word in words]
        self._frequencies[id(documents)] = _Known(documents, dict(zip(texts, beside, strict=True)))
        return DocumentSet.listed(documents, self._size)

    def _cost(self, node: Node) -> tuple[int, int]:
        """What an And reads first, the least: once it is left with nothing, the rest is not read."""
        count = self.postings(node.text).count if isinstance(node, Word) else 0
        return _COST.get(type(node), _OTHER_COST), count

    def _read(self, node: Prefix | Characters | Near | Keyword | Missing | DateRange) -> DocumentSet:
        columns, check = self._state.columns, self._deadline.check
        match node:
            case Prefix(""):
                return DocumentSet.masked(columns.lengths > 0)
            case Prefix(text):
                return _joined(
                    columns, lambda reader: reader.documents_with_words(*reader.words_with(text)), check
                )
            case Characters():
                return _joined(columns, lambda reader: documents_with(node, reader, check), check)
            case Near():
                return _joined(columns, lambda reader: documents_near(node, reader, check), check)
            case Keyword(field, values):
                found = [_joined(columns, _with_value(field, value), check) for value in values]
                return union(found, self._size)
            case Missing(field):
                return _joined(columns, lambda reader: reader.without_keyword(field), check)
            case DateRange(field, low, high):
                return self._between(field, low, high)

    def _between(self, field: str, low: int | None, high: int | None) -> DocumentSet:
        dates = self._state.columns.dates(field)
        found = dates != NO_DATE if low is None else dates >= max(low, NO_DATE + 1)
        if high is not None:
            found &= dates < high
        return DocumentSet.masked(found)


def _joined(
    columns: Columns, read: Callable[[SegmentReader], SegmentSet], between: Callable[[], None]
) -> DocumentSet:
    """What `read` finds in each segment; `between` is called before each segment."""
    parts: list[tuple[SegmentSet, int]] = []
    for reader, base in zip(columns.readers, columns.bases, strict=False):
        between()
        parts.append((read(reader), base))
    return joined(parts, columns.count)


def _with_value(field: str, value: str) -> Callable[[SegmentReader], SegmentSet]:
    return lambda reader: reader.keyword(field, value)
