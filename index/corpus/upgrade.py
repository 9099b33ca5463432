"""Brings the schema of a database that an older version of this program made up to date."""

from contextlib import closing
from typing import Final

from index.corpus.connection import open_writing
from index.corpus.errors import CorpusOutdated, CorpusUnavailable, corpus_errors
from index.corpus.migrations import migrate
from index.data_folder import DataFolder
from index.writer_lock import LockUnusable, WriterLock

WAIT: Final = 5.0
"""Seconds that a reader waits for a writer, as writers do for each other (WriterLock)."""


def upgrade(folder: DataFolder) -> None:
    """Run the steps of the schema that are missing, under the writer lock; no article changes.

    Raises CorpusOutdated where this process may not write there, WriterBusy where another one is writing.
    """
    path = folder.articles
    try:
        with (
            WriterLock(folder.lock, WAIT),
            corpus_errors(path),
            closing(open_writing(path)) as connection,
        ):
            migrate(connection)
    except (LockUnusable, CorpusUnavailable) as error:
        raise CorpusOutdated(
            f"the articles in {folder.root} were stored by an older policy-search, and their database cannot "
            f"be brought up to date: {error}; then run any command as a user who may write there"
        ) from error
