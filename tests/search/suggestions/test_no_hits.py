from datetime import UTC, datetime

import pytest

from index.analysis.analyzer import Analyzer
from search.deadline import Deadline
from search.language.parser import parse
from search.request import MAX_QUERY, Filters, SearchRequest
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
    read_as = parse(request.q, suggestions.type_ahead.analyzer.folding).read_as
    return suggestions.query.no_hits.help(request, read_as, Deadline.never())


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


@pytest.mark.parametrize(
    ("q", "alone"),
    [
        ('"招商引资" 鿍鿍', ['"招商引资"', "鿍鿍"]),
        ("title:招商 鿍鿍", ["title:招商", "鿍鿍"]),
        ("标题：企业科技", ["title:企业", "title:科技"]),
        ('“招商"引资” OR 鿍鿍', ['“招商"引资”', "鿍鿍"]),
        ("（招商 鿍鿍）", ["招商", "鿍鿍"]),
        ("．OR 鿍鿍", [".OR", "鿍鿍"]),
    ],
    ids=["phrase", "field", "words of a field", "quotes inside", "brackets", "a word like an operator"],
)
def test_a_part_has_a_query_that_asks_for_it_alone(
    suggestions: Suggestions, q: str, alone: list[str]
) -> None:
    found = ask(suggestions, SearchRequest(q=q)).parts
    folding = suggestions.type_ahead.analyzer.folding
    assert [part.q for part in found] == alone
    assert all(len(parse(part.q, folding).read_as) == 1 for part in found)
    assert all(parse(part.q, folding).notices == () for part in found)


@pytest.mark.parametrize(("length", "is_counted"), [(MAX_QUERY, False), (MAX_QUERY - 1, True)])
def test_a_part_that_is_too_long_alone_is_left_out(
    suggestions: Suggestions, length: int, *, is_counted: bool
) -> None:
    """With the name of its field in English it is three characters longer than as it was typed."""
    long = "标题:" + "鿍" * (length - len("标题: 引"))
    parts = ask(suggestions, SearchRequest(q=f"{long} 引")).parts
    assert [part.text for part in parts] == ([long, "引"] if is_counted else ["引"])


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
