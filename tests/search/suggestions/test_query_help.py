"""Help beside an answer: bounded in time, and silent where it knows nothing."""

import logging
from dataclasses import replace

import pytest

from index.analysis.analyzer import Analyzer
from index.regions.tree import Regions
from search.deadline import Deadline
from search.errors import SearchTimeout
from search.request import Match, SearchRequest
from search.semantic.answer import SemanticAnswer, SemanticMode, SemanticState
from search.suggestions import type_ahead
from search.suggestions.followed import FollowedVocabulary
from search.suggestions.making import VocabularyMaker
from search.suggestions.no_hits import NoHits
from search.suggestions.opening import open_mojibake, open_suggestions
from search.suggestions.query_help import QueryHelp, QueryHelper
from search.suggestions.syllables import load_syllables
from search.suggestions.terms import IndexedTerms
from tests.engines import Library, make_article
from tests.search.suggestions.shelf import Titles, open_shelf
from tests.waiting import wait_for

REQUEST = SearchRequest(q="五汉 政策", match=Match.ALL)


class Tired:
    """Counts nothing: there is no time."""

    def count(self, request: SearchRequest, deadline: Deadline) -> int:
        raise SearchTimeout(f"{request.q} was not counted by {deadline.moment}")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> Library:
    library = Library(tmp_path_factory.mktemp("library"), analyzer)
    library.build([make_article("a", "正文。", title="武汉政策")])
    return library


def help_of(library: Library, helper: QueryHelper) -> QueryHelp:
    return helper.help(REQUEST, library.service().search(REQUEST))


def brief(help_given: QueryHelp) -> tuple[list[str], list[tuple[str, int]] | None]:
    parts = (
        None if help_given.no_hits is None else [(part.q, part.count) for part in help_given.no_hits.parts]
    )
    return [one.q for one in help_given.corrections], parts


def test_help_is_other_queries_and_counts(library: Library) -> None:
    assert brief(help_of(library, open_shelf(library).query)) == (["武汉 政策"], [("五汉", 0), ("政策", 1)])


def test_until_there_is_a_vocabulary_only_the_index_is_asked(library: Library) -> None:
    terms = IndexedTerms(Titles(library), Regions.load())
    vocabulary = FollowedVocabulary(VocabularyMaker(terms, library.analyzer.folding, load_syllables))
    mojibake = open_mojibake(library.analyzer.folding)
    cold = open_suggestions(library.engine(), library.service(), vocabulary, library.analyzer, mojibake)
    assert cold.type_ahead.suggest("武") == ()
    assert not cold.query.did_you_mean.is_doubtful("五鿍")
    assert brief(help_of(library, cold.query)) == ([], [("五汉", 0), ("政策", 1)])
    vocabulary.follow(library.engine().snapshot())
    wait_for(lambda: vocabulary.current() is not None)
    assert cold.type_ahead.suggest("武") != ()
    assert cold.query.did_you_mean.is_doubtful("五鿍")


@pytest.mark.parametrize(("is_tired", "parts"), [(True, None), (False, [("五汉", 0), ("政策", 1)])])
def test_where_time_is_over_an_answer_keeps_the_help_that_it_has(
    library: Library, caplog: pytest.LogCaptureFixture, *, is_tired: bool, parts: list[tuple[str, int]] | None
) -> None:
    helper = open_shelf(library).query
    if is_tired:
        helper = replace(helper, no_hits=NoHits(Tired(), library.analyzer))
    with caplog.at_level(logging.INFO):
        assert brief(help_of(library, helper)) == (["武汉 政策"], parts)
    assert ("no time" in caplog.text) == is_tired


@pytest.mark.parametrize(("brought_in", "is_explained"), [(0, True), (1, False)])
def test_nothing_is_said_of_no_hits_where_meaning_brought_some_in(
    library: Library, *, brought_in: int, is_explained: bool
) -> None:
    semantic = SemanticAnswer(SemanticMode.HYBRID, SemanticState.APPLIED, brought_in)
    result = replace(library.service().search(REQUEST), semantic=semantic)
    given = open_shelf(library).query.help(REQUEST, result)
    assert [one.q for one in given.corrections] == ["武汉 政策"]
    assert (given.no_hits is not None) == is_explained


@pytest.mark.parametrize(("seconds", "found"), [(-1.0, 0), (60.0, 2)])
def test_what_is_not_counted_in_time_is_not_suggested(
    library: Library, monkeypatch: pytest.MonkeyPatch, seconds: float, found: int
) -> None:
    monkeypatch.setattr(type_ahead, "SECONDS", seconds)
    assert len(open_shelf(library).type_ahead.suggest("武")) == found
