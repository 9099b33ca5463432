"""The metrics of one process, as Prometheus has them: counters of what was done, and how long it took."""

from dataclasses import dataclass
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from search.timings import Timings
from web.observing.record import AnsweredSearch

SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper bounds of the classes of times; 0.5 is where a request counts as slow, 2.5 just above the time of a
search, 10 the wait for a slot."""
STAGE_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
STAGES: Final = ("parse", "engine", "fetch", "snippets")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredRequest:
    """A request that is over. `route` is the pattern of its address, "" where it has none; `began_s` are the
    seconds until its answer began, `took_s` until it ended; `size` are the bytes of its body."""

    route: str
    method: str
    status: int
    began_s: float
    took_s: float
    size: int
    problem: str | None
    is_slow: bool


class Metrics:
    """Counts requests and searches; safe to use from several threads.

    Each has a registry of its own, unless the library keeps its values in files that processes share: then
    all processes with the same folder add up to one.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        here = self.registry
        self._requests = Counter(
            "policy_search_requests", "Requests answered.", ("route", "method", "status"), registry=here
        )
        self._began = Histogram(
            "policy_search_answer_seconds",
            "Seconds until the answer to a request began.",
            ("route",),
            registry=here,
            buckets=SECONDS,
        )
        self._took = Histogram(
            "policy_search_request_seconds",
            "Seconds until the answer to a request had been sent.",
            ("route",),
            registry=here,
            buckets=SECONDS,
        )
        self._bytes = Counter("policy_search_answer_bytes", "Bytes of bodies sent.", registry=here)
        self._problems = Counter(
            "policy_search_problems",
            "Requests answered with a problem, by its kind.",
            ("kind",),
            registry=here,
        )
        self._slow = Counter(
            "policy_search_slow_requests", "Requests that count as slow.", ("route",), registry=here
        )
        self._searches = Counter(
            "policy_search_searches",
            "Searches answered: how much of the query had to match, what meaning did, what came of it.",
            ("match", "meaning", "outcome"),
            registry=here,
        )
        self._kept = Counter(
            "policy_search_kept_answers", "Searches answered with what was made before.", registry=here
        )
        self._stages = Histogram(
            "policy_search_stage_seconds",
            "Seconds of the stages of searches.",
            ("stage",),
            registry=here,
            buckets=STAGE_SECONDS,
        )
        self._running = Gauge(
            "policy_search_searches_running", "Searches that run.", registry=here, multiprocess_mode="livesum"
        )
        self._waiting = Gauge(
            "policy_search_searches_waiting",
            "Searches that wait for their turn.",
            registry=here,
            multiprocess_mode="livesum",
        )

    def request_ended(self, request: AnsweredRequest) -> None:
        self._requests.labels(request.route, request.method, str(request.status)).inc()
        self._began.labels(request.route).observe(request.began_s)
        self._took.labels(request.route).observe(request.took_s)
        self._bytes.inc(request.size)
        if request.problem is not None:
            self._problems.labels(request.problem).inc()
        if request.is_slow:
            self._slow.labels(request.route).inc()

    def search_answered(self, search: AnsweredSearch) -> None:
        self._searches.labels(search.match, search.meaning, search.outcome.value).inc()
        if search.timings is None:
            self._kept.inc()
        else:
            self._count_stages(search.timings)

    def slots_changed(self, running: int, waiting: int) -> None:
        """So many searches run now, and so many wait."""
        self._running.set(running)
        self._waiting.set(waiting)

    def _count_stages(self, timings: Timings) -> None:
        for stage in STAGES:
            milliseconds: float = getattr(timings, stage)
            self._stages.labels(stage).observe(milliseconds / 1000)
