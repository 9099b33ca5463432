"""`search --format csv` and `ndjson`: all hits of a search, however many, one page of them in memory."""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from functools import partial

from index.regions.tree import Regions
from search.results import Hit
from search.service import SearchService
from web.api.answers.search import HitAnswer
from web.commands.terminal import print_lines
from web.formats.export_formats import Csv, ExportFormat, Ndjson
from web.parameters.requests import SearchParameters
from web.presenters.search_answer import hit_answer

PAGE = 100
"""Hits that are read at a time: as many as a page of results may have."""


class Export(Enum):
    """How the hits are written, as the query interface writes them."""

    CSV = "csv"
    NDJSON = "ndjson"


def export_hits(
    service: SearchService, parameters: SearchParameters, regions: Regions, export: Export
) -> int:
    """Print all hits of a search; returns how many. Raises what `SearchService.walk` does."""
    written = _format(export, parameters, partial(hit_answer, parameters=parameters, regions=regions))
    _print(written.head())
    count = 0
    for page in service.walk(replace(parameters.request, offset=0, limit=PAGE)):
        count += len(page.hits)
        _print(written.page(page.hits))
        if page.offset + PAGE >= page.clusters:
            _print(written.tail(page, count))
    return count


def _format(
    export: Export, parameters: SearchParameters, json_hit: Callable[[Hit], HitAnswer]
) -> ExportFormat:
    match export:
        case Export.CSV:
            return Csv(json_hit, parameters.fields, mark="")
        case Export.NDJSON:
            return Ndjson(json_hit)


def _print(part: bytes) -> None:
    print_lines(part.decode())
