"""Ours: the whole site, and a bare application that only asks the engine and gives back titles."""

import os
import time
from pathlib import Path
from urllib.parse import urlencode

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.http.questions import FACETS, FOLDER, Kind, Question
from index.analysis.analyzer import Analyzer
from index.article import Article
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from index.text.repair import Repairer
from search.factory import open_engine
from search.language.understanding import Understanding
from search.planning.query_plans import QueryPlans
from search.planning.relaxing import search_in_steps
from search.planning.request_planner import RequestPlanner
from search.ranking import TUNED
from search.request import FacetRequest, Filters, SearchRequest
from search.service import SearchService
from search.walking import Place
from web.app import create_app
from web.serving.opening import open_analyzer, rules_of
from web.settings import WebSettings


def path_of(question: Question) -> str:
    """Where the site answers this, as JSON with snippets and marks."""
    pairs = [("q", _query_of(question))]
    if question.region is not None:
        pairs += [("region", question.region), *(("facets", name) for name in FACETS)]
    return f"/api/v1/search?{urlencode(pairs)}"


def bare_path_of(question: Question) -> str:
    """Where the bare application answers this."""
    return f"/?{urlencode({'q': _query_of(question), 'region': question.region or ''})}"


def _query_of(question: Question) -> str:
    return f'"{question.text}"' if question.kind is Kind.PHRASE else question.text


def site() -> Starlette:
    """The whole site, as a worker serves it; what it opens stays open until the worker ends."""
    return _site(WebSettings())


def forgetful_site() -> Starlette:
    """The same, but an answer is never kept for the next who asks the same."""
    return _site(WebSettings(kept_answer_bytes=0))


def _site(settings: WebSettings) -> Starlette:
    folder, analyzer = _folder()
    regions = RegionResolver.load(analyzer.folding, Regions.load())
    service = SearchService(
        open_engine(folder, analyzer.version, TUNED),
        CorpusReader.open(folder),
        analyzer,
        TUNED,
        Repairer.load(analyzer.folding),
        regions=regions,
        rules=rules_of(folder, analyzer.folding),
    )
    return create_app(service, settings, regions)


def bare() -> Starlette:
    """The same plans as the site's, straight to the engine, on the event loop."""
    folder, analyzer = _folder()
    regions = RegionResolver.load(analyzer.folding, Regions.load())
    rules = rules_of(folder, analyzer.folding)
    understanding = Understanding(analyzer, regions, rules.expander)
    queries = QueryPlans(analyzer, TUNED, understanding)
    planner = RequestPlanner(analyzer, TUNED, queries, rules.pinned)
    engine, articles = open_engine(folder, analyzer.version, TUNED), CorpusReader.open(folder)
    encoder = msgspec.json.Encoder()

    async def answer(request: Request) -> Response:
        snapshot = engine.snapshot()
        planned = planner.planned(_asked(request), Place(snapshot, 0, time.time()))
        found = search_in_steps(snapshot, planned.plan, planned.attempts, planned.deadline).matches
        ids = [hit.id for hit in found.hits]
        read = articles.articles(ids)
        titles = [article.title for one in ids if isinstance(article := read[one], Article)]
        facets = [facet.values for facet in found.facets]
        return Response(encoder.encode({"total": found.total, "titles": titles, "facets": facets}))

    return Starlette(routes=[Route("/", answer)])


def _asked(request: Request) -> SearchRequest:
    region = request.query_params["region"]
    return SearchRequest(
        q=request.query_params["q"],
        filters=Filters(region=(region,) if region else ()),
        facets=tuple(FacetRequest(field=name) for name in FACETS) if region else (),
    )


def _folder() -> tuple[DataFolder, Analyzer]:
    folder = DataFolder(Path(os.environ[FOLDER]))
    return folder, open_analyzer(folder)
