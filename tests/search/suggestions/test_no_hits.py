from datetime import UTC, datetime

import pytest

from index.analysis.analyzer import Analyzer
from search.request import Filters, SearchRequest
from search.suggestions.opening import Suggestions
from search.suggestions.suggestion import FilterCount, NoHitsHelp
from tests.engines import make_article
from tests.search.suggestions.shelf import shelf

ARTICLES = (
    make_article("a", "招商引资的消息。", title="招商", source="甲报"),
    make_article("b", "招商会。", title="企业", source="乙报"),
)


@pytest.fixture(scope="module")
def suggestions(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> Suggestions:
    return shelf(tmp_path_factory.mktemp("shelf"), analyzer, ARTICLES)


def ask(suggestions: Suggestions, request: SearchRequest) -> NoHitsHelp:
    return suggestions.query.no_hits.help(request)


@pytest.mark.parametrize(
    ("q", "parts"),
    [
        ("招商 鿍鿍", [("招商", 2), ("鿍鿍", 0)]),
        ('"招商引资" 企业 鿍鿍', [('"招商引资"', 1), ("企业", 1), ("鿍鿍", 0)]),
        ("招商 鿍鿍 -企业", [("招商", 2), ("鿍鿍", 0)]),
        ("企业科技", [("企业", 1), ("科技", 0)]),
        ("鿍", []),
        ("五汉", []),
        ("", []),
    ],
)
def test_each_part_is_counted_alone(suggestions: Suggestions, q: str, parts: list[tuple[str, int]]) -> None:
    found = ask(suggestions, SearchRequest(q=q)).parts
    assert [(part.text, part.count) for part in found] == parts
    assert all(q[part.span[0] : sum(part.span)] == part.text for part in found)


def test_parts_are_counted_under_the_filters(suggestions: Suggestions) -> None:
    request = SearchRequest(q="招商 引资", filters=Filters(source=("乙报",)))
    assert [part.count for part in ask(suggestions, request).parts] == [1, 0]


def test_the_whole_is_counted_without_each_filter(suggestions: Suggestions) -> None:
    filters = Filters(source=("乙报",), published_after=datetime(2024, 1, 1, tzinfo=UTC))
    found = ask(suggestions, SearchRequest(q="引资", filters=filters))
    assert found.filters == (FilterCount("source", 0), FilterCount("published_after", 0))
    one = ask(suggestions, SearchRequest(q="引资", filters=Filters(source=("乙报",))))
    assert one.filters == (FilterCount("source", 1),)
    assert ask(suggestions, SearchRequest(q="引资")).filters == ()
