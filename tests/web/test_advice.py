"""What is offered where nothing or little was found: each way on as a search of its own."""

import pytest

from search.results import ReadPart
from search.service import SearchService
from search.suggestions.no_hits import MAX_PARTS
from search.suggestions.opening import Suggestions
from tests.both_engines import LibraryFactory
from tests.engines import ArticleLibrary, make_article
from tests.search.suggestions.shelf import open_shelf
from tests.web.known_regions import LABELS, REGIONS
from tests.web.spoken import HANS
from web.parameters.query_string import Pair, read_pairs
from web.parameters.requests import read_search
from web.presenters.advice import Advice, Try, advice
from web.serving.suggesting import search_with_help


@pytest.fixture(scope="module")
def library(library_of: LibraryFactory) -> ArticleLibrary:
    library = library_of()
    library.build(
        [
            make_article("a", '落实所谓"放管服"改革，悦科（湖北）数据中心', source="湖北科技网"),
            make_article("b", "落实放管服改革"),
            make_article("c", "科技与创新", title="养老", source="浙江日报"),
        ]
    )
    return library


@pytest.fixture(scope="module")
def service(library: ArticleLibrary) -> SearchService:
    return library.service()


@pytest.fixture(scope="module")
def suggestions(library: ArticleLibrary) -> Suggestions:
    return open_shelf(library)


def advice_for(service: SearchService, suggestions: Suggestions, *pairs: Pair) -> Advice:
    parameters = read_search((*pairs, ("match", "all")), REGIONS)
    result, given = search_with_help(service, suggestions, parameters.request)
    assert result.total == 0
    return advice(given, parameters.pairs, LABELS, HANS)


def target(href: str | None) -> tuple[Pair, ...]:
    assert href is not None
    path, _, query = href.partition("?")
    assert path == "/search"
    return read_pairs(query.encode())


def alone(part: ReadPart) -> tuple[object, ...]:
    return part.kind, part.text, part.field, part.gap


@pytest.mark.parametrize(
    ("part", "count"),
    [
        pytest.param("改革", 2, id="a word"),
        pytest.param('"放管服改革"', 1, id="a phrase"),
        pytest.param('“所谓"放管服"”', 1, id="a phrase with quotes inside"),
        pytest.param("「“放管服”」", 0, id="with curly ones inside"),
        pytest.param("悦科（湖北）", 1, id="a word that ends in a bracket"),
        pytest.param("标题：养老", 1, id="field"),
        pytest.param('来源:"浙江日报"', 1, id="value"),
        pytest.param("date:2024..", 0, id="dates"),
        pytest.param('"科技 创新"~1', 1, id="near"),
        pytest.param("科技*", 1, id="stem"),
        pytest.param("鄂政发〔2024〕12号", 0, id="number"),
        pytest.param("region:火星", 0, id="no region"),
    ],
)
def test_a_part_is_tried_as_it_was_read(
    part: str, count: int, service: SearchService, suggestions: Suggestions
) -> None:
    q = f"{part} 没有的词"
    tried = advice_for(service, suggestions, ("q", q)).parts[0]
    assert tried.count == str(count)
    assert (tried.href is not None) == (count > 0)
    if count:
        read = service.search(read_search((("q", q),), REGIONS).request).read_as[0]
        found = service.search(read_search(target(tried.href), REGIONS).request)
        assert [alone(one) for one in found.read_as] == [alone(read)]
        assert (found.total, found.repaired, found.notices) == (count, None, ())


def test_parts_keep_the_filters(service: SearchService, suggestions: Suggestions) -> None:
    pairs = (("q", "改革 没有的词"), ("source", "湖北科技网"), ("page", "2"))
    first, _ = advice_for(service, suggestions, *pairs).parts
    assert first.count == "1"
    assert set(target(first.href)) == {("q", "改革"), ("source", "湖北科技网"), ("match", "all")}


def test_negated_parts_are_not_tried(service: SearchService, suggestions: Suggestions) -> None:
    given = advice_for(service, suggestions, ("q", "改革 没有的词 -落实"))
    assert [tried.label for tried in given.parts] == ["改革", "没有的词"]


def test_each_filter_is_tried_to_be_left_out(service: SearchService, suggestions: Suggestions) -> None:
    pairs = (("q", "改革"), ("source", "无此来源"), ("source", "也无"))
    assert advice_for(service, suggestions, *pairs, ("published_before", "1990")).filters == (
        Try("不限“来源：无此来源、也无”", "0", None),
        Try("不限“不晚于 1990”", "0", None),
    )
    [source] = advice_for(service, suggestions, *pairs, ("page", "2")).filters
    assert (source.label, source.count) == ("不限“来源：无此来源、也无”", "2")
    assert set(target(source.href)) == {("q", "改革"), ("match", "all")}


def test_other_queries_keep_the_filters_and_mark_what_is_new(
    service: SearchService, suggestions: Suggestions
) -> None:
    pairs = (("q", "放管服改格"), ("source", "湖北科技网"))
    _, given = search_with_help(service, suggestions, read_search(pairs, REGIONS).request)
    [other] = advice(given, pairs, LABELS, HANS).others
    assert "".join(segment.text for segment in other.text) == "放管服改革"
    assert [segment.text for segment in other.text if segment.marked] == ["革"]
    assert other.count == "1"
    assert target(other.href) == (("q", "放管服改革"), ("source", "湖北科技网"))


def test_tries_are_bounded(service: SearchService, suggestions: Suggestions) -> None:
    words = " ".join(f"没有的词{number}" for number in range(MAX_PARTS + 1))
    assert len(advice_for(service, suggestions, ("q", words)).parts) == MAX_PARTS
