import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import index
import search
import web
from index.corpus.errors import NoSpace
from index.errors import Cause, PolicySearchError, StorageFailed, WriterBusy
from search.errors import (
    ArticleDamaged,
    ArticleDeleted,
    ArticleNotFound,
    FilterInvalid,
    IndexUnavailable,
    InvalidCursor,
    QueryTooComplex,
    QueryTooLong,
    ResultWindow,
    SearchTimeout,
    SnapshotGone,
    TooManyBuckets,
)
from tests.web.conftest import ClientFactory
from tests.web.fake_service import FakeService
from tests.web.markup import parse_page
from web.errors import (
    BadParameters,
    Fault,
    FaultKind,
    MethodNotAllowed,
    Overloaded,
    PageNotFound,
    TargetTooLong,
    TokenNeeded,
    TooManyWrongTokens,
)
from web.http.problems import KIND_OF_CAUSE, problem_json, problem_kinds, problem_of, status_of, told_kind
from web.texts.text import Language, Message
from web.texts.texts import TEXTS, Texts

# Words, synonyms and generations have their errors beside what raises them.
importlib.import_module("web.admin.opening")

REFERENCE = Path(web.__file__).parents[1] / "docs" / "api.md"

for package in (index, search, web):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if module.name.endswith(".errors"):
            importlib.import_module(module.name)


def kinds_of_error(root: type[PolicySearchError] = PolicySearchError) -> Iterator[type[PolicySearchError]]:
    for kind in root.__subclasses__():
        yield kind
        yield from kinds_of_error(kind)


@pytest.mark.parametrize("error", list(kinds_of_error()), ids=lambda error: error.__name__)
def test_every_error_has_kind_cause_texts_and_status(error: type[PolicySearchError]) -> None:
    assert isinstance(error.cause, Cause)
    kind = told_kind(error.kind, error.cause)
    assert kind in problem_kinds()
    assert f"problem.{kind}" in TEXTS
    assert 400 <= status_of(error.kind, error.cause) < 600


@pytest.mark.parametrize("cause", Cause)
def test_a_kind_without_texts_is_told_as_the_general_one_of_its_cause(cause: Cause) -> None:
    assert told_kind("only-for-operators", cause) in problem_kinds()
    assert status_of("only-for-operators", cause) in {400, 404, 500, 503}


@pytest.mark.parametrize("kind", FaultKind)
def test_every_fault_is_a_problem_of_the_caller(kind: FaultKind) -> None:
    problem = problem_of(BadParameters((Fault(kind=kind, parameter="p", detail=Message("d")),)))
    others = {
        FaultKind.TEXT_TOO_LONG: 413,
        FaultKind.CURSOR_EXPIRED: 410,
        FaultKind.COUNT_CHANGED: 409,
    }
    status = others.get(kind, 400)
    assert (problem.kind, problem.status, problem.detail) == (kind.value, status, Message("d"))


@pytest.mark.parametrize(
    ("error", "status", "retry_after"),
    [
        (QueryTooLong("m"), 400, None),
        (QueryTooComplex("m"), 400, None),
        (ResultWindow("m"), 400, None),
        (ArticleNotFound("m"), 404, None),
        (ArticleDeleted("m"), 410, None),
        (ArticleDamaged("m"), 410, None),
        (InvalidCursor("m"), 400, None),
        (SnapshotGone("m"), 410, None),
        (TooManyBuckets("m"), 400, None),
        (FilterInvalid("level", "m"), 400, None),
        (IndexUnavailable("m"), 503, 5),
        (SearchTimeout("m"), 503, 5),
        (Overloaded("m"), 503, 2),
        (WriterBusy("m"), 409, 5),
        (NoSpace("m"), 507, None),
        (TooManyWrongTokens(17), 429, 17),
        (TokenNeeded("m"), 401, None),
        (PageNotFound("m"), 404, None),
        (TargetTooLong("m"), 414, None),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_status_and_retry(error: PolicySearchError, status: int, retry_after: int | None) -> None:
    problem = problem_of(error)
    assert (problem.status, problem.retry_after) == (status, retry_after)
    assert ("Retry-After" in problem.headers) == (retry_after is not None)


@pytest.mark.parametrize(
    ("error", "parameter"),
    [
        (QueryTooLong("m"), "q"),
        (QueryTooComplex("m"), "q"),
        (ResultWindow("m"), "page"),
        (InvalidCursor("m"), "cursor"),
        (SnapshotGone("m"), "cursor"),
        (TooManyBuckets("m"), "interval"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_what_the_search_refuses_names_the_parameter(error: PolicySearchError, parameter: str) -> None:
    problem = problem_of(error)
    (fault,) = problem.faults
    assert (problem.kind, fault.parameter, fault.kind.value) == (error.kind, parameter, error.kind)
    assert problem.detail == fault.detail == Message(f"problem.{error.kind}.detail")


def test_a_value_that_only_the_search_can_refuse_names_its_filter() -> None:
    (fault,) = problem_of(FilterInvalid("level", "省")).faults
    assert (fault.kind, fault.parameter, fault.value) == (FaultKind.INVALID, "level", "省")
    assert fault.suggestion == "省级"


def test_a_method_that_is_not_allowed_names_those_that_are() -> None:
    assert problem_of(MethodNotAllowed("GET, HEAD")).headers == {"Allow": "GET, HEAD"}


UNKNOWN = Message("fault.unknown", {"name": "pag"})
TOO_LONG = Message("fault.query-too-long", {"length": 520, "most": 512})


@pytest.mark.parametrize(
    ("language", "title", "unknown", "too_long"),
    [
        (
            Language.HANS,
            "未知参数",
            "没有名为“pag”的参数。",
            "查询有 520 个字符，最多 512 个。",
        ),
        (
            Language.HANT,
            "未知參數",
            "沒有名為「pag」的參數。",
            "查詢有 520 個字元，最多 512 個。",
        ),
        (
            Language.EN,
            "Unknown parameter",
            "There is no parameter “pag”.",
            "The query has 520 characters; at most 512.",
        ),
    ],
)
def test_the_body_of_a_problem_in_each_language(
    language: Language, title: str, unknown: str, too_long: str
) -> None:
    faults = (
        Fault(kind=FaultKind.UNKNOWN, parameter="pag", detail=UNKNOWN, suggestion="page"),
        Fault(kind=FaultKind.TOO_LONG, parameter="q", detail=TOO_LONG, span=(512, 8)),
    )
    assert problem_json(problem_of(BadParameters(faults)), "f" * 32, Texts(language)) == {
        "type": "/problems/unknown-parameter",
        "title": title,
        "status": 400,
        "detail": unknown,
        "instance": "f" * 32,
        "errors": [
            {"parameter": "pag", "detail": unknown, "suggestion": "page"},
            {"parameter": "q", "detail": too_long, "span": (512, 8)},
        ],
    }


def test_callers_are_not_told_what_only_operators_can_mend() -> None:
    advice = re.compile("policy-search|[请請](?:运行|執行|升级|升級)|[Uu]pgrade")
    for language in Language:
        texts = Texts(language)
        assert not [kind for kind in problem_kinds() if advice.search(texts.say(f"problem.{kind}.detail"))]


def test_kinds_that_have_texts_can_occur() -> None:
    known = {error.kind for error in kinds_of_error()} | {kind.value for kind in FaultKind}
    assert set(problem_kinds()) <= known | set(KIND_OF_CAUSE.values())


def test_the_reference_page_lists_every_kind_with_its_status() -> None:
    section = REFERENCE.read_text(encoding="utf-8").partition("## Errors")[2]
    listed: dict[str, int] = {}
    for kinds, statuses in re.findall(r"^\| (`.*?`) \| ([\d /]+) \|", section, flags=re.MULTILINE):
        names = re.findall(r"`([^`]+)`", kinds)
        numbers = [int(number) for number in statuses.split(" / ")]
        listed |= dict(zip(names, numbers * len(names) if len(numbers) == 1 else numbers, strict=False))
    actual = {error.kind: status_of(error.kind, error.cause) for error in kinds_of_error()}
    actual |= {kind.value: status_of(kind.value, Cause.BAD_INPUT) for kind in FaultKind}
    actual |= {kind: status_of(kind, cause) for cause, kind in KIND_OF_CAUSE.items()}
    assert listed == {kind: actual[kind] for kind in problem_kinds()}


@pytest.mark.parametrize("kind", problem_kinds())
def test_every_kind_of_problem_has_a_page(client: TestClient, kind: str) -> None:
    answer = client.get(f"/problems/{kind}")
    assert answer.status_code == 200
    assert TEXTS[f"problem.{kind}"].hans in parse_page(answer.text).find("h1").text


def test_an_unknown_kind_of_problem_has_no_page(client: TestClient) -> None:
    assert client.get("/problems/no-such").status_code == 404


TELLING = ("/search?q=x", "/articles/a1", "/api/v1/search?q=x", "/api/v1/articles/a1")
"""The first page is not among them: without an index it has a state of its own (test_start_page)."""


@pytest.mark.parametrize(
    ("path", "failure"),
    [
        *(pytest.param(path, IndexUnavailable("m"), id=f"503 {path}") for path in TELLING),
        *(pytest.param(path, RuntimeError("secret path"), id=f"500 {path}") for path in (*TELLING, "/")),
    ],
)
def test_errors_of_the_service_are_told_in_the_form_of_the_address(
    client_of: ClientFactory, path: str, failure: Exception
) -> None:
    answer = client_of(FakeService(failure=failure)).get(path)
    assert answer.status_code == (503 if isinstance(failure, IndexUnavailable) else 500)
    assert ("Retry-After" in answer.headers) == (answer.status_code == 503)
    assert "secret path" not in answer.text
    assert answer.headers["X-Request-Id"] in answer.text
    if path.startswith("/api/"):
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["instance"] == answer.headers["X-Request-Id"]
    else:
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_what_nobody_foresaw_is_logged_beside_the_request_id(
    client_of: ClientFactory, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client_of(FakeService(failure=RuntimeError("disk on fire"))).get("/api/v1/search?q=机密")
    (record,) = caplog.records
    assert answer.headers["X-Request-Id"] in record.getMessage()
    assert record.exc_info is not None
    assert "机密" not in caplog.text


def test_what_callers_are_told_in_general_is_logged_in_full(
    client_of: ClientFactory, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client_of(FakeService(failure=StorageFailed("no space left"))).get("/api/v1/search?q=a")
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/unavailable")
    assert "no space left" not in answer.text
    (record,) = caplog.records
    assert "no space left" in record.getMessage()
    assert answer.headers["X-Request-Id"] in record.getMessage()


def test_errors_that_callers_cause_are_not_logged(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.get("/api/v1/search?pag=1").status_code == 400
    assert not [record for record in caplog.records if record.name.startswith("web")]


@pytest.mark.parametrize(
    "path", ["/nowhere", "/search/", "/articles/", "/articles/a/b", "/static/x/site.css"]
)
def test_an_address_without_a_page_is_a_page_of_status_404(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert parse_page(answer.text).find("h1").text == TEXTS["problem.not-found"].hans


def test_an_address_without_an_endpoint_is_a_problem(client: TestClient) -> None:
    answer = client.get("/api/v1/nowhere")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("DELETE", "/api/v1/search", "GET, HEAD, OPTIONS, POST"),
        ("POST", "/api/v1/articles/a1", "GET, HEAD, OPTIONS"),
        ("POST", "/search", "GET, HEAD"),
        ("PUT", "/", "GET, HEAD"),
    ],
)
def test_other_methods_are_refused_with_those_that_work(
    client: TestClient, method: str, path: str, allow: str
) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, allow)
