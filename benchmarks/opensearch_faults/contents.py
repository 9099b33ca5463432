"""What is in the index at the end, held against what is stored."""

from collections import Counter
from contextlib import closing
from dataclasses import dataclass

from benchmarks.opensearch_faults.site import Site
from index.corpus.reader import CorpusReader
from index.opensearch.cluster import Cluster
from index.opensearch.contents import ids_at
from index.opensearch.generations import find_all, searched
from index.opensearch.points_in_time import close_all, open_one
from index.opensearch.published import Scoring
from search.ranking import TUNED


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """How many articles are stored, and of them not in the index, there more than once, and there though they
    are not stored; and what `policy-search check` compares: states of articles and copies of shards."""

    stored: int
    lost: int
    twice: int
    back: int
    differences: tuple[str, ...]

    @property
    def hold(self) -> bool:
        return not (self.lost or self.twice or self.back or self.differences)


def compared(site: Site) -> Contents:
    """Of the index that is searched, with all that was written to it so far."""
    with (
        closing(Cluster.connect(site.engine(), Scoring(k1=TUNED.k1, b=TUNED.b))) as cluster,
        closing(CorpusReader.open(site.folder)) as reader,
    ):
        client, prefix = cluster.client, cluster.settings.prefix
        index = searched(find_all(client, prefix)).generation.index
        client.indices.refresh(index=index)
        point = open_one(client, index)
        try:
            found = Counter(ids_at(client, point))
        finally:
            close_all(client, [point])
        stored = reader.holdings().ids
        differences = tuple(cluster.differences(reader.newest_entries))
    return Contents(
        stored=len(stored),
        lost=len(stored - found.keys()),
        twice=sum(count > 1 for count in found.values()),
        back=len(found.keys() - stored),
        differences=differences,
    )
