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
from web.app import create_app
from web.config import load_engine
from web.serving.opening import open_analyzer, open_index, rules_of
from web.settings import WebSettings

TOOK: Final = "cluster-took"
"""The header: milliseconds, summed over the searches of the answer."""


@dataclass(slots=True)
class Clock:
    """Sums what the cluster says that searches took. One client that waits for each answer is told apart by
    the sum before and after."""

    milliseconds: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, answer: object) -> None:
        took = answer.get("took") if isinstance(answer, dict) else None
        if isinstance(took, int):
            with self.lock:
                self.milliseconds += took


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
        answer = self._transport.perform_request(*args, **kwargs)
        self._clock.add(answer)
        return answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class TookHeader:
    """Adds the header to each answer."""

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        before = self._clock.milliseconds

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                took = self._clock.milliseconds - before
                message["headers"] = [*message["headers"], (TOOK.encode(), str(took).encode())]
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
        CorpusReader.open(folder),
        analyzer,
        TUNED,
        Repairer.load(analyzer.folding),
        regions=regions,
        rules=rules_of(folder, analyzer.folding),
    )
    return TookHeader(create_app(service, WebSettings(kept_answer_bytes=0), regions), clock)


def _time(place: IndexPlace, clock: Clock) -> None:
    if not isinstance(place, DataFolder):
        client: OpenSearch = place.client
        client.transport = cast(Transport, TimedTransport(client.transport, clock))
