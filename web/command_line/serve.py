"""The arguments of `serve` and `demo`."""

import shlex
import sys
from dataclasses import replace
from pathlib import Path

import click

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.engine_settings import IN_FOLDER, EngineSettings
from web import config
from web.command_line.engine_options import engine_options
from web.command_line.options import data_option, named_root, setting_help, setting_option
from web.commands import serving
from web.commands.terminal import print_line
from web.config import check_saved, load_admin_token, load_settings
from web.saved.mode import SavedMode
from web.serving.opening import open_analyzer
from web.serving.program import program_version
from web.settings import WebSettings


@click.command("serve")
@setting_option("--host", config.HOST)
@setting_option("--port", config.PORT)
@setting_option("--workers", config.WORKERS)
@data_option
@engine_options
def serve_command(
    folder: DataFolder, engine: EngineSettings, host: str | None, port: int | None, workers: int | None
) -> None:
    """Serve the search page and the query API."""
    start_serving(folder, open_analyzer(folder), host, port, workers, engine=engine)


@click.command("demo")
@setting_option("--host", config.HOST)
@setting_option("--port", config.PORT)
@click.option(
    "--data",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    callback=named_root,
    help=setting_help(config.DATA),
)
def demo_command(root: Path, host: str | None, port: int | None) -> None:
    """Load the sample articles into the folder `demo` of the data folder, and serve them."""
    folder = DataFolder(root / "demo")
    folder.check_private()
    analyzer = open_analyzer(folder)
    number = serving.load_sample(folder, analyzer)
    print_line(f"{number} sample articles are loaded.")
    for query in serving.DEMO_QUERIES:
        print_line(f"Try: {query}")
    words = (sys.argv[0], "search", serving.DEMO_QUERIES[0], "--data", str(folder.root))
    print_line(f"In another terminal: {shlex.join(words)}")
    # Its articles are for looking around, and must not take the place of others in a cluster.
    start_serving(folder, analyzer, host, port, engine=IN_FOLDER)


def start_serving(
    folder: DataFolder,
    analyzer: Analyzer,
    host: str | None,
    port: int | None,
    workers: int | None = None,
    *,
    engine: EngineSettings,
) -> None:
    """Serve with the settings of the environment where no option is given; says where."""
    settings = load_settings()
    host, port = host or settings.host, port or settings.port
    token = load_admin_token()
    check_saved(settings.saved, token)
    web_settings = WebSettings(
        public_url=settings.public_url,
        contact=settings.contact,
        hosts=settings.names,
        admin_token=token,
        saves_searches=settings.saved is not SavedMode.OFF,
        program=program_version(),
        observing=settings.observing,
        limits=settings.limits,
    )
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
            engine=engine,
            saved=settings.saved,
            processes=replace(settings.processes, workers=workers or settings.processes.workers),
        )
