"""Articles about the same: those that share the words that tell most of an article."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.analysis.analyzer import Analyzer
from index.article import Article
from index.article_reader import ArticleReader
from index.documents import weighted_words
from search.deadline import SEARCH_SECONDS, Deadline
from search.engine import Snapshot, WordCounts
from search.plan import AtLeast, ByScore, Node, Or, Plan, Word
from search.planning.filters import plan_filters
from search.planning.planner import grouping_of
from search.ranking import Ranking
from search.request import SimilarRequest
from search.viewing import copies_of, stored_article


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChoice:
    """Which words of an article are looked for in others. `benchmarks.similar` has the table."""

    terms: int = 25
    """So many at most; the default of Lucene's MoreLikeThis."""

    least_frequency: int = 2
    """Weighted, as in the index; the default of Lucene's MoreLikeThis."""

    least_holding: int = 2
    """Articles that hold the word: one that no other has finds nothing. Lucene's default, 5, would leave
    small libraries without any."""

    characters: int = 10_000
    """Of the body, from its beginning: about the 5,000 words that Lucene's MoreLikeThis reads. It bounds the
    time that an article of two million takes."""

    needed: float = 0.3
    """The share of the words that a similar article has; the default of Elasticsearch's more_like_this."""


@dataclass(frozen=True, slots=True)
class SimilarArticle:
    """A similar article with the telling words that it shares, the most telling first."""

    article: Article
    score: float
    shared_terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarResult:
    """The most similar first, in the state that `generation` names."""

    results: tuple[SimilarArticle, ...]
    generation: str


@dataclass(frozen=True, slots=True)
class SimilarFinder:
    """Finds similar articles. Safe to share between threads."""

    articles: ArticleReader
    analyzer: Analyzer
    ranking: Ranking
    choice: TermChoice = TermChoice()

    def find(self, article_id: str, request: SimilarRequest, snapshot: Snapshot) -> SimilarResult:
        """The articles most similar to this one, neither itself nor its copies.

        Raises ArticleNotFound, ArticleDeleted, ArticleDamaged, FilterInvalid and SearchTimeout.
        """
        article = stored_article(self.articles, article_id)
        deadline = Deadline.after(SEARCH_SECONDS)
        terms = self.telling_terms(article, snapshot)
        copies = frozenset((article_id, *copies_of(self.articles, article_id)))
        plan = Plan(
            query=self._sharing(terms),
            filters=plan_filters(request.filters, self.analyzer),
            order=ByScore(),
            offset=0,
            # However many of its copies come first, enough others are left.
            limit=request.limit + len(copies),
            grouping=grouping_of(request.collapse),
        )
        hits = [hit for hit in snapshot.search(plan, deadline).hits if hit.id not in copies]
        stored = self.articles.articles(hit.id for hit in hits)
        return SimilarResult(
            tuple(
                SimilarArticle(found, hit.score, _shared(hit.id, terms, snapshot, deadline))
                for hit in hits[: request.limit]
                if isinstance(found := stored.get(hit.id), Article)
            ),
            snapshot.generation,
        )

    def telling_terms(self, article: Article, snapshot: Snapshot) -> tuple[str, ...]:
        """The words of an article that are frequent in it and rare elsewhere, the most telling first."""
        begun = replace(article, body=article.body[: self.choice.characters])
        words = {
            word: count
            for word, count in weighted_words(begun, self.analyzer).items()
            if count >= self.choice.least_frequency and _is_telling(word)
        }
        counts = snapshot.count_words(words)
        weights = {word: self._weight(word, count, counts) for word, count in words.items()}
        ordered = sorted(
            (word for word, weight in weights.items() if weight), key=lambda word: (-weights[word], word)
        )
        return tuple(ordered[: self.choice.terms])

    def _weight(self, word: str, frequency: int, counts: WordCounts) -> float:
        """Frequency times rarity (tf-idf); 0 of a word that no other article holds."""
        holding = counts.holding[word]
        if holding < self.choice.least_holding:
            return 0.0
        return frequency * self.ranking.idf(counts.documents, holding)

    def _sharing(self, terms: Sequence[str]) -> Node:
        """Articles that hold enough of the words, scored by those that they hold."""
        needed = max(1, math.floor(self.choice.needed * len(terms)))
        return AtLeast(needed, tuple(map(Word, terms)))


def _shared(article_id: str, terms: Sequence[str], snapshot: Snapshot, deadline: Deadline) -> tuple[str, ...]:
    explanation = snapshot.explain(Or(tuple(map(Word, terms))), article_id, deadline)
    held = () if explanation is None else tuple(part.node for part in explanation.parts)
    return tuple(term for term in terms if Word(term) in held)


def _is_telling(word: str) -> bool:
    """No single character, no number."""
    return len(word) > 1 and any(map(str.isalpha, word))
