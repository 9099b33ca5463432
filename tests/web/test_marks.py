from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.results import Span
from web.presenters.marks import marked_html, segments
from web.presenters.passages import Stretch, paragraphs, passages

TEXT = st.text(st.sampled_from("科技𠮷<>&\"'\n a"), max_size=40)


@st.composite
def spans_in(draw: st.DrawFn, length: int) -> tuple[Span, ...]:
    borders = sorted(draw(st.lists(st.integers(0, length), max_size=8, unique=True)))
    return tuple((low, high - low) for low, high in zip(borders[::2], borders[1::2], strict=False))


@pytest.mark.parametrize(
    ("text", "spans", "start", "html"),
    [
        pytest.param("科技创新", ((0, 2),), 0, "<mark>科技</mark>创新", id="at the start"),
        pytest.param("科技创新", ((2, 2),), 0, "科技<mark>创新</mark>", id="at the end"),
        pytest.param("科技", ((0, 1), (1, 1)), 0, "<mark>科</mark><mark>技</mark>", id="touching"),
        pytest.param("科技创新", ((102, 2),), 100, "科技<mark>创新</mark>", id="a slice of a longer text"),
        pytest.param(
            "科技", ((99, 2), (101, 5)), 100, "<mark>科</mark><mark>技</mark>", id="cut by the slice"
        ),
        pytest.param("科技", ((0, 50), (200, 1)), 100, "科技", id="outside the slice"),
        pytest.param("𠮷野村", ((1, 2),), 0, "𠮷<mark>野村</mark>", id="code points beyond the BMP"),
        pytest.param("<b>&\"'", ((1, 1),), 0, "&lt;<mark>b</mark>&gt;&amp;&#34;&#39;", id="escaped"),
        pytest.param("&lt;", ((0, 1),), 0, "<mark>&amp;</mark>lt;", id="no entity is split"),
        pytest.param("", (), 0, "", id="nothing"),
    ],
)
def test_marks_in_html(text: str, spans: tuple[Span, ...], start: int, html: str) -> None:
    assert marked_html(text, spans, start=start) == html


@given(st.data(), TEXT, st.integers(0, 50))
def test_segments_are_the_text_and_marked_exactly_at_the_spans(
    data: st.DataObject, text: str, start: int
) -> None:
    spans = data.draw(spans_in(len(text)))
    cut = segments(text, [(low + start, length) for low, length in spans], start=start)
    assert "".join(segment.text for segment in cut) == text
    assert [segment.text for segment in cut if segment.marked] == [
        text[low : low + length] for low, length in spans if length
    ]
    assert all(segment.text for segment in cut)


@given(st.data(), TEXT)
def test_html_without_its_marks_is_the_escaped_text(data: st.DataObject, text: str) -> None:
    html = marked_html(text, data.draw(spans_in(len(text))))
    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert unescape(bare) == text


def stretches(spans: tuple[Span, ...]) -> tuple[Stretch, ...]:
    return tuple(Stretch(number, low, low + length) for number, (low, length) in enumerate(spans, start=1))


@given(st.data(), TEXT)
def test_passages_are_the_text_with_each_mark_and_repair_where_it_stands(
    data: st.DataObject, text: str
) -> None:
    marks = data.draw(spans_in(len(text)))
    repairs = data.draw(spans_in(len(text)))
    cut = passages(text, 0, stretches(marks), stretches(repairs))
    assert "".join(piece.text for passage in cut for piece in passage.pieces) == text
    for number, (low, length) in enumerate(marks, start=1):
        (marked,) = [passage for passage in cut if passage.mark == number]
        assert marked.anchor
        assert "".join(piece.text for piece in marked.pieces) == text[low : low + length]
    for number, (low, length) in enumerate(repairs, start=1):
        pieces = [piece.text for passage in cut for piece in passage.pieces if piece.repair == number]
        assert "".join(pieces) == text[low : low + length]


@given(st.data(), TEXT)
def test_paragraphs_keep_every_mark(data: st.DataObject, text: str) -> None:
    spans = data.draw(spans_in(len(text)))
    shown = [passage for line in paragraphs(text, stretches(spans), ()) for passage in line]
    for number, (low, length) in enumerate(spans, start=1):
        parts = [piece.text for passage in shown if passage.mark == number for piece in passage.pieces]
        kept = [line for line in text[low : low + length].split("\n") if line.strip()]
        assert "".join("".join(kept).split()) == "".join("".join(parts).split())


def test_a_mark_across_two_paragraphs_has_one_anchor() -> None:
    first, second = paragraphs("科技\n创新", (Stretch(1, 1, 4),), ())
    assert [(passage.mark, passage.anchor) for passage in (*first, *second)] == [
        (None, False),
        (1, True),
        (1, False),
        (None, False),
    ]


def test_a_stretch_without_length_shows_nothing() -> None:
    (only,) = passages("科技", 0, (Stretch(1, 1, 1),), ())
    assert (only.mark, [piece.text for piece in only.pieces]) == (None, ["科技"])
