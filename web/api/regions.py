"""`/regions`: the administrative units, and how many articles each has."""

from functools import partial

from msgspec import UNSET
from starlette.requests import Request
from starlette.responses import Response

from web.api.answering import answer, of_generation
from web.api.answers.counts import RegionsAnswer
from web.api.context import ApiContext
from web.http.forms import address_pairs
from web.parameters.lookups import RegionsParameters, read_region_list
from web.presenters.regions_answer import counting, listed, regions_answer


async def regions(context: ApiContext, request: Request) -> Response:
    asked = read_region_list(address_pairs(request), context.regions)
    # In a thread, though it may need no search: which names come near takes some milliseconds.
    content = await context.slots.run(partial(_told, context, asked))
    generation = content.generation
    return answer(request, content, {} if generation is UNSET else of_generation(generation))


def _told(context: ApiContext, asked: RegionsParameters) -> RegionsAnswer:
    found = listed(asked, context.regions)
    if asked.counted_under is None:
        return regions_answer(found, asked, context.regions)
    codes = found.with_units_below(asked.depth, context.regions.regions)
    counted = context.service.search(counting(codes, asked.counted_under))
    (counts,) = counted.facets
    return regions_answer(found, asked, context.regions, counts, counted.generation)
