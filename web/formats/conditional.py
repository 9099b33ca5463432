"""Answers to clients that may have the same already."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from search.request import SearchRequest
from web.formats.freshness import Freshness
from web.http.entity_tags import has_any, has_same, names_tags, not_modified
from web.http.limiter import SearchSlots
from web.parameters.query_string import Pair, encode_pairs
from web.serving.searching import Searching
from web.serving.suggesting import Suggesting
from web.settings import WebSettings

SHOWN: Final = ("program", "title", "public_url", "contact", "saves_searches")
"""The settings that answers show; the others decide how, not what is answered."""


@dataclass(frozen=True, slots=True)
class Conditional:
    """Tells, without searching, whether a client has the answer already."""

    freshness: Freshness
    slots: SearchSlots

    async def known(self, request: Request, asked: SearchRequest, key: str) -> Response | None:
        """The answer to a client that has the same already, None for any other.

        Raises IndexUnavailable, SemanticOff and Overloaded.
        """
        if not names_tags(request):
            return None
        tag = await self.slots.run(partial(self.freshness.tag, asked, key))
        return not_modified(tag, {}) if tag is not None and has_same(request, tag) else None


def conditional_of(
    service: Searching, suggestions: Suggesting, slots: SearchSlots, settings: WebSettings
) -> Conditional:
    """That of an application with these parts."""
    shown = "\n".join(f"{name} {getattr(settings, name)}" for name in SHOWN)
    return Conditional(Freshness(service, suggestions, shown), slots)


def answer_key(pairs: tuple[Pair, ...], *made_by: str) -> str:
    """What an answer is made by beside what is found: what was asked, the format, the language, the site."""
    return "\n".join((encode_pairs(pairs), *made_by))


def tagged(request: Request, body: bytes, media_type: str, headers: Mapping[str, str], tag: str) -> Response:
    """The body under its tag, or that the client has it already."""
    if has_same(request, tag) or has_any(request):
        return not_modified(tag, headers)
    return Response(body, headers={**headers, "ETag": tag}, media_type=media_type)
