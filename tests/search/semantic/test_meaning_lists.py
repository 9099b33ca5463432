"""Lists in the order of words and meaning, against the ones worked out from all articles."""

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from math import inf
from statistics import fmean, pstdev

import pytest

from index.analysis.analyzer import Analyzer
from search.request import SearchRequest
from search.results import Matched
from search.semantic.answer import SemanticAnswer, SemanticMode, SemanticState
from search.semantic.meaning import Meaning
from search.semantic.stage import SemanticStage
from tests.embedders import PairEmbedder
from tests.engines import make_article
from tests.search.semantic.kit import ids, walked
from tests.search.semantic.rig import BLENDING, HYBRID, RERANK, SAME, Rig, asked

WORDS = ("新能源", "汽车", "轿车", "补贴", "优惠", "电动", "交通", "小麦", "环境", "会议")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> Iterator[Rig]:
    """Forty articles of random words, so that lists are longer than the window."""
    draw = random.Random(7)
    articles = [
        make_article(f"a{number:02}", "".join(draw.choices(WORDS, k=draw.randint(3, 30))))
        for number in range(40)
    ]
    with closing(Rig(tmp_path_factory.mktemp("many"), analyzer, articles)) as rig:
        yield rig


QUERIES = ("汽车", "补贴 汽车", "新能源汽车补贴优惠", "小麦", "环境会议", "电动轿车")


@pytest.mark.parametrize("q", QUERIES)
@pytest.mark.parametrize("mode", [RERANK, HYBRID])
@pytest.mark.parametrize("per_page", [1, 3, 10, 13])
def test_pages_are_pieces_of_one_list(mode: SemanticMode, q: str, per_page: int, many: Rig) -> None:
    request = SearchRequest(q=q, semantic=mode)
    whole = many.service.search(SearchRequest(q=q, semantic=mode, limit=100))
    assert walked(many.service, request, per_page) == ids(whole)
    assert whole.semantic is not None
    assert len(whole.hits) == whole.total + whole.semantic.brought_in


@pytest.mark.parametrize("q", QUERIES)
@pytest.mark.parametrize("mode", [RERANK, HYBRID])
def test_the_list_is_the_one_worked_out_from_all_articles(mode: SemanticMode, q: str, many: Rig) -> None:
    plain = many.service.search(SearchRequest(q=q, limit=100))
    scores = {hit.article.id: hit.score for hit in plain.hits}
    table = many.stage._vectors.table()
    near = table.nearness(PairEmbedder(SAME).query(q), list(table.places))
    window, behind = list(scores)[: BLENDING.window], list(scores)[BLENDING.window :]
    others: list[str] = []
    if mode is HYBRID:
        nearest = sorted(near, key=lambda name: -near[name])[: BLENDING.nearest]
        others = [name for name in nearest if name not in window][: BLENDING.brought_in]
    floor = scores[window[-1]] if len(window) == BLENDING.window else 0.0
    first = [*window, *others]
    values = [scores.get(name, floor) for name in first]
    nearness = [near[name] for name in first]
    sums = {
        name: _standard(value, values)
        + BLENDING.weight * (1 - 1 / len(first)) * _standard(near[name], nearness)
        for name, value in zip(first, values, strict=True)
    }
    result = many.service.search(SearchRequest(q=q, semantic=mode, limit=100))
    found = ids(result)
    assert sorted(found[: len(first)]) == sorted(first)
    assert [sums[name] for name in found[: len(first)]] == pytest.approx(
        sorted(sums.values(), reverse=True), abs=1e-5
    )
    assert found[len(first) :] == [name for name in behind if name not in others]
    strangers = {name for name in others if name not in scores}
    assert {hit.article.id for hit in result.hits if hit.matched is Matched.MEANING} == strangers
    assert result.semantic == SemanticAnswer(mode, SemanticState.APPLIED, len(strangers))


def test_a_page_behind_the_window_says_that_meaning_was_not_asked(many: Rig) -> None:
    for offset, state in ((0, SemanticState.APPLIED), (BLENDING.window, SemanticState.NOT_FOR_PAGE)):
        result = asked(many.service, RERANK, q="汽车", offset=offset, limit=5)
        assert result.hits
        assert result.semantic == SemanticAnswer(RERANK, state)


def test_what_is_no_nearer_than_most_is_not_brought_in(many: Rig) -> None:
    """Worked out from all articles; without the bound as many come in as may."""
    table = many.stage._vectors.table()
    for q in QUERIES:
        near = table.nearness(PairEmbedder(SAME).query(q), list(table.places))
        bound = fmean(near.values()) + 2.0 * pstdev(near.values())
        found = set(ids(asked(many.service, SemanticMode.OFF, q=q, limit=100)))
        for nearer, least in ((2.0, bound), (-inf, -inf)):
            blending = replace(BLENDING, window=100, brought_in=40, nearest=40, nearer=nearer)
            stage = SemanticStage(PairEmbedder(SAME), many.stage._vectors, blending, budget_s=30.0)
            with closing(stage):
                service = many.library.service(meaning=Meaning(stage))
                result = asked(service, HYBRID, q=q, limit=100)
            wanted = {name for name, value in near.items() if value >= least} - found
            assert set(ids(result)) - found == wanted
            assert result.semantic == SemanticAnswer(HYBRID, SemanticState.APPLIED, len(wanted))


def test_where_no_article_is_near_enough_meaning_was_asked_all_the_same(many: Rig) -> None:
    stage = SemanticStage(
        PairEmbedder(SAME), many.stage._vectors, replace(BLENDING, nearer=inf, nearest=3), budget_s=30.0
    )
    with closing(stage):
        result = asked(many.library.service(meaning=Meaning(stage)), HYBRID, q="火星探测")
    assert not result.hits
    assert result.semantic == SemanticAnswer(HYBRID, SemanticState.APPLIED)


def _standard(value: float, among: Sequence[float]) -> float:
    deviation = pstdev(among)
    return (value - fmean(among)) / deviation if deviation else 0.0
