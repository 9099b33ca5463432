"""What helps where nothing is found: which part of the query, or which filter, it is due to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from index.analysis.analyzer import Analyzer
from search.deadline import Deadline
from search.language.query_text import part_text
from search.request import MAX_QUERY, Filters, SearchRequest
from search.results import ReadPart
from search.suggestions.suggestion import FilterCount, NoHitsHelp, PartCount
from search.suggestions.totals import Totals

MAX_PARTS: Final = 8
"""Parts that are counted, each a search of its own."""

_UNWANTED: Final = "not"
_WORDS: Final = "word"
"""The kinds of the parts of a query that articles must not have, and that are taken apart into words."""


@dataclass(frozen=True, slots=True)
class NoHits:
    """Counts each part of a request alone. Safe to share between threads."""

    totals: Totals
    analyzer: Analyzer

    def help(self, request: SearchRequest, read_as: Sequence[ReadPart], deadline: Deadline) -> NoHitsHelp:
        """The first MAX_PARTS parts of the query that was read so, each alone, and the request without each
        of its filters.

        A query of one part is taken apart into its words. A part that is too long as a query of its own,
        which has the full name of its field, is left out. Raises what searching raises.
        """
        parts = [part for part in read_as if part.kind != _UNWANTED]
        if len(parts) == 1 and parts[0].kind == _WORDS:
            parts = self._words(request.q, parts[0])
        return NoHitsHelp(
            parts=tuple(self._alone(request, part, deadline) for part in _askable(parts)[:MAX_PARTS])
            if len(parts) > 1
            else (),
            filters=tuple(
                FilterCount(name, self.totals.count(replace(request, filters=filters), deadline))
                for name, filters in _without_each(request.filters)
            ),
        )

    def _alone(self, request: SearchRequest, part: ReadPart, deadline: Deadline) -> PartCount:
        q = part_text(part)
        count = self.totals.count(replace(request, q=q), deadline)
        start, length = part.span
        return PartCount(request.q[start : start + length], part.span, q, count)

    def _words(self, q: str, part: ReadPart) -> list[ReadPart]:
        """The words of a part, each as a part of its own."""
        begin, length = part.span
        at = q.rfind(part.text, begin, begin + length)
        folded = self.analyzer.folding.fold(part.text)
        words = [
            replace(part, text=part.text[start:end], span=(at + start, end - start))
            for _, start, end in self.analyzer.query_places(folded)
        ]
        # Single characters, as a misspelt word falls apart into, tell nobody anything.
        return words if at >= 0 and any(len(word.text) > 1 for word in words) else []


def _askable(parts: Sequence[ReadPart]) -> list[ReadPart]:
    """Those that are no longer than a query: the full name of a field can be longer than what was typed."""
    return [part for part in parts if len(part_text(part)) <= MAX_QUERY]


def _without_each(filters: Filters) -> Iterator[tuple[str, Filters]]:
    """The filters without each one that is set, with its name."""
    none = Filters()
    for field in fields(Filters):
        unset: dict[str, Any] = {field.name: getattr(none, field.name)}
        if (without := replace(filters, **unset)) != filters:
            yield field.name, without
