"""A slow engine of plans, to judge the fast ones by: plain Python decides every node for every document.

It shares nothing with the product but the value classes.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date as day_of
from datetime import timedelta
from functools import reduce
from itertools import product
from operator import add

from index.article import Part
from index.documents import IndexDocument
from search.engine import DateCounts, FacetCounts, Matches, ScoredId, WordCounts
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
    Facet,
    FacetOrder,
    Grouping,
    Histogram,
    Interval,
    Keyword,
    Maybe,
    Missing,
    Near,
    Node,
    Not,
    Or,
    Order,
    Pairs,
    Plan,
    Prefix,
    Recent,
    Word,
)
from search.ranking import Ranking

Scores = Mapping[str, float]
"""The matching documents by id, with the score of each."""


class Oracle:
    """Answers plans over live documents with distinct ids; `average_length` in weighted words.

    `characters` are the averages by part that pairs are scored with; without them they are measured.
    `counted` are the documents whose words count: in an index deleted ones do until they are merged away.
    Without it they are the live ones.
    """

    def __init__(
        self,
        documents: Iterable[IndexDocument],
        average_length: float,
        ranking: Ranking | None = None,
        *,
        characters: Mapping[Part, float] | None = None,
        counted: Iterable[IndexDocument] | None = None,
    ) -> None:
        self.documents = {document.id: document for document in documents}
        self._average_length = average_length
        self._characters = characters
        self._ranking = ranking or Ranking()
        self._known: dict[Node, Scores] = {}
        counting = tuple(self.documents.values() if counted is None else counted)
        self._counted = len(counting)
        self._having = Counter(word for document in counting for word in document.words)
        self._counting = counting
        self._pair_statistics: dict[tuple[str, tuple[Part, ...]], tuple[int, float]] = {}

    def scores(self, node: Node) -> Scores:
        """What a node matches. Equal nodes are evaluated once."""
        if node not in self._known:
            found = ((name, self._score(node, document)) for name, document in self.documents.items())
            self._known[node] = {name: score for name, score in found if score is not None}
        return self._known[node]

    def matching(self, plan: Plan) -> Scores:
        """What matches the query of a plan and all its filters."""
        return self._matching(plan.query, plan.filters)

    def ranked(self, scores: Scores, order: Order) -> list[ScoredId]:
        """All that match, in order."""
        hits = (ScoredId(name, float(score)) for name, score in scores.items())
        return sorted(hits, key=lambda hit: (*self._place(hit, order), hit.id))

    def collapsed(self, ranked: Sequence[ScoredId]) -> list[ScoredId]:
        """The first of each cluster; articles without one all stay."""
        kept, seen = [], set()
        for hit in ranked:
            cluster = self.documents[hit.id].cluster
            if cluster is None or cluster not in seen:
                kept.append(hit)
            seen.add(cluster)
        return kept

    def search(self, plan: Plan) -> Matches:
        """The whole answer."""
        scores = self.matching(plan)
        hits = self.ranked(scores, plan.order)
        collapsed = self.collapsed(hits)
        by_clusters = plan.grouping is Grouping.CLUSTERS
        return Matches(
            total=len(hits),
            hits=tuple((collapsed if by_clusters else hits)[plan.offset : plan.offset + plan.limit]),
            clusters=len(collapsed) if by_clusters else None,
            facets=tuple(self._facet(plan.query, facet) for facet in plan.facets),
            histograms=tuple(self._histogram(plan, histogram) for histogram in plan.histograms),
        )

    def words_with(self, prefix: str) -> int:
        """How many words begin with this."""
        return sum(word.startswith(prefix) for word in self._having)

    def count_words(self, words: Iterable[str]) -> WordCounts:
        """How many documents hold each of these words."""
        return WordCounts(self._counted, {word: self._having[word] for word in words})

    def words(self) -> Mapping[str, int]:
        """Every word, and how many documents hold it."""
        return self._having

    def word_facts(self, word: str, name: str) -> Mapping[str, float]:
        """The numbers that a word's score in a document is made of."""
        document = self.documents[name]
        return {
            "frequency": document.words[word],
            "length": sum(document.words.values()),
            "average_length": self._average_length,
            **self._rarity(self._having[word]),
        }

    def pair_facts(self, pair: str, parts: tuple[Part, ...], name: str) -> Mapping[str, float]:
        """The same of two characters in some parts, whose characters are the length."""
        if (pair, parts) not in self._pair_statistics:
            having = sum(_times(pair, parts, other) > 0 for other in self._counting)
            self._pair_statistics[pair, parts] = having, self._average_characters(parts)
        having, average_length = self._pair_statistics[pair, parts]
        document = self.documents[name]
        return {
            "frequency": _times(pair, parts, document),
            "length": _length(parts, document),
            "average_length": average_length,
            **self._rarity(having),
        }

    def _average_characters(self, parts: tuple[Part, ...]) -> float:
        if self._characters is not None:
            return sum(self._characters[part] for part in set(parts))
        lengths = [_length(parts, other) for other in self._counting]
        return sum(lengths) / len(lengths)

    def _rarity(self, having: int) -> Mapping[str, float]:
        return {
            "documents": self._counted,
            "documents_with_it": having,
            "idf": math.log(1 + (self._counted - having + 0.5) / (having + 0.5)),
        }

    def _matching(self, query: Node, filters: Sequence[Node]) -> Scores:
        found = self.scores(query)
        allowed = [self.scores(node) for node in filters]
        return {name: score for name, score in found.items() if all(name in ids for ids in allowed)}

    def _place(self, hit: ScoredId, order: Order) -> tuple[float, float]:
        match order:
            case ByScore():
                return (-hit.score, 0)
            case ByDate(field, direction):
                date = self.documents[hit.id].dates.get(field)
                if date is None:
                    return (math.inf, 0)
                return (0, -date if direction is Direction.NEWEST_FIRST else date)

    def _facet(self, query: Node, facet: Facet) -> FacetCounts:
        matching = self._matching(query, facet.filters)
        listed = [set(self.documents[name].keywords.get(facet.field, ())) for name in matching]
        counts = Counter(value for values in listed for value in values)
        begun = [item for item in sorted(counts.items()) if item[0].startswith(facet.prefix)]
        if facet.order is FacetOrder.COMMONEST:
            begun.sort(key=lambda item: -item[1])
        return FacetCounts(
            field=facet.field,
            values=tuple(begun[: facet.limit]),
            named=tuple((value, counts[value]) for value in facet.named),
            distinct=len(begun),
            total=sum(count for _, count in begun),
            missing=listed.count(set()),
        )

    def _histogram(self, plan: Plan, histogram: Histogram) -> DateCounts:
        dates = [self.documents[name].dates.get(histogram.field) for name in self.matching(plan)]
        counts = Counter(period(date, histogram.interval) for date in dates if date is not None)
        return DateCounts(
            field=histogram.field,
            interval=histogram.interval,
            periods=tuple(sorted(counts.items())),
            undated=dates.count(None),
        )

    def _score(self, node: Node, document: IndexDocument) -> float | None:
        """What a document scores; None where it does not match."""
        match node:
            case Word(text):
                return self._word(text, document)
            case Pairs():
                return self._pairs(node, document)
            case And(nodes):
                scores = [self._of(child, document) for child in nodes]
                return None if None in scores else _sum(scores)
            case Or(nodes):
                return self._at_least(1, nodes, document)
            case AtLeast(count, nodes):
                return self._at_least(count, nodes, document)
            case Maybe(child, extra):
                score = self._of(child, document)
                return None if score is None else score + (self._of(extra, document) or 0)
            case Constant(child, score):
                return None if self._of(child, document) is None else score
            case Recent(field, now, half_life, weight):
                date = document.dates.get(field)
                return None if date is None else weight * 0.5 ** (max(now - date, 0) / half_life)
            case Not(child):
                return 0 if self._of(child, document) is None else None
            case _:
                return 0 if holds(node, document) else None

    def _of(self, node: Node, document: IndexDocument) -> float | None:
        return self.scores(node).get(document.id)

    def _at_least(self, count: int, nodes: Sequence[Node], document: IndexDocument) -> float | None:
        scores = [self._of(child, document) for child in nodes]
        return _sum(scores) if sum(score is not None for score in scores) >= count else None

    def _word(self, text: str, document: IndexDocument) -> float | None:
        return self._bm25(self.word_facts(text, document.id)) if text in document.words else None

    def _bm25(self, facts: Mapping[str, float]) -> float:
        """Robertson and Zaragoza (2009), with the idf of Lucene, which is never negative."""
        k1, b = self._ranking.k1, self._ranking.b
        frequency, relative_length = facts["frequency"], facts["length"] / facts["average_length"]
        return facts["idf"] * frequency * (k1 + 1) / (frequency + k1 * (1 - b + b * relative_length))

    def _pairs(self, node: Pairs, document: IndexDocument) -> float | None:
        standing = [pair for pair in node.pairs if _times(pair, node.parts, document)]
        if len(standing) < node.count:
            return None
        return _sum(
            node.weight * self._bm25(self.pair_facts(pair, node.parts, document.id)) for pair in standing
        )


def _times(text: str, parts: Iterable[Part], document: IndexDocument) -> int:
    return sum(len(_places(text, _text(document, part))) for part in set(parts))


def _length(parts: Iterable[Part], document: IndexDocument) -> int:
    return sum(len(_text(document, part)) for part in set(parts))


def _sum(scores: Iterable[float | None]) -> float:
    return reduce(add, (score for score in scores if score is not None), 0.0)


DAYS_OF_400_YEARS = 146_097
"""In the calendar of today all of it repeats after so many days."""


def period(seconds: int, interval: Interval) -> int:
    """The years, months or days from the first of 1970 to a moment, by the calendar in China's time."""
    days = (seconds + 8 * 60 * 60) // (24 * 60 * 60)
    # Into years that Python has dates of.
    cycles, within = divmod(days, DAYS_OF_400_YEARS)
    day = day_of(1970, 1, 1) + timedelta(days=within)
    years = day.year - 1970 + 400 * cycles
    match interval:
        case Interval.YEAR:
            return years
        case Interval.MONTH:
            return 12 * years + day.month - 1
        case Interval.DAY:
            return days


def holds(node: Node, document: IndexDocument) -> bool:
    """Whether a document matches a node that scores nothing and has no nodes in it."""
    match node:
        case Every():
            return True
        case Prefix(text):
            return any(word.startswith(text) for word in document.words)
        case Keyword(field, values):
            return not set(values).isdisjoint(document.keywords.get(field, ()))
        case Missing(field):
            return not document.keywords.get(field)
        case DateRange(field, low, high):
            date = document.dates.get(field)
            return date is not None and (low is None or low <= date) and (high is None or date < high)
        case Characters(text, parts, anchor):
            return any(_stands(text, anchor, _text(document, part)) for part in parts)
        case Near(first, second, gap, parts):
            return any(_near(first, second, gap, _text(document, part)) for part in parts)
    raise TypeError(f"not a node without scores and children: {node}")


def _text(document: IndexDocument, part: Part) -> str:
    return document.characters.get(part, "")


def _stands(text: str, anchor: Anchor, within: str) -> bool:
    if not text:
        return False
    match anchor:
        case Anchor.ANYWHERE:
            return text in within
        case Anchor.START:
            return within.startswith(text)
        case Anchor.WHOLE:
            return within == text


def _near(first: str, second: str, gap: int, within: str) -> bool:
    """Every place of the one is tried with every place of the other."""
    for one, other in product(_places(first, within), _places(second, within)):
        between = other - (one + len(first)) if one <= other else one - (other + len(second))
        if 0 <= between <= gap:
            return True
    return False


def _places(text: str, within: str) -> list[int]:
    """Where a text stands, overlapping itself too."""
    places: list[int] = []
    at = within.find(text) if text else -1
    while at >= 0:
        places.append(at)
        at = within.find(text, at + 1)
    return places
