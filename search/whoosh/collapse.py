"""Clusters of copies: how many there are, and one hit for each."""

import numpy as np

from index.whoosh.codec.columns import NO_CLUSTER
from search.deadline import Deadline
from search.whoosh.columns import Columns
from search.whoosh.reading import Mask, Numbers
from search.whoosh.top import Keys, best

WIDENING = 2
"""How many times more documents are ordered than hits are missing, in each round.

Chosen by hand, not measured.
"""

SPARSE_CLUSTERS = 8
"""Clusters are counted on a mask unless their numbers reach this many times the number of documents."""


DEEP_FROM = 2_000
"""From so many clusters on, the first document of every one is found at once. Measured on 100,000 documents,
half of them in clusters of three: to go through so many one by one takes as long."""


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
    documents: Numbers, keys: Keys | None, first: int, last: int, *, columns: Columns, deadline: Deadline
) -> Numbers:
    """The first document of each cluster, in the order of keys, ties by id ascending: those from place
    `first` to before `last`. `documents` rise, and `keys` stand beside them; without keys all tie."""
    if last <= DEEP_FROM:
        return _first_found(documents, keys, last, columns, deadline)[first:]
    deadline.check()
    chosen = _first_of_each(documents, keys, columns)
    deadline.check()
    kept = documents[chosen]
    return kept[best(kept, None if keys is None else keys[chosen], first, last, columns.ids)]


def _first_of_each(documents: Numbers, keys: Keys | None, columns: Columns) -> Mask:
    """Which of the documents are the first of their clusters."""
    clusters = columns.clusters[documents]
    chosen: Mask = clusters == NO_CLUSTER
    (shared,) = np.nonzero(~chosen)
    own = np.zeros(len(shared), dtype=np.int64) if keys is None else keys[shared]
    order = np.lexsort((own, clusters[shared]))
    places, numbers, own = shared[order], clusters[shared][order], own[order]
    begins = np.diff(numbers, prepend=NO_CLUSTER) != 0
    ties = own == own[begins][begins.cumsum() - 1]
    places, numbers = places[ties], numbers[ties]
    # Ids are compared only of those that are as good as the best of their cluster.
    among = np.zeros(len(places), dtype=np.bool_)
    same = numbers[1:] == numbers[:-1]
    among[1:] |= same
    among[:-1] |= same
    chosen[places[~among]] = True
    places, numbers = places[among], numbers[among]
    order = np.lexsort((columns.ids.ranks(documents[places]), numbers))
    chosen[places[order[np.diff(numbers[order], prepend=NO_CLUSTER) != 0]]] = True
    return chosen


def _first_found(
    documents: Numbers, keys: Keys | None, count: int, columns: Columns, deadline: Deadline
) -> Numbers:
    """Documents are gone through in order, until so many clusters were met."""
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
