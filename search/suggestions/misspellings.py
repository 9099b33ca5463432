"""What a run of text may have been meant as, if one slip or a same-sounding word was made in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain

from index.analysis.analyzer import Analyzer
from index.analysis.classes import is_ideograph
from search.suggestions.suggestion import Reason
from search.suggestions.vocabulary import Vocabulary

SAME_SOUND = 12.0
SWAPPED = 10.0
MISSING = 10.0
EXTRA = -4.0
WHOLE_TITLE = 20.0
"""What a slip of a kind is likelier than a wrong character, in binary logarithms. A wrong or an extra one can
be any of thousands, one that sounds the same any of a few, and without a character, or with two that changed
places, a text can be typed in one way only. The best of seven settings tried on 2026-11-28 on 400 misspelt
runs of titles of provincial offices; `benchmarks/suggestions.py` measures them."""

UNSEEN_TRIPLE = -9.0
"""The weight of three characters that nowhere stand side by side. Chosen by hand on 2026-11-28."""

SUSPECTED = 5
"""Places of a run that are looked at, those with the least usual pairs."""

TRIED = 40
"""Characters that are tried at a place, the most usual there."""

SHORTEST_TITLE = 6
"""Characters of the shortest text that may stand for a whole title."""

MAX_WINDOW = 8
"""Characters of the longest word that is looked up by its sound inside a run."""
MAX_WINDOW_WORDS = 3
"""Words of a cut run, which an error may have cut to pieces, that are taken together."""

SOUNDING = 4
"""Words of one sound that are tried in a place, the commonest."""


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A text in place of another: `length` characters from `start` on are new.

    `gain` is by how much it is likelier, in binary logarithms.
    """

    text: str
    start: int
    length: int
    reason: Reason
    gain: float


@dataclass(frozen=True, slots=True)
class Misspellings:
    """Undoes slips in folded runs."""

    vocabulary: Vocabulary
    analyzer: Analyzer

    def of(self, run: str, limit: int) -> tuple[Rewriting, ...]:
        """The likeliest texts that the run may stand for, the likeliest first; each text once."""
        return _likeliest(run, self._all(run), limit)

    def unfinished(self, run: str, limit: int) -> tuple[Rewriting, ...]:
        """The likeliest texts that the run is all but one end character of."""
        return _likeliest(run, chain(self._missing(run, 0), self._missing(run, len(run))), limit)

    def _all(self, run: str) -> Iterator[Rewriting]:
        yield from self._titles(run)
        yield from self._sounding(run)
        for at in self._suspected(run):
            yield from self._wrong(run, at)
            if len(run) > 2:
                yield self._place(run, at, at + 1).put("", Reason.ONE_CHARACTER, EXTRA)
            if at:
                swapped = run[at] + run[at - 1]
                yield self._place(run, at - 1, at + 1).put(swapped, Reason.ONE_CHARACTER, SWAPPED)
        for gap in self._suspected_gaps(run):
            yield from self._missing(run, gap)

    def _titles(self, run: str) -> Iterator[Rewriting]:
        """Whole titles: that one is so near is no chance, but for short ones."""
        if len(run) < SHORTEST_TITLE:
            return
        vocabulary, place = self.vocabulary, self._place(run, 0, len(run))
        for title in vocabulary.titles.near(run):
            is_alike = vocabulary.syllables.sound_alike(run, title)
            yield place.put(title, Reason.SAME_SOUND if is_alike else Reason.ONE_CHARACTER, WHOLE_TITLE)
        for title in vocabulary.sounding_titles(run, SOUNDING):
            yield place.put(title, Reason.SAME_SOUND, WHOLE_TITLE)

    def _missing(self, run: str, gap: int) -> Iterator[Rewriting]:
        place = self._place(run, gap, gap)
        for char in self.vocabulary.pairs.between(run[:gap][-1:], run[gap : gap + 1], TRIED):
            if is_ideograph(char):
                yield place.put(char, Reason.ONE_CHARACTER, MISSING)

    def _sounding(self, run: str) -> Iterator[Rewriting]:
        """Words that sound as some of the run does; several of their characters may be others."""
        spans = [
            (start, end)
            for piece in self.analyzer.pieces(run)
            for _, start, end in self.analyzer.places_in_query(piece)
        ]
        for first, (start, _) in enumerate(spans):
            for _, end in spans[first : first + MAX_WINDOW_WORDS]:
                if 2 <= end - start <= MAX_WINDOW:
                    words = self.vocabulary.sounding(run[start:end], SOUNDING)
                    place = self._place(run, start, end)
                    yield from (place.put(word, Reason.SAME_SOUND, SAME_SOUND) for word in words)

    def _wrong(self, run: str, at: int) -> Iterator[Rewriting]:
        before, behind = run[:at][-1:], run[at + 1 : at + 2]
        pairs, place = self.vocabulary.pairs, self._place(run, at, at + 1)
        alike = pairs.beside(before, behind).intersection(self.vocabulary.syllables.homophones(run[at]))
        for char in pairs.between(before, behind, TRIED):
            if is_ideograph(char) and char not in alike:
                yield place.put(char, Reason.ONE_CHARACTER, 0.0)
        for char in alike:
            yield place.put(char, Reason.SAME_SOUND, SAME_SOUND)

    def _suspected(self, run: str) -> list[int]:
        """The places where a character is least usual between its neighbours."""
        gaps = self._gaps(run)
        places = (at for at, char in enumerate(run) if is_ideograph(char))
        return nsmallest(SUSPECTED, places, key=lambda at: gaps[at] + gaps[at + 1])

    def _suspected_gaps(self, run: str) -> list[int]:
        """The places between characters where one is missed the most."""
        return nsmallest(SUSPECTED, range(1, len(run)), key=self._gaps(run).__getitem__)

    def _gaps(self, run: str) -> list[float]:
        """How usual what stands around each gap is; that nothing stands before or behind the run is usual."""
        usual = self.vocabulary.pairs.usual
        within = (_weigh(run[max(at - 2, 0) : at + 2], self.vocabulary) for at in range(1, len(run)))
        return [usual, *within, usual]

    def _place(self, run: str, start: int, end: int) -> "_Place":
        before, behind = run[max(start - 2, 0) : start], run[end : end + 2]
        old = run[start:end]
        weight = _weigh(before + old + behind, self.vocabulary) - self.vocabulary.pairs.usual * len(old)
        return _Place(self.vocabulary, run, start, end, before, behind, weight)


@dataclass(frozen=True, slots=True)
class _Place:
    """A stretch of a run that something else is put in place of. `before` and `behind` are what stands beside
    it and has to fit, `weight` is how usual that is with what stands there now."""

    vocabulary: Vocabulary
    run: str
    start: int
    end: int
    before: str
    behind: str
    weight: float

    def put(self, new: str, reason: Reason, bonus: float) -> Rewriting:
        """The run with something else there; `bonus` is what the kind of slip adds to its likelihood."""
        weight = _weigh(self.before + new + self.behind, self.vocabulary)
        gain = weight - self.vocabulary.pairs.usual * len(new) - self.weight + bonus
        old = self.run[self.start : self.end]
        same, same_behind = _in_common(old, new) if len(old) > 1 else (0, 0)
        text = self.run[: self.start] + new + self.run[self.end :]
        return Rewriting(text, self.start + same, len(new) - same - same_behind, reason, gain)


def _weigh(text: str, vocabulary: Vocabulary) -> float:
    """How usual a text is. A longer one weighs more anyway, by what a pair does on average."""
    return vocabulary.pairs.weigh(text) + UNSEEN_TRIPLE * vocabulary.triples.unseen(text)


def _in_common(old: str, new: str) -> tuple[int, int]:
    """How many characters two texts have in common at their starts, and at the ends of what is left."""
    same = _same(old, new)
    return same, _same(old[same:][::-1], new[same:][::-1])


def _same(old: str, new: str) -> int:
    shorter = min(len(old), len(new))
    differing = (at for at in range(shorter) if old[at] != new[at])
    return next(differing, shorter)


def _likeliest(run: str, rewritings: Iterable[Rewriting], limit: int) -> tuple[Rewriting, ...]:
    """The rewritings with the highest gain, each text once and the run itself never."""
    best: dict[str, Rewriting] = {}
    for rewriting in rewritings:
        known = best.get(rewriting.text)
        if rewriting.text != run and (known is None or known.gain < rewriting.gain):
            best[rewriting.text] = rewriting
    return tuple(sorted(best.values(), key=lambda found: (-found.gain, found.text))[:limit])
