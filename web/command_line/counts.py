"""The arguments of `facets` and `timeline`."""

import click
from rich.console import Console

from index.data_folder import DataFolder
from index.engine_settings import EngineSettings
from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from search.request import FACET_FIELDS
from web.api.answers.counts import OneFacetAnswer, TimelineAnswer
from web.command_line.engine_options import engine_options
from web.command_line.options import data_option, json_option
from web.command_line.parameters import Given, pairs_of, parameter_options
from web.commands.counts import show_facet, show_timeline
from web.commands.exits import Exit
from web.commands.querying import open_service
from web.commands.terminal import print_json
from web.config import load_settings
from web.parameters.counts import read_facet, read_timeline
from web.parameters.defined.counting import FACET
from web.parameters.defined.language import LANG
from web.parameters.defined.query import Q
from web.parameters.table import FACET_PARAMETERS, TIMELINE_PARAMETERS
from web.presenters.facet_answer import one_facet_answer, timeline_answer
from web.serving.opening import open_analyzer

FACET_OPTIONS = tuple(one for one in FACET_PARAMETERS if one not in {FACET, Q, LANG})
TIMELINE_OPTIONS = tuple(one for one in TIMELINE_PARAMETERS if one not in {Q, LANG})


@click.command("facets")
@click.argument("field", type=click.Choice(FACET_FIELDS))
@click.argument("query", default="")
@parameter_options(*FACET_OPTIONS)
@data_option
@engine_options
@json_option(OneFacetAnswer)
def facets_command(
    field: str, query: str, folder: DataFolder, engine: EngineSettings, as_json: bool, **given: Given
) -> int:
    """Count the articles that QUERY finds by the values of FIELD.

    The filter that chooses among these values does not count, and the others do. Exit status 1: no article
    has a value.
    """
    analyzer = open_analyzer(folder)
    resolver = RegionResolver.load(analyzer.folding, Regions.load())
    request = read_facet(pairs_of({FACET.name: field, Q.name: query, **given}), resolver)
    with open_service(folder, analyzer, load_settings(), engine) as service:
        answer = one_facet_answer(service.search(request), resolver.regions)
    if as_json:
        print_json(answer)
    else:
        show_facet(answer, Console())
    return Exit.DONE if answer.values else Exit.NOT_FOUND


@click.command("timeline")
@click.argument("query", default="")
@parameter_options(*TIMELINE_OPTIONS)
@data_option
@engine_options
@json_option(TimelineAnswer)
def timeline_command(
    query: str, folder: DataFolder, engine: EngineSettings, as_json: bool, **given: Given
) -> int:
    """Count the articles that QUERY finds by the time of their publication."""
    analyzer = open_analyzer(folder)
    resolver = RegionResolver.load(analyzer.folding, Regions.load())
    parameters = read_timeline(pairs_of({Q.name: query, **given}), resolver)
    with open_service(folder, analyzer, load_settings(), engine) as service:
        timeline = service.timeline(parameters.request, parameters.interval)
    if as_json:
        print_json(timeline_answer(timeline))
    else:
        show_timeline(timeline, Console())
    return Exit.DONE if timeline.total else Exit.NOT_FOUND
