"""How long an index takes to open, and what a process that reads it needs."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.engines.catalogue import load_engine
from benchmarks.engines.engine import Engine, Reader
from benchmarks.engines.ours import Ours, open_verified
from benchmarks.engines.processes import apart
from benchmarks.engines.questions import Questions
from benchmarks.engines.usage import Usage
from search.plan import Plan


@dataclass(frozen=True, slots=True)
class Opened:
    """Milliseconds of the first and of the next opening in a process, up to the answer of one query, and for
    an engine that verifies its files, of an opening without that; memory with the library loaded, with the
    index open, and after all queries."""

    first_ms: float
    next_ms: float
    verified_ms: float | None
    loaded: Usage
    opened: Usage
    asked: Usage


def measure_opening(indexes: Mapping[str, Path], questions: Questions) -> Mapping[str, Opened]:
    """Each engine in a process of its own."""
    return {name: apart(_open, name, folder, questions) for name, folder in indexes.items()}


def _open(name: str, folder: Path, questions: Questions) -> Opened:
    engine = load_engine(name)
    loaded = Usage.now()
    plans = [plan for kind in questions.values() for plan in kind]
    first_ms, reader = _timed_open(engine, folder, plans[0])
    reader.close()
    next_ms, reader = _timed_open(engine, folder, plans[0])
    verified_ms = open_verified(folder, plans[0]) * 1e3 if name == Ours.name else None
    opened = Usage.now()
    for plan in plans:
        if (search := reader.prepare(plan)) is not None:
            search.run()
    asked = Usage.now()
    reader.close()
    return Opened(first_ms, next_ms, verified_ms, loaded, opened, asked)


def _timed_open(engine: Engine, folder: Path, plan: Plan) -> tuple[float, Reader]:
    began = time.perf_counter()
    reader = engine.open(folder)
    if (search := reader.prepare(plan)) is not None:
        search.run()
    return (time.perf_counter() - began) * 1e3, reader
