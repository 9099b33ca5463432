"""Random histories of an index, and the index that is built anew from the same articles, to be compared.

Used by the tests, and by `python -m benchmarks.rebuilds`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from index.analysing import analyse
from index.analysis.analyzer import Analyzer
from index.article import Article, RegionTag, Relation, TopicTag
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.factory import open_store
from index.text.repair import Repairer
from index.upkeep import Upkeep
from index.whoosh.store import WhooshStore
from index.writer_lock import WriterLock
from search.ranking import Ranking
from search.request import (
    FACET_FIELDS,
    Collapse,
    FacetRequest,
    Filters,
    Marking,
    Match,
    SearchRequest,
    Sort,
)
from search.results import FacetResult
from search.service import SearchService
from search.whoosh.engine import WhooshEngine
from tests.engines import no_rules, regions_of
from tests.index.corpus.samples import ARTICLE, ORIGINAL
from tests.index_states import WORDS

NAMES: Final = tuple(f"a{number:02}" for number in range(60))
ADDED_WORDS: Final = ("技创新产", "湾区", "光电走廊", "碳汇贷", "葛店武汉")
"""What an operator adds to the dictionary and takes away again: some of it stands across words of others."""
PIECES: Final = (*WORDS, *ADDED_WORDS, "通知", "武", "汉")
SOURCES: Final = ("湖北日报", "长江日报", "鄂州日报", None)
TAGS: Final = ("协同", "光电子", "示范区")
REGIONS: Final = ("420000", "420100", "420700", "110000")
TOPICS: Final = ("科技创新", "乡村振兴", "营商环境")

ALL: Final = 1_000
"""More than there are articles."""
DIGITS: Final = 9
"""Scores are sums over words: the last digits depend on their order."""

FILTERS: Final = (Filters(), Filters(), Filters(source=("湖北日报",)), Filters(region=("420000",)))

AnalyzerOf = Callable[[tuple[str, ...]], Analyzer]
"""Makes the analyzer with these words added."""

Found = tuple[int, int, frozenset[str], tuple[FacetResult, ...]]
"""Totals of articles and of hits, the hits where copies are not folded, and the counts of all fields."""


def article(name: str, random: Random) -> Article:
    """Any article; one in five is a copy of another text, word for word."""
    text = Random(random.randrange(3)) if random.random() < 0.2 else random
    day = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=random.randrange(400))
    return replace(
        ARTICLE,
        id=name,
        title="".join(text.choices(PIECES, k=2)),
        lead=text.choice(PIECES),
        body="，".join("".join(text.choices(PIECES, k=3)) for _ in range(text.randint(1, 25))),
        tags=tuple(random.sample(TAGS, random.randint(0, 2))),
        source=random.choice(SOURCES),
        published=random.choice((day, day, day, None)),
        regions=tuple(RegionTag(code, Relation.ISSUED_BY, 10.0) for code in random.sample(REGIONS, 1)),
        topics=tuple(TopicTag(name, 5.0, ()) for name in random.sample(TOPICS, random.randint(0, 2))),
        repairs=(),
    )


@dataclass(slots=True)
class History:
    """A data folder through which time goes in random steps.

    `words` are those that are added now.
    """

    folder: DataFolder
    analyzer_of: AnalyzerOf
    random: Random
    words: tuple[str, ...] = ()
    steps: list[str] = field(default_factory=list)

    @property
    def analyzer(self) -> Analyzer:
        return self.analyzer_of(self.words)

    def run(self, steps: int) -> None:
        """So many steps; at the end everything is indexed."""
        self.folder.create()
        self._put()
        for _ in range(steps):
            kinds = (self._put, self._put, self._put, self._delete, self._reload, self._optimise)
            step = self.random.choice(kinds)
            step()
            self.steps.append(step.__name__)
            if self.random.random() < 0.7:
                self._catch_up()
        self._catch_up()

    def store(self) -> WhooshStore:
        """As a new process has it."""
        store = open_store(self.folder, self.analyzer)
        assert isinstance(store, WhooshStore)
        return store

    def optimise(self) -> None:
        Upkeep.of(self.folder, self.analyzer).optimise()

    def rebuilt(self, root: Path) -> WhooshEngine:
        """An engine on an index that is built anew there, with the average length of the live one."""
        with CorpusReader.open(self.folder) as journal, closing(self.store().live()) as live:
            store = replace(self.store(), root=root)
            with closing(store.create()) as writer:
                for change in journal.changes(0, ALL, 10**9):
                    document = analyse(self.analyzer, change).document
                    if document is not None:
                        writer.put(document, change.sequence)
                writer.optimise()
                writer.commit(live.sequence, live.average_length, live.entry)
                store.make_live(writer)
        return WhooshEngine(root, self.analyzer.version, Ranking())

    def engine(self) -> WhooshEngine:
        return WhooshEngine(self.folder.index, self.analyzer.version, Ranking())

    @contextmanager
    def service(self, engine: WhooshEngine) -> Iterator[SearchService]:
        """Searches the articles of the folder with an index of them."""
        folding = self.analyzer.folding
        with CorpusReader.open(self.folder) as articles, closing(engine):
            yield SearchService(
                engine,
                articles,
                self.analyzer,
                Ranking(),
                Repairer.load(folding),
                regions=regions_of(folding),
                rules=no_rules(folding),
            )

    def _put(self) -> None:
        names = self.random.sample(NAMES, self.random.randint(1, 12))
        with WriterLock(self.folder.lock), CorpusWriter.open(self.folder) as writer:
            for name in names:
                writer.put(article(name, self.random), ORIGINAL)
            writer.commit()

    def _delete(self) -> None:
        with WriterLock(self.folder.lock), CorpusWriter.open(self.folder) as writer:
            for name in self.random.sample(NAMES, 8):
                writer.delete(name)
            writer.commit()

    def _reload(self) -> None:
        count = self.random.randint(0, len(ADDED_WORDS))
        self.words = tuple(sorted(self.random.sample(ADDED_WORDS, count)))

    def _optimise(self) -> None:
        self._catch_up()
        self.optimise()

    def _catch_up(self) -> None:
        Upkeep.of(self.folder, self.analyzer).catch_up(lambda _: None)


def requests(count: int, random: Random) -> Iterator[SearchRequest]:
    """Queries of every form, filters and orders, each with the counts of all fields."""
    facets = tuple(FacetRequest(field=name, limit=50) for name in FACET_FIELDS)
    for _ in range(count):
        yield SearchRequest(
            q=_query(random),
            filters=random.choice(FILTERS),
            sort=random.choice((None, None, *Sort)),
            match=random.choice(tuple(Match)),
            collapse=random.choice(tuple(Collapse)),
            limit=ALL,
            snippets=0,
            marking=Marking.NONE,
            facets=facets,
        )


def _query(random: Random) -> str:
    one, other, third = ("".join(random.choices(PIECES, k=random.randint(1, 2))) for _ in range(3))
    return random.choice(
        (
            "",
            one,
            one[: random.randint(1, len(one))],
            f"{one} {other}",
            f"{one} OR {other}",
            f"{one} -{other}",
            f'"{one}"',
            f'"{one}" {other} {third}',
            f"({one} OR {other}) {third}",
            f"title:{one}",
            f"{one[:2]}*",
            f"{one}{other}的{third}",
        )
    )


def found(service: SearchService, request: SearchRequest) -> Found:
    """What an answer says, whatever the order.

    Which of its copies stands for a text is a matter of the order.
    """
    result = service.search(request)
    is_folded = request.collapse is Collapse.DUPLICATES
    ids = frozenset(() if is_folded else (hit.article.id for hit in result.hits))
    return result.total, result.clusters, ids, result.facets


def ranked(service: SearchService, request: SearchRequest) -> tuple[tuple[str, float], ...]:
    """The hits in their order, with their scores."""
    return tuple((hit.article.id, round(hit.score, DIGITS)) for hit in service.search(request).hits)


def unlike(history: History, place: Path, asked: Sequence[SearchRequest]) -> Iterator[str]:
    """For which of these requests the index of a history and the one that is built anew answer otherwise.

    Sets, totals and counts as the history left the index, then the order and the scores once it is optimised.
    """
    with history.service(history.engine()) as grown, history.service(history.rebuilt(place)) as anew:
        for request in asked:
            if found(grown, request) != found(anew, request):
                yield f"other articles: {request}"
        history.optimise()
        for request in asked:
            if ranked(grown, request) != ranked(anew, request):
                yield f"another order: {request}"
