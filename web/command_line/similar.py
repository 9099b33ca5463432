"""The arguments of `similar`."""

import click
from rich.console import Console

from index.data_folder import DataFolder
from index.describe.identity import is_id
from index.engine_settings import EngineSettings
from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from search.errors import ArticleNotFound
from web.api.answers.articles import SimilarAnswer
from web.command_line.engine_options import engine_options
from web.command_line.options import data_option, json_option
from web.command_line.parameters import Given, pairs_of, parameter_options
from web.commands.exits import Exit
from web.commands.querying import open_service
from web.commands.similar import show_similar
from web.commands.terminal import print_json
from web.config import load_settings
from web.parameters.defined.language import LANG
from web.parameters.lookups import read_similar
from web.parameters.table import SIMILAR_PARAMETERS
from web.presenters.article_answer import similar_answer
from web.serving.opening import open_analyzer

OPTIONS = tuple(one for one in SIMILAR_PARAMETERS if one is not LANG)


@click.command("similar")
@click.argument("article_id", metavar="ID")
@parameter_options(*OPTIONS)
@data_option
@engine_options
@json_option(SimilarAnswer)
def similar_command(
    article_id: str, folder: DataFolder, engine: EngineSettings, as_json: bool, **given: Given
) -> int:
    """Find the articles most like the article ID: those that share the words that tell most of it.

    Neither itself nor its copies are among them. Exit status 1: there is none, or no article ID.
    """
    if not is_id(article_id):
        raise ArticleNotFound(f"there is no article {article_id}")
    analyzer = open_analyzer(folder)
    resolver = RegionResolver.load(analyzer.folding, Regions.load())
    request = read_similar(pairs_of(given), resolver)
    with open_service(folder, analyzer, load_settings(), engine) as service:
        found = service.similar(article_id, request)
    if as_json:
        print_json(similar_answer(found, resolver.regions))
    else:
        show_similar(found, Console(), resolver.regions)
    return Exit.DONE if found.results else Exit.NOT_FOUND
