"""The arguments of `index`."""

import click

from index.data_folder import DataFolder
from index.engine_settings import EngineSettings
from web.command_line.engine_options import engine_options
from web.command_line.options import data_option, json_option
from web.commands.index import IndexedReport, follow_journal, index
from web.commands.terminal import print_json, print_line
from web.serving.opening import open_analyzer


@click.command("index")
@click.option("--follow", is_flag=True, help="Go on with what comes, until it is stopped.")
@data_option
@engine_options
@json_option(IndexedReport)
def index_command(follow: bool, folder: DataFolder, engine: EngineSettings, as_json: bool) -> None:
    """Index what is stored and not indexed yet.

    With --follow a process of its own does it, and servers and other commands leave it to that one. Where the
    index cannot be written to for now, it waits and goes on by itself; the log says why.
    """
    analyzer = open_analyzer(folder)
    if follow:
        if as_json:
            raise click.UsageError("--json does not go with --follow, which prints nothing.")
        follow_journal(folder, analyzer, engine=engine)
        return
    report = index(folder, analyzer, engine=engine)
    if as_json:
        print_json(report)
    else:
        print_line(f"{report.changes:,} changes indexed; searches go to generation {report.generation}.")
