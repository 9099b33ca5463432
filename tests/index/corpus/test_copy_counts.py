"""How many copies an article has is what its cluster says, without reading the cluster."""

import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.corpus.clusters import count_copies
from index.corpus.pool import ReadingPool
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.reposts.cluster import CopyCount
from index.reposts.sketch import Sketcher
from index.text.folding import Folding
from tests.index.corpus.copies import CUT, FIRST, OTHER, TEXT, spoil
from tests.index.corpus.samples import ORIGINAL, store
from tests.index.reposts.samples import DAY, article, text_of

DAYS = (None, DAY, DAY.astimezone(tz=None), DAY - timedelta(seconds=1), DAY + timedelta(days=40))
ARTICLES = st.dictionaries(
    st.sampled_from(("a", "B", "b", "a:1", "a10", "a9", "Z")),
    st.tuples(st.sampled_from((TEXT, text_of(2), text_of(3)[:330])), st.sampled_from(DAYS)),
    max_size=7,
)


def counted(reader: CorpusReader, article_id: str) -> CopyCount | None:
    """What the whole cluster of an article says."""
    cluster = reader.cluster(article_id)
    return None if cluster is None else CopyCount(len(cluster.copies) - 1, cluster.earliest)


@settings(max_examples=25)
@given(articles=ARTICLES)
def test_counts_are_those_of_the_clusters(
    folding: Folding, articles: dict[str, tuple[str, datetime | None]]
) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = DataFolder(Path(root) / "data")
        folder.create()
        with CorpusWriter.open(folder, Sketcher(folding)) as writer:
            for name, (body, published) in articles.items():
                writer.put(article(name, body, published=published), ORIGINAL)
            writer.commit()
        with CorpusReader.open(folder) as reader:
            expected = {name: count for name in articles if (count := counted(reader, name)) is not None}
            assert reader.copy_counts(articles) == expected


def test_what_has_no_copies_or_is_unknown_is_left_out(folder: DataFolder) -> None:
    store(folder, FIRST, CUT, OTHER)
    with closing(CorpusReader.open(folder)) as reader:
        assert reader.copy_counts(()) == {}
        found = reader.copy_counts(["other", "unknown", "half a character \ud800", "cut"])
        assert found == {"cut": CopyCount(1, "first")}


def test_the_members_of_a_cluster_are_sorted_once(folder: DataFolder) -> None:
    pair = article("pair", text_of(2), published=DAY)
    store(folder, FIRST, CUT, replace(CUT, id="third"), OTHER, pair)
    statements: list[str] = []
    with closing(ReadingPool.open(folder)) as pool, pool.snapshot() as connection:
        found = connection.execute("SELECT cluster FROM article LEFT JOIN repost USING (key) ORDER BY key")
        clusters = [row["cluster"] for row in found]
        connection.set_trace_callback(statements.append)
        counts = count_copies(connection, clusters)
        connection.set_trace_callback(None)
    assert [counts[number].others for number in clusters] == [2, 2, 2, 1, 1]
    assert sum("ORDER BY" in statement for statement in statements) == 2


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(
            "UPDATE article SET published = 'soon', published_utc = 0 WHERE id = 'first'", id="its time"
        ),
        pytest.param("UPDATE article SET id = CAST(x'ff' AS TEXT) WHERE id = 'first'", id="its id"),
    ],
)
def test_a_damaged_copy_counts_and_is_never_the_earliest(folder: DataFolder, damage: str) -> None:
    store(folder, FIRST, CUT, replace(CUT, id="third", published=DAY + timedelta(days=2)))
    spoil(folder, damage)
    with closing(CorpusReader.open(folder)) as reader:
        assert reader.copy_counts(["third"]) == {"third": CopyCount(2, "cut")}
