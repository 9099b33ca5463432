"""The cluster takes the text of a field apart into just the terms that it was made of."""

import sys
from collections.abc import Iterator, Sequence

import pytest

from index.opensearch.terms import (
    MAX_UNITS,
    characters,
    codes,
    frequencies,
    phrase,
    weighted,
    word_term,
)
from tests.index.opensearch.generation import Place

pytestmark = pytest.mark.opensearch

AT_ONCE = 9_000
"""Terms in one request: the cluster tells no more than 10,000."""


@pytest.fixture
def index(place: Place) -> str:
    """An index with the analyzers of this program."""
    return place.begun().generation.index


def told(place: Place, index: str, analyzer: str, text: str) -> Sequence[tuple[str, int]]:
    """The terms that the cluster makes of a text, and their places."""
    answer = place.direct.indices.analyze(index=index, body={"analyzer": analyzer, "text": text})
    return [(token["token"], token["position"]) for token in answer["tokens"]]


def all_code_points() -> Iterator[str]:
    """In pieces."""
    for start in range(0, sys.maxunicode + 1, AT_ONCE):
        yield "".join(map(chr, range(start, min(start + AT_ONCE, sys.maxunicode + 1))))


@pytest.mark.slow
def test_each_pair_of_characters_is_a_term_at_its_place(place: Place, index: str) -> None:
    """Of all code points, lone surrogates too."""
    for text in all_code_points():
        field = characters(text)
        assert told(place, index, "terms", field) == [(term, at) for at, term in enumerate(field.split(" "))]


@pytest.mark.slow
def test_each_word_is_a_term_without_its_frequency(place: Place, index: str) -> None:
    for text in all_code_points():
        counts = {word_term(char): 3 for char in text}
        assert [term for term, _ in told(place, index, "weighted", weighted(counts))] == ["%", *counts]


@pytest.mark.parametrize("char", ["国", "\U00020000", "%"], ids=["one unit", "two units", "escaped"])
def test_long_words_are_not_cut(place: Place, index: str, char: str) -> None:
    words = [word_term(char * length) for length in (255, 256, MAX_UNITS // 4, MAX_UNITS, 9_999)]
    field = weighted(frequencies(dict.fromkeys(words, 1_000), 0.0, 0.999))
    assert [term for term, _ in told(place, index, "weighted", field)] == ["%", *words]


def test_a_phrase_has_holes_where_pairs_are_left_out(place: Place, index: str) -> None:
    asked = phrase(codes("协同创新区"))
    assert told(place, index, "phrase", asked) == [("协同", 0), ("创新", 2), ("新区", 3)]
