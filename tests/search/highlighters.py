"""Highlighters for tests: nothing of one test is there in the next."""

from collections.abc import Iterable

from index.analysis.analyzer import Analyzer
from search.language.query import TextLeaf
from search.marking.folded_texts import FoldedTexts
from search.marking.highlights import Highlighter
from search.planning.demand import Demand


def highlighter(leaves: Iterable[TextLeaf], analyzer: Analyzer, demand: Demand = Demand.ALL) -> Highlighter:
    """One that folds each text anew."""
    return Highlighter(leaves, analyzer, FoldedTexts(analyzer.folding, 0), demand)
