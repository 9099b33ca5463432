"""Where a query matched: spans in the stored text of each part of an article."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from index.analysis.analyzer import Analyzer
from index.article import Article, Part
from index.text.characters import CompactText
from search.query import Phrase, Run

MAX_SPANS = 1_000
"""Highlights of one part; further ones are left out and the answer says so (API contract)."""
MAX_PLACES = 10 * MAX_SPANS
"""Places that are merged into the highlights of one part. There are more only where a text overlaps itself
throughout (哈哈哈…); 20 ms. Chosen by hand on 2026-11-24."""
MAX_CUT = 100_000
"""Code points of one article that are cut into words to highlight it, in the pieces that may hold one of the
words; at most 0.3 s. What lies behind is not highlighted, and the answer says so. One of the 1,467 pages of a
provincial government is longer, and it has no word in every piece."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Highlights:
    """Spans (start, length) in the stored text: sorted, overlapping ones merged, touching ones apart."""

    spans: Mapping[Part, tuple[tuple[int, int], ...]]
    truncated: bool


@dataclass(frozen=True, slots=True)
class _Sought:
    """A run or phrase as the text is compared with it; a phrase has no words."""

    characters: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Text:
    """A part of an article: folded, and without white space."""

    folded: str
    compact: CompactText


@dataclass(frozen=True, slots=True)
class _Words:
    """Where words stand in each part of an article. `missing`: those that stand nowhere in it."""

    places: Mapping[Part, Mapping[str, Sequence[Range]]]
    missing: frozenset[str]
    truncated: bool


class Highlighter:
    """Finds the places of a query's wanted runs and phrases in articles; made once for a query.

    Where a run occurs as it stands anywhere in the article, only such places are marked; else the places
    of its words, if all of them occur. An article is cut into words at most once, and only where one of
    the words that can count may stand.
    """

    def __init__(self, leaves: Iterable[Run | Phrase], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._sought = tuple(dict.fromkeys(_sought(leaf, analyzer) for leaf in leaves))

    def highlight(self, article: Article) -> Highlights:
        """The highlights of one article."""
        if not self._sought:
            return Highlights({}, truncated=False)
        texts = {part: self._text(article.text(part)) for part in Part}
        exact: list[str] = []
        scattered: list[frozenset[str]] = []
        for sought in self._sought:
            if _occurs(sought.characters, texts):
                exact.append(sought.characters)
            elif sought.words and all(_occurs(word, texts) for word in sought.words):
                scattered.append(sought.words)
        words = self._words(texts, _union(scattered))
        marked = _union(needed for needed in scattered if not needed & words.missing)
        spans = {}
        truncated = words.truncated
        for part, text in texts.items():
            of_words = [words.places[part][word] for word in marked]
            merged, left_out = _merged(
                [text.compact.occurrences(characters) for characters in exact] + list(map(iter, of_words))
            )
            truncated |= left_out or any(len(found) > MAX_SPANS for found in of_words)
            if merged:
                spans[part] = tuple((start, end - start) for start, end in merged)
        return Highlights(spans, truncated)

    def _text(self, text: str) -> _Text:
        folded = self._analyzer.folding.fold(text)
        return _Text(folded, CompactText.of(folded))

    def _words(self, texts: Mapping[Part, _Text], words: frozenset[str]) -> _Words:
        """The places of words that all stand in the texts as characters: some may be no words there."""
        if not words:
            return _Words({}, frozenset(), truncated=False)
        places: dict[Part, dict[str, list[Range]]] = {part: {word: [] for word in words} for part in texts}
        missing = set(words)
        left = MAX_CUT
        for part, text in texts.items():
            looked_for = {word for word in words if word in text.compact.text}
            for piece in self._analyzer.pieces(text.folded) if looked_for else ():
                if not any(word in piece.text for word in looked_for):
                    continue
                if len(piece.text) > left:
                    # What was not looked at may well hold the words that are missing.
                    return _Words(places, frozenset(), truncated=True)
                left -= len(piece.text)
                for word, start, end in self._analyzer.places_of_words(piece, looked_for):
                    missing.discard(word)
                    places[part][word].append((start, end))
                    if len(places[part][word]) > MAX_SPANS:
                        looked_for.discard(word)
                if not looked_for:
                    break
        return _Words(places, frozenset(missing), truncated=False)


def _sought(leaf: Run | Phrase, analyzer: Analyzer) -> _Sought:
    words = analyzer.query_words(leaf.text) if isinstance(leaf, Run) else ()
    return _Sought(analyzer.characters(leaf.text), frozenset(words))


def _occurs(characters: str, texts: Mapping[Part, _Text]) -> bool:
    return any(characters in text.compact.text for text in texts.values())


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _merged(places: Iterable[Iterator[Range]]) -> tuple[list[Range], bool]:
    """The first MAX_SPANS of all places, overlapping ones as one, and whether some are left out."""
    merged: list[Range] = []
    ordered = merge(*places)
    for start, end in islice(ordered, MAX_PLACES):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif len(merged) == MAX_SPANS:
            return merged, True
        else:
            merged.append((start, end))
    return merged, next(ordered, None) is not None
