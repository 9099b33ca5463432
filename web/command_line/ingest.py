"""The arguments of `ingest` and `follow`."""

import sys
from pathlib import Path

import click

from index.data_folder import DataFolder
from index.engine_settings import EngineSettings
from index.readers.mapping import FieldMap
from web.command_line.engine_options import engine_options
from web.command_line.options import Printed, data_option, json_option, map_option
from web.commands.events import EventAnswer, IndexedEvent, print_event, show_event
from web.commands.exits import Exit
from web.commands.following import follow
from web.commands.ingest import Inputs, ingest, rehearse
from web.commands.terminal import print_error, print_json
from web.serving.opening import open_analyzer


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@map_option
@click.option("--dry-run", is_flag=True, help="Say what would be stored, and store nothing.")
@data_option
@engine_options
@json_option(EventAnswer, Printed.LINES)
def ingest_command(
    paths: tuple[Path, ...],
    *,
    fields: FieldMap,
    folder: DataFolder,
    engine: EngineSettings,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Take in pages, documents, tables and records: files, folders, or - for JSON lines on standard input.

    Read are .txt .html .pdf .docx, .csv .tsv .xlsx, .json .jsonl .ndjson, also with .gz, and .zip of these.
    With --json every line is an event; what a `stored` event counts is safe on the disk.
    """
    on_event = print_event if as_json else show_event
    inputs = Inputs(paths, fields, sys.stdin.buffer)
    if dry_run:
        summary = rehearse(folder, inputs, on_event)
        return Exit.BAD_INPUT if summary.failed else Exit.DONE
    report = ingest(folder, open_analyzer(folder), inputs, on_event, engine=engine)
    if as_json:
        print_json(IndexedEvent(report.generation))
    elif report.generation is None and folder.articles.exists():
        print_error(
            "The articles are stored; another process is indexing them, or the index is away for now."
        )
    return Exit.BAD_INPUT if report.summary.failed else Exit.DONE


@click.command("follow")
@click.argument("watched", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@map_option
@data_option
@engine_options
@json_option(EventAnswer, Printed.LINES)
def follow_command(
    watched: Path, fields: FieldMap, folder: DataFolder, engine: EngineSettings, as_json: bool
) -> None:
    """Take in what lies in FOLDER, and every new and changed file as it comes, until it is stopped."""
    on_event = print_event if as_json else show_event
    follow(folder, open_analyzer(folder), watched, fields, on_event, engine=engine)
