"""`serve` and `demo`: the site on a port."""

import logging
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import partial
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path
from typing import ClassVar, NoReturn

import uvicorn

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.engine_settings import EngineSettings
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
from web.commands.ingest import Inputs, ingest
from web.guard.protocol import guarded
from web.http.bearer import BearerCheck
from web.observing.endpoint import metrics_routes
from web.observing.metrics import Metrics
from web.saved.mode import SavedMode
from web.saved.mounting import saved_parts
from web.saved.opening import open_saved
from web.serving.daily_check import INTERVAL_S as CHECK_INTERVAL_S
from web.serving.daily_check import DailyCheck, check_command
from web.serving.elected import Elected
from web.serving.keeper import IndexKeeper, KeptService
from web.serving.opening import open_index, open_live, open_query_log, prepare
from web.serving.semantics import open_semantics, tend_vectors
from web.serving.stopping import Again, GracefulServer, Stopping, leave_at_once, wait_on
from web.serving.workers import SILENCE_S, run_workers
from web.settings import ProcessSettings, SemanticSettings, StopSeconds, WebSettings

SPARE_S = 5
"""How much longer than itself a worker is waited for until it is killed. By hand."""
SWITCH_S = 0.0002
"""How long a thread keeps the interpreter while others wait; Python's own is 5 ms. A search lets go of it a
hundred times and more. While suggestions were made from 107,344 articles a page took 1.7 s at the median with
5 ms, and 0.11 s with this (2026-11-28)."""
BACKLOG = 2048
"""Connections that wait to be accepted: uvicorn's own default."""

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
    signal.signal(signal.SIGTERM, _exit)
    prepare(folder)
    stop, workers = processes.stop, processes.workers
    work = partial(
        _serve,
        folder,
        analyzer,
        settings.shared_among(workers),
        listening,
        query_log=query_log,
        semantic=semantic,
        ranking=ranking,
        engine=engine,
        saved=saved,
        stop=stop,
    )
    if workers == 1:
        work(_nobody_waits, again=leave_at_once)
    else:
        bound_s = stop.all + SPARE_S
        # Of a worker that stops no sign comes either.
        silence_s = max(SILENCE_S, bound_s)
        run_workers(workers, partial(work, again=wait_on), listening.close, bound_s, silence_s)


def _serve(
    folder: DataFolder,
    analyzer: Analyzer,
    settings: WebSettings,
    listening: socket.socket,
    give_sign: Callable[[], None],
    *,
    query_log: Retention,
    semantic: SemanticSettings,
    ranking: Ranking,
    engine: EngineSettings,
    saved: SavedMode,
    stop: StopSeconds,
    again: Again,
) -> None:
    """Serve in this process."""
    sys.setswitchinterval(SWITCH_S)
    with (
        open_semantics(folder, semantic) as semantics,
        open_index(folder, engine, ranking) as place,
        open_live(folder, analyzer, semantics.meaning, ranking, place=place) as live,
        open_query_log(folder, query_log) as queries,
        ExitStack() as opened,
    ):
        if (reason := check_place(place, analyzer)) is not None:
            _log.warning("the index is made anew: %s", reason)
        store = open_store(folder, analyzer, place)
        keepers = [IndexKeeper(live.tend)]
        if semantics.upkeep is not None:
            keepers.append(IndexKeeper(partial(tend_vectors, semantics.upkeep), work="embedding"))
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
        daily = DailyCheck(Upkeep(folder, analyzer, store), check_command(folder, engine))
        elected = opened.enter_context(closing(Elected(folder.check_lock, daily.tend)))
        keepers.append(IndexKeeper(elected.tend, CHECK_INTERVAL_S, daily.work))
        stopping = Stopping()
        kept, metrics = KeptService(live, *keepers, daily, is_stopping=stopping.has_begun), Metrics()
        told = metrics_routes(folder, kept, metrics, check, settings.observing, generations=store.generations)
        server = GracefulServer(
            uvicorn.Config(
                create_app(
                    kept,
                    settings,
                    regions,
                    queries,
                    live,
                    private=(*admin, *told),
                    saved=saved_parts(saving, settings.admin_token, check),
                    metrics=metrics,
                ),
                http=guarded(settings.limits),
                ws="none",
                proxy_headers=bool(settings.limits.proxies),
                forwarded_allow_ips=[str(proxy) for proxy in settings.limits.proxies],
                server_header=False,
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=stop.running,
            ),
            stopping,
            seconds=stop,
            again=again,
            give_sign=give_sign,
        )
        # It takes the signal by itself once its loop runs.
        signal.signal(signal.SIGTERM, server.handle_exit)
        for keeper in keepers:
            keeper.start()
        try:
            server.run(sockets=[listening])
        finally:
            for keeper in keepers:
                keeper.stop()


def _exit(_number: int, _frame: object) -> NoReturn:
    sys.exit(0)


def _nobody_waits() -> None:
    """Nobody has to know that the only process serves."""


def _refuse_failure(event: object) -> None:
    if isinstance(event, Failed):
        raise SampleBroken(f"{event.location}: {event.reason}")
