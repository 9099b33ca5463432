"""The slices of an article that show why it was found: chosen, cut, and never altered."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.article import Article, Part
from search.results import Snippet

Span = tuple[int, int]

SNIPPET_PARTS = (Part.LEAD, Part.BODY)
"""Title and tags are shown whole anyway."""

_SENTENCE_ENDS = "。！？；!?;\n"
_TO_LAST_SENTENCE = re.compile(f".*[{_SENTENCE_ENDS}]", re.DOTALL)
_TO_LAST_CLAUSE = re.compile(f".*[{_SENTENCE_ENDS}，、：,:]", re.DOTALL)
"""All up to the last end of a sentence or clause, that included."""

MAX_CANDIDATES = 200
"""Windows that are compared; the marks beyond add nothing to a choice of at most five."""


@dataclass(frozen=True, slots=True)
class _Window:
    part: Part
    start: int
    end: int
    score: int


def snippets(
    article: Article, highlights: Mapping[Part, Sequence[Span]], count: int, length: int
) -> tuple[Snippet, ...]:
    """Up to `count` slices of `length` code points, in the order of the text, with the marks inside them.

    The slices with the most different marks are taken; without marks, the beginning of the lead or body.
    A mark that is longer than a slice is cut to it.
    """
    chosen: list[_Window] = []
    for window in sorted(_candidates(article, highlights, length), key=lambda window: -window.score):
        if len(chosen) == count:
            break
        if all(_apart(window, other) for other in chosen):
            chosen.append(window)
    if not chosen and count:
        chosen = _beginning(article, length)
    chosen.sort(key=lambda window: (SNIPPET_PARTS.index(window.part), window.start))
    return tuple(_cut(article, window, highlights.get(window.part, ())) for window in chosen)


def _candidates(article: Article, highlights: Mapping[Part, Sequence[Span]], length: int) -> list[_Window]:
    windows = []
    for part in SNIPPET_PARTS:
        text = article.text(part)
        spans = highlights.get(part, ())[:MAX_CANDIDATES]
        for at, (start, span_length) in enumerate(spans):
            begin, end = _around(text, start, min(start + span_length, start + length), length)
            inside = spans[at : bisect_right(spans, end, lo=at, key=sum)]
            different = {text[first : first + size] for first, size in inside}
            windows.append(_Window(part, begin, end, 10 * len(different) + min(len(inside), 9)))
    return windows


def _around(text: str, start: int, end: int, length: int) -> tuple[int, int]:
    """A slice of at most `length` around start..end that begins at a sentence or clause where one is near."""
    earliest = max(0, min(start, end - length))
    begin = _behind_last(_TO_LAST_SENTENCE, text, earliest, start)
    if begin is None or start - begin > length // 2:
        earliest = max(earliest, start - length // 4)
        begin = _behind_last(_TO_LAST_CLAUSE, text, earliest, start)
    if begin is None:
        begin = earliest
    while begin < start and text[begin].isspace():
        begin += 1
    return begin, min(len(text), max(end, begin + length))


def _behind_last(to_last: re.Pattern[str], text: str, earliest: int, start: int) -> int | None:
    """Where the clause that holds `start` begins, not before `earliest`; None if it begins before that."""
    found = to_last.match(text, max(0, earliest - 1), start)
    if found is not None:
        return found.end()
    return None if earliest else 0


def _beginning(article: Article, length: int) -> list[_Window]:
    for part in (Part.LEAD, Part.BODY):
        text = article.text(part)
        start = len(text) - len(text.lstrip())
        if text.strip():
            return [_Window(part, start, min(len(text), start + length), 0)]
    return []


def _apart(window: _Window, other: _Window) -> bool:
    return window.part is not other.part or window.end <= other.start or other.end <= window.start


def _cut(article: Article, window: _Window, spans: Sequence[Span]) -> Snippet:
    text = article.text(window.part)
    end = window.start + len(text[window.start : window.end].rstrip())
    inside = tuple(
        (max(start, window.start), min(start + length, end) - max(start, window.start))
        for start, length in spans
        if start < end and start + length > window.start
    )
    return Snippet(window.part, window.start, text[window.start : end], inside)
