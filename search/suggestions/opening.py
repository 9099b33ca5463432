"""Puts the parts of the suggestions together."""

from dataclasses import dataclass

from index.analysis.analyzer import Analyzer
from index.regions.tree import Regions
from index.text.likelihood import LazyLikelihood
from index.text.rules.mojibake import MojibakeRule
from index.text.rules.readings import Readings
from search.engine import SearchEngine
from search.suggestions.did_you_mean import DidYouMean
from search.suggestions.followed import FollowedVocabulary
from search.suggestions.no_hits import NoHits
from search.suggestions.query_help import QueryHelper
from search.suggestions.syllables import Syllables
from search.suggestions.terms import IndexedTerms, TitleReader
from search.suggestions.totals import Searches, Totals
from search.suggestions.type_ahead import TypeAhead


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All that is suggested. Safe to share between threads."""

    type_ahead: TypeAhead
    query: QueryHelper


def open_suggestions(
    engine: SearchEngine, service: Searches, titles: TitleReader, analyzer: Analyzer, regions: Regions
) -> Suggestions:
    """The suggestions of an engine, counted by a service on the same engine.

    Takes half a second for the readings of characters; the vocabulary is made when it is first asked for.
    """
    followed = FollowedVocabulary(
        engine, IndexedTerms(titles, regions), analyzer.folding, Syllables.load(Readings.load())
    )
    totals = Totals(service)
    mojibake = MojibakeRule(LazyLikelihood(analyzer.folding))
    return Suggestions(
        TypeAhead(engine, followed, analyzer),
        QueryHelper(
            DidYouMean(engine, followed, analyzer, mojibake, totals),
            NoHits(totals, analyzer),
        ),
    )
