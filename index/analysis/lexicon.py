"""What an analyzer cuts with, told so that two analyzers can be compared."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words that an analyzer knows beside those of the program, folded and without white space.

    `base` is the version of the analyzer that has no such words: its rules, its folding, its dictionary.
    `weights` are the frequencies of words in which the dictionary differs from the program's, `mixed` the
    words that are found beside it.
    """

    base: str
    weights: Mapping[str, int] = field(default_factory=dict)
    mixed: AbstractSet[str] = frozenset()

    def changed(self, other: "Lexicon") -> frozenset[str] | None:
        """The words by which two analyzers may cut a text differently; None where it may be any text.

        Law: they cut every text alike that holds none of these words, in its characters as
        `Analyzer.characters` gives them. The cut of a stretch is its most probable path through the words
        that stand in it (`index.analysis.chinese`), each with its frequency over the total; the total is the
        same whatever was added (`Dictionary.with_words`), and beginnings of words lead to no others than
        those words. A mixed word takes a place only where it stands.
        """
        if self.base != other.base:
            return None
        weighed = {
            word
            for word in self.weights.keys() | other.weights.keys()
            if self.weights.get(word) != other.weights.get(word)
        }
        return frozenset(weighed | (self.mixed ^ other.mixed))
