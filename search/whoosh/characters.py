"""Characters in a row: where they stand in a segment, from the places of neighbouring pairs."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.article import Part
from index.whoosh.codec.positions import UNIT_BITS
from search.plan import ALL_PARTS, Anchor, Characters, Near
from search.whoosh.reading import Mask, SegmentNumbers, SegmentReader, SegmentSet
from search.whoosh.rising import run_ends

PART_NUMBER = {part: at for at, part in enumerate(Part)}

READING = 10_000
"""What it costs to read a pair beside its places, in places that are decoded in that time: 20 us."""

READ_WHOLE = 20_000
"""Places; of more, only those near the places looked for are decoded, which costs about as much as these."""

LOOKING_UP = 10
"""What it costs to look a place up in another pair, in places that are decoded in that time."""

Between = Callable[[], None]
"""Called between two costly steps; raises where there is no time left."""


def documents_with(node: Characters, reader: SegmentReader, between: Between) -> SegmentSet:
    """The documents of the segment that match."""
    is_anywhere = node.anchor is Anchor.ANYWHERE and _are_all(node.parts)
    if is_anywhere and len(node.text) == 1:
        return reader.documents_with_character(node.text)
    if node.anchor is Anchor.ANYWHERE and node.parts == (Part.TITLE,) and len(node.text) == 1:
        return reader.titles_with_character(node.text)
    positions = occurrences(node.text, reader, between)
    if not len(positions):
        return positions
    documents = _documents_of(positions, reader)
    if not is_anywhere:
        documents = documents[_in_parts(node, positions, documents, reader)]
    return documents[run_ends(documents)]


def documents_near(node: Near, reader: SegmentReader, between: Between) -> SegmentNumbers:
    """The documents of the segment that match, rising."""
    firsts = occurrences(node.first, reader, between)
    seconds = occurrences(node.second, reader, between) if len(firsts) else firsts
    if not len(seconds):
        return seconds
    lengths = len(node.first), len(node.second)
    if len(seconds) < len(firsts):
        firsts, seconds, lengths = seconds, firsts, lengths[::-1]
    starts, others = firsts.astype(np.int64), seconds.astype(np.int64)
    # The nearest on each side is enough: if it stands in another part, so does what is further away.
    behind = others.searchsorted(starts + lengths[0])
    before = others.searchsorted(starts - lengths[1], side="right") - 1
    found = []
    for nearest, length in ((behind, lengths[0]), (before, lengths[1])):
        kept = np.flatnonzero((nearest >= 0) & (nearest < len(others)))
        partners = others[nearest[kept]]
        near = np.abs(partners - starts[kept]) <= length + node.gap
        positions, partners = firsts[kept[near]], partners[near].astype(np.uint32)
        found.append(_sharing_part(node.parts, positions, partners, reader))
    return np.unique(np.concatenate(found))


def _sharing_part(
    parts: Sequence[Part], positions: SegmentNumbers, others: SegmentNumbers, reader: SegmentReader
) -> SegmentNumbers:
    """The documents of the positions that lie in one of the parts, in the same as those beside them."""
    documents = _documents_of(positions, reader)
    numbers = _parts_of(positions, documents, reader)
    same = documents == _documents_of(others, reader)
    same &= numbers == _parts_of(others, documents, reader)
    if set(parts) != set(ALL_PARTS):
        same &= np.isin(numbers, [PART_NUMBER[part] for part in parts])
    sharing: SegmentNumbers = documents[same]
    return sharing


def _are_all(parts: Sequence[Part]) -> bool:
    # Mostly they are the very same tuple; hashing its members takes longer than a look into a segment.
    return parts is ALL_PARTS or set(parts) == set(ALL_PARTS)


def occurrences(text: str, reader: SegmentReader, between: Between) -> SegmentNumbers:
    """The positions where these characters stand in a row, rising; no run crosses the gap behind a part."""
    if len(text) < 2:
        return reader.character_positions(text) if text else _none()
    pairs: list[int] = []
    for first, second in pairwise(text):
        pair = reader.pair(first, second)
        if pair < 0:
            return _none()
        pairs.append(pair)
    rarest, *others = _covering([reader.pair_count(pair) for pair in pairs])
    between()
    starts = _starts(reader.pair_positions(pairs[rarest]), rarest, len(text), reader)
    for at in others:
        if not len(starts):
            break
        between()
        starts = starts[reader.pair_stands_at(pairs[at], starts + np.uint32(at))]
    return starts


def _starts(positions: SegmentNumbers, at: int, length: int, reader: SegmentReader) -> SegmentNumbers:
    """Where runs of this length begin whose pair number `at` is at the positions; those with no room are left
    out."""
    extent = int(reader.first_units[-1]) << UNIT_BITS
    first, end = at, max(at, extent - length + at + 1)
    low, high = positions.searchsorted(np.array((first, end), dtype=np.uint32))
    return positions[low:high] - np.uint32(at)


def _covering(counts: Sequence[int]) -> list[int]:
    """Which of the neighbouring pairs to read, the rarest first: the least work that covers all characters.

    A pair that is rarer than all of these comes before them where fewer places to look up save more than it
    costs.
    """
    # The cheapest way to cover everything up to a pair that is read ends with one of the two pairs before it.
    costs: list[int] = []
    previous: list[int] = []
    for at, count in enumerate(counts):
        ways = [(costs[before], before) for before in (at - 1, at - 2) if before >= 0]
        cost, before = min(ways, default=(0, -1))
        costs.append(cost + min(count, READ_WHOLE) + READING)
        previous.append(before)
    chosen = []
    at = len(counts) - 1
    while at >= 0:
        chosen.append(at)
        at = previous[at]
    chosen.sort(key=lambda at: (counts[at], at))
    rarest = min(range(len(counts)), key=counts.__getitem__)
    if READING + counts[rarest] * LOOKING_UP < counts[chosen[0]] * LOOKING_UP:
        chosen.insert(0, rarest)
    return chosen


def places_in_documents(text: str, parts: Sequence[Part], reader: SegmentReader) -> SegmentNumbers:
    """The document of each place in these parts where two characters stand in a row, rising."""
    ordinal = reader.pair(*text)
    positions = _none() if ordinal < 0 else reader.pair_positions(ordinal)
    documents = _documents_of(positions, reader)
    if set(parts) == set(ALL_PARTS) or not len(positions):
        return documents
    if set(parts) == {Part.TITLE}:
        # Few documents have both characters in the title, and looking at places one by one costs more.
        (kept,) = _titled(text, reader)[documents].nonzero()
        positions, documents = positions[kept], documents[kept]
    return documents[_in_parts(Characters(text, tuple(parts)), positions, documents, reader)]


def _titled(text: str, reader: SegmentReader) -> Mask:
    """By document whether all of the characters stand in its title."""
    titled = np.ones(reader.count, dtype=np.bool_)
    for character in text:
        mask = np.zeros(reader.count, dtype=np.bool_)
        # By numbers or by a mask: both name what is set.
        mask[reader.titles_with_character(character)] = True
        titled &= mask
    return titled


def _documents_of(positions: SegmentNumbers, reader: SegmentReader) -> SegmentNumbers:
    documents: SegmentNumbers = reader.unit_documents[positions >> np.uint32(UNIT_BITS)]
    return documents


def _inside(positions: SegmentNumbers, documents: SegmentNumbers, reader: SegmentReader) -> SegmentNumbers:
    """The positions, counted from the first one of their document."""
    return positions - (reader.first_units[documents] << np.uint32(UNIT_BITS))


def _in_parts(
    node: Characters, positions: SegmentNumbers, documents: SegmentNumbers, reader: SegmentReader
) -> Mask:
    """Which of the positions are where the node wants them."""
    inside = _inside(positions, documents, reader)
    kept = np.zeros(len(positions), dtype=np.bool_)
    for part in node.parts:
        at = PART_NUMBER[part]
        start = reader.part_starts[documents, at]
        if node.anchor is Anchor.ANYWHERE:
            kept |= (inside >= start) & (inside < reader.part_starts[documents, at + 1])
        else:
            # The first position of an empty part is its gap, where no character stands.
            found = inside == start
            if node.anchor is Anchor.WHOLE:
                found &= reader.part_starts[documents, at + 1] - start == len(node.text) + 1
            kept |= found
    return kept


def _parts_of(
    positions: SegmentNumbers, documents: SegmentNumbers, reader: SegmentReader
) -> NDArray[np.intp]:
    """The number of the part in which each position lies."""
    inside = _inside(positions, documents, reader)
    later = reader.part_starts[documents, 1 : len(Part)] <= inside[:, None]
    parts: NDArray[np.intp] = np.count_nonzero(later, axis=1)
    return parts


def _none() -> SegmentNumbers:
    return np.zeros(0, dtype=np.uint32)
