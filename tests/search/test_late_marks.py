"""Marking hits has a time of its own: behind it they come unmarked, and such an answer is not kept."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Part
from search.deadline import MARKING_SECONDS, Deadline
from search.request import SearchRequest
from search.results import SearchResult
from tests.engines import Library, make_article
from web.formats.freshness import is_whole

REQUEST = SearchRequest(q="科技创新")


def found(library: Library) -> SearchResult:
    return library.service().search(REQUEST)


@pytest.fixture
def library(tmp_path: Path, analyzer: Analyzer) -> Library:
    library = Library(tmp_path, analyzer)
    library.build(
        make_article(f"a{number}", "推进科技创新。", title=f"科技创新{number}") for number in range(3)
    )
    return library


def test_hits_behind_the_time_are_shown_without_marks(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Deadline, "or_after", lambda _self, _seconds: Deadline(time.monotonic() - 1))
    result = found(library)
    assert [hit.highlights for hit in result.hits] == [{}] * 3
    assert all(hit.highlights_truncated for hit in result.hits)
    assert all(hit.snippets for hit in result.hits)
    assert not is_whole(REQUEST, result)


def test_control_hits_within_the_time_are_marked(library: Library) -> None:
    result = found(library)
    assert all(hit.highlights[Part.TITLE] == ((0, 4),) for hit in result.hits)
    assert not any(hit.highlights_truncated for hit in result.hits)
    assert is_whole(REQUEST, result)


def test_an_answer_with_marks_that_were_left_out_for_their_number_is_whole(library: Library) -> None:
    result = found(library)
    many = replace(result, hits=tuple(replace(hit, highlights_truncated=True) for hit in result.hits))
    assert is_whole(REQUEST, many)


def test_marking_has_what_the_engine_left_and_half_a_second_at_least() -> None:
    now = time.monotonic()
    assert Deadline(now + 100).or_after(MARKING_SECONDS) == Deadline(now + 100)
    later = Deadline(now - 100).or_after(MARKING_SECONDS)
    assert now + MARKING_SECONDS <= later.moment < now + 100
    assert not later.is_over()
    assert Deadline(now - 1).is_over()
    assert not Deadline.never().is_over()
