"""A backup that is made while a server and an ingest run has every article acknowledged before it.

All of them are processes of their own. The control copies the file of the database, as one is tempted to:
what lies in the log of writes beside it is lost.
"""

import json
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest

from tests import commands
from tests.processes import command, environment, run, run_json, server
from tests.waiting import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

BEFORE = 3
"""Acknowledgements before the backup begins."""
GIVEN = 20
PAUSE_S = 0.02
"""So many articles are given to the ingest at a time, and so long is waited between."""
PLACES = ("杭州", "成都", "武汉", "西安")


def name_of(number: int) -> str:
    return f"a{number:06}"


def record(number: int) -> bytes:
    place = PLACES[number % len(PLACES)]
    body = {
        "id": name_of(number),
        "title": f"{place}第{number}号通知",
        "text": f"{place}推进第{number}项工作",
    }
    return json.dumps(body, ensure_ascii=False).encode() + b"\n"


@dataclass(slots=True)
class Ingest:
    """An ingest that goes on until it is told to end; articles are stored in the order of their numbers."""

    process: "subprocess.Popen[bytes]"
    acknowledged: int = 0
    ending: threading.Event = field(default_factory=threading.Event)

    def feed(self) -> None:
        """Give it articles, a few at a time, until it is to end."""
        assert self.process.stdin is not None
        with self.process.stdin as stdin:
            for first in count(step=GIVEN):
                if self.ending.wait(PAUSE_S):
                    return
                stdin.write(b"".join(map(record, range(first, first + GIVEN))))
                stdin.flush()

    def listen(self) -> None:
        """Count what it acknowledges, until it ends."""
        assert self.process.stdout is not None
        with self.process.stdout as stdout:
            for line in stdout:
                event = json.loads(line)
                if event["event"] == "stored":
                    self.acknowledged += event["new"]

    def next_acknowledgement(self) -> int:
        """The number of articles that are acknowledged once there are more than now."""
        before = self.acknowledged
        wait_for(lambda: self.acknowledged > before)
        return self.acknowledged


@contextmanager
def ingesting(data: Path) -> Iterator[Ingest]:
    process = subprocess.Popen(
        command(data, "ingest", "--json", "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    ingest = Ingest(process)
    threads = [threading.Thread(target=work) for work in (ingest.feed, ingest.listen)]
    for thread in threads:
        thread.start()
    try:
        yield ingest
    finally:
        ingest.ending.set()
        for thread in threads:
            thread.join()
        process.wait(60)


def lost_of(database: Path, acknowledged: int) -> list[str]:
    """Which of the first so many articles a database that was copied lacks."""
    try:
        with closing(sqlite3.connect(database)) as connection:
            there = {row[0] for row in connection.execute("SELECT id FROM article")}
    except sqlite3.DatabaseError:
        there = set()
    return [name_of(number) for number in range(acknowledged) if name_of(number) not in there]


def ids(data: Path) -> list[str]:
    return sorted(json.loads(line)["id"] for line in commands.run_on(data, "export").out.splitlines())


def totals(data: Path, number: int) -> list[object]:
    """What searches for each place, and for one article, find."""
    queries = [*PLACES, f"第{number}号通知"]
    return [commands.run_json(data, "search", query, "--match", "all")["total"] for query in queries]


def test_all_that_was_acknowledged_is_in_it_and_a_copied_file_loses_some(tmp_path: Path) -> None:
    data, restored, file = tmp_path / "data", tmp_path / "restored", tmp_path / "backup.db"
    assert run(data, "ingest", "-", stdin=b'{"id": "first", "title": "t", "text": "x"}').returncode == 0
    lost = []
    with server(data), ingesting(data) as ingest:
        for attempt in range(BEFORE):
            acknowledged = ingest.next_acknowledgement()
            copied = tmp_path / f"copied-{attempt}.db"
            shutil.copyfile(data / "articles.db", copied)
            lost += lost_of(copied, acknowledged)
        report = run_json(data, "backup", str(file))
        ingest.next_acknowledgement()
    assert lost, "the control: a copy of the file alone had everything"

    assert report["sha256"] == sha256(file.read_bytes()).hexdigest()
    assert lost_of(file, acknowledged) == []
    done = commands.run_on(restored, "restore", str(file))
    assert done.status == 0, done.message
    there = ids(restored)
    number = len(there) - 1
    assert number >= acknowledged
    assert there == [*map(name_of, range(number)), "first"], "it holds one moment"
    assert len(ids(data)) > len(there), "the ingest went on"
    of_each = [sum(n % len(PLACES) == place for n in range(number)) for place in range(len(PLACES))]
    assert totals(restored, 7) == [*of_each, 1]
    assert commands.run_on(restored, "rebuild").status == 0
    assert totals(restored, 7) == [*of_each, 1]
    assert commands.run_on(restored, "check").status == 0
