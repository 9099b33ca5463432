"""Whatever happens in whatever order, the clusters are those that comparing all with all gives."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from index.corpus import reposts
from index.corpus.check import check_corpus
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.reposts.components import components
from index.reposts.similarity import similarity
from index.reposts.sketch import Sketcher, least_shared
from index.text.folding import Folding
from tests.index.corpus.copies import TEXT, members
from tests.index.corpus.samples import ORIGINAL
from tests.index.reposts.samples import DAY, article, text_of

BODIES = (
    TEXT,
    TEXT[:330],
    TEXT[300:],
    TEXT[:540] + text_of(5)[:90],
    TEXT[:330] + text_of(2)[:330],
    text_of(2),
    text_of(2)[:330],
    text_of(6, 100),
    text_of(6, 100) + text_of(7, 40),
    "协同",
)
DAYS = (None, DAY, DAY + timedelta(days=40))
STEPS = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from(BODIES) | st.none(), st.sampled_from(DAYS)), max_size=14
)


@dataclass(frozen=True, slots=True)
class Oracle:
    """Compares all articles with each other."""

    sketcher: Sketcher

    def clusters(self, articles: Sequence[Article]) -> set[frozenset[str]]:
        texts = [self.sketcher.comparable(sample) for sample in articles]
        graph: dict[int, set[int]] = {number: set() for number in range(len(texts))}
        for first, second in combinations(range(len(texts)), 2):
            hashes = [set(self.sketcher.of(texts[number]).hashes) for number in (first, second)]
            least = least_shared(texts[first].outline, texts[second].outline)
            is_looked_at = least is not None and len(hashes[0] & hashes[1]) >= least
            if is_looked_at and similarity(texts[first], texts[second]) is not None:
                graph[first].add(second)
                graph[second].add(first)
        parts = components(graph, lambda number: graph[number])
        return {frozenset(articles[number].id for number in part) for part in parts if len(part) > 1}


def stored_clusters(folder: DataFolder, ids: Sequence[str]) -> set[frozenset[str]]:
    with CorpusReader.open(folder) as reader:
        return {frozenset(found) for name in ids if len(found := members(reader, name)) > 1}


@pytest.mark.parametrize("links", [1, reposts.LINKS], ids=["a tree of pairs", "as many pairs as are kept"])
@settings(max_examples=25)
@given(steps=STEPS)
def test_clusters_are_those_of_comparing_all_with_all(
    folding: Folding, links: int, steps: list[tuple[int, str | None, datetime | None]]
) -> None:
    sketcher = Sketcher(folding)
    with tempfile.TemporaryDirectory() as root, patch.object(reposts, "LINKS", links):
        folder = DataFolder(Path(root) / "data")
        folder.create()
        live: dict[str, Article] = {}
        with CorpusWriter.open(folder, sketcher) as writer:
            for number, body, published in steps:
                name = f"article-{number}"
                if body is None:
                    assert writer.delete(name) is (live.pop(name, None) is not None)
                else:
                    live[name] = article(name, body, published=published)
                    writer.put(live[name], ORIGINAL)
            writer.commit()
        assert stored_clusters(folder, list(live)) == Oracle(sketcher).clusters(list(live.values()))
        assert list(check_corpus(folder)) == []


@settings(max_examples=30)
@given(order=st.permutations(range(len(BODIES))))
def test_the_order_of_storing_changes_no_cluster(folding: Folding, order: list[int]) -> None:
    sketcher = Sketcher(folding)
    samples = [article(f"article-{number}", BODIES[number]) for number in order]
    with tempfile.TemporaryDirectory() as root:
        folder = DataFolder(Path(root) / "data")
        folder.create()
        with CorpusWriter.open(folder, sketcher) as writer:
            for sample in samples:
                writer.put(sample, ORIGINAL)
            writer.commit()
        found = stored_clusters(folder, [sample.id for sample in samples])
    assert found == {
        frozenset({f"article-{number}" for number in (0, 1, 2, 3, 4, 5, 6)}),
        frozenset({"article-7", "article-8"}),
    }
