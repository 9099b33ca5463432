"""Snippets: slices of the text as it is, around the marks that say most."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Part
from search.marking.snippets import SNIPPET_PARTS, snippets
from search.results import Snippet
from tests.engines import make_article
from tests.strategies import texts

FILLER = "各项工作按照年度计划有序推进并取得了阶段性成果" * 10 + "。"
"""A sentence longer than any snippet."""


def marks_of(text: str, *words: str) -> tuple[tuple[int, int], ...]:
    """The places of the words in the text, in order."""
    found = [(at, len(word)) for word in words for at in range(len(text)) if text.startswith(word, at)]
    return tuple(sorted(found))


def of_body(body: str, *words: str, count: int = 2, length: int = 20) -> list[str]:
    """The snippets of an article that has only a body, with these words marked, as text."""
    article = make_article("a", body)
    return [snippet.text for snippet in snippets(article, {Part.BODY: marks_of(body, *words)}, count, length)]


@pytest.mark.parametrize(
    ("body", "word", "length", "expected"),
    [
        pytest.param("科技创新", "创新", 20, "科技创新", id="a short text whole"),
        pytest.param("一二三。科技创新大会", "创新", 20, "科技创新大会", id="begins with the sentence"),
        pytest.param("一二三\n科技创新大会", "创新", 20, "科技创新大会", id="a line feed ends a sentence"),
        pytest.param("一二三。 \u3000科技创新", "创新", 20, "科技创新", id="not with white space"),
        pytest.param(
            "一二。科技创新。三四五六", "创新", 8, "科技创新。三四五", id="goes on behind the sentence"
        ),
        pytest.param(
            "一二三四五六七八九十，科技创新", "创新", 12, "科技创新", id="with a clause in a long sentence"
        ),
        pytest.param(
            "一。二三四五六七，科技创新",
            "创新",
            12,
            "科技创新",
            id="not with a sentence that begins far before",
        ),
        pytest.param("创新" + "一" * 30, "创新", 10, "创新" + "一" * 8, id="mark at the beginning"),
        pytest.param("一" * 30 + "创新", "创新", 12, "一一一创新", id="mark at the end of a long clause"),
        pytest.param("一" * 30, "一" * 30, 10, "一" * 10, id="mark longer than a snippet"),
        pytest.param("科技。\n", "科技", 20, "科技。", id="no white space at the end"),
    ],
)
def test_snippet_is(body: str, word: str, length: int, expected: str) -> None:
    assert of_body(body, word, count=1, length=length) == [expected]


def test_the_marks_of_a_snippet_count_in_the_stored_text() -> None:
    body = "一二三。科技创新大会"
    article = make_article("a", body)
    assert snippets(article, {Part.BODY: ((6, 2),)}, 1, 5) == (
        Snippet(Part.BODY, 4, "科技创新大", ((6, 2),)),
    )


def test_a_mark_that_runs_over_the_end_is_cut_with_the_slice() -> None:
    article = make_article("a", "甲" * 6 + "乙" * 6)
    [snippet] = snippets(article, {Part.BODY: ((0, 2), (6, 6))}, 1, 8)
    assert (snippet.text, snippet.highlights) == ("甲" * 6 + "乙" * 2, ((0, 2), (6, 2)))


def test_different_words_together_are_preferred_to_one_word_often() -> None:
    often = "创新，创新，创新，创新。"
    both = "科技与创新。"
    assert of_body(often + FILLER + both, "科技", "创新", count=1, length=14) == [both]


def test_a_word_twice_is_preferred_to_once() -> None:
    assert of_body("创新一次。" + FILLER + "创新又创新。", "创新", count=1) == ["创新又创新。"]


def test_equal_places_are_taken_in_the_order_of_the_text() -> None:
    body = "".join(f"创新{number}。{FILLER}" for number in "一二三")
    assert [text[:3] for text in of_body(body, "创新", count=2)] == ["创新一", "创新二"]


def test_snippets_stand_in_the_order_of_the_text() -> None:
    body = f"创新一次。{FILLER}科技与创新。"
    assert [text[:3] for text in of_body(body, "科技", "创新", count=2)] == ["创新一", "科技与"]


def test_one_snippet_that_shows_all_is_not_shown_twice() -> None:
    assert of_body("科技与创新。", "科技", "创新", count=5) == ["科技与创新。"]


def test_lead_comes_before_body_and_what_is_shown_whole_is_not_cut() -> None:
    article = replace(make_article("a", "正文说创新", title="创新"), lead="导言说创新", tags=("创新",))
    marked = {part: marks_of(article.text(part), "创新") for part in Part}
    assert [(snippet.part, snippet.text) for snippet in snippets(article, marked, 5, 20)] == [
        (Part.LEAD, "导言说创新"),
        (Part.BODY, "正文说创新"),
    ]


@pytest.mark.parametrize(
    ("title", "body", "shown"),
    [
        pytest.param("题目", "正文的开头。后面", ["正文的开头"], id="body"),
        pytest.param("题目", "\n\u3000正文的开头", ["正文的开头"], id="not with white space"),
        pytest.param("题目", " \n", [], id="nothing but white space"),
        pytest.param("题目", "", [], id="no body"),
        pytest.param("", "", [], id="empty article"),
    ],
)
def test_without_marks_the_beginning_is_shown(title: str, body: str, shown: list[str]) -> None:
    article = make_article("a", body, title=title)
    cut = snippets(article, {Part.TITLE: ((0, len(title)),)} if title else {}, 2, 5)
    assert [snippet.text for snippet in cut] == shown
    assert all(snippet.highlights == () for snippet in cut)


def test_none_wanted_none_given() -> None:
    assert snippets(make_article("a", "科技"), {Part.BODY: ((0, 2),)}, 0, 20) == ()
    assert snippets(make_article("a", "科技"), {}, 0, 20) == ()


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A text and marks in it as the highlights give them: sorted, apart, not beginning or ending in space."""
    text = draw(st.lists(texts(), max_size=8).map("。".join))
    cuts = draw(st.lists(st.integers(0, len(text)), max_size=20, unique=True).map(sorted))
    marks = [(low, high - low) for low, high in zip(cuts[::2], cuts[1::2], strict=False)]
    return text, tuple(
        (start, length)
        for start, length in marks
        if text[start : start + length].strip() == text[start : start + length]
    )


@given(marked=marked_texts(), count=st.integers(1, 5), length=st.integers(1, 60))
def test_snippets_are_bounded_slices_apart_with_their_marks(
    marked: tuple[str, tuple[tuple[int, int], ...]], count: int, length: int
) -> None:
    text, spans = marked
    found = snippets(make_article("a", text), {Part.BODY: spans} if spans else {}, count, length)
    assert len(found) <= count
    assert bool(found) == bool(text.strip())
    end_before = 0
    for snippet in found:
        end = snippet.start + len(snippet.text)
        assert snippet.part in SNIPPET_PARTS
        assert snippet.text == text[snippet.start : end]
        assert 0 < len(snippet.text) <= length
        assert snippet.start >= end_before
        end_before = end
        assert snippet.highlights == tuple(
            (max(low, snippet.start), min(low + size, end) - max(low, snippet.start))
            for low, size in spans
            if low < end and low + size > snippet.start
        )
        assert bool(snippet.highlights) == bool(spans)
