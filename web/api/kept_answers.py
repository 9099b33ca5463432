"""Answers that were sent before, for those who ask the same while it is still right."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from index.cache import ByteBoundedCache
from search.results import SearchResult
from web.formats.conditional import tagged
from web.http.json_response import JSON


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A body with its tag and its other headers.

    `result` is what it was made of, without its hits and the times of its stages: what the log of queries
    takes note of.
    """

    body: bytes
    tag: str
    headers: Mapping[str, str]
    result: SearchResult

    def answer(self, request: Request) -> Response:
        """The same again, or that the client has it already."""
        return tagged(request, self.body, JSON, self.headers, self.tag)


class KeptAnswers:
    """Answers by their tags, which name all that an answer depends on; safe to share between threads.

    What was asked last stays, up to so many bytes; with 0 none does.
    """

    def __init__(self, max_bytes: int) -> None:
        self._answers = ByteBoundedCache[KeptAnswer](max_bytes, lambda kept: len(kept.body))

    def kept(self, tag: str) -> KeptAnswer | None:
        return self._answers.kept(tag)

    def keep(self, tag: str, answer: KeptAnswer) -> None:
        self._answers.keep(tag, answer)
