"""The site over the engine of the environment, which says with each answer what the cluster took for it."""

import os
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol, cast

from opensearchpy import OpenSearch, Transport
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from benchmarks.http.questions import FOLDER
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.factory import IndexPlace
from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from index.text.repair import Repairer
from search.factory import open_engine
from search.ranking import TUNED
from search.service import SearchService
from search.timings import Stopwatch
from web.app import create_app
from web.config import load_engine
from web.serving.opening import KEPT_ARTICLE_BYTES, open_analyzer, open_index, rules_of
from web.settings import WebSettings

TOOK: Final = "cluster-took"
"""The header: milliseconds, summed over the searches of the answer, as the cluster says."""

ASKED: Final = "cluster-asked"
"""The header: milliseconds that the requests to the cluster took, as our server sees it."""

REQUESTS: Final = "cluster-requests"
"""The header: how many these were."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Of requests to the cluster: how many, and milliseconds that they took, as it says and as we see it."""

    requests: int = 0
    took: int = 0
    asked: float = 0.0

    def and_one(self, took: int, asked: float) -> "Sums":
        return Sums(self.requests + 1, self.took + took, self.asked + asked)

    def headers(self, before: "Sums") -> list[tuple[bytes, bytes]]:
        """What has come since."""
        told = {
            TOOK: str(self.took - before.took),
            ASKED: f"{self.asked - before.asked:.3f}",
            REQUESTS: str(self.requests - before.requests),
        }
        return [(name.encode(), text.encode()) for name, text in told.items()]


@dataclass(slots=True)
class Clock:
    """Sums what requests took. One client that waits for each answer is told apart by the sums before and
    after."""

    sums: Sums = Sums()
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, answer: object, asked: float) -> None:
        took = answer.get("took") if isinstance(answer, dict) else None
        with self.lock:
            self.sums = self.sums.and_one(took if isinstance(took, int) else 0, asked)


class Requesting(Protocol):
    """What sends requests, such as the client's transport."""

    @property
    def perform_request(self) -> Callable[..., Any]: ...


class TimedTransport:
    """The client's way to the nodes, which tells the clock of each answer."""

    def __init__(self, transport: Requesting, clock: Clock) -> None:
        self._transport = transport
        self._clock = clock

    def perform_request(self, *args: Any, **kwargs: Any) -> Any:
        """As the client calls it."""
        watch = Stopwatch()
        answer = self._transport.perform_request(*args, **kwargs)
        self._clock.add(answer, watch.lap())
        return answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class TookHeaders:
    """Adds the headers to each answer."""

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        before = self._clock.sums

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._clock.sums.headers(before)]
            await send(message)

        await self._app(scope, receive, telling)


def site() -> ASGIApp:
    """What a worker serves; what it opens stays open until the worker ends. No answer is kept."""
    folder = DataFolder(Path(os.environ[FOLDER]))
    analyzer = open_analyzer(folder)
    regions = RegionResolver.load(analyzer.folding, Regions.load())
    place = ExitStack().enter_context(open_index(folder, load_engine({})))
    clock = Clock()
    _time(place, clock)
    service = SearchService(
        open_engine(place, analyzer.version, TUNED),
        CorpusReader.open(folder, KEPT_ARTICLE_BYTES),
        analyzer,
        TUNED,
        Repairer.load(analyzer.folding),
        regions=regions,
        rules=rules_of(folder, analyzer.folding),
    )
    return TookHeaders(create_app(service, WebSettings(kept_answer_bytes=0), regions), clock)


def _time(place: IndexPlace, clock: Clock) -> None:
    if not isinstance(place, DataFolder):
        client: OpenSearch = place.client
        client.transport = cast(Transport, TimedTransport(client.transport, clock))
