"""Misspellings made by rule from titles: each with the text that was meant."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import Final

from index.analysis.classes import is_ideograph
from index.text.folding import Folding
from search.suggestions.syllables import Syllables

SHORTEST: Final = 4
LONGEST: Final = 12
"""Characters of a run that somebody types from a title, as in the judged queries of known items (5 to 12)."""


class Slip(Enum):
    """What went wrong while typing."""

    SAME_SOUND = "same sound"
    WRONG = "wrong"
    MISSING = "missing"
    EXTRA = "extra"
    SWAPPED = "swapped"


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A folded text as it was typed, and as it was meant."""

    slip: Slip
    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class Misspeller:
    """Makes slips. `usual` are the characters that a slip of the finger or of an input method puts in."""

    syllables: Syllables
    usual: Sequence[str]

    @classmethod
    def of(cls, titles: Iterable[str], syllables: Syllables) -> "Misspeller":
        """One that puts in the characters of these titles."""
        return cls(syllables, sorted({char for title in titles for char in title if is_ideograph(char)}))

    def misspell(self, meant: str, slip: Slip, random: Random) -> Misspelling | None:
        """The text with one slip, which makes another text of it; None where the text allows none."""
        places = [at for at, char in enumerate(meant) if is_ideograph(char)]
        at = random.choice(places)
        match slip:
            case Slip.SAME_SOUND:
                typed = self._sounding(meant, random)
            case Slip.WRONG:
                typed = meant[:at] + random.choice(self.usual) + meant[at + 1 :]
            case Slip.MISSING if 0 < at < len(meant) - 1:
                typed = meant[:at] + meant[at + 1 :]
            case Slip.MISSING:
                # Without its first or last character it is another run of the title, with nothing wrong.
                return None
            case Slip.EXTRA:
                typed = meant[:at] + random.choice(self.usual) + meant[at:]
            case Slip.SWAPPED:
                typed = meant[:at] + meant[at : at + 2][::-1] + meant[at + 2 :]
        return None if typed in {meant, None} else Misspelling(slip, typed, meant)

    def _sounding(self, meant: str, random: Random) -> str | None:
        """With another character of the titles that sounds the same in its commonest reading."""
        for at in random.sample(range(len(meant)), len(meant)):
            sound = self.syllables.of(meant[at])[:1]
            alike = [
                char for char in self.usual if char != meant[at] and self.syllables.of(char)[:1] == sound
            ]
            if sound and alike:
                return meant[:at] + random.choice(alike) + meant[at + 1 :]
        return None


def runs(titles: Sequence[str], folding: Folding, random: Random) -> Iterator[str]:
    """Different runs of Chinese characters of random titles, folded, without end while titles last."""
    seen: set[str] = set()
    for title in random.sample(titles, len(titles)):
        stretches = [run for run in _stretches(folding.fold(title)) if len(run) >= SHORTEST]
        if stretches:
            stretch = random.choice(stretches)
            length = random.randint(SHORTEST, min(LONGEST, len(stretch)))
            start = random.randint(0, len(stretch) - length)
            run = stretch[start : start + length]
            if run not in seen:
                seen.add(run)
                yield run


def misspellings(
    texts: Iterable[str], misspeller: Misspeller, slip: Slip, count: int, random: Random
) -> tuple[Misspelling, ...]:
    """So many misspellings of this kind, of the first texts that allow one."""
    made: list[Misspelling] = []
    for text in texts:
        if (misspelling := misspeller.misspell(text, slip, random)) is not None:
            made.append(misspelling)
        if len(made) == count:
            break
    return tuple(made)


def _stretches(folded: str) -> Iterator[str]:
    stretch = ""
    for char in folded:
        if is_ideograph(char):
            stretch += char
        else:
            yield stretch
            stretch = ""
    yield stretch
