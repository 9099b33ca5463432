"""The laws of SearchEngine, with the brute-force reference engine as the judge."""

from dataclasses import replace
from random import Random

import pytest

from search.request import Filters, Match, SearchRequest, Sort
from search.service import SearchService
from tests.engines import ArticleLibrary, from_reference
from tests.query_clauses import any_clause, with_numbers
from tests.reference_engine import All, DateOrder, ReferenceEngine
from tests.strategies import articles, filters, query_tree, render

ROUNDS = 2
QUERIES = 200
SHARE_WITH_HITS = 0.3


def found(service: SearchService, request: SearchRequest) -> tuple[str, ...]:
    result = service.search(request)
    ids = tuple(hit.article.id for hit in result.hits)
    assert result.total == len(ids)
    assert len(ids) == len(set(ids))
    return ids


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_match_sets_equal_the_reference(seed: int, library: ArticleLibrary) -> None:
    """With updates and deletes between two commits; `test_query_trials` asks more, in every way."""
    random = Random(seed)
    collection = {article.id: article for article in with_numbers(random, articles(random, 120))}
    library.build(map(from_reference, collection.values()))
    service = library.service()
    with_hits = 0
    for half in range(2):
        if half:
            fresh = {article.id: article for article in articles(random, 30)}
            doomed = random.sample(sorted(collection.keys() - fresh.keys()), 15)
            collection |= fresh
            library.change(map(from_reference, fresh.values()), doomed)
            for name in doomed:
                del collection[name]
        reference = ReferenceEngine(collection.values())
        for _ in range(QUERIES // 2):
            tree = query_tree(random, list(collection.values()), any_clause)
            q = render(tree, random)
            result = service.search(SearchRequest(q=q, match=Match.ALL, limit=1000))
            expected = reference.match(tree)
            assert {hit.article.id for hit in result.hits} == expected, (q, tree)
            assert result.total == len(result.hits) == len(expected), q
            with_hits += bool(expected)
    assert with_hits >= SHARE_WITH_HITS * QUERIES


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_filters_and_date_orders_equal_the_reference(sort: Sort, library: ArticleLibrary) -> None:
    random = Random(sort.value)
    collection = articles(random, 150)
    library.build(map(from_reference, collection))
    service = library.service()
    reference = ReferenceEngine(collection)
    order = DateOrder(sort.value)
    for at in range(100):
        wanted = filters(random, collection)
        # A blank source is no source: an article without one has none to be asked for.
        wanted = replace(wanted, sources=tuple(name for name in wanted.sources if name.strip()))
        tree = All() if at % 4 == 0 else query_tree(random, collection)
        request = SearchRequest(
            q=render(tree, random),
            filters=Filters(
                source=wanted.sources,
                published_after=wanted.published_after,
                published_before=wanted.published_before,
            ),
            sort=sort,
            match=Match.ALL,
            limit=1000,
        )
        assert found(service, request) == reference.search(tree, wanted, order), request
