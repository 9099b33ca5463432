"""The words of a run, as an expander takes them."""

from index.analysis.analyzer import Analyzer
from search.language.query import Span


def word_spans(run: str, analyzer: Analyzer) -> tuple[Span, ...]:
    """Start and length, in the run as typed, of the words that a query is cut into; in their order."""
    folded = analyzer.folding.fold(run)
    return tuple((start, end - start) for _, start, end in analyzer.query_places(folded))
