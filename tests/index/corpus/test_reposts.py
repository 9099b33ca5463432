"""The copies of an article are known as soon as it is stored, and no longer than they are copies."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from index.article import Article, Certainty, Part, Repair
from index.corpus import reposts, sketches
from index.corpus.check import check_corpus
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter, Outcome
from index.data_folder import DataFolder
from index.reposts.cluster import Copy
from index.reposts.similarity import Comparable, similarity
from index.reposts.sketch import Sketcher
from index.text.folding import Folding
from tests.index.corpus.copies import CUT, FIRST, OTHER, TEXT, fill, members, spoil
from tests.index.corpus.samples import ORIGINAL, remove, store
from tests.index.reposts.samples import DAY, article, text_of


@pytest.fixture
def sketcher(folding: Folding) -> Sketcher:
    return Sketcher(folding)


@pytest.fixture
def reader(folder: DataFolder) -> Iterator[CorpusReader]:
    CorpusWriter.open(folder).close()
    with CorpusReader.open(folder) as reader:
        yield reader


def test_an_article_without_copies_has_no_cluster(folder: DataFolder, reader: CorpusReader) -> None:
    store(folder, FIRST, OTHER)
    assert reader.cluster("first") is None
    assert reader.cluster("unknown") is None
    assert reader.cluster("half a character \ud800") is None
    assert reader.stats().duplicate_groups == 0


def test_a_copy_joins_its_article(folder: DataFolder, reader: CorpusReader) -> None:
    store(folder, FIRST, OTHER)
    store(folder, CUT)
    cluster = reader.cluster("cut")
    assert cluster is not None
    assert cluster == reader.cluster("first")
    assert (cluster.id, cluster.earliest, cluster.best) == ("first", "first", "first")
    assert cluster.copies == (Copy("first", 1.0), Copy("cut", 1.0))
    assert reader.cluster("other") is None
    assert reader.stats().duplicate_groups == 1


def test_nothing_is_seen_before_the_commit(folder: DataFolder, reader: CorpusReader) -> None:
    store(folder, FIRST)
    with CorpusWriter.open(folder) as writer:
        writer.put(CUT, ORIGINAL)
        assert reader.cluster("first") is None
    assert reader.cluster("first") is None
    assert list(check_corpus(folder)) == []


def test_a_traditional_page_is_a_copy_of_a_simplified_one(folder: DataFolder, reader: CorpusReader) -> None:
    simplified = (
        "武汉与鄂州协同发展，建设科技创新走廊，发挥产业优势，加强规划统筹，促进人才流动，优化营商环境。"
    )
    traditional = (
        "武漢與鄂州協同發展，建設科技創新走廊，發揮產業優勢，加強規劃統籌，促進人才流動，優化營商環境。"
    )
    store(folder, article("hans", simplified), article("hant", traditional))
    assert members(reader, "hant") == {"hans", "hant"}


def test_a_deleted_copy_leaves(folder: DataFolder, reader: CorpusReader) -> None:
    store(folder, FIRST, CUT, replace(FIRST, id="again"))
    remove(folder, "first")
    cluster = reader.cluster("cut")
    assert cluster is not None
    assert (cluster.id, cluster.earliest, cluster.best) == ("cut", "again", "again")
    remove(folder, "again")
    assert reader.cluster("cut") is None
    assert reader.stats().duplicate_groups == 0
    assert list(check_corpus(folder)) == []


def test_a_changed_article_leaves_and_comes_back(folder: DataFolder, reader: CorpusReader) -> None:
    store(folder, FIRST, CUT)
    store(folder, replace(FIRST, body=text_of(3)))
    assert (reader.cluster("first"), reader.cluster("cut")) == (None, None)
    store(folder, FIRST)
    assert members(reader, "first") == {"first", "cut"}
    assert list(check_corpus(folder)) == []


def test_another_date_alone_can_part_two_articles(folder: DataFolder, reader: CorpusReader) -> None:
    short = article("short", text_of(4, 100))
    store(folder, short, replace(short, id="copy"))
    store(folder, replace(short, published=DAY + timedelta(days=365)))
    assert reader.cluster("copy") is None


LEFT = article("left", TEXT[:300])
RIGHT = article("right", text_of(2)[:300])
BRIDGE = article("bridge", TEXT[:330] + text_of(2)[:330])
"""A copy of both, which are none of each other."""


def test_a_copy_of_two_joins_their_clusters_and_parts_them_when_it_goes(
    folder: DataFolder, reader: CorpusReader
) -> None:
    store(folder, LEFT, replace(LEFT, id="left-2"), RIGHT, replace(RIGHT, id="right-2"))
    assert members(reader, "left") == {"left", "left-2"}
    assert members(reader, "right") == {"right", "right-2"}
    store(folder, BRIDGE)
    joined = {"left", "left-2", "right", "right-2", BRIDGE.id}
    assert all(members(reader, article_id) == joined for article_id in joined)
    cluster = reader.cluster("right")
    assert cluster is not None
    assert (cluster.id, cluster.best) == ("left", BRIDGE.id)
    remove(folder, BRIDGE.id)
    assert members(reader, "left") == {"left", "left-2"}
    assert members(reader, "right") == {"right", "right-2"}
    assert list(check_corpus(folder)) == []


def test_a_copy_that_came_in_damaged_is_not_the_best(folder: DataFolder, reader: CorpusReader) -> None:
    def repaired(article_id: str, rule: str) -> Article:
        repair = Repair(
            part=Part.BODY,
            start=0,
            length=1,
            original_start=0,
            original_length=1,
            before="x",
            after=TEXT[0],
            rule=rule,
            certainty=Certainty.EXACT,
        )
        return replace(FIRST, id=article_id, repairs=(repair,))

    store(folder, repaired("a", "mojibake"), repaired("b", "full-width"), replace(FIRST, id="c"))
    cluster = reader.cluster("c")
    assert cluster is not None
    assert cluster.best == "b"


@pytest.mark.parametrize("version", ["this", "another"])
def test_a_sketch_made_elsewhere_gives_the_same_clusters(
    folder: DataFolder, reader: CorpusReader, sketcher: Sketcher, version: str
) -> None:
    with CorpusWriter.open(folder, sketcher) as writer:
        for sample in (FIRST, CUT):
            sketch = sketcher.sketch(sample)
            if version == "another":
                sketch = replace(sketch, version="0", hashes=(1, 2, 3))
            assert writer.put(sample, ORIGINAL, sketch) is Outcome.NEW
        writer.commit()
    assert members(reader, "first") == {"first", "cut"}
    assert list(check_corpus(folder)) == []


def test_merging_the_recent_hashes_changes_no_cluster(
    folder: DataFolder, reader: CorpusReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sketches, "RECENT", 20)
    store(folder, FIRST)
    store(folder, OTHER)
    with closing(sqlite3.connect(folder.articles)) as connection:
        counts = connection.execute(
            "SELECT (SELECT count(*) FROM recent_hash), (SELECT count(*) FROM sketch_hash)"
        ).fetchone()
    assert counts == (0, 32)
    store(folder, CUT)
    assert members(reader, "first") == {"first", "cut"}
    store(folder, replace(FIRST, body=text_of(3)))
    remove(folder, "other")
    assert list(check_corpus(folder)) == []


def test_more_copies_than_are_looked_at_are_one_cluster(
    folder: DataFolder, reader: CorpusReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sketches, "_LIKE", sketches._LIKE.replace(f"LIMIT {sketches.LOOKED_AT}", "LIMIT 3"))
    copies = [replace(FIRST, id=f"copy-{number}") for number in range(12)]
    store(folder, *copies)
    assert members(reader, "copy-0") == {sample.id for sample in copies}
    remove(folder, "copy-5")
    assert members(reader, "copy-0") == {sample.id for sample in copies} - {"copy-5"}
    assert list(check_corpus(folder)) == []


def pairs_stored(folder: DataFolder) -> list[tuple[int, int]]:
    """The keys of all pairs, each once."""
    with closing(sqlite3.connect(folder.articles)) as connection:
        return connection.execute("SELECT key, other FROM repost_pair WHERE key < other").fetchall()


def test_a_copy_gets_few_pairs_however_many_copies_there_are(
    folder: DataFolder, reader: CorpusReader
) -> None:
    copies = [replace(FIRST, id=f"copy-{number}") for number in range(60)]
    store(folder, *copies)
    assert len(pairs_stored(folder)) <= reposts.LINKS * len(copies)
    assert members(reader, "copy-0") == {sample.id for sample in copies}
    store(folder, *(replace(sample, source="鄂州日报") for sample in copies))
    assert len(pairs_stored(folder)) <= reposts.LINKS * len(copies)
    assert members(reader, "copy-0") == {sample.id for sample in copies}
    remove(folder, *(sample.id for sample in copies[:57]))
    assert members(reader, "copy-59") == {"copy-57", "copy-58", "copy-59"}
    assert list(check_corpus(folder)) == []


def test_an_article_is_compared_with_few_others(
    folder: DataFolder, reader: CorpusReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reports of one form that share nearly all but their numbers are looked at, and are no copies."""
    compared: list[float | None] = []

    def counted(first: Comparable, second: Comparable) -> float | None:
        compared.append(similarity(first, second))
        return compared[-1]

    def numbers(number: int) -> str:
        return "，".join(str(number * 1_000 + at * 37) for at in range(10, 16))

    monkeypatch.setattr(reposts, "similarity", counted)
    store(folder, *(article(f"form-{number}", TEXT + numbers(number)) for number in range(1, 40)))
    compared.clear()
    store(folder, article("form-40", TEXT + numbers(40)))
    assert compared == [None] * reposts.COMPARED
    assert reader.cluster("form-40") is None


@pytest.mark.parametrize("hub", [1, 2, 3, 4, 5])
def test_copies_that_only_a_deleted_one_held_together_stay_together(
    folder: DataFolder, reader: CorpusReader, monkeypatch: pytest.MonkeyPatch, hub: int
) -> None:
    monkeypatch.setattr(reposts, "LINKS", 5)
    copies = [replace(FIRST, id=f"copy-{number}") for number in range(1, 6)]
    store(folder, *copies)
    # Only a number is put in.
    spoil(folder, f"DELETE FROM repost_pair WHERE key <> {hub} AND other <> {hub}")  # noqa: S608
    assert len(pairs_stored(folder)) == 4
    remove(folder, f"copy-{hub}")
    rest = {sample.id for sample in copies} - {f"copy-{hub}"}
    assert all(members(reader, name) == rest for name in rest)
    assert list(check_corpus(folder)) == []


def test_copies_that_only_a_changed_one_held_together_stay_together(
    folder: DataFolder, reader: CorpusReader
) -> None:
    store(folder, FIRST, *(replace(FIRST, id=f"copy-{number}") for number in range(3)))
    spoil(folder, "DELETE FROM repost_pair WHERE key <> 1 AND other <> 1")
    store(folder, replace(FIRST, body=text_of(3)))
    assert reader.cluster("first") is None
    assert members(reader, "copy-0") == {"copy-0", "copy-1", "copy-2"}
    assert list(check_corpus(folder)) == []


# Articles that were stored before there were sketches, or under another version of them.


OLDER = {
    "before sketches": (
        "DROP TABLE sketch",
        "DROP TABLE sketch_hash",
        "DROP TABLE recent_hash",
        "DROP TABLE repost_pair",
        "DROP TABLE repost",
        "DROP TABLE sketching",
        "PRAGMA user_version = 2",
    ),
    "other sketches": (
        "DELETE FROM sketch",
        "DELETE FROM recent_hash",
        "DELETE FROM repost_pair",
        "DELETE FROM repost",
        "UPDATE sketching SET version = 'older-0'",
    ),
    "the same sketches under another version": ("UPDATE sketching SET version = 'older-0'",),
}
"""What an older program would have left."""


@pytest.mark.parametrize("left", OLDER.values(), ids=OLDER.keys())
def test_older_articles_are_filled_in_some_at_a_time(folder: DataFolder, left: tuple[str, ...]) -> None:
    store(folder, FIRST, CUT, OTHER)
    spoil(folder, *left)
    store(folder, replace(FIRST, id="new"))
    assert list(check_corpus(folder)) == []
    assert fill(folder, 2) == 2
    with CorpusReader.open(folder) as reader:
        assert members(reader, "new") == {"first", "cut", "new"}
    assert fill(folder, 2) == 1
    assert fill(folder, 2) == 0
    assert list(check_corpus(folder)) == []


def test_until_then_they_are_nobodys_copies(folder: DataFolder, reader: CorpusReader) -> None:
    store(folder, FIRST, CUT)
    spoil(folder, *OLDER["other sketches"])
    store(folder, replace(FIRST, id="new"))
    assert reader.cluster("new") is None


def test_an_older_article_stored_again_waits_no_longer(folder: DataFolder, reader: CorpusReader) -> None:
    store(folder, FIRST, CUT)
    spoil(folder, *OLDER["other sketches"])
    store(folder, replace(FIRST, source="鄂州日报"), replace(CUT, source="鄂州日报"))
    assert members(reader, "first") == {"first", "cut"}
    assert fill(folder, 10) == 2
    assert members(reader, "first") == {"first", "cut"}


def test_a_damaged_older_article_is_passed_over(folder: DataFolder, reader: CorpusReader) -> None:
    store(folder, FIRST, CUT, replace(CUT, id="cut-2"))
    spoil(
        folder,
        *OLDER["other sketches"],
        "UPDATE article SET title = CAST(x'ff' AS TEXT) WHERE id = 'cut'",
    )
    assert fill(folder, 10) == 3
    assert members(reader, "first") == {"first", "cut-2"}
    assert {problem.article_id for problem in check_corpus(folder)} == {"cut"}
    store(folder, CUT)
    assert members(reader, "first") == {"first", "cut", "cut-2"}
    assert list(check_corpus(folder)) == []


def test_filling_none_is_a_mistake(folder: DataFolder) -> None:
    with CorpusWriter.open(folder) as writer, pytest.raises(ValueError, match="at least 1"):
        writer.fill_sketches(0)
