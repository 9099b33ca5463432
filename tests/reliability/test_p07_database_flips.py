"""P7: flipped bits in the database are found, and never indexed or served silently.

`python -m benchmarks.bit_flips` flips 200 in the database and 200 in its log.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from index.analysis.analyzer import Analyzer
from index.check import check_folder
from index.corpus import rows
from index.corpus.backup import back_up
from index.data_folder import DataFolder
from index.factory import open_store
from index.upkeep import Upkeep
from tests.processes import run
from tests.reliability import flipped_database, flipped_wal
from tests.reliability.flipped_database import REFUSED, DatabaseFlips, answered, samples, store_samples
from tests.reliability.flipped_index import some_bit
from tests.reliability.flipped_wal import LogFlips, log_of

FLIPS = 40


@pytest.fixture
def flips(tmp_path: Path, analyzer: Analyzer) -> DatabaseFlips:
    whole = DataFolder(tmp_path / "data")
    store_samples(whole)
    return DatabaseFlips.of(whole, tmp_path / "copies", analyzer)


@pytest.mark.slow
def test_what_a_flip_changes_is_found_named_and_given_to_nobody(flips: DatabaseFlips) -> None:
    tally = flips.run(FLIPS, Random(7))
    assert {ending for _, ending in tally} & flipped_database.BAD == set()
    assert tally["articles.db", flipped_database.Ending.FOUND] > FLIPS // 4


@pytest.mark.slow
def test_what_a_check_says_to_do_brings_everything_back(flips: DatabaseFlips, tmp_path: Path) -> None:
    """`policy-search restore FILE --data FOLDER`, with a backup of before."""
    file, other = tmp_path / "backup", DataFolder(tmp_path / "other")
    back_up(flips.whole, file)
    place = flips.whole.articles.read_bytes().index(samples()[-1].body[:20].encode())
    with flips.flipped(8 * place) as folder:
        assert flips.ending(folder) is flipped_database.Ending.FOUND
        done = run(other.root, "restore", str(file))
    assert (done.returncode, done.stderr) == (0, b"")
    assert answered(other) == flips.answers


@pytest.mark.slow
def test_control_a_quick_check_finds_no_changed_article(flips: DatabaseFlips) -> None:
    random = Random(7)
    refused = unnoticed = 0
    for _ in range(FLIPS):
        with flips.flipped(some_bit(flips.whole.articles, random)) as folder:
            answers = answered(folder)
            if any(answers.get(f"article {name}") == REFUSED for name in flipped_database.NAMES):
                refused += 1
                unnoticed += quick_check(folder) == "ok"
    assert refused > 0
    assert unnoticed > refused // 2


@pytest.mark.slow
def test_control_without_digests_changed_articles_are_given_out(
    flips: DatabaseFlips, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that takes what is stored for what was written."""
    monkeypatch.setattr(rows, "article_digest", _Equal)
    tally = flips.run(FLIPS, Random(7))
    assert tally["articles.db", flipped_database.Ending.GIVEN_OUT] > 0


@pytest.mark.slow
def test_a_flip_in_the_log_cuts_off_whole_batches_and_a_check_tells_it(
    tmp_path: Path, analyzer: Analyzer
) -> None:
    """SQLite's checksums end the log in front of the flip; the index covers more, and says so."""
    flips = LogFlips.of(tmp_path / "data", tmp_path / "copies", analyzer)
    tally = flips.run(FLIPS // 2, Random(8))
    assert {ending for _, ending in tally} & flipped_wal.BAD == set()
    assert tally["articles.db-wal", flipped_wal.Ending.CUT_OFF] > 0


@pytest.mark.slow
def test_that_the_end_of_the_log_is_lost_stands_in_the_log_of_who_indexes(
    tmp_path: Path, analyzer: Analyzer, caplog: pytest.LogCaptureFixture
) -> None:
    """Afterwards articles and index agree again, and a check finds nothing."""
    flips = LogFlips.of(tmp_path / "data", tmp_path / "copies", analyzer)
    with flips.flipped(bit=8 * (log_of(flips.whole).stat().st_size // 2)) as folder:
        Upkeep.of(folder, analyzer).catch_up(lambda _: None)
        assert list(check_folder(folder, open_store(folder, analyzer))) == []
    [told] = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert told.startswith("all is indexed anew: the index covers the journal up to ")


class _Equal:
    """A digest that equals every other."""

    def __init__(self, *_: object) -> None: ...

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__


def quick_check(folder: DataFolder) -> str:
    """What SQLite's own check of structures says."""
    with closing(sqlite3.connect(folder.articles)) as connection:
        connection.text_factory = bytes
        try:
            return str(connection.execute("PRAGMA quick_check").fetchone()[0].decode())
        except sqlite3.DatabaseError as error:
            return str(error)
