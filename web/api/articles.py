"""`/articles/{id}`: one article, the articles like it, and its copies."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from web.api.answering import answer, of_generation
from web.api.context import ApiContext
from web.http.article_ids import checked_id
from web.http.forms import address_pairs
from web.parameters.lookups import read_copies, read_similar
from web.parameters.requests import read_article
from web.presenters.article_answer import article_answer, copies_answer, similar_answer


async def article(context: ApiContext, request: Request) -> Response:
    asked = read_article(address_pairs(request))
    article_id = checked_id(request.path_params["id"])
    view = await context.slots.run(
        partial(context.service.article, article_id, asked.q, asked.match, asked.wording, asked.parts)
    )
    return answer(request, article_answer(view, asked, context.regions.regions), {})


async def similar(context: ApiContext, request: Request) -> Response:
    asked = read_similar(address_pairs(request), context.regions)
    article_id = checked_id(request.path_params["id"])
    found = await context.slots.run(partial(context.service.similar, article_id, asked))
    content = similar_answer(found, context.regions.regions)
    return answer(request, content, of_generation(found.generation))


async def duplicates(context: ApiContext, request: Request) -> Response:
    asked = read_copies(address_pairs(request))
    article_id = checked_id(request.path_params["id"])
    view = await context.slots.run(partial(context.service.article, article_id))
    return answer(request, copies_answer(view, asked), {})
