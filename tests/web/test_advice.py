"""What is offered where nothing was found: the parts of the query, each as a search of its own."""

from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from search.service import SearchService
from tests.engines import Library, make_article
from tests.web.known_regions import REGIONS
from web.advice import MAX_TRIES, Advice, advise
from web.params import read_search
from web.query_string import Pair, read_pairs


@pytest.fixture
def service(tmp_path: Path, analyzer: Analyzer) -> SearchService:
    library = Library(tmp_path, analyzer)
    library.build(
        [
            make_article("a", '落实所谓"放管服"改革，悦科（湖北）数据中心', source="湖北科技网"),
            make_article("b", "落实放管服改革"),
        ]
    )
    return library.service()


def advice_for(service: SearchService, *pairs: Pair) -> Advice:
    parameters = read_search(pairs, REGIONS)
    result = service.search(parameters.request)
    assert result.total == 0
    return advise(service, parameters, result, REGIONS)


def target(href: str) -> tuple[Pair, ...]:
    path, _, query = href.partition("?")
    assert path == "/search"
    return read_pairs(query.encode())


@pytest.mark.parametrize(
    ("part", "label", "count"),
    [
        pytest.param("改革", "改革", 2, id="a word"),
        pytest.param('"放管服改革"', "放管服改革", 1, id="a phrase"),
        pytest.param('“所谓"放管服"”', '所谓"放管服"', 1, id="a phrase with quotes inside"),
        pytest.param("「“放管服”」", "“放管服”", 0, id="with curly ones inside"),
        pytest.param("悦科（湖北）", "悦科（湖北", 1, id="a word that ends in a bracket"),
        pytest.param('"改革"-落实', "-落实", 2, id="a word that begins with a hyphen"),
        pytest.param("OR", "OR", 0, id="an operator that is text"),
    ],
)
def test_a_part_is_tried_as_it_was_read(part: str, label: str, count: int, service: SearchService) -> None:
    pairs = (("q", f"{part} 没有的词"), ("match", "all"))
    [tried] = [tried for tried in advice_for(service, *pairs).parts if tried.label == label]
    assert tried.count == count
    assert (tried.href is not None) == (count > 0)
    if tried.href is not None:
        found = service.search(read_search(target(tried.href), REGIONS).request)
        assert [read.text for read in found.read_as] == [label]
        assert (found.total, found.repaired, found.notices) == (count, None, ())


def test_negated_parts_are_not_tried(service: SearchService) -> None:
    assert [tried.label for tried in advice_for(service, ("q", "改革 没有的词 -落实")).parts] == [
        "改革",
        "没有的词",
    ]


def test_one_part_alone_is_not_tried_again(service: SearchService) -> None:
    assert advice_for(service, ("q", "没有的词")) == Advice(parts=(), filters=())


def test_each_filter_is_tried_to_be_left_out(service: SearchService) -> None:
    pairs = (("q", "改革"), ("source", "无此来源"), ("published_before", "1990"))
    tries = advice_for(service, *pairs).filters
    assert [tried.count for tried in tries] == [0, 0]
    [alone] = advice_for(service, *pairs[:2], ("page", "2")).filters
    assert alone.count == 2
    assert alone.href is not None
    assert target(alone.href) == (("q", "改革"),)


def test_tries_are_bounded(service: SearchService) -> None:
    words = " ".join(f"没有的词{number}" for number in range(MAX_TRIES + 1))
    assert len(advice_for(service, ("q", words)).parts) == MAX_TRIES
