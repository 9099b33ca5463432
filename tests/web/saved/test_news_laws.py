"""Whatever is stored, indexed and asked for in whatever order: every article is told exactly once."""

import itertools
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.corpus.writer import CorpusWriter
from tests.index.corpus.samples import ORIGINAL
from tests.web.saved.desk import Clock, Desk, Kit, about_subsidies, open_desk
from web.saved.news import NewsFinder
from web.saved.window import Window


class Step(Enum):
    """What happens next; between two steps a part of a second passes."""

    PUT = "an article is stored in a batch of its own"
    PUT_IN_BATCH = "an article joins the batch that is being stored"
    COMMIT = "that batch is on the disk"
    CHANGE = "the newest article gets another text"
    INDEX = "what is on the disk is indexed"
    ASK = "somebody asks what is new"
    LATER = "three seconds pass"


STEPS = st.lists(st.sampled_from(Step), max_size=14)
LATE_COMMIT = [Step.PUT_IN_BATCH, Step.LATER, Step.ASK, Step.COMMIT, Step.INDEX, Step.LATER, Step.ASK]
LATE_INDEX = [Step.PUT, Step.LATER, Step.ASK, Step.INDEX, Step.LATER, Step.ASK]
SAME_SECOND = [Step.ASK, Step.PUT, Step.INDEX, Step.LATER, Step.ASK]


class Play:
    """Plays steps; `seen` counts how often each article was told."""

    def __init__(self, desk: Desk, horizon: Callable[[], datetime]) -> None:
        self.desk = desk
        self.horizon = horizon
        self.seen: Counter[str] = Counter()
        self.stored = 0
        self._saved = desk.store.get(desk.save(query="q=补贴&collapse=none")["id"]).search
        self._since = self._saved.created
        self._news: NewsFinder = desk.alerts.news
        self._batch = ExitStack()
        self._writer: CorpusWriter | None = None

    def play(self, steps: Sequence[Step]) -> None:
        for step in steps:
            self._play(step)
            self.desk.clock.pass_(seconds=0.4)
        for step in (Step.COMMIT, Step.INDEX, Step.LATER, Step.ASK):
            self._play(step)

    def _play(self, step: Step) -> None:
        match step:
            case Step.PUT | Step.CHANGE if self._writer is None:
                self.stored += step is Step.PUT or not self.stored
                changed = replace(about_subsidies(self.stored), lead=f"{self.desk.clock()}")
                self.desk.put(changed)
            case Step.PUT_IN_BATCH:
                if self._writer is None:
                    self._writer = self._batch.enter_context(self.desk.storing())
                self.stored += 1
                self._writer.put(about_subsidies(self.stored), ORIGINAL)
            case Step.COMMIT if self._writer is not None:
                self._writer.commit()
                self._batch.close()
                self._writer = None
            case Step.INDEX:
                self.desk.index()
            case Step.ASK:
                self._ask()
            case Step.LATER:
                self.desk.clock.pass_(seconds=3)
            case _:
                """Nobody else can store while a batch is being stored."""

    def _ask(self) -> None:
        window = Window.of(self._since, self.horizon())
        found = self._news.within(self._saved, window, 100).found.result
        self.seen.update(hit.article.id for hit in found.hits)
        self._since = window.until


NUMBERS = itertools.count()


def played(root: Path, kit: Kit, steps: Sequence[Step], horizon: Callable[[Desk], datetime]) -> Play:
    with open_desk(root / f"{next(NUMBERS)}", kit, Clock()) as desk:
        play = Play(desk, lambda: horizon(desk))
        play.play(steps)
        return play


@pytest.mark.slow
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
@example(steps=LATE_COMMIT)
@example(steps=LATE_INDEX)
@example(steps=SAME_SECOND)
def test_every_article_is_told_once(tmp_path: Path, kit: Kit, steps: list[Step]) -> None:
    play = played(tmp_path, kit, steps, lambda desk: desk.horizon.of_newest()[1])
    assert play.seen == {f"article-{number:04}": 1 for number in range(1, play.stored + 1)}


def _clock(desk: Desk) -> datetime:
    return desk.clock().replace(microsecond=0)


def _clock_rounded_up(desk: Desk) -> datetime:
    return _clock(desk) + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("steps", "horizon"),
    [(LATE_COMMIT, _clock), (LATE_INDEX, _clock), (SAME_SECOND, _clock_rounded_up)],
    ids=["a late commit", "a late index", "the same second"],
)
def test_with_the_clock_alone_articles_are_lost(
    tmp_path: Path, kit: Kit, steps: list[Step], horizon: Callable[[Desk], datetime]
) -> None:
    """The control."""
    play = played(tmp_path, kit, steps, horizon)
    assert play.seen.total() < play.stored
