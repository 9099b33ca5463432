"""`serve` on a machine without a data folder: all that it shows comes from the cluster."""

import socket
from dataclasses import replace
from functools import partial
from typing import Final

from index.engine_settings import EngineSettings
from index.factory import open_cluster
from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from index.text.folding import Folding
from search.factory import open_engine
from search.ranking import Ranking
from web.app import create_app
from web.http.bearer import BearerCheck
from web.http.elsewhere import elsewhere_routes
from web.observing.endpoint import metrics_routes
from web.observing.metrics import Metrics
from web.observing.state import ReadinessCollector
from web.serving.http_server import Process, in_processes, run
from web.serving.keeper import IndexKeeper, KeptService
from web.serving.served_search import open_served
from web.serving.stopping import Stopping
from web.settings import ProcessSettings, WebSettings

WORK: Final = "following the search cluster"


def serve_cluster(
    settings: WebSettings,
    listening: socket.socket,
    *,
    ranking: Ranking,
    engine: EngineSettings,
    processes: ProcessSettings,
) -> None:
    """Serve until SIGINT or SIGTERM what the cluster holds, and follow it meanwhile; it is never written to.

    Until there is all that a search needs, requests are answered with 503. With several processes this
    returns in each of them; see `run_workers`. Raises what `open_cluster` does, ClusterRefused,
    AliasAmbiguous and MappingWrong.
    """
    folding = Folding.load()
    work = partial(
        _serve,
        folding,
        settings.shared_among(processes.workers),
        ranking=ranking,
        engine=engine,
    )
    in_processes(work, listening, processes)


def _serve(
    folding: Folding,
    settings: WebSettings,
    process: Process,
    *,
    ranking: Ranking,
    engine: EngineSettings,
) -> None:
    """Serve in this process."""
    with open_cluster(engine, k1=ranking.k1, b=ranking.b) as cluster:
        cluster.check_served()
        open_engine_there = partial(open_engine, cluster, ranking=ranking)
        with open_served(cluster, open_engine_there, folding, ranking) as served:
            keeper = IndexKeeper(served.tend, work=WORK)
            token, wrong = settings.admin_token, settings.limits.wrong_tokens
            check = None if token is None else BearerCheck(token, most_wrong=wrong)
            stopping, metrics = Stopping(), Metrics()
            kept = KeptService(served, keeper, is_stopping=stopping.has_begun)
            state = ReadinessCollector(kept)
            app = create_app(
                kept,
                # There is nothing to administer here; who may read the metrics shows the same token.
                replace(settings, admin_token=None),
                RegionResolver.load(folding, Regions.load()),
                suggestions=served,
                private=(*elsewhere_routes(), *metrics_routes(state, metrics, check, settings.observing)),
                metrics=metrics,
            )
            run(app, settings.limits, (keeper,), process, stopping)
