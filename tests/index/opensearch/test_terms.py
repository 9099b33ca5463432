"""The terms of an index: none is taken for another, none is cut by the cluster, and queries find them."""

import math
import re
import sys
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.opensearch.terms import (
    END,
    GAP,
    KEPT_UNITS,
    MAX_FREQUENCIES,
    MAX_KEY_BYTES,
    MAX_TOKEN_UNITS,
    MAX_UNITS,
    SCALE,
    SENTINEL,
    START,
    characters,
    codes,
    document_key,
    escaped,
    frequencies,
    pair_counts,
    pair_term,
    phrase,
    prefix_term,
    weighted,
    word_term,
)

MAX_DIGITS = len(str(2**31))
SPLITTING = re.compile("[\t-\r\x1c-\x1f \u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000|]")
"""What Java takes for white space, and the mark before a frequency."""

CODE_POINTS = [chr(code) for code in range(sys.maxunicode + 1)]

awkward = st.sampled_from(
    "|%; \t\n\x00\x02\x03\x1f\x85\xa0\u2028\u3000_#0A\ud800\udfff\uffff\U00020000\U0010ffff"
)
texts = st.text(awkward | st.characters(exclude_categories=[]), max_size=12)
long_texts = st.builds(
    lambda text, times, end: text * times + end,
    st.text("a国|\U00020000", min_size=1, max_size=3),
    st.sampled_from([80, 300, 550, 1_000, 2_000, 4_000]),
    texts,
)
words = texts | long_texts


def units(text: str) -> int:
    """UTF-16 units, as the cluster counts them."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def unescaped(term: str) -> str:
    return re.sub("%([0-9A-F]+);", lambda found: chr(int(found[1], 16)), term)


def test_no_code_point_ends_a_term_and_none_is_taken_for_another() -> None:
    terms = [escaped(char) for char in CODE_POINTS]
    assert not [term for term in terms if SPLITTING.search(term)]
    assert [unescaped(term) for term in terms] == CODE_POINTS
    "".join(terms).encode()
    assert not [char for char, term in zip(CODE_POINTS, terms, strict=True) if units(term) > 8]
    assert {START, END, GAP}.isdisjoint(set(terms) - {GAP})


@given(texts, texts)
def test_texts_have_the_same_term_only_where_they_are_the_same(one: str, other: str) -> None:
    assert (escaped(one) == escaped(other)) == (one == other)
    assert escaped(one).startswith(escaped(other)) == one.startswith(other)


@given(words, words)
def test_no_two_words_have_one_term_however_long(one: str, other: str) -> None:
    assert (word_term(one) == word_term(other)) == (one == other)


@given(words)
def test_a_term_with_its_frequency_is_short_enough_for_the_cluster(word: str) -> None:
    assert units(word_term(word)) + 1 + MAX_DIGITS < MAX_TOKEN_UNITS


@given(words, texts | long_texts.map(lambda text: text[:512]), st.integers(0, 512))
def test_the_words_with_a_beginning_are_the_terms_with_its_term(word: str, other: str, length: int) -> None:
    for beginning in (other[:512], word[:length]):
        if units(escaped(beginning)) <= KEPT_UNITS:
            found = word_term(word).startswith(prefix_term(beginning))
            assert found == word.startswith(beginning)


def test_a_beginning_that_may_miss_words_is_refused() -> None:
    assert prefix_term("\U00020000" * 512) == "\U00020000" * 512, "the longest query"
    with pytest.raises(ValueError, match="at most"):
        prefix_term("国" * (KEPT_UNITS + 1))


@pytest.mark.parametrize("length", [MAX_UNITS - 1, MAX_UNITS, MAX_UNITS + 1, 5 * MAX_UNITS])
@pytest.mark.parametrize("char", ["国", "\U00020000", "|"], ids=["one unit", "two units", "escaped"])
def test_words_that_differ_at_their_end_have_two_terms(length: int, char: str) -> None:
    terms = {word_term(char * length + end) for end in ("", "甲", "乙")}
    assert len(terms) == 3
    assert all(term.startswith(escaped(char) * 100) for term in terms)


@given(words)
def test_no_word_is_the_sentinel(word: str) -> None:
    assert word_term(word) != SENTINEL.partition("|")[0]


counts = st.dictionaries(st.text("abc", min_size=1), st.integers(1, 10**6), max_size=5)


@given(counts, st.floats(0, 1e4), st.floats(0, 0.999))
def test_the_length_is_in_the_frequencies(terms: dict[str, int], length: float, b: float) -> None:
    """BM25 on them is that on the counts and the length, but for the rounding."""
    found = frequencies(terms, length, b)
    factor = SCALE / (1 - b + b * length)
    if sum(terms.values()) * factor < MAX_FREQUENCIES:
        for term, count in terms.items():
            assert found[term] == max(1, round(count * factor))
            assert math.isclose(found[term], count * factor, abs_tol=1)
    assert sum(found.values()) < 2**31
    assert all(frequency >= 1 for frequency in found.values())


def test_an_article_that_is_too_long_for_the_scale_keeps_the_order_of_its_words() -> None:
    found = frequencies({"rare": 2, "common": 2_000_000}, 1_000.0, 0.0)
    assert sum(found.values()) < 2**31
    assert math.isclose(found["common"] / found["rare"], 1_000_000, rel_tol=1e-3)


def test_a_weighted_field_begins_with_the_sentinel() -> None:
    assert weighted({}) == "%|1"
    assert weighted({"省": 3, "a%7C;": 1}) == "%|1 省|3 a%7C;|1"


@given(texts)
def test_pairs_are_counted(text: str) -> None:
    expected = Counter(first + second for first, second in pairwise(text))
    assert pair_counts(text) == {pair_term(pair): count for pair, count in expected.items()}


def matches(run: list[str], field: str) -> bool:
    """How the cluster looks for a phrase: each term of it at its place, wherever the first one stands."""
    terms = field.split(" ") if field else []
    wanted = [(at, term) for at, term in enumerate(phrase(run).split(" ")) if term != GAP]
    return any(
        all(start + at < len(terms) and terms[start + at] == term for at, term in wanted)
        for start in range(len(terms))
    )


few = st.text("ab|\x02\x03_ ", max_size=8)


@given(few | texts, few | texts)
def test_a_phrase_finds_a_run_where_it_stands(text: str, run: str) -> None:
    field = characters(text)
    of_run = list(codes(run))
    if len(run) > 1:
        assert matches(of_run, field) == (run in text)
    if run:
        assert matches([START, *of_run], field) == text.startswith(run)
        assert matches([START, *of_run, END], field) == (text == run)


@given(few)
def test_a_character_field_has_a_term_for_each_character_behind_the_border(text: str) -> None:
    terms = characters(text).split(" ") if text else []
    assert len(terms) == (len(text) + 1 if text else 0)
    for char, term in zip(text, terms[1:], strict=False):
        assert term.startswith(escaped(char))


def test_a_phrase_leaves_out_every_second_pair() -> None:
    assert phrase(codes("协同创新")) == "协同 _ 创新"
    assert phrase(codes("协同创新区")) == "协同 _ 创新 新区"
    assert phrase([START, *codes("协"), END]) == "\x02协 协\x03"
    with pytest.raises(ValueError, match="two codes"):
        phrase(codes("协"))


@pytest.mark.parametrize("name", ["a", "%", "a b", "国" * 170])
def test_a_short_id_is_its_own_key(name: str) -> None:
    assert document_key(name) == name


@pytest.mark.parametrize(
    "name", ["", "国" * 171, "a" * 10_000, "%#a"], ids=["empty", "long", "longer", "mark"]
)
def test_an_id_that_the_cluster_would_refuse_has_a_digest_for_a_key(name: str) -> None:
    key = document_key(name)
    assert 0 < len(key.encode()) <= MAX_KEY_BYTES
    assert key not in {name, document_key(f"{name}x"), document_key(key)}
