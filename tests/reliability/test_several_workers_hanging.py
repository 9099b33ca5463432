"""A worker that hangs without ending is noticed and replaced; one that is only not listened to is not."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.processes import environment, wait_until_ready
from tests.reliability.worker_processes import WorkerServer, changed_server
from tests.waiting import WAIT_S, wait_for

SILENCE_S = 1.0
NEVER = 1e6
WORKING = f"""
import signal, sys, threading, time
from web.serving.workers import run_workers

def work(give_sign):
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    while not ended.wait(0.05):
        give_sign()

run_workers(2, work, lambda: None, {WAIT_S}, float(sys.argv[1]))
"""
SERVED_SILENCE_S = 5.0
"""Longer than the tests stop a worker to reach the other one."""
SERVING = f"""
from web.serving import http_server
http_server.SILENCE_S = {SERVED_SILENCE_S}
"""


@dataclass(frozen=True, slots=True)
class Crew:
    """A process with two workers that do nothing but give signs."""

    process: subprocess.Popen[bytes]

    def workers(self) -> tuple[int, ...]:
        return WorkerServer(self.process, port=0, number=2).workers()


@contextmanager
def crew(silence_s: float) -> Iterator[Crew]:
    process = subprocess.Popen(
        [sys.executable, "-c", WORKING, str(silence_s)], stderr=subprocess.PIPE, env=environment()
    )
    try:
        running = Crew(process)
        wait_for(lambda: len(running.workers()) == 2)
        yield running
    finally:
        process.terminate()
        try:
            process.communicate(timeout=WAIT_S)
        finally:
            process.kill()


def test_a_worker_that_hangs_is_replaced() -> None:
    with crew(SILENCE_S) as running:
        one, other = running.workers()
        os.kill(one, signal.SIGSTOP)
        wait_for(lambda: one not in running.workers() and len(running.workers()) == 2)
        assert other in running.workers()


def test_control_one_that_nobody_listens_to_stays() -> None:
    with crew(NEVER) as running:
        one, other = running.workers()
        os.kill(one, signal.SIGSTOP)
        time.sleep(2 * SILENCE_S)
        assert running.workers() == (one, other)
        os.kill(one, signal.SIGCONT)


def test_time_in_which_all_stand_still_is_no_silence() -> None:
    """As when a terminal stops them all, or a machine sleeps: the first to wake is the one that listens."""
    with crew(SILENCE_S) as running:
        workers = running.workers()
        stopped = (running.process.pid, *workers)
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        time.sleep(2 * SILENCE_S)
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
            time.sleep(SILENCE_S / 4)
        time.sleep(SILENCE_S / 2)
        assert running.workers() == workers


def test_a_worker_is_heard_although_nobody_listened_for_long() -> None:
    """Signs that nobody takes fill what they are sent through; that stops no worker."""
    with crew(SILENCE_S) as running:
        workers = running.workers()
        os.kill(running.process.pid, signal.SIGSTOP)
        time.sleep(SILENCE_S)
        os.kill(running.process.pid, signal.SIGCONT)
        time.sleep(SILENCE_S)
        assert running.workers() == workers


@pytest.mark.slow
def test_a_server_replaces_a_worker_that_hangs_and_answers_again(tmp_path: Path) -> None:
    with changed_server(tmp_path / "data", 2, SERVING) as server:
        hanging, other = server.workers()
        os.kill(hanging, signal.SIGSTOP)
        wait_for(lambda: hanging not in server.workers() and len(server.workers()) == 2)
        assert other in server.workers()
        wait_until_ready(server.process, f"http://127.0.0.1:{server.port}")
