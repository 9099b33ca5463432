"""Whether a client has the answer to a search already: told by what it depends on, without searching."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from search.request import Explaining, SearchRequest
from search.results import SearchResult
from search.suggestions.query_help import QueryHelp
from web.http.entity_tags import weak_tag
from web.serving.searching import Searching
from web.serving.suggesting import Suggesting

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fresh(Generic[T]):
    """What was found, and the tag of the answer that is made of it: None where something changed meanwhile,
    or the answer depends on more than what is stored."""

    value: T
    tag: str | None


@dataclass(frozen=True, slots=True)
class Freshness:
    """Tags answers by what they depend on. Safe to share between threads.

    `program` is what all answers of this process depend on: its code and its settings. The key of an answer
    is all else that it is made by: parameters, format, language.
    """

    service: Searching
    suggestions: Suggesting
    program: str

    def tag(self, request: SearchRequest, key: str) -> str | None:
        """The tag of the answer to this request as things stand; None where it depends on more than that.

        Raises IndexUnavailable and SemanticOff.
        """
        version = self.service.version(request)
        if version is None:
            return None
        parts = (version, self.suggestions.vocabulary_version(), self.program, key)
        return weak_tag(*(part.encode("utf-8", "surrogatepass") for part in parts))

    def watched(self, request: SearchRequest, key: str, search: Callable[[], T]) -> Fresh[T]:
        """What `search` returns, with its tag if nothing changed while it ran: else an old tag might stand on
        what is new, and speak for it once what is old is back."""
        return self.watched_since(self.tag(request, key), request, key, search)

    def watched_since(
        self, before: str | None, request: SearchRequest, key: str, search: Callable[[], T]
    ) -> Fresh[T]:
        """The same where the tag of this very moment is known."""
        value = search()
        return Fresh(value, before if before == self.tag(request, key) else None)


def is_whole(request: SearchRequest, result: SearchResult, given: QueryHelp | None = None) -> bool:
    """Whether nothing is missing of an answer, for want of time or since articles are damaged or gone: it may
    be there the next time, though nothing has changed."""
    expected = min(result.limit, max(0, result.listed - result.offset))
    relaxed = result.relaxed
    return (
        len(result.hits) == expected
        and (relaxed is None or relaxed.dropped is not None or not result.hits)
        and (request.explaining is Explaining.NONE or all(hit.score_parts is not None for hit in result.hits))
        and (given is None or given.complete)
        and not any(hit.highlights_truncated and not hit.highlights for hit in result.hits)
    )
