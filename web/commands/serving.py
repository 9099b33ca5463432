"""`serve` and `demo`: the site on a port."""

import logging
import socket
from contextlib import ExitStack, closing
from functools import partial
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path
from typing import ClassVar

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.engine_settings import EngineName, EngineSettings
from index.errors import Cause, PolicySearchError
from index.factory import check_place, open_store
from index.ingest import Failed
from index.readers.mapping import FieldMap
from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from index.upkeep import Upkeep
from search.query_log.files import Retention
from search.ranking import Ranking
from web.admin.live import Follower
from web.admin.opening import AdminParts, composings_in_processes, open_admin
from web.app import create_app
from web.commands.indexing_aside import IndexingAside
from web.commands.ingest import Inputs, ingest
from web.http.bearer import BearerCheck
from web.observing.endpoint import metrics_routes
from web.observing.metrics import Metrics
from web.observing.state import StateCollector
from web.saved.mode import SavedMode
from web.saved.mounting import saved_parts
from web.saved.opening import open_saved
from web.serving.commands_aside import command_of
from web.serving.daily_check import INTERVAL_S as CHECK_INTERVAL_S
from web.serving.daily_check import DailyCheck
from web.serving.elected import Elected
from web.serving.http_server import BACKLOG, Process, in_processes, run
from web.serving.keeper import Aside, IndexKeeper, KeptService, nowhere_else
from web.serving.opening import open_index, open_live, open_query_log, prepare
from web.serving.semantics import open_semantics, tend_vectors
from web.serving.stopping import Stopping
from web.serving.supplying import open_supply
from web.settings import ProcessSettings, SemanticSettings, WebSettings

_log = logging.getLogger(__name__)

DEMO_QUERIES = ("协同创新", '"总投资超过100亿元"', "科技创新 -武汉")
"""Words in either script, an exact phrase, and a word left out: things to try."""


class PortUnavailable(PolicySearchError):
    """Nothing can be served at this address; the message says why."""

    kind: ClassVar[str] = "port-unavailable"
    cause: ClassVar[Cause] = Cause.MISCONFIGURED


class SampleBroken(AssertionError):
    """The bundled sample does not load: a fault of this program."""


def load_sample(folder: DataFolder, analyzer: Analyzer) -> int:
    """Store and index the bundled sample articles, and count them; loading them again changes nothing."""
    with as_file(files("web").joinpath("sample")) as sample:
        inputs = Inputs((Path(sample),), FieldMap.parse(()), BytesIO())
        report = ingest(folder, analyzer, inputs, _refuse_failure)
    summary = report.summary
    return summary.new + summary.updated + summary.unchanged


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at an address. Raises PortUnavailable."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # socket.create_server leaves its socket open where port or host is none: OverflowError, UnicodeError.
    # asyncio switches Nagle's algorithm off only where the protocol is named; with it the second write of an
    # answer waits 40 ms on a connection that is kept alive.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except (OSError, OverflowError, UnicodeError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or error
        raise PortUnavailable(
            f"cannot listen on {host}, port {port}: {reason}; choose others with --host and --port"
        ) from error
    return listening


def serve(
    folder: DataFolder,
    analyzer: Analyzer,
    settings: WebSettings,
    listening: socket.socket,
    *,
    query_log: Retention,
    semantic: SemanticSettings,
    ranking: Ranking,
    engine: EngineSettings,
    saved: SavedMode,
    processes: ProcessSettings,
) -> None:
    """Serve until SIGINT or SIGTERM; the index, and vectors, are kept up to date meanwhile.

    With several processes this returns in each of them; see `run_workers`.
    """
    prepare(folder)
    work = partial(
        _serve,
        folder,
        analyzer,
        settings.shared_among(processes.workers),
        query_log=query_log,
        semantic=semantic,
        ranking=ranking,
        engine=engine,
        saved=saved,
    )
    in_processes(work, listening, processes)


def _serve(
    folder: DataFolder,
    analyzer: Analyzer,
    settings: WebSettings,
    process: Process,
    *,
    query_log: Retention,
    semantic: SemanticSettings,
    ranking: Ranking,
    engine: EngineSettings,
    saved: SavedMode,
) -> None:
    """Serve in this process."""
    with (
        open_semantics(folder, semantic) as semantics,
        open_index(folder, engine, ranking) as place,
        open_live(
            folder, analyzer, semantics.meaning, ranking, place=place, aside=_aside(folder, engine)
        ) as live,
        open_query_log(folder, query_log) as queries,
        ExitStack() as opened,
    ):
        if (reason := check_place(place, analyzer)) is not None:
            _log.warning("the index is made anew: %s", reason)
        store = open_store(folder, analyzer, place)
        keepers = [IndexKeeper(live.tend)]
        if semantics.upkeep is not None:
            keepers.append(IndexKeeper(partial(tend_vectors, semantics.upkeep), work="embedding"))
        keepers += opened.enter_context(open_supply(folder, place, lambda: live.taken_up().analyzer))
        regions = RegionResolver.load(analyzer.folding, Regions.load())
        token, wrong = settings.admin_token, settings.limits.wrong_tokens
        check = None if token is None else BearerCheck(token, most_wrong=wrong)
        indexing = keepers[0]
        parts = AdminParts(
            folder=folder,
            place=place,
            follower=Follower(live, indexing.wake, lambda: indexing.failure),
            regions=regions,
            composings=composings_in_processes(),
            retention=query_log,
        )
        admin = opened.enter_context(open_admin(parts, check))
        saving = opened.enter_context(open_saved(folder, live, regions, saved))
        if saving is not None:
            keepers.append(IndexKeeper(saving.alerts.tend, work="alerting"))
        daily = DailyCheck(Upkeep(folder, analyzer, store, place=place), command_of("check", folder, engine))
        elected = opened.enter_context(closing(Elected(folder.check_lock, daily.tend)))
        keepers.append(IndexKeeper(elected.tend, CHECK_INTERVAL_S, daily.work))
        stopping = Stopping()
        kept, metrics = KeptService(live, *keepers, daily, is_stopping=stopping.has_begun), Metrics()
        state = StateCollector(folder, kept, store.generations)
        app = create_app(
            kept,
            settings,
            regions,
            queries,
            live,
            private=(*admin, *metrics_routes(state, metrics, check, settings.observing)),
            saved=saved_parts(saving, settings.admin_token, check),
            metrics=metrics,
        )
        run(app, settings.limits, keepers, process, stopping)


def _aside(folder: DataFolder, engine: EngineSettings) -> Aside:
    """A cluster's index is made with the ranking of this server, which no other command is told."""
    if engine.engine is EngineName.OPENSEARCH:
        return nowhere_else
    return IndexingAside(folder.aside_lock, command_of("index", folder, engine))


def _refuse_failure(event: object) -> None:
    if isinstance(event, Failed):
        raise SampleBroken(f"{event.location}: {event.reason}")
