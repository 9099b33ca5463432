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
    seen: set[str] = set()
    places: dict[Part, list[Range]] = {}
    for part, text in texts.items():
        ranges = places.setdefault(part, [])
        for word, start, end in analyzer.places_of_words(text, words):
            seen.add(word)
            if len(ranges) <= MAX_SPANS:
                ranges.append((start, end))
            elif seen == words:
                break
    return places if seen == words else {}


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
