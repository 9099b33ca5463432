"""The arguments of `analyze`."""

import click

from index.data_folder import DataFolder
from index.text.repair import Repairer
from search.text_analysis import TextUse, analyze_text
from web.api.answers.analysis import AnalysisAnswer
from web.command_line.options import data_option, json_option
from web.commands.analyze import show_analysis
from web.commands.terminal import print_json
from web.parameters.lookups import read_analysis
from web.presenters.analysis_answer import analysis_answer
from web.serving.opening import open_analyzer


@click.command("analyze")
@click.argument("text")
@click.option(
    "--as", "use", type=click.Choice([use.value for use in TextUse]), help="What TEXT is taken for."
)
@data_option
@json_option(AnalysisAnswer)
def analyze_command(text: str, use: str | None, folder: DataFolder, as_json: bool) -> None:
    """Show how TEXT is read: repaired and cut into words as an article's, or as a query as it stands."""
    parameters = read_analysis([("text", text), *([] if use is None else [("as", use)])])
    analyzer = open_analyzer(folder)
    analysis = analyze_text(parameters.text, parameters.use, analyzer, Repairer.load(analyzer.folding))
    if as_json:
        print_json(analysis_answer(analysis))
    else:
        show_analysis(analysis)
