"""`/stats`: what there is in all."""

from starlette.requests import Request
from starlette.responses import Response

from search.text_analysis import TextUse
from web.api.answering import answer
from web.api.answers.counts import StatsAnswer
from web.api.context import ApiContext
from web.http.forms import address_pairs
from web.parameters.lookups import read_stats
from web.presenters.stats_answer import stats_answer
from web.serving.searching import Searching


async def stats(context: ApiContext, request: Request) -> Response:
    read_stats(address_pairs(request))
    content = await context.slots.run(lambda: _counted(context.service))
    return answer(request, content, {})


def _counted(service: Searching) -> StatsAnswer:
    # Any text is read by the words that are in use now.
    version = service.analyze("", TextUse.QUERY).version
    return stats_answer(service.stats(), service.readiness(), version)
