"""Where articles are marked that have a part of what was asked for."""

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Part
from search.language.parser import parse
from search.language.query import wanted
from search.planning.demand import Demand
from tests.engines import make_article
from tests.search.highlighters import highlighter
from tests.search.mark_laws import assert_in_order


@pytest.mark.parametrize(
    ("body", "q", "demand", "marked"),
    [
        pytest.param("养老的服务", "养老的补贴", Demand.ALL, [], id="all words or nothing"),
        pytest.param("养老的服务", "养老的补贴", Demand.SOME, ["养老"], id="some words, but no single ones"),
        pytest.param("养老的服务", "养老的补贴", Demand.ANY, ["养老", "的"], id="any word, single ones too"),
        pytest.param("服务，的养老", "养老的服务", Demand.SOME, ["服务", "的", "养老"], id="all are there"),
        pytest.param("养老的服务", "养老的服务", Demand.SOME, ["养老的服务"], id="in one piece, no words"),
        pytest.param("南京市长江大桥", "市长改革", Demand.SOME, [], id="characters that are no word there"),
        pytest.param("养老", '"养老服务"', Demand.SOME, [], id="a phrase never in part"),
        pytest.param("养老", '"养老 服务"~5', Demand.SOME, [], id="nor what is near"),
        pytest.param("养老与改革", "养老服务 改革 航天", Demand.SOME, ["养老", "改革"], id="several runs"),
        pytest.param("养老与改革", "body:养老服务", Demand.SOME, ["养老"], id="in a part"),
        pytest.param("养老与改革", "title:养老服务", Demand.SOME, [], id="in another part"),
        pytest.param("湖北养老", "湖北养老服务补贴", Demand.SOME_OF_LONG, ["湖北", "养老"], id="a long run"),
        pytest.param("养老", "养老服务", Demand.SOME_OF_LONG, [], id="a short run"),
    ],
)
def test_marks_of_what_is_found_in_part_are(
    body: str, q: str, demand: Demand, marked: list[str], analyzer: Analyzer
) -> None:
    article = make_article("a", body)
    leaves = wanted(parse(q, analyzer.folding).query)
    found = highlighter(leaves, analyzer, demand).highlight(article)
    assert_in_order(article, found)
    assert [body[start : start + length] for start, length in found.spans.get(Part.BODY, ())] == marked
