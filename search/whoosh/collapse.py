"""Clusters of copies: how many there are, and one hit for each."""

import numpy as np

from index.whoosh.codec.columns import NO_CLUSTER
from search.deadline import Deadline
from search.whoosh.columns import Columns
from search.whoosh.reading import Numbers
from search.whoosh.top import Keys, best

WIDENING = 2
"""How many times more documents are ordered than hits are missing, in each round.

Chosen by hand, not measured.
"""

SPARSE_CLUSTERS = 8
"""Clusters are counted on a mask unless their numbers reach this many times the number of documents."""


def count_clusters(documents: Numbers, columns: Columns) -> int:
    """The clusters that the documents are in, exactly; a document in none is one of its own."""
    clusters = columns.clusters[documents]
    shared = clusters[clusters >= 0]
    alone = len(clusters) - len(shared)
    if columns.cluster_bound > SPARSE_CLUSTERS * columns.count:
        return alone + len(np.unique(shared))
    seen = np.zeros(columns.cluster_bound, dtype=np.bool_)
    seen[shared] = True
    return alone + int(np.count_nonzero(seen))


def best_of_clusters(
    documents: Numbers, keys: Keys | None, count: int, columns: Columns, deadline: Deadline
) -> Numbers:
    """The first document of each of the `count` best clusters, the best first; ties by id ascending."""
    hits: list[int] = []
    shown: set[int] = set()
    while True:
        deadline.check()
        places = best(documents, keys, 0, (count - len(hits)) * WIDENING, columns.ids)
        found = documents[places]
        for document, cluster in zip(found.tolist(), columns.clusters[found].tolist(), strict=True):
            if cluster not in shown:
                hits.append(document)
            if cluster != NO_CLUSTER:
                shown.add(cluster)
        if len(hits) >= count or len(found) == len(documents):
            return np.array(hits[:count], dtype=np.intp)
        left = ~np.isin(columns.clusters[documents], list(shown))
        left[places] = False
        documents = documents[left]
        keys = None if keys is None else keys[left]
