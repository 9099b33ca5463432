"""The arguments of `reload-dictionary`."""

from pathlib import Path

import click

from index.data_folder import DataFolder
from index.engine_settings import EngineSettings
from web.command_line.engine_options import engine_options
from web.command_line.options import data_option, json_option
from web.commands.terminal import print_json, print_line
from web.commands.words import WordsReport, reload_dictionary


@click.command("reload-dictionary")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@data_option
@engine_options
@json_option(WordsReport)
def reload_dictionary_command(file: Path, folder: DataFolder, engine: EngineSettings, as_json: bool) -> None:
    """Make FILE the words that are added to the dictionary: one a line, with a weight behind a tab if any.

    They replace those added before; an empty file takes all away. Articles that hold a word that has changed
    are indexed anew.
    """
    report = reload_dictionary(folder, file, engine=engine)
    if as_json:
        print_json(report)
    else:
        print_line(f"{report.words:,} words, {report.added:,} of them new, {report.removed:,} taken away.")
