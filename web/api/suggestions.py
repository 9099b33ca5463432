"""`/suggest`: what a text that is being typed may go on as."""

from functools import partial

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from web.api.answering import answer
from web.api.context import ApiContext
from web.api.endpoint import SUFFIX
from web.errors import PageNotFound
from web.formats.accept import preferred_type
from web.formats.conditional import tagged
from web.formats.suggestion_list import SUGGEST_SUFFIX, SUGGESTIONS, suggestion_list
from web.http.entity_tags import weak_tag
from web.http.forms import address_pairs
from web.http.json_response import JSON
from web.http.language import texts_of
from web.http.site_address import site_address
from web.parameters.lookups import read_suggestion
from web.presenters.suggestions_answer import suggestions_answer


async def suggest(context: ApiContext, request: Request) -> Response:
    wants_list = _wants_list(request)
    asked = read_suggestion(address_pairs(request))
    found = await context.slots.run(
        partial(context.suggestions.suggest, asked.typed, asked.limit, asked.kinds)
    )
    if wants_list:
        site = site_address(request, context.settings)
        body = msgspec.json.encode(suggestion_list(asked.typed, found, site, texts_of(request)))
        return tagged(request, body, SUGGESTIONS, {}, weak_tag(body))
    return answer(request, suggestions_answer(asked.typed, found), {})


def _wants_list(request: Request) -> bool:
    """Whether the list for browsers is wanted, by the end of the address or by the Accept header."""
    suffix = request.path_params.get(SUFFIX)
    if suffix is None:
        accepted = ", ".join(request.headers.getlist("accept"))
        return preferred_type(accepted, (JSON, SUGGESTIONS)) == SUGGESTIONS
    if suffix != SUGGEST_SUFFIX:
        raise PageNotFound(f"an address of suggestions does not end with .{suffix}")
    return True
