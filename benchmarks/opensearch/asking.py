"""One client, one connection: what it waits for, and what server and nodes do for it."""

import http.client
import re
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from benchmarks.engines.latency import percentile
from benchmarks.http.load import cpu_seconds
from benchmarks.http.servers import Server
from benchmarks.opensearch.figures import ClassFigures
from benchmarks.opensearch.served import ASKED, REQUESTS, TOOK
from benchmarks.opensearch.target import Target

ANSWER_S: Final = 60.0

WARMING: Final = 3
"""Rounds that are not counted: nodes that have just started compile what they are asked, each for itself."""

_STAGE = re.compile(r"(\w+);dur=([0-9.]+)")
"""One of the header Server-Timing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """An answer, in milliseconds: so long the client waited, the cluster says that it took, the `requests` to
    it took as our server sees it, and our server was in each of its stages."""

    waited: float
    took: float
    requests: int
    asked: float
    stages: Mapping[str, float]


def ask_classes(
    server: Server, target: Target, classes: Mapping[str, Sequence[str]], rounds: int
) -> Mapping[str, ClassFigures]:
    """Each class in so many rounds, all paths in each, after some that are not counted."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=ANSWER_S)) as connection:
        for paths in [*classes.values()] * WARMING:
            ask_all(connection, paths)
        return {name: ask_class(connection, server, target, paths, rounds) for name, paths in classes.items()}


def ask_class(
    connection: http.client.HTTPConnection,
    server: Server,
    target: Target,
    paths: Sequence[str],
    rounds: int,
) -> ClassFigures:
    """What all rounds gave together."""
    app, cluster = _processor_ms(server), target.processor_s() * 1e3
    answers = [one for _ in range(rounds) for one in ask_all(connection, paths)]
    app, cluster = _processor_ms(server) - app, target.processor_s() * 1e3 - cluster
    waited, took = [one.waited for one in answers], [one.took for one in answers]
    figures = ClassFigures(
        answers=len(answers),
        http_p50=median(waited),
        http_p99=percentile(waited, 0.99),
        app=app / len(answers),
        stages_p50=stages(answers),
    )
    if not target.urls:
        return figures
    return replace(
        figures,
        took_p50=median(took),
        took_p99=percentile(took, 0.99),
        added_p50=median(one.waited - one.took for one in answers),
        cluster=cluster / len(answers),
        requests=sum(one.requests for one in answers) / len(answers),
        asked_p50=median(one.asked for one in answers),
    )


def stages(answers: Sequence[Timed]) -> Mapping[str, float]:
    """The median of each stage."""
    return {name: median(one.stages[name] for one in answers) for name in answers[0].stages}


def ask_all(connection: http.client.HTTPConnection, paths: Sequence[str]) -> list[Timed]:
    """Raises RuntimeError where an answer is none."""
    answers = []
    for path in paths:
        began = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        waited = time.perf_counter() - began
        if answer.status != http.client.OK:
            raise RuntimeError(f"{path} was answered with {answer.status}: {body[:500]!r}")
        answers.append(timed(waited * 1e3, answer.headers))
    return answers


def timed(waited: float, headers: http.client.HTTPMessage) -> Timed:
    """What an answer says of itself, for which the client waited so many milliseconds."""
    return Timed(
        waited=waited,
        took=float(headers[TOOK]),
        requests=int(headers[REQUESTS]),
        asked=float(headers[ASKED]),
        stages={name: float(lasted) for name, lasted in _STAGE.findall(headers["Server-Timing"])},
    )


def _processor_ms(server: Server) -> float:
    return sum(map(cpu_seconds, server.processes)) * 1e3
