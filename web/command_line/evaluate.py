"""The arguments of `evaluate`."""

from pathlib import Path

import click

from index.data_folder import DataFolder
from index.engine_settings import EngineSettings
from search.evaluation.comparison import compare
from search.evaluation.floors import read_floors, shortfalls
from search.evaluation.report import Report, encode_report, read_sets_of_report
from search.evaluation.run_file import read_run, run_lines
from search.evaluation.set_folder import read_sets
from search.evaluation.set_result import measure_set
from web.command_line.engine_options import engine_options
from web.command_line.options import data_option, json_option
from web.commands.evaluate import ask_collection, ask_folder
from web.commands.evaluation_report import show_report, tell_of_faults
from web.commands.exits import Exit
from web.commands.terminal import print_json

RUN_NAME = "policy-search"
"""Names our answers in a run file."""

_READ = click.Path(exists=True, dir_okay=False, path_type=Path)
_WRITTEN = click.Path(dir_okay=False, path_type=Path)


@click.command("evaluate")
@click.argument(
    "folders",
    metavar="FOLDER...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option(
    "--articles",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Index these files for this once, and ask them in place of the data folder.",
)
@click.option("--run", "run", type=_READ, help="Measure this TREC run in place of our own answers.")
@click.option("--write-run", type=_WRITTEN, help="Write our answers as a TREC run.")
@click.option("--compare", "earlier", type=_READ, help="Compare with this kept result, query by query.")
@click.option("--floors", "floor_file", type=_READ, help="Fail where a set is below a floor of this file.")
@click.option("--save", type=_WRITTEN, help="Keep the result in this file, for --compare.")
@data_option
@engine_options
@json_option(Report)
def evaluate_command(
    *,
    folders: tuple[Path, ...],
    articles: tuple[Path, ...],
    run: Path | None,
    write_run: Path | None,
    earlier: Path | None,
    floor_file: Path | None,
    save: Path | None,
    folder: DataFolder,
    engine: EngineSettings,
    as_json: bool,
) -> int:
    """Measure how good the answers to judged queries are.

    Each FOLDER is a set, with queries.jsonl (or topics) and qrels.tsv. Printed are nDCG@10, MRR@10 and
    Recall@100 with 95 % intervals, and the share of queries without a hit. Exit status 1: below a floor.
    """
    if run is not None and articles:
        raise click.UsageError("--run and --articles exclude each other: a run holds its answers already.")
    sets = read_sets(folders)
    # Before the queries are asked, which takes long: a file that cannot be used is told at once.
    floors = {} if floor_file is None else read_floors(floor_file, [judged.name for judged in sets])
    before = None if earlier is None else read_sets_of_report(earlier)
    if run is not None:
        answers = read_run(run)
    else:
        answers = (
            ask_collection(articles, sets, engine=engine)
            if articles
            else ask_folder(folder, sets, engine=engine)
        )
    results = tuple(measure_set(judged, answers) for judged in sets)
    report = Report(
        sets=results,
        comparison=() if before is None else compare(before, results),
        shortfalls=shortfalls(floors, results),
    )
    if as_json:
        print_json(report)
    else:
        show_report(report)
    tell_of_faults(report)
    if save is not None:
        save.write_bytes(encode_report(report))
    if write_run is not None:
        lines = "".join(f"{line}\n" for line in run_lines(answers, RUN_NAME))
        write_run.write_text(lines, encoding="utf-8", newline="\n")
    return Exit.NOT_FOUND if report.shortfalls else Exit.DONE
