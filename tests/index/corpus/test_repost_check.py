"""A check finds where sketches, pairs and clusters are wrong, and finding all copies anew heals it."""

import re
from collections.abc import Mapping

import pytest

from index.corpus.check import check_corpus
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from tests.index.corpus.copies import CUT, FIRST, OTHER, fill, members, spoil
from tests.index.corpus.samples import store

SPOILED: Mapping[str, tuple[str, str | None, str]] = {
    "a sketch gone": ("DELETE FROM sketch WHERE key = 1", "first", "its sketch is not"),
    "another sketch": (
        "UPDATE sketch SET hashes = x'000000000001' WHERE key = 1",
        "first",
        "its sketch is not",
    ),
    "another size": ("UPDATE sketch SET size = size + 1 WHERE key = 1", "first", "its sketch is not"),
    "a hash gone": (
        "DELETE FROM recent_hash WHERE hash = (SELECT min(hash) FROM recent_hash WHERE key = 1) AND key = 1",
        "first",
        "the table of hashes lacks",
    ),
    "a hash too many": ("INSERT INTO sketch_hash VALUES (1, 1)", None, r"the table of hashes has \+1 rows"),
    "a pair written one way": (
        "DELETE FROM repost_pair WHERE key = 2",
        "first",
        "is not written as its copy",
    ),
    "two similarities of a pair": (
        "UPDATE repost_pair SET similarity = 0.5 WHERE key = 2",
        "first",
        "is not written as its copy",
    ),
    "a pair gone": ("DELETE FROM repost_pair", "cut", "its cluster is not"),
    "a cluster gone": ("DELETE FROM repost", "first", "its cluster is not"),
    "a cluster without pairs": ("INSERT INTO repost VALUES (3, 1)", "other", "its cluster is not"),
    "a cluster of another number": ("UPDATE repost SET cluster = 2", "first", "its cluster is not"),
}


@pytest.mark.parametrize(("statement", "article_id", "reason"), SPOILED.values(), ids=SPOILED.keys())
def test_a_check_finds_where_copies_disagree_and_dropping_heals_it(
    folder: DataFolder, statement: str, article_id: str | None, reason: str
) -> None:
    store(folder, FIRST, CUT, OTHER)
    assert list(check_corpus(folder)) == []
    spoil(folder, statement)
    found = list(check_corpus(folder))
    assert article_id in {problem.article_id for problem in found}
    assert any(re.search(reason, problem.reason) for problem in found)
    with CorpusWriter.open(folder) as writer:
        writer.drop_sketches()
        writer.commit()
    assert fill(folder, 10) == 3
    assert list(check_corpus(folder)) == []
    with CorpusReader.open(folder) as reader:
        assert members(reader, "first") == {"first", "cut"}
