"""Reading where this process may not write, such as a container with the data mounted read-only.

Root may write anywhere, so where root runs the tests the reading process gives its rights up first.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.corpus.connection import open_writing
from index.corpus.migrations import MIGRATIONS, migrate
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from tests.index.corpus.samples import ORIGINAL, numbered, store
from tests.processes import NOBODY

READER = f"""
import os, sys
from pathlib import Path
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.errors import PolicySearchError

if os.geteuid() == 0:
    Path.cwd().as_uri()  # pathlib imports late, and a user without rights may not see Python's own files
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
try:
    reader = CorpusReader.open(DataFolder(Path(sys.argv[1])))
    for line in sys.stdin:
        print(*(article.id for article in reader.export()), flush=True)
except PolicySearchError as error:
    print(error.kind, error, flush=True)
"""


@dataclass
class Reader:
    """A process that reads the folder; each question is answered with all ids."""

    process: subprocess.Popen[str]

    def ask(self) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@contextmanager
def reading(folder: DataFolder) -> Iterator[Reader]:
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(folder.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[3],
    ) as process:
        yield Reader(process)


@contextmanager
def writable(folder: DataFolder) -> Iterator[None]:
    """Let the test write inside the block; outside it everyone may only read."""
    folder.root.chmod(0o755)
    yield
    for path in folder.root.iterdir():
        path.chmod(0o444)
    folder.root.chmod(0o555)


@pytest.fixture
def shown() -> Iterator[DataFolder]:
    """A data folder with one article that other users may read but not write."""
    # The folder of `tmp_path` is closed to other users.
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = DataFolder(Path(name) / "data")
        folder.create()
        with writable(folder):
            store(folder, numbered(1))
        yield folder
        folder.root.chmod(0o755)


def names(folder: DataFolder) -> set[str]:
    return {path.name for path in folder.root.iterdir()}


def test_articles_are_read_without_a_trace(shown: DataFolder) -> None:
    with reading(shown) as reader:
        assert reader.ask() == "article-0001"
        assert names(shown) == {"articles.db", "writer.lock"}


def test_an_older_schema_is_an_error_of_its_own(shown: DataFolder) -> None:
    older = DataFolder(shown.root.parent / "older")
    older.create()
    with writable(older), closing(open_writing(older.articles)) as connection:
        migrate(connection, MIGRATIONS[:1])
    with reading(older) as reader:
        assert reader.ask().startswith("corpus-outdated the articles in")
    older.root.chmod(0o755)


def test_an_open_reader_sees_what_is_stored_later(shown: DataFolder) -> None:
    with reading(shown) as reader:
        assert reader.ask() == "article-0001"
        for number in (2, 3):
            with writable(shown):
                shown.articles.chmod(0o644)
                shown.lock.chmod(0o644)
                store(shown, numbered(number))
            assert reader.ask().endswith(f"article-000{number}")


def test_an_open_reader_sees_what_an_open_writer_commits(shown: DataFolder) -> None:
    with reading(shown) as reader:
        assert reader.ask() == "article-0001"
        with writable(shown):
            shown.articles.chmod(0o644)
            writer = CorpusWriter.open(shown)
            writer.put(numbered(2), ORIGINAL)
            writer.commit()
        with closing(writer):
            assert "articles.db-wal" in names(shown)
            assert reader.ask() == "article-0001 article-0002"
            writer.put(numbered(3), ORIGINAL)
            writer.commit()
            assert reader.ask() == "article-0001 article-0002 article-0003"


def test_changes_that_cannot_be_read_yet_are_an_error_never_an_older_answer(shown: DataFolder) -> None:
    copy = DataFolder(shown.root.parent / "copy")
    copy.create()
    with writable(shown):
        shown.articles.chmod(0o644)
        with CorpusWriter.open(shown) as writer:
            writer.put(numbered(2), ORIGINAL)
            writer.commit()
            # What a machine that lost its power leaves: a log that nobody has taken into the database.
            for name in ("articles.db", "articles.db-wal"):
                shutil.copy(shown.root / name, copy.root / name)
    with writable(copy):
        pass
    with reading(copy) as reader:
        assert reader.ask().startswith("corpus-unavailable")
    copy.root.chmod(0o755)
