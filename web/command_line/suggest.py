"""The arguments of `suggest`."""

import click
from rich.console import Console

from index.data_folder import DataFolder
from index.engine_settings import EngineSettings
from search.suggestions.suggestion import MAX_SUGGESTIONS, SuggestionKind
from search.suggestions.type_ahead import LIMIT
from web.api.answers.suggestions import SuggestionsAnswer
from web.command_line.engine_options import engine_options
from web.command_line.options import data_option, json_option
from web.commands.exits import Exit
from web.commands.suggest import show_suggested, suggest
from web.commands.terminal import print_json
from web.presenters.suggestions_answer import suggestions_answer
from web.serving.opening import open_analyzer


@click.command("suggest")
@click.argument("text")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in SuggestionKind]),
    help="Only texts of this kind; several are joined by OR.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, MAX_SUGGESTIONS),
    default=LIMIT,
    show_default=True,
    help="Suggestions at most.",
)
@data_option
@engine_options
@json_option(SuggestionsAnswer)
def suggest_command(
    *,
    text: str,
    kinds: tuple[str, ...],
    limit: int,
    folder: DataFolder,
    engine: EngineSettings,
    as_json: bool,
) -> int:
    """Show what TEXT may go on as: titles, words, regions, agencies, sources and topics.

    TEXT is characters, pinyin (zhejiang, zhej) or initials (zj). Where it finds little as a query: what it
    may have been meant as, and what each part of it finds alone.
    """
    wanted = frozenset(map(SuggestionKind, kinds)) or frozenset(SuggestionKind)
    suggested = suggest(folder, open_analyzer(folder), text, limit, wanted, engine=engine)
    if as_json:
        print_json(suggestions_answer(text, suggested.suggestions, suggested.help))
    else:
        show_suggested(suggested, Console())
    return Exit.DONE if suggested.is_any else Exit.NOT_FOUND
