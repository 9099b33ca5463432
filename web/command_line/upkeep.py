"""The arguments of the commands that look after a data folder."""

import click
import msgspec

from index.check import Finding
from index.data_folder import DataFolder
from index.engine_settings import EngineSettings
from index.indexer import IndexReport
from index.upkeep import Upkeep
from web.command_line.engine_options import engine_options
from web.command_line.options import Printed, data_option, json_option
from web.commands import indexing, maintenance
from web.commands.exits import Exit
from web.commands.optimising import OptimiseReport, optimise
from web.commands.terminal import print_json, print_line
from web.serving.opening import open_analyzer, open_index, open_search


@click.command("rebuild")
@data_option
@engine_options
@json_option(IndexReport)
def rebuild_command(folder: DataFolder, engine: EngineSettings, as_json: bool) -> None:
    """Build the index anew from the stored articles, and switch to it."""
    with open_search(folder, open_analyzer(folder), engine=engine) as opened:
        report = indexing.rebuild(opened.upkeep, opened.service.stats().articles)
    if as_json:
        print_json(report)
    else:
        print_line(f"{report.changes:,} articles indexed into generation {report.generation}.")


@click.command("optimise")
@data_option
@engine_options
@json_option(OptimiseReport)
def optimise_command(folder: DataFolder, engine: EngineSettings, as_json: bool) -> None:
    """Merge the index into as few files as can be, for the fastest searching."""
    with open_index(folder, engine) as place:
        report = optimise(Upkeep.of(folder, open_analyzer(folder), place))
    if as_json:
        print_json(report)
    else:
        print_line(f"The index is merged; its generation is {report.generation} now.")


@click.command("check")
@data_option
@engine_options
@json_option(Finding, Printed.LINES)
def check_command(folder: DataFolder, engine: EngineSettings, as_json: bool) -> int:
    """Check that articles and index are whole and agree."""
    sound = True
    for finding in maintenance.check(folder, open_analyzer(folder), engine=engine):
        sound = False
        if as_json:
            print_json(finding)
        else:
            print_line(f"{finding.place}: {finding.detail}")
    if sound and not as_json:
        print_line("All is well.")
    return Exit.DONE if sound else Exit.NOT_FOUND


@click.command("stats")
@data_option
@engine_options
@json_option(maintenance.DataStats)
def stats_command(folder: DataFolder, engine: EngineSettings, as_json: bool) -> None:
    """Count what the data folder holds."""
    stats = msgspec.to_builtins(maintenance.stats(folder, open_analyzer(folder), engine=engine))
    if as_json:
        print_json(stats)
    else:
        for name, value in stats.items():
            print_line(f"{name.replace('_', ' ')}: {'-' if value is None else value}")
