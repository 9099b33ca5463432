"""The check that a server makes by itself: it finds silent damage, heals the index, and tells the rest."""

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.generation import current
from index.writer_lock import WriterLock
from tests.index.corpus.samples import numbered, store
from tests.reliability.flipped_index import flip, some_bit
from tests.waiting import wait_for
from web.serving.commands_aside import command_of
from web.serving.daily_check import FIRST_S, PERIOD_S, RETRY_S, DailyCheck
from web.serving.keeper import IndexKeeper, KeptService, tend
from web.serving.opening import Opened, open_search

WELL = (sys.executable, "-c", "")
"""A check that finds nothing."""


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def never() -> bool:
    return False


def said(*lines: str, status: int = 1) -> tuple[str, ...]:
    """A check that says this and ends so."""
    program = f"import sys; print({chr(10).join(lines)!r}); sys.exit({status})"
    return (sys.executable, "-c", program)


def finding(place: str, detail: str) -> str:
    return json.dumps({"place": place, "detail": detail})


@pytest.fixture
def opened(tmp_path: Path, analyzer: Analyzer) -> Iterator[Opened]:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    store(folder, *map(numbered, range(5)))
    with open_search(folder, analyzer) as opened:
        opened.upkeep.rebuild(lambda _: None, "asked for")
        opened.upkeep.rebuild(lambda _: None, "asked for")
        yield opened


def damage_in_silence(folder: DataFolder) -> None:
    """A bit of the largest file of the live generation."""
    path = max(current(folder.index).folder.iterdir(), key=lambda path: path.stat().st_size)
    flip(path, some_bit(path, Random(1)))


def test_it_waits_an_hour_and_then_a_day(opened: Opened, tmp_path: Path) -> None:
    clock, runs = Clock(), tmp_path / "runs"
    command = (sys.executable, "-c", f"open({str(runs)!r}, 'a').write('x')")
    daily = DailyCheck(opened.upkeep, command, clock)
    for now, expected in (
        (FIRST_S - 1, 0),
        (FIRST_S, 1),
        (FIRST_S + PERIOD_S - 1, 1),
        (FIRST_S + PERIOD_S, 2),
    ):
        clock.now = now
        daily.tend(never)
        assert (len(runs.read_text()) if runs.exists() else 0) == expected
    assert daily.failure is None


def test_silent_damage_of_the_index_is_taken_out_of_use_and_made_anew(opened: Opened) -> None:
    """The engine has verified the file, and nothing of it has changed to those who look at it."""
    folder, engine = opened.upkeep.folder, opened.engine
    assert engine.snapshot().generation.startswith("2.")
    damage_in_silence(folder)
    assert engine.snapshot().generation.startswith("2.")
    DailyCheck(opened.upkeep, WELL, first_s=0).tend(never)
    assert engine.snapshot().generation.startswith("1.")
    tend(opened.upkeep, opened.service.readiness, never)
    assert engine.snapshot().generation.startswith("3.")
    assert opened.service.readiness().is_settled


def test_a_generation_that_only_waits_is_read_too(opened: Opened) -> None:
    folder = opened.upkeep.folder
    before = folder.index / "gen-00000001"
    path = before / "manifest.json"
    flip(path, some_bit(path, Random(2)))
    DailyCheck(opened.upkeep, WELL, first_s=0).tend(never)
    assert not before.exists()
    assert opened.engine.snapshot().generation.startswith("2.")


def test_it_is_not_made_while_the_index_is_being_written(opened: Opened) -> None:
    damage_in_silence(opened.upkeep.folder)
    daily = DailyCheck(opened.upkeep, said(finding("articles", "x")), first_s=0)
    with WriterLock(opened.upkeep.folder.index_lock):
        daily.tend(never)
        assert daily.failure is None
    daily.tend(never)
    assert daily.failure == "x"


@pytest.mark.slow
def test_what_is_wrong_with_the_articles_is_told_until_they_are_whole(opened: Opened) -> None:
    """The command itself runs, on a real database."""
    folder, clock = opened.upkeep.folder, Clock()
    daily = DailyCheck(opened.upkeep, command_of("check", folder), clock, first_s=0)
    with closing(sqlite3.connect(folder.articles)) as connection, connection:
        connection.execute("UPDATE article SET body = 'x' WHERE id = 'article-0003'")
    daily.tend(never)
    assert daily.failure is not None
    assert daily.failure.startswith(
        "article article-0003: its content is not what was stored; ingest it again"
    )
    store(folder, numbered(3))
    daily.tend(never)
    assert daily.failure is not None
    clock.now += PERIOD_S
    daily.tend(never)
    assert daily.failure is None


def test_of_many_findings_a_few_are_told_and_none_of_the_index(opened: Opened) -> None:
    lines = [
        finding("index", "behind"),
        finding("copies", "c"),
        *(finding("articles", f"n{number}") for number in range(4)),
    ]
    daily = DailyCheck(opened.upkeep, said(*lines), first_s=0)
    daily.tend(never)
    assert daily.failure == "c; n0; n1; and 2 more (see the log)"


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        (
            "import sys; print('words.txt, line 3: no word', file=sys.stderr); sys.exit(2)",
            "words.txt, line 3: no",
        ),
        ("import os; os.kill(os.getpid(), 9)", "it ended with status -9"),
    ],
    ids=["it is refused", "it is killed"],
)
def test_a_check_that_could_not_be_made_is_told_and_tried_again(
    opened: Opened, program: str, reason: str
) -> None:
    clock = Clock()
    daily = DailyCheck(opened.upkeep, (sys.executable, "-c", program), clock, first_s=0)
    daily.tend(never)
    assert daily.failure is not None
    assert daily.failure.startswith(f"it could not be made: {reason}")
    daily._command = WELL
    clock.now += RETRY_S
    daily.tend(never)
    assert daily.failure is None


def test_a_server_that_stops_does_not_wait_for_it(opened: Opened, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    program = f"import pathlib, time; pathlib.Path({str(begun)!r}).touch(); time.sleep(600)"
    sleeping = (sys.executable, "-c", program)
    keeper = IndexKeeper(DailyCheck(opened.upkeep, sleeping, first_s=0).tend, work="the daily check")
    keeper.start()
    wait_for(begun.exists)
    keeper.stop()
    wait_for(lambda: not keeper._thread.is_alive())


def test_readiness_tells_it(opened: Opened) -> None:
    daily = DailyCheck(opened.upkeep, said(finding("articles", "x")), first_s=0)
    daily.tend(never)
    readiness = KeptService(opened.service, daily).readiness()
    assert (readiness.ready, readiness.reasons) == (True, ("the daily check fails: x",))
