"""Searches that are asked of a server all the time."""

import http.client
import random
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Final
from urllib.parse import urlencode

import msgspec

from benchmarks.opensearch_faults.articles import QUESTIONS
from benchmarks.opensearch_faults.counted import Asked

CONNECTIONS: Final = 2
PAUSE_S: Final = 0.05
"""Between two searches of a connection: nodes, indexer and ingest need the processors too."""

ANSWER_S: Final = 60.0
PAGES: Final = 50
"""Of which one is asked for, so that hardly any answer is one that the server has kept."""


class Found(msgspec.Struct, frozen=True):
    """What of an answer tells how much was found, and of which state."""

    generation: str
    total: int


_FOUND: Final = msgspec.json.Decoder(Found)


@contextmanager
def hammering(port: int) -> Iterator[list[Asked]]:
    """Searches, until the end of the block; the list has all that were asked by then."""
    stop, asked = threading.Event(), list[Asked]()
    threads = [
        threading.Thread(target=_ask_until, args=(stop, port, asked, random.Random(number)), daemon=True)
        for number in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    try:
        yield asked
    finally:
        stop.set()
        for thread in threads:
            thread.join(ANSWER_S)


def _ask_until(stop: threading.Event, port: int, asked: list[Asked], rng: random.Random) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_S)) as connection:
        while not stop.wait(PAUSE_S):
            asked.append(ask(connection, rng.choice(QUESTIONS), 1 + rng.randrange(PAGES)))


def ask(connection: http.client.HTTPConnection, question: str, page: int) -> Asked:
    """A page with one hit."""
    query = urlencode({"q": f'"{question}"', "collapse": "none", "per_page": 1, "page": page})
    began = time.monotonic()
    try:
        connection.request("GET", f"/api/v1/search?{query}")
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return Asked(moment=began, seconds=time.monotonic() - began, question=question, status=0)
    seconds = time.monotonic() - began
    if answer.status != http.client.OK:
        return Asked(
            moment=began,
            seconds=seconds,
            question=question,
            status=answer.status,
            retry_after="Retry-After" in answer.headers,
        )
    found = _FOUND.decode(body)
    return Asked(
        moment=began,
        seconds=seconds,
        question=question,
        status=answer.status,
        generation=found.generation,
        total=found.total,
    )
