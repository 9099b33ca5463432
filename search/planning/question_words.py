"""Words that make a text a question and say nothing about what it asks for."""

from typing import Final

from index.analysis.analyzer import Analyzer
from search.planning.demand import LONG_FROM

_WORDS: Final = (
    "什么 什么样 哪 哪个 哪些 哪里 哪儿 哪位 哪几 哪家 谁 何 何时 何地 为何 为什么 如何 怎 怎么 怎样 怎么样",
    "怎么办 多少 多久 多长 几 几个 几年 几次 是否 能否 可否 吗 呢 请问",
)
QUESTION_WORDS: Final = frozenset(word for line in _WORDS for word in line.split())
"""Interrogatives and particles of questions, as words of the segmenter: a closed class. Without their scores
rgb_zh gains .005, crud_news .008 and stard .001 (`docs/relevance.md`); of what else is common in questions,
such as 是, 的 and 有, each costs one of these sets what another one gains."""

_MARK: Final = ","


def without_question_words(text: str, analyzer: Analyzer) -> str:
    """The folded text with a mark in the place of each of their characters; the folded text as it is where it
    has fewer than LONG_FROM words, as a name has, or no others."""
    folded = analyzer.folding.fold(text)
    kept = list(folded)
    for start, end in places_of_asking(folded, analyzer):
        kept[start:end] = _MARK * (end - start)
    return "".join(kept)


def places_of_asking(folded: str, analyzer: Analyzer) -> tuple[tuple[int, int], ...]:
    """Start and end of each of them in a folded text; none where it has fewer than LONG_FROM words, or no
    others."""
    places = tuple(analyzer.query_places(folded))
    asking = tuple((start, end) for word, start, end in places if word in QUESTION_WORDS)
    return () if len(places) < LONG_FROM or len(asking) == len(places) else asking
