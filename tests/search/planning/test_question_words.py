"""What of a text is left to score once the words that make it a question are left out."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from search.planning.question_words import QUESTION_WORDS, without_question_words
from search.request import SearchRequest
from tests.engines import Library, make_article
from tests.strategies import texts


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param("什么是数字经济", ",,是数字经济", id="at the beginning"),
        pytest.param("数字经济是如何发展的", "数字经济是,,发展的", id="in the middle"),
        pytest.param("科技創新協同發展嗎", "科技创新协同发展,", id="folded first"),
        pytest.param("如何 发展 数字 经济", ",, 发展 数字 经济", id="white space stays"),
        pytest.param("如何发展科技", "如何发展科技", id="three words are a name"),
        pytest.param("为什么是否如何怎么", "为什么是否如何怎么", id="nothing else"),
        pytest.param("几何学的发展和创新", "几何学的发展和创新", id="no characters inside other words"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_text_without_question_words(text: str, asked: str, analyzer: Analyzer) -> None:
    assert without_question_words(text, analyzer) == asked


@given(text=texts() | st.lists(st.sampled_from((*sorted(QUESTION_WORDS), "科技", "发展"))).map("".join))
def test_only_marks_come_in(text: str, analyzer: Analyzer) -> None:
    folded = analyzer.folding.fold(text)
    asked = without_question_words(text, analyzer)
    assert len(asked) == len(folded)
    assert all(char == "," for char, before in zip(asked, folded, strict=True) if char != before)


def test_every_question_word_is_a_word_of_the_segmenter(analyzer: Analyzer) -> None:
    assert [word for word in QUESTION_WORDS if analyzer.query_words(word) != (word,)] == []


@pytest.mark.parametrize(
    ("q", "dropped"),
    [
        pytest.param("科技创新发展有哪些航天政策", ["航天", "政策"], id="what only asks in a long text"),
        pytest.param("哪些科技", ["哪些"], id="in a short one it is a word"),
    ],
)
def test_words_that_only_ask_are_not_said_to_be_missing(
    q: str, dropped: list[str], tmp_path: Path, analyzer: Analyzer
) -> None:
    library = Library(tmp_path, analyzer)
    library.build([make_article("telling", "有科技创新，也有发展")])
    relaxed = library.service().search(SearchRequest(q=q)).relaxed
    assert relaxed is not None
    assert [word.text for word in relaxed.dropped or ()] == dropped


def test_a_question_word_lifts_no_article(tmp_path: Path, analyzer: Analyzer) -> None:
    library = Library(tmp_path, analyzer)
    asking = make_article("asking", "为什么？什么，怎么发展科技")
    telling = make_article("telling", "数字经济要发展科技，乡村也要振兴")
    others = (make_article(f"other-{number}", "无关内容，乡村振兴") for number in range(20))
    library.build((asking, telling, *others))
    hits = library.service().search(SearchRequest(q="为什么数字经济怎么发展科技")).hits
    assert hits[0].article.id == "telling"
    scores = {hit.article.id: hit.score for hit in hits}
    without = library.service().search(SearchRequest(q="，，，数字经济，，发展科技")).hits
    assert scores["asking"] == pytest.approx({hit.article.id: hit.score for hit in without}["asking"])
