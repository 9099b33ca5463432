"""Suggestions over the fake service: one misspelling that it knows, and counts of its own searches."""

from collections.abc import Collection
from dataclasses import replace

from search.language.query_text import part_text
from search.request import Filters, SearchRequest
from search.results import ReadPart, SearchResult
from search.suggestions.query_help import QueryHelp
from search.suggestions.suggestion import (
    Correction,
    FilterCount,
    Matched,
    NoHitsHelp,
    PartCount,
    Reason,
    Suggestion,
    SuggestionKind,
)
from web.serving.searching import Searching

MISSPELT, MEANT = "科计创新", "科技创新"


class FakeSuggestions:
    """Knows titles by their beginnings. `typed` is what was asked for, `vocabulary` what it suggests from."""

    def __init__(self, service: Searching) -> None:
        self._service = service
        self.typed: list[tuple[str, int, frozenset[SuggestionKind]]] = []
        self.vocabulary = "v1"

    def suggest(self, typed: str, limit: int, kinds: Collection[SuggestionKind]) -> tuple[Suggestion, ...]:
        self.typed.append((typed, limit, frozenset(kinds)))
        titles = [hit.article.title for hit in self._service.search(SearchRequest(limit=100)).hits]
        found = sorted({title for title in titles if title.startswith(typed)})
        return tuple(
            Suggestion(
                text=title,
                kind=SuggestionKind.TITLE,
                value=title,
                count=titles.count(title),
                matched=Matched.CHARACTERS,
                highlights=((0, len(typed)),),
            )
            for title in found[:limit]
            if SuggestionKind.TITLE in kinds
        )

    def query_help(self, request: SearchRequest, result: SearchResult) -> QueryHelp:
        if result.total:
            return QueryHelp()
        return QueryHelp(tuple(self._corrections(request)), self._no_hits(request, result))

    def vocabulary_version(self) -> str:
        return self.vocabulary

    def _corrections(self, request: SearchRequest) -> list[Correction]:
        at = request.q.find(MISSPELT)
        meant = replace(request, q=request.q.replace(MISSPELT, MEANT), offset=0, limit=0)
        count = self._service.search(meant).total
        if at < 0 or not count:
            return []
        return [
            Correction(q=meant.q, count=count, reason=Reason.SAME_SOUND, highlights=((at + 1, 1),), gain=9.0)
        ]

    def _no_hits(self, request: SearchRequest, result: SearchResult) -> NoHitsHelp:
        parts = [part for part in result.read_as if part.kind != "not"]
        return NoHitsHelp(
            tuple(self._alone(request, part) for part in parts) if len(parts) > 1 else (),
            tuple(
                FilterCount(name, self._total(replace(request, filters=without)))
                for name in ("source", "region", "published_after", "published_before")
                if (without := replace(request.filters, **{name: getattr(Filters(), name)}))
                != request.filters
            ),
        )

    def _alone(self, request: SearchRequest, part: ReadPart) -> PartCount:
        q = part_text(part)
        start, length = part.span
        text = request.q[start : start + length]
        return PartCount(text, part.span, q, self._total(replace(request, q=q)))

    def _total(self, request: SearchRequest) -> int:
        return self._service.search(replace(request, offset=0, limit=0)).total
