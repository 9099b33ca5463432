"""Every error that an endpoint is said to answer with can be brought about, and no other."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from search.errors import (
    ArticleDamaged,
    ArticleDeleted,
    ArticleNotFound,
    IndexUnavailable,
    InvalidCursor,
    QuerySyntax,
    QueryTooComplex,
    SearchTimeout,
    SnapshotGone,
    TooManyBuckets,
    UnknownField,
    WildcardTooBroad,
)
from tests.web.conftest import ClientFactory
from tests.web.fake_service import FakeService
from web.api.endpoint import Endpoint
from web.api.endpoints import ANALYZE, ANY_ERRORS, ENDPOINTS, FACETS, REGIONS, SUGGEST

FAILURES: Mapping[str, Exception] = MappingProxyType(
    {
        "article-not-found": ArticleNotFound("m"),
        "article-deleted": ArticleDeleted("m"),
        "article-damaged": ArticleDamaged("m"),
        "query-too-complex": QueryTooComplex("m"),
        "query-syntax": QuerySyntax("(", (0, 1)),
        "unknown-field": UnknownField("nosuch", (0, 6)),
        "wildcard-too-broad": WildcardTooBroad("a*", (0, 2)),
        "invalid-cursor": InvalidCursor("m"),
        "cursor-expired": SnapshotGone("m"),
        "too-many-buckets": TooManyBuckets("m"),
        "index-unavailable": IndexUnavailable("m"),
        "timeout": SearchTimeout("m"),
    }
)
"""What the service raises."""

QUERIES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "query-too-long": {"q": "字" * 513},
        "text-too-long": {"text": "a" * 10_001},
        "unknown-region": {"region": "nowhere"},
        "ambiguous-region": {"exclude_region": "鼓楼区"},
        "conflicting-parameters": {"signed_after": "2025", "signed_before": "2024"},
        "result-window": {"page": "10000", "per_page": "100"},
    }
)
"""What a request says."""

NEEDED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        FACETS.name: {"facet": "year"},
        REGIONS.name: {"counts": "true"},
        SUGGEST.name: {"q": "浙"},
        ANALYZE.name: {"text": "科技"},
    }
)
FORM = "application/x-www-form-urlencoded"
BODIES: Mapping[str, tuple[bytes, str]] = MappingProxyType(
    {
        "body-too-large": (b"q=" + b"a" * 131_072, FORM),
        "unsupported-media-type": (b"{}", "application/json"),
    }
)

ACCEPTED: Mapping[str, str] = MappingProxyType({"not-acceptable": "text/html"})
"""What a client takes."""

BOTH = pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)


def address(endpoint: Endpoint, query: Mapping[str, str]) -> str:
    pairs = {**NEEDED.get(endpoint.name, {}), **query}
    return f"{endpoint.address.replace('{id}', 'a1')}?{urlencode(pairs)}"


def told(endpoint: Endpoint, client: TestClient, query: Mapping[str, str]) -> str:
    """The kind of the problem that the endpoint answers with; those of a long address are sent as a form."""
    path = address(endpoint, query)
    if len(path) > 8_000 and "POST" in endpoint.methods:
        path, _, body = path.partition("?")
        answer = client.post(path, content=body.encode(), headers={"Content-Type": FORM})
    else:
        answer = client.get(path)
    return str(answer.json()["type"]).removeprefix("/problems/")


@BOTH
def test_every_error_of_the_table_can_be_brought_about(
    endpoint: Endpoint, client: TestClient, client_of: ClientFactory
) -> None:
    for kind in endpoint.errors:
        if kind in FAILURES:
            failing = client_of(FakeService(failure=FAILURES[kind]))
            assert told(endpoint, failing, {}) == kind
        elif kind in QUERIES:
            assert told(endpoint, client, QUERIES[kind]) == kind
        elif kind in ACCEPTED:
            answer = client.get(address(endpoint, {}), headers={"Accept": ACCEPTED[kind]})
            assert answer.json()["type"] == f"/problems/{kind}"
        else:
            content, media_type = BODIES[kind]
            path = endpoint.address
            answer = client.post(path, content=content, headers={"Content-Type": media_type})
            assert answer.json()["type"] == f"/problems/{kind}"


@BOTH
@pytest.mark.parametrize("kind", QUERIES)
def test_an_error_that_is_not_in_the_table_is_not_answered_with(
    endpoint: Endpoint, kind: str, client: TestClient
) -> None:
    assert told(endpoint, client, QUERIES[kind]) in {*endpoint.errors, *ANY_ERRORS}


def test_every_kind_of_the_table_has_its_trial() -> None:
    tried = {*FAILURES, *QUERIES, *ACCEPTED, *BODIES}
    assert {kind for endpoint in ENDPOINTS for kind in endpoint.errors} == tried
