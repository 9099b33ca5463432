"""Where a query matched: spans in the stored text of each part of an article."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice
from typing import Final

from index.analysis.analyzer import Analyzer
from index.article import Article, Part
from search.language.query import TextLeaf
from search.marking.folded_texts import FoldedText, FoldedTexts
from search.marking.other_marks import other_marks
from search.marking.sought import Form, Sought, Standing, sought_of
from search.marking.stems import stem_places
from search.planning.demand import Demand, telling_words
from search.results import OtherMark

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
    """Spans (start, length) in the stored text: sorted, overlapping ones merged, touching ones apart.

    `others` are those of them that show another way to write what was typed.
    """

    spans: Mapping[Part, tuple[tuple[int, int], ...]]
    truncated: bool
    others: Mapping[Part, tuple[OtherMark, ...]] = field(default_factory=dict)


UNMARKED: Final = Highlights({}, truncated=True)
"""Of an article that there was no time for."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Where words stand in each part of an article. `missing`: those that stand nowhere in it."""

    places: Mapping[Part, Mapping[str, Sequence[Range]]]
    missing: frozenset[str]
    truncated: bool


class Highlighter:
    """Finds the places of a query's wanted texts in articles; made once for a query.

    Where a run occurs as it stands, in one of the ways to write it, anywhere in the parts that it is looked
    for in, only such places are marked; else the places of its words: if all of them occur, or of those that
    count alone where less than all is demanded. An article is cut into words at most once, and only where one
    of the words that can count may stand.
    """

    def __init__(
        self,
        leaves: Iterable[TextLeaf],
        analyzer: Analyzer,
        folded_texts: FoldedTexts,
        demand: Demand = Demand.ALL,
    ) -> None:
        self._analyzer = analyzer
        self._folded_texts = folded_texts
        self._demand = demand
        self._sought = tuple(dict.fromkeys(sought_of(leaf, analyzer) for leaf in leaves))

    def highlight(self, article: Article) -> Highlights:
        """The highlights of one article."""
        if not self._sought:
            return Highlights({}, truncated=False)
        texts = {part: self._folded_texts.of(article.text(part)) for part in Part}
        forms: dict[Part, list[Form]] = {part: [] for part in texts}
        scattered: list[frozenset[str]] = []
        conditional: list[tuple[frozenset[str], list[tuple[Part, Form]]]] = []
        for sought in self._sought:
            if standing := _standing(sought.forms, sought, texts):
                _add(standing, forms)
                continue
            for words_of in (sought, *self._alone(sought), *sought.others):
                if not (places := _all_words(words_of, texts)):
                    continue
                if words_of.is_anywhere:
                    scattered.append(words_of.words)
                else:
                    conditional.append((words_of.single_characters, places))
        words = self._words(texts, _union(scattered) | _union(needed for needed, _ in conditional))
        marked = _union(needed for needed in scattered if not needed & words.missing)
        stems = [sought.stem for sought in self._sought if sought.stem is not None]
        for needed, places in conditional:
            if not needed & words.missing:
                _add(places, forms)
        spans = {}
        others = {}
        truncated = words.truncated
        for part, text in texts.items():
            begun = [stem_places(stem, text.folded, self._analyzer, MAX_SPANS + 1, MAX_CUT) for stem in stems]
            of_words = [words.places[part][word] for word in marked] + [stem.places for stem in begun]
            merged, left_out = _merged(
                [form.places(text.compact) for form in dict.fromkeys(forms[part])]
                + [iter(found) for found in of_words if found]
            )
            truncated |= left_out or any(len(found) > MAX_SPANS for found in of_words)
            truncated |= any(stem.truncated for stem in begun)
            if merged:
                spans[part] = tuple((start, end - start) for start, end in merged)
                others[part] = other_marks(self._sought, text.folded, spans[part])
        return Highlights(spans, truncated, {part: marks for part, marks in others.items() if marks})

    def _alone(self, sought: Sought) -> Iterator[Sought]:
        """Each of its words that counts where others are missing."""
        for word in telling_words(tuple(sought.words), self._demand):
            yield Sought((), frozenset((word,)), sought.parts)

    def _words(self, texts: Mapping[Part, FoldedText], words: frozenset[str]) -> _Words:
        """The places of words that all stand in the texts as characters: some may be no words there."""
        if not words:
            return _Words({}, frozenset(), truncated=False)
        places: dict[Part, dict[str, list[Range]]] = {part: {word: [] for word in words} for part in texts}
        missing = set(words)
        left = MAX_CUT
        for part, text in texts.items():
            looked_for = {word for word in words if word in text.compact.text}
            # Most pieces have no first character of any word, and that is quickly seen.
            first_characters = frozenset(word[0] for word in looked_for)
            for piece in self._analyzer.pieces(text.folded) if looked_for else ():
                if first_characters.isdisjoint(piece.text):
                    continue
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


def _standing(
    forms: Iterable[Form], sought: Sought, texts: Mapping[Part, FoldedText]
) -> list[tuple[Part, Form]]:
    """Which of the forms stand in which of the parts that are looked in."""
    return [(part, form) for form in forms for part in sought.parts if form.stands_in(texts[part].compact)]


def _all_words(sought: Sought, texts: Mapping[Part, FoldedText]) -> list[tuple[Part, Form]]:
    """Where its words stand as characters; nowhere if one of them stands nowhere."""
    standing = [_standing((Standing(word),), sought, texts) for word in sought.words]
    return [place for places in standing for place in places] if all(standing) else []


def _add(places: Iterable[tuple[Part, Form]], forms: Mapping[Part, list[Form]]) -> None:
    for part, form in places:
        forms[part].append(form)


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _merged(places: Sequence[Iterator[Range]]) -> tuple[list[Range], bool]:
    """The first MAX_SPANS of all places, overlapping ones as one, and whether some are left out."""
    if not places:
        return [], False
    merged: list[Range] = []
    # There is nothing to merge in most parts, and that would cost as much as finding the places.
    ordered = places[0] if len(places) == 1 else merge(*places)
    for start, end in islice(ordered, MAX_PLACES):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif len(merged) == MAX_SPANS:
            return merged, True
        else:
            merged.append((start, end))
    return merged, next(ordered, None) is not None
