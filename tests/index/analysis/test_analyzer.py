"""The one analyzer: characters, words, keywords, and the places of words in a text."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import MAX_WORD_BYTES, Analyzer
from tests import reference_engine
from tests.strategies import SKIPPED, respell, spellings, texts


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        pytest.param("臺灣 ＧＤＰ\n增長", "台湾gdp增长", id="folded, without white space"),
        pytest.param("科\u200b技\u00ad", "科技", id="without format characters"),
        pytest.param("发展，改革", "发展,改革", id="with punctuation, in one width"),
        pytest.param("𠮷㐂㎡", "𠮷㐂㎡", id="rare characters and symbols stay"),
        pytest.param(" \n", "", id="nothing"),
    ],
)
def test_characters_are(text: str, characters: str, analyzer: Analyzer) -> None:
    assert analyzer.characters(text) == characters


def test_a_keyword_is_the_folded_text_without_outer_space(analyzer: Analyzer) -> None:
    assert analyzer.keyword(" 湖北科技網\u3000") == "湖北科技网"
    assert analyzer.keyword("ＧＤＰ 觀察") == "gdp 观察"


def test_each_occurrence_of_a_word_is_indexed(analyzer: Analyzer) -> None:
    assert list(analyzer.index_words("科技，科技与人民政府")) == [
        "科技", "科技", "与", "人民", "民政", "政府", "人民政府",
    ]  # fmt: skip


def test_words_of_a_query_are_in_order_each_once(analyzer: Analyzer) -> None:
    assert analyzer.query_words("人民政府和科技和人民政府") == ("人民政府", "和", "科技")


def test_angle_brackets_are_no_words_of_a_query(analyzer: Analyzer) -> None:
    """People type them for 《》; other symbols say something."""
    assert analyzer.query_words("印发<办法＞的") == ("印发", "办法", "的")
    assert analyzer.query_words("办法+5") == ("办法", "+", "5")
    assert "<" in analyzer.index_words("印发<办法>的")


def test_a_word_with_an_accent_is_not_found_by_its_letters_scattered(analyzer: Analyzer) -> None:
    assert analyzer.query_words("CAFÉ咖啡") == ("café", "咖啡")
    assert not set(analyzer.query_words("café")) & set(analyzer.index_words("caf与é，ca fé"))


@pytest.mark.parametrize("text", ["", "，。", " "])
def test_nothing_has_no_words(text: str, analyzer: Analyzer) -> None:
    assert list(analyzer.index_words(text)) == []
    assert analyzer.query_words(text) == ()


def places(text: str, words: set[str], analyzer: Analyzer) -> list[tuple[str, int, int]]:
    """Where the words are indexed in a text."""
    return [
        place
        for piece in analyzer.pieces(analyzer.folding.fold(text))
        for place in analyzer.places_of_words(piece, words)
    ]


class OneWord:
    """A segmenter for which each piece is one word: jieba's are never so long, but for ASCII."""

    def words(self, piece: str) -> list[str]:
        return [piece]

    def search_words(self, piece: str) -> list[str]:
        return [piece]

    def search_places(self, piece: str) -> Iterator[tuple[int, str]]:
        yield 0, piece


@pytest.mark.parametrize(
    ("word", "bounded"),
    [
        pytest.param("q" * MAX_WORD_BYTES, "q" * MAX_WORD_BYTES, id="as long as allowed"),
        pytest.param("q" * (MAX_WORD_BYTES + 1), "q" * MAX_WORD_BYTES, id="one byte more"),
        pytest.param("正" * 22, "正" * 21, id="three bytes each"),
        pytest.param("qq" + "正" * 30, "qq" + "正" * 20, id="not inside a character"),
    ],
)
def test_long_words_are_cut_alike_in_articles_and_queries(
    word: str, bounded: str, analyzer: Analyzer
) -> None:
    one_word = replace(analyzer, segmenter=OneWord())
    assert list(one_word.index_words(word)) == [bounded]
    assert one_word.query_words(word) == (bounded,)
    assert places(f"，{word}。", {bounded}, one_word) == [(bounded, 1, 1 + len(word))]


def test_letters_and_digits_without_end_become_one_bounded_word(analyzer: Analyzer) -> None:
    assert list(analyzer.index_words("a1" * 5000)) == ["a1" * 32]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param("科技，科技", {"科技"}, [("科技", 0, 2), ("科技", 3, 5)], id="every place"),
        pytest.param("湖北人民政府", {"政府"}, [("政府", 4, 6)], id="inside a longer word"),
        pytest.param("人 民\n政府", {"人民"}, [("人民", 0, 3)], id="with the white space inside"),
        pytest.param(
            "發展與改革", {"发展", "改革"}, [("发展", 0, 2), ("改革", 3, 5)], id="in the other script"
        ),
        pytest.param("100㎡", {"㎡"}, [("㎡", 3, 4)], id="a symbol"),
        pytest.param("局长", {"长"}, [], id="not a character inside a word"),
        pytest.param("科，技", {"科技"}, [], id="not over punctuation"),
        pytest.param("科技", set(), [], id="no words"),
    ],
)
def test_words_are_placed(
    text: str, words: set[str], expected: list[tuple[str, int, int]], analyzer: Analyzer
) -> None:
    assert places(text, words, analyzer) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("湖北人民政府", [("湖北", 0, 2), ("人民政府", 2, 6)], id="no words within words"),
        pytest.param("科技，科技", [("科技", 0, 2), ("科技", 3, 5)], id="every place"),
        pytest.param("人 民\n政府", [("人民政府", 0, 6)], id="with the white space inside"),
        pytest.param("，。", [], id="marks alone"),
    ],
)
def test_words_of_a_query_are_placed(
    text: str, expected: list[tuple[str, int, int]], analyzer: Analyzer
) -> None:
    folded = analyzer.folding.fold(text)
    found = [place for piece in analyzer.pieces(folded) for place in analyzer.places_in_query(piece)]
    assert found == expected


def test_spans_of_words_hold_the_words_and_all_words_have_spans(analyzer: Analyzer) -> None:
    @given(texts())
    def law(text: str) -> None:
        indexed = list(analyzer.index_words(text))
        found = places(text, set(indexed), analyzer)
        assert sorted(word for word, _, _ in found) == sorted(indexed)
        for word, start, end in found:
            assert 0 <= start < end <= len(text)
            assert analyzer.characters(text[start:end]).startswith(word)

    law()


def test_an_article_holds_all_words_of_a_query_that_is_its_text(analyzer: Analyzer) -> None:
    @given(texts())
    def law(text: str) -> None:
        assert set(analyzer.query_words(text)) <= set(analyzer.index_words(text))

    law()


def test_the_spelling_of_a_text_makes_no_difference(analyzer: Analyzer) -> None:
    covered = sorted(spellings())

    @given(st.lists(st.sampled_from([*covered, *SKIPPED])).map("".join), st.randoms(use_true_random=False))
    def law(text: str, random: Random) -> None:
        other = respell(text, random)
        assert analyzer.characters(other) == analyzer.characters(text)
        assert list(analyzer.index_words(other)) == list(analyzer.index_words(text))

    law()


def test_characters_and_words_are_those_of_the_reference(analyzer: Analyzer) -> None:
    @given(st.lists(st.sampled_from(sorted(spellings()))).map("".join))
    def law(text: str) -> None:
        assert analyzer.characters(text) == reference_engine.chars(text)
        assert set(analyzer.index_words(text)) == reference_engine.indexed_words(text)
        assert analyzer.query_words(text) == tuple(dict.fromkeys(reference_engine.query_words(text)))

    law()
