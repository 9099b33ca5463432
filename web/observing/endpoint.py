"""`/metrics`: for those who show the admin token."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.http.bearer import BearerCheck
from web.observing.metrics import Metrics
from web.settings import ObservingSettings

METRICS_PATH: Final = "/metrics"
PROCESSES: Final = Path("/proc")


def metrics_routes(
    state: Collector, metrics: Metrics, check: BearerCheck | None, settings: ObservingSettings
) -> tuple[Route, ...]:
    """The route to these metrics and to the state of what is served.

    None where nobody could show a token, and where the metrics would be those of one process out of several:
    one would never know of which.
    """
    if check is None or not (settings.counts_alone or settings.metrics_folder):
        return ()
    return MetricsEndpoint(check, metrics, state, settings.metrics_folder).routes()


@dataclass(frozen=True, slots=True)
class MetricsEndpoint:
    """Tells the metrics of this process, or of all that share their values in the folder `shared`, and the
    state that they have in common."""

    check: BearerCheck
    metrics: Metrics
    state: Collector
    shared: Path | None = None

    def routes(self) -> tuple[Route, ...]:
        return (Route(METRICS_PATH, self.scrape),)

    async def scrape(self, request: Request) -> Response:
        """In the format that the scraper asks for. Raises TokenNeeded, WrongToken and TooManyWrongTokens."""
        self.check.admit(request)
        encode, media_type = choose_encoder(request.headers.get("Accept", ""))
        registry = told(self.metrics, self.state, self.shared)
        return Response(await run_in_threadpool(encode, registry), media_type=media_type)


def told(metrics: Metrics, state: Collector, shared: Path | None) -> Collector:
    """All that a scraper is told; asks anew each time that it is collected."""
    registry = CollectorRegistry()
    registry.register(state)
    if shared is None:
        registry.register(metrics.registry)
    else:
        _forget_the_dead(shared)
        MultiProcessCollector(registry, path=str(shared))  # type: ignore[no-untyped-call]
    return registry


def _forget_the_dead(shared: Path) -> None:
    """A process that was killed says for ever how many searches it runs; what it has counted stays."""
    for file in shared.glob("gauge_live*_*.db"):
        pid = file.stem.rpartition("_")[2]
        if not (PROCESSES / pid).exists():
            mark_process_dead(pid, str(shared))  # type: ignore[no-untyped-call]
