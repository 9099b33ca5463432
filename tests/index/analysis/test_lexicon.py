"""Added words change the cut of no text that does not hold them."""

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.analysis.chinese import JiebaSegmenter
from index.analysis.lexicon import Lexicon
from index.analysis.segmenter import Segmenter
from index.analysis.setup import analyzer_of
from index.analysis.user_words import UserWord, UserWords
from index.text.dictionary import Dictionary
from index.text.folding import Folding

LETTERS = "甲乙丙丁戊a1"

written = st.text(LETTERS + "+ ", min_size=2, max_size=4).map(str.strip).filter(lambda word: len(word) > 1)
user_words = st.dictionaries(written, st.none() | st.integers(1, 10**6), max_size=3).map(
    lambda words: UserWords(tuple(UserWord(text, weight) for text, weight in words.items()))
)
frequencies = st.dictionaries(st.text(LETTERS, min_size=1, max_size=4), st.integers(1, 50), max_size=12)
articles = st.text(LETTERS + "+ ，\n", max_size=14)


def dictionary_of(words: Mapping[str, int]) -> Dictionary:
    return Dictionary("small", {}, max(1, sum(words.values()))).with_words(words)


def segmenters() -> tuple[Callable[[Dictionary], Segmenter], ...]:
    """Ours, the fast one only where its library is installed."""
    if find_spec("rjieba") is None:
        return (JiebaSegmenter,)
    return JiebaSegmenter, import_module("index.analysis.rapid").RapidSegmenter


def cuts(analyzer: Analyzer, text: str) -> tuple[object, ...]:
    """All that depends on words: what is indexed, what is asked for, and where a word stands."""
    folded = analyzer.folding.fold(text)
    indexed = list(analyzer.index_words(text))
    places = [
        place for piece in analyzer.pieces(folded) for place in analyzer.places_of_words(piece, {*indexed})
    ]
    return indexed, analyzer.query_words(text), places


def test_a_text_without_the_changed_words_is_cut_as_before(folding: Folding) -> None:
    compared = 0

    @settings(max_examples=400)
    @given(frequencies, user_words, user_words, articles)
    def law(shipped: Mapping[str, int], before: UserWords, after: UserWords, text: str) -> None:
        nonlocal compared
        for segmenter in segmenters():
            one, other = (
                analyzer_of(folding, dictionary_of(shipped), words, segmenter) for words in (before, after)
            )
            changed = other.lexicon.changed(one.lexicon)
            assert changed is not None
            assume(not any(word in one.characters(text) for word in changed))
            assert cuts(one, text) == cuts(other, text)
            compared += bool(changed and text)

    law()
    assert compared > 50


class MovingTotal(JiebaSegmenter):
    """Cuts as jieba does where words are added to it: the total grows with them."""

    def __init__(self, dictionary: Dictionary) -> None:
        super().__init__(Dictionary("", dictionary.frequencies, sum(dictionary.frequencies.values())))


@pytest.mark.parametrize(
    ("segmenter", "after"), [(JiebaSegmenter, ["甲", "乙"]), (MovingTotal, ["甲乙"])], ids=["ours", "control"]
)
def test_a_total_that_moved_would_change_other_texts(
    folding: Folding, segmenter: type[Segmenter], after: list[str]
) -> None:
    """甲 and 乙 apart have a probability of 10/60 * 10/60, 甲乙 of 1/60: less, but more once 60 is 160."""
    shipped = dictionary_of({"甲": 10, "乙": 10, "甲乙": 1, "丙": 39})
    words = UserWords((UserWord("丙丁", 100),))
    assert analyzer_of(folding, shipped, UserWords(), segmenter).segmenter.words("甲乙") == ["甲", "乙"]
    assert analyzer_of(folding, shipped, words, segmenter).segmenter.words("甲乙") == after


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ({}, {}, set()),
        ({}, {"碳汇贷": 5}, {"碳汇贷"}),
        ({"碳汇贷": 5}, {}, {"碳汇贷"}),
        ({"碳汇贷": 5}, {"碳汇贷": 6, "双碳": 1}, {"碳汇贷", "双碳"}),
    ],
    ids=["none", "added", "removed", "another weight"],
)
def test_words_are_changed_that_one_has_and_the_other_has_not_so(
    before: Mapping[str, int], after: Mapping[str, int], changed: set[str]
) -> None:
    assert Lexicon("base", after).changed(Lexicon("base", before)) == frozenset(changed)


def test_mixed_words_change_too_and_another_base_changes_any_text() -> None:
    one = Lexicon("base", {}, frozenset({"a+h", "b+b"}))
    assert one.changed(Lexicon("base", {}, frozenset({"b+b", "c+"}))) == frozenset({"a+h", "c+"})
    assert one.changed(Lexicon("other")) is None


def test_a_word_that_the_dictionary_has_with_this_weight_changes_nothing(folding: Folding) -> None:
    shipped = dictionary_of({"甲乙": 7})
    same = analyzer_of(folding, shipped, UserWords((UserWord("甲乙", 7),)), JiebaSegmenter)
    other = analyzer_of(folding, shipped, UserWords((UserWord("甲乙", 8),)), JiebaSegmenter)
    assert (same.lexicon.weights, other.lexicon.weights) == ({}, {"甲乙": 8})


def test_without_words_the_version_is_the_base(folding: Folding) -> None:
    shipped = dictionary_of({"甲乙": 7})
    plain = analyzer_of(folding, shipped, UserWords(), JiebaSegmenter)
    worded = analyzer_of(folding, shipped, UserWords((UserWord("丙丁"),)), JiebaSegmenter)
    assert plain.version == plain.lexicon.base == worded.lexicon.base != worded.version
