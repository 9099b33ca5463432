"""Hits as files, made while they are sent."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from index.regions.tree import Regions
from search.query_log.query_log import QueryLog
from search.request import Marking, SearchRequest
from search.results import SearchResult
from web.formats.conditional import Conditional, answer_key
from web.formats.csv_text import BYTE_ORDER_MARK
from web.formats.export_formats import Csv, ExportFormat, JsonHit, Ndjson
from web.formats.export_stream import ExportStream
from web.formats.file_names import content_disposition
from web.formats.format import Format
from web.formats.freshness import is_whole
from web.formats.hit_pages import PAGE, hit_pages
from web.formats.links import Listing, link_header
from web.formats.places import Places
from web.formats.releasable import Releasable
from web.http.entity_tags import has_any, not_modified
from web.http.limiter import SearchSlots
from web.parameters.exports import CsvParameters
from web.parameters.requests import SearchParameters
from web.presenters.search_answer import hit_answer
from web.serving.searching import Searching
from web.texts.text import Language

RUNNING_EXPORTS: Final = 4
"""Files that are sent at once by one process; a stalled client takes a place for half a minute. Chosen by
hand on 2026-11-28."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What a file is to hold, and how it is written."""

    format: Format
    suffix: str | None
    parameters: SearchParameters
    request: SearchRequest
    writing: ExportFormat
    language: Language


class Exports:
    """Makes CSV and NDJSON of the hits of searches. Belongs to one event loop."""

    def __init__(
        self,
        service: Searching,
        slots: SearchSlots,
        regions: Regions,
        *,
        queries: QueryLog,
        conditional: Conditional,
    ) -> None:
        self._service = service
        self._slots = slots
        self._regions = regions
        self._queries = queries
        self._conditional = conditional
        self._places = Places(RUNNING_EXPORTS)

    async def csv(
        self, request: Request, asked: CsvParameters, suffix: str | None, language: Language
    ) -> Response:
        """The hits as a table. Raises what searching raises, and Overloaded."""
        search = asked.search
        mark = BYTE_ORDER_MARK if asked.begins_with_mark else ""
        wanted = _Wanted(
            format=Format.CSV,
            suffix=suffix,
            parameters=search,
            request=replace(search.request, facets=(), snippets=0, marking=Marking.NONE),
            writing=Csv(self._json_hit(search), search.fields, mark),
            language=language,
        )
        return await self._answer(request, wanted)

    async def ndjson(
        self, request: Request, asked: SearchParameters, suffix: str | None, language: Language
    ) -> Response:
        """The hits as lines of JSON. Raises what searching raises, and Overloaded."""
        wanted = _Wanted(
            format=Format.NDJSON,
            suffix=suffix,
            parameters=asked,
            request=replace(asked.request, facets=()),
            writing=Ndjson(self._json_hit(asked)),
            language=language,
        )
        return await self._answer(request, wanted)

    async def _answer(self, request: Request, wanted: _Wanted) -> Response:
        asked = wanted.request
        key = answer_key(wanted.parameters.pairs, wanted.format.value, wanted.language.value)
        if (known := await self._conditional.known(request, asked, key)) is not None:
            return known
        with ExitStack() as held:
            held.enter_context(self._places.one())
            pages = Releasable(hit_pages(self._service, asked))
            held.callback(pages.let_go)
            freshness = self._conditional.freshness
            fresh = await self._slots.run(partial(freshness.watched, asked, key, partial(next, pages)))
            first = fresh.value
            self._queries.record(asked, first)
            headers = _headers(wanted, first)
            if fresh.tag is not None and is_whole(asked, first):
                if has_any(request):
                    return not_modified(fresh.tag, headers)
                headers["ETag"] = fresh.tag
            parts = _chunks(wanted.writing, chain((first,), pages))
            chunks = Releasable(iter(()) if request.method == "HEAD" else parts)
            held.callback(chunks.let_go)
            return ExportStream(self._made(chunks), wanted.format.media_type, headers, held.pop_all())

    async def _made(self, chunks: Iterator[bytes]) -> AsyncGenerator[bytes]:
        """The chunks, each made in a slot of its own: a client who is slow to take them holds none."""
        while (chunk := await self._slots.run(partial(next, chunks, None))) is not None:
            yield chunk

    def _json_hit(self, parameters: SearchParameters) -> JsonHit:
        return partial(hit_answer, parameters=parameters, regions=self._regions)


def _chunks(writing: ExportFormat, pages: Iterator[SearchResult]) -> Iterator[bytes]:
    """The parts of a file, a page of hits in each; joined, they are the file."""
    count = 0
    written = writing.head()
    for page in pages:
        count += len(page.hits)
        yield written + writing.page(page.hits)
        written = b""
    yield writing.tail(page, count)


def _headers(wanted: _Wanted, first: SearchResult) -> dict[str, str]:
    parameters = wanted.parameters
    listing = Listing(
        format=wanted.format,
        suffix=wanted.suffix,
        pairs=parameters.pairs,
        page=parameters.page,
        per_page=parameters.per_page,
        hits=first.listed,
        # That of the last page of several is not known before they are sent.
        next_cursor=first.next_cursor if wanted.request.limit <= PAGE else None,
    )
    return {
        "X-Index-Generation": first.generation,
        "Content-Disposition": content_disposition(parameters.pairs, first.committed, wanted.format.value),
        **link_header(listing),
    }
