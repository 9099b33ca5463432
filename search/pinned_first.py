"""Searches so that pinned articles stand before all other hits, as one list with them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.deadline import Deadline
from search.engine import ScoredId, Snapshot
from search.match_modes import Attempts
from search.plan import And, Plan
from search.relaxing import Found, search_in_steps


@dataclass(frozen=True, slots=True)
class PinnedFound:
    """What was found with the pinned articles on top, and which ids are theirs."""

    found: Found
    pinned: tuple[str, ...] = ()


def search_pinned_first(
    snapshot: Snapshot, plan: Plan, attempts: Attempts, ids: Sequence[str], deadline: Deadline
) -> PinnedFound:
    """The page of hits that the plan asks for, of a list that begins with the articles of these ids.

    Those that are gone or do not pass the filters are left out; the others count as found, whether or not the
    query finds them. Raises SearchTimeout.
    """
    conditions = And(plan.filters)
    kept = tuple(name for name in ids if snapshot.explain(conditions, name, deadline) is not None)
    if not kept:
        return PinnedFound(search_in_steps(snapshot, plan, attempts, deadline))
    # From the top, as pinned articles are taken out from wherever they stand.
    from_top = replace(plan, offset=0, limit=plan.offset + plan.limit)
    found = search_in_steps(snapshot, from_top, attempts, deadline)
    explained = [snapshot.explain(found.query, name, deadline) for name in kept]
    pins = (
        ScoredId(name, 0.0 if why is None else why.score) for name, why in zip(kept, explained, strict=True)
    )
    others = (hit for hit in found.matches.hits if hit.id not in kept)
    matches = replace(
        found.matches,
        total=found.matches.total + explained.count(None),
        hits=(*pins, *others)[plan.offset : plan.offset + plan.limit],
    )
    return PinnedFound(replace(found, matches=matches), kept)
