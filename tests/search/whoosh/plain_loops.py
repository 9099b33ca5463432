"""Answers plans as their definitions say, document by document, without any index."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from index.documents import IndexDocument
from search.engine import FacetCounts
from search.plan import (
    Anchor,
    And,
    AtLeast,
    ByDate,
    ByScore,
    Characters,
    Constant,
    DateRange,
    Direction,
    Every,
    Grouping,
    Keyword,
    Maybe,
    Near,
    Node,
    Not,
    Or,
    Plan,
    Prefix,
    Word,
)
from search.ranking import Ranking


@dataclass(frozen=True, slots=True)
class PlainAnswer:
    total: int
    clusters: int | None
    hits: tuple[tuple[str, float], ...]
    facets: tuple[FacetCounts, ...]


class PlainLoops:
    """`every` are all documents of the state, deleted ones too: they count in the weight of a word."""

    def __init__(
        self, live: Sequence[IndexDocument], every: Sequence[IndexDocument], average_length: float
    ) -> None:
        self._live = live
        self._every = every
        self._average_length = average_length

    def run(self, plan: Plan) -> PlainAnswer:
        queried = [document for document in self._live if self.score(plan.query, document) is not None]
        found = [document for document in queried if self._passes(plan.filters, document)]
        found.sort(key=lambda document: (self._key(plan, document), document.id))
        hits = self._first_of_clusters(found)
        is_grouped = plan.grouping is Grouping.CLUSTERS
        page = (hits if is_grouped else found)[plan.offset : plan.offset + plan.limit]
        return PlainAnswer(
            total=len(found),
            clusters=len(hits) if is_grouped else None,
            hits=tuple((document.id, self.score(plan.query, document) or 0.0) for document in page),
            facets=tuple(
                self._facet(
                    facet.field,
                    facet.limit,
                    [document for document in queried if self._passes(facet.filters, document)],
                )
                for facet in plan.facets
            ),
        )

    def score(self, node: Node, document: IndexDocument) -> float | None:  # noqa: C901, PLR0911, PLR0912
        """The score of a document; None where it does not match."""
        match node:
            case Every():
                return 0.0
            case Word(text):
                return self._bm25(text, document)
            case Prefix(text):
                return 0.0 if any(word.startswith(text) for word in document.words) else None
            case Characters():
                return 0.0 if stands(node, document) else None
            case Near():
                return 0.0 if is_near(node, document) else None
            case Keyword(field, values):
                return 0.0 if set(document.keywords.get(field, ())) & set(values) else None
            case DateRange(field, low, high):
                date = document.dates.get(field)
                if date is None or (low is not None and date < low) or (high is not None and date >= high):
                    return None
                return 0.0
            case And(nodes):
                scores = [self.score(child, document) for child in nodes]
                kept = [score for score in scores if score is not None]
                return reduce(add, kept, 0.0) if len(kept) == len(scores) else None
            case Or(nodes):
                return self.score(AtLeast(1, nodes), document)
            case AtLeast(count, nodes):
                kept = [score for child in nodes if (score := self.score(child, document)) is not None]
                return reduce(add, kept, 0.0) if len(kept) >= count else None
            case Not(child):
                return 0.0 if self.score(child, document) is None else None
            case Maybe(child, extra):
                base = self.score(child, document)
                return None if base is None else base + (self.score(extra, document) or 0.0)
            case Constant(child, constant):
                return None if self.score(child, document) is None else constant

    def _passes(self, filters: Sequence[Node], document: IndexDocument) -> bool:
        return all(self.score(node, document) is not None for node in filters)

    def _key(self, plan: Plan, document: IndexDocument) -> tuple[float, ...]:
        match plan.order:
            case ByScore():
                return (-(self.score(plan.query, document) or 0.0),)
            case ByDate(field, direction):
                date = document.dates.get(field)
                if date is None:
                    return (1,)
                return (0, -date if direction is Direction.NEWEST_FIRST else date)

    def _bm25(self, word: str, document: IndexDocument) -> float | None:
        tf = document.words.get(word)
        if tf is None:
            return None
        ranking = Ranking()
        idf = ranking.idf(len(self._every), sum(word in other.words for other in self._every))
        norm = 1 - ranking.b + ranking.b * document.length / self._average_length
        return idf * tf * (ranking.k1 + 1) / (tf + ranking.k1 * norm)

    @staticmethod
    def _first_of_clusters(documents: Sequence[IndexDocument]) -> list[IndexDocument]:
        first: dict[object, IndexDocument] = {}
        for document in documents:
            first.setdefault(document.id if document.cluster is None else document.cluster, document)
        return list(first.values())

    @staticmethod
    def _facet(field: str, limit: int, documents: Sequence[IndexDocument]) -> FacetCounts:
        counts = Counter(value for document in documents for value in set(document.keywords.get(field, ())))
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return FacetCounts(field, tuple(ordered[:limit]), len(counts))


def stands(node: Characters, document: IndexDocument) -> bool:
    for part in node.parts:
        text = document.characters.get(part, "")
        match node.anchor:
            case Anchor.ANYWHERE:
                found = node.text in text
            case Anchor.START:
                found = text.startswith(node.text)
            case Anchor.WHOLE:
                found = text == node.text
        if found and node.text:
            return True
    return False


def is_near(node: Near, document: IndexDocument) -> bool:
    def places(text: str, wanted: str) -> list[int]:
        return [at for at in range(len(text)) if wanted and text.startswith(wanted, at)]

    for part in node.parts:
        text = document.characters.get(part, "")
        for first in places(text, node.first):
            for second in places(text, node.second):
                behind = second - (first + len(node.first))
                before = first - (second + len(node.second))
                if 0 <= behind <= node.gap or 0 <= before <= node.gap:
                    return True
    return False
