"""Copies for the tests of the corpus, and what a reader says of them."""

import sqlite3
from contextlib import closing
from datetime import timedelta

from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from tests.index.reposts.samples import DAY, article, text_of

TEXT = text_of(1)
FIRST = article("first", TEXT)
CUT = article("cut", TEXT[:320], published=DAY + timedelta(days=1))
OTHER = article("other", text_of(2))


def members(reader: CorpusReader, article_id: str) -> set[str]:
    """The ids in the cluster of an article; its own where it has none."""
    cluster = reader.cluster(article_id)
    return {article_id} if cluster is None else {copy.id for copy in cluster.copies}


def fill(folder: DataFolder, limit: int) -> int:
    """Let so many articles that wait for a sketch have one; how many there were."""
    with CorpusWriter.open(folder) as writer:
        filled = writer.fill_sketches(limit)
        writer.commit()
    return filled


def spoil(folder: DataFolder, *statements: str) -> None:
    """Change the database behind the program's back, against its own rules too."""
    with closing(sqlite3.connect(folder.articles)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)
