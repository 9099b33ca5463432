"""Puts sides together of parts that all of them share."""

from dataclasses import dataclass

from index.analysis.analyzer import Analyzer
from index.article_reader import ArticleReader
from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from index.text.folding import Folding
from index.text.repair import Repairer
from index.text.rules.rule import Rule
from search.engine import SearchEngine
from search.ranking import Ranking
from search.rules.query_rules import QueryRules
from search.semantic.meaning import NO_MEANING, Meaning
from search.service import SearchService
from search.suggestions.followed import CurrentVocabulary
from search.suggestions.opening import open_mojibake, open_suggestions
from web.serving.side_search import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class SideMaker:
    """Makes sides that show the same articles and suggest from the same vocabulary."""

    articles: ArticleReader
    vocabulary: CurrentVocabulary
    ranking: Ranking
    repairer: Repairer
    regions: RegionResolver
    mojibake: Rule
    meaning: Meaning = NO_MEANING

    @classmethod
    def load(
        cls,
        articles: ArticleReader,
        vocabulary: CurrentVocabulary,
        folding: Folding,
        ranking: Ranking,
        meaning: Meaning = NO_MEANING,
    ) -> "SideMaker":
        """With what comes with this program."""
        return cls(
            articles=articles,
            vocabulary=vocabulary,
            ranking=ranking,
            repairer=Repairer.load(folding),
            regions=RegionResolver.load(folding, Regions.load()),
            mojibake=open_mojibake(folding),
            meaning=meaning,
        )

    def make(self, engine: SearchEngine, analyzer: Analyzer, rules: QueryRules) -> Side:
        """A side on this engine, which stays its owner's; the analyzer is that of its index."""
        service = SearchService(
            engine,
            self.articles,
            analyzer,
            self.ranking,
            self.repairer,
            regions=self.regions,
            rules=rules,
            meaning=self.meaning,
        )
        return Side(
            engine,
            service,
            open_suggestions(engine, service, self.vocabulary, analyzer, self.mojibake),
        )
