"""Opens the parts of the product on a data folder and puts them together."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from index.analysis.analyzer import Analyzer
from index.analysis.setup import load_analyzer
from index.analysis.user_words import UserWords, read_user_words
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.engine_settings import IN_FOLDER, EngineSettings
from index.factory import IndexPlace, open_place
from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from index.text.folding import Folding
from index.text.repair import Repairer
from index.upkeep import Upkeep
from index.writer_lock import WriterLock
from search.engine import SearchEngine
from search.factory import open_engine
from search.query_log.files import QueryLogFiles, Retention
from search.query_log.query_log import OFF, QueryLog, WrittenQueryLog
from search.ranking import TUNED, Ranking
from search.rules.query_rules import QueryRules
from search.rules.rule_files import RuleFile, read_rules
from search.semantic.meaning import NO_MEANING, Meaning
from search.service import SearchService
from web.serving.keeper import Aside, nowhere_else
from web.serving.live_search import LiveSearch, Renewing

KEPT_ARTICLE_BYTES: Final = 16 << 20
"""Of articles that were shown last: 4,000 of 700 characters. Chosen by hand."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A data folder opened for searching, and the upkeep of its index."""

    service: SearchService
    upkeep: Upkeep
    engine: SearchEngine
    articles: CorpusReader


def open_analyzer(folder: DataFolder) -> Analyzer:
    """The analyzer for articles and queries, with the words that were added; takes about a second.

    Raises UserWordsInvalid.
    """
    return load_analyzer(Folding.load(), words_of(folder))


def renewed(folder: DataFolder, analyzer: Analyzer) -> Analyzer:
    """This analyzer, or one with the words that have been added since. Raises UserWordsInvalid."""
    words = words_of(folder)
    return analyzer if words == analyzer.added else load_analyzer(analyzer.folding, words)


def words_of(folder: DataFolder) -> UserWords:
    """The words that an operator has added. Raises UserWordsInvalid."""
    try:
        data = folder.words.read_bytes()
    except FileNotFoundError:
        return UserWords()
    return read_user_words(data, str(folder.words))


def rules_of(folder: DataFolder, folding: Folding) -> QueryRules:
    """What the folder and the program say about queries. Raises SynonymsInvalid and PinsInvalid."""
    return read_rules(rule_file(folder.synonyms), rule_file(folder.pinned), folding)


def rule_file(path: Path) -> RuleFile:
    """A file of rules as it is now."""
    try:
        return RuleFile(str(path), path.read_bytes())
    except FileNotFoundError:
        return RuleFile(str(path), None)


def prepare(folder: DataFolder) -> None:
    """Make the data folder and its database where they are missing, and bring an older schema up to date."""
    folder.create()
    with WriterLock(folder.lock), CorpusWriter.open(folder):
        pass


@contextmanager
def open_index(folder: DataFolder, engine: EngineSettings, ranking: Ranking = TUNED) -> Iterator[IndexPlace]:
    """Where the index of a data folder lies, closed at the end. Raises what `open_place` does."""
    with open_place(folder, engine, k1=ranking.k1, b=ranking.b) as place:
        yield place


@contextmanager
def open_search(
    folder: DataFolder,
    analyzer: Analyzer,
    meaning: Meaning = NO_MEANING,
    ranking: Ranking = TUNED,
    *,
    engine: EngineSettings = IN_FOLDER,
) -> Iterator[Opened]:
    """The search service on a data folder, closed at the end.

    Raises CorpusMissing, SynonymsInvalid, PinsInvalid, and what `open_place` does.
    """
    with CorpusReader.open(folder) as articles, open_index(folder, engine, ranking) as place:
        searching = open_engine(place, analyzer.version, ranking)
        try:
            repairer = Repairer.load(analyzer.folding)
            regions = RegionResolver.load(analyzer.folding, Regions.load())
            rules = rules_of(folder, analyzer.folding)
            service = SearchService(
                searching,
                articles,
                analyzer,
                ranking,
                repairer,
                regions=regions,
                rules=rules,
                meaning=meaning,
            )
            yield Opened(service, Upkeep.of(folder, analyzer, place), searching, articles)
        finally:
            searching.close()


@contextmanager
def open_query_log(folder: DataFolder, retention: Retention) -> Iterator[QueryLog]:
    """Takes note of the searches of a server; of none where nothing is to be kept."""
    if not retention.days:
        yield OFF
        return
    with closing(WrittenQueryLog(QueryLogFiles(folder.queries), retention)) as log:
        log.start()
        yield log


@contextmanager
def open_live(
    folder: DataFolder,
    analyzer: Analyzer,
    meaning: Meaning = NO_MEANING,
    ranking: Ranking = TUNED,
    *,
    place: IndexPlace | None = None,
    aside: Aside = nowhere_else,
) -> Iterator[LiveSearch]:
    """The search service on a data folder for a long run, closed at the end; its index lies at `place`, in
    the folder where that is None, and is kept up to date `aside` where there is much to do.

    Raises CorpusMissing, SynonymsInvalid and PinsInvalid.
    """
    renewing = Renewing(partial(renewed, folder), partial(rules_of, folder, analyzer.folding))
    with (
        CorpusReader.open(folder, KEPT_ARTICLE_BYTES) as articles,
        closing(
            LiveSearch(
                folder, articles, analyzer, renewing, meaning, ranking=ranking, place=place, aside=aside
            )
        ) as live,
    ):
        yield live
