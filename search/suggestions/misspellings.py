"""What a run of text may have been meant as, if one slip or a same-sounding word was made in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice

from index.analysis.analyzer import Analyzer
from index.analysis.classes import is_ideograph
from search.suggestions.rewriting import Likeliest, Rewriting
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
class Misspellings:
    """Undoes slips in folded runs."""

    vocabulary: Vocabulary
    analyzer: Analyzer

    def of(self, run: str, limit: int) -> tuple[Rewriting, ...]:
        """The likeliest texts that the run may stand for, the likeliest first; each text once."""
        likeliest = Likeliest(run, limit)
        # Whole titles and words first: most of the single characters are then seen to be less likely.
        self._titles(run, likeliest)
        self._sounding(run, likeliest)
        gaps = self._gaps(run)
        for at in _suspected(run, gaps):
            if at:
                place = self._place(run, at - 1, at + 1)
                place.offer(run[at] + run[at - 1], Reason.ONE_CHARACTER, SWAPPED, likeliest)
            place = self._place(run, at, at + 1)
            if len(run) > 2:
                place.offer("", Reason.ONE_CHARACTER, EXTRA, likeliest)
            self._wrong(place, likeliest)
        for gap in nsmallest(SUSPECTED, range(1, len(run)), key=gaps.__getitem__):
            self._missing(run, gap, likeliest)
        return likeliest.ranked()

    def unfinished(self, run: str, limit: int) -> tuple[Rewriting, ...]:
        """The likeliest texts that the run is all but one end character of."""
        likeliest = Likeliest(run, limit)
        self._missing(run, 0, likeliest)
        self._missing(run, len(run), likeliest)
        return likeliest.ranked()

    def _titles(self, run: str, likeliest: Likeliest) -> None:
        """Whole titles: that one is so near is no chance, but for short ones."""
        if len(run) < SHORTEST_TITLE:
            return
        vocabulary, place = self.vocabulary, self._place(run, 0, len(run))
        for title in vocabulary.titles.near(run):
            is_alike = vocabulary.syllables.sound_alike(run, title)
            reason = Reason.SAME_SOUND if is_alike else Reason.ONE_CHARACTER
            place.offer(title, reason, WHOLE_TITLE, likeliest)
        for title in vocabulary.sounding_titles(run, SOUNDING):
            place.offer(title, Reason.SAME_SOUND, WHOLE_TITLE, likeliest)

    def _missing(self, run: str, gap: int, likeliest: Likeliest) -> None:
        self._fill(self._place(run, gap, gap), MISSING, frozenset(), likeliest)

    def _sounding(self, run: str, likeliest: Likeliest) -> None:
        """Words that sound as some of the run does; several of their characters may be others."""
        spans = [(start, end) for _, start, end in self.analyzer.query_places(run)]
        for first, (start, _) in enumerate(spans):
            for _, end in spans[first : first + MAX_WINDOW_WORDS]:
                if 2 <= end - start <= MAX_WINDOW:
                    words = self.vocabulary.sounding(run[start:end], SOUNDING)
                    place = self._place(run, start, end)
                    for word in words:
                        place.offer(word, Reason.SAME_SOUND, SAME_SOUND, likeliest)

    def _wrong(self, place: "_Place", likeliest: Likeliest) -> None:
        alike = frozenset(self.vocabulary.syllables.homophones(place.old))
        pairs, before, behind = self.vocabulary.pairs, place.before[-1:], place.behind[:1]
        for char in pairs.beside(before, behind, alike):
            place.offer_char(
                char, pairs.within(before, char, behind), Reason.SAME_SOUND, SAME_SOUND, likeliest
            )
        self._fill(place, 0.0, alike, likeliest)

    def _fill(self, place: "_Place", bonus: float, unlike: frozenset[str], likeliest: Likeliest) -> None:
        """Offer the place with each of the TRIED characters in it that are the most usual there."""
        usual = self.vocabulary.pairs.between(place.before[-1:], place.behind[:1])
        for char, weight in islice(usual, TRIED):
            if place.most(weight, bonus) < likeliest.least:
                return
            if is_ideograph(char) and char not in unlike:
                place.offer_char(char, weight, Reason.ONE_CHARACTER, bonus, likeliest)

    def _gaps(self, run: str) -> list[float]:
        """How usual what stands around each gap is; that nothing stands before or behind the run is usual."""
        usual = self.vocabulary.pairs.usual
        within = (_weigh(run[max(at - 2, 0) : at + 2], self.vocabulary) for at in range(1, len(run)))
        return [usual, *within, usual]

    def _place(self, run: str, start: int, end: int) -> "_Place":
        return _Place.of(self.vocabulary, run, start, end)


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
    around: float
    """How usual the pairs inside `before` and `behind` are."""

    @classmethod
    def of(cls, vocabulary: Vocabulary, run: str, start: int, end: int) -> "_Place":
        before, behind = run[max(start - 2, 0) : start], run[end : end + 2]
        old, pairs = run[start:end], vocabulary.pairs
        weight = _weigh(before + old + behind, vocabulary) - pairs.usual * len(old)
        around = pairs.weigh(before) + pairs.weigh(behind)
        return cls(vocabulary, run, start, end, before, behind, weight, around)

    @property
    def old(self) -> str:
        """What stands there now."""
        return self.run[self.start : self.end]

    def most(self, weight: float, bonus: float) -> float:
        """What one character gains at most whose pairs with what stands beside it have this weight."""
        return weight + bonus + self.around - self.vocabulary.pairs.usual - self.weight

    def offer_char(
        self, char: str, weight: float, reason: Reason, bonus: float, likeliest: Likeliest
    ) -> None:
        """Offer the run with one character there whose pairs with what stands beside it have this weight."""
        gain = self.most(weight, bonus)
        if gain >= likeliest.least:
            gain += UNSEEN_TRIPLE * self.vocabulary.triples.unseen(self.before + char + self.behind)
            self._offer(char, reason, gain, likeliest)

    def offer(self, new: str, reason: Reason, bonus: float, likeliest: Likeliest) -> None:
        """Offer the run with something else there; `bonus` is what the kind of slip adds to the gain."""
        weight = _weigh(self.before + new + self.behind, self.vocabulary)
        gain = weight - self.vocabulary.pairs.usual * len(new) - self.weight + bonus
        self._offer(new, reason, gain, likeliest)

    def _offer(self, new: str, reason: Reason, gain: float, likeliest: Likeliest) -> None:
        if gain < likeliest.least:
            return
        old = self.old
        same, same_behind = _in_common(old, new) if len(old) > 1 else (0, 0)
        text = self.run[: self.start] + new + self.run[self.end :]
        likeliest.offer(Rewriting(text, self.start + same, len(new) - same - same_behind, reason, gain))


def _suspected(run: str, gaps: Sequence[float]) -> list[int]:
    """The places where a character is least usual between its neighbours."""
    places = (at for at, char in enumerate(run) if is_ideograph(char))
    return nsmallest(SUSPECTED, places, key=lambda at: gaps[at] + gaps[at + 1])


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
