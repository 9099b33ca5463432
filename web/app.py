"""The web application, put together from a search service and settings."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from index.regions.resolve import RegionResolver
from search.query_log.query_log import OFF, QueryLog
from web.api.routes import Api
from web.http import static_files
from web.http.failures import ErrorAnswers, FailureMiddleware
from web.http.headers import HeadersMiddleware
from web.http.health import Health
from web.http.limiter import SearchSlots
from web.http.request_guard import RequestGuard
from web.http.static_files import StaticFiles
from web.pages.routes import Pages
from web.serving.searching import Searching
from web.serving.suggesting import SILENT, Suggesting
from web.settings import WebSettings
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
