"""The arguments of `backup` and `restore`."""

from pathlib import Path

import click

from index.data_folder import DataFolder
from index.engine_settings import EngineSettings
from web.command_line.engine_options import engine_options
from web.command_line.options import data_option, json_option
from web.commands.backups import BackupReport, RestoreReport, back_up, restore
from web.commands.terminal import print_error, print_json, print_line
from web.serving.opening import open_analyzer

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("backup")
@click.argument("file", type=_FILE)
@data_option
@json_option(BackupReport)
def backup_command(file: Path, folder: DataFolder, as_json: bool) -> None:
    """Write all articles, with what came in and their history, into the new FILE, and FILE.sha256 beside it.

    Others may store meanwhile: it holds one moment. What an operator wrote (words.txt, synonyms.txt,
    pinned.txt) and saved searches are not in it; copy these files as they are.
    """
    report = back_up(folder, file)
    if as_json:
        print_json(report)
    else:
        print_line(f"{report.articles:,} articles in {file}, {report.bytes:,} bytes.")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@data_option
@engine_options
@json_option(RestoreReport)
def restore_command(file: Path, folder: DataFolder, engine: EngineSettings, as_json: bool) -> None:
    """Make the articles of the backup FILE those of a data folder that has none, and index them.

    All of the backup is read first, and nothing changes unless it is whole.
    """
    report = restore(folder, open_analyzer(folder), file, engine=engine)
    if as_json:
        print_json(report)
    else:
        print_line(f"{report.articles:,} articles are restored.")
        if report.generation is None:
            print_error("Another process is indexing them.")
