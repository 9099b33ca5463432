"""The arguments of `delete` and `export`."""

import sys
from itertools import filterfalse

import click

from index.data_folder import DataFolder
from index.describe.identity import is_id
from index.engine_settings import EngineSettings
from web.command_line.engine_options import engine_options
from web.command_line.options import data_option, json_option
from web.commands import articles
from web.commands.exits import Exit
from web.commands.ingest import index_stored
from web.commands.terminal import print_error, print_json, print_line
from web.parameters.query_string import readable
from web.serving.opening import open_analyzer


@click.command("delete")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@data_option
@engine_options
@json_option(articles.DeletionReport)
def delete_command(ids: tuple[str, ...], folder: DataFolder, engine: EngineSettings, as_json: bool) -> int:
    """Delete articles by their ids."""
    asked = tuple(dict.fromkeys(ids))
    missing = {*articles.delete(folder, tuple(filter(is_id, asked))), *filterfalse(is_id, asked)}
    named = tuple(article_id for article_id in asked if article_id in missing)
    generation = index_stored(folder, open_analyzer(folder), engine=engine)
    deleted = len(asked) - len(missing)
    if as_json:
        print_json(articles.DeletionReport(deleted, tuple(map(readable, named)), generation))
    else:
        print_line(f"{deleted} deleted.")
        for article_id in named:
            print_error(f"There is no article {article_id}.")
    return Exit.NOT_FOUND if missing else Exit.DONE


@click.command("export")
@click.option("--original", metavar="ID", help="Only what came in for this article, byte for byte.")
@data_option
def export_command(original: str | None, folder: DataFolder) -> None:
    """Print all articles as JSON lines that `ingest` reads back."""
    if original is not None:
        sys.stdout.buffer.write(articles.original(folder, original))
        return
    for record in articles.export(folder):
        print_json(record)
