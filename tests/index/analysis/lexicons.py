"""Analyzers with words of one's own, made faster than `load_analyzer` makes them."""

from collections.abc import Iterable

from index.analysis.analyzer import Analyzer
from index.analysis.chinese import JiebaSegmenter
from index.analysis.setup import analyzer_of
from index.analysis.user_words import UserWord, UserWords
from index.text.dictionary import Dictionary
from index.text.folding import Folding


def added(words: Iterable[str]) -> UserWords:
    """Words without weights."""
    return UserWords(tuple(map(UserWord, words)))


def analyzer_with(folding: Folding, shipped: Dictionary, words: UserWords) -> Analyzer:
    return analyzer_of(folding, shipped, words, JiebaSegmenter)
