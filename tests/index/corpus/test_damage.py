"""Bytes that changed on the disk are never given out, and `check_corpus` names each place."""

import random
import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from index.article import Article
from index.article_reader import CorpusStats, DamagedArticle
from index.corpus.check import Problem, check_corpus
from index.corpus.reader import CorpusReader, Holdings
from index.corpus.writer import CorpusWriter, Outcome
from index.data_folder import DataFolder
from index.errors import CorpusDamaged, CorpusMissing, PolicySearchError
from index.journal import Change, StoredArticle
from index.writer_lock import WriterLock
from tests.index.corpus.copies import spoil
from tests.index.corpus.samples import ARTICLE, ORIGINAL, numbered, remove, store

DAMAGE = {
    "one letter of the body": "UPDATE article SET body = replace(body, '葛', '郭')",
    "a byte that is no UTF-8": "UPDATE article SET body = CAST(x'ff' || CAST(body AS BLOB) AS TEXT)",
    "title gone": "UPDATE article SET title = ''",
    "url gone": "UPDATE article SET url = NULL",
    "a broken list of tags": "UPDATE article SET tags = '[\"协同'",
    "a list of numbers": "UPDATE article SET tags = '[1]'",
    "tags that are no list": "UPDATE article SET tags = '{}'",
    "another time": "UPDATE article SET published = '2024-10-14T15:46:51+09:00'",
    "a time that is none": "UPDATE article SET published = '2024-19-14'",
    "a time without zone": "UPDATE article SET published = '2024-10-14T15:46:51'",
    "the time for sorting": "UPDATE article SET published_utc = published_utc + 1",
    "a script that is none": "UPDATE article SET script = 'Han'",
    "the digest": "UPDATE article SET digest = zeroblob(32)",
    "the digest of the original": "UPDATE article SET original_digest = zeroblob(32)",
    "a repair gone": "DELETE FROM repair",
    "a repair moved": "UPDATE repair SET start = start + 1",
    "a part that is none": "UPDATE repair SET part = 'head'",
}


def article_of(change: Change) -> Article | None:
    """The article of a change; None where it has none, or a damaged one."""
    return change.state.article if isinstance(change.state, StoredArticle) else None


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE article SET added = ''", id="empty"),
        pytest.param("UPDATE article SET added = '2024-19-14'", id="no time"),
        pytest.param("UPDATE article SET added = substr(added, 1, 19)", id="without zone"),
    ],
)
def test_a_damaged_time_of_adding_is_never_indexed(folder: DataFolder, statement: str) -> None:
    store(folder, ARTICLE)
    spoil(folder, statement)
    with CorpusReader.open(folder) as reader:
        [change] = reader.changes(0, 10, 1_000)
    assert isinstance(change.state, DamagedArticle)
    assert "when it was added" in change.state.reason


def outcome(folder: DataFolder) -> Outcome:
    """What storing the article does."""
    with WriterLock(folder.lock), CorpusWriter.open(folder) as writer:
        stored = writer.put(ARTICLE, ORIGINAL)
        writer.commit()
    return stored


@pytest.mark.parametrize("statement", DAMAGE.values(), ids=DAMAGE.keys())
def test_storing_a_damaged_article_again_heals_it(folder: DataFolder, statement: str) -> None:
    store(folder, ARTICLE)
    spoil(folder, statement)
    assert outcome(folder) is Outcome.UPDATED
    with CorpusReader.open(folder) as reader:
        assert reader.articles([ARTICLE.id]) == {ARTICLE.id: ARTICLE}
        assert reader.original(ARTICLE.id) == ORIGINAL
    assert problems(folder) == []
    assert outcome(folder) is Outcome.UNCHANGED


@pytest.mark.parametrize("statement", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_article_is_never_given_out(folder: DataFolder, statement: str) -> None:
    """The others are, in one call with it; only an export, which has to be whole, ends there."""
    store(folder, ARTICLE)
    spoil(folder, statement)
    store(folder, numbered(1))
    with CorpusReader.open(folder) as reader:
        given = reader.articles([ARTICLE.id, numbered(1).id])
        damaged = given[ARTICLE.id]
        assert isinstance(damaged, DamagedArticle)
        assert re.match(r"the stored article hubei-1 is damaged .*`policy-search check`", damaged.reason)
        assert given == {ARTICLE.id: damaged, numbered(1).id: numbered(1)}
        spoiled, whole = reader.changes(0, 10, 1_000)
        assert spoiled == Change(1, ARTICLE.id, damaged)
        assert (whole.sequence, whole.id, article_of(whole)) == (2, numbered(1).id, numbered(1))
        with pytest.raises(CorpusDamaged, match="article hubei-1 is damaged"):
            list(reader.export())
        assert reader.holdings() == Holdings(2, frozenset({ARTICLE.id, numbered(1).id}))
    assert ARTICLE.id in {problem.article_id for problem in check_corpus(folder)}


DAMAGED_ORIGINALS = {
    "other bytes": "UPDATE original SET data = (SELECT data FROM original WHERE key = 2) WHERE key = 1",
    "cut off": "UPDATE original SET data = substr(data, 1, 20)",
    "another encoding": "UPDATE original SET encoding = 'big5'",
    "another media type": "UPDATE original SET media_type = 'application/json'",
    "gone": "DELETE FROM original",
}


@pytest.mark.parametrize("statement", DAMAGED_ORIGINALS.values(), ids=DAMAGED_ORIGINALS.keys())
def test_a_damaged_original_is_never_given_out(folder: DataFolder, statement: str) -> None:
    store(folder, ARTICLE)
    with CorpusWriter.open(folder) as writer:
        writer.put(numbered(1), replace(ORIGINAL, data=b"other"))
        writer.commit()
    spoil(folder, statement)
    with CorpusReader.open(folder) as reader:
        assert reader.articles([ARTICLE.id]) == {ARTICLE.id: ARTICLE}
        damaged = reader.original(ARTICLE.id)
        assert isinstance(damaged, DamagedArticle)
        assert re.match(r"the stored article hubei-1 is damaged .*original", damaged.reason)
    assert ARTICLE.id in {problem.article_id for problem in check_corpus(folder)}


DISAGREEMENTS = {
    "an entry gone": ("DELETE FROM journal WHERE sequence = 1", numbered(1).id),
    "an entry of another article": ("UPDATE journal SET id = 'other' WHERE sequence = 1", numbered(1).id),
    "another fingerprint": ("UPDATE journal SET digest = zeroblob(32) WHERE sequence = 1", numbered(1).id),
    "an entry that no article has": (
        "INSERT INTO journal (id, action, digest, at) VALUES ('lost', 'put', zeroblob(32), '')",
        "lost",
    ),
    "an article gone without a deletion": ("DELETE FROM article WHERE key = 1", numbered(1).id),
    "a deletion gone": ("DELETE FROM deleted", numbered(3).id),
    "a deletion without an entry": ("UPDATE deleted SET sequence = 2", numbered(3).id),
    "live and deleted": ("INSERT INTO deleted VALUES ('article-0001', 99)", numbered(1).id),
    "another time of adding": ("UPDATE article SET added = '2024-01-01T00:00:00+00:00'", numbered(1).id),
    "an older state": ("UPDATE article SET sequence = 0 WHERE key = 1", numbered(1).id),
}


@pytest.mark.parametrize(("statement", "article_id"), DISAGREEMENTS.values(), ids=DISAGREEMENTS.keys())
def test_a_check_finds_where_journal_and_articles_disagree(
    folder: DataFolder, statement: str, article_id: str
) -> None:
    store(folder, numbered(1), numbered(2), numbered(3))
    remove(folder, numbered(3).id)
    assert list(check_corpus(folder)) == []
    spoil(folder, statement)
    assert article_id in {problem.article_id for problem in check_corpus(folder)}


def test_a_check_finds_rows_that_belong_to_nothing(folder: DataFolder) -> None:
    store(folder, numbered(1))
    spoil(folder, "INSERT INTO original VALUES (7, x'', '', '')")
    assert list(check_corpus(folder)) == [
        Problem(None, "row 7 of table original belongs to no row of article")
    ]


def test_a_check_finds_damage_below_the_rows(folder: DataFolder) -> None:
    store(folder, *(numbered(number) for number in range(100)))
    data = bytearray(folder.articles.read_bytes())
    data[-4096:] = bytes(4096)
    folder.articles.write_bytes(data)
    assert any(problem.article_id is None for problem in check_corpus(folder))


def test_a_check_of_a_file_that_is_no_database_says_so(folder: DataFolder) -> None:
    folder.articles.write_bytes(b"no database" * 1_000)
    assert [problem.article_id for problem in check_corpus(folder)] == [None]


def test_a_schema_whose_damage_sqlite_cannot_even_name_is_damage(folder: DataFolder) -> None:
    """SQLite's message holds the bytes of the name, which the sqlite3 module cannot read as text."""
    store(folder, ARTICLE)
    data = folder.articles.read_bytes()
    for good, bad in (
        (b"tablerepairrepair", b"table\xffepairrepair"),
        (b"CREATE TABLE repair", b"CREATE TABLX repair"),
    ):
        assert data.count(good) == 1
        data = data.replace(good, bad)
    folder.articles.write_bytes(data)
    with pytest.raises(CorpusDamaged, match="restore a backup"):
        CorpusReader.open(folder)
    with pytest.raises(CorpusDamaged, match="restore a backup"):
        CorpusWriter.open(folder)
    assert [problem.article_id for problem in check_corpus(folder)] == [None]


def test_a_schema_in_which_a_column_has_another_name_is_damage(folder: DataFolder) -> None:
    """SQLite finds nothing wrong with it: only our statements do."""
    store(folder, ARTICLE)
    data = folder.articles.read_bytes()
    assert data.count(b"document_type TEXT") == 1
    folder.articles.write_bytes(data.replace(b"document_type TEXT", b"locument_type TEXT"))
    assert [problem.article_id for problem in check_corpus(folder)] == [None]
    with (
        CorpusReader.open(folder) as reader,
        pytest.raises(CorpusDamaged, match=r"no such column: document_type.*restore a backup"),
    ):
        reader.articles([ARTICLE.id])


def test_a_check_without_a_database_says_what_to_do(folder: DataFolder) -> None:
    with pytest.raises(CorpusMissing):
        list(check_corpus(folder))


def test_a_check_goes_on_after_each_damaged_article(folder: DataFolder) -> None:
    store(folder, *(numbered(number) for number in range(5)))
    spoil(folder, "UPDATE article SET title = '' WHERE key IN (2, 4)")
    assert [problem.article_id for problem in check_corpus(folder)] == [numbered(1).id, numbered(3).id]


def test_flipped_bits_never_change_an_article_and_are_found(folder: DataFolder) -> None:
    articles = {article.id: article for article in (numbered(number, "长" * 3_000) for number in range(20))}
    store(folder, *articles.values())
    good = folder.articles.read_bytes()
    draw = random.Random(7)
    noticed = 0
    for _ in range(100):
        data = bytearray(good)
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
        folder.articles.write_bytes(data)
        answers = read_all(folder)
        assert [article for article in answers if article not in articles.values()] == []
        if len(answers) != len(articles):
            assert problems(folder)
            noticed += 1
    assert noticed > 50


def places_of(data: bytes, wanted: bytes) -> list[int]:
    """Where the bytes stand, each time that they do."""
    return [match.start() for match in re.finditer(re.escape(wanted), data)]


def test_an_id_that_changed_in_one_place_is_found_and_is_no_deletion(folder: DataFolder) -> None:
    """Its places are the rows of article and journal, and the indexes on each."""
    store(folder, ARTICLE)
    good = folder.articles.read_bytes()
    places = places_of(good, b"hubei-1")
    assert len(places) == 4
    for place in places:
        data = bytearray(good)
        data[place : place + 7] = b"hubei-9"
        folder.articles.write_bytes(data)
        assert list(check_corpus(folder))
        with suppress(CorpusDamaged), CorpusReader.open(folder) as reader:
            [change] = reader.changes(0, 10, 1_000)
            assert isinstance(change.state, DamagedArticle) or article_of(change) == ARTICLE


def test_counts_need_no_whole_articles(folder: DataFolder) -> None:
    earlier = replace(numbered(1), published=datetime(2020, 1, 1, tzinfo=UTC))
    store(folder, ARTICLE, earlier)
    spoil(folder, "UPDATE article SET published = 'yesterday' WHERE key = 1")
    with CorpusReader.open(folder) as reader:
        assert reader.stats() == CorpusStats(
            articles=2, undated=0, repaired=1, sequence=2, newest=earlier.published
        )
        spoil(folder, "UPDATE article SET published = 'yesterday'")
        assert reader.stats().newest is None


def test_an_article_whose_id_is_no_text_stops_no_other(folder: DataFolder) -> None:
    store(folder, ARTICLE, numbered(1))
    spoil(folder, "UPDATE article SET id = CAST(x'ff41' AS TEXT) WHERE key = 1")
    with CorpusReader.open(folder) as reader:
        first, second = reader.changes(0, 10, 1_000)
        assert first.id == "\\xffA"
        assert isinstance(first.state, DamagedArticle)
        assert article_of(second) == numbered(1)
        assert reader.holdings().ids == {"\\xffA", numbered(1).id}
    assert "\\xffA" in {problem.article_id for problem in check_corpus(folder)}


def read_all(folder: DataFolder) -> list[Article]:
    """Every article that can be read at all."""
    read: list[Article] = []
    for number in range(20):
        with suppress(PolicySearchError), CorpusReader.open(folder) as reader:
            given = reader.articles([numbered(number).id]).values()
            read.extend(article for article in given if isinstance(article, Article))
    return read


def problems(folder: DataFolder) -> list[str]:
    try:
        return [problem.reason for problem in check_corpus(folder)]
    except PolicySearchError as error:
        return [str(error)]
