"""The web application, put together from a search service and settings."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from index.regions.resolve import RegionResolver
from search.query_log.query_log import OFF, QueryLog
from web import static_files
from web.api import Api
from web.failures import ErrorAnswers, FailureMiddleware
from web.headers import HeadersMiddleware
from web.health import Health
from web.limiter import SearchSlots
from web.pages import Pages
from web.request_guard import RequestGuard
from web.searching import Searching
from web.settings import WebSettings
from web.static_files import StaticFiles
from web.suggesting import SILENT, Suggesting
from web.templating import Templates


def create_app(
    service: Searching,
    settings: WebSettings,
    regions: RegionResolver,
    queries: QueryLog = OFF,
    suggestions: Suggesting = SILENT,
) -> Starlette:
    """An application that answers from this service; it does not close the service.

    `regions` reads the regions that people ask for, `queries` takes note of their searches,
    `suggestions` has what may help them.
    """
    files = StaticFiles()
    templates = Templates(settings, files)
    slots = SearchSlots(settings)
    answers = ErrorAnswers(templates)
    app = Starlette(
        routes=[
            *Pages(service, slots, templates, regions, queries=queries, suggestions=suggestions).routes(),
            *Api(service, slots, regions, queries=queries, suggestions=suggestions).routes(),
            *Health(service).routes(),
            Route(static_files.ROUTE, files.serve),
        ],
        middleware=[
            Middleware(HeadersMiddleware),
            Middleware(FailureMiddleware, answers=answers),
            Middleware(RequestGuard, settings=settings),
        ],
        exception_handlers={HTTPException: answers.answer_http},
    )
    # A redirect to the address without the slash would repeat a Host header that anybody can send.
    app.router.redirect_slashes = False
    return app
