"""`/search`: hits as JSON, a page at a time, or in one of the other formats."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from search.request import SearchRequest
from search.results import SearchResult
from search.suggestions.query_help import QueryHelp
from search.timings import NOT_TIMED, Stopwatch
from web.api.answering import answer, of_generation
from web.api.context import ApiContext
from web.api.endpoint import SUFFIX
from web.api.kept_answers import KeptAnswer
from web.formats.conditional import answer_key
from web.formats.format import Format
from web.formats.freshness import Fresh, is_whole
from web.formats.links import Listing, link_header
from web.http.language import texts_of
from web.http.server_timing import server_timing
from web.parameters.query_string import Pair
from web.parameters.requests import read_search
from web.presenters.search_answer import search_answer
from web.serving.suggesting import search_with_help

OK: Final = 200
KEPT_TIMING: Final = f"{server_timing(NOT_TIMED, render_ms=0.0)}, kept"
"""The Server-Timing of an answer that was made before."""


async def search(context: ApiContext, request: Request) -> Response:
    suffix = request.path_params.get(SUFFIX)
    return await context.formats.answer(request, suffix, partial(_as_json, context, request, suffix))


async def _as_json(
    context: ApiContext, request: Request, suffix: str | None, pairs: Sequence[Pair]
) -> Response:
    parameters = read_search(pairs, context.regions)
    asked, texts = parameters.request, texts_of(request)
    conditional = context.formats.conditional
    key = answer_key(parameters.pairs, Format.JSON.value, texts.language.value)
    if (known := await conditional.known(request, asked, key)) is not None:
        return known
    found = await context.slots.run(partial(_found, context, asked, key))
    if isinstance(found, KeptAnswer):
        context.queries.record(asked, found.result)
        return found.answer(request)
    result, given = found.value
    context.queries.record(asked, result)
    watch = Stopwatch()
    content = search_answer(result, parameters, context.regions.regions, texts, given)
    tag = found.tag if is_whole(asked, result, given) else None
    listing = Listing(
        format=Format.JSON,
        suffix=suffix,
        pairs=parameters.pairs,
        page=parameters.page,
        per_page=parameters.per_page,
        hits=result.listed,
        next_cursor=result.next_cursor,
    )
    headers = {**of_generation(result.generation), **link_header(listing)}
    response = answer(request, content, headers, tag)
    response.headers["Server-Timing"] = server_timing(result.timings, render_ms=watch.lap())
    if tag is not None and response.status_code == OK:
        headers = {**headers, "Server-Timing": KEPT_TIMING}
        kept = KeptAnswer(bytes(response.body), tag, headers, replace(result, hits=(), timings=NOT_TIMED))
        context.answers.keep(tag, kept)
    return response


def _found(
    context: ApiContext, asked: SearchRequest, key: str
) -> KeptAnswer | Fresh[tuple[SearchResult, QueryHelp]]:
    """What was answered before where that still holds; else what is found now."""
    freshness = context.formats.conditional.freshness
    tag = freshness.tag(asked, key)
    if tag is not None and (kept := context.answers.kept(tag)) is not None:
        return kept
    search_now = partial(search_with_help, context.service, context.suggestions, asked)
    return freshness.watched_since(tag, asked, key, search_now)
