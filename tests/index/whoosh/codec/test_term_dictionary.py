"""A dictionary finds what is in it, and where what is not would be."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.whoosh.codec.array_file import ArrayFile, write_arrays
from index.whoosh.codec.term_dictionary import TermDictionary, dictionary_arrays, union

TERMS = sorted(
    word.encode() for word in ("", "a", "ab", "b", "科", "科技", "科技厅", "\N{CJK UNIFIED IDEOGRAPH-20BB7}")
)


def dictionary(terms: list[bytes]) -> TermDictionary:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "terms"
        write_arrays(path, dictionary_arrays("t", terms))
        return TermDictionary(ArrayFile(path), "t")


def test_terms_have_their_places() -> None:
    terms = dictionary(TERMS)
    assert len(terms) == len(TERMS)
    assert list(terms.terms()) == TERMS
    for at, term in enumerate(TERMS):
        assert (terms.find(term), terms.term(at)) == (at, term)
    for absent in ("A", "c", "科学", "科技厅长", "龥"):
        assert terms.find(absent.encode()) == -1


@pytest.mark.parametrize("prefix", ["", "a", "科", "科技", "龥", "\N{CJK UNIFIED IDEOGRAPH-20BB7}"])
def test_a_prefix_stands_for_a_range(prefix: str) -> None:
    low, high = dictionary(TERMS).starting_with(prefix.encode())
    assert TERMS[low:high] == [term for term in TERMS if term.startswith(prefix.encode())]


@given(st.sets(st.text(max_size=6)), st.text(max_size=3))
def test_any_terms(texts: set[str], sought: str) -> None:
    words = sorted(text.encode("utf-8", "surrogatepass") for text in texts)
    terms = dictionary(words)
    key = sought.encode("utf-8", "surrogatepass")
    assert terms.find(key) == (words.index(key) if key in words else -1)
    low, high = terms.starting_with(key)
    assert words[low:high] == [word for word in words if word.startswith(key)]


def test_a_union_says_where_the_terms_of_each_went() -> None:
    terms, (first, second) = union([[b"a", b"c"], [b"b", b"c", b"d"]])
    assert terms == [b"a", b"b", b"c", b"d"]
    assert (first.tolist(), second.tolist()) == ([0, 2], [1, 2, 3])
