"""The arguments of `generations` and `rollback`."""

import click

from index.data_folder import DataFolder
from index.engine_settings import EngineSettings
from index.upkeep import Upkeep
from web.command_line.engine_options import engine_options
from web.command_line.options import data_option, json_option
from web.commands.exits import Exit
from web.commands.generations import (
    GenerationsReport,
    RollbackReport,
    kept_generations,
    roll_back,
    show_generations,
)
from web.commands.terminal import print_json, print_line
from web.serving.opening import open_analyzer, open_index


@click.command("generations")
@data_option
@engine_options
@json_option(GenerationsReport)
def generations_command(folder: DataFolder, engine: EngineSettings, as_json: bool) -> int:
    """List the generations of the index that are kept, the live one first.

    Exit status 1: there is none.
    """
    with open_index(folder, engine) as place:
        report = kept_generations(Upkeep.of(folder, open_analyzer(folder), place))
    if as_json:
        print_json(report)
    else:
        show_generations(report.generations)
    return Exit.DONE if report.generations else Exit.NOT_FOUND


@click.command("rollback")
@click.argument("generation")
@data_option
@engine_options
@json_option(RollbackReport)
def rollback_command(generation: str, folder: DataFolder, engine: EngineSettings, as_json: bool) -> None:
    """Go back to GENERATION of the index, one of those that `generations` lists.

    All of it is read first, and nothing changes unless it is whole. No article is lost: what it lacks is
    indexed by the next command that searches, or by a server.
    """
    with open_index(folder, engine) as place:
        report = roll_back(Upkeep.of(folder, open_analyzer(folder), place), generation)
    if as_json:
        print_json(report)
    else:
        print_line(f"Searches go to generation {report.generation} now.")
