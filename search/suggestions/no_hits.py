"""What helps where nothing is found: which part of the query, or which filter, it is due to."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from index.analysis.analyzer import Analyzer
from search.request import Filters, SearchRequest
from search.results import ReadPart, Span
from search.suggestions.suggestion import FilterCount, NoHitsHelp, PartCount
from search.suggestions.totals import Totals

MAX_PARTS: Final = 8
"""Parts that are counted, each a search of its own."""

_UNWANTED: Final = "not"
"""The kind of the parts of a query that articles must not have."""


@dataclass(frozen=True, slots=True)
class NoHits:
    """Counts each part of a request alone. Safe to share between threads."""

    totals: Totals
    analyzer: Analyzer

    def help(self, request: SearchRequest) -> NoHitsHelp:
        """The first MAX_PARTS parts of the query, each alone, and the request without each of its filters.

        A query of one part is taken apart into its words. Raises what searching raises.
        """
        q = request.q
        spans = [part.span for part in self.totals.search(request).read_as if _is_wanted(part)]
        if len(spans) == 1:
            words = list(self._words(q, spans[0]))
            # Single characters, as a misspelt word falls apart into, tell nobody anything.
            spans = words if any(length > 1 for _, length in words) else spans
        parts = (
            PartCount(text, (start, length), self.totals.of(replace(request, q=text)))
            for start, length in spans[:MAX_PARTS]
            if (text := q[start : start + length])
        )
        without = (
            FilterCount(name, self.totals.of(replace(request, filters=filters)))
            for name, filters in _without_each(request.filters)
        )
        return NoHitsHelp(tuple(parts) if len(spans) > 1 else (), tuple(without))

    def _words(self, q: str, span: Span) -> Iterator[Span]:
        """Where the words of a part stand in the query."""
        offset, length = span
        folded = self.analyzer.folding.fold(q[offset : offset + length])
        for piece in self.analyzer.pieces(folded):
            for _, start, end in self.analyzer.places_in_query(piece):
                yield offset + start, end - start


def _is_wanted(part: ReadPart) -> bool:
    return part.kind != _UNWANTED


def _without_each(filters: Filters) -> Iterator[tuple[str, Filters]]:
    """The filters without each one that is set, with its name."""
    none = Filters()
    for field in fields(Filters):
        unset: dict[str, Any] = {field.name: getattr(none, field.name)}
        if (without := replace(filters, **unset)) != filters:
            yield field.name, without
