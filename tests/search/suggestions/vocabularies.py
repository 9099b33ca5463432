"""Vocabularies of a few terms, and all that can be asked of one."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from index.analysis.analyzer import Analyzer
from index.text.folding import Folding
from search.suggestions.misspellings import Misspellings
from search.suggestions.pinyin_typed import meant_by_letters
from search.suggestions.suggestion import SuggestionKind
from search.suggestions.syllables import Syllables
from search.suggestions.vocabulary import Term, Vocabulary
from search.suggestions.vocabulary_file import VocabularyFile

LIMIT = 5
TERMS = (
    Term(SuggestionKind.REGION, "浙江省", "330000", 7),
    Term(SuggestionKind.SOURCE, "江汉政务网", "江汉政务网", 4),
    Term(SuggestionKind.WORD, "武汉", "武汉", 9),
    Term(SuggestionKind.WORD, "协同创新", "协同创新", 3),
    Term(SuggestionKind.WORD, "重庆", "重庆", 2),
    Term(SuggestionKind.TITLE, "【快讯】武汉推进协同创新", "【快讯】武汉推进协同创新", 1),
    Term(SuggestionKind.TITLE, "重慶發布人才政策😀", "重慶發布人才政策😀", 1),
)
TYPED = (
    "武",
    "浙j",
    "wuh",
    "wh",
    "zjiang",
    "xietong",
    "五汉",
    "武汉推进协同创心",
    "重庆发布人材政策",
    "zhongqing",
)


def made(
    folding: Folding, syllables: Syllables, terms: Iterable[Term] = TERMS, state: str = "1.1 7"
) -> Vocabulary:
    """The vocabulary of these terms."""
    return Vocabulary.of(state, terms, folding, syllables)


def answers(vocabulary: Vocabulary, analyzer: Analyzer, texts: Sequence[str] = TYPED) -> list[object]:
    """What the vocabulary says of each of these texts, in every way that suggestions ask it."""
    return [
        (
            [
                (kind, completions.texts[found.rank], completions.values[found.rank], found)
                for kind, completions in vocabulary.completions.items()
                for found in completions.find(text, vocabulary.syllables.read(text), LIMIT)
            ],
            Misspellings(vocabulary, analyzer).of(text, LIMIT),
            Misspellings(vocabulary, analyzer).unfinished(text, LIMIT),
            meant_by_letters(text, vocabulary, LIMIT),
            vocabulary.is_usual(text),
            vocabulary.sounding(text, LIMIT),
            vocabulary.sounding_titles(text, LIMIT),
            vocabulary.titles.near(text),
            [vocabulary.pairs.weight(first, second) for first, second in pairwise(text)],
        )
        for text in map(analyzer.folding.fold, texts)
    ]


def flip(file: VocabularyFile, at: int = -64) -> None:
    """Turn a bit over in the byte at this place, else in the last column."""
    data = bytearray(file.path.read_bytes())
    data[at] ^= 0x10
    file.path.write_bytes(data)
