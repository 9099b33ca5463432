"""The arguments of `regions`."""

import click
from rich.console import Console

from index.data_folder import DataFolder
from index.engine_settings import EngineSettings
from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from web.api.answers.counts import RegionsAnswer
from web.command_line.engine_options import engine_options
from web.command_line.options import data_option, json_option
from web.command_line.parameters import Given, pairs_of, parameter_options
from web.commands.exits import Exit
from web.commands.regions import list_regions, show_regions
from web.commands.terminal import print_json
from web.config import load_settings
from web.parameters.defined.language import LANG
from web.parameters.defined.lookups import NAMED
from web.parameters.lookups import read_region_list
from web.parameters.table import REGION_PARAMETERS
from web.serving.opening import open_analyzer

OPTIONS = tuple(one for one in REGION_PARAMETERS if one not in {LANG, NAMED})


@click.command("regions")
@click.argument("name", default="")
@parameter_options(*OPTIONS)
@data_option
@engine_options
@json_option(RegionsAnswer)
def regions_command(
    name: str, folder: DataFolder, engine: EngineSettings, as_json: bool, **given: Given
) -> int:
    """List the provinces, the regions below --parent, or the regions that are called NAME.

    Exit status 1: there is none.
    """
    analyzer = open_analyzer(folder)
    resolver = RegionResolver.load(analyzer.folding, Regions.load())
    asked = read_region_list(pairs_of({NAMED.name: name, **given}), resolver)
    answer = list_regions(folder, analyzer, asked, resolver, load_settings(), engine=engine)
    if as_json:
        print_json(answer)
    else:
        show_regions(answer, Console())
    return Exit.DONE if answer.regions else Exit.NOT_FOUND
