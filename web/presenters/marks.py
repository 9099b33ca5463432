"""Cuts text at its marks, for templates as segments and for the API as escaped HTML."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import escape

from index.article import Article
from search.results import Snippet, Span

ELLIPSIS = "…"
NO_NOTES: Mapping[Span, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that is marked as a whole or not at all; never empty. `note` says why it is marked,
    where that is not plain."""

    text: str
    marked: bool
    note: str = ""


def segments(
    text: str, spans: Sequence[Span], *, start: int = 0, notes: Mapping[Span, str] = NO_NOTES
) -> tuple[Segment, ...]:
    """The text cut at its marks; joined, the segments are the text again.

    `text` stands at `start` of the text that the spans count in. Spans are sorted and do not overlap;
    what lies outside `text` is left out. `notes` are those of some of the spans.
    """
    cut: list[Segment] = []
    at = 0
    for low, high, span in _marked(len(text), spans, start):
        if at < low:
            cut.append(Segment(text[at:low], marked=False))
        cut.append(Segment(text[low:high], marked=True, note=notes.get(span, "")))
        at = high
    if at < len(text):
        cut.append(Segment(text[at:], marked=False))
    return tuple(cut)


def snippet_html(snippet: Snippet, article: Article) -> str:
    """A snippet of an article as HTML, with an ellipsis where the text goes on."""
    before = ELLIPSIS if snippet.start else ""
    after = ELLIPSIS if snippet.start + len(snippet.text) < len(article.text(snippet.part)) else ""
    return f"{before}{marked_html(snippet.text, snippet.highlights, start=snippet.start)}{after}"


def marked_html(text: str, spans: Sequence[Span], *, start: int = 0) -> str:
    """The text as HTML: everything escaped, `<mark>` around the marks and no other element."""
    written: list[str] = []
    at = 0
    for low, high, _ in _marked(len(text), spans, start):
        written += (escape(text[at:low]), "<mark>", escape(text[low:high]), "</mark>")
        at = high
    written.append(escape(text[at:]))
    return "".join(written)


def _marked(size: int, spans: Sequence[Span], start: int) -> Iterator[tuple[int, int, Span]]:
    """From where to where each mark goes in a text of this size, and its span; those outside are left out."""
    at = 0
    for span in spans:
        low = max(span[0] - start, at)
        high = min(span[0] + span[1] - start, size)
        if low < high:
            yield low, high, span
            at = high
