"""The arguments of `vectors`."""

from dataclasses import replace

import click

from index.data_folder import DataFolder
from web.command_line.options import data_option, json_option, setting_option
from web.commands.terminal import print_json, print_line
from web.commands.vectors import VectorsReport, make_vectors
from web.config import EMBEDDER, load_settings
from web.serving.semantics import open_upkeep


@click.command("vectors")
@setting_option("--embedder", EMBEDDER)
@data_option
@json_option(VectorsReport)
def vectors_command(embedder: str | None, folder: DataFolder, as_json: bool) -> None:
    """Make the vectors that ranking by meaning needs, for all articles that have none yet.

    A server that has an embedder makes them by itself, more slowly. It can be stopped at any time and goes on
    from there.
    """
    settings = load_settings().semantic
    chosen = replace(settings, embedder=embedder or settings.embedder)
    report = make_vectors(open_upkeep(folder, chosen))
    if as_json:
        print_json(report)
    else:
        print_line(f"{report.made} vectors made; {report.articles} articles have {report.vectors}.")
