"""Articles that come in over HTTP are stored, and found once that is acknowledged."""

import gzip
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.readers.refusal import Refusal
from index.writer_lock import WriterLock
from tests.waiting import wait_for
from tests.web.admin.service import (
    ADMIN,
    AUTHORIZATION,
    CSV,
    JSON,
    NDJSON,
    Service,
    lines,
    record,
    running,
)
from web.admin.batches import MAX_ARTICLES, MAX_LINES
from web.admin.bodies import ARTICLES
from web.admin.storing import Composings
from web.http.limits import MAX_BATCH


def counts(answer: dict[str, object]) -> tuple[object, ...]:
    return tuple(answer[name] for name in ("created", "updated", "unchanged", "deleted"))


def test_what_is_acknowledged_is_found(service: Service) -> None:
    answer = service.send(record("found-1", "低空经济示范区"), record("found-2", "低空经济"))
    assert answer.status_code == 200
    assert counts(answer.json()) == (2, 0, 0, 0)
    assert service.found(q="低空经济") == {"found-1", "found-2"}
    health = service.client.get("/readyz").json()
    assert answer.json()["generation"] == health["generation"]


def test_the_same_articles_again_are_unchanged_and_changed_ones_updated(service: Service) -> None:
    service.send(record("again-1"), record("again-2"))
    answer = service.send(record("again-1"), record("again-2", "另一段文字"), record("again-3"))
    assert counts(answer.json()) == (1, 1, 1, 0)


BODIES = {
    "application/x-ndjson": lines(record("form-a"), record("form-b")),
    "application/json": json.dumps([record("form-a"), record("form-b")]),
    "text/csv": "id,标题,正文\nform-a,第一号,正文\nform-b,第二号,正文\n",
}


@pytest.mark.parametrize("packing", ["identity", "gzip"])
@pytest.mark.parametrize("media_type", BODIES)
def test_every_form_is_read_packed_and_plain(service: Service, media_type: str, packing: str) -> None:
    body = BODIES[media_type].encode()
    if packing == "gzip":
        body = gzip.compress(body)
    headers = {"Content-Type": f"{media_type}; charset=utf-8", "Content-Encoding": packing}
    answer = service.post("articles", body, headers, dry_run="true")
    assert answer.status_code == 200, answer.text
    assert counts(answer.json()) == (2, 0, 0, 0)


def test_every_media_type_that_is_promised_has_a_body_here() -> None:
    assert {ARTICLES[media_type] for media_type in BODIES} == set(ARTICLES.values())


def test_a_row_that_fails_costs_no_other(service: Service) -> None:
    body = lines(record("row-1")) + "{\n" + lines({"id": "row-2"}, {"id": "row-3", "nosuch": 1})
    answer = service.post("articles", body, NDJSON).json()
    assert counts(answer) == (1, 0, 0, 0)
    kinds = [(row["line"], row["problem"]["kind"]) for row in answer["failed"]]
    assert kinds == [(2, Refusal.INVALID_JSON), (3, Refusal.EMPTY), (4, Refusal.UNKNOWN_KEY)]
    assert all(row["problem"]["detail"] for row in answer["failed"])


def test_columns_that_have_no_place_are_named(service: Service) -> None:
    body = "id,标题,正文,审核人\nnote-1,第一号,正文,张三\n"
    assert "审核人" in str(service.post("articles", body, CSV).json()["notes"])


def test_a_dry_run_changes_nothing(service: Service) -> None:
    answer = service.send(record("dry-1"), dry_run="true").json()
    assert (counts(answer), answer["dry_run"], answer["generation"]) == ((1, 0, 0, 0), True, None)
    assert service.client.get("/api/v1/articles/dry-1").status_code == 404


def test_create_refuses_what_is_there(service: Service) -> None:
    service.send(record("create-1", "原来的文字"))
    for query in ({}, {"dry_run": "true"}):
        answer = service.send(
            record("create-1", "新的文字"), record(f"create-2-{len(query)}"), mode="create", **query
        ).json()
        assert counts(answer) == (1, 0, 0, 0)
        assert [(row["line"], row["problem"]["kind"]) for row in answer["failed"]] == [(1, "article-exists")]
    assert service.client.get("/api/v1/articles/create-1").json()["body"] == "原来的文字"


def test_create_refuses_the_second_of_two_with_one_id(service: Service) -> None:
    answer = service.send(record("twice-1", "甲"), record("twice-1", "乙"), mode="create").json()
    assert (counts(answer), [row["line"] for row in answer["failed"]]) == ((1, 0, 0, 0), [2])


def test_replacing_a_source_deletes_what_is_not_in_the_batch(service: Service) -> None:
    service.send(
        record("replace-1", source="替换日报"),
        record("replace-2", source="替换日报"),
        record("replace-3", source="别的日报"),
    )
    batch = (record("replace-2", source="替换日报"), record("replace-4", source="替换日报"))
    rehearsed = service.send(*batch, mode="replace_source", dry_run="true").json()
    answer = service.send(*batch, mode="replace_source").json()
    assert counts(rehearsed) == counts(answer) == (1, 0, 1, 1)
    assert service.found(source="替换日报") == {"replace-2", "replace-4"}
    assert service.found(source="别的日报") == {"replace-3"}


def test_replacing_a_source_deletes_nothing_where_a_row_fails(service: Service) -> None:
    service.send(record("kept-1", source="保留日报"), record("kept-2", source="保留日报"))
    answer = service.send(record("kept-1", source="保留日报"), {"id": "kept-2"}, mode="replace_source").json()
    assert (counts(answer), len(answer["failed"])) == ((0, 0, 1, 0), 1)
    assert service.found(source="保留日报") == {"kept-1", "kept-2"}


def test_without_repair_texts_stay_as_they_came(service: Service) -> None:
    damaged = "政策&amp;amp;解读\u200b全文"
    service.send(record("mend-1", damaged))
    service.send(record("mend-2", damaged), repair="false")
    bodies = [service.client.get(f"/api/v1/articles/mend-{number}").json()["body"] for number in (1, 2)]
    assert bodies == ["政策&解读全文", "政策&amp;amp;解读全文"]


def test_an_empty_batch_changes_nothing(service: Service) -> None:
    answer = service.post("articles", "\n\n", NDJSON)
    assert (answer.status_code, counts(answer.json())) == (200, (0, 0, 0, 0))


REFUSED = {
    "json-breaks-off": (JSON, b'[{"id":"half-1","title":"a"},{"id":', 400, "invalid-body"),
    "no-json": (JSON, b"hello", 400, "invalid-body"),
    "nothing": (JSON, b"", 400, "invalid-body"),
    "no-line-is-an-article": (NDJSON, b"{\n{\n", 400, "invalid-body"),
    "unknown-header": (CSV, b"a,b\n1,2\n", 400, "invalid-body"),
    "deep": (JSON, b"[" * 100_000, 400, "invalid-body"),
    "no-gzip": (NDJSON | {"Content-Encoding": "gzip"}, b"hello", 400, "invalid-body"),
    "half-a-gzip": (
        NDJSON | {"Content-Encoding": "gzip"},
        gzip.compress(lines(record("half-2")).encode())[:-9],
        400,
        "invalid-body",
    ),
    "bomb": (
        NDJSON | {"Content-Encoding": "gzip"},
        gzip.compress(bytes(MAX_BATCH + 1)),
        413,
        "batch-too-large",
    ),
    "too-many": (NDJSON, b'{"title":"a"}\n' * (MAX_ARTICLES + 1), 413, "batch-too-large"),
    "too-many-lines": (NDJSON, b"\n" * (MAX_LINES + 1), 413, "batch-too-large"),
    "announced-too-large": (NDJSON | {"Content-Length": str(MAX_BATCH + 1)}, b"", 413, "batch-too-large"),
    "no-number": (NDJSON | {"Content-Length": "many"}, b"", 400, "malformed-request"),
    "other-packing": (NDJSON | {"Content-Encoding": "br"}, b"", 415, "unsupported-content"),
    "no-type": ({}, b"{}", 415, "unsupported-content"),
    "other-type": ({"Content-Type": "application/zip"}, b"PK", 415, "unsupported-content"),
    "blank-in-the-key": (NDJSON | {"Idempotency-Key": "a b"}, b"", 400, "invalid-key"),
}


@pytest.mark.parametrize(("headers", "body", "status", "kind"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_as_a_whole(
    service: Service, headers: dict[str, str], body: bytes, status: int, kind: str
) -> None:
    answer = service.post("articles", body, headers)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{kind}"), answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert service.client.get("/api/v1/articles/half-1").status_code == 404
    assert service.send(record("after-1")).status_code == 200


def test_a_body_that_grows_too_large_is_refused_as_it_comes(service: Service) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(MAX_BATCH // 2**20 + 1):
            yield bytes(2**20)

    answer = service.client.post(f"{ADMIN}articles", content=chunks(), headers=AUTHORIZATION | NDJSON)
    assert answer.status_code == 413


@pytest.mark.slow
def test_the_largest_batches_are_taken(service: Service) -> None:
    body = b'{"title":"a"}\n' * MAX_ARTICLES
    assert service.post("articles", body, NDJSON, dry_run="true").status_code == 200
    packed = gzip.compress(b'{"title":"a"}'.ljust(MAX_BATCH))
    assert service.post("articles", packed, NDJSON | {"Content-Encoding": "gzip"}).status_code == 200


def test_what_is_wrong_with_a_body_is_told_by_the_line(service: Service) -> None:
    answer = service.post("articles", b"{\n\n[]\n", NDJSON).json()
    assert [error["line"] for error in answer["errors"]] == [1, 3]


@pytest.mark.parametrize("name", ["mode=all", "dry_run=yes", "repair=1", "wait=no", "nosuch=1"])
def test_parameters_are_checked(service: Service, name: str) -> None:
    key, _, value = name.partition("=")
    answer = service.send(record("never-1"), **{key: value})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == key
    assert service.client.get("/api/v1/articles/never-1").status_code == 404


@pytest.mark.slow  # it waits as long for the other one as a writer does
def test_another_writer_makes_it_busy(service: Service) -> None:
    with WriterLock(service.folder.lock):
        answer = service.send(record("busy-1"))
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/busy")
    assert service.send(record("busy-1")).json()["created"] == 1


def test_two_requests_at_once_lose_nothing(service: Service) -> None:
    answers: list[int] = []

    def send(name: str) -> None:
        answers.append(service.send(*(record(f"{name}-{number}") for number in range(5))).status_code)

    threads = [threading.Thread(target=send, args=(f"both{number}",)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200, 200, 200]
    with CorpusReader.open(service.folder) as reader:
        assert len([article for article in reader.export() if article.id.startswith("both")]) == 15


def test_one_article_is_put_and_deleted(service: Service) -> None:
    body = json.dumps({"title": "单篇", "text": "量子信息产业"})
    created = service.put("articles/one-1", body)
    assert (created.status_code, created.json()["outcome"]) == (201, "created")
    assert service.found(q="量子信息") == {"one-1"}
    again = service.put("articles/one-1", body)
    assert (again.status_code, again.json()["outcome"]) == (200, "unchanged")
    changed = service.put("articles/one-1", json.dumps({"id": "one-1", "title": "改", "text": "量子信息"}))
    assert (changed.status_code, changed.json()["outcome"]) == (200, "updated")
    for _ in range(2):
        gone = service.delete("articles/one-1")
        assert (gone.status_code, gone.content) == (204, b"")
    assert service.found(q="量子信息") == set()
    assert service.client.get("/api/v1/articles/one-1").status_code == 410


@pytest.mark.parametrize(
    ("path", "body", "status", "kind"),
    [
        ("put-1", '{"id":"put-2","title":"a"}', 400, "id-mismatch"),
        ("put-1", '[{"title":"a"},{"title":"b"}]', 400, "invalid-body"),
        ("put-1", '{"title":""}', 400, "invalid-body"),
        ("put 1", '{"title":"a"}', 400, "invalid-body"),
        ("put-1", '{"title":"\\ud800"}', 400, "invalid-body"),
    ],
)
def test_an_article_that_cannot_be_put_is_refused(
    service: Service, path: str, body: str, status: int, kind: str
) -> None:
    answer = service.put(f"articles/{path}", body)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{kind}")


@pytest.mark.parametrize("name", ["never-there", "no id", "x" * 200, "%00"])
def test_deleting_what_is_not_there_is_no_error(service: Service, name: str) -> None:
    assert service.delete(f"articles/{name}").status_code == 204


def test_until_it_is_indexed_nothing_is_acknowledged_and_nothing_found(
    tmp_path: Path, analyzer: Analyzer, composings: Composings
) -> None:
    """While nobody can index, waiting ends with a job; that ends once somebody can."""
    with running(DataFolder(tmp_path / "data"), analyzer, composings, wait_s=0.5) as service:
        service.send(record("first-1"))
        with WriterLock(service.folder.index_lock):
            waited = service.send(record("late-1", "氢能走廊"))
            at_once = service.send(record("late-2", "氢能走廊"), wait="false")
            assert (waited.status_code, at_once.status_code) == (202, 202)
            places = [answer.headers["Location"].removeprefix(ADMIN) for answer in (waited, at_once)]
            wait_for(lambda: all(service.get(place).json()["done"] == 1 for place in places))
            assert [service.get(place).json()["state"] for place in places] == ["running"] * 2
            assert service.found(q="氢能走廊") == set()
            assert service.client.get("/api/v1/articles/late-1").status_code == 200
        wait_for(lambda: all(service.get(place).json()["state"] == "done" for place in places))
        assert service.found(q="氢能走廊") == {"late-1", "late-2"}
        job = service.get(places[0]).json()
        assert (job["answer"]["created"], job["total"], job["problem"]) == (1, 1, None)
        assert job["started_at"] <= job["ended_at"]


def test_a_job_that_failed_says_why(service: Service) -> None:
    answer = service.post("articles", b"{", NDJSON, wait="false", lang="en")
    where = answer.headers["Location"].removeprefix(ADMIN)
    wait_for(lambda: service.get(where).json()["state"] == "failed")
    problem = service.get(where, lang="en").json()["problem"]
    assert (problem["type"], problem["status"]) == ("/problems/invalid-body", 400)
    assert problem["title"] == "The body cannot be read"
