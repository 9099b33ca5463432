"""What the web face needs of suggestions; `search.suggestions.opening.Suggestions` is what gives them."""

from collections.abc import Collection
from typing import Final, Protocol

from search.request import SearchRequest
from search.results import SearchResult
from search.suggestions.query_help import QueryHelp
from search.suggestions.suggestion import Suggestion, SuggestionKind
from web.serving.searching import Searching


class Suggesting(Protocol):
    """Suggestions of the index that is searched; safe to call from several threads."""

    def suggest(self, typed: str, limit: int, kinds: Collection[SuggestionKind]) -> tuple[Suggestion, ...]:
        """At most `limit` texts that go on from what was typed, each with what it finds. Raises
        IndexUnavailable."""
        ...

    def query_help(self, request: SearchRequest, result: SearchResult) -> QueryHelp:
        """What to offer beside this result of the request. Raises IndexUnavailable."""
        ...

    def vocabulary_version(self) -> str:
        """What suggestions are made of: while it is the same, and the index is, so are they."""
        ...


class Silent:
    """Suggests nothing."""

    def suggest(self, _typed: str, _limit: int, _kinds: Collection[SuggestionKind]) -> tuple[Suggestion, ...]:
        return ()

    def query_help(self, _request: SearchRequest, _result: SearchResult) -> QueryHelp:
        return QueryHelp()

    def vocabulary_version(self) -> str:
        return ""


SILENT: Final[Suggesting] = Silent()


def search_with_help(
    service: Searching, suggestions: Suggesting, request: SearchRequest
) -> tuple[SearchResult, QueryHelp]:
    """A search, and what to offer beside what it found. Raises what searching raises."""
    result = service.search(request)
    return result, suggestions.query_help(request, result)
