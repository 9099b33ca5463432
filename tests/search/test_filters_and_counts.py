"""Filters, facets and timelines of random requests, judged by plain loops over the articles."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Article
from index.documents import IndexDocument, to_document
from search.plan import FacetOrder, Interval
from search.request import FACET_FIELDS, Collapse, FacetRequest, Filters, Match, SearchRequest, Sort
from search.service import SearchService
from tests.engines import Library
from tests.search.filter_judge import (
    CHINA,
    FIRST,
    HOURS,
    POOLS,
    an_article,
    counts,
    moments,
    passes,
    some_filters,
    values,
)

NO_FILTERS = Filters()
ARTICLES = 80
REQUESTS = 150
QUERIES = ("", "科技", "改革 -科技", "科技 OR 改革")
FORMATS = {Interval.YEAR: "%Y", Interval.MONTH: "%Y-%m", Interval.DAY: "%Y-%m-%d"}


@dataclass(slots=True)
class Shelf(Library):
    """A library whose articles were stored at different times."""

    added: dict[str, datetime] = field(default_factory=dict)

    def document(self, article: Article) -> IndexDocument:
        return to_document(article, self.analyzer, self.added[article.id], None)

    def passing(self, ids: set[str], filters: Filters, without: str | None = None) -> list[Article]:
        """Those of these articles that pass; the choice among the values of `without` does not count."""
        return [
            self.stored[name] for name in ids if passes(self.stored[name], self.added[name], filters, without)
        ]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> Shelf:
    random = Random(7)
    articles = [an_article(random, f"a{number:02}") for number in range(ARTICLES)]
    added = {article.id: FIRST + timedelta(hours=random.randrange(HOURS)) for article in articles}
    shelf = Shelf(tmp_path_factory.mktemp("shelf"), analyzer, added=added)
    shelf.build(articles[:60])
    shelf.change(articles[60:], [])
    return shelf


@pytest.fixture(scope="module")
def service(shelf: Shelf) -> SearchService:
    return shelf.service()


def asking(q: str, filters: Filters = NO_FILTERS, *facets: FacetRequest) -> SearchRequest:
    return SearchRequest(
        q=q, filters=filters, facets=facets, match=Match.ALL, collapse=Collapse.NONE, limit=1_000, snippets=0
    )


def ids(service: SearchService, request: SearchRequest) -> set[str]:
    return {hit.article.id for hit in service.search(request).hits}


def test_hits_and_facets_are_those_of_a_plain_count(shelf: Shelf, service: SearchService) -> None:
    random = Random(1)
    found = {q: ids(service, asking(q)) for q in QUERIES}
    sizes = []
    for _ in range(REQUESTS):
        q, filters = random.choice(QUERIES), some_filters(random)
        facets = [some_facet(random, name) for name in random.sample(FACET_FIELDS, 3)]
        result = service.search(asking(q, filters, *facets))
        passing = {article.id for article in shelf.passing(found[q], filters)}
        assert {hit.article.id for hit in result.hits} == passing, (q, filters)
        assert result.total == len(passing)
        for facet, given in zip(facets, result.facets, strict=True):
            expected = counts(shelf.passing(found[q], filters, facet.field), facet, filters)
            assert given == expected, (q, filters, facet)
        sizes.append(len(passing))
    assert sum(0 < size < ARTICLES / 2 for size in sizes) > REQUESTS / 4, "filters that keep some show most"


def some_facet(random: Random, name: str) -> FacetRequest:
    pool = ("110000", "无", *map(str.lower, POOLS.get(name, ())))
    return FacetRequest(
        field=name,
        limit=random.choice((0, 1, 2, 200)),
        named=tuple(random.sample(pool, random.choice((0, 0, 1)))),
        prefix=random.choice(("", "", random.choice(pool)[:2])),
        order=random.choice(tuple(FacetOrder)),
    )


@pytest.mark.parametrize("interval", list(Interval))
def test_a_timeline_is_that_of_a_plain_count(
    interval: Interval, shelf: Shelf, service: SearchService
) -> None:
    random = Random(2)
    for _ in range(REQUESTS // 3):
        q, filters = random.choice(QUERIES), some_filters(random)
        passing = shelf.passing(ids(service, asking(q)), filters)
        days = sorted(
            article.published.astimezone(CHINA) for article in passing if article.published is not None
        )
        tally = Counter(day.strftime(FORMATS[interval]) for day in days)
        every = [days[0] + timedelta(days=at) for at in range((days[-1] - days[0]).days + 2)] if days else []
        starts = dict.fromkeys(day.strftime(FORMATS[interval]) for day in every)
        given = service.timeline(asking(q, filters), interval)
        assert [(one.start, one.count) for one in given.buckets] == [
            (start, tally[start]) for start in starts if days and start <= max(tally)
        ]
        assert (given.total, given.undated) == (len(passing), len(passing) - len(days))


def test_the_newest_stored_come_first_where_that_is_asked_for(shelf: Shelf, service: SearchService) -> None:
    result = service.search(SearchRequest(sort=Sort.ADDED, limit=ARTICLES))
    assert [hit.article.id for hit in result.hits] == sorted(
        shelf.stored, key=lambda name: (-shelf.added[name].timestamp(), name)
    )


def test_control_the_judge_tells_filters_apart(shelf: Shelf) -> None:
    """Each filter keeps some articles and leaves others out, and so does its contrary."""
    every = set(shelf.stored)
    for name, pool in POOLS.items():
        chosen = {one.id for one in shelf.passing(every, Filters(**{name: pool[:1]}))}  # type: ignore[arg-type]
        others = {one.id for one in shelf.passing(every, Filters(**{f"exclude_{name}": pool[:1]}))}  # type: ignore[arg-type]
        assert chosen
        assert others
        assert chosen | others == every
    assert any(not values(article, "source") for article in shelf.stored.values())
    assert any(moments(article, FIRST)["published"] is None for article in shelf.stored.values())
