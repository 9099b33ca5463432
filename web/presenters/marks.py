"""Cuts text at its marks, for templates as segments and for the API as escaped HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import escape

from search.results import Span

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that is marked as a whole or not at all; never empty."""

    text: str
    marked: bool


def segments(text: str, spans: Sequence[Span], *, start: int = 0) -> tuple[Segment, ...]:
    """The text cut at its marks; joined, the segments are the text again.

    `text` stands at `start` of the text that the spans count in. Spans are sorted and do not overlap;
    what lies outside `text` is left out.
    """
    cut: list[Segment] = []
    at = 0
    for span_start, length in spans:
        low = max(span_start - start, at)
        high = min(span_start + length - start, len(text))
        if low >= high:
            continue
        if at < low:
            cut.append(Segment(text[at:low], marked=False))
        cut.append(Segment(text[low:high], marked=True))
        at = high
    if at < len(text):
        cut.append(Segment(text[at:], marked=False))
    return tuple(cut)


def marked_html(text: str, spans: Sequence[Span], *, start: int = 0) -> str:
    """The text as HTML: everything escaped, `<mark>` around the marks and no other element."""
    return "".join(
        f"<mark>{escape(segment.text)}</mark>" if segment.marked else str(escape(segment.text))
        for segment in segments(text, spans, start=start)
    )
