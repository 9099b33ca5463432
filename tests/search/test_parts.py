"""What of an article is searched: a request may name its parts."""

from dataclasses import replace

import pytest

from index.article import Part
from search.language.query import And as QueryAnd
from search.language.query import DateRange, Near, Not, Or, Phrase, Query, Run, Value, within
from search.request import Match, SearchRequest
from search.service import SearchService
from tests.both_engines import LibraryFactory
from tests.engines import make_article

TITLE, LEAD, BODY, TAGS = Part
BOTH = (Part.TITLE, Part.BODY)


@pytest.fixture(scope="module")
def service(library_of: LibraryFactory) -> SearchService:
    library = library_of()
    library.build(
        [
            make_article("title", "改革", title="科技创新"),
            replace(make_article("lead", "改革"), lead="科技创新"),
            make_article("body", "科技创新", title="改革"),
            replace(make_article("tags", "改革"), tags=("科技创新", "改革")),
        ]
    )
    return library.service()


@pytest.mark.parametrize(
    ("q", "parts", "expected"),
    [
        pytest.param("科技", (TITLE,), {"title"}, id="a word"),
        pytest.param("技创", (LEAD, TAGS), {"lead", "tags"}, id="any of two"),
        pytest.param("科技 改革", (TITLE, BODY), {"title", "body"}, id="words may lie in different parts"),
        pytest.param("科技 改革", (BODY,), set(), id="but in none that is not asked for"),
        pytest.param('"科技创新"', (TAGS,), {"tags"}, id="a phrase"),
        pytest.param("科技*", (LEAD,), {"lead"}, id="a beginning"),
        pytest.param('"科技 创新"~2', (BODY,), {"body"}, id="near"),
        pytest.param("-科技", (TITLE,), {"lead", "body", "tags"}, id="NOT"),
        pytest.param("body:科技", (TITLE,), {"body"}, id="a field of its own"),
        pytest.param("body:科技 改革", (TITLE,), {"body"}, id="and another without"),
        pytest.param("科技 OR 改革", (BODY,), {"title", "lead", "body", "tags"}, id="OR"),
        pytest.param("科技", tuple(Part), {"title", "lead", "body", "tags"}, id="everywhere"),
    ],
)
def test_found_is(q: str, parts: tuple[Part, ...], expected: set[str], service: SearchService) -> None:
    result = service.search(SearchRequest(q=q, parts=parts, match=Match.ALL))
    assert {hit.article.id for hit in result.hits} == expected
    wanted = {Part.BODY} if "body:" in q else set()
    assert all(set(hit.highlights) <= {*parts, *wanted} for hit in result.hits)


def test_the_way_a_query_was_read_is_that_of_its_text(service: SearchService) -> None:
    everywhere = service.search(SearchRequest(q="科技 lead:改革"))
    inside = service.search(SearchRequest(q="科技 lead:改革", parts=(TITLE,)))
    assert inside.read_as == everywhere.read_as


def test_an_article_is_marked_in_these_parts(service: SearchService) -> None:
    assert set(service.article("body", "改革 科技").highlights) == {TITLE, BODY}
    assert set(service.article("body", "改革 科技", parts=(BODY,)).highlights) == {BODY}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Run("科技"), Run("科技", BOTH)),
        (Phrase("科技", (LEAD,)), Phrase("科技", (LEAD,))),
        (Not(Near("科", "技", 2)), Not(Near("科", "技", 2, BOTH))),
        (
            Or((Run("科"), Value("source", "甲", ("甲",)))),
            Or((Run("科", BOTH), Value("source", "甲", ("甲",)))),
        ),
        (
            QueryAnd((DateRange("date", "2024", None, None),)),
            QueryAnd((DateRange("date", "2024", None, None),)),
        ),
    ],
)
def test_only_what_has_no_field_is_moved(query: Query, expected: Query) -> None:
    assert within(query, (BODY, TITLE)) == expected
