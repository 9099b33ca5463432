"""One article as a page shows it: marked for a query, with what came in and its copies."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Article, Part
from index.article_reader import ArticleReader, DamagedArticle
from index.reposts.cluster import Cluster
from search.errors import ArticleDamaged, ArticleDeleted, ArticleNotFound
from search.language.query import EVERYWHERE, TextLeaf, wanted
from search.language.understanding import Understanding
from search.marking.folded_texts import FoldedTexts
from search.marking.highlights import Highlighter, Highlights
from search.planning.demand import Demand
from search.request import Match, Wording
from search.results import ArticleView, CopyView

MAX_COPIES = 100
"""Copies of an article that are shown (API contract, duplicates)."""


def stored_article(articles: ArticleReader, article_id: str) -> Article:
    """The article with this id. Raises ArticleNotFound, ArticleDeleted and ArticleDamaged."""
    article = articles.articles([article_id]).get(article_id)
    if isinstance(article, DamagedArticle):
        raise ArticleDamaged(article.reason)
    if article is None:
        raise _gone(articles, article_id)
    return article


def copies_of(articles: ArticleReader, article_id: str) -> tuple[str, ...]:
    """The ids of all articles with the same text, its own among them; none where it has no copies."""
    cluster = articles.cluster(article_id)
    return () if cluster is None else tuple(copy.id for copy in cluster.copies)


def _gone(articles: ArticleReader, article_id: str) -> ArticleDeleted | ArticleNotFound:
    if articles.is_deleted(article_id):
        return ArticleDeleted(f"the article {article_id} was deleted")
    return ArticleNotFound(f"there is no article {article_id}")


@dataclass(frozen=True, slots=True)
class Viewer:
    """Shows stored articles. Safe to share between threads."""

    articles: ArticleReader
    understanding: Understanding
    folded_texts: FoldedTexts

    def view(
        self, article_id: str, q: str, match: Match, wording: Wording, parts: tuple[Part, ...] = EVERYWHERE
    ) -> ArticleView:
        """One article, marked as a hit of such a search is.

        Raises ArticleNotFound, ArticleDeleted, ArticleDamaged, QueryTooLong and QueryTooComplex.
        """
        read = self.understanding.read(q, match)
        article = stored_article(self.articles, article_id)
        original = self.articles.original(article_id)
        if isinstance(original, DamagedArticle):
            raise ArticleDamaged(original.reason)
        if original is None:
            raise _gone(self.articles, article_id)
        asked = self.understanding.in_other_ways(read.query, q, wording, parts).query
        marks = self._marks(article, wanted(asked), match)
        cluster = self.articles.cluster(article_id)
        return ArticleView(
            article=article,
            original=original,
            highlights=marks.spans,
            highlights_truncated=marks.truncated,
            other_marks=marks.others,
            read_as=read.read_as,
            copies=() if cluster is None else self._copies(cluster, article_id, MAX_COPIES),
            copy_count=0 if cluster is None else len(cluster.copies) - 1,
            cluster=cluster,
        )

    def copies(self, article_id: str, most: int) -> tuple[CopyView, ...]:
        """The first others with the same text, in the order of publication. Raises CorpusDamaged."""
        cluster = self.articles.cluster(article_id)
        return () if cluster is None else self._copies(cluster, article_id, most)

    def _marks(self, article: Article, leaves: Sequence[TextLeaf], match: Match) -> Highlights:
        """Where an article matches in full; where it does not and need not, the words that it has."""
        analyzer, folded = self.understanding.analyzer, self.folded_texts
        if match is Match.ANY:
            return Highlighter(leaves, analyzer, folded, Demand.ANY).highlight(article)
        full = Highlighter(leaves, analyzer, folded).highlight(article)
        if match is not Match.SMART or full.spans or full.truncated:
            return full
        return Highlighter(leaves, analyzer, folded, Demand.SOME).highlight(article)

    def _copies(self, cluster: Cluster, article_id: str, most: int) -> tuple[CopyView, ...]:
        """The first others of a cluster; those that are damaged or were deleted since are left out."""
        others = [copy for copy in cluster.copies if copy.id != article_id][:most]
        stored = self.articles.articles(copy.id for copy in others)
        return tuple(
            CopyView(article, copy.similarity, copy.id == cluster.earliest, copy.id == cluster.best)
            for copy in others
            if isinstance(article := stored.get(copy.id), Article)
        )
