"""Many clients who ask for much, and never for the same twice: large pages, files, bodies of 32 MiB."""

import http.client
import json
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice, product, repeat
from typing import Final
from urllib.parse import urlencode

from tests.reliability.made_articles import ACTORS, DEEDS, ENDS, EVERYWHERE, MATTERS, PLACES
from tests.reliability.worker_processes import ADMIN, AUTHORIZATION, SEARCH
from tests.waiting import WAIT_S
from web.http.limits import MAX_BATCH

CLIENTS: Final = 30
FILE_EVERY: Final = 20
PAGE_EVERY: Final = 5
"""One search in so many is for a file, for a page for people; the others are for programs."""
BLOCK: Final = 1 << 16
TOO_LONG: Final = 2_000_001
"""Characters, one more than an article may have: a batch of them is read to its end and stores nothing."""
BATCH: Final = "".join(
    f"{json.dumps({'id': f'long{number}', 'title': '长', 'text': 'a' * TOO_LONG})}\n" for number in range(16)
).encode()
assert MAX_BATCH * 0.9 < len(BATCH) <= MAX_BATCH


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its path, and its body if it has one."""

    path: str
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """A status, and whether the answer says when to come again."""

    status: int
    has_retry: bool


BROKEN_OFF: Final = Answered(0, has_retry=False)
"""In place of a file whose next page of hits did not come in time: it does not look whole."""


def reads() -> Iterator[Asked]:
    """Searches without an end, each of them another one."""
    words = product(PLACES, MATTERS, ACTORS, DEEDS, ENDS)
    for number, (place, matter, actor, deed, end) in zip(count(1), words, strict=False):
        asked = {"q": f"{EVERYWHERE} OR {place} OR {matter} OR {actor}{deed} OR {end}", "per_page": 100}
        fields = {"fields": "id,title,body"}
        if number % FILE_EVERY == 0:
            yield Asked(f"{SEARCH}.csv?{urlencode(asked | fields | {'per_page': 10_000})}")
        elif number % PAGE_EVERY == 0:
            yield Asked(f"/search?{urlencode(asked)}")
        else:
            yield Asked(f"{SEARCH}?{urlencode(asked | fields)}")


def bodies() -> Iterator[Asked]:
    """Batches without an end, each as large as one may be."""
    return repeat(Asked(f"{ADMIN}articles", BATCH))


class Load:
    """Clients of one server, each of which asks as soon as it has been answered."""

    def __init__(self, port: int, requests: Iterator[Asked]) -> None:
        self._port = port
        self._requests = requests
        self._lock = threading.Lock()

    def answers(self, number: int) -> Counter[Answered]:
        """Ask so many of the requests that come next; what was answered, and how often."""
        found: Counter[Answered] = Counter()
        with self._lock:
            asked = iter(tuple(islice(self._requests, number)))
        threads = [threading.Thread(target=self._client, args=(asked, found)) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return found

    def _client(self, asked: Iterator[Asked], found: Counter[Answered]) -> None:
        while True:
            with self._lock:
                request = next(asked, None)
            if request is None:
                return
            answer = self._answer(request)
            with self._lock:
                found[answer] += 1

    def _answer(self, asked: Asked) -> Answered:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=WAIT_S)
        try:
            if asked.body is None:
                connection.request("GET", asked.path)
            else:
                headers = AUTHORIZATION | {"Content-Type": "application/x-ndjson"}
                connection.request("POST", asked.path, asked.body, headers)
            answer = connection.getresponse()
            try:
                while answer.read(BLOCK):
                    pass
            except http.client.IncompleteRead:
                return BROKEN_OFF
            return Answered(answer.status, answer.headers["Retry-After"] is not None)
        finally:
            connection.close()


def unexpected(found: Counter[Answered]) -> set[Answered]:
    """What is neither an answer, nor says when to come again, nor a file that does not look whole."""
    expected = {Answered(200, has_retry=False), Answered(503, has_retry=True), BROKEN_OFF}
    return set(found) - expected
