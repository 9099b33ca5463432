import base64
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.article import Original
from search.errors import QueryTooComplex
from search.results import ArticleView
from tests.web.conftest import ClientFactory
from tests.web.fake_articles import ARTICLES, DAMAGED_PAGE
from tests.web.fake_service import GENERATION, FakeService
from tests.web.known_regions import REGIONS
from web.api.answers.articles import OriginalAnswer
from web.parameters.defined.listing import FIELDS
from web.parameters.requests import read_article
from web.presenters.article_answer import article_answer

GOLDEN = Path(__file__).parent / "golden"
ALL = ",".join(FIELDS)


def search(client: TestClient, query: str = "", status: int = 200) -> dict[str, Any]:
    answer = client.get(f"/api/v1/search?{query}")
    assert answer.status_code == status, answer.text
    content: dict[str, Any] = answer.json()
    return content


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("search", "/api/v1/search?q=科技创新 -基金&per_page=2"),
        ("search_repaired", '/api/v1/search?q=科技 "创新&per_page=1&fields=id'),
        ("search_nothing", "/api/v1/search?q=碳汇贷"),
        ("search_all_fields", f"/api/v1/search?q=社区服务&source=臺北新聞網&highlight=offsets&fields={ALL}"),
        ("article", "/api/v1/articles/hant:1?q=创新&highlight=both&text=original"),
        ("problem", "/api/v1/search?pag=2&per_page=500&q=a&q=b"),
    ],
)
def test_golden_answers(client: TestClient, name: str, path: str) -> None:
    content = client.get(path).json()
    if "instance" in content:
        content["instance"] = "0" * 32
    golden = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert content == golden


def test_an_answer_is_utf8_without_escapes(client: TestClient) -> None:
    answer = client.get("/api/v1/search?q=科技创新")
    assert "科技创新".encode() in answer.content
    assert b"\\u" not in answer.content
    assert answer.headers["Content-Type"] == "application/json"


def test_finding_nothing_is_no_error(client: TestClient) -> None:
    content = search(client, "q=碳汇贷")
    assert (content["total"], content["results"]) == (0, [])


def test_spans_count_code_points_of_the_stored_text(client: TestClient) -> None:
    (hit,) = search(client, "q=祥里&fields=body")["results"]
    ((start, length),) = hit["highlights"]["body"]
    assert hit["body"][start : start + length] == "祥里"
    assert hit["body"][start - 1] == "𠮷"


@pytest.mark.parametrize("q", ["科技创新", "社区服务", "老"])
def test_a_snippet_is_the_slice_that_it_says(client: TestClient, q: str) -> None:
    hits = search(client, f"q={q}&fields=body&highlight=offsets")["results"]
    snippets = [(hit["body"], snippet) for hit in hits for snippet in hit["snippets"]]
    assert snippets
    for body, snippet in snippets:
        assert body[snippet["start"] :][: snippet["length"]] == snippet["text"]


@pytest.mark.parametrize(
    ("form", "hit_keys", "snippet_keys"),
    [
        ("offsets", {"highlights", "highlights_truncated", "other_marks"}, {"text", "highlights"}),
        ("html", set(), {"html"}),
        ("both", {"highlights", "highlights_truncated", "other_marks"}, {"html", "highlights"}),
        ("none", set(), {"text"}),
    ],
)
def test_marks_come_in_the_form_asked_for(
    client: TestClient, form: str, hit_keys: set[str], snippet_keys: set[str]
) -> None:
    hit = search(client, f"q=科技创新&per_page=1&fields=id&highlight={form}")["results"][0]
    always = {"id", "score", "matched", "copies", "earliest", "repaired", "pinned", "snippets"}
    assert hit.keys() == always | hit_keys
    assert hit["snippets"][0].keys() == {"field", "start", "length"} | snippet_keys


def test_no_page_wanted_gives_the_total_alone(client: TestClient) -> None:
    content = search(client, "per_page=0")
    assert (content["total"], content["results"]) == (len(ARTICLES), [])


def test_dates_and_sources_filter(client: TestClient) -> None:
    found = search(client, "published_after=2026&published_before=2026-01&fields=source")
    assert [hit["source"] for hit in found["results"]] == ["陕西日报"]
    found = search(client, "source=浙江日报&source=宁波日报&sort=oldest&fields=source")
    assert [hit["source"] for hit in found["results"]] == ["浙江日报", "宁波日报"]


def test_the_pages_together_are_the_whole_list(client: TestClient) -> None:
    ids = [
        hit["id"]
        for page in range(1, 6)
        for hit in search(client, f"per_page=7&page={page}&fields=id&sort=oldest")["results"]
    ]
    assert sorted(ids) == sorted(article.id for article in ARTICLES)


def test_headers_of_a_search(client: TestClient) -> None:
    headers = client.get("/api/v1/search?per_page=7&page=2&q=").headers
    assert headers["X-Index-Generation"] == GENERATION
    stages = [stage.partition(";dur=") for stage in headers["Server-Timing"].split(", ")]
    assert [name for name, _, _ in stages] == ["parse", "engine", "fetch", "snippets", "render"]
    assert [float(duration) for _, _, duration in stages[:4]] == [1.0, 5.0, 2.0, 1.0]
    assert float(stages[4][2]) >= 0
    assert headers["Cache-Control"] == "no-cache"
    assert headers["Link"].startswith(
        ", ".join(
            (
                '</api/v1/search?per_page=7&page=2>; rel="self"',
                '</api/v1/search?per_page=7>; rel="first"',
                '</api/v1/search?per_page=7>; rel="prev"',
                '</api/v1/search?per_page=7&page=3>; rel="next"',
                '</search?per_page=7&page=2>; rel="alternate"; type="text/html"',
            )
        )
    )


def test_the_page_for_people_is_an_alternate(client: TestClient) -> None:
    (href,) = re.findall(
        r'<([^>]*)>; rel="alternate"; type="text/html"',
        client.get("/api/v1/search?q=科技&page=1").headers["Link"],
    )
    assert client.get(href).headers["Content-Type"].startswith("text/html")


def test_an_etag_stands_for_the_answer(client: TestClient) -> None:
    etag = client.get("/api/v1/search?q=科技&page=1").headers["ETag"]
    assert etag.startswith('W/"')
    assert client.get("/api/v1/search?per_page=10&q=科技").headers["ETag"] == etag
    assert client.get("/api/v1/search?q=创新").headers["ETag"] != etag
    assert client.get("/api/v1/search?q=科技&highlight=html").headers["ETag"] != etag


def test_the_time_that_a_search_took_does_not_change_its_etag(client_of: ClientFactory) -> None:
    tags = {
        client_of(FakeService(took_ms=took)).get("/api/v1/search?q=科技").headers["ETag"]
        for took in (1.0, 250.0)
    }
    assert len(tags) == 1


@pytest.mark.parametrize("path", ["/api/v1/search?q=科技", "/api/v1/articles/a1?q=科技"])
@pytest.mark.parametrize("sent", ["{etag}", '"other", {etag}', "*"])
def test_the_same_answer_is_not_sent_twice(client: TestClient, path: str, sent: str) -> None:
    etag = client.get(path).headers["ETag"]
    answer = client.get(path, headers={"If-None-Match": sent.format(etag=etag)})
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", etag)
    other = client.get(f"{path}&highlight=html", headers={"If-None-Match": etag})
    assert (other.status_code, other.content != b"") == (200, True)


@pytest.mark.parametrize("path", ["/api/v1/search?q=科技创新&fields=title", "/api/v1/articles/a1"])
def test_an_article_that_changed_while_the_index_lags_is_a_new_answer(
    client_of: ClientFactory, path: str
) -> None:
    old, new = ARTICLES[0], replace(ARTICLES[0], title=f"{ARTICLES[0].title}（修订）")
    before = client_of(FakeService((old,))).get(path)
    after = client_of(FakeService((new,))).get(path, headers={"If-None-Match": before.headers["ETag"]})
    assert before.headers.get("X-Index-Generation") == after.headers.get("X-Index-Generation")
    assert (after.status_code, "（修订）" in after.text) == (200, True)


def test_head_is_get_without_the_body(client: TestClient) -> None:
    for path in ("/api/v1/search?q=科技", "/api/v1/articles/a1", "/", "/search?q=科技", "/api/v1/search?x=1"):
        get, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (get.status_code, b"")
        assert head.headers["Content-Length"] == get.headers["Content-Length"]


def test_a_form_may_carry_the_parameters(client: TestClient) -> None:
    got = search(client, "q=科技创新&fields=id")
    posted = client.post("/api/v1/search", data={"q": "科技创新", "fields": "id"}).json()
    mixed = client.post("/api/v1/search?fields=id", data={"q": "科技创新"}).json()
    assert posted == mixed == got


def test_a_form_too_long_for_an_address_comes_without_links_to_one(client: TestClient) -> None:
    posted = client.post("/api/v1/search", data={"source": [f"甲{number}" * 99 for number in range(20)]})
    assert posted.status_code == 200
    assert "Link" not in posted.headers


def test_a_parameter_in_address_and_form_is_given_twice(client: TestClient) -> None:
    answer = client.post("/api/v1/search?q=a", data={"q": "b"})
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/repeated-parameter")


@pytest.mark.parametrize(
    ("size", "status"),
    [
        pytest.param(131_072, 400, id="128 KiB are read"),
        pytest.param(131_073, 413, id="one byte more is not"),
    ],
)
def test_a_body_has_at_most_128_kib(client: TestClient, size: int, status: int) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    content = b"q=" + b"a" * (size - 2)
    assert client.post("/api/v1/search", content=content, headers=headers).status_code == status
    chunks = (content[start : start + 1000] for start in range(0, size, 1000))
    assert client.post("/api/v1/search", content=chunks, headers=headers).status_code == status


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "application/json"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": ""},
        {"Content-Type": "application/x-www-form-urlencoded", "Content-Encoding": "gzip"},
    ],
)
def test_a_body_that_is_no_plain_form_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/api/v1/search", content=b"q=a", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (415, "/problems/unsupported-media-type")


def test_a_query_that_is_too_complex_is_a_problem(client_of: ClientFactory) -> None:
    answer = client_of(FakeService(failure=QueryTooComplex("m"))).get("/api/v1/search?q=((((")
    content = answer.json()
    assert (answer.status_code, content["type"]) == (400, "/problems/query-too-complex")
    assert content["errors"] == [{"parameter": "q", "detail": content["detail"]}]


@pytest.mark.parametrize(
    ("article_id", "status", "kind"),
    [
        ("nobody", 404, "article-not-found"),
        ("deleted-1", 410, "article-deleted"),
        ("a" * 129, 404, "article-not-found"),
        ("%E7%A7%91", 404, "article-not-found"),
        ("a1%00", 404, "article-not-found"),
        ("a1%0A", 404, "article-not-found"),
        ("%2E%2E%2E", 404, "article-not-found"),
    ],
)
def test_an_article_that_is_not_there(client: TestClient, article_id: str, status: int, kind: str) -> None:
    answer = client.get(f"/api/v1/articles/{article_id}")
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{kind}")


def test_an_article_without_a_query_has_no_marks(client: TestClient) -> None:
    content = client.get("/api/v1/articles/hant:1").json()
    assert "highlights" not in content
    assert content["script"] == "Hant"
    assert "original" not in content


def test_the_original_comes_back_byte_for_byte(client: TestClient) -> None:
    original = client.get("/api/v1/articles/hant:1?text=original").json()["original"]
    assert base64.b64decode(original["base64"]) == DAMAGED_PAGE.encode()
    assert original["text"] == DAMAGED_PAGE


def test_the_spans_of_repairs_hold_in_both_texts(client: TestClient) -> None:
    content = client.get("/api/v1/articles/hant:1?text=original").json()
    spans = content["repair"]["spans"]
    assert len(spans) == 3
    for span in spans:
        start, length = span["original"]
        assert content["original"]["text"][start : start + length] == span["before"]
        start, length = span["repaired"]
        assert content[span["field"]][start : start + length] == span["after"]


def test_asking_what_is_allowed(client: TestClient) -> None:
    answer = client.options("/api/v1/search")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert client.options("/api/v1/articles/a1").headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_length_that_is_no_number_is_refused(client: TestClient) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": "-1"}
    answer = client.post("/api/v1/search", content=b"q=a", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/malformed-request")


def test_an_original_that_is_not_in_its_encoding_comes_as_bytes_alone() -> None:
    original = Original(b"\xff\xfe\xfa", "text/plain", "utf-8")
    view = ArticleView(
        article=ARTICLES[0], original=original, highlights={}, highlights_truncated=False, read_as=()
    )
    answer = article_answer(view, read_article([("text", "original")]), REGIONS.regions)
    assert answer.original == OriginalAnswer(
        media_type="text/plain", encoding="utf-8", text=None, base64=original.data
    )
