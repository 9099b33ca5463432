"""The arguments of `search`."""

from enum import Enum

import click
from rich.console import Console

from index.data_folder import DataFolder
from index.engine_settings import EngineSettings
from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from web.api.answers.search import SearchAnswer
from web.command_line.engine_options import engine_options
from web.command_line.options import data_option, json_option
from web.command_line.parameters import Given, flag, pairs_of, parameter_options
from web.commands.exits import Exit
from web.commands.exporting import Export, export_hits
from web.commands.querying import open_service
from web.commands.search import show_result
from web.commands.spoken import TEXTS
from web.commands.terminal import print_json
from web.config import load_settings
from web.parameters.defined.language import LANG
from web.parameters.defined.listing import CURSOR, PAGE, PER_PAGE
from web.parameters.defined.query import Q
from web.parameters.requests import read_search
from web.parameters.table import SEARCH_PARAMETERS
from web.presenters.search_answer import search_answer
from web.serving.opening import open_analyzer


class Format(Enum):
    """How hits are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    NDJSON = "ndjson"


OPTIONS = tuple(parameter for parameter in SEARCH_PARAMETERS if parameter not in {Q, CURSOR, LANG})


@click.command("search")
@click.argument("query", default="")
@parameter_options(*OPTIONS)
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),
    default=Format.TABLE.value,
    show_default=True,
    help="One page of hits for people or as JSON, or all hits as CSV or as lines of JSON.",
)
@data_option
@engine_options
@json_option(SearchAnswer)
def search_command(
    query: str, form: str, folder: DataFolder, engine: EngineSettings, as_json: bool, **given: Given
) -> int:
    """Search for QUERY: words, "phrases", -without, OR, (brackets), title:word, year:2024, "a b"~5, stem*.

    Without QUERY all articles are found. Options that may be given several times are joined by OR, different
    ones by AND.
    """
    chosen = Format.JSON if as_json else Format(form)
    is_export = chosen in {Format.CSV, Format.NDJSON}
    if is_export and (paged := [parameter.name for parameter in (PAGE, PER_PAGE) if given[parameter.name]]):
        raise click.UsageError(f"{flag(paged[0])} does not go with --format {form}, which prints all hits.")
    analyzer = open_analyzer(folder)
    resolver = RegionResolver.load(analyzer.folding, Regions.load())
    parameters = read_search(pairs_of({Q.name: query, **given}), resolver)
    with open_service(folder, analyzer, load_settings(), engine) as service:
        if is_export:
            found = export_hits(service, parameters, resolver.regions, Export(form))
            return Exit.DONE if found else Exit.NOT_FOUND
        result = service.search(parameters.request)
    if chosen is Format.JSON:
        print_json(search_answer(result, parameters, resolver.regions, TEXTS))
    else:
        show_result(result, Console(), resolver.regions)
    return Exit.DONE if result.hits or result.total else Exit.NOT_FOUND
