"""Filters, facets and timelines over HTTP, judged by plain loops over the articles."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from index.article import Article
from search.errors import TooManyBuckets
from search.request import FACET_FIELDS, FacetRequest, Filters
from search.results import FacetResult
from tests.both_engines import LibraryFactory
from tests.engines import ADDED, ArticleLibrary
from tests.search.filter_judge import CHINA, MISSING, POOLS, an_article, counts, passes
from tests.web.conftest import ClientFactory
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from web.app import create_app
from web.settings import WebSettings

ARTICLES = 60
REQUESTS = 40
DATES = ("published", "signed", "effective")
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """The same filters as a client writes them, and as the judge reads them."""

    pairs: Pairs
    filters: Filters


@pytest.fixture(scope="module")
def library(library_of: LibraryFactory) -> ArticleLibrary:
    random = Random(11)
    library = library_of()
    library.build([an_article(random, f"a{number:02}") for number in range(ARTICLES)])
    return library


@pytest.fixture(scope="module")
def client(library: ArticleLibrary) -> TestClient:
    return TestClient(create_app(library.service(), WebSettings(), REGIONS))


def some_filters(random: Random) -> Asked:
    pairs: Pairs = []
    given: dict[str, Any] = {}
    for name in random.sample(tuple(POOLS), random.choice((0, 1, 1, 2, 3))):
        pool = [*POOLS[name], MISSING]
        if name in {"region", "year"}:
            pool += {"region": ["420000!", "420100!"], "year": ["2022..2023"]}[name]
        named = random.choice((name, name, f"exclude_{name}"))
        given[named] = tuple(random.sample(pool, random.choice((1, 1, 2))))
        pairs += [(named, value) for value in given[named]]
    for name in random.sample(DATES, random.choice((0, 0, 1))):
        year = random.choice((2023, 2024))
        after = random.random() < 0.5
        given[f"{name}_after" if after else f"{name}_before"] = datetime(
            year if after else year + 1, 1, 1, tzinfo=CHINA
        )
        pairs.append((f"{name}_after" if after else f"{name}_before", str(year)))
    return Asked(pairs, Filters(**given))


def get(client: TestClient, path: str, pairs: Pairs) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{path}?{urlencode(pairs)}")
    assert answer.status_code == 200, answer.text
    content: dict[str, Any] = answer.json()
    return content


def passing(library: ArticleLibrary, filters: Filters, without: str | None = None) -> list[Article]:
    return [article for article in library.stored.values() if passes(article, ADDED, filters, without)]


def told(expected: FacetResult) -> dict[str, Any]:
    """The counts of the judge in the words of an answer."""
    values: list[dict[str, Any]] = []
    for value in expected.values:
        told = {"value": value.value, "count": value.count, "selected": value.selected}
        if expected.field == "region":
            told["path"] = list(REGIONS.regions.path(value.value))
        values.append(told)
    return {
        "values": values,
        "distinct": expected.distinct,
        "other": expected.other,
        "missing": expected.missing,
        "missing_selected": expected.missing_selected,
    }


def test_hits_and_facets_are_those_of_a_plain_count(library: ArticleLibrary, client: TestClient) -> None:
    random, sizes = Random(3), []
    for _ in range(REQUESTS):
        asked, fields = some_filters(random), random.sample(FACET_FIELDS, 3)
        limits = {field: random.choice((1, 2, 200)) for field in fields}
        facets = ",".join(f"{field}:{limit}" for field, limit in limits.items())
        pairs = [*asked.pairs, ("facets", facets), ("per_page", "100"), ("collapse", "none")]
        content = get(client, "search", pairs)
        found = passing(library, asked.filters)
        assert {hit["id"] for hit in content["results"]} == {article.id for article in found}, asked
        assert content["total"] == len(found)
        assert content["facets"] == {
            field: told(expected(library, FacetRequest(field=field, limit=limit), asked.filters))
            for field, limit in limits.items()
        }
        sizes.append(len(found))
    assert sum(0 < size < ARTICLES / 2 for size in sizes) > REQUESTS / 4, "filters that keep some show most"


def expected(library: ArticleLibrary, facet: FacetRequest, filters: Filters) -> FacetResult:
    return counts(passing(library, filters, facet.field), facet, filters)


def test_one_facet_is_that_of_a_plain_count(library: ArticleLibrary, client: TestClient) -> None:
    random = Random(4)
    for _ in range(REQUESTS):
        asked, field = some_filters(random), random.choice(FACET_FIELDS)
        limit, prefix = random.choice((1, 2, 200)), random.choice(("", "", "2", "科", "GOV"))
        pairs = [("facet", field), ("limit", str(limit)), ("prefix", prefix), *asked.pairs]
        content = get(client, "facets", pairs)
        facet = FacetRequest(field=field, limit=limit, prefix=prefix)
        given = told(expected(library, facet, asked.filters))
        assert {name: content[name] for name in given if name != "distinct"} == {
            name: value for name, value in given.items() if name != "distinct"
        }, pairs
        assert (content["facet"], content["total_values"]) == (field, given["distinct"])
        assert content["total"] == len(passing(library, asked.filters))


def test_values_come_by_count_or_by_value(client: TestClient) -> None:
    by_count = [value["count"] for value in get(client, "facets", [("facet", "month")])["values"]]
    by_value = [
        value["value"] for value in get(client, "facets", [("facet", "month"), ("sort", "value")])["values"]
    ]
    assert by_count == sorted(by_count, reverse=True)
    assert by_value == sorted(by_value)
    assert len(set(by_count)) > 1, "both orders differ"


@pytest.mark.parametrize(("interval", "written"), [("year", "%Y"), ("month", "%Y-%m"), ("day", "%Y-%m-%d")])
def test_a_timeline_is_that_of_a_plain_count(
    interval: str, written: str, library: ArticleLibrary, client: TestClient
) -> None:
    random = Random(5)
    for _ in range(REQUESTS // 4):
        asked = some_filters(random)
        content = get(client, "timeline", [("interval", interval), *asked.pairs])
        found = passing(library, asked.filters)
        days = [article.published.astimezone(CHINA) for article in found if article.published is not None]
        tally = Counter(day.strftime(written) for day in days)
        assert {bucket["start"]: bucket["count"] for bucket in content["buckets"] if bucket["count"]} == tally
        starts = [bucket["start"] for bucket in content["buckets"]]
        assert starts == sorted(set(starts))
        assert ([starts[0], starts[-1]] if starts else []) == ([min(tally), max(tally)] if tally else [])
        assert (content["interval"], content["total"]) == (interval, len(found))
        assert content["undated"] == len(found) - len(days)


def test_a_query_counts_only_what_it_finds(library: ArticleLibrary, client: TestClient) -> None:
    pairs = [("q", "改革"), ("match", "all")]
    total = get(client, "search", pairs)["total"]
    assert total == sum("改革" in article.body for article in library.stored.values())
    assert 0 < total < ARTICLES
    years = get(client, "facets", [("facet", "year"), *pairs])
    assert sum(value["count"] for value in years["values"]) + years["missing"] == total
    timeline = get(client, "timeline", pairs)
    assert sum(bucket["count"] for bucket in timeline["buckets"]) + timeline["undated"] == total
    assert get(client, "facets", [("facet", "year"), *pairs, ("in", "title")])["total"] == 0


def test_a_timeline_of_too_many_periods_is_refused(client_of: ClientFactory) -> None:
    answer = client_of(FakeService(failure=TooManyBuckets("m"))).get("/api/v1/timeline?interval=day")
    content = answer.json()
    assert (answer.status_code, content["type"]) == (400, "/problems/too-many-buckets")
    assert [error["parameter"] for error in content["errors"]] == ["interval"]


def test_counts_tell_which_state_they_are_of(client: TestClient) -> None:
    for path in ("facets?facet=year", "timeline", "regions?counts=true"):
        answer = client.get(f"/api/v1/{path}")
        assert answer.headers["X-Index-Generation"] == answer.json()["generation"]


def codes(entries: Sequence[dict[str, Any]]) -> dict[str, int | None]:
    """The counts of all regions of a tree by their codes."""
    found: dict[str, int | None] = {}
    for entry in entries:
        found |= {entry["code"]: entry.get("count"), **codes(entry.get("regions", []))}
    return found


def test_regions_count_what_lies_in_them(library: ArticleLibrary, client: TestClient) -> None:
    pairs = [("counts", "true"), ("depth", "3"), ("exclude_source", "新华社")]
    content = get(client, "regions", pairs)
    filters = Filters(exclude_source=("新华社",))
    facet = expected(library, FacetRequest(field="region", limit=200), filters)
    known = {value.value: value.count for value in facet.values}
    counted = codes(content["regions"])
    assert {code: count for code, count in counted.items() if count} == known
    assert len(counted) == len(list(REGIONS.regions))
    assert content["missing"] == facet.missing
    plain = get(client, "regions", [("depth", "3")])
    assert set(codes(plain["regions"]).values()) == {None}
