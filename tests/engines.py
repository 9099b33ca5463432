"""Engines for tests: an index in a temporary folder, filled without a database."""

import shutil
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from index.analysis.analyzer import Analyzer
from index.article import Article, Original, Script
from index.article_reader import ArticlePage, CorpusStats, DamagedArticle, SteppedPage
from index.documents import IndexDocument, to_document
from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from index.reposts.cluster import Cluster, Copy, CopyCount
from index.text.folding import Folding
from index.text.repair import Repairer
from index.whoosh.store import WhooshStore
from index.writer import START_AVERAGE_LENGTH, IndexStore, IndexWriter
from search.engine import SearchEngine, Snapshot
from search.expansion.expander import Expander
from search.ranking import TUNED, Ranking
from search.rules.query_rules import QueryRules
from search.semantic.meaning import NO_MEANING, Meaning
from search.service import SearchService
from search.whoosh.engine import WhooshEngine
from tests.plan_oracle import Oracle
from tests.plan_trees import Change, Optimise, Step
from tests.reference_engine import ReferenceArticle


@cache
def regions_of(folding: Folding) -> RegionResolver:
    """The regions by their names; loading them takes a twentieth of a second."""
    return RegionResolver.load(folding, Regions.load())


def no_rules(folding: Folding) -> QueryRules:
    """Runs have no other ways to be written, and nothing is pinned."""
    return QueryRules(Expander(folding, ()))


ADDED = datetime(2024, 10, 14, 8, 0, tzinfo=UTC)
"""When every article of a Library was stored."""


def make_article(article_id: str, body: str = "", *, title: str = "", source: str | None = None) -> Article:
    """An article with a title and a body, everything else empty."""
    return Article(
        id=article_id,
        title=title,
        lead="",
        body=body,
        tags=(),
        url=None,
        source=source,
        origin=None,
        category=(),
        notice="",
        related=(),
        published=None,
        script=Script.HANS,
        region_hint=None,
    )


def from_reference(article: ReferenceArticle) -> Article:
    """The product's article for one of the reference engine's."""
    return Article(
        id=article.id,
        title=article.title,
        lead=article.lead,
        body=article.body,
        tags=article.tags,
        url=None,
        source=article.source,
        origin=None,
        category=(),
        notice="",
        related=(),
        published=article.published,
        script=Script.HANS,
        region_hint=None,
    )


@dataclass(slots=True)
class ArticleLibrary(ABC):
    """An ArticleReader in memory whose changes go straight into an index; `clusters` by article.

    All copies are alike, and the first by id is the best of them and the earliest. `root` is the folder of
    the index, or tells it from others where it lies in no folder.
    """

    root: Path
    analyzer: Analyzer
    stored: dict[str, Article] = field(default_factory=dict)
    clusters: dict[str, int] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    sequence: int = 0

    @abstractmethod
    def store(self) -> IndexStore:
        """The store of the index, opened anew."""

    @abstractmethod
    def engine(self) -> SearchEngine:
        """A reader of its own, which sees each commit at once."""

    @abstractmethod
    def forget_deleted(self) -> None:
        """Have no deleted article count in the statistics of words any longer."""

    @abstractmethod
    def held(self) -> list[str]:
        """The names of all that lies where the index lies."""

    @abstractmethod
    def discard(self) -> None:
        """Remove the index, so that nothing of it is in anybody's way."""

    def service(
        self,
        rules: QueryRules | None = None,
        meaning: Meaning = NO_MEANING,
        *,
        ranking: Ranking = TUNED,
        clock: Callable[[], float] = time.time,
        engine: SearchEngine | None = None,
    ) -> SearchService:
        """Without rules nothing but what is typed is looked for; without an engine it has one of its own."""
        folding = self.analyzer.folding
        return SearchService(
            engine or self.engine(),
            self,
            self.analyzer,
            ranking,
            Repairer.load(folding),
            regions=regions_of(folding),
            rules=rules or no_rules(folding),
            meaning=meaning,
            clock=clock,
        )

    def build(self, articles: Iterable[Article]) -> None:
        """A new generation with these articles and no others."""
        self.stored = {article.id: article for article in articles}
        self.sequence += len(self.stored)
        store = self.store()
        writer = store.create()
        for article in self.stored.values():
            writer.put(self.document(article), self.sequence)
        writer.commit(self.sequence, START_AVERAGE_LENGTH)
        store.make_live(writer)
        writer.close()

    def refill(self, articles: Iterable[Article]) -> None:
        """These articles and no others, by what is quickest; deleted ones may still count in statistics."""
        self.build(articles)

    def change(self, puts: Iterable[Article], deletes: Iterable[str]) -> None:
        """One commit on the live generation."""
        writer = self.store().live()
        self.sequence += 1
        for article in puts:
            self.stored[article.id] = article
            writer.put(self.document(article), self.sequence)
        for article_id in deletes:
            del self.stored[article_id]
            self.gone.add(article_id)
            writer.delete(article_id, self.sequence)
        writer.commit(self.sequence, writer.average_length)
        writer.close()

    def optimise(self) -> None:
        """One commit that changes nothing and merges all segments."""
        with closing(self.store().live()) as writer:
            writer.optimise()
            writer.commit(self.sequence, writer.average_length)

    def document(self, article: Article) -> IndexDocument:
        """What is indexed of an article."""
        return to_document(article, self.analyzer, ADDED, self.clusters.get(article.id))

    def articles(self, ids: Iterable[str]) -> Mapping[str, Article | DamagedArticle]:
        return {name: self.stored[name] for name in ids if name in self.stored}

    def times_added(self, ids: Iterable[str]) -> Mapping[str, datetime]:
        return {name: ADDED for name in ids if name in self.stored}

    def page(self, ids: Iterable[str]) -> ArticlePage:
        return SteppedPage(self, tuple(ids))

    def original(self, article_id: str) -> Original | DamagedArticle | None:
        article = self.stored.get(article_id)
        return None if article is None else Original(article.body.encode(), "text/plain", "utf-8")

    def is_deleted(self, article_id: str) -> bool:
        return article_id in self.gone

    def cluster(self, article_id: str) -> Cluster | None:
        number = self.clusters.get(article_id)
        if number is None:
            return None
        members = sorted(name for name in self.stored if self.clusters.get(name) == number)
        if article_id not in members or len(members) < 2:
            return None
        copies = tuple(Copy(name, 1.0) for name in members)
        return Cluster(id=members[0], copies=copies, earliest=members[0], best=members[0])

    def copy_counts(self, ids: Iterable[str]) -> Mapping[str, CopyCount]:
        found = ((name, self.cluster(name)) for name in ids)
        return {
            name: CopyCount(len(cluster.copies) - 1, cluster.earliest)
            for name, cluster in found
            if cluster is not None
        }

    def last_sequence(self) -> int:
        return self.sequence

    def newest_entry(self) -> tuple[int, str | None]:
        return self.sequence, f"entry {self.sequence}" if self.sequence else None

    def stats(self) -> CorpusStats:
        undated = sum(article.published is None for article in self.stored.values())
        return CorpusStats(
            articles=len(self.stored), undated=undated, repaired=0, sequence=self.sequence, newest=None
        )

    def close(self) -> None:
        self.stored.clear()


@dataclass(slots=True)
class Library(ArticleLibrary):
    """On Whoosh, in a folder."""

    def store(self) -> WhooshStore:
        return WhooshStore(self.root, self.analyzer.version)

    def engine(self) -> WhooshEngine:
        return WhooshEngine(self.root, self.analyzer.version, Ranking())

    def forget_deleted(self) -> None:
        self.optimise()

    def held(self) -> list[str]:
        return sorted(str(path.relative_to(self.root)) for path in self.root.rglob("*"))

    def discard(self) -> None:
        if self.root.exists():
            shutil.rmtree(self.root)


@dataclass(slots=True)
class DocumentLibrary:
    """An index of documents that are made by hand, read by one engine; `average_length` in weighted words."""

    root: Path
    average_length: float
    sequence: int = 0
    reader: WhooshEngine = field(init=False)
    counts_deleted: bool = True
    kept_commits: int = 0

    def __post_init__(self) -> None:
        self.reader = self.engine()

    def store(self) -> WhooshStore:
        return WhooshStore(self.root, _NO_ANALYZER)

    def engine(self) -> WhooshEngine:
        return WhooshEngine(self.root, _NO_ANALYZER, Ranking())

    def oracle(self, documents: Iterable[IndexDocument]) -> Oracle:
        return Oracle(documents, self.average_length)

    def snapshot(self) -> Snapshot:
        return self.reader.snapshot()

    def build(self, documents: Iterable[IndexDocument]) -> None:
        """A new generation with these documents and no others."""
        store = self.store()
        with closing(store.create()) as writer:
            for document in documents:
                writer.put(document, self.sequence + 1)
            self._commit(writer)
            store.make_live(writer)

    def apply(self, step: Step) -> None:
        """One commit on the live generation; on a new one where there is none."""
        if not self.sequence:
            self.build(())
        with closing(self.store().live()) as writer:
            match step:
                case Change(puts, deletes):
                    for name in deletes:
                        writer.delete(name, self.sequence + 1)
                    for document in puts:
                        writer.put(document, self.sequence + 1)
                case Optimise():
                    writer.optimise()
            self._commit(writer)

    def _commit(self, writer: IndexWriter) -> None:
        self.sequence += 1
        writer.commit(self.sequence, self.average_length)


_NO_ANALYZER = "made by hand"
