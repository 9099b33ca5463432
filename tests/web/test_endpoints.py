"""The table of endpoints: what it says of each is what each does."""

import msgspec
import pytest
from starlette.testclient import TestClient

from search.errors import IndexUnavailable, InvalidCursor, SearchTimeout, SnapshotGone
from tests.web.conftest import ClientFactory
from tests.web.fake_service import GENERATION, FakeService
from web.api.answers.articles import ArticleFields
from web.api.endpoint import Endpoint
from web.api.endpoints import ANY_ERRORS, ENDPOINTS
from web.http.problems import problem_kinds
from web.parameters.defined.listing import FIELDS
from web.parameters.kinds import ChoiceParameter, TextParameter
from web.texts.text import Language

SAMPLES = {
    "search": "?q=科技创新 -基金&facets=source,year,region&explain=true&highlight=both&cursor=*",
    "article": f"?q=科技&text=original&highlight=both&fields={','.join(FIELDS)}",
    "facets": "?facet=region",
    "suggest": "?q=浙",
    "analyze": "?text=科技創新",
    "regions": "?counts=true&depth=2",
}
"""Queries that bring out as much of each answer as the fake service has."""


def address(endpoint: Endpoint) -> str:
    return endpoint.address.replace("{id}", "a1")


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
class TestEveryEndpoint:
    def test_answers_as_its_type_says(self, endpoint: Endpoint, client: TestClient) -> None:
        answer = client.get(address(endpoint) + SAMPLES.get(endpoint.name, ""))
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
        read = msgspec.json.decode(answer.content, type=endpoint.answer)
        assert msgspec.json.decode(msgspec.json.encode(read)) == answer.json(), "nothing is left out"

    def test_tells_of_its_methods(self, endpoint: Endpoint, client: TestClient) -> None:
        answer = client.options(address(endpoint))
        assert (answer.status_code, answer.headers["Allow"]) == (204, endpoint.allow)
        for method in {"GET", "POST", "PUT", "DELETE"} - {*endpoint.methods}:
            refused = client.request(method, address(endpoint))
            assert (refused.status_code, refused.headers["Allow"]) == (405, endpoint.allow)

    def test_head_is_get_without_the_body(self, endpoint: Endpoint, client: TestClient) -> None:
        path = address(endpoint) + SAMPLES.get(endpoint.name, "")
        get, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (get.status_code, b"")
        assert head.headers.get("ETag") == get.headers.get("ETag")

    def test_has_a_tag_and_may_be_kept(self, endpoint: Endpoint, client: TestClient) -> None:
        path = (address(endpoint) + SAMPLES.get(endpoint.name, "")).replace("&cursor=*", "")
        first = client.get(path)
        assert first.headers["Cache-Control"] == "no-cache"
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]

    def test_may_be_read_by_pages_of_other_sites(self, endpoint: Endpoint, client: TestClient) -> None:
        answer = client.get(address(endpoint) + SAMPLES.get(endpoint.name, ""))
        assert answer.headers["Access-Control-Allow-Origin"] == "*"

    def test_knows_its_parameters_and_no_others(self, endpoint: Endpoint, client: TestClient) -> None:
        query = "&".join(f"{parameter.name}=" for parameter in endpoint.parameters)
        answer = client.get(f"{address(endpoint)}?{query}&nosuch=1")
        assert answer.status_code == 400
        named = {error["parameter"] for error in answer.json()["errors"]}
        needed = {
            parameter.name
            for parameter in endpoint.parameters
            if (isinstance(parameter, ChoiceParameter) and parameter.is_needed)
            or (isinstance(parameter, TextParameter) and parameter.shortest)
        }
        assert named == {"nosuch", *needed}

    def test_speaks_the_language_asked_for(self, endpoint: Endpoint, client: TestClient) -> None:
        details = {
            client.get(f"{address(endpoint)}?nosuch=1&lang={lang}").json()["title"]
            for lang in ("zh-Hans", "zh-Hant", "en")
        }
        assert len(details) == 3

    def test_is_described_in_every_language(self, endpoint: Endpoint) -> None:
        texts = [endpoint.summary, *(parameter.meaning for parameter in endpoint.parameters)]
        assert all(text.of(language) for text in texts for language in Language)

    def test_errors_are_kinds_of_problems(self, endpoint: Endpoint) -> None:
        told = (*ANY_ERRORS, *endpoint.errors)
        assert len(set(told)) == len(told)
        assert set(told) <= set(problem_kinds())

    def test_its_answer_has_a_schema(self, endpoint: Endpoint) -> None:
        [schema], parts = msgspec.json.schema_components([endpoint.answer])
        assert schema == {"$ref": f"#/$defs/{endpoint.answer.__name__}"}
        assert all(part.get("description") for part in parts.values())


def test_the_control_of_schemas_finds_a_field_that_is_wrong(client: TestClient) -> None:
    content = client.get("/api/v1/search?q=科技").json() | {"total": "many"}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(content, type=ENDPOINTS[0].answer)


def test_endpoints_have_names_and_addresses_of_their_own() -> None:
    assert len({endpoint.name for endpoint in ENDPOINTS}) == len(ENDPOINTS)
    assert len({endpoint.path for endpoint in ENDPOINTS}) == len(ENDPOINTS)


def test_the_fields_of_an_article_are_those_that_can_be_asked_for() -> None:
    assert ArticleFields.__struct_fields__ == FIELDS


@pytest.mark.parametrize(
    ("failure", "status", "kind"),
    [
        (InvalidCursor("m"), 400, "invalid-cursor"),
        (SnapshotGone("m"), 410, "cursor-expired"),
        (SearchTimeout("m"), 503, "timeout"),
        (IndexUnavailable("m"), 503, "index-unavailable"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_a_search_cannot_answer(
    failure: Exception, status: int, kind: str, client_of: ClientFactory
) -> None:
    answer = client_of(FakeService(failure=failure)).get("/api/v1/search?cursor=*")
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{kind}")
    assert ("Retry-After" in answer.headers) is (status == 503)


def test_stats_say_what_there_is(client: TestClient) -> None:
    content = client.get("/api/v1/stats").json()
    service = FakeService()
    assert content["articles"] == len(service.articles)
    assert (content["generation"], content["sequence"], content["stale"]) == (GENERATION, 118, 2)
    assert content["newest"] == "2026-02-10T08:30:00+08:00"
    assert content["dictionary_version"] == "v1"
