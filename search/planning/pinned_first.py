"""Searches so that pinned articles stand before all other hits, as one list with them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from search.deadline import Deadline
from search.engine import ScoredId, Snapshot
from search.plan import And, Constant, Grouping, Node, Plan
from search.planning.match_modes import Attempts
from search.planning.relaxing import Found, search_in_steps

CopiesOf = Callable[[str], Collection[str]]
"""The ids of the other articles with the same text as the one with this id."""

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
    pinned = tuple(name for name in ids if snapshot.explain(passing, name, deadline) is not None)
    if not pinned:
        return PinnedFound(search_in_steps(snapshot, plan, attempts, deadline))
    # From the top, as pinned articles are taken out from wherever they stand.
    from_top = replace(plan, offset=0, limit=plan.offset + plan.limit)
    found = search_in_steps(snapshot, from_top, attempts, deadline)
    explained = {name: snapshot.explain(found.ranked, name, deadline) for name in pinned}
    unmatched = frozenset(name for name, why in explained.items() if why is None)
    folded = _clusters(pinned, copies_of if plan.grouping is Grouping.CLUSTERS else _no_copies)
    pins = (ScoredId(name, 0.0 if why is None else why.score) for name, why in explained.items())
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


def _found(clusters: Iterable[_Cluster], query: Node, snapshot: Snapshot, deadline: Deadline) -> int:
    """How many of the clusters have a member that matches."""
    # Without a reason for the score, which nobody reads here, each copy costs a twentieth.
    matching = Constant(query, 0.0)
    return sum(
        any(snapshot.explain(matching, name, deadline) is not None for name in sorted(cluster))
        for cluster in clusters
    )
