"""The arguments of `serve` and `demo`."""

import logging
import shlex
import sys
from dataclasses import replace
from pathlib import Path

import click

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.engine_settings import IN_FOLDER, EngineName, EngineSettings
from search.semantic.answer import SemanticMode
from web import config
from web.command_line.engine_options import engine_options
from web.command_line.options import (
    ChosenFolder,
    chosen_data_option,
    named_root,
    setting_help,
    setting_option,
)
from web.commands import serving
from web.commands.cluster_serving import serve_cluster
from web.commands.terminal import print_line
from web.config import (
    EMBEDDER,
    QUERY_LOG_DAYS,
    SAVED,
    SEMANTIC,
    Settings,
    check_saved,
    load_admin_token,
    load_settings,
)
from web.http.admin_token import AdminToken
from web.saved.mode import SavedMode
from web.serving.opening import open_analyzer
from web.serving.program import program_version
from web.setting import SettingInvalid
from web.settings import WebSettings

_log = logging.getLogger(__name__)


@click.command("serve")
@setting_option("--host", config.HOST)
@setting_option("--port", config.PORT)
@setting_option("--workers", config.WORKERS)
@chosen_data_option
@engine_options
def serve_command(
    chosen: ChosenFolder, engine: EngineSettings, host: str | None, port: int | None, workers: int | None
) -> None:
    """Serve the search page and the query API.

    With an index in a cluster no data folder is needed: where none is named, and the usual one is not there,
    this machine only serves what the cluster holds.
    """
    if engine.engine is EngineName.OPENSEARCH and not (chosen.is_named or chosen.folder.root.exists()):
        start_serving_cluster(host, port, workers, engine=engine)
    else:
        folder = chosen.folder
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
    web_settings = _web_settings(settings, token, saves_searches=settings.saved is not SavedMode.OFF)
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


def start_serving_cluster(
    host: str | None, port: int | None, workers: int | None, *, engine: EngineSettings
) -> None:
    """The same without a data folder. Raises SettingInvalid where a setting needs one."""
    settings = load_settings()
    host, port = host or settings.host, port or settings.port
    _check_without_data(settings)
    web_settings = _web_settings(settings, load_admin_token(), saves_searches=False)
    with serving.listen(host, port) as listening:
        print_line(
            f"Serving on http://{host}:{port}/ what the search cluster holds, without a data folder "
            "(stop with Ctrl+C)"
        )
        serve_cluster(
            web_settings,
            listening,
            ranking=settings.ranking,
            engine=engine,
            processes=replace(settings.processes, workers=workers or settings.processes.workers),
        )


def _check_without_data(settings: Settings) -> None:
    """Say which settings have no effect on a machine without a data folder. Raises SettingInvalid where one
    would give other answers than the machine that has it."""
    semantic = settings.semantic
    if semantic.embedder or semantic.default is not SemanticMode.OFF:
        raise SettingInvalid(
            f"ranking by meaning reads vectors from a data folder, and this machine has none: leave out "
            f"{EMBEDDER.variable} and {SEMANTIC.variable}, or name a folder with --data"
        )
    for setting, is_asked_for in (
        (QUERY_LOG_DAYS, settings.query_log.days > 0),
        (SAVED, settings.saved is not SavedMode.OFF),
    ):
        if is_asked_for:
            _log.warning("%s has no effect here: it needs a data folder", setting.variable)


def _web_settings(settings: Settings, token: AdminToken | None, *, saves_searches: bool) -> WebSettings:
    return WebSettings(
        public_url=settings.public_url,
        contact=settings.contact,
        hosts=settings.names,
        admin_token=token,
        saves_searches=saves_searches,
        program=program_version(),
        observing=settings.observing,
        limits=settings.limits,
    )
