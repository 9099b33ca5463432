"""Searches so that pinned articles stand before all other hits, as one list with them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from search.deadline import Deadline
from search.engine import ScoredId, Snapshot
from search.plan import And, Constant, Grouping, Node, Plan
from search.planning.match_modes import Attempts
from search.planning.relaxing import Found, search_in_steps

CopiesOf = Callable[[str], Collection[str]]
"""The ids of the articles with the same text as the one with this id, which may be among them."""

_Cluster = frozenset[str]


@dataclass(frozen=True, slots=True)
class PinnedFound:
    """What was found with the pinned articles on top, which ids are theirs, and which of these the query does
    not find."""

    found: Found
    pinned: tuple[str, ...] = ()
    unmatched: frozenset[str] = frozenset()


def search_pinned_first(
    snapshot: Snapshot,
    plan: Plan,
    attempts: Attempts,
    deadline: Deadline,
    *,
    ids: Sequence[str],
    copies_of: CopiesOf,
) -> PinnedFound:
    """The page of hits that the plan asks for, of a list that begins with the articles of these ids.

    Those that are gone or do not pass the filters are left out; the others count as found, whether or not the
    query finds them, and each is a hit. Where hits are clusters, their copies are none. Raises SearchTimeout.
    """
    passing = And(plan.filters)
    there = snapshot.scores(passing, ids, deadline) if ids else {}
    pinned = tuple(name for name in ids if name in there)
    if not pinned:
        return PinnedFound(search_in_steps(snapshot, plan, attempts, deadline))
    # From the top, as pinned articles are taken out from wherever they stand.
    from_top = replace(plan, offset=0, limit=plan.offset + plan.limit)
    found = search_in_steps(snapshot, from_top, attempts, deadline)
    scores = snapshot.scores(found.ranked, pinned, deadline)
    unmatched = frozenset(pinned) - scores.keys()
    folded = _clusters(pinned, copies_of if plan.grouping is Grouping.CLUSTERS else _no_copies)
    pins = (ScoredId(name, scores.get(name, 0.0)) for name in pinned)
    others = (hit for hit in found.matches.hits if not any(hit.id in cluster for cluster in folded))
    clusters = found.matches.clusters
    if clusters is not None:
        clusters += len(pinned) - _found(folded, And((found.ranked, passing)), snapshot, deadline)
    matches = replace(
        found.matches,
        total=found.matches.total + len(unmatched),
        hits=(*pins, *others)[plan.offset : plan.offset + plan.limit],
        clusters=clusters,
    )
    return PinnedFound(replace(found, matches=matches), pinned, unmatched)


def _clusters(ids: Iterable[str], copies_of: CopiesOf) -> tuple[_Cluster, ...]:
    """The clusters of these articles, each once."""
    return tuple(dict.fromkeys(frozenset((name, *copies_of(name))) for name in ids))


def _no_copies(_article_id: str) -> tuple[str, ...]:
    return ()


def _found(clusters: Sequence[_Cluster], query: Node, snapshot: Snapshot, deadline: Deadline) -> int:
    """How many of the clusters have a member that matches."""
    # The score, which nobody reads here, costs more than the match.
    matching = snapshot.scores(Constant(query, 0.0), frozenset().union(*clusters), deadline)
    return sum(not cluster.isdisjoint(matching) for cluster in clusters)
