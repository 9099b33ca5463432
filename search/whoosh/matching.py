"""Which documents match a node."""

from collections.abc import Callable

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
    Near,
    Node,
    Not,
    Or,
    Prefix,
    Word,
)
from search.whoosh.characters import documents_near, documents_with
from search.whoosh.columns import Columns
from search.whoosh.reading import Numbers, SegmentNumbers, SegmentReader
from search.whoosh.rising import concatenated, numbered
from search.whoosh.sets import (
    DocumentSet,
    at_least,
    complement,
    difference,
    everything,
    intersection,
    union,
)
from search.whoosh.state import State

_COST = {Word: 0, Keyword: 0, Constant: 1, Maybe: 1, And: 1, Characters: 2, Near: 3}
_OTHER_COST = 1


class Matching:
    """Finds the documents of nodes in one search; those that are deleted are still among them."""

    def __init__(self, state: State, deadline: Deadline) -> None:
        self._state = state
        self._size = state.columns.count
        self._deadline = deadline
        # By identity: a plan holds its nodes, and hashing a tree costs more than many searches.
        self._found: dict[int, DocumentSet] = {}

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
                return self._state.postings(text).documents
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
            case _:
                return self._state.matches(node, lambda: self._read(node))

    def _all(self, nodes: tuple[Node, ...]) -> DocumentSet:
        wanted = sorted((node for node in nodes if not isinstance(node, Not)), key=self._cost)
        found = self.find(wanted[0]) if wanted else everything(self._size)
        for node in wanted[1:]:
            if not len(found):
                return found
            found = self._having(found, node)
        for unwanted in (node.node for node in nodes if isinstance(node, Not)):
            if not len(found):
                return found
            found = difference(found, self.find(unwanted))
        return found

    def _having(self, found: DocumentSet, node: Node) -> DocumentSet:
        """Those of the documents found that match the node, too."""
        self._deadline.check()
        if isinstance(node, Word) and found.is_listed:
            documents = found.documents
            frequencies = self._state.postings(node.text).frequencies_in(documents)
            return DocumentSet.listed(documents[frequencies > 0], self._size)
        return intersection(found, self.find(node))

    def _cost(self, node: Node) -> tuple[int, int]:
        """What an And reads first, the least: once it is left with nothing, the rest is not read."""
        count = self._state.postings(node.text).count if isinstance(node, Word) else 0
        return _COST.get(type(node), _OTHER_COST), count

    def _read(self, node: Prefix | Characters | Near | Keyword | DateRange) -> DocumentSet:
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
            case DateRange(field, low, high):
                return self._between(field, low, high)

    def _between(self, field: str, low: int | None, high: int | None) -> DocumentSet:
        dates = self._state.columns.dates(field)
        found = dates != NO_DATE if low is None else dates >= max(low, NO_DATE + 1)
        if high is not None:
            found &= dates < high
        return DocumentSet.masked(found)


def _joined(
    columns: Columns, read: Callable[[SegmentReader], SegmentNumbers], between: Callable[[], None]
) -> DocumentSet:
    """What `read` finds in each segment, rising there; `between` is called before each segment."""
    parts: list[Numbers] = []
    for reader, base in zip(columns.readers, columns.bases, strict=False):
        between()
        documents = read(reader)
        if len(documents):
            parts.append(numbered(documents, base))
    return DocumentSet.listed(concatenated(parts), columns.count)


def _with_value(field: str, value: str) -> Callable[[SegmentReader], SegmentNumbers]:
    return lambda reader: reader.keyword(field, value)
