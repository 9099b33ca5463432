"""Puts the parts of the suggestions together."""

from collections.abc import Collection
from dataclasses import dataclass

from index.analysis.analyzer import Analyzer
from index.regions.tree import Regions
from index.text.folding import Folding
from index.text.likelihood import LazyLikelihood
from index.text.rules.mojibake import MojibakeRule
from index.text.rules.readings import Readings
from index.text.rules.rule import Rule
from search.engine import SearchEngine
from search.request import SearchRequest
from search.results import SearchResult
from search.suggestions.counts import Counts
from search.suggestions.did_you_mean import DidYouMean
from search.suggestions.followed import FollowedVocabulary
from search.suggestions.no_hits import NoHits
from search.suggestions.query_help import QueryHelp, QueryHelper
from search.suggestions.suggestion import Suggestion, SuggestionKind
from search.suggestions.syllables import Syllables
from search.suggestions.terms import IndexedTerms, TitleReader
from search.suggestions.totals import Totals
from search.suggestions.type_ahead import TypeAhead


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
        return "" if vocabulary is None else vocabulary.generation


def open_vocabulary(titles: TitleReader, folding: Folding, regions: Regions) -> FollowedVocabulary:
    """What makes vocabularies; none is made yet, and the readings of characters are loaded with the first."""
    return FollowedVocabulary(IndexedTerms(titles, regions), folding, _load_syllables)


def open_suggestions(
    engine: SearchEngine,
    service: Totals,
    vocabulary: FollowedVocabulary,
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
    engine: SearchEngine, service: Totals, titles: TitleReader, analyzer: Analyzer, regions: Regions
) -> Suggestions:
    """The suggestions of the newest state of an engine, for callers who can wait until they are made. Raises
    IndexUnavailable."""
    vocabulary = open_vocabulary(titles, analyzer.folding, regions)
    vocabulary.make(engine.snapshot())
    return open_suggestions(engine, service, vocabulary, analyzer, open_mojibake(analyzer.folding))


def open_mojibake(folding: Folding) -> Rule:
    """The rule of the repair that undoes mojibake; the first text that may be some waits a second for it."""
    return MojibakeRule(LazyLikelihood(folding))


def _load_syllables() -> Syllables:
    return Syllables.load(Readings.load())
