"""Finds the commonest texts of one kind that go on from what was typed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nsmallest
from operator import itemgetter

from index.text.characters import is_punctuation, is_skipped
from search.suggestions.columns import Columns, numbers, part, under
from search.suggestions.string_table import StringTable, beginning_with, sorted_in_steps
from search.suggestions.suggestion import Matched
from search.suggestions.syllables import Syllables, TypedSounds, Way

MAX_SOUNDS = 24
"""Sounds of a text that can be typed; nobody types more syllables of a title."""

_OPENING = re.compile(r"[\[【(（〔][^\]】)）〕]{1,8}[\]】)）〕]")
"""What a newsroom puts before a title."""

MAX_CHECKED = 4_000
"""Texts with the right first letters that are looked at syllable by syllable, the commonest first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A text that can be suggested, and how many articles it stands for. `folded` is as long as `text`.

    `value` is what a filter takes for it.
    """

    text: str
    folded: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Completion:
    """An entry by its rank; `length` code points of its text from `start` on are what was typed."""

    rank: int
    matched: Matched
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Completions:
    """The entries of one kind, the commonest first: `rank` 0 is the commonest.

    Marks at the start of a text, and what brackets hold there ([视频], 【快讯】), need not be typed.
    Everything is found by bisection: in the texts, in their sounds, and in the first letters of these.
    Immutable and safe to share between threads.
    """

    counts: memoryview = field(repr=False)
    texts: StringTable = field(repr=False)
    values: StringTable = field(repr=False)
    _starts: memoryview = field(repr=False)
    """Where in each text that begins which is typed."""
    typed: StringTable = field(repr=False)
    """That of each text, folded."""
    _by_text: memoryview = field(repr=False)
    """Ranks in the order of these."""
    _keys: StringTable = field(repr=False)
    """The sounds of all texts, rising; a text has several where it can be read in several ways."""
    _owners: memoryview = field(repr=False)
    """The rank of each key's text."""
    _by_initials: memoryview = field(repr=False)
    """Places of keys in the order of their first letters."""
    _owners_by_initials: memoryview = field(repr=False)
    """The rank of the text of each of these."""
    _syllables: Syllables = field(repr=False)

    @classmethod
    def of(cls, entries: Iterable[Entry], syllables: Syllables) -> "Completions":
        """An index of entries with different texts or values, in any order."""
        ranked = sorted(
            entries, key=lambda entry: (-entry.count, len(entry.folded), entry.folded, entry.value)
        )
        starts = [_start(entry.folded) for entry in ranked]
        typed = [entry.folded[start:] for entry, start in zip(ranked, starts, strict=True)]
        keyed = [
            (key, rank)
            for rank, text in enumerate(typed)
            for key in dict.fromkeys(key[:MAX_SOUNDS] for key in syllables.keys(text))
            if key
        ]
        keyed = sorted_in_steps(keyed, itemgetter(0))
        initials = [key.translate(syllables.initials) for key, _ in keyed]
        by_initials = sorted_in_steps(range(len(keyed)), initials.__getitem__)
        texts = StringTable.of(entry.text for entry in ranked)
        has_values = any(entry.value != entry.text for entry in ranked)
        return cls(
            counts=numbers(entry.count for entry in ranked),
            texts=texts,
            values=StringTable.of(entry.value for entry in ranked) if has_values else texts,
            _starts=numbers(starts),
            typed=StringTable.of(typed),
            _by_text=numbers(sorted_in_steps(range(len(ranked)), typed.__getitem__)),
            _keys=StringTable.of(key for key, _ in keyed),
            _owners=numbers(rank for _, rank in keyed),
            _by_initials=numbers(by_initials),
            _owners_by_initials=numbers(keyed[at][1] for at in by_initials),
            _syllables=syllables,
        )

    @classmethod
    def from_columns(cls, columns: Columns, syllables: Syllables) -> "Completions":
        """The index that has these columns, made with the same syllables. Raises KeyError where one is
        missing."""
        texts, values = StringTable.from_columns(part(columns, "texts")), part(columns, "values")
        return cls(
            counts=columns["counts"],
            texts=texts,
            values=StringTable.from_columns(values) if values else texts,
            _starts=columns["starts"],
            typed=StringTable.from_columns(part(columns, "typed")),
            _by_text=columns["by_text"],
            _keys=StringTable.from_columns(part(columns, "keys")),
            _owners=columns["owners"],
            _by_initials=columns["by_initials"],
            _owners_by_initials=columns["owners_by_initials"],
            _syllables=syllables,
        )

    @property
    def columns(self) -> Columns:
        """All that it holds but the syllables."""
        return {
            "counts": self.counts,
            **under("texts", self.texts.columns),
            **({} if self.values is self.texts else under("values", self.values.columns)),
            "starts": self._starts,
            **under("typed", self.typed.columns),
            "by_text": self._by_text,
            **under("keys", self._keys.columns),
            "owners": self._owners,
            "by_initials": self._by_initials,
            "owners_by_initials": self._owners_by_initials,
        }

    def find(self, typed: str, sounds: TypedSounds | None, limit: int) -> Iterator[Completion]:
        """The commonest texts that begin with what was typed, at most `limit` of each way of matching.

        `typed` is folded; `sounds` is how it reads as pinyin. Syllables that are cut short before the last
        one (zjiang) count only where no other reading leads anywhere. Each text comes once.
        """
        seen: set[int] = set()
        for completion in self._all(typed, sounds, limit):
            if completion.rank not in seen:
                seen.add(completion.rank)
                yield completion

    def sounding(self, sounds: str, limit: int) -> tuple[int, ...]:
        """The ranks of the commonest texts that have exactly these sounds; no longer than MAX_SOUNDS."""
        # No sound is \0, so between these two lie the sounds themselves and nothing else.
        place = self._keys.between(range(len(self._keys)), sounds, sounds + "\0")
        return tuple(nsmallest(limit, set(self._owners[place])))

    def _all(self, typed: str, sounds: TypedSounds | None, limit: int) -> Iterator[Completion]:
        place = self.typed.beginning_with(self._by_text, typed)
        for rank in nsmallest(limit, self._by_text[place]):
            yield Completion(rank, Matched.CHARACTERS, self._starts[rank], len(typed))
        if sounds is None:
            return
        is_read = False
        for way in sounds.ways:
            for completion in self._by_way(sounds.head, way, limit):
                is_read = True
                yield completion
        if sounds.head:
            return
        if len(sounds.initials) > 1:
            yield from self._initialled(sounds.initials, limit)
        if not is_read:
            for pieces in sounds.mixed:
                yield from self._by_pieces(pieces, limit)

    def _by_way(self, head: str, way: Way, limit: int) -> Iterator[Completion]:
        low, high = self._syllables.beginning(way.beginning)
        matched = Matched.PINYIN if way.sounds or len(way.beginning) > 1 else Matched.INITIALS
        for before in self._syllables.keys(head):
            start = before + way.sounds
            for rank in self._owners_between(start + low, start + high, limit):
                if not head or self.typed[rank].startswith(head):
                    yield self._voiced(rank, matched, len(before) + way.length)

    def _initialled(self, letters: str, limit: int) -> Iterator[Completion]:
        owners = self._owners_by_initials[self._initials_place(letters)]
        for rank in nsmallest(limit, set(owners)):
            yield self._voiced(rank, Matched.INITIALS, len(letters))

    def _by_pieces(self, pieces: tuple[str, ...], limit: int) -> Iterator[Completion]:
        place = self._initials_place("".join(piece[0] for piece in pieces))
        found: set[int] = set()
        for at in nsmallest(MAX_CHECKED, self._by_initials[place], key=self._owners.__getitem__):
            if len(found) == limit:
                return
            spelled = map(self._syllables.spelling, self._keys[at])
            if all(map(str.startswith, spelled, pieces)) and (rank := self._owners[at]) not in found:
                found.add(rank)
                yield self._voiced(rank, Matched.INITIALS, len(pieces))

    def _voiced(self, rank: int, matched: Matched, length: int) -> Completion:
        covered = self._syllables.covered(self.typed[rank], length)
        return Completion(rank, matched, self._starts[rank], covered)

    def _initials_place(self, letters: str) -> slice:
        return beginning_with(
            self._by_initials, letters, lambda at: self._keys[at].translate(self._syllables.initials)
        )

    def _owners_between(self, low: str, high: str, limit: int) -> tuple[int, ...]:
        place = self._keys.between(range(len(self._keys)), low, high)
        # A text may have several of these keys.
        return tuple(nsmallest(limit, set(self._owners[place])))


def _start(folded: str) -> int:
    """Where what is typed of a text begins; 0 where the text is nothing but marks."""
    opening = _OPENING.match(folded)
    end = 0 if opening is None else opening.end()
    while end < len(folded) and (is_punctuation(folded[end]) or is_skipped(folded[end])):
        end += 1
    return end if end < len(folded) else 0
