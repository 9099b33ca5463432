import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest

from index.article import Original
from index.compose import Composed
from index.composing import Outcome, Prepared
from index.corpus.errors import ArticleRefused
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.corpus.writer import Outcome as StoreOutcome
from index.data_folder import DataFolder
from index.errors import WriterBusy
from index.ingest import BatchLimits, Failed, Ingest, Skipped, Stored, Summary, put
from index.readers.record import Record
from index.readers.rows import DocumentRow, Location, PageRow, RecordRow, RefusedRow, Row, SkippedRow
from index.reposts.sketch import Sketcher
from index.stages import Stage
from index.writer_lock import WriterLock
from tests.composing import ComposingHere
from tests.index.corpus.samples import ARTICLE, numbered

SKETCHER = Sketcher.load()


def fake_work(row: Row) -> Outcome:
    """Title and body come from the record; a text that begins with 拒收 is refused. Takes 2 s of repair."""
    match row:
        case PageRow(text=text):
            article = replace(ARTICLE, body=text)
        case RecordRow(record=Record(text=str(text))) if text.startswith("拒收"):
            return RefusedRow(row.location, "bad-value: 拒收")
        case RecordRow(record=record):
            title, body = record.title or "", record.text or ""
            article = replace(numbered(0), id=record.id or "", title=title, body=body)
        case DocumentRow():
            raise NotImplementedError
        case refused_or_skipped:
            return refused_or_skipped
    composed = Composed(article, row.original, SKETCHER.sketch(article))
    return Prepared(row.location, composed, {Stage.REPAIR: 2.0})


class FakeClock:
    """Stands still until it is told to move."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def record(article_id: str, text: str = "正文", *, title: str = "标题", line: int = 1) -> RecordRow:
    original = Original(
        f"{article_id} {title} {text}".encode("utf-8", "replace"), "application/json", "utf-8"
    )
    return RecordRow(Location("a.jsonl", line), original, Record(id=article_id, title=title, text=text))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def ingest(tmp_path_factory: pytest.TempPathFactory, clock: FakeClock) -> Ingest:
    folder = DataFolder(tmp_path_factory.mktemp("ingest") / "data")
    return Ingest(folder, ComposingHere(fake_work), clock=clock, processor=clock)


def stored_ids(folder: DataFolder) -> set[str]:
    with CorpusReader.open(folder) as reader:
        return {article.id for article in reader.export()}


def test_each_row_has_its_event_and_the_summary_counts_them(ingest: Ingest) -> None:
    rows: list[Row] = [
        record("a", line=1),
        RefusedRow(Location("a.jsonl", 2), "invalid-json: no object"),
        record("b", "拒收", line=3),
        SkippedRow(Location("logo.png"), "no text"),
        PageRow(Location("page.txt"), Original(b"page", "text/plain", "utf-8"), "一页"),
        record("c", "半个字\ud842", line=4),
    ]
    *events, summary = ingest.run(rows)
    surrogate = events.pop()
    assert events == [
        Failed(Location("a.jsonl", 2), "invalid-json: no object"),
        Failed(Location("a.jsonl", 3), "bad-value: 拒收"),
        Skipped(Location("logo.png"), "no text"),
        Stored(new=2, updated=0, unchanged=0, sequence=2),
    ]
    assert isinstance(surrogate, Failed)
    assert surrogate.location == Location("a.jsonl", 4)
    assert "surrogate" in surrogate.reason
    assert summary == Summary(new=2, updated=0, unchanged=0, failed=3, skipped=1)
    assert stored_ids(ingest.folder) == {"a", ARTICLE.id}


def test_the_same_rows_again_are_unchanged_and_changed_ones_updated(ingest: Ingest) -> None:
    list(ingest.run([record("a"), record("b")]))
    assert list(ingest.run([record("a"), record("b", "新的正文"), record("c")])) == [
        Stored(new=1, updated=1, unchanged=1, sequence=4),
        Summary(new=1, updated=1, unchanged=1, failed=0, skipped=0),
    ]


@pytest.mark.parametrize("batch_size", [1, 200], ids=["in two batches", "in one batch"])
def test_of_two_rows_with_the_same_id_the_later_wins(ingest: Ingest, batch_size: int) -> None:
    ingest = replace(ingest, limits=BatchLimits(articles=batch_size))
    *_, summary = ingest.run([record("a", "先"), record("a", "后"), record("a", "后")])
    assert summary == Summary(new=1, updated=1, unchanged=1, failed=0, skipped=0)
    with CorpusReader.open(ingest.folder) as reader:
        assert [article.body for article in reader.export()] == ["后"]


def test_no_rows_store_nothing(ingest: Ingest) -> None:
    assert list(ingest.run([])) == [Summary(new=0, updated=0, unchanged=0, failed=0, skipped=0)]


def batch_sizes(ingest: Ingest, rows: Iterator[Row]) -> list[int]:
    return [event.new for event in ingest.run(rows) if isinstance(event, Stored)]


def test_a_batch_ends_at_200_articles(ingest: Ingest) -> None:
    assert batch_sizes(ingest, (record(f"a{number}") for number in range(450))) == [200, 200, 50]


def test_a_batch_ends_at_four_million_bytes(ingest: Ingest) -> None:
    long = "长" * 400_000
    assert batch_sizes(ingest, (record(f"a{number}", long) for number in range(5))) == [4, 1]


def bulky(number: int, size: int) -> RecordRow:
    """A short article whose original has `size` bytes, as one with a long notice has."""
    return replace(record(f"a{number}"), original=Original(b"x" * size, "application/json", "utf-8"))


def test_what_is_not_searched_counts_as_well(ingest: Ingest) -> None:
    assert batch_sizes(ingest, (bulky(number, 2_000_000) for number in range(3))) == [2, 1]


def test_memory_holds_one_batch_of_originals(ingest: Ingest) -> None:
    tracemalloc.start()
    try:
        for _ in ingest.run(bulky(number, 1_000_000) for number in range(40)):
            pass
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 12_000_000


def test_a_batch_ends_a_second_after_its_first_article(ingest: Ingest, clock: FakeClock) -> None:
    def slowly() -> Iterator[Row]:
        for number in range(5):
            yield record(f"a{number}")
            clock.now += 0.4

    # The articles come at 0, 0.4, 0.8, 1.2 and 1.6 s.
    assert batch_sizes(ingest, slowly()) == [4, 1]


def test_a_failure_also_ends_a_batch_that_has_waited(ingest: Ingest, clock: FakeClock) -> None:
    def late_failure() -> Iterator[Row]:
        yield record("a")
        clock.now += 2
        yield RefusedRow(Location("b.txt"), "empty: nothing in it")
        yield record("b")

    assert batch_sizes(ingest, late_failure()) == [1, 1]


def test_what_is_acknowledged_is_readable_at_once_and_rows_are_pulled_as_needed(ingest: Ingest) -> None:
    pulled = 0

    def counted() -> Iterator[Row]:
        nonlocal pulled
        for number in range(10):
            pulled += 1
            yield record(f"a{number}")

    events = replace(ingest, limits=BatchLimits(articles=2)).run(counted())
    assert next(events) == Stored(new=2, updated=0, unchanged=0, sequence=2)
    assert pulled == 2
    assert stored_ids(ingest.folder) == {"a0", "a1"}


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_articles(ingest: Ingest) -> None:
    ingest = replace(ingest, limits=BatchLimits(articles=20))

    def peak(first: int, last: int) -> int:
        tracemalloc.start()
        for _ in ingest.run(record(f"a{number}", "长" * 2_000) for number in range(first, last)):
            pass
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    few = peak(0, 100)
    assert peak(100, 1_300) < 1.5 * few


def test_the_lock_is_free_between_two_batches(ingest: Ingest) -> None:
    events = replace(ingest, limits=BatchLimits(articles=1)).run(iter([record("a"), record("b")]))
    next(events)
    with WriterLock(ingest.folder.lock, wait=0):
        pass
    assert isinstance(next(events), Stored)


def test_a_busy_folder_stops_it_and_keeps_what_was_acknowledged(
    ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = replace(ingest, limits=BatchLimits(articles=1)).run(iter([record("a"), record("b")]))
    next(events)
    monkeypatch.setattr("index.ingest.WriterLock", partial(WriterLock, wait=0))
    with WriterLock(ingest.folder.lock), pytest.raises(WriterBusy):
        next(events)
    assert stored_ids(ingest.folder) == {"a"}


def test_each_batch_says_what_its_stages_took_and_the_summary_adds_them_up(
    ingest: Ingest, clock: FakeClock
) -> None:
    def rows() -> Iterator[Row]:
        for number in range(3):
            clock.now += 0.25
            yield record(f"a{number}")

    ingest = replace(ingest, limits=BatchLimits(articles=2))
    first, second, summary = ingest.run(rows())
    assert isinstance(first, Stored)
    assert isinstance(second, Stored)
    assert isinstance(summary, Summary)
    assert first.seconds == {Stage.READ: 0.5, Stage.REPAIR: 4.0, Stage.STORE: 0.0}
    assert second.seconds == {Stage.READ: 0.25, Stage.REPAIR: 2.0, Stage.STORE: 0.0}
    assert summary.seconds == {Stage.READ: 0.75, Stage.REPAIR: 6.0, Stage.STORE: 0.0}


def test_an_article_is_stored_as_it_is_to_be(ingest: Ingest) -> None:
    """What the way of storing refuses has failed, and costs no other."""

    def only_new(writer: CorpusWriter, composed: Composed) -> StoreOutcome:
        if writer.holds(composed.article.id):
            raise ArticleRefused("article-exists: there is one")
        return put(writer, composed)

    rows = [record("a"), record("b", line=2), record("a", "新的", line=3)]
    *_, summary = replace(ingest, storing=only_new).run(rows)
    events = list(replace(ingest, storing=only_new).run([record("a"), record("c")]))
    assert summary == Summary(new=2, updated=0, unchanged=0, failed=1, skipped=0)
    assert Failed(Location("a.jsonl", 1), "article-exists: there is one") in events
    assert stored_ids(ingest.folder) == {"a", "b", "c"}
