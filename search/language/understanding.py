"""How a query is understood: read, its names looked up, its runs given their other ways to be written."""

from dataclasses import dataclass

from index.analysis.analyzer import Analyzer
from index.article import Part
from index.regions.resolve import RegionResolver
from search.engine import Snapshot
from search.expansion.expander import Expander
from search.expansion.expanding import Expanded, expanded
from search.language.lookups import with_narrow_prefixes, with_regions
from search.language.parser import ParseResult, parse, parse_exact
from search.language.query import EVERYWHERE, Query, within
from search.request import Match, SearchRequest, Wording


@dataclass(frozen=True, slots=True)
class Understanding:
    """Understands queries by tables that never change. Safe to share between threads."""

    analyzer: Analyzer
    regions: RegionResolver
    expander: Expander

    def read(self, q: str, match: Match) -> ParseResult:
        """The query, as far as it can be read without an index. Raises QueryTooLong and QueryTooComplex."""
        if match is Match.EXACT:
            return parse_exact(q, self.analyzer.folding)
        return with_regions(parse(q, self.analyzer.folding), q, self.regions)

    def on(
        self, so_far: ParseResult, snapshot: Snapshot, request: SearchRequest
    ) -> tuple[ParseResult, Expanded]:
        """The query of a request, which was read so far, as it is read on this state of the index, and with
        its other ways to be written."""
        q = request.q
        read = with_narrow_prefixes(so_far, q, self.analyzer.folding, snapshot.words_with)
        return read, self.in_other_ways(read.query, q, request.wording, request.parts)

    def in_other_ways(
        self, query: Query, q: str, wording: Wording, parts: tuple[Part, ...] = EVERYWHERE
    ) -> Expanded:
        """The tree of the query `q`, looked for in these parts, with the other ways to write it where these
        count."""
        sought = within(query, parts)
        if wording is Wording.AS_TYPED:
            return Expanded(sought)
        return expanded(sought, q, self.expander, self.analyzer)
