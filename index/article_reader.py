"""The Protocol through which search and web read articles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from index.article import Article, Original
from index.reposts.cluster import Cluster, CopyCount


@dataclass(frozen=True, slots=True)
class DamagedArticle:
    """An article that is stored and does not hold what was written; `reason` names it and says what to do.

    It stands where the article would: nothing of it is given out, and all others are read as ever.
    """

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusStats:
    """Counts over all stored articles. `sequence`: the newest journal entry, 0 if nothing was ever stored.

    `duplicate_groups`: how many clusters of copies there are.
    """

    articles: int
    undated: int
    repaired: int
    sequence: int
    newest: datetime | None
    duplicate_groups: int = 0


class ArticleReader(Protocol):
    """Reads stored articles; safe to share between threads.

    Laws: what was acknowledged by the writer before a call is seen by that call, or, where a copy of the
    articles is read, what was copied before; an article is returned whole or not at all; one that does not
    match its digest is a DamagedArticle. CorpusDamaged is raised where more than single articles is damaged.
    """

    def articles(self, ids: Iterable[str]) -> Mapping[str, Article | DamagedArticle]:
        """The articles with these ids; ids that are unknown or deleted are left out."""
        ...

    def original(self, article_id: str) -> Original | DamagedArticle | None:
        """What came in for this article, byte for byte; None if there is no such article."""
        ...

    def is_deleted(self, article_id: str) -> bool:
        """True if an article with this id was stored once and then deleted."""
        ...

    def cluster(self, article_id: str) -> Cluster | None:
        """The article and its copies; None where it has none, or there is no such article.

        A copy whose id or time is damaged is left out.
        """
        ...

    def copy_counts(self, ids: Iterable[str]) -> Mapping[str, CopyCount]:
        """How many copies each of these articles has; those that have none are left out. It costs little."""
        ...

    def times_added(self, ids: Iterable[str]) -> Mapping[str, datetime]:
        """When each of these articles was first stored (aware); those that are unknown, or whose time is
        damaged, are left out."""
        ...

    def page(self, ids: Iterable[str]) -> "ArticlePage":
        """The articles with these ids, of which more than one thing is to be known."""
        ...

    def last_sequence(self) -> int:
        """Number of the newest journal entry, 0 if nothing was ever stored; costs next to nothing.

        Never above what the other methods see; where a copy is read it may be a little below.
        """
        ...

    def newest_entry(self) -> tuple[int, str | None]:
        """What `last_sequence` gives, and what tells that entry from that of any other journal; None where
        there is none."""
        ...

    def stats(self) -> CorpusStats: ...

    def close(self) -> None: ...


class ArticlePage(Protocol):
    """Articles that are shown together. Each method says of them what that of the reader says, in fewer steps
    where each step has its price."""

    def articles(self) -> Mapping[str, Article | DamagedArticle]: ...

    def copy_counts(self) -> Mapping[str, CopyCount]: ...

    def times_added(self, ids: Iterable[str]) -> Mapping[str, datetime]:
        """Of some of them."""
        ...


@dataclass(frozen=True, slots=True)
class SteppedPage:
    """The page of a reader whose steps cost next to nothing."""

    reader: ArticleReader
    ids: tuple[str, ...]

    def articles(self) -> Mapping[str, Article | DamagedArticle]:
        return self.reader.articles(self.ids)

    def copy_counts(self) -> Mapping[str, CopyCount]:
        return self.reader.copy_counts(self.ids)

    def times_added(self, ids: Iterable[str]) -> Mapping[str, datetime]:
        return self.reader.times_added(ids)


class ServedArticles(ArticleReader, Protocol):
    """What a server reads of the articles: also what suggestions are made of."""

    def titles(self, limit: int) -> Iterable[str]:
        """The titles of at most so many articles, the newest first and those without a date last.

        Empty ones, and titles that are no text any more, are left out.
        """
        ...
