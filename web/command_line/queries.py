"""The arguments of the commands about the query log."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

from index.data_folder import DataFolder
from search.query_log.report import most_asked, zero_hits
from web.command_line.options import data_option, json_option
from web.commands.exits import Exit
from web.commands.queries import ForgottenReport, forget, report_of, show_report
from web.commands.terminal import print_json, print_line
from web.config import load_settings
from web.presenters.query_report import QueriesAnswer, ZeroHitsAnswer, queries_answer, zero_hits_answer

DAYS: Final = 7
LIMIT: Final = 20
MAX_LIMIT: Final = 1_000

Command = TypeVar("Command", bound=Callable[..., Any])


def _period_options(command: Command) -> Command:
    """`--days` and `--limit`."""
    with_days = click.option(
        "--days",
        type=click.IntRange(1, 90),
        default=DAYS,
        show_default=True,
        help="Days up to now that count.",
    )
    with_limit = click.option(
        "--limit",
        type=click.IntRange(1, MAX_LIMIT),
        default=LIMIT,
        show_default=True,
        help="Queries at most.",
    )
    return with_days(with_limit(command))


@click.command("zero-hits")
@_period_options
@data_option
@json_option(ZeroHitsAnswer)
def zero_hits_command(days: int, limit: int, folder: DataFolder, as_json: bool) -> int:
    """Show which queries found nothing, and how often. Exit status 1: there are none."""
    report = report_of(folder, load_settings().query_log, zero_hits, days, limit)
    if as_json:
        print_json(zero_hits_answer(report))
    else:
        show_report(report)
    return Exit.DONE if report.queries else Exit.NOT_FOUND


@click.command("queries")
@_period_options
@data_option
@json_option(QueriesAnswer)
def queries_command(days: int, limit: int, folder: DataFolder, as_json: bool) -> int:
    """Show what is searched for most often. Exit status 1: nothing was."""
    report = report_of(folder, load_settings().query_log, most_asked, days, limit)
    if as_json:
        print_json(queries_answer(report))
    else:
        show_report(report)
    return Exit.DONE if report.queries else Exit.NOT_FOUND


@click.command("forget-queries")
@data_option
@json_option(ForgottenReport)
def forget_queries_command(folder: DataFolder, as_json: bool) -> None:
    """Remove all queries that were kept."""
    hours = forget(folder)
    if as_json:
        print_json(ForgottenReport(hours))
    else:
        print_line(f"The queries of {hours:,} hours are removed.")
