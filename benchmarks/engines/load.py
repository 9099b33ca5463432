"""Queries a second of several threads and processes."""

import multiprocessing
import random
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Final

from benchmarks.engines.catalogue import load_engine
from benchmarks.engines.processes import apart
from benchmarks.engines.questions import Kind, Questions
from search.plan import Plan

SECONDS: Final = 3.0
QUERIES_A_KIND: Final = 60
START_S: Final = 60.0
"""In this time all processes have opened their index."""

NOT_IN_THE_MIX: Final = frozenset({Kind.CHARACTER, Kind.COMMONEST_CHARACTER, Kind.DEEP, Kind.OR_20})
"""People rarely ask for these."""


def mix(questions: Questions) -> Sequence[Plan]:
    """The same number of each kind, shuffled; the same in every run."""
    plans = [
        plan
        for kind, drawn in questions.items()
        if kind not in NOT_IN_THE_MIX
        for plan in drawn[:QUERIES_A_KIND]
    ]
    random.Random("mix").shuffle(plans)
    return plans


def measure_load(indexes: Mapping[str, Path], questions: Questions) -> Mapping[str, Mapping[str, float]]:
    """For each engine queries a second: 1, 2 and 4 threads on one reader, and 2 processes of a thread."""
    plans = mix(questions)
    results: dict[str, dict[str, float]] = {}
    for name, folder in indexes.items():
        rates = {
            f"{count} thread{'s' * (count > 1)}": apart(_threads, name, folder, plans, count)
            for count in (1, 2, 4)
        }
        results[name] = {**rates, "2 processes": _processes(name, folder, plans, 2)}
    return results


def _threads(name: str, folder: Path, plans: Sequence[Plan], count: int) -> float:
    return _run(name, folder, plans, count, lambda: None)


def _processes(name: str, folder: Path, plans: Sequence[Plan], count: int) -> float:
    context = multiprocessing.get_context("spawn")
    begin = context.Barrier(count, timeout=START_S)
    pipes = [context.Pipe(duplex=False) for _ in range(count)]
    processes = [
        context.Process(target=_one_of_several, args=(begin, sender, name, folder, plans))
        for _, sender in pipes
    ]
    for process in processes:
        process.start()
    for _, sender in pipes:
        sender.close()
    try:
        rates: list[float] = [receiver.recv() for receiver, _ in pipes]
    finally:
        for process in processes:
            process.join()
    return sum(rates)


def _one_of_several(
    begin: Barrier, sender: "Connection[float, float]", name: str, folder: Path, plans: Sequence[Plan]
) -> None:
    with sender:
        sender.send(_run(name, folder, plans, 1, begin.wait))


def _run(name: str, folder: Path, plans: Sequence[Plan], threads: int, wait: Callable[[], object]) -> float:
    reader = load_engine(name).open(folder)
    searches = [search.run for plan in plans if (search := reader.prepare(plan)) is not None]
    for run in searches:
        run()
    wait()
    end = time.perf_counter() + SECONDS

    def work(first: int) -> int:
        done = 0
        while time.perf_counter() < end:
            searches[(first + done) % len(searches)]()
            done += 1
        return done

    with ThreadPoolExecutor(threads) as pool:
        done = sum(pool.map(work, [place * len(searches) // threads for place in range(threads)]))
    reader.close()
    return done / SECONDS
