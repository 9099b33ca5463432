"""`/facets` and `/timeline`: what a search finds, counted by values and by time."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from web.api.answering import answer, of_generation
from web.api.context import ApiContext
from web.http.forms import address_pairs
from web.parameters.counts import read_facet, read_timeline
from web.presenters.facet_answer import one_facet_answer, timeline_answer


async def facets(context: ApiContext, request: Request) -> Response:
    asked = read_facet(address_pairs(request), context.regions)
    result = await context.slots.run(partial(context.service.search, asked))
    content = one_facet_answer(result, context.regions.regions)
    return answer(request, content, of_generation(result.generation))


async def timeline(context: ApiContext, request: Request) -> Response:
    asked = read_timeline(address_pairs(request), context.regions)
    found = await context.slots.run(partial(context.service.timeline, asked.request, asked.interval))
    return answer(request, timeline_answer(found), of_generation(found.generation))
