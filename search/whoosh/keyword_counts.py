"""The values of a keyword field over several segments, and how many documents have each."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.whoosh.reading import KeywordValues, Mask, Numbers, SegmentReader
from search.whoosh.top import SORTED_UP_TO, split


@dataclass(frozen=True, slots=True)
class _Numbered:
    """The values of one segment, with the number of each among those of all segments.

    `numbers` are by the segment's own ordinals, None where they are those. `first` is the number of the first
    value that no segment before it has; `own` are the ordinals of these values.
    """

    name: str
    values: KeywordValues
    numbers: Numbers | None
    first: int
    own: Numbers | None
    only: NDArray[np.uint32] | None
    """By document the ordinal of its only value, `values.count` for none; None where one has several."""

    @property
    def end(self) -> int:
        return self.first + (self.values.count if self.own is None else len(self.own))

    def value(self, number: int) -> str:
        at = number - self.first
        return self.values.value(at if self.own is None else int(self.own[at]))

    def counts(self, documents: Numbers) -> NDArray[np.intp]:
        """How many of the segment's documents have each value, by its ordinal."""
        if self.only is not None:
            return np.bincount(self.only[documents], minlength=self.values.count + 1)[:-1]
        starts = self.values.starts[documents].astype(np.intp)
        lengths = self.values.starts[documents + 1] - starts
        # The places of all values of all documents: each run of them counts up from its start.
        places = np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
        places += np.arange(len(places))
        return np.bincount(self.values.ordinals[places], minlength=self.values.count)


@dataclass(frozen=True, slots=True)
class FieldValues:
    """The values of a field, numbered over all segments, the largest segment first.

    A small segment that comes later only adds its own values, so what was numbered for one state serves the
    next.
    """

    names: tuple[str, ...] | None
    """All segments of the state, in its order; None where it was cut for a state that nobody asked yet."""
    numbered: tuple[_Numbered, ...]

    @classmethod
    def over(
        cls,
        field: str,
        names: tuple[str, ...],
        readers: Sequence[SegmentReader],
        former: "FieldValues | None",
    ) -> "FieldValues":
        """The values of a state; what `former` has numbered of the same segments is taken from it."""
        known = {} if former is None else {segment.name: segment.values for segment in former.numbered}
        values = {
            name: known.get(name) or reader.keyword_values(field)
            for name, reader in zip(names, readers, strict=True)
        }
        order = sorted(names, key=lambda name: -values[name].count)
        numbered: list[_Numbered] = []
        if former is not None:
            for segment, name in zip(former.numbered, order, strict=False):
                if segment.name != name:
                    break
                numbered.append(segment)
        for name in order[len(numbered) :]:
            numbered.append(_number(name, values[name], numbered))
        return cls(names, tuple(numbered))

    def trimmed(self, names: tuple[str, ...]) -> "FieldValues":
        """What stays of it in a state of these segments; it holds on to no other segment."""
        if names == self.names:
            return self
        kept: list[_Numbered] = []
        for segment in self.numbered:
            if segment.name not in names:
                break
            kept.append(segment)
        return FieldValues(None, tuple(kept))

    def counts(self, documents: Numbers, bases: Sequence[int]) -> NDArray[np.intp]:
        """How many of the rising documents have each value, by its number."""
        if len(self.numbered) == 1:
            return self.numbered[0].counts(documents)
        total = np.zeros(self.numbered[-1].end if self.numbered else 0, dtype=np.intp)
        borders = documents.searchsorted(np.array(bases)).tolist()
        places = {name: at for at, name in enumerate(self.names or ())}
        for segment in self.numbered:
            at = places[segment.name]
            part = documents[borders[at] : borders[at + 1]]
            if len(part):
                counted = segment.counts(part - bases[at])
                if segment.numbers is None:
                    total[: len(counted)] += counted
                else:
                    total[segment.numbers] += counted
        return total

    def commonest(self, counts: NDArray[np.intp], limit: int) -> tuple[tuple[str, int], ...]:
        """The `limit` values with the highest counts, and these; ties by value ascending, none with 0."""
        if limit <= 0 or not len(counts):
            return ()
        if len(self.numbered) == 1 and len(counts) <= SORTED_UP_TO:
            # The values of one segment are in order, and so are those that tie.
            chosen = np.argsort(-counts, kind="stable")[:limit]
            pairs = zip(chosen.tolist(), counts[chosen].tolist(), strict=True)
            return tuple((self._value(number), count) for number, count in pairs if count)
        if limit < len(counts):
            sure, tied = split(-counts, limit)
            if counts[tied[0]]:
                left = limit - len(sure)
                chosen = np.concatenate([sure, self._first(tied, left)])
            else:
                chosen = sure
        else:
            chosen = np.flatnonzero(counts)
        found = [(self._value(number), int(counts[number])) for number in chosen.tolist()]
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))

    def smallest(self, counts: NDArray[np.intp], limit: int) -> tuple[tuple[str, int], ...]:
        """The `limit` smallest of the values whose count is above 0, rising."""
        chosen = self._first(np.flatnonzero(counts), limit).tolist()
        return tuple(sorted((self._value(number), int(counts[number])) for number in chosen))

    def counted(self, counts: NDArray[np.intp], value: str) -> int:
        """The count of a value; 0 of one that no document has."""
        number = _search(value, self.numbered)
        return int(counts[number]) if number >= 0 else 0

    def beginning(self, prefix: str) -> Mask:
        """By number whether a value begins with this."""
        mask = np.zeros(self.numbered[-1].end if self.numbered else 0, dtype=np.bool_)
        for segment in self.numbered:
            places = _beginning(segment.values, prefix)
            mask[places if segment.numbers is None else segment.numbers[places]] = True
        return mask

    def _first(self, tied: Numbers, count: int) -> Numbers:
        """Those `count` of the rising numbers whose values are the smallest."""
        if len(self.numbered) == 1 or len(tied) <= count:
            return tied[:count]
        mask = np.zeros(self.numbered[-1].end, dtype=np.bool_)
        mask[tied] = True
        candidates: set[int] = set()
        for segment in self.numbered:
            # In each segment the values are in order, so the first of all are among the first of each.
            if segment.numbers is None:
                candidates.update(np.flatnonzero(mask[: segment.end])[:count].tolist())
            else:
                candidates.update(segment.numbers[mask[segment.numbers]][:count].tolist())
        return np.array(sorted(candidates, key=self._value)[:count], dtype=np.intp)

    def _value(self, number: int) -> str:
        at = 0
        while number >= self.numbered[at].end:
            at += 1
        return self.numbered[at].value(number)


def _number(name: str, values: KeywordValues, before: Sequence[_Numbered]) -> _Numbered:
    only = _only_values(values)
    if not before:
        return _Numbered(name, values, None, 0, None, only)
    texts = [values.value(ordinal) for ordinal in range(values.count)]
    earlier = sum(segment.values.count for segment in before)
    searches = sum(segment.values.count.bit_length() for segment in before)
    if values.count * searches < earlier:
        known = [_search(text, before) for text in texts]
    else:
        numbers = {
            segment.value(number): number
            for segment in before
            for number in range(segment.first, segment.end)
        }
        known = [numbers.get(text, -1) for text in texts]
    mapped = np.array(known, dtype=np.intp)
    own = np.flatnonzero(mapped < 0)
    first = before[-1].end
    mapped[own] = np.arange(first, first + len(own))
    return _Numbered(name, values, mapped, first, own, only)


def _only_values(values: KeywordValues) -> NDArray[np.uint32] | None:
    """By document the ordinal of its only value, `values.count` for none; None where one has several."""
    lengths = values.starts[1:] - values.starts[:-1]
    if (lengths > 1).any():
        return None
    only = np.full(len(lengths), values.count, dtype=np.uint32)
    only[lengths == 1] = values.ordinals
    return only


def _beginning(values: KeywordValues, prefix: str) -> slice:
    """The ordinals of the values that begin with a prefix: they rise with the values."""

    def begin(ordinal: int) -> str:
        return values.value(ordinal)[: len(prefix)]

    ordinals = range(values.count)
    return slice(bisect_left(ordinals, prefix, key=begin), bisect_right(ordinals, prefix, key=begin))


def _search(text: str, before: Sequence[_Numbered]) -> int:
    """The number of a value among those of these segments; -1 where none has it."""
    for segment in before:
        values = segment.values
        at = bisect_left(range(values.count), text, key=values.value)
        if at < values.count and values.value(at) == text:
            return at if segment.numbers is None else int(segment.numbers[at])
    return -1
