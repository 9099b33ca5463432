"""A request with a key that is sent again gets the same answer, and changes nothing."""

import os
import threading
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.composing import Outcome
from index.data_folder import DataFolder
from index.ingest import Composing
from index.readers.rows import Row
from tests.waiting import WAIT_S, wait_for
from tests.web.admin.service import NDJSON, Service, lines, record, running
from web.admin.answers import BatchAnswer
from web.admin.errors import KeyInvalid, KeyReused
from web.admin.replays import ReplayFiles, RequestKey
from web.admin.storing import Composings

ANSWER = BatchAnswer(
    created=1, updated=0, unchanged=0, deleted=0, failed=(), notes=(), dry_run=False, generation="1.1"
)


def keyed(key: str) -> dict[str, str]:
    return NDJSON | {"Idempotency-Key": key}


def test_the_same_request_gets_the_same_answer_and_is_not_done_again(service: Service) -> None:
    body = lines(record("key-1"))
    first = service.post("articles", body, keyed("k1"))
    service.delete("articles/key-1")
    again = service.post("articles", body, keyed("k1"))
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.content == first.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert service.client.get("/api/v1/articles/key-1").status_code == 410


def test_without_a_key_it_is_done_again(service: Service) -> None:
    """The control of the test above."""
    body = lines(record("key-2"))
    service.post("articles", body, NDJSON)
    service.delete("articles/key-2")
    assert service.post("articles", body, NDJSON).json()["created"] == 1


@pytest.mark.parametrize(
    ("body", "query"), [(lines(record("key-4")), {}), (lines(record("key-3")), {"mode": "create"})]
)
def test_another_request_with_the_key_is_refused(service: Service, body: str, query: dict[str, str]) -> None:
    service.post("articles", lines(record("key-3")), keyed("k3"))
    answer = service.post("articles", body, keyed("k3"), **query)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/idempotency-conflict")


def test_a_request_that_failed_may_be_sent_again(service: Service) -> None:
    assert service.post("articles", b"{", keyed("k5")).status_code == 400
    assert service.post("articles", lines(record("key-5")), keyed("k5")).json()["created"] == 1


def test_a_dry_run_keeps_nothing(service: Service) -> None:
    body = lines(record("key-6"))
    service.post("articles", body, keyed("k6"), dry_run="true")
    assert service.post("articles", body, keyed("k6")).json()["created"] == 1


@pytest.mark.parametrize("dry_run", ["true", "false"])
def test_what_can_be_no_key_is_refused(service: Service, dry_run: str) -> None:
    answer = service.post("articles", lines(record("key-8")), keyed("k 8"), dry_run=dry_run)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/invalid-key")


def test_a_server_that_starts_again_knows_the_answers(
    tmp_path: Path, analyzer: Analyzer, composings: Composings
) -> None:
    folder = DataFolder(tmp_path / "data")
    answers = []
    for _ in range(2):
        with running(folder, analyzer, composings) as service:
            answers.append(service.post("articles", lines(record("key-7")), keyed("k7")))
    assert answers[0].content == answers[1].content
    assert answers[0].json()["created"] == 1


@dataclass(frozen=True, slots=True)
class Held:
    """Composes as another does, but not before it may; `waiting` counts who waits for that."""

    composing: Composing
    may: threading.Event
    waiting: list[object]

    def map(self, rows: Iterable[Row]) -> Generator[Outcome, None, None]:
        self.waiting.append(None)
        assert self.may.wait(WAIT_S)
        yield from self.composing.map(rows)


Alone = Callable[[ReplayFiles, RequestKey, Callable[[], bool]], AbstractContextManager[None]]


def not_alone(_files: ReplayFiles, _key: RequestKey, _gives_up: object) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Seen:
    """Notes who comes to be alone, and does as it is told then."""

    alone: Alone
    begun: list[RequestKey] = field(default_factory=list)

    def of(
        self, files: ReplayFiles, key: RequestKey, gives_up: Callable[[], bool]
    ) -> AbstractContextManager[None]:
        self.begun.append(key)
        return self.alone(files, key, gives_up)


@pytest.fixture(params=[ReplayFiles.alone, not_alone], ids=["one waits", "control: none does"])
def seen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Seen:
    seen = Seen(request.param)

    def alone(
        files: ReplayFiles, key: RequestKey, gives_up: Callable[[], bool]
    ) -> AbstractContextManager[None]:
        return seen.of(files, key, gives_up)

    monkeypatch.setattr(ReplayFiles, "alone", alone)
    return seen


def test_two_processes_that_get_a_request_at_once_do_it_once(
    tmp_path: Path, analyzer: Analyzer, composings: Composings, seen: Seen
) -> None:
    """Each service stands for a worker: they have the data folder in common, and nothing else."""
    folder, may = DataFolder(tmp_path / "data"), threading.Event()
    held = Held(composings.repairing, may, [])
    holding = Composings(repairing=held, sparing=held)
    with (
        running(folder, analyzer, holding) as one,
        running(folder, analyzer, holding) as other,
        ThreadPoolExecutor() as clients,
    ):
        sent = [
            clients.submit(worker.post, "articles", lines(record("key-9")), keyed("k9"))
            for worker in (one, other)
        ]
        wait_for(lambda: len(seen.begun) == 2 and bool(held.waiting))
        may.set()
        answers = [waited.result(WAIT_S) for waited in sent]
    assert [answer.status_code for answer in answers] == [200, 200]
    told = [answer.json() for answer in answers]
    counted = sorted((answer["created"], answer["unchanged"]) for answer in told)
    assert counted == ([(0, 1), (1, 0)] if seen.alone is not_alone else [(1, 0), (1, 0)])
    assert [path.suffix for path in folder.replays.iterdir()] == [".json"]


@pytest.fixture
def files(tmp_path: Path) -> ReplayFiles:
    return ReplayFiles(tmp_path / "replays", most=3)


def test_what_is_kept_is_found(files: ReplayFiles) -> None:
    key = RequestKey.of("a", b"q", b"body")
    assert files.find(key) is None
    files.keep(key, ANSWER)
    assert files.find(key) == ANSWER
    with pytest.raises(KeyReused):
        files.find(RequestKey.of("a", b"qb", b"ody"))


def test_the_oldest_answers_go_first(files: ReplayFiles) -> None:
    keys = [RequestKey.of(str(number), b"") for number in range(5)]
    for number, key in enumerate(keys):
        files.keep(key, ANSWER)
        for path in files.folder.iterdir():
            if path.stat().st_mtime_ns > 10**12:
                os.utime(path, ns=(number, number))
    assert [files.find(key) is not None for key in keys] == [False, False, True, True, True]


def test_an_answer_that_is_damaged_is_not_given(files: ReplayFiles) -> None:
    key = RequestKey.of("a", b"")
    files.keep(key, ANSWER)
    [path] = files.folder.iterdir()
    path.write_bytes(b"{")
    assert files.find(key) is None


@pytest.mark.parametrize("key", ["", "a b", "键", "x" * 256, "a\n"])
def test_what_cannot_be_a_key_is_refused(key: str) -> None:
    with pytest.raises(KeyInvalid):
        RequestKey.of(key)
