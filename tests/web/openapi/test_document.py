import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from index.describe.identity import is_id
from index.errors import PolicySearchError
from search.synonyms.rules import SynonymsInvalid
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from web.admin.endpoints import ADMIN_ENDPOINTS, DOOR_ERRORS
from web.api.endpoint import API_BASE
from web.api.endpoints import ANY_ERRORS, ENDPOINTS
from web.app import create_app
from web.commands.queries import QueryLogOff
from web.errors import FaultKind
from web.http.admin_token import AdminToken
from web.http.problems import problem_kinds, status_of
from web.openapi.admin import admin_operations
from web.openapi.document import openapi_document
from web.openapi.operations import ANY_ERRORS as ANY_ERRORS_THERE
from web.openapi.parameters import ID_PATTERN, schema_of
from web.openapi.problems import documented_status
from web.openapi.reading import reading_operations
from web.openapi.saved import saved_operations
from web.parameters.kinds import Parameter
from web.saved.endpoints import SAVED_ENDPOINTS, SavedEndpoint
from web.settings import WebSettings
from web.texts.text import Language
from web.texts.texts import Texts

PARAMETERS = {parameter.name: parameter for endpoint in ENDPOINTS for parameter in endpoint.parameters}


def errors_of(kind: type[PolicySearchError]) -> Iterator[type[PolicySearchError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from errors_of(below)


RAISED_ELSEWHERE = (QueryLogOff, SynonymsInvalid)
"""By modules that the application alone does not load."""
DESCRIBED = (*ENDPOINTS, *ADMIN_ENDPOINTS, *SAVED_ENDPOINTS)
DOCUMENTED = sorted(
    {*ANY_ERRORS, *ANY_ERRORS_THERE, *DOOR_ERRORS, *(kind for one in DESCRIBED for kind in one.errors)}
)


@pytest.mark.parametrize("kind", DOCUMENTED)
def test_every_documented_error_has_a_page_and_its_own_status(kind: str) -> None:
    assert kind in problem_kinds()
    raised = [error for error in errors_of(PolicySearchError) if getattr(error, "kind", None) == kind]
    assert {status_of(kind, error.cause) for error in raised} <= {documented_status(kind)}


def test_most_of_them_are_raised_somewhere() -> None:
    raised = (*errors_of(PolicySearchError), *RAISED_ELSEWHERE)
    kinds = {getattr(error, "kind", None) for error in raised}
    faults = {fault.value for fault in FaultKind}
    assert set(DOCUMENTED) - kinds - faults == {"unavailable"}, "the one for what only operators can mend"


@given(st.text(alphabet="aZ09._:-é /", max_size=4) | st.text(alphabet="a.", min_size=127, max_size=130))
def test_the_pattern_of_ids_is_the_rule(text: str) -> None:
    assert (re.search(ID_PATTERN, text) is not None and not text.endswith("\n")) == is_id(text)


@pytest.mark.parametrize("language", Language)
def test_every_reference_leads_somewhere(language: Language) -> None:
    document = openapi_document(reading_operations(ENDPOINTS, language), Texts(language), "1")
    schemas = document["components"]["schemas"]  # type: ignore[index]
    references = set(re.findall(r"'#/components/schemas/([^']+)'", repr(document)))
    assert references <= set(schemas)
    assert references


@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_every_parameter_has_a_schema(name: str) -> None:
    parameter: Parameter = PARAMETERS[name]
    schema = schema_of(parameter)
    assert schema["type"] == ("array" if parameter.most > 1 else schema["type"])
    assert "type" in schema


def test_it_is_served_with_a_tag(client: TestClient) -> None:
    first = client.get("/api/v1/openapi.json", headers={"Accept-Language": "en"})
    assert first.status_code == 200
    assert first.json()["openapi"] == "3.1.0"
    assert set(first.json()["paths"]) == {endpoint.path for endpoint in ENDPOINTS}
    again = client.get(
        "/api/v1/openapi.json", headers={"If-None-Match": first.headers["ETag"], "Accept-Language": "en"}
    )
    assert again.status_code == 304
    chinese = client.get("/api/v1/openapi.json", headers={"If-None-Match": first.headers["ETag"]})
    assert chinese.status_code == 200
    assert chinese.json() != first.json()


def test_the_page_names_every_address_and_parameter(client: TestClient) -> None:
    page = client.get("/api/v1/docs?lang=en").text
    for endpoint in ENDPOINTS:
        assert endpoint.address in page
        assert all(f"<code>{parameter.name}</code>" in page for parameter in endpoint.parameters)


@pytest.mark.parametrize("token", [None, AdminToken.of("sixteen-characters")])
def test_the_admin_interface_is_described_where_there_is_one(token: AdminToken | None) -> None:
    app = create_app(FakeService(), WebSettings(admin_token=token), REGIONS)
    document = TestClient(app).get("/api/v1/openapi.json").json()
    described = {
        (method.upper(), path)
        for path, item in document["paths"].items()
        for method in item
        if path.startswith("/admin/") and method != "parameters"
    }
    known = {(endpoint.method, f"/admin/{endpoint.path}") for endpoint in ADMIN_ENDPOINTS}
    assert described == (set() if token is None else known)
    assert ("securitySchemes" in document["components"]) is (token is not None)
    references = set(re.findall(r"'#/components/schemas/([^']+)'", repr(document)))
    assert references <= set(document["components"]["schemas"])


def test_bodies_of_the_admin_interface_are_described_with_what_may_be_left_out() -> None:
    operations = admin_operations(ADMIN_ENDPOINTS, Language.EN)
    paths: dict[str, Any] = openapi_document(operations, Texts(Language.EN), "1")["paths"]  # type: ignore[assignment]
    for one in ADMIN_ENDPOINTS:
        operation = paths[one.address.removeprefix(API_BASE)][one.method.lower()]
        body = operation.get("requestBody", {"content": {}, "required": False})
        assert tuple(body["content"]) == one.bodies
        assert body["required"] is one.needs_body
        headers = {parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "header"}
        assert headers == ({"Idempotency-Key"} if one.takes_key else set())


@pytest.mark.parametrize("path", ["/articles/{id}", "/admin/articles/{id}", "/saved-searches/{id}"])
def test_ids_in_paths_are_described_alike(path: str) -> None:
    operations = (
        *reading_operations(ENDPOINTS, Language.EN),
        *admin_operations(ADMIN_ENDPOINTS, Language.EN),
        *saved_operations(SAVED_ENDPOINTS),
    )
    paths: dict[str, Any] = openapi_document(operations, Texts(Language.EN), "1")["paths"]  # type: ignore[assignment]
    [parameter] = paths[path]["parameters"]
    assert parameter["schema"]["pattern"] == ID_PATTERN


@pytest.mark.parametrize("saved", [(), SAVED_ENDPOINTS], ids=["off", "on"])
@pytest.mark.parametrize("language", Language)
def test_saved_searches_are_described_where_there_are_any(
    saved: tuple[SavedEndpoint, ...], language: Language
) -> None:
    document: dict[str, Any] = openapi_document(saved_operations(saved), Texts(language), "1")
    described = {
        (method.upper(), path): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if path.startswith("/saved-searches") and method != "parameters"
    }
    assert described.keys() == {(one.method, one.address.removeprefix(API_BASE)) for one in saved}
    assert ("securitySchemes" in document["components"]) is bool(saved)
    references = set(re.findall(r"'#/components/schemas/([^']+)'", repr(document)))
    assert references <= set(document["components"]["schemas"])
    for one in saved:
        operation = described[one.method, one.address.removeprefix(API_BASE)]
        assert ("security" in operation) is (one.path != "/{id}.atom")
        assert ("requestBody" in operation) is (one.method in {"POST", "PATCH"})
        headers = [parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "header"]
        assert headers == (["If-Match"] if one.method in {"PATCH", "DELETE"} else [])
        told = {documented_status(kind) for kind in (*ANY_ERRORS_THERE, *one.errors)}
        assert set(operation["responses"]) == {str(status) for status in (*one.statuses, *told)}
    names = [
        operation["operationId"]
        for item in document["paths"].values()
        for method, operation in item.items()
        if method != "parameters"
    ]
    assert len(names) == len(set(names))
