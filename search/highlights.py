"""Where a query matched: spans in the stored text of each part of an article."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from index.analysis.analyzer import Analyzer
from index.article import Article, Part
from index.text.characters import CompactText
from search.query import Phrase, Run

MAX_SPANS = 1_000
"""Highlights of one part; further ones are left out and the answer says so (API contract)."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Highlights:
    """Spans (start, length) in the stored text: sorted, overlapping ones merged, touching ones apart."""

    spans: Mapping[Part, tuple[tuple[int, int], ...]]
    truncated: bool


def highlight(article: Article, leaves: Iterable[Run | Phrase], analyzer: Analyzer) -> Highlights:
    """The places of the wanted runs and phrases in an article.

    Where a run occurs as it stands anywhere in the article, only such places are marked; else the places
    of its words, if all of them occur.
    """
    texts = {part: article.text(part) for part in Part}
    compact = {part: CompactText.of(analyzer.folding.fold(text)) for part, text in texts.items() if text}
    found: dict[Part, list[Range]] = {part: [] for part in Part}
    truncated = False
    for leaf in leaves:
        places = _exact(leaf, compact, analyzer) or _by_words(leaf, texts, analyzer)
        for part, ranges in places.items():
            truncated |= len(ranges) > MAX_SPANS
            found[part].extend(ranges)
    spans = {}
    for part, ranges in found.items():
        merged = _merged(ranges)
        truncated |= len(merged) > MAX_SPANS
        if merged:
            spans[part] = tuple((start, end - start) for start, end in merged[:MAX_SPANS])
    return Highlights(spans, truncated)


def _exact(
    leaf: Run | Phrase, compact: Mapping[Part, CompactText], analyzer: Analyzer
) -> dict[Part, list[Range]]:
    wanted = analyzer.characters(leaf.text)
    places = {part: _first(text.occurrences(wanted)) for part, text in compact.items()}
    return {part: ranges for part, ranges in places.items() if ranges}


def _by_words(leaf: Run | Phrase, texts: Mapping[Part, str], analyzer: Analyzer) -> dict[Part, list[Range]]:
    """The places of the words of a run; empty if one of them does not occur: then the run did not match."""
    if isinstance(leaf, Phrase):
        return {}
    words = frozenset(analyzer.query_words(leaf.text))
    found = {
        part: list(islice(analyzer.places_of_words(text, words), MAX_SPANS + 1))
        for part, text in texts.items()
    }
    missing = words - {word for places in found.values() for word, _, _ in places}
    # A word may stand only behind the places that were looked at.
    if not all(_has_word(word, texts.values(), analyzer) for word in missing):
        return {}
    return {part: [(start, end) for _, start, end in places] for part, places in found.items()}


def _has_word(word: str, texts: Iterable[str], analyzer: Analyzer) -> bool:
    return any(True for text in texts for _ in analyzer.places_of_words(text, frozenset({word})))


def _first(ranges: Iterator[Range]) -> list[Range]:
    return list(islice(ranges, MAX_SPANS + 1))


def _merged(ranges: Sequence[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(set(ranges)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
