"""Cursors as texts: what was written is read, and nothing else."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Part
from search.cursors import LONGEST, Cursor, read_cursor, request_fingerprint, write_cursor
from search.errors import InvalidCursor
from search.request import (
    Collapse,
    Explaining,
    FacetRequest,
    Filters,
    Marking,
    Match,
    Reading,
    Recency,
    SearchRequest,
    Sort,
    Wording,
)
from search.semantic.answer import SemanticMode

CURSORS = st.builds(
    Cursor,
    generation=st.from_regex(r"\A[0-9]{1,8}\.[0-9]{1,9}\Z"),
    asked=st.binary(min_size=8, max_size=8),
    planned=st.binary(min_size=8, max_size=8),
    offset=st.integers(0, 2**63),
    moment=st.integers(0, 2**40),
)
CURSOR = Cursor(
    generation="3.118", asked=b"asked..1", planned=b"planned1", offset=10_000, moment=1_700_000_000
)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ é"


@given(CURSORS)
def test_what_was_written_is_read(cursor: Cursor) -> None:
    text = write_cursor(cursor)
    assert read_cursor(text) == cursor
    assert len(text) <= LONGEST
    assert set(text) <= set(ALPHABET[:64])


def test_a_cursor_with_any_character_changed_is_refused() -> None:
    text = write_cursor(CURSOR)
    changed = {
        text[:at] + other + text[at + length :]
        for at in range(len(text) + 1)
        for other in ("", *ALPHABET)
        for length in (0, 1)
    }
    assert len(changed) > 5_000
    for other in changed - {text}:
        with pytest.raises(InvalidCursor):
            read_cursor(other)


@given(st.text(max_size=40))
def test_no_other_text_is_a_cursor(text: str) -> None:
    with pytest.raises(InvalidCursor):
        read_cursor(text)


@pytest.mark.parametrize("text", ["", "*", "A", "A" * LONGEST, "A" * (LONGEST + 1), "\ud800", "=" * 8])
def test_refused_is(text: str) -> None:
    with pytest.raises(InvalidCursor, match="start again from the first page"):
        read_cursor(text)


SAME = {
    "offset": 7,
    "limit": 7,
    "snippets": 1,
    "snippet_length": 40,
    "marking": Marking.NONE,
    "explaining": Explaining.SCORES,
    "facets": (FacetRequest(field="year"),),
    "cursor": "*",
}
OTHER = {
    "q": "科技",
    "filters": Filters(year=("2024",)),
    "sort": Sort.OLDEST,
    "reading": Reading.STRICT,
    "match": Match.ANY,
    "wording": Wording.AS_TYPED,
    "collapse": Collapse.NONE,
    "recency": Recency.OFF,
    "parts": (Part.TITLE,),
    "semantic": SemanticMode.RERANK,
}


def test_the_fingerprint_of_a_request_is_that_of_its_hits() -> None:
    """Whoever adds a field to requests has to decide whether it changes the hits."""
    assert {field.name for field in fields(SearchRequest)} == {*SAME, *OTHER}
    asked = SearchRequest()
    for name, value in SAME.items():
        assert request_fingerprint(replace(asked, **{name: value})) == request_fingerprint(asked), name  # type: ignore[arg-type]
    others = [replace(asked, **{name: value}) for name, value in OTHER.items()]  # type: ignore[arg-type]
    assert len({request_fingerprint(one) for one in (asked, *others)}) == len(OTHER) + 1
