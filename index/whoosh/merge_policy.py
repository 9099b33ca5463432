"""Which segments a commit merges, decided from their sizes alone.

Segments are in tiers by their live documents: tier t begins at FANOUT ** t. FANOUT of one tier are merged
into one of a higher tier, so that a document is rewritten once a tier at most, and each tier has fewer than
FANOUT segments: both are logarithmic in the number of documents, as in Lucene's LogMergePolicy.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

FANOUT_BITS: Final = 3
FANOUT: Final = 1 << FANOUT_BITS
"""Segments of one tier that are merged. The team's engine notes measured eight; more make queries slower."""

MAX_DOCUMENTS: Final = 131_072
"""Documents that merging puts into one segment: it bounds the memory and the time of one merge."""

MAX_SEGMENT_POSITIONS: Final = 2**31
"""Positions that merging puts into one segment, which numbers them in 32 bits."""

DEAD_PART: Final = 4
"""A segment of whose documents one in so many is deleted is rewritten (the team's engine notes)."""


@dataclass(frozen=True, slots=True)
class SegmentSize:
    """`documents` of a segment, the `deleted` ones among them too, and the `positions` of the live ones."""

    documents: int
    deleted: int
    positions: int

    @property
    def live(self) -> int:
        return self.documents - self.deleted


Group = tuple[int, ...]
"""Segments to write as one, by their place in the sequence of sizes, rising; one alone is written without its
deleted documents."""

MergePolicy = Callable[[Sequence[SegmentSize]], tuple[Group, ...]]
"""Gives groups that share no segment. Every segment has live documents."""


def due_merges(sizes: Sequence[SegmentSize]) -> tuple[Group, ...]:
    """What every commit merges: full tiers, and segments with too many deleted documents.

    What comes out of a merge is taken into account, so that asking again right afterwards gives nothing.
    """
    pools = [_Pool((at,), size.live, size.positions) for at, size in enumerate(sizes)]
    while members := _due(pools):
        pools = [pool for pool in pools if pool not in members]
        pools.append(_merged(members))
    return _groups(pools, [size.deleted * DEAD_PART >= size.documents for size in sizes])


def all_merges(sizes: Sequence[SegmentSize]) -> tuple[Group, ...]:
    """What leaves few segments (first fit decreasing under the caps) and no deleted document."""
    pools: list[_Pool] = []
    for at, size in sorted(enumerate(sizes), key=lambda item: -item[1].live):
        pool = _Pool((at,), size.live, size.positions)
        room = next((other for other in pools if _fits(other, pool)), None)
        if room is None:
            pools.append(pool)
        else:
            pools[pools.index(room)] = _merged((room, pool))
    return _groups(pools, [size.deleted > 0 for size in sizes])


@dataclass(frozen=True, slots=True)
class _Pool:
    """Segments that become one: its live documents, and their positions."""

    group: Group
    live: int
    positions: int

    @property
    def tier(self) -> int:
        return (self.live.bit_length() - 1) // FANOUT_BITS

    @property
    def is_full(self) -> bool:
        """Whether a second one of this size would not fit."""
        return self.live > MAX_DOCUMENTS // 2 or self.positions > MAX_SEGMENT_POSITIONS // 2


def _due(pools: Iterable[_Pool]) -> tuple[_Pool, ...]:
    """The first members of a tier that are FANOUT, or as many as make a full segment; the smallest first."""
    members: tuple[_Pool, ...] = ()
    for pool in sorted((pool for pool in pools if not pool.is_full), key=lambda pool: (pool.tier, pool.live)):
        if members and members[0].tier != pool.tier:
            members = ()
        if members and not _fits(_merged(members), pool):
            return members
        members += (pool,)
        if len(members) == FANOUT:
            return members
    return ()


def _merged(pools: Iterable[_Pool]) -> _Pool:
    members = tuple(pools)
    return _Pool(
        tuple(at for pool in members for at in pool.group),
        sum(pool.live for pool in members),
        sum(pool.positions for pool in members),
    )


def _fits(one: _Pool, other: _Pool) -> bool:
    return one.live + other.live <= MAX_DOCUMENTS and one.positions + other.positions <= MAX_SEGMENT_POSITIONS


def _groups(pools: Iterable[_Pool], is_rewritten: Sequence[bool]) -> tuple[Group, ...]:
    """The groups to write: those of several segments, and single ones that are rewritten on their own."""
    return tuple(
        tuple(sorted(pool.group))
        for pool in pools
        if len(pool.group) > 1 or any(is_rewritten[at] for at in pool.group)
    )
