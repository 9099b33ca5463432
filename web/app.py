"""The web application, put together from a search service and settings."""

from collections.abc import Callable, Sequence
from datetime import date

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from index.regions.resolve import RegionResolver
from search.query_log.query_log import OFF, QueryLog
from web.api.context import ApiContext
from web.api.kept_answers import KeptAnswers
from web.api.routes import api_routes
from web.formats.answering import SearchFormats
from web.formats.conditional import conditional_of
from web.formats.description_page import DescriptionPage
from web.guard.rate_limit import RateLimit
from web.http import static_files
from web.http.failures import ErrorAnswers, FailureMiddleware
from web.http.headers import HeadersMiddleware
from web.http.health import Health
from web.http.limiter import SearchSlots
from web.http.request_guard import RequestGuard
from web.http.static_files import StaticFiles
from web.observing.metrics import Metrics
from web.observing.middleware import ObservingMiddleware
from web.observing.queries import ObservedQueries
from web.openapi.routes import Description
from web.pages.articles import ArticlePages
from web.pages.explanations import Explanations
from web.pages.preferences import Preferences
from web.pages.regions import RegionPages
from web.pages.results import ResultPages
from web.pages.site import Site
from web.pages.start import StartPage
from web.presenters.dates import today_in_china
from web.saved.endpoints import SAVED_ENDPOINTS
from web.saved.mounting import SavedParts, saved_routes
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
    *,
    today: Callable[[], date] = today_in_china,
    private: Sequence[Route] = (),
    saved: SavedParts | None = None,
    metrics: Metrics | None = None,
) -> Starlette:
    """An application that answers from this service; it does not close the service.

    `regions` reads the regions that people ask for, `queries` takes note of their searches,
    `suggestions` has what may help them, `today` says on which day articles are cited.
    `private` are routes of those who show a token, `saved` has their saved searches. `metrics` count requests
    and searches, where somebody reads them.
    """
    files = StaticFiles()
    templates = Templates(settings, files)
    metrics = metrics or Metrics()
    queries = ObservedQueries(queries)
    slots = SearchSlots(settings, metrics.slots_changed)
    conditional = conditional_of(service, suggestions, slots, settings)
    answers = ErrorAnswers(templates)
    site = Site(
        service=service,
        slots=slots,
        templates=templates,
        regions=regions,
        settings=settings,
        today=today,
        conditional=conditional,
    )
    app = Starlette(
        routes=[
            *StartPage(site).routes(),
            *ResultPages(site, queries, suggestions).routes(),
            *ArticlePages(site).routes(),
            *RegionPages(site).routes(),
            *Explanations(site).routes(),
            *api_routes(
                ApiContext(
                    service=service,
                    slots=slots,
                    regions=regions,
                    queries=queries,
                    suggestions=suggestions,
                    settings=settings,
                    answers=KeptAnswers(settings.kept_answer_bytes),
                    formats=SearchFormats(
                        service, slots, regions, settings, queries=queries, conditional=conditional
                    ),
                )
            ),
            *DescriptionPage(settings, files).routes(),
            *Description(templates, settings, () if saved is None else SAVED_ENDPOINTS).routes(),
            *private,
            *saved_routes(saved, site),
            *Preferences(settings).routes(),
            *Health(service).routes(),
            Route(static_files.ROUTE, files.serve),
        ],
        middleware=[
            Middleware(HeadersMiddleware),
            Middleware(ObservingMiddleware, metrics=metrics, settings=settings.observing),
            Middleware(FailureMiddleware, answers=answers),
            Middleware(RequestGuard, settings=settings),
            Middleware(RateLimit, limits=settings.limits),
        ],
        exception_handlers={HTTPException: answers.answer_http},
    )
    # A redirect to the address without the slash would repeat a Host header that anybody can send.
    app.router.redirect_slashes = False
    return app
