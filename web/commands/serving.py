"""`serve` and `demo`: the site on a port."""

import signal
import socket
import sys
from contextlib import ExitStack
from functools import partial
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path
from typing import ClassVar, NoReturn

import uvicorn

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.errors import Cause, PolicySearchError
from index.ingest import Failed
from index.readers.mapping import FieldMap
from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from search.query_log.files import Retention
from search.ranking import Ranking
from web.admin.live import Follower
from web.admin.opening import AdminParts, composings_in_processes, open_admin
from web.app import create_app
from web.commands.ingest import Inputs, ingest
from web.http.bearer import BearerCheck
from web.saved.mode import SavedMode
from web.saved.mounting import saved_parts
from web.saved.opening import open_saved
from web.serving.keeper import IndexKeeper, KeptService
from web.serving.opening import open_live, open_query_log, prepare
from web.serving.semantics import open_semantics, tend_vectors
from web.settings import SemanticSettings, WebSettings

GRACEFUL_S = 20
"""Seconds that running requests get after SIGTERM (the team's reliability notes)."""
BACKLOG = 2048
"""Connections that wait to be accepted: uvicorn's own default."""

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
    saved: SavedMode,
) -> None:
    """Serve until SIGINT or SIGTERM; the index, and vectors, are kept up to date meanwhile."""
    signal.signal(signal.SIGTERM, _exit)
    prepare(folder)
    with (
        open_semantics(folder, semantic) as semantics,
        open_live(folder, analyzer, semantics.meaning, ranking) as live,
        open_query_log(folder, query_log) as queries,
        ExitStack() as opened,
    ):
        keepers = [IndexKeeper(live.tend)]
        if semantics.upkeep is not None:
            keepers.append(IndexKeeper(partial(tend_vectors, semantics.upkeep), work="embedding"))
        regions = RegionResolver.load(analyzer.folding, Regions.load())
        check = None if settings.admin_token is None else BearerCheck(settings.admin_token)
        indexing = keepers[0]
        parts = AdminParts(
            folder=folder,
            follower=Follower(live, indexing.wake, lambda: indexing.failure),
            regions=regions,
            composings=composings_in_processes(),
            retention=query_log,
        )
        admin = opened.enter_context(open_admin(parts, check))
        saving = opened.enter_context(open_saved(folder, live, regions, saved))
        if saving is not None:
            keepers.append(IndexKeeper(saving.alerts.tend, work="alerting"))
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(
                    KeptService(live, *keepers),
                    settings,
                    regions,
                    queries,
                    live,
                    private=admin,
                    saved=saved_parts(saving, settings.admin_token, check),
                ),
                # h11 refuses more malformed requests than the faster parsers.
                http="h11",
                ws="none",
                server_header=False,
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=GRACEFUL_S,
            )
        )
        # uvicorn takes the signal once its loop runs, and raises it again when it has shut down.
        signal.signal(signal.SIGTERM, partial(_shut_down, server))
        for keeper in keepers:
            keeper.start()
        try:
            server.run(sockets=[listening])
        finally:
            for keeper in keepers:
                keeper.stop()


def _exit(_number: int, _frame: object) -> NoReturn:
    sys.exit(0)


def _shut_down(server: uvicorn.Server, _number: int, _frame: object) -> None:
    server.should_exit = True


def _refuse_failure(event: object) -> None:
    if isinstance(event, Failed):
        raise SampleBroken(f"{event.location}: {event.reason}")
