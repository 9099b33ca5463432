"""How an operator's words come into the dictionary, or beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log
from typing import Final

from index.analysis.chinese import JiebaSegmenter
from index.analysis.mixed_words import MixedWords
from index.analysis.pieces import pieces
from index.analysis.stretches import stretches
from index.analysis.user_words import UserWords, UserWordsInvalid
from index.text.characters import compact
from index.text.dictionary import Dictionary
from index.text.folding import Folding

MAX_MIXED: Final = 1_000
"""Mixed words are tried one by one at every place where one may begin."""


@dataclass(frozen=True, slots=True)
class AddedWords:
    """Words as folded texts have them: those for the dictionary with their weights, and the mixed ones."""

    weights: Mapping[str, int | None]
    mixed: frozenset[str]

    @classmethod
    def of(cls, added: UserWords, folding: Folding) -> "AddedWords":
        """Raises UserWordsInvalid where there are too many mixed ones."""
        weights: dict[str, int | None] = {}
        mixed: set[str] = set()
        for word in added.words:
            text = compact(folding.fold(word.text))
            if _is_for_the_dictionary(folding.fold(word.text), text):
                weights[text] = word.weight
            else:
                mixed.add(text)
        if len(mixed) > MAX_MIXED:
            raise UserWordsInvalid(
                f"{len(mixed):,} of the words have signs or spaces in them; at most {MAX_MIXED:,} can"
            )
        return cls(weights, frozenset(mixed))

    def frequencies(self, dictionary: Dictionary) -> Mapping[str, int]:
        """Frequencies for the words; without a weight, the least with which a word is cut out whole.

        That is what jieba itself suggests: more than its parts would stand together by chance.
        """
        segmenter = JiebaSegmenter(dictionary)
        return {
            word: _suggested(word, segmenter, dictionary) if weight is None else weight
            for word, weight in self.weights.items()
        }


def _is_for_the_dictionary(folded: str, text: str) -> bool:
    """Whether a segmenter gets the word in one stretch that it can cut."""
    cut = [piece.text for piece in pieces(folded, MixedWords())]
    return cut == [text] and list(stretches(text)) == [(text, False)]


def _suggested(word: str, segmenter: JiebaSegmenter, dictionary: Dictionary) -> int:
    by_chance = sum(
        log((dictionary.frequencies.get(part) or 1) / dictionary.total) for part in segmenter.words(word)
    )
    return max(dictionary.frequencies.get(word, 0), int(exp(by_chance) * dictionary.total) + 1)
