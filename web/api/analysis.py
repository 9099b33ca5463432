"""`/analyze`: how a text is read."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from web.api.answering import answer
from web.api.context import ApiContext
from web.http.forms import all_pairs
from web.parameters.lookups import read_analysis
from web.presenters.analysis_answer import analysis_answer


async def analyze(context: ApiContext, request: Request) -> Response:
    asked = read_analysis(await all_pairs(request))
    analysis = await context.slots.run(partial(context.service.analyze, asked.text, asked.use))
    return answer(request, analysis_answer(analysis), {})
