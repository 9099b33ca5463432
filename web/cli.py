"""The command line: arguments in, exit codes out."""

import logging
import sys
from collections.abc import Sequence
from io import StringIO
from itertools import filterfalse
from pathlib import Path

import click
import msgspec
from rich.console import Console

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.describe.identity import is_id
from index.errors import PolicySearchError
from index.readers.mapping import FieldMap
from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from index.text.repair import Repairer
from index.upkeep import Upkeep
from search.request import Collapse, Match, Sort
from search.semantic.answer import SemanticMode
from search.text_analysis import TextUse, analyze_text
from web import config
from web.cli_evaluate import evaluate_command
from web.cli_queries import QUERY_LOG_COMMANDS
from web.cli_suggest import suggest_command
from web.cli_vectors import vectors_command
from web.commands import articles, indexing, maintenance, serving
from web.commands.analyze import show_analysis
from web.commands.events import print_event, show_event
from web.commands.exits import EXIT_OF_CAUSE, Exit, advice_of_system, exit_of_system
from web.commands.following import follow
from web.commands.ingest import Inputs, index_stored, ingest, rehearse
from web.commands.optimising import optimise
from web.commands.options import data_option, json_option, map_option, setting_help, setting_option
from web.commands.search import show_result
from web.commands.terminal import print_error, print_json, print_line
from web.commands.words import reload_dictionary
from web.config import load_settings
from web.errors import BadParameters
from web.logs import set_up_logging
from web.parameters.query_string import readable
from web.parameters.requests import read_analysis, read_search
from web.presenters.analysis_answer import analysis_answer
from web.presenters.search_answer import search_answer
from web.serving.opening import open_analyzer, open_search
from web.serving.semantics import open_semantics
from web.settings import WebSettings

DISTRIBUTION = "regional-policy-search"
PROGRAM = "policy-search"

_log = logging.getLogger(__name__)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=DISTRIBUTION)
def cli() -> None:
    """Search Chinese regional policy news.

    Exit status: 0 done, 1 nothing found or a check failed, 2 bad usage or input, 3 another writer is busy.
    """
    set_up_logging(load_settings().log_level)


@cli.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@map_option
@click.option("--dry-run", is_flag=True, help="Say what would be stored, and store nothing.")
@data_option
@json_option
def ingest_command(
    paths: tuple[Path, ...], fields: FieldMap, folder: DataFolder, dry_run: bool, as_json: bool
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
    report = ingest(folder, open_analyzer(folder), inputs, on_event)
    if as_json:
        print_json({"event": "indexed", "generation": report.generation})
    elif report.generation is None and folder.articles.exists():
        print_error("The articles are stored; another process is indexing them.")
    return Exit.BAD_INPUT if report.summary.failed else Exit.DONE


@cli.command("follow")
@click.argument("watched", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@map_option
@data_option
@json_option
def follow_command(watched: Path, fields: FieldMap, folder: DataFolder, as_json: bool) -> None:
    """Take in what lies in FOLDER, and every new and changed file as it comes, until it is stopped."""
    follow(folder, open_analyzer(folder), watched, fields, print_event if as_json else show_event)


@cli.command("search")
@click.argument("query")
@click.option("--region", multiple=True, help="Only this region and all below it; several are joined by OR.")
@click.option("--source", multiple=True, help="Only this source; several are joined by OR.")
@click.option("--after", "published_after", metavar="DATE", help="Published on or after YYYY[-MM[-DD]].")
@click.option("--before", "published_before", metavar="DATE", help="Published on or before YYYY[-MM[-DD]].")
@click.option(
    "--match", type=click.Choice([match.value for match in Match]), help="How much of QUERY to ask for."
)
@click.option(
    "--collapse",
    type=click.Choice([collapse.value for collapse in Collapse]),
    help="Whether copies of a text are one hit.",
)
@click.option(
    "--semantic",
    type=click.Choice([mode.value for mode in SemanticMode]),
    help="What meaning does to the hits.",
)
@click.option("--sort", type=click.Choice([sort.value for sort in Sort]), help="Order of the hits.")
@click.option("--page", help="Page of the hits, from 1.")
@click.option("--per-page", help="Hits on a page, up to 100.")
@data_option
@json_option
def search_command(
    query: str,
    region: tuple[str, ...],
    source: tuple[str, ...],
    folder: DataFolder,
    as_json: bool,
    **options: str | None,
) -> int:
    """Search for QUERY: words, "phrases", -without, OR, (brackets), title:word, year:2024, "a b"~5, stem*."""
    pairs = [("q", query), *(("region", name) for name in region), *(("source", name) for name in source)]
    pairs += [(name, value) for name, value in options.items() if value is not None]
    analyzer = open_analyzer(folder)
    regions = RegionResolver.load(analyzer.folding, Regions.load())
    parameters = read_search(pairs, regions)
    settings = load_settings()
    with (
        open_semantics(folder, settings.semantic) as semantics,
        open_search(folder, analyzer, ranking=settings.ranking, meaning=semantics.meaning) as opened,
    ):
        indexing.catch_up_to_search(opened)
        result = opened.service.search(parameters.request)
    if as_json:
        print_json(search_answer(result, parameters, regions.regions))
    else:
        show_result(result, Console(), regions.regions)
    return Exit.DONE if result.hits or result.total else Exit.NOT_FOUND


@cli.command("analyze")
@click.argument("text")
@click.option(
    "--as", "use", type=click.Choice([use.value for use in TextUse]), help="What TEXT is taken for."
)
@data_option
@json_option
def analyze_command(text: str, use: str | None, folder: DataFolder, as_json: bool) -> None:
    """Show how TEXT is read: repaired and cut into words as an article's, or as a query as it stands."""
    parameters = read_analysis([("text", text), *([] if use is None else [("as", use)])])
    analyzer = open_analyzer(folder)
    analysis = analyze_text(parameters.text, parameters.use, analyzer, Repairer.load(analyzer.folding))
    if as_json:
        print_json(analysis_answer(analysis))
    else:
        show_analysis(analysis)


@cli.command("serve")
@setting_option("--host", config.HOST)
@setting_option("--port", config.PORT)
@data_option
def serve_command(folder: DataFolder, host: str | None, port: int | None) -> None:
    """Serve the search page and the query API."""
    start_serving(folder, open_analyzer(folder), host, port)


@cli.command("demo")
@setting_option("--host", config.HOST)
@setting_option("--port", config.PORT)
@click.option(
    "--data",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    help=setting_help(config.DATA),
)
def demo_command(root: Path | None, host: str | None, port: int | None) -> None:
    """Load the sample articles into the folder `demo` of the data folder, and serve them."""
    folder = DataFolder((root or load_settings().data) / "demo")
    analyzer = open_analyzer(folder)
    number = serving.load_sample(folder, analyzer)
    print_line(f"{number} sample articles are loaded.")
    for query in serving.DEMO_QUERIES:
        print_line(f"Try: {query}")
    start_serving(folder, analyzer, host, port)


@cli.command("rebuild")
@data_option
@json_option
def rebuild_command(folder: DataFolder, as_json: bool) -> None:
    """Build the index anew from the stored articles, and switch to it."""
    with open_search(folder, open_analyzer(folder)) as opened:
        report = indexing.rebuild(opened.upkeep, opened.service.stats().articles)
    if as_json:
        print_json(report)
    else:
        print_line(f"{report.changes:,} articles indexed into generation {report.generation}.")


@cli.command("optimise")
@data_option
@json_option
def optimise_command(folder: DataFolder, as_json: bool) -> None:
    """Merge the index into as few files as can be, for the fastest searching."""
    report = optimise(Upkeep.of(folder, open_analyzer(folder)))
    if as_json:
        print_json(report)
    else:
        print_line(f"The index is merged; its generation is {report.generation} now.")


@cli.command("check")
@data_option
@json_option
def check_command(folder: DataFolder, as_json: bool) -> int:
    """Check that articles and index are whole and agree."""
    sound = True
    for finding in maintenance.check(folder, open_analyzer(folder)):
        sound = False
        if as_json:
            print_json(finding)
        else:
            print_line(f"{finding.place}: {finding.detail}")
    if sound and not as_json:
        print_line("All is well.")
    return Exit.DONE if sound else Exit.NOT_FOUND


@cli.command("stats")
@data_option
@json_option
def stats_command(folder: DataFolder, as_json: bool) -> None:
    """Count what the data folder holds."""
    stats = msgspec.to_builtins(maintenance.stats(folder, open_analyzer(folder)))
    if as_json:
        print_json(stats)
    else:
        for name, value in stats.items():
            print_line(f"{name.replace('_', ' ')}: {'-' if value is None else value}")


@cli.command("reload-dictionary")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@data_option
@json_option
def reload_dictionary_command(file: Path, folder: DataFolder, as_json: bool) -> None:
    """Make FILE the words that are added to the dictionary: one a line, with a weight behind a tab if any.

    They replace those added before; an empty file takes all away. Articles that hold a word that has changed
    are indexed anew.
    """
    report = reload_dictionary(folder, file)
    if as_json:
        print_json(report)
    else:
        print_line(f"{report.words:,} words, {report.added:,} of them new, {report.removed:,} taken away.")


@cli.command("delete")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@data_option
@json_option
def delete_command(ids: tuple[str, ...], folder: DataFolder, as_json: bool) -> int:
    """Delete articles by their ids."""
    asked = tuple(dict.fromkeys(ids))
    missing = {*articles.delete(folder, tuple(filter(is_id, asked))), *filterfalse(is_id, asked)}
    named = tuple(article_id for article_id in asked if article_id in missing)
    generation = index_stored(folder, open_analyzer(folder))
    deleted = len(asked) - len(missing)
    if as_json:
        print_json({"deleted": deleted, "missing": tuple(map(readable, named)), "generation": generation})
    else:
        print_line(f"{deleted} deleted.")
        for article_id in named:
            print_error(f"There is no article {article_id}.")
    return Exit.NOT_FOUND if missing else Exit.DONE


@cli.command("export")
@click.option("--original", metavar="ID", help="Only what came in for this article, byte for byte.")
@data_option
def export_command(original: str | None, folder: DataFolder) -> None:
    """Print all articles as JSON lines that `ingest` reads back."""
    if original is not None:
        sys.stdout.buffer.write(articles.original(folder, original))
        return
    for record in articles.export(folder):
        print_json(record)


cli.add_command(evaluate_command)
cli.add_command(suggest_command)
cli.add_command(vectors_command)
for query_log_command in QUERY_LOG_COMMANDS:
    cli.add_command(query_log_command)


def start_serving(folder: DataFolder, analyzer: Analyzer, host: str | None, port: int | None) -> None:
    """Serve with the settings of the environment where no option is given; says where."""
    settings = load_settings()
    host, port = host or settings.host, port or settings.port
    web_settings = WebSettings(public_url=settings.public_url, hosts=settings.names)
    with serving.listen(host, port) as listening:
        print_line(f"Serving on http://{host}:{port}/ (stop with Ctrl+C)")
        serving.serve(
            folder,
            analyzer,
            web_settings,
            listening,
            query_log=settings.query_log,
            semantic=settings.semantic,
            ranking=settings.ranking,
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit with its status; errors are one line on standard error, faults one each."""
    try:
        status = cli.main(arguments, prog_name=PROGRAM, standalone_mode=False)
    except click.ClickException as error:
        shown = StringIO()
        error.show(shown)
        for line in shown.getvalue().splitlines():
            print_error(line)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BadParameters as error:
        for fault in error.faults:
            print_error(f"{PROGRAM}: {fault.parameter}: {fault.detail}")
            for alternative in fault.alternatives:
                print_error(f"  {alternative}")
        sys.exit(Exit.BAD_INPUT)
    except PolicySearchError as error:
        print_error(f"{PROGRAM}: {error}")
        sys.exit(EXIT_OF_CAUSE[error.cause])
    except OSError as error:
        _log.debug("the system refused something", exc_info=error)
        print_error(f"{PROGRAM}: {advice_of_system(error)}")
        sys.exit(exit_of_system(error))
    sys.exit(status or Exit.DONE)
