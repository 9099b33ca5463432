"""Puts the parts of the suggestions together."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.engine_settings import IN_FOLDER
from index.factory import IndexPlace
from index.regions.tree import Regions
from index.text.folding import Folding
from index.text.likelihood import LazyLikelihood
from index.text.rules.mojibake import MojibakeRule
from index.text.rules.rule import Rule
from search.engine import SearchEngine
from search.ranking import Ranking
from search.request import SearchRequest
from search.results import SearchResult
from search.suggestions.counts import Counts
from search.suggestions.did_you_mean import DidYouMean
from search.suggestions.followed import CurrentVocabulary, FollowedVocabulary, MadeVocabulary
from search.suggestions.kept import vocabulary_now
from search.suggestions.maker_process import MakerProcess
from search.suggestions.making import VocabularyMaker
from search.suggestions.no_hits import NoHits
from search.suggestions.query_help import QueryHelp, QueryHelper
from search.suggestions.shared import SharedVocabulary
from search.suggestions.suggestion import Suggestion, SuggestionKind
from search.suggestions.syllables import load_syllables
from search.suggestions.terms import IndexedTerms, TitleReader
from search.suggestions.totals import Totals
from search.suggestions.type_ahead import TypeAhead
from search.suggestions.vocabulary_file import VocabularyFile


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All that is suggested. Safe to share between threads."""

    type_ahead: TypeAhead
    query: QueryHelper

    def suggest(self, typed: str, limit: int, kinds: Collection[SuggestionKind]) -> tuple[Suggestion, ...]:
        """What goes on from what was typed. Raises IndexUnavailable."""
        return self.type_ahead.suggest(typed, limit, kinds)

    def query_help(self, request: SearchRequest, result: SearchResult) -> QueryHelp:
        """What to offer beside this result of the request. Raises what searching raises, but never
        SearchTimeout."""
        return self.query.help(request, result)

    def vocabulary_version(self) -> str:
        """The state of the index that the vocabulary was made of, which may be an older one; "" while there
        is none."""
        vocabulary = self.type_ahead.vocabulary.current()
        return "" if vocabulary is None else vocabulary.state


def open_vocabulary(
    folder: DataFolder, place: IndexPlace, analyzer: Callable[[], str], ranking: Ranking
) -> FollowedVocabulary:
    """The vocabulary of a server, which all processes on the data folder share; none is made yet.

    `analyzer` gives the version of the words that the index at `place` is searched with.
    """
    engine = IN_FOLDER if isinstance(place, DataFolder) else place.settings
    maker = MakerProcess(folder, engine, ranking, analyzer)
    return FollowedVocabulary(SharedVocabulary(VocabularyFile.of(folder), maker, load_syllables))


def open_suggestions(
    engine: SearchEngine,
    service: Totals,
    vocabulary: CurrentVocabulary,
    analyzer: Analyzer,
    mojibake: Rule,
) -> Suggestions:
    """The suggestions of an engine, counted by a service on the same engine; none while there is no
    vocabulary. `mojibake` is the rule of the repair that undoes it."""
    counts = Counts()
    return Suggestions(
        TypeAhead(engine, vocabulary, analyzer, counts),
        QueryHelper(
            DidYouMean(engine, vocabulary, analyzer, mojibake, service, counts),
            NoHits(service, analyzer),
        ),
    )


def suggestions_now(
    engine: SearchEngine,
    service: Totals,
    titles: TitleReader,
    analyzer: Analyzer,
    regions: Regions,
    *,
    file: VocabularyFile | None = None,
) -> Suggestions:
    """The suggestions of the newest state of an engine, for callers who can wait until they are made; not
    made anew where the file has them. Raises IndexUnavailable."""
    syllables, snapshot = load_syllables(), engine.snapshot()
    maker = VocabularyMaker(IndexedTerms(titles, regions), analyzer.folding, lambda: syllables)
    made = maker.make(snapshot) if file is None else vocabulary_now(snapshot, maker, file, syllables)
    mojibake = open_mojibake(analyzer.folding)
    return open_suggestions(engine, service, MadeVocabulary(made), analyzer, mojibake)


def open_mojibake(folding: Folding) -> Rule:
    """The rule of the repair that undoes mojibake; the first text that may be some waits a second for it."""
    return MojibakeRule(LazyLikelihood(folding))
