"""The laws of the four ways to match, with a brute-force engine as the judge."""

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from search.request import Match, SearchRequest, Sort
from search.results import Matched, SearchResult
from search.service import SearchService
from tests.engines import ArticleLibrary, from_reference
from tests.query_clauses import with_numbers
from tests.questions import cut, question
from tests.reference_engine import Node
from tests.reference_modes import Answer, ModeEngine, simple
from tests.strategies import articles, render, respell

ROUNDS = 1
QUERIES = 125


Judge = Callable[[ModeEngine, Node, str], Answer]
WAYS: dict[tuple[Match, Sort], Judge] = {
    (Match.SMART, Sort.RELEVANCE): lambda engine, tree, _: engine.smart(tree),
    (Match.SMART, Sort.NEWEST): lambda engine, tree, _: engine.smart_by_date(tree),
    (Match.ALL, Sort.RELEVANCE): lambda engine, tree, _: engine.every(tree),
    (Match.ANY, Sort.OLDEST): lambda engine, tree, _: engine.any(tree),
    (Match.EXACT, Sort.RELEVANCE): lambda engine, _, q: engine.exact(q),
}


def answered(service: SearchService, q: str, match: Match, sort: Sort) -> SearchResult:
    result = service.search(SearchRequest(q=q, match=match, sort=sort, limit=1000))
    assert result.total == len(result.hits)
    return result


def answer_of(result: SearchResult) -> Answer:
    found = frozenset(hit.article.id for hit in result.hits)
    return Answer(found, None if result.relaxed is None else result.relaxed.strict_total)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_every_way_to_match_equals_the_reference(seed: int, library: ArticleLibrary) -> None:
    random = Random(f"modes {seed}")
    collection = list(with_numbers(random, articles(random, 80)))
    library.build(map(from_reference, collection))
    service, engine = library.service(), ModeEngine(collection)
    seen: Counter[str] = Counter()
    for _ in range(QUERIES):
        tree = simple(question(random, collection))
        q = render(tree, random)
        for (match, sort), judge in WAYS.items():
            expected = judge(engine, tree, q)
            result = answered(service, q, match, sort)
            assert answer_of(result) == expected, (match, sort, q, tree)
            seen["nothing in full" if expected.with_everything == 0 else match.value] += bool(expected.found)
            if expected.with_everything and sort is Sort.RELEVANCE:
                seen["full ones first"] += 1
                full = engine.every(tree).found
                ids = [hit.article.id for hit in result.hits]
                assert frozenset(ids[: len(full)]) == full, q
                for hits, matched in (
                    (result.hits[: len(full)], Matched.ALL),
                    (result.hits[len(full) :], Matched.PART),
                ):
                    assert {hit.matched for hit in hits} == {matched}, q
                    scores = [hit.score for hit in hits]
                    assert scores == sorted(scores, reverse=True), q
    kinds = (
        "nothing in full",
        "full ones first",
        *(way.value for way in (Match.SMART, Match.ALL, Match.ANY)),
    )
    assert min(seen[kind] for kind in kinds) >= 5, seen


def test_a_cut_of_an_article_is_found_exactly(library: ArticleLibrary) -> None:
    """Operators and quotes in it are text."""
    random = Random("exact")
    collection = articles(random, 40)
    library.build(map(from_reference, collection))
    service, engine = library.service(), ModeEngine(collection)
    with_operators = 0
    for _ in range(200):
        q = respell(cut(random, random.choice(collection), 20), random)
        expected = engine.exact(q)
        assert answer_of(answered(service, q, Match.EXACT, Sort.RELEVANCE)) == expected, q
        with_operators += bool(expected.found) and any(char in '"“”()（）-' for char in q)
    assert with_operators >= 10
